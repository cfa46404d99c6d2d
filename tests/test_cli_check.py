"""`proekt check`: exit statuses, the ways to report, and consoles of another code page."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import pytest

from generator.cli import main

BROKEN = """title: Сломанный конкурс
level: 50 % от, всех
funder: net
"""
LINES = [
    "grants/broken.yml:1: added: обязательное поле; его нет",
    "grants/broken.yml:1: applicants: обязательное поле; его нет",
    "grants/broken.yml:1: checked: обязательное поле; его нет",
    "grants/broken.yml:1: rounds: обязательное поле; его нет",
    "grants/broken.yml:2: level: бывает federal, regional, municipal, private; здесь «50 % от, всех»",
    "ngos/Broken.yml:1: имя файла — латинские строчные буквы, цифры и дефисы: оно станет адресом страницы",
]


@pytest.fixture
def project(example: Path, tmp_path: Path) -> Path:
    return shutil.copytree(example, tmp_path / "project")


@pytest.fixture
def broken(project: Path) -> Path:
    (project / "grants/broken.yml").write_text(BROKEN, encoding="utf-8")
    (project / "ngos/Broken.yml").write_text("", encoding="utf-8")
    return project


def check(project: Path, *arguments: str) -> int:
    return main(["check", "--project", str(project), "--today", "2026-11-20", *arguments])


def proekt(
    *arguments: str, cwd: Path, stdout: int | BinaryIO = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])} | environment,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )


def refused(arguments: Sequence[str]) -> int:
    with pytest.raises(SystemExit) as ending:
        main(arguments)
    assert isinstance(ending.value.code, int)
    return ending.value.code


def test_right_records_end_with_0_and_nothing_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(project) == 0
    assert capsys.readouterr() == ("", "")


def test_wrong_records_end_with_1_and_every_problem_sorted(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(broken) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == LINES
    assert err == "proekt: всего 6\u00a0ошибок\n"


def test_check_writes_nothing(broken: Path) -> None:
    def state() -> list[tuple[str, int]]:
        return sorted((str(path), path.stat().st_mtime_ns) for path in broken.rglob("*"))

    before = state()
    check(broken)
    assert state() == before


def test_json_is_a_list_of_problems(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(broken, "--format", "json") == 1
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert found[4] == {
        "path": "grants/broken.yml",
        "line": 2,
        "field": "level",
        "message": "бывает federal, regional, municipal, private; здесь «50 % от, всех»",
    }
    assert len(found) == len(LINES)
    assert err == ""


def test_json_of_no_problems_is_an_empty_list(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(project, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_github_gets_an_annotation_a_problem(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(broken, "--format", "github") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[4] == (
        "::error file=grants/broken.yml,line=2::"
        "level: бывает federal, regional, municipal, private; здесь «50 %25 от, всех»"
    )
    assert len(lines) == len(LINES)


def test_gitlab_gets_a_code_quality_report_whose_entries_stay_apart(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (broken / "ngos/a.md").write_text("", encoding="utf-8")
    assert check(broken, "--format", "gitlab") == 1
    out, err = capsys.readouterr()
    found = json.loads(out)
    known = found[4].pop("fingerprint")
    assert found[4] == {
        "description": "level: бывает federal, regional, municipal, private; здесь «50 % от, всех»",
        "check_name": "level",
        "severity": "blocker",
        "location": {"path": "grants/broken.yml", "lines": {"begin": 2}},
    }
    prints = {known, *(entry.get("fingerprint", known) for entry in found)}
    assert len(prints) == len(found) == len(LINES) + 1
    assert err.splitlines()[:5] == LINES[:5], "people read the log"
    (broken / "grants/broken.yml").write_text(f"# ещё строка\n{BROKEN}", encoding="utf-8")
    check(broken, "--format", "gitlab")
    moved = json.loads(capsys.readouterr().out)[4]
    assert moved["location"]["lines"] == {"begin": 3}
    assert moved["fingerprint"] == known


@pytest.mark.parametrize(
    ("form", "named"), [("github", "file=sites/centre/grants/"), ("gitlab", '"sites/centre/grants/')]
)
def test_a_host_is_told_paths_from_the_top_of_the_repository(
    form: str, named: str, broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = broken / "mkdocs.yml"
    settings = config.read_text(encoding="utf-8").replace(
        "    host: forgejo\n", "    host: forgejo\n    folder: sites/centre\n"
    )
    config.write_text(settings, encoding="utf-8")
    check(broken, "--format", form)
    out, err = capsys.readouterr()
    assert named in out
    assert err.startswith("grants/")


def test_a_name_with_signs_of_github_s_own_is_escaped(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "grants/a,b:c%.yml").write_text("", encoding="utf-8")
    check(project, "--format", "github")
    assert capsys.readouterr().out.startswith("::error file=grants/a%2Cb%3Ac%25.yml,line=1::")


@pytest.mark.parametrize(
    ("right", "wrong", "field"),
    [
        ("site_url: https://bereg.example.org/", "site_url: https://bereg.example.org", "site_url"),
        ("site_url: https://bereg.example.org/", "site_url: bereg", "site_url"),
        ("region: Свердловская область", "region: Свердловская", "extra.place.region"),
        ("population: 24000", "population: 0", "extra.place.population"),
        ("population: 24000", "population: много", "extra.place.population"),
        ("uid_domain: bereg.example.org", "uid_domain: берег", "extra.uid_domain"),
        ("report_to: bereg@example.org", "report_to: bereg", "extra.report_to"),
        ('light: "#1c4a7a"', 'light: "синий"', "extra.lamp.light"),
        ('light: "#1c4a7a"', 'lihgt: "#1c4a7a"', "extra.lamp.lihgt"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line_in_words(
    right: str, wrong: str, field: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = project / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    (line,) = [n for n, text in enumerate(config.read_text(encoding="utf-8").splitlines(), 1) if text.strip() == wrong]
    assert check(project) == 1
    (told,) = capsys.readouterr().out.splitlines()
    assert told.startswith(f"mkdocs.yml:{line}: {field}: ")
    assert "^" not in told, "a pattern is no word"


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_wrong_settings_are_reported_in_the_form_asked_for(
    form: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = project / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("Asia/Yekaterinburg", "Asia/Ekaterinburg"), encoding="utf-8"
    )
    assert check(project, "--format", form) == 1
    out = capsys.readouterr().out
    line = config.read_text(encoding="utf-8").splitlines().index("  time_zone: Asia/Ekaterinburg") + 1
    starts = {
        "text": f"mkdocs.yml:{line}: extra.time_zone: ",
        "json": "[",
        "github": f"::error file=mkdocs.yml,line={line}::",
    }
    assert out.startswith(starts[form])
    assert "похоже на «Asia/Yekaterinburg»" in out


def test_wrong_settings_and_wrong_records_are_told_at_once(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = broken / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("site_name: Берег добра\n", ""), encoding="utf-8")
    assert check(broken) == 1
    out = capsys.readouterr().out.splitlines()
    assert out == [*LINES[:5], "mkdocs.yml:1: site_name: обязательное поле; его нет", LINES[5]]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--project", "{}", "--today", "2026-11-20", "check"],
        ["check", "--project", "{}", "--today", "2026-11-20"],
        ["--project", "{}", "check", "--today", "2026-11-20"],
        ["--today", "2026-11-20", "check", "--project={}"],
        ["--project", "/nowhere", "check", "--project", "{}"],
    ],
)
def test_the_common_options_stand_before_the_command_or_after_it(arguments: list[str], project: Path) -> None:
    assert main([argument.format(project) for argument in arguments]) == 0


def test_today_decides_what_is_public(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    post = "---\ntitle: Скоро\ndate: 2026-11-21\nrubric: centre\n---\n"
    (project / "content/news/soon.md").write_text(post, encoding="utf-8")
    page = "---\ntitle: Страница\n---\n\n[Скоро](../news/soon.md)\n"
    (project / "content/pages/a.md").write_text(page, encoding="utf-8")
    assert main(["--today", "2026-11-20", "check", "--project", str(project)]) == 1
    assert "content/pages/a.md:5: " in capsys.readouterr().out
    assert main(["check", "--project", str(project), "--today", "2026-11-21"]) == 0


def test_the_project_is_here_unless_named(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert main(["check"]) == 0


def test_the_day_may_come_from_the_environment(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROEKT_TODAY", "2026-11-20")
    assert main(["check", "--project", str(project)]) == 0
    monkeypatch.setenv("PROEKT_TODAY", "завтра")
    assert main(["check", "--project", str(project)]) == 2
    assert check(project) == 0


def test_a_folder_without_settings_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path) == 2
    assert f"в папке {tmp_path} нет mkdocs.yml" in capsys.readouterr().err
    assert check(tmp_path / "nowhere") == 2


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["chek"],
        ["check", "--format", "xml"],
        ["check", "--today", "20.11.2026"],
        ["check", "--today", "2026-02-30"],
        ["check", "extra"],
        ["check", "--nothing"],
    ],
)
def test_wrong_arguments_are_wrong_use(arguments: list[str]) -> None:
    assert refused(arguments) == 2


def test_help_is_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(["check", "--help"]) == 0
    assert "проверить все записи" in capsys.readouterr().out


def test_a_full_disk_is_the_machine_s_and_no_traceback(broken: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        found = proekt("check", cwd=broken, stdout=full)
    assert found.returncode == 3
    assert found.stderr.decode().startswith("proekt: не получилось: ")


def test_the_process_ends_with_the_command_s_status(project: Path, broken: Path) -> None:
    found = proekt("check", "--today", "2026-11-20", cwd=broken)
    assert (found.returncode, found.stdout.decode().splitlines()) == (1, LINES)
    (broken / "grants/broken.yml").unlink()
    (broken / "ngos/Broken.yml").unlink()
    assert proekt("check", cwd=project).returncode == 0
    assert proekt("check", "--today", "когда-нибудь", cwd=project).returncode == 2


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "ascii", "utf-8"])
def test_a_console_of_another_code_page_gets_its_report(encoding: str, broken: Path) -> None:
    (broken / "content/pages/«ёж» 🦔.md").write_text("", encoding="utf-8")
    found = proekt("check", cwd=broken, PYTHONIOENCODING=encoding)
    assert found.returncode == 1
    assert len(found.stdout.decode(encoding).splitlines()) == len(LINES) + 1
    assert b"Traceback" not in found.stderr


def test_a_bug_keeps_its_traceback_and_ends_with_3(project: Path, tmp_path: Path) -> None:
    # The bug is a real one: a module that the program needs is broken.
    shutil.copytree(Path(__file__).parents[1] / "generator", tmp_path / "generator")
    catalog = tmp_path / "generator/catalog/loading.py"
    text = catalog.read_text(encoding="utf-8").replace("problems += centres(", "problems += 1 / 0 * centres(")
    catalog.write_text(text, encoding="utf-8")
    found = proekt("check", cwd=project, PYTHONPATH=str(tmp_path))
    assert found.returncode == 3
    assert b"Traceback" in found.stderr
    assert b"ZeroDivisionError" in found.stderr
    assert found.stdout == b""


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "не хватает: КОМАНДА"),
        ("chek", "здесь «chek»; похоже на «check»"),
        ("check --format xml", "--format: бывает text, json, github, gitlab; здесь «xml»"),
        ("build --foo", "лишнее: --foo"),
        ("check --today", "--today: нужно значение"),
        ("check --today 20.11.2026", "--today: нужен день вида 2026-11-20, здесь «20.11.2026»"),
        ("check --fix=1", "--fix: значение не нужно: 1"),
        ("build --no", "--no может значить --no-handouts, --no-search"),
        ("check --help", "по желанию:"),
    ],
)
def test_a_mistyped_command_is_told_in_russian(written: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(written.split())
    said = "".join(capsys.readouterr())
    assert told in said
    assert not re.search("usage|error|argument|required|invalid|positional|optional|show", said)

"""`proekt init` asks for a town's settings and writes the whole; `proekt upgrade` keeps up what is the program's."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from generator.catalog import load
from generator.cli import main
from generator.new import Console, UnfitOrderError, begin
from generator.new.cases import OF, TO, in_case, inside
from generator.new.note import FILE, Note, read_note
from generator.new.program import file, locked_requirements, version
from generator.new.skeleton import digest
from generator.new.upgrade import changes_since
from generator.records import KINDS
from generator.settings import load_settings
from tests.conftest import TODAY

ANSWERS = {
    "library": "Можгинская городская библиотека",
    "site_name": "",
    "town": "Можга",
    "town_in": "",
    "town_of": "",
    "town_to": "",
    "region": "Удм",
    "region_in": "в Удмуртии",
    "population": "50 тысяч",
    "population again": "50 000",
    "time_zone": "Europe/Samara",
    "site_url": "mozhga.example.org",
    "site_url again": "https://mozhga.example.org/nko",
    "report_to": "",
    "url": "https://git.mozhga.example.org/library/site.git",
    "host": "forgejo",
}
"""What a librarian types, question by question; an empty answer takes what is offered."""
CHANGES = "# Что нового\n\n## 0.3.0\n\n- третье\n\n## 0.2.0\n\n- второе\n\n## 0.1.0\n\n- первое\n"


class Typed(Console):
    """A terminal at which the answers are typed beforehand."""

    def __init__(self, answers: Iterator[str]) -> None:
        self.answers = answers
        self.shown: list[str] = []

    @property
    def is_interactive(self) -> bool:
        return True

    def tell(self, text: str = "") -> None:
        self.shown.append(text)

    def ask(self, default: str = "") -> str:
        for answer in self.answers:
            return answer or default
        raise EOFError


def init(folder: Path, *settings: str, today: date = TODAY) -> int:
    given = [part for setting in settings for part in ("--set", setting)]
    return main(["init", str(folder), "--today", str(today), *given])


def upgrade(project: Path) -> int:
    return main(["upgrade", "--project", str(project), "--today", str(TODAY)])


@pytest.fixture(scope="module")
def mozhga(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town's site as its answers made it; nobody writes into it."""
    project = tmp_path_factory.mktemp("town") / "site"
    assert init(project, "town=Можга", "url=https://github.com/mozhga/site", "time_zone=Asia/Omsk") == 0
    return project


@pytest.fixture
def site(mozhga: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(mozhga, tmp_path / "site"))


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Глазов", ("в Глазове", "Глазова", "Глазову")),
        ("Орёл", ("в Орле", "Орла", "Орлу")),
        ("Ростов-на-Дону", ("в Ростове-на-Дону", "Ростова-на-Дону", "Ростову-на-Дону")),
        ("Камень-на-Оби", ("в Камне-на-Оби", "Камня-на-Оби", "Камню-на-Оби")),
        ("Нижний Тагил", ("в Нижнем Тагиле", "Нижнего Тагила", "Нижнему Тагилу")),
        ("Владимир", ("во Владимире", "Владимира", "Владимиру")),
        ("Республика Татарстан", ("в Республике Татарстан", "Республики Татарстан", "Республике Татарстан")),
        ("Сочи", ("в Сочи", "Сочи", "Сочи")),
    ],
)
def test_the_cases_of_a_name_are_offered(name: str, forms: tuple[str, str, str]) -> None:
    assert (inside(name), in_case(name, OF), in_case(name, TO)) == forms


def test_a_librarian_is_asked_and_a_wrong_answer_is_asked_again(tmp_path: Path) -> None:
    console = Typed(iter(ANSWERS.values()))
    begin(tmp_path / "site", TODAY, (), console)
    settings = load_settings(tmp_path / "site")
    place = settings.extra.place
    assert (place.town_in, place.town_of, place.town_to) == ("в Можге", "Можги", "Можге")
    assert (place.region, place.region_in, place.population) == ("Удмуртская Республика", "в Удмуртии", 50000)
    assert (settings.site_url, settings.extra.uid_domain) == ("https://mozhga.example.org/nko/", "mozhga.example.org")
    assert settings.extra.repository is not None
    assert settings.extra.repository.url == "https://git.mozhga.example.org/library/site"
    assert (tmp_path / "site/.forgejo/workflows/site.yml").is_file()
    assert sum(line.startswith("Не годится: ") for line in console.shown) == 2
    for zone in ("Калининград, МСК−1", "Москва, МСК", "Омск, МСК+3", "Усть-Нера, МСК+7"):
        assert any(line.endswith(zone) for line in console.shown), zone
    assert not any("пока стоит примерное" in line for line in console.shown)


def test_a_site_is_not_begun_when_the_answers_end_too_soon(tmp_path: Path) -> None:
    with pytest.raises(UnfitOrderError, match="не начат"):
        begin(tmp_path / "site", TODAY, (), Typed(iter(["Библиотека", "Вместе"])))
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("tawn=Можга", "похоже на «town»"),
        ("Можга", "нужно имя поля, знак ="),
        ("site_url=http://[", "site_url: "),
        ("site_url=https://localhost/", "extra.uid_domain: "),
        ("region=Удмуртия", "extra.place.region: нет такого региона"),
        ("time_zone=Europe/Glazov", "extra.time_zone: "),
        ("url=https://github.com/site", "extra.repository.url: "),
    ],
)
def test_a_wrong_setting_is_told_and_nothing_is_written(
    setting: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(tmp_path / "site", setting) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_what_was_not_said_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(tmp_path / "site", "town=Можга", "library=Библиотека") == 0
    out = capsys.readouterr().out
    assert "town_in: в Можге; town_of: Можги" in out
    assert "пока стоит примерное: site_name, region, region_in, population" in out
    assert "pip wheel --no-deps" in out


@pytest.mark.parametrize("day", ["2027-01-01", "2028-02-29", "2026-12-31", "2027-07-15"])
def test_examples_are_right_on_whatever_day_a_site_is_begun(day: str, tmp_path: Path) -> None:
    assert init(tmp_path / "site", today=date.fromisoformat(day)) == 0
    assert main(["check", "--project", str(tmp_path / "site"), "--today", day]) == 0


def test_a_new_site_has_three_records_of_each_kind_and_what_is_invented_says_so(mozhga: Path) -> None:
    catalog = load(mozhga, TODAY)
    counts = {kind: len(catalog.of(kind)) for kind in KINDS}
    assert {kind for kind, count in counts.items() if count != 3} == {"centre", "report"}
    for record in catalog.records:
        assert record.example == (Path(record.path).name.startswith("primer-") or record.kind in ("centre", "report"))


def test_an_upgrade_of_what_is_new_already_changes_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert upgrade(site) == 0
    assert "уже такие, как нужно" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_an_upgrade_renews_what_is_the_programs_and_leaves_what_the_library_changed(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = read_note(site)
    workflow, readme, gone, added, windows = (
        site / name
        for name in (".github/workflows/site.yml", "README.md", "deploy/s3.sh", "deploy/back.sh", ".gitignore")
    )
    # As if an earlier version had made it: the note knows other contents.
    workflow.write_text("старое")
    windows.write_bytes("старое\r\nтоже\r\n".encode())
    readme.write_text("наше")
    gone.unlink()
    added.unlink()
    (site / "old.sh").write_text("старое")
    (site / "older.sh").write_text("наше")
    wheel = site / file()
    wheel.parent.mkdir()
    wheel.write_text("старое")
    older = "0" * 16
    own = site / "templates/site/home.html"
    own.parent.mkdir(parents=True)
    own.write_text("наша главная")
    files = {
        **note.files,
        **dict.fromkeys((".github/workflows/site.yml", "old.sh", file()), digest("старое".encode())),
        ".gitignore": digest("старое\nтоже\n".encode()),
        **dict.fromkeys(("README.md", "deploy/s3.sh", "older.sh"), older),
    }
    del files["deploy/back.sh"]
    Note("0.0.1", files, {**note.templates, "site/home.html": older}).write(site)
    content = {path: path.read_bytes() for path in (site / "content").rglob("*.md")}
    assert upgrade(site) == 0
    told = capsys.readouterr().out.splitlines()
    for line in (
        f"Сайт сделан версией 0.0.1, программа — {version()}.",
        "обновлён: .github/workflows/site.yml",
        "обновлён: .gitignore",
        "добавлен: deploy/back.sh",
        "удалён вами и не возвращён, хотя у программы он новый: deploy/s3.sh",
        "больше не нужен и убран: old.sh",
        "больше не нужен, но изменён вами: older.sh; удалите сами",
        "ваш шаблон сделан по старому: templates/site/home.html; сравните с шаблоном этой версии",
    ):
        assert line in told
    assert any(line.startswith("изменён вами и потому остался: README.md") for line in told)
    assert readme.read_text() == "наше"
    assert "Поставить программу" in (site / "README.md.new").read_text()
    assert "proekt build" in workflow.read_text()
    assert not (site / "old.sh").exists()
    assert wheel.exists()
    assert not any("pip wheel" in line for line in told)
    assert own.read_text() == "наша главная"
    assert content == {path: path.read_bytes() for path in content}
    assert f"## {version()}" in "\n".join(told)
    # Told once: the second time nothing is left to say.
    assert upgrade(site) == 0
    assert "уже такие, как нужно" in capsys.readouterr().out


def test_an_upgrade_of_a_site_without_a_note_overwrites_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / FILE).unlink()
    (site / "README.md").write_text("наше")
    assert upgrade(site) == 0
    assert (site / "README.md").read_text() == "наше"
    assert "неизвестно" in capsys.readouterr().out
    assert json.loads((site / FILE).read_text())["version"] == version()


def test_what_is_new_since_a_version_is_told() -> None:
    assert changes_since("0.1.0", CHANGES) == "## 0.3.0\n\n- третье\n\n## 0.2.0\n\n- второе"
    assert changes_since("0.3.0", CHANGES) == ""
    assert changes_since("", CHANGES).count("## ") == 3


def test_a_site_pins_what_the_program_was_tested_with(mozhga: Path) -> None:
    assert (mozhga / "requirements.txt").read_bytes() == locked_requirements().read_bytes()
    # Here it runs from its sources: its file is named, and never a name that an index may know as somebody else's.
    assert (mozhga / "program.txt").read_text() == f"./program/proekt_plus-{version()}-py3-none-any.whl\n"

"""`mkdocs build` in the same folder: the same bytes, the same refusals, and nothing that is not public."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from generator.publish import publish
from tests.conftest import TODAY
from tests.sheets import text_of

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # others measure part by part what is built here

ROOT = Path(__file__).parent.parent
NGO = """\
title: Дом у реки
legal_name: АНО «Дом у реки»
form: ano
inn: "6678123459"
ogrn: "1126678000349"
contacts:
  emails: dom@example.org
head:
  name: Секретова Тайна
  role: директор
  phone: +7 912 345-67-89
  email: sekretova@example.org
checked: 2026-11-12
"""
SECRETS = (
    "Секретова",
    "sekretova",
    "Без-Согласия",
    "912 345-67-89",
    "79123456789",
    "Черновиков",
    "chernovik",
    "НенапечатаннаяТема",
    "nenapechatannaya",
    "ЗаметкаДляСебя",
    "БудущаяНовость",
    "budushchaya",
    "stray",
)
"""Words that stand in the project's files and must stand nowhere in the site."""


def mkdocs(project: Path, site: Path, today: str = str(TODAY)) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(project / "mkdocs.yml")]
    return subprocess.run(
        [*command, "--site-dir", str(site)],
        env=os.environ | {"PROEKT_TODAY": today},
        capture_output=True,
        text=True,
        check=False,
    )


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture(scope="module")
def secretive(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with things that nobody may see: drafts, a day to come, stray files, people who did not agree."""
    project = Path(shutil.copytree(example, tmp_path_factory.mktemp("secretive") / "project"))
    assets = project / "content/assets"
    (assets / "stray.png").write_bytes((assets / "lavochka.png").read_bytes())
    (assets / "chernovik.png").write_bytes((assets / "lavochka.png").read_bytes())
    head = "title: Черновиков {}\nrubric: centre\n"
    post = f"---\n{head}date: {{}}\n{{}}\n---\nЧерновиков. ![Лавочка](../assets/chernovik.png)\n"
    news = project / "content/news"
    (news / "chernovik.md").write_text(post.format("день", "2026-11-01", "draft: yes\naliases: [/chernovik-old/]"))
    (news / "budushchaya.md").write_text(post.format("БудущаяНовость", "2027-01-01", "topics: [nenapechatannaya]"))
    topics = project / "content/topics.yml"
    topics.write_text(f"{topics.read_text()}nenapechatannaya:\n  title: НенапечатаннаяТема\n")
    grant = (project / "grants/dvor-2026.yml").read_text()
    (project / "grants/chernovik.yml").write_text(grant.replace("Двор нашей мечты", "Черновиков двор") + "draft: yes\n")
    ngo = project / "ngos/svetlyy-dvor.yml"
    ngo.write_text(NGO.replace("Дом у реки", "Светлый двор"))
    note = project / "content/methodology/smeta.md"
    note.write_text(f"{note.read_text()}\n<!-- ЗаметкаДляСебя -->\n")
    return project


@pytest.fixture(scope="module")
def published(secretive: Path) -> Path:
    """Its whole site."""
    publish(secretive, secretive.parent / "site", TODAY)
    return secretive.parent / "site"


def test_mkdocs_builds_the_same_bytes(own_site: Path, tmp_path: Path) -> None:
    done = mkdocs(ROOT, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    ours, theirs = tree(own_site), tree(tmp_path / "site")
    assert sorted(theirs) == sorted(ours)
    assert [name for name in ours if theirs[name] != ours[name]] == []


def test_a_problem_in_the_content_stops_mkdocs_with_the_problems_words(project: Path, tmp_path: Path) -> None:
    path = project / "grants/dvor-2026.yml"
    path.write_text(path.read_text().replace("funder: kamennyy-poyas", "funder: kamenny-poyas"))
    (project / "grants/empty.yml").write_text("title: Без остального\n")
    done = mkdocs(project, tmp_path / "site")
    assert done.returncode == 1
    assert "grants/dvor-2026.yml:9: funder: " in done.stderr
    assert "grants/empty.yml:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site/index.html").exists()


def test_a_mistake_in_the_sites_own_template_stops_mkdocs_with_its_line(project: Path, tmp_path: Path) -> None:
    own = project / "templates/site/ngo.html"
    own.parent.mkdir(parents=True)
    own.write_text('{% set title = "А" %}\n{% set description = "Б" %}\n{{ record.nichego }}\n', encoding="utf-8")
    done = mkdocs(project, tmp_path / "site")
    assert done.returncode == 1
    assert "templates/site/ngo.html:3: шаблон не работает" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_day_that_is_none_stops_mkdocs_in_words(project: Path, tmp_path: Path) -> None:
    done = mkdocs(project, tmp_path / "site", today="20 ноября")
    assert done.returncode == 1
    assert "PROEKT_TODAY — день вида 2026-11-20" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mistake_in_the_settings_stops_mkdocs_with_its_line(project: Path, tmp_path: Path) -> None:
    config = project / "mkdocs.yml"
    config.write_text(config.read_text().replace("time_zone: Asia/Yekaterinburg", "time_zone: Азия"))
    done = mkdocs(project, tmp_path / "site")
    assert done.returncode == 1
    assert "mkdocs.yml:36: extra.time_zone: " in done.stderr
    assert "Traceback" not in done.stderr


def test_the_day_that_is_named_is_the_day_of_the_build(project: Path, tmp_path: Path) -> None:
    assert mkdocs(project, tmp_path / "site", today="2026-07-04").returncode == 0
    page = (tmp_path / "site/index.html").read_text().replace("\xa0", " ")
    assert "Состояние на 4 июля 2026 года" in page


def test_only_pages_and_files_that_they_show_are_published(published: Path) -> None:
    names = set(tree(published))
    assert {name for name in names if re.fullmatch(r"assets/(?!icon-|screen-).*\.png", name)} == {"assets/lavochka.png"}
    assert not {".md", ".yml", ".typ"} & {Path(name).suffix for name in names}
    assert [name for name in names if "topics.yml" in name or any(secret in name for secret in SECRETS)] == []


def test_what_is_not_public_is_nowhere_in_the_output(secretive: Path, published: Path) -> None:
    sources = b"".join(tree(secretive).values()).decode(errors="replace") + "".join(tree(secretive))
    for name, content in tree(published).items():
        text = content.decode(errors="replace")
        if name.endswith(".pdf"):
            text += text_of(content) + _unpacked(content)
        elif content.startswith(b"\x1f\x8b"):
            text += gzip.decompress(content).decode(errors="replace")
        plain = text.replace("\xad", "").replace("\u200b", "").replace("\r\n ", "")
        assert [secret for secret in SECRETS if secret in plain] == [], name
    assert [secret for secret in SECRETS if secret not in sources and secret != "79123456789"] == []


def test_a_record_stays_where_its_head_did_not_agree_to_be_named(published: Path) -> None:
    page = (published / "ngos/svetlyy-dvor/index.html").read_text()
    assert "директор" in page.lower()
    assert "контакт по\u00a0запросу" in page


def test_a_person_who_agreed_is_named(secretive: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(secretive, tmp_path / "project"))
    path = project / "ngos/svetlyy-dvor.yml"
    path.write_text(path.read_text().replace("  role: директор\n", "  role: директор\n  consent: 2026-10-01\n"))
    publish(project, tmp_path / "site", TODAY, with_handouts=False, with_search=False)
    assert "Секретова Тайна" in (tmp_path / "site/ngos/svetlyy-dvor/index.html").read_text()


def _unpacked(pdf: bytes) -> str:
    """Every compressed stream of a PDF: its metadata and its tags may name what its pages do not."""
    found = []
    for piece in pdf.split(b"stream\n")[1:]:
        unpacking = zlib.decompressobj()
        try:
            found.append(unpacking.decompress(piece).decode("utf-8", errors="replace"))
        except zlib.error:
            continue
    return "".join(found)

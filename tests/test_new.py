"""`proekt init`: a site of another library that builds as it is, and its own templates over the shipped ones."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.cli import main
from tests.conftest import TODAY
from tests.sheets import text_of

pytest_plugins = ("tests.browser",)

ROOT = Path(__file__).parent.parent
OF_GLAZOV = re.compile(r"глазов|короленко|удмурт|glazov|korolenko|ижевск|proekt-plus\.example", re.IGNORECASE)
REGION = "Удмуртская Республика"
NAME = "Проект+"
"""The program's name and that of the Glazov centre's site."""
BROKEN = {
    "syntax": ("site/home.html", '{% set title = "Дом" %}\n{% if %}\n'),
    "end": ("site/home.html", '{% set title = "Дом" %}\n{% if today %}\n<h1>Дом</h1>\n'),
    "name": ("site/grant.html", '{% set title = "Конкурс" %}\n<h1>{{ nothing.like_it }}</h1>\n'),
    "field": ("site/grant.html", '{% set title = "Конкурс" %}\n<h1>{{ record.no_such_field }}</h1>\n'),
    "sum": ("site/home.html", '{% set title = "Дом" %}\n<h1>{{ 1 / 0 }}</h1>\n'),
    "kinds": ("site/home.html", '{% set title = "Дом" %}\n<h1>{{ "конкурсов: " + 5 }}</h1>\n'),
    "call": ("site/home.html", '{% set title = "Дом" %}\n<h1>{{ today.no_such_call() }}</h1>\n'),
    "filter": ("site/home.html", '{% set title = "Дом" %}\n<h1>{{ today | no_such_filter }}</h1>\n'),
    "partial": ("site/partials/posts.html", "{% macro post_line(post) %}\n{{ post.no_such_field }}{% endmacro %}\n"),
    "frame": ("site/base.html", "<!doctype html>\n{{ no_such_name }}\n"),
    "frame-syntax": ("site/base.html", "<!doctype html>\n{% if %}\n"),
    "footer": ("site/partials/footer.html", "<footer>\n{{ no_such_name }}</footer>\n"),
    "text": ("text/event_summary.txt", "Событие\n{{ no_such_name }}\n"),
    "words": ("text/words.yml", "status:\n\topen: Идёт\n"),
}
"""Mistakes in a site's own templates; each stands in the second line, but the one whose end is missed."""


def proekt(command: str, project: Path, *options: str) -> int:
    return main([command, "--today", str(TODAY), "--project", str(project), *options])


def build(project: Path) -> int:
    return proekt("build", project, "--no-handouts", "--no-search")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library's site as `proekt init` leaves it, and built; nobody writes into it."""
    project = tmp_path_factory.mktemp("new") / "library"
    assert main(["init", "--today", str(TODAY), str(project)]) == 0
    assert proekt("check", project) == 0
    assert proekt("build", project) == 0
    return project


@pytest.fixture
def begun(library: Path, tmp_path: Path) -> Path:
    """What `proekt init` leaves, with nothing built but the fonts, which are kept."""
    return Path(shutil.copytree(library, tmp_path / "library", ignore=shutil.ignore_patterns("site", "handouts")))


def own_template(project: Path, name: str, text: str) -> Path:
    path = project / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_site_that_was_begun_passes_the_checks_and_builds_with_its_paper(library: Path) -> None:
    for name in ("index.html", "feed.xml", "calendar.ics", "handouts/grants-list.pdf", "centre/index.html"):
        assert (library / "site" / name).is_file(), name


@pytest.mark.no_cover
def test_nothing_of_glazov_is_in_a_new_site(library: Path) -> None:
    files = {path.relative_to(library).as_posix(): path for path in library.rglob("*") if path.is_file()}
    # The schema of settings lists the regions of Russia.
    texts = {name: path.read_text(errors="replace").replace(REGION, "") for name, path in files.items()}
    assert [name for name, text in texts.items() if OF_GLAZOV.search(text)] == []
    assert [name for name, text in texts.items() if NAME in text and name.endswith((".html", ".xml", ".ics"))] == []


@pytest.mark.no_cover  # other tests run the command under measure
def test_nothing_of_glazov_is_on_the_paper_of_a_new_site(begun: Path, tmp_path: Path) -> None:
    assert proekt("handouts", begun, "--output", str(tmp_path / "paper")) == 0
    sheets = sorted((tmp_path / "paper").glob("*.pdf"))
    assert sheets
    for sheet in sheets:
        assert not OF_GLAZOV.search(text_of(sheet.read_bytes())), sheet.name


def test_what_a_new_site_needs_is_pinned_with_hashes_and_names_no_index(begun: Path) -> None:
    text = (begun / "requirements.txt").read_text().replace("\\\n", " ")
    packages = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert len(packages) > 10
    assert [
        line for line in packages if not re.match(r"[\w.-]+(\[\w+\])?==[\w.]+.* --hash=sha256:[0-9a-f]{64}", line)
    ] == []
    assert "://" not in text


def test_git_leaves_out_what_is_built_and_keeps_the_templates_of_pages(begun: Path) -> None:
    for project in (begun, ROOT):
        lines = (project / ".gitignore").read_text().splitlines()
        # Without the first slash the line would mean templates/site/ too.
        assert "/site/" in lines, project
        assert not {"site", "site/"} & set(lines), project


@pytest.mark.parametrize("name", ["letter.txt", ".hidden", "folder/letter.txt"])
def test_a_folder_that_holds_something_is_left_alone(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("моё")
    assert main(["init", "--today", str(TODAY), str(tmp_path)]) == 2
    assert "не пустая" in capsys.readouterr().err
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()] == [name]


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("моё")
    assert main(["init", "--today", str(TODAY), str(tmp_path / "library")]) == 2
    assert (tmp_path / "library").read_text() == "моё"


def test_an_empty_folder_takes_a_new_site(tmp_path: Path) -> None:
    assert main(["init", "--today", str(TODAY), str(tmp_path)]) == 0
    assert proekt("check", tmp_path) == 0


def test_a_sites_own_page_stands_in_the_place_of_the_shipped_one(begun: Path) -> None:
    page = '{% set title = "У нас дома" %}{% set description = "Своя главная." %}<h1>{{ title }}, {{ place.town }}</h1>'
    own_template(begun, "site/home.html", page)
    assert build(begun) == 0
    home = (begun / "site/index.html").read_text().replace("\xa0", " ")
    assert "<h1>У нас дома, Наш город</h1>" in home
    assert "<title>У нас дома — Вместе</title>" in home
    assert "<h1>Новости</h1>" in (begun / "site/news/index.html").read_text()


def test_a_sites_own_word_stands_in_the_place_of_the_shipped_one_and_the_rest_stay(project: Path) -> None:
    own_template(project, "text/words.yml", "status:\n  rolling: Берут круглый год\n")
    assert build(project) == 0
    page = (project / "site/grants/knizhnyy-most/index.html").read_text()
    assert "Берут круглый год" in page
    assert "Конкурс отменён" in page


def test_a_sites_own_style_and_footer_stand_in_the_place_of_the_shipped_ones(begun: Path) -> None:
    own_template(begun, "site/assets/site.css", "body { color: #123456 }\n")
    own_template(begun, "site/assets/extra.css", "p { margin: 0 }\n")
    own_template(begun, "site/partials/footer.html", "<footer>Свой подвал</footer>\n")
    assert build(begun) == 0
    assert (begun / "site/assets/site.css").read_text() == "body { color: #123456 }\n"
    assert (begun / "site/assets/extra.css").exists()
    assert "<footer>Свой подвал</footer>" in (begun / "site/news/index.html").read_text()


@pytest.mark.parametrize("mistake", BROKEN)
def test_a_mistake_in_a_sites_own_template_is_told_with_its_line(
    mistake: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, text = BROKEN[mistake]
    own_template(project, name, text)
    assert build(project) == 1
    out, err = capsys.readouterr()
    line = text.count("\n") if mistake == "end" else 2
    assert re.match(rf"templates/{name}:{line}: \S", out), out
    assert "Traceback" not in out + err
    assert not (project / "site").exists()


def test_a_mistake_in_a_sites_own_sheet_is_told_with_its_line(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own_template(project, "handouts/grants-list.typ", '#import "lib.typ": *\n#no-such-name\n')
    assert proekt("build", project) == 1
    assert capsys.readouterr().out.startswith("templates/handouts/grants-list.typ:2: ")

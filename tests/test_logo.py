"""A library's own logo: named once in mkdocs.yml, it stands in the head of pages, on the tab and on paper."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.building import build_site
from generator.settings import read_settings
from tests.conftest import TODAY
from tests.sheets import printed

DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="120" height="40"/></svg>'


@pytest.fixture
def project(example: Path, tmp_path: Path) -> Path:
    shutil.copytree(example, tmp_path / "town")
    return tmp_path / "town"


def name_logo(project: Path, value: str) -> None:
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("extra:\n", f"extra:\n  logo: {value}\n"), "utf-8")


def test_an_own_logo_stands_on_pages_and_sheets(project: Path, tmp_path: Path) -> None:
    before = printed(project, "grants-list")
    (project / "content/assets/logo.svg").write_text(DRAWN, "utf-8")
    name_logo(project, "logo.svg")
    build_site(project, tmp_path / "site", TODAY, handouts=False)
    assert (tmp_path / "site/assets/mark.svg").read_text("utf-8") == DRAWN
    assert '<img src="./assets/mark.svg" alt="Берег добра">' in (tmp_path / "site/index.html").read_text("utf-8")
    assert printed(project, "grants-list") != before


def test_the_mark_has_the_colour_of_the_library(example_site: Path) -> None:
    assert 'fill="#1c4a7a"' in (example_site / "assets/mark.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("value", "content", "told"),
    [
        ("logo.svg", None, "нет файла content/assets/logo.svg"),
        ("logo.png", DRAWN, "логотип — файл SVG"),
        ("logo.svg", "это не рисунок", "файл logo.svg не открывается"),
        ("logo.svg", "<html/>", "файл logo.svg — не SVG"),
        ("../logo.svg", DRAWN, "нужно имя файла в content/assets/"),
    ],
)
def test_a_logo_that_cannot_be_shown_is_told_with_its_line(
    project: Path, value: str, content: str | None, told: str
) -> None:
    if content is not None:
        (project / "content/assets" / value).write_text(content, "utf-8")
    name_logo(project, value)
    (problem,) = read_settings(project).problems
    line = (project / "mkdocs.yml").read_text("utf-8").splitlines().index(f"  logo: {value}") + 1
    assert (problem.path, problem.line, problem.field) == ("mkdocs.yml", line, "extra.logo")
    assert told in problem.message

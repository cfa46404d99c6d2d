"""The low-vision version in the files of a site: its button on every page, its page, its colours."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.building import build_site
from generator.catalog import load
from generator.templating import shipped_templates
from tests.conftest import TODAY

CONTROL = re.compile(r'<a [^>]*href="([^"]+)" data-action="low-vision"')
SCHEME = re.compile(r"--lv-ink: (#\w+); --lv-paper: (#\w+)")
ENHANCED = 7
"""The contrast that WCAG 2.1 asks for at its highest level (1.4.6)."""


@pytest.fixture(scope="module")
def without_centre(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = shutil.copytree(example, tmp_path_factory.mktemp("town") / "project")
    shutil.rmtree(project / "content/centre")
    for path in (project / "content").rglob("*.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("/centre/", "/"), encoding="utf-8")
    site = project.parent / "site"
    build_site(project, site, TODAY, handouts=False)
    return site


@pytest.mark.no_cover  # others measure part by part what is built here
def test_every_page_has_the_button_even_where_no_centre_is_known(without_centre: Path) -> None:
    pages = [path for path in without_centre.rglob("*.html") if 'http-equiv="refresh"' not in path.read_text()]
    assert len(pages) > 30
    for path in pages:
        html = path.read_text(encoding="utf-8")
        (address,) = CONTROL.findall(html)
        root = without_centre if address.startswith("/") else path.parent
        assert (root / address.lstrip("/") / "index.html").resolve() == without_centre / "lowvision/index.html"
        assert html.count('class="lv"') == 1


def test_a_text_may_link_to_the_page_of_the_version(example: Path, tmp_path: Path) -> None:
    project = shutil.copytree(example, tmp_path / "project")
    page = project / "content/pages/zrenie.md"
    page.write_text("---\ntitle: О зрении\n---\n\n[Крупнее](/lowvision/)\n", encoding="utf-8")
    assert "zrenie" in {record.slug for record in load(project, TODAY).of("page")}


def test_colours_of_every_scheme_stand_far_apart() -> None:
    styles = (shipped_templates() / "site/assets/lowvision.css").read_text(encoding="utf-8")
    schemes = SCHEME.findall(styles)
    assert len(schemes) == 4
    for colours in schemes:
        darker, lighter = sorted(map(_luminance, colours))
        assert (lighter + 0.05) / (darker + 0.05) >= ENHANCED, colours


def _luminance(colour: str) -> float:
    """Return a colour's relative luminance (WCAG 2.1)."""
    digits = colour[1:] if len(colour) > 4 else "".join(digit * 2 for digit in colour[1:])
    shares = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

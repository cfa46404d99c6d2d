"""What the site weighs on the wire, packed as any server packs it; the budgets are product.md's."""

from __future__ import annotations

import gzip
import posixpath
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest

from generator.catalog import load
from generator.pages import make as make_page
from generator.pages import pages, relative
from generator.settings import load_settings
from generator.templating import Templating
from tests.bench.corpus import make
from tests.bench.project import write_project
from tests.bench.records import TODAY as BENCH_DAY
from tests.bench.records import Size

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

KB = 1024
PACKED = (".png", ".jpg", ".jpeg", ".webp", ".woff2", ".pdf", ".ico")
"""What is compressed already."""
LOADED = (("script", "src"), ("img", "src"), ("link", "href"))
LOADING = {"stylesheet", "icon", "preload"}
CALLS = Size(ngos=2, grants=1000, posts=2, meetups=1, notes=1, funders=30, documents=1)


def weight(path: Path) -> int:
    content = path.read_bytes()
    return len(content if path.suffix in PACKED else gzip.compress(content, compresslevel=9, mtime=0))


def loaded(page: Element, address: str) -> set[str]:
    """The files that a browser takes to show a page."""
    found = set()
    for tag, attribute in LOADED:
        for element in page.iter(tag):
            if tag != "link" or LOADING & set(element.get("rel", "").split()):
                target = urlsplit(element.get(attribute) or "")
                if target.path and not target.scheme:
                    found.add(posixpath.normpath(posixpath.join(address, target.path)).lstrip("/"))
    return found


def whole(site: Path, address: str, page: Element) -> int:
    """What a page weighs with all that it loads but fonts."""
    parts = [path for name in loaded(page, address) if (path := site / name).suffix != ".woff2"]
    assert parts
    return sum(map(weight, parts)) + weight(site / address.lstrip("/") / "index.html")


def test_a_calls_page_weighs_60_kb_at_most(own_site: Path, own_pages: dict[str, Element]) -> None:
    calls = [address for address in own_pages if address.startswith("/grants/") and address.count("/") == 3]
    assert calls
    assert max(whole(own_site, address, own_pages[address]) for address in calls) <= 60 * KB


@pytest.mark.parametrize("address", ["/", "/calendar/", "/news/", "/meetups/", "/ngos/", "/grants/", "/search/"])
def test_a_section_weighs_no_more_either(own_site: Path, own_pages: dict[str, Element], address: str) -> None:
    assert whole(own_site, address, own_pages[address]) <= 60 * KB


def test_the_fonts_weigh_40_kb_in_all(own_site: Path) -> None:
    found = sorted((own_site / "assets").glob("*.woff2"))
    assert len(found) == 3
    assert sum(map(weight, found)) <= 40 * KB


def test_a_list_of_a_thousand_calls_weighs_150_kb_at_most(
    own_site: Path, own_pages: dict[str, Element], tmp_path: Path
) -> None:
    write_project(make(7, CALLS), tmp_path / "project")
    settings = load_settings(tmp_path / "project")
    catalog, templating = load(tmp_path / "project", BENCH_DAY), Templating(tmp_path / "project", settings, BENCH_DAY)
    page = next(page for page in pages(catalog, templating) if page.address == "/grants/")
    body = relative(make_page(page, catalog, templating).body, page.address, settings).encode()
    assert body.count(b'<li class="call') == CALLS.grants
    # With its frame, style sheets and scripts.
    rest = [own_site / name for name in loaded(own_pages["/grants/"], "/grants/")] + [own_site / "404.html"]
    packed = sum(weight(path) for path in rest if path.suffix != ".woff2")
    assert len(gzip.compress(body, compresslevel=9, mtime=0)) + packed <= 150 * KB


def test_the_whole_site_weighs_less_than_15_mb_without_its_pdfs(own_site: Path) -> None:
    files = [path for path in own_site.rglob("*") if path.is_file() and path.suffix != ".pdf"]
    assert sum(path.stat().st_size for path in files) < 15 * KB * KB


def test_the_scripts_of_filters_come_only_where_a_filter_is(own_pages: dict[str, Element]) -> None:
    for address, page in own_pages.items():
        forms = {form.get("data-filters") for form in page.iter("form")} - {None}
        scripts = {posixpath.basename(script.get("src") or "") for script in page.iter("script")}
        assert ("filters.js" in scripts) == ("grants" in forms), address
        assert ("list.js" in scripts) == bool(forms - {"grants", "calendar"}), address


def test_pictures_come_when_they_are_scrolled_to_and_their_place_is_kept(own_pages: dict[str, Element]) -> None:
    pictures = [(address, picture) for address, page in own_pages.items() for picture in page.findall(".//main//img")]
    assert pictures
    for address, picture in pictures:
        assert picture.get("loading") == "lazy", address
        assert int(picture.get("width", 0)) > 0, address
        assert int(picture.get("height", 0)) > 0, address

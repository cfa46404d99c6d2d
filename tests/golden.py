"""Rewrite tests/golden/: what the example builds. `make golden`; then read the diff."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

from generator.building import build_site
from generator.catalog import load
from generator.handouts import by_address, handouts
from generator.mkdocs_plugin.site import Site
from generator.pages import make, pages
from generator.settings import load_settings
from generator.templating import Templating
from tests.conftest import EXAMPLE, TODAY

GOLDEN = Path(__file__).parent / "golden"
PAGES = (
    *("/", "/404.html", "/search/", "/lowvision/", "/subscribe/", "/topics/", "/topics/town/", "/calendar/2026-12/"),
    *("/calendar/2026/",),
    *("/grants/", "/grants/dvor-2026/", "/grants/knizhnyy-most/", "/ngos/", "/ngos/svetlyy-dvor/"),
    *("/funders/", "/funders/kamennyy-poyas/", "/documents/", "/documents/polozhenie-2020/", "/centre/"),
    *("/meetups/", "/meetups/2026-04-otkrytie/", "/meetups/2026-12-05-zayavka/", "/o-nas/"),
    *("/methodology/", "/methodology/pyat-voprosov/", "/methodology/smeta/"),
    *("/experts/", "/experts/yurist/", "/projects/", "/projects/lavochka/", "/agreements/", "/results/", "/data/"),
    *("/news/", "/news/2026-11-10-otkryt-konkurs/", "/news/archive/2026-11/"),
)
"""Pages kept as they read without the frame: one at least of each template."""
OF_SHEETS = ("/handouts/",)
"""Pages kept as they read with the printed sheets made; on the others a PDF's weight would only be in the way."""
FILES = (
    *("feed.xml", "atom.xml", "feeds/grants.xml", "feeds/deadlines.xml", "feeds/meetups.xml"),
    *("calendar.ics", "meetups/2026-12-05-zayavka/event.ics", "data/grants.json", "data/grants.csv"),
    *("sitemap.xml", "robots.txt", "2026/11/konkurs.html"),
)
WHOLE = "documents/fz-7/index.html"
"""The one page kept with its frame."""


def bodies() -> Iterator[tuple[str, bytes]]:
    """Yield the golden pages without their frame: the name among the golden files, and the text."""
    catalog = load(EXAMPLE, TODAY)
    bare, printing = (Templating(EXAMPLE, load_settings(EXAMPLE), TODAY) for _ in range(2))
    printing.sheets = by_address(handouts(catalog, printing))
    for templating, addresses in ((bare, PAGES), (printing, OF_SHEETS)):
        for page in pages(catalog, templating):
            if page.address in addresses:
                content = make(page, catalog, templating)
                head = f'<title>{escape(content.title)}</title>\n<meta content="{escape(content.description)}">\n'
                yield f"pages/{page.path.replace('/index.html', '.html')}", f"{head}{content.body.strip()}\n".encode()


def files() -> Iterator[tuple[str, bytes]]:
    """Yield the golden feeds, calendars and files for machines."""
    catalog, templating = load(EXAMPLE, TODAY), Templating(EXAMPLE, load_settings(EXAMPLE), TODAY)
    for artifact in Site(catalog, templating).artifacts():
        if artifact.path in FILES:
            yield artifact.path, artifact.content


def whole_page(site: Path) -> tuple[str, bytes]:
    """Build the example into a folder and return one page of it, frame and all."""
    build_site(EXAMPLE, site, TODAY, handouts=False, search=True)
    return "whole.html", (site / WHOLE).read_bytes()


def main() -> None:
    """Write every golden file afresh; what is built no more goes."""
    with tempfile.TemporaryDirectory() as folder:
        found = dict([*bodies(), *files(), whole_page(Path(folder))])
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for name, content in found.items():
        path = GOLDEN / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()

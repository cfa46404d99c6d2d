"""What tests of accessibility share: the pages to look at, and what axe finds on one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, ViewportSize

NARROW, WIDE = ViewportSize(width=320, height=800), ViewportSize(width=1280, height=900)
PAGES = (
    *("/", "/grants/", "/grants/dvor-2026/", "/grants/knizhnyy-most/", "/calendar/", "/calendar/2026-12/"),
    *("/calendar/2026/", "/ngos/", "/ngos/svetlyy-dvor/", "/funders/", "/funders/kamennyy-poyas/", "/centre/"),
    *("/news/", "/news/2026-11-10-otkryt-konkurs/", "/news/archive/", "/news/archive/2026-11/", "/topics/"),
    *("/topics/town/", "/meetups/", "/meetups/2026-04-otkrytie/", "/meetups/2026-12-05-zayavka/", "/methodology/"),
    *("/methodology/pyat-voprosov/", "/documents/", "/documents/polozhenie-2020/", "/experts/", "/experts/yurist/"),
    *("/projects/", "/projects/lavochka/", "/agreements/", "/results/", "/handouts/", "/subscribe/", "/data/"),
    *("/o-nas/", "/lowvision/", "/404.html", "/search/?q=двор"),
)
"""One at least of each template."""
FEW = (
    *("/", "/grants/", "/grants/dvor-2026/", "/calendar/2026-12/", "/ngos/", "/meetups/2026-12-05-zayavka/"),
    *("/methodology/pyat-voprosov/", "/results/", "/handouts/"),
)
"""Pages laid out otherwise where there is room."""
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that another scheme of colours can break."""


@pytest.fixture(scope="module")
def address(whole_example_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(whole_example_site)


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page that axe looks at, for all tests of a file: to open one takes as long as to look."""
    with chromium.new_page(locale="ru-RU") as page:
        page.add_init_script(AXE_SCRIPT)
        yield page


def sizes_of(each: str, page: Page, address: str) -> Iterator[ViewportSize]:
    """Open a page of the site and yield each size of the screen at which to look at it."""
    page.set_viewport_size(NARROW)
    page.goto(address + each)
    if "?" in each:
        page.locator("[data-result]").first.wait_for()
    for size in (NARROW, WIDE) if each in FEW else (NARROW,):
        page.set_viewport_size(size)
        yield size


def violations(page: Page, values: tuple[str, ...], kind: str = "tag") -> Iterator[str]:
    """Yield what axe finds: by which rule, where, and what is wrong there."""
    # Styles are all of this host: axe need not fetch them itself.
    options = {"resultTypes": ["violations"], "runOnly": {"type": kind, "values": values}, "preload": False}
    for violation in page.evaluate("options => axe.run(options)", options)["violations"]:
        for node in violation["nodes"]:
            yield f"{page.viewport_size} {violation['id']} {node['target']}: {node['failureSummary']}"

"""Every kind of page looked at by axe: WCAG 2.1 A and AA, the size of targets, and its best practices."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, ViewportSize

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

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


def violations(page: Page, values: tuple[str, ...], kind: str = "tag") -> Iterator[str]:
    """Yield what axe finds: where, by which rule, and what is wrong there."""
    # Styles are all of this host: axe need not fetch them itself.
    options = {"resultTypes": ["violations"], "runOnly": {"type": kind, "values": values}, "preload": False}
    for violation in page.evaluate("options => axe.run(options)", options)["violations"]:
        for node in violation["nodes"]:
            yield f"{page.url} {page.viewport_size} {violation['id']} {node['target']}: {node['failureSummary']}"


def test_no_kind_of_page_has_violations_narrow_or_wide_light_or_dark(address: str, chromium: Browser) -> None:
    with chromium.new_page(viewport=NARROW, locale="ru-RU") as page:
        page.add_init_script(AXE_SCRIPT)
        found: list[str] = []
        for each in PAGES:
            page.goto(address + each)
            if "?" in each:
                page.locator("[data-result]").first.wait_for()
            for size in (NARROW, WIDE) if each in FEW else (NARROW,):
                page.set_viewport_size(size)
                page.evaluate("document.body.setAttribute('data-md-color-scheme', 'default')")
                found += violations(page, RULES)
                page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
                found += violations(page, COLOURS, "rule")
        assert found == []


@pytest.mark.parametrize("scheme", ["bw", "wb", "blue", "sepia"])
def test_the_low_vision_version_has_none_either(scheme: str, address: str, chromium: Browser) -> None:
    look = json.dumps({"on": True, "scheme": scheme, "images": "off"})
    with chromium.new_page(viewport=NARROW, locale="ru-RU") as page:
        page.add_init_script(AXE_SCRIPT)
        page.add_init_script(f"localStorage.setItem('lowvision', {json.dumps(look)})")
        found: list[str] = []
        for each in FEW if scheme == "bw" else FEW[:2]:
            page.goto(address + each)
            found += violations(page, RULES)
        assert found == []


@pytest.mark.parametrize("width", [320, 360, 960, 1280, 1400])
def test_a_longer_name_leaves_the_header_in_one_line(width: int, address: str, chromium: Browser) -> None:
    with chromium.new_page(viewport={"width": width, "height": 700}) as page:
        page.goto(f"{address}/")
        middles = page.locator(".md-header__inner > :visible").evaluate_all(
            "parts => parts.map(part => part.getBoundingClientRect()).map(box => box.top + box.height / 2)"
        )
        assert max(middles) - min(middles) < 10

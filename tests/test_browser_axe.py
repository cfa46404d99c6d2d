"""Every kind of page looked at by axe: WCAG 2.1 A and AA, the size of targets, its best practices, colours by night."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.axe import COLOURS, PAGES, RULES, address, page, sizes_of, violations

__all__ = ["address", "page"]

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

DARK, LIGHT = (f"document.body.setAttribute('data-md-color-scheme', '{scheme}')" for scheme in ("slate", "default"))


@pytest.mark.parametrize("each", PAGES)
def test_no_kind_of_page_has_violations_narrow_or_wide_light_or_dark(each: str, page: Page, address: str) -> None:
    found: list[str] = []
    for _ in sizes_of(each, page, address):
        found += violations(page, RULES)
        page.evaluate(DARK)
        found += violations(page, COLOURS, "rule")
        page.evaluate(LIGHT)
    assert found == []


@pytest.mark.parametrize("width", [320, 360, 960, 1280, 1400])
def test_a_longer_name_leaves_the_header_in_one_line(width: int, address: str, chromium: Browser) -> None:
    with chromium.new_page(viewport={"width": width, "height": 700}) as page:
        page.goto(f"{address}/")
        middles = page.locator(".md-header__inner > :visible").evaluate_all(
            "parts => parts.map(part => part.getBoundingClientRect()).map(box => box.top + box.height / 2)"
        )
        assert max(middles) - min(middles) < 10

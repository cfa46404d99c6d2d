"""The whole site in Chromium: asks no stranger, breaks none of its own rules, stays still, works from any place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from tests.test_browser import NARROW, NOON, WIDE

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

ASKED = "/search/?q=грантами"
STILL = 0.02
"""The layout shift that nobody sees: a fifth of what counts as good (web.dev, Cumulative Layout Shift)."""
MEASURE = """
window.shifted = 0;
window.count = function (entries) {
  entries.forEach(function (entry) { if (!entry.hadRecentInput) { window.shifted += entry.value; } });
};
window.shifts = new PerformanceObserver(function (list) { window.count(list.getEntries()); });
window.shifts.observe({ type: "layout-shift", buffered: true });
window.painted = new Promise(function (painted) {
  new PerformanceObserver(function () { painted(true); }).observe({ type: "paint", buffered: true });
});
"""
SHIFTED = """async () => {
  await document.fonts.ready;
  // An observer of places is told after a frame is laid out; the frame after the typeface may be the second.
  for (const _ of "12") { await new Promise(told => new IntersectionObserver(told).observe(document.body)); }
  window.count(window.shifts.takeRecords());
  return window.shifted;
}"""
FOLDERS = """
Array.from(document.querySelectorAll("a[href], form[action]"))
  .map(function (each) { return new URL(each.getAttribute("href") || each.getAttribute("action"), location.href); })
  .filter(function (address) { return address.protocol === "file:" && address.pathname.endsWith("/"); }).length
"""


@dataclass
class Visit:
    """A page, and what it did besides being shown."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def visit(chromium: Browser, size: ViewportSize = WIDE) -> Iterator[Visit]:
    context = chromium.new_context(viewport=size, timezone_id="Europe/Samara", locale="ru-RU")
    page = context.new_page()
    page.clock.set_fixed_time(NOON)
    seen = Visit(page)
    page.on("request", lambda request: seen.asked.append(request.url))
    page.on("pageerror", lambda error: seen.complaints.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda line: seen.complaints.append(f"{page.url}: {line.text}") if line.type in ("error", "warning") else None,
    )
    yield seen
    context.close()


@pytest.fixture(scope="session")
def kinds(own_pages: dict[str, Element]) -> list[str]:
    """An address of each kind: the first of each section at each depth."""
    found: dict[tuple[str, int], str] = {}
    for address in sorted(own_pages):
        found.setdefault((address.split("/")[1], address.count("/")), address)
    return sorted(found.values())


def test_in_a_sub_folder_too_no_page_asks_a_stranger_keeps_a_cookie_or_breaks_the_policy(
    chromium: Browser, own_site: Path, kinds: list[str], serve: Callable[[Path], str], tmp_path: Path
) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x/y").symlink_to(own_site)
    base = f"{serve(tmp_path)}/x/y"
    with visit(chromium) as seen:
        # What a server shows at any address knows only the address of the settings.
        for address in [*(each for each in kinds if each != "/404.html"), ASKED]:
            seen.page.goto(base + address)
        expect(seen.page.locator("[data-result]").first).to_be_visible()
        assert not [each for each in seen.asked if not each.startswith(f"{base}/")]
        assert seen.complaints == []
        assert seen.page.context.cookies() == []


def test_the_site_works_from_a_disk(chromium: Browser, own_site: Path, kinds: list[str]) -> None:
    with visit(chromium) as seen:
        for address in kinds:
            if address.endswith("/"):
                seen.page.goto(f"{own_site.as_uri()}{address}index.html")
                assert seen.page.evaluate(FOLDERS) == 0, address
        seen.page.goto(f"{own_site.as_uri()}/index.html")
        seen.page.locator(".md-tabs a").first.click()
        seen.page.wait_for_url(f"{own_site.as_uri()}/grants/index.html")
        seen.page.locator(".call__name a").first.click()
        seen.page.wait_for_url(re.compile(r"/grants/[a-z0-9-]+/index\.html$"))
        assert seen.page.locator("[data-call]").count() > 0
        seen.page.locator("a.brand").click()
        seen.page.wait_for_url(f"{own_site.as_uri()}/index.html")
        assert {urlsplit(each).scheme for each in seen.asked} <= {"file", "data"}


def test_from_a_disk_calls_are_sifted_and_the_typeface_is_there(chromium: Browser, own_site: Path) -> None:
    with visit(chromium) as seen:
        seen.page.goto(f"{own_site.as_uri()}/grants/index.html")
        calls = seen.page.locator(".calls > li:visible").count()
        seen.page.locator("[name=who][value=school]").check()
        assert 0 < seen.page.locator(".calls > li:visible").count() < calls
        assert seen.page.evaluate("document.fonts.ready.then(fonts => fonts.check('16px \"Source Sans Pro\"'))")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize("address", ["/", "/grants/", "/grants/fpg-2027-2/", "/calendar/", "/ngos/", "/search/"])
def test_lines_stay_where_they_are_when_the_typeface_comes_late(
    chromium: Browser, own_address: str, address: str, size: ViewportSize
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with visit(chromium, size) as seen:
        seen.page.add_init_script(MEASURE)
        seen.page.route("**/*.woff2", hold)
        with seen.page.expect_request("**/*.woff2"):
            seen.page.goto(own_address + address, wait_until="domcontentloaded")
        assert seen.page.evaluate("window.painted")
        # A weight that is asked for later need not wait: nobody would let it go.
        seen.page.route("**/*.woff2", lambda route: route.continue_())
        assert held
        for route in held:
            route.continue_()
        assert seen.page.evaluate(SHIFTED) < STILL

"""The low-vision version in Chromium, and the regular one as those use it who see poorly or have no mouse."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

WIDE = ViewportSize(width=1280, height=900)
PAGES = (
    *("/", "/grants/", "/grants/dvor-2026/", "/grants/knizhnyy-most/", "/calendar/2026-12/", "/calendar/2026/"),
    *("/ngos/", "/ngos/svetlyy-dvor/", "/funders/kamennyy-poyas/", "/centre/", "/news/2026-11-10-otkryt-konkurs/"),
    *("/meetups/", "/meetups/2026-04-otkrytie/", "/meetups/2026-12-05-zayavka/", "/methodology/pyat-voprosov/"),
    *("/documents/polozhenie-2020/", "/experts/", "/projects/lavochka/", "/results/", "/handouts/", "/subscribe/"),
    *("/data/", "/search/", "/lowvision/", "/404.html"),
)
WIDTHS = (320, 640, 1000, 1280)
"""Of a small phone, which is also 400 % of 1280; of 200 %; on either side of the wide layout."""
LOOK = ("data-lv", "data-lv-size", "data-lv-space", "data-lv-images", "data-lv-font")
CONTROL = "[data-action=low-vision]"
FIRST_SEEN = """new MutationObserver(function (_, watcher) {
  if (document.body) { window.firstSeen = document.documentElement.getAttribute("data-lv"); watcher.disconnect(); }
}).observe(document, { childList: true, subtree: true })"""
COLOURS_AND_SIZES = """() => {
  const colours = new Set(), sizes = new Set();
  for (const element of document.querySelectorAll("body, body *:not(.lv, .lv *)")) {
    if (!element.checkVisibility() || element.closest("img, .vh, noscript")) { continue; }
    const style = getComputedStyle(element);
    colours.add(style.color).add(style.backgroundColor);
    const speaks = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (speaks) { sizes.add(parseFloat(style.fontSize)); }
  }
  return [[...colours].filter(colour => colour !== "rgba(0, 0, 0, 0)"), Math.min(...sizes)];
}"""
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
"""WCAG 2.1, 1.4.12."""
CUT = """() => [...document.querySelectorAll("body *")].filter(element => {
  const style = getComputedStyle(element);
  return style.overflowX === "hidden" && !element.classList.contains("vh") && element.checkVisibility()
    && element.scrollWidth > element.clientWidth + 1;
}).map(element => element.className)"""
FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {
    name: element.tagName + " " + element.textContent.trim().slice(0, 40), body: element === document.body,
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    place: [...document.querySelectorAll("body *")].indexOf(element),
  };
}"""


@pytest.fixture(scope="module")
def address(example_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(example_site)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_page(viewport=WIDE, locale="ru-RU") as page:
        yield page


@contextmanager
def low_vision(chromium: Browser, look: dict[str, Any], **options: Any) -> Iterator[Page]:
    """Open a page in a browser that has kept this choice."""
    kept = json.dumps(json.dumps({"on": True, **look}))
    with chromium.new_page(locale="ru-RU", **options) as page:
        page.add_init_script(f"localStorage.setItem('lowvision', {kept})")
        yield page


def look_of(page: Page) -> list[str | None]:
    root = page.locator("html")
    return [root.get_attribute(name) for name in LOOK]


def too_wide(page: Page, address: str) -> Iterator[str]:
    """Yield the pages and widths at which one would have to scroll sideways."""
    for each in PAGES:
        page.goto(address + each)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                yield f"{each} {width}"


def test_one_button_switches_it_on_for_every_page_before_anything_is_drawn(page: Page, address: str) -> None:
    page.add_init_script(FIRST_SEEN)
    page.goto(f"{address}/")
    assert look_of(page) == [None] * 5
    assert not page.locator(".lv").is_visible()
    control = page.locator(CONTROL)
    assert control.get_attribute("aria-pressed") == "false"
    control.click()
    assert (control.get_attribute("aria-pressed"), page.evaluate("document.activeElement.dataset.action")) == (
        "true",
        "low-vision",
    )
    assert page.locator(".lv [role=status]").inner_text().endswith("картинки, буквы.")
    chosen = look_of(page)
    assert chosen == ["bw", "2", "normal", "on", "sans"]
    for each in ("/grants/dvor-2026/", "/ngos/", "/404.html"):
        page.goto(address + each)
        assert (page.evaluate("window.firstSeen"), look_of(page)) == ("bw", chosen)
    page.go_back()
    assert look_of(page) == chosen


def test_every_choice_is_made_by_keyboard_and_kept(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.locator(CONTROL).press("Enter")
    for value in ("3", "wb", "wide", "off", "serif"):
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.value") == value:
                break
        page.keyboard.press("Space")
        pressed = page.locator(f".lv [data-look][value={json.dumps(value)}]")
        assert pressed.get_attribute("aria-pressed") == "true"
        assert pressed.locator("xpath=../button[@aria-pressed='true']").count() == 1
    assert look_of(page) == ["wb", "3", "wide", "off", "serif"]
    page.goto(f"{address}/centre/")
    assert look_of(page) == ["wb", "3", "wide", "off", "serif"]
    for group, name in (("Размер", "А самый крупный"), ("Цвета", "Ц белым по чёрному"), ("Промежутки", "широкие")):
        button = page.get_by_role("group", name=group).get_by_role("button", name=name, pressed=True, exact=True)
        assert button.count() == 1, name


def test_the_regular_version_comes_back_and_the_choice_waits(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.locator(CONTROL).click()
    page.get_by_role("button", name="коричневым по бежевому").click()
    page.get_by_role("button", name="Обычная версия").click()
    assert look_of(page) == [None] * 5
    assert page.evaluate("document.activeElement.dataset.action") == "low-vision"
    page.goto(f"{address}/grants/")
    assert look_of(page) == [None] * 5
    page.locator(CONTROL).click()
    assert look_of(page)[0] == "sepia"


@pytest.mark.parametrize(("scheme", "size", "least"), [("bw", "1", 22), ("wb", "2", 26), ("blue", "3", 32)])
def test_there_are_two_colours_and_no_small_letter(
    scheme: str, size: str, least: int, address: str, chromium: Browser
) -> None:
    with low_vision(chromium, {"scheme": scheme, "size": size}, viewport=WIDE) as page:
        for each in ("/", "/grants/", "/grants/dvor-2026/", "/calendar/2026-12/", "/ngos/", "/results/", "/centre/"):
            page.goto(address + each)
            colours, smallest = page.evaluate(COLOURS_AND_SIZES)
            assert len(colours) == 2, (each, colours)
            assert smallest >= least, each


def test_nothing_is_wider_than_the_screen_at_any_size(address: str, chromium: Browser) -> None:
    with low_vision(chromium, {"scheme": "bw", "size": "3", "space": "wide"}, viewport=WIDE) as page:
        assert list(too_wide(page, address)) == []


def test_a_month_is_a_list_and_filters_wait_folded(address: str, chromium: Browser) -> None:
    with low_vision(chromium, {}, viewport=WIDE) as page:
        page.goto(f"{address}/calendar/2026-12/")
        assert (page.locator(".cal").is_visible(), page.locator(".cal + .days").is_visible()) == (False, True)
        page.goto(f"{address}/grants/")
        assert not page.locator("#filters").is_visible()
        page.locator(".filters > summary").click()
        assert page.locator("#filters").is_visible()


def test_words_stand_in_place_of_pictures(address: str, chromium: Browser) -> None:
    with low_vision(chromium, {"images": "off"}, viewport=WIDE) as page:
        page.goto(f"{address}/news/2026-11-10-otkryt-konkurs/")
        pictures = page.locator("main img")
        assert pictures.count() > 0
        for picture in pictures.all():
            assert not picture.is_visible()
            instead = picture.locator("xpath=following-sibling::*[1]").inner_text()
            assert instead.endswith(picture.get_attribute("alt") or "?")


def test_paper_stays_as_it_is(address: str, chromium: Browser) -> None:
    with low_vision(chromium, {"scheme": "wb"}, viewport=WIDE) as page:
        page.goto(f"{address}/grants/dvor-2026/")
        page.emulate_media(media="print")
        assert not page.locator(".lv").is_visible()
        ground, ink = page.evaluate(
            "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
        )
        assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")


def test_without_scripts_the_button_leads_to_advice(address: str, chromium: Browser) -> None:
    with chromium.new_page(viewport=WIDE, java_script_enabled=False) as page:
        page.goto(f"{address}/grants/dvor-2026/")
        assert not page.locator(".lv").is_visible()
        page.locator(CONTROL).click()
        page.wait_for_url(f"{address}/lowvision/")
        assert "выключены скрипты" in page.locator("main").inner_text()


def test_a_system_with_its_own_colours_tells_what_is_pressed(address: str, chromium: Browser) -> None:
    with low_vision(chromium, {}, viewport=WIDE, forced_colors="active") as page:
        page.goto(f"{address}/")
        grounds = [
            page.locator(f".lv [data-look=images][aria-pressed={pressed}]").evaluate(
                "b => getComputedStyle(b).backgroundColor"
            )
            for pressed in ("true", "false")
        ]
        assert grounds[0] != grounds[1]


def test_letters_may_be_set_wide_on_any_page(address: str, page: Page) -> None:
    cut = []
    for each in PAGES:
        page.goto(address + each)
        page.evaluate(
            "css => document.adoptedStyleSheets = [new CSSStyleSheet()].map(s => (s.replaceSync(css), s))", SPACED
        )
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width or page.evaluate(CUT):
                cut.append(f"{each} {width} {page.evaluate(CUT)}")
    assert cut == []


@pytest.mark.parametrize(
    "each", ["/", "/grants/", "/grants/dvor-2026/", "/calendar/2026-12/", "/methodology/pyat-voprosov/"]
)
@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_goes_through_a_page_in_order_and_is_always_seen(
    each: str, width: int, address: str, page: Page
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + each)
    stops = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["body"]:
            break
        stops.append(stop)
    assert stop["body"], "the keyboard is trapped"
    assert stops[0]["name"].startswith("A Сразу")
    assert [stop["name"] for stop in stops if stop["ring"] < 2 or not stop["seen"]] == []
    places = [stop["place"] for stop in stops]
    assert places == sorted(places)


def test_the_skip_link_leads_past_the_header(address: str, page: Page) -> None:
    page.goto(f"{address}/grants/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/grants/#main")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")

"""A tour of the web form, filled in as the manual for editors tells: from one of its screens to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from time import monotonic
from urllib.parse import urljoin

from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from generator.manual.guide import DOTS
from generator.manual.guide import SCREENS as FOLDER
from generator.settings import load_settings
from generator.templating import Templating
from tests.conftest import EXAMPLE, PATIENCE, ROOT, TODAY
from tests.form import Texts, begin, field, open_folder, opened, put_folder, records_of, write
from tests.test_browser import NOON
from tests.test_manual import steps

NARROW, WIDE = 820, 1100
"""How wide the window is: where it holds the fields alone, and where a text's preview stands beside them."""
LOW, HIGH, TALL = 560, 1500, 6000
"""How high it is: as a screen, and so that a part of a form stands in it whole: what is not seen is not drawn."""
SETTLED = 200
"""Milliseconds after which what moves has moved."""
Place = Callable[[], FloatRect]
"""What tells which part of a page to look at, as it is laid out now."""
MARGIN = 12
DESCRIPTION = "Description"
"""What a picture says of itself (PNG, 11.3.3.2): the words that are read on it."""
DAYS = """() => {
  const kept = ["border", "borderRadius", "padding", "width", "height", "font", "background"];
  for (const input of document.querySelectorAll("input[type=date]")) {
    const style = getComputedStyle(input);
    const look = Object.fromEntries(kept.map((name) => [name, style[name]]));
    const [year, month, day] = input.value.split("-");
    input.type = "text";
    input.value = day ? `${day}.${month}.${year}` : "дд.мм.гггг";
    Object.assign(input.style, look);
  }
}"""
"""A day as an editor's browser shows it: that of a test machine speaks English."""
SEEN = """({ x, y, width, height }) => {
  const found = [];
  const see = (node, words) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = words === node.data ? range.getBoundingClientRect() : node.getBoundingClientRect();
    const [middle, centre] = [box.left + box.width / 2, box.top + box.height / 2];
    const isInside = middle > x && middle < x + width && centre > y && centre < y + height;
    // Icons are drawn by their English names.
    if (isInside && /[а-яё\\d]/i.test(words)) found.push(words.trim().replace(/\\s+/g, " "));
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return see(node, node.data);
    const style = node.nodeType === Node.ELEMENT_NODE && getComputedStyle(node);
    if (!style || style.display === "none" || style.visibility === "hidden" || style.opacity === "0") return;
    if (node.value && /^(INPUT|TEXTAREA)$/.test(node.tagName)) see(node, String(node.value));
    node.childNodes.forEach(walk);
  };
  walk(document.body);
  return found.join("\\n");
}"""
"""The words that a part of the page shows."""


def start(page: Page) -> Place:
    """Show how one enters."""
    page.goto(urljoin(page.url, "."))
    expect(page.get_by_role("button", name="Войти с ключом доступа")).to_be_visible()
    return lambda: {"x": 0, "y": 265, "width": NARROW, "height": 245}


def sections(page: Page) -> Place:
    """Show where a record is begun."""
    open_folder(page)
    return lambda: {"x": 0, "y": 0, "width": NARROW, "height": 273}


def call(page: Page) -> Place:
    """Show a new call with its first fields filled in."""
    begin(page, "grant")
    write(page, "title", "Дворы города, весна 2027 года")
    write(page, "summary", "Деньги соседям на лавочки, клумбы и праздники.")
    return top(page, field(page, "topics"))


def deadline(page: Page) -> Place:
    """Show the deadline of a call."""
    opened(page, "grant", "dvory-2027")
    return part(field(page, "rounds.0.deadline"), field(page, "rounds.0.deadline.forecast"))


def moved(page: Page) -> Place:
    """Show the old date of a deadline that was moved."""
    was = field(page, "rounds.0.deadline.was")
    write(page, "rounds.0.deadline.when", "2027-03-29 18:00")
    was.get_by_role("button", name="Добавить").click()
    for name, text in (("date", "2027-03-15"), ("time", "18:00"), ("moved", "2027-03-10")):
        write(page, f"rounds.0.deadline.was.0.{name}", text)
    return part(was, was)


def post(page: Page) -> Place:
    """Show a post beside its preview."""
    page.set_viewport_size({"width": WIDE, "height": HIGH})
    opened(page, "post", "2027-02-01-otkryt-priyom")
    expect(page.get_by_text("Просмотр", exact=True)).to_be_visible()
    return top(page, field(page, "topics"))


def picture(page: Page) -> Place:
    """Show a picture within a text."""
    opened(page, "post", "2026-11-10-otkryt-konkurs")
    return part(field(page, "body"), field(page, "body"))


def ngo(page: Page) -> Place:
    """Show what an organisation needs."""
    opened(page, "ngo", "svetlyy-dvor")
    return part(field(page, "legal_name"), field(page, "inn"))


def wrong(page: Page) -> Place:
    """Show what the form says of a mistake."""
    write(page, "inn", "77070838")
    write(page, "legal_name", "")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.get_by_text("обязательно для заполнения").first).to_be_visible()
    return part(field(page, "legal_name"), field(page, "inn"))


def saved(page: Page) -> Place:
    """Show what follows when a record is saved."""
    opened(page, "grant", "dvory-2027")
    write(page, "summary", "Деньги соседям на лавочки и клумбы.")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.get_by_role("grid", name="Записи")).to_be_visible()
    expect(page.get_by_text("Сохранено.")).to_be_visible()
    # What is said of it goes away after a while.
    page.clock.pause_at(NOON + timedelta(seconds=1))
    return lambda: {"x": 0, "y": 0, "width": NARROW, "height": LOW}


SCREENS: dict[str, Callable[[Page], Place]] = {
    each.__name__: each for each in (start, sections, call, deadline, moved, post, picture, ngo, wrong, saved)
}
"""What each picture shows: it leads the form there and returns where to look."""
HEIGHTS = {"start": LOW, "sections": LOW, "saved": LOW, "deadline": TALL, "moved": TALL}


def part(first: Locator, last: Locator) -> Place:
    """Return the part of the page from the top of a field to the bottom of another."""

    def place() -> FloatRect:
        upper, lower = box(first), box(last)
        height = lower["y"] + lower["height"] - upper["y"]
        return {"x": upper["x"] - MARGIN, "y": upper["y"], "width": upper["width"] + 2 * MARGIN, "height": height}

    return place


def top(page: Page, last: Locator) -> Place:
    """Return the page from its top to a field."""

    def place() -> FloatRect:
        found = box(last)
        return {"x": 0, "y": 0, "width": page.evaluate("innerWidth"), "height": found["y"] + found["height"]}

    return place


def box(each: Locator) -> FloatRect:
    """Return where a field stands."""
    expect(each).to_be_visible()
    found = each.bounding_box()
    assert found
    return found


def settled(page: Page, place: Place, wanted: str | None) -> tuple[FloatRect, str]:
    """Return where to look and what is read there, once that is what is wanted; if nothing is, once it stays so."""
    until = monotonic() + PATIENCE
    clip, words = looked(page, place)
    while words != wanted and monotonic() < until:
        page.wait_for_timeout(SETTLED)
        before = clip, words
        clip, words = looked(page, place)
        if wanted is None and (clip, words) == before:
            break
    return clip, words


def looked(page: Page, place: Place) -> tuple[FloatRect, str]:
    """Return where to look now, and what is read there."""
    page.evaluate(DAYS)
    clip = place()
    return clip, words_of(page, clip)


def files() -> Texts:
    """Return the files that the manual's steps make."""
    written = steps(Templating(EXAMPLE, load_settings(EXAMPLE), TODAY))
    return {
        "content/funders/gorod-sad.md": written.funder,
        "grants/dvory-2027.yml": written.call,
        "content/news/2027-02-01-otkryt-priyom.md": written.post,
        "ngos/svetlyy-dvor.yml": written.ngo,
    }


def shown(
    browser: Browser, address: str, dots: int = DOTS, wanted: Mapping[str, str] | None = None
) -> Iterator[tuple[str, Page, FloatRect, str]]:
    """Lead the form from screen to screen; yield each one's name, the page, its part to look at, and its words.

    Where it is known which words are wanted, a busy machine is given its time until they are there.
    """
    context = browser.new_context(
        viewport={"width": NARROW, "height": LOW},
        device_scale_factor=dots,
        locale="ru-RU",
        timezone_id="Europe/Samara",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.clock.set_fixed_time(NOON)
    put_folder(page, address, records_of(EXAMPLE) | files())
    for name, show in SCREENS.items():
        page.set_viewport_size({"width": NARROW, "height": HEIGHTS.get(name, HIGH)})
        place = show(page)
        page.mouse.move(0, 0)
        clip, words = settled(page, place, wanted[name] if wanted else None)
        yield name, page, clip, words
    context.close()


def words_of(page: Page, clip: FloatRect) -> str:
    """Return what is read on a part of the page, line by line."""
    words: str = page.evaluate(SEEN, clip)
    return words


def picture_of(name: str) -> Path:
    """Return the file of a screen's picture."""
    return ROOT / "templates" / f"{FOLDER}screen-{name}.png"

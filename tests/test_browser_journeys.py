"""What people come for, from the first page to the last press, with what each of them has at hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from generator.settings import Settings
from tests.test_browser import NARROW, NOON, WIDE, reader

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

SIZES = pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["360", "1280"])
NIGHT = "pfki-2027-2"
"""Closes on 2 December at 23:30 in Moscow: 00:30 of the next day here."""
CLOCKS = ["Москва ср, 2 декабря 23:30", "Глазов чт, 3 декабря 00:30"]
SEEN = """() => {
    const look = getComputedStyle(document.activeElement), box = document.activeElement.getBoundingClientRect();
    return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2 && box.width > 0 && box.top >= 0
        && box.bottom <= innerHeight;
}"""
MANY = 200


def shown(page: Page, selector: str) -> list[str]:
    """Return the texts of what is seen, each in one line."""
    return [" ".join(text.split()) for text in page.locator(f"{selector}:visible").all_inner_texts()]


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until one of these is in focus; every stop on the way is seen on the screen."""
    for _ in range(MANY):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML")[:200]
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")


def saved(page: Page, press: Callable[[], None]) -> icalendar.Calendar:
    """Return the calendar that a press puts into the reader's hands."""
    with page.expect_download() as started:
        press()
    return icalendar.Calendar.from_ical(Path(started.value.path()).read_bytes())


@SIZES
def test_a_resident_finds_in_two_taps_what_suits_and_keeps_its_deadline(
    viewport: ViewportSize, chromium: Browser, own_address: str
) -> None:
    with reader(chromium, viewport=viewport, has_touch=viewport == NARROW, accept_downloads=True) as page:
        press = "tap" if viewport == NARROW else "click"
        page.goto(own_address)
        getattr(page.get_by_role("link", name="НКО", exact=True).first, press)()
        page.wait_for_url("**/grants/?who=nko")
        assert "можно подать заявку сейчас" in shown(page, "[data-found]")[0]
        call = page.locator(f"[data-call={NIGHT}]")
        assert shown(page, f"[data-call={NIGHT}] .status") == ["Приём идёт осталось 12 дней"]
        assert shown(page, f"[data-call={NIGHT}] .times > div") == CLOCKS
        assert "Глазову подходит" in call.inner_text().replace("\u00a0", " ")
        getattr(call.get_by_role("link").first, press)()
        page.wait_for_url(f"{own_address}/grants/{NIGHT}/")
        assert "Приём идёт осталось 12 дней" in shown(page, ".slip--l .status")[0]
        assert shown(page, ".slip--l .times > div") == CLOCKS
        keep = page.get_by_role("link", name="Добавить срок в календарь")
        calendar = saved(page, getattr(keep, press))
    (event, *_) = calendar.walk("VEVENT")
    assert str(event["UID"]).startswith(f"grant/{NIGHT}/")


@SIZES
def test_the_same_by_keyboard_alone_with_the_focus_always_seen(
    viewport: ViewportSize, chromium: Browser, own_address: str
) -> None:
    with reader(chromium, viewport=viewport, accept_downloads=True) as page:
        page.goto(own_address)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{own_address}/#main")
        expect(page.locator("main")).to_be_in_viewport()
        tab_to(page, "main a[href$='?who=nko']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/grants/?who=nko")
        tab_to(page, f"[data-call={NIGHT}] a")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/grants/{NIGHT}/")
        tab_to(page, "a[href$='deadline.ics']")
        assert saved(page, lambda: page.keyboard.press("Enter")).walk("VEVENT")


@SIZES
def test_the_same_without_scripts_speaks_in_dates_and_not_in_days_left(
    viewport: ViewportSize, chromium: Browser, own_address: str
) -> None:
    context = chromium.new_context(viewport=viewport, java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(own_address)
    page.get_by_role("link", name="НКО", exact=True).first.click()
    page.wait_for_url(f"{own_address}/grants/?who=nko")
    assert page.locator("h1").inner_text() == "Гранты и\u00a0конкурсы"
    assert "осталось" not in page.locator("main").inner_text()
    assert shown(page, f"[data-call={NIGHT}] .times > div") == CLOCKS
    page.locator(f"[data-call={NIGHT}] a").first.click()
    page.wait_for_url(f"{own_address}/grants/{NIGHT}/")
    assert shown(page, ".slip--l .times > div") == CLOCKS
    keep = page.get_by_role("link", name="Добавить срок в календарь")
    assert saved(page, keep.click).walk("VEVENT")
    context.close()


def test_a_deadline_that_is_over_is_not_for_a_calendar(chromium: Browser, own_address: str) -> None:
    keep = "Добавить срок в календарь"
    for minute, number in ((29, 1), (31, 0)):
        with reader(chromium, datetime(2026, 12, 2, 20, minute, tzinfo=UTC)) as page:
            page.goto(f"{own_address}/grants/{NIGHT}/")
            expect(page.get_by_role("link", name=keep)).to_have_count(number)


@SIZES
def test_a_subscriber_finds_the_calendar_and_the_feed_of_a_topic(
    viewport: ViewportSize, chromium: Browser, own_address: str
) -> None:
    with reader(chromium, viewport=viewport, accept_downloads=True) as page:
        page.goto(own_address)
        page.get_by_role("link", name="Добавить календарь").click()
        page.wait_for_url(f"{own_address}/subscribe/**")
        page.get_by_label("Какие сроки присылать").select_option("Природа и животные")
        add = page.get_by_role("link", name="Добавить этот календарь")
        assert str(add.get_attribute("href")).endswith("/calendars/topics/ecology.ics")
        assert str(add.get_attribute("href")).startswith("webcal://")
        chosen = page.locator("[data-chosen-calendar]")
        calendar = saved(page, chosen.get_by_role("link", name="Скачать файл").click)
        assert str(calendar["X-WR-CALNAME"]).endswith("Природа и\u00a0животные")
        feed = page.locator("a[href$='feeds/topics/ecology.xml']").first
        answer = page.request.get(str(feed.evaluate("link => link.href")))
        assert ElementTree.fromstring(answer.body()).findtext("channel/title")


@SIZES
def test_a_visitor_of_a_meetup_follows_the_address_printed_on_a_sheet(
    viewport: ViewportSize, chromium: Browser, own_address: str
) -> None:
    with reader(chromium, viewport=viewport) as page:
        page.goto(f"{own_address}/g/{NIGHT}/")
        page.wait_for_url(f"**/grants/{NIGHT}/")
        assert shown(page, ".slip--l .times > div") == CLOCKS


def test_a_librarian_finds_where_to_mend_a_call(chromium: Browser, own_address: str, own_settings: Settings) -> None:
    repository = own_settings.extra.repository
    assert repository
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/{NIGHT}/")
        mend = page.get_by_role("link", name="Исправить эту страницу")
        expect(mend).to_have_attribute("href", repository.edit(f"grants/{NIGHT}.yml"))

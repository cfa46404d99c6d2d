"""The repository's own site in Chromium: what a visitor sees and does, at any hour, in any zone, with any screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from generator.fields.moment import Moment
from generator.records.grant import Grant
from generator.records.record import Record
from tests.conftest import TODAY

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

NARROW, WIDE = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
NOON = datetime.fromisoformat(f"{TODAY}T12:00:00+04:00")
ZONES = ("Europe/Samara", "Europe/Moscow", "Asia/Kamchatka", "Europe/Kaliningrad", "Asia/Irkutsk")
"""Where readers sit: ours, the organiser's, the farthest east, the farthest west, in between."""
KINDS_OF_PAGES = (
    "/",
    "/grants/",
    "/grants/fpg-2027-2/",
    "/grants/rubtsovsk-2026/",
    "/calendar/",
    "/calendar/2026-12/",
    "/ngos/",
    "/ngos/nash-dvor/",
    "/funders/",
    "/funders/fpg/",
    "/documents/",
    "/documents/fz-7-nko/",
    "/centre/",
    "/topics/",
    "/topics/culture/",
    "/news/",
    "/news/2026-11-17-kuda-podat-v-dekabre/",
    "/news/archive/",
    "/news/archive/2026-11/",
    "/meetups/",
    "/meetups/2026-12-10-smeta-i-plan/",
    "/methodology/",
    "/methodology/project-viability/",
    "/handouts/",
    "/subscribe/",
    "/about/",
    "/404.html",
)
NIGHT = "pfki-2027-2"
"""Closes on 2 December at 23:30 in Moscow: 00:30 of the next day here."""
LEFT = {
    "2026-10-22 12:00": "остался 41 день",
    "2026-11-01 00:01": "остался 31 день",
    "2026-11-11 12:00": "остался 21 день",
    "2026-11-10 12:00": "осталось 22 дня",
    "2026-11-20 12:00": "осталось 12 дней",
    "2026-11-21 12:00": "осталось 11 дней",
    "2026-11-25 23:59": "осталось 7 дней",
    "2026-11-27 12:00": "осталось 5 дней",
    "2026-11-28 12:00": "осталось 4 дня",
    "2026-11-30 00:01": "осталось 2 дня",
    "2026-11-30 23:59": "осталось 2 дня",
    "2026-12-01 00:00": "остался 1 день",
    "2026-12-01 23:59": "остался 1 день",
    "2026-12-02 12:00": "закроется этой ночью, в 00:30",
    "2026-12-02 22:59": "закроется этой ночью, в 00:30",
    "2026-12-02 23:05": "закроется этой ночью, в 00:30",
}
"""What is said of that deadline at an hour of Moscow."""
SIDEWAYS = """() => {
    const wide = document.documentElement.clientWidth;
    const clips = node => /auto|scroll|hidden/.test(getComputedStyle(node).overflowX);
    const scrolls = node => node && (clips(node) || scrolls(node.parentElement));
    const whole = document.documentElement.scrollWidth;
    return [...document.body.querySelectorAll("*")]
        .filter(node => node.getClientRects().length && node.getBoundingClientRect().right > wide + 1)
        .filter(node => !scrolls(node.parentElement) && !node.closest(".vh, svg"))
        .map(node => node.outerHTML.slice(0, 80))
        .concat(whole > wide ? ["scrollWidth " + whole] : []);
}"""


@contextmanager
def reader(chromium: Browser, at: datetime = NOON, **options: Any) -> Iterator[Page]:
    """Open a page as a reader somewhere at some hour; what the page complains of or asks of strangers is a failure."""
    defaults = {"locale": "ru-RU", "timezone_id": "Europe/Samara", "viewport": WIDE}
    context = chromium.new_context(**(defaults | options))
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda response: complaints.append(response.url) if response.status >= 400 else None)
    context.on("request", lambda request: complaints.append(request.url) if "//127.0.0.1:" not in request.url else None)
    page.clock.set_fixed_time(at)
    yield page
    cookies = context.cookies()
    context.close()
    assert complaints == []
    assert cookies == []


def stop_clock(page: Page, at: datetime) -> None:
    """Let time pass on a page only by `page.clock`: by itself it would run past a minute that a slow machine nears."""
    page.clock.install(time=at - timedelta(hours=1))
    page.clock.pause_at(at)


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["360", "1280"])
def test_no_kind_of_page_scrolls_sideways_complains_or_asks_a_stranger(
    viewport: ViewportSize, chromium: Browser, own_address: str
) -> None:
    wide = {}
    with reader(chromium, viewport=viewport) as page:
        for address in KINDS_OF_PAGES:
            page.goto(own_address + address)
            if found := page.evaluate(SIDEWAYS):
                wide[address] = found[:5]
    assert wide == {}


def test_text_twice_as_large_does_not_scroll_sideways(chromium: Browser, own_address: str) -> None:
    wide = {}
    # A window of 1280 px at 200 %: WCAG 2.1, 1.4.10 asks the same of 320 px.
    for width in (640, 320):
        with reader(chromium, viewport={"width": width, "height": 700}) as page:
            for address in ("/", "/grants/", "/grants/fpg-2027-2/", "/calendar/2026-12/", "/subscribe/"):
                page.goto(own_address + address)
                if found := page.evaluate(SIDEWAYS):
                    wide[width, address] = found[:5]
    assert wide == {}


def test_a_system_with_its_own_colours_keeps_every_sign_and_every_edge(chromium: Browser, own_address: str) -> None:
    with reader(chromium, forced_colors="active", color_scheme="dark") as page:
        page.goto(f"{own_address}/grants/?suits=1")
        ink = page.evaluate("getComputedStyle(document.body).color")
        signs = ".brand svg", ".fit .i", "[data-badge] .i"
        assert [page.locator(sign).first.evaluate("i => getComputedStyle(i).fill") for sign in signs] == [ink] * 3
        page.goto(f"{own_address}/grants/{NIGHT}/")
        for pressed in page.locator(".btn:visible").all():
            assert (
                pressed.evaluate("b => getComputedStyle(b).borderTopWidth + getComputedStyle(b).borderTopStyle")[1:]
                == "pxsolid"
            )


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_by_itself_or_under_the_mouse(motion: Any, chromium: Browser, own_address: str) -> None:
    with reader(chromium, reduced_motion=motion) as page:
        for address in ("/", "/grants/", f"/grants/{NIGHT}/"):
            page.goto(own_address + address)
            page.locator("main a:visible").first.hover()
            assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("zone", ZONES)
def test_a_status_is_right_at_the_moment_of_looking_wherever_the_reader_is(
    zone: str, chromium: Browser, own_address: str
) -> None:
    deadline = datetime.fromisoformat("2026-12-02T23:30:00+03:00")
    steps = {
        timedelta(days=8): ("open", "осталось 8 дней"),
        timedelta(days=6): ("closing", "осталось 6 дней"),
        timedelta(minutes=1): ("closing", "закроется этой ночью, в 00:30"),
        timedelta(minutes=-1): ("closed", ""),
    }
    words = {"open": "Приём идёт", "closing": "Скоро закроется", "closed": "Приём окончен"}
    with reader(chromium, timezone_id=zone) as page:
        for before, (status, left) in steps.items():
            page.clock.set_fixed_time(deadline - before)
            page.goto(f"{own_address}/grants/{NIGHT}/")
            assert _look(page.locator(f"[data-call='{NIGHT}']")) == (status, status, words[status], left)


def test_a_reader_sees_the_status_change_without_asking_for_the_page_again(chromium: Browser, own_address: str) -> None:
    with reader(chromium) as page:
        stop_clock(page, datetime.fromisoformat("2026-12-02T23:29:30+03:00"))
        page.goto(f"{own_address}/grants/{NIGHT}/")
        call = page.locator(f"[data-call='{NIGHT}']")
        assert call.get_attribute("data-status") == "closing"
        page.clock.run_for(90_000)
        assert call.get_attribute("data-status") == "closed"


def test_days_are_counted_to_the_organisers_day_with_right_endings(chromium: Browser, own_address: str) -> None:
    found = {}
    with reader(chromium, timezone_id="Asia/Kamchatka") as page:
        page.goto(f"{own_address}/grants/{NIGHT}/")
        for moscow in LEFT:
            page.clock.set_fixed_time(datetime.fromisoformat(f"{moscow}:00+03:00"))
            # The reader comes back to a page left open.
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            found[moscow] = _look(page.locator(f"[data-call='{NIGHT}']"))[3]
    assert found == LEFT


def test_a_deadline_in_daytime_is_never_said_to_be_at_night(chromium: Browser, own_address: str) -> None:
    # 17:00 of 8 December in Irkutsk is 13:00 here; it is the 8th there already, and still the 7th here.
    with reader(chromium, datetime.fromisoformat("2026-12-07T21:00:00+04:00")) as page:
        page.goto(f"{own_address}/grants/chitaem-u-vody-2026/")
        left = _look(page.locator("[data-call]"))[3]
    assert "13:00" in left
    assert "ночью" not in left
    assert "сегодня" not in left


def test_the_end_of_the_organisers_day_is_not_taken_for_the_end_of_ours(chromium: Browser, own_address: str) -> None:
    # Half past midnight of the 16th here; the call closes in half an hour, with the 15th in Moscow.
    with reader(chromium, datetime.fromisoformat("2026-12-16T00:30:00+04:00")) as page:
        page.goto(f"{own_address}/grants/kraeved-2026/")
        status, _, _, left = _look(page.locator("[data-call]"))
    assert status == "closing"
    assert "сегодня" not in left or "по Москве" in left


def test_a_call_that_opens_later_and_one_of_a_day_without_an_hour_change_at_the_organisers_midnight(
    chromium: Browser, own_address: str, own_calls: dict[str, Grant]
) -> None:
    call = "fpg-2027-2"
    (round_,) = own_calls[call].rounds
    opens, closes = round_.opens, round_.deadline
    assert opens
    assert opens.date
    start = datetime.fromisoformat(f"{opens.date}T{opens.time or '00:00:00'}+03:00")
    assert closes.date
    end = datetime.fromisoformat(f"{closes.date}T{closes.time or '23:59:59'}+03:00")
    seconds = timedelta(seconds=2)
    wanted = {start - seconds: "upcoming", start + seconds: "open", end - seconds: "closing", end + seconds: "closed"}
    with reader(chromium) as page:
        for at, status in wanted.items():
            page.clock.set_fixed_time(at)
            page.goto(f"{own_address}/grants/{call}/")
            assert _look(page.locator(f"[data-call='{call}']"))[:2] == (status, status)


@pytest.mark.parametrize("day", ["2026-11-20", "2026-12-15", "2027-03-10", "2028-01-01"])
def test_every_call_of_the_list_has_its_status_of_that_day(
    day: str, chromium: Browser, own_address: str, own_calls: dict[str, Grant]
) -> None:
    at = datetime.fromisoformat(f"{day}T12:00:00+03:00")
    with reader(chromium, at) as page:
        page.goto(f"{own_address}/grants/")
        shown = page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll("[data-call]")].map(call => [
                call.dataset.call,
                [call.dataset.status, [...call.querySelectorAll("[data-round]")].map(round => round.dataset.status)],
            ]))"""
        )
    order = ("closing", "open", "rolling", "upcoming", "forecast", "closed")
    for slug, call in own_calls.items():
        rounds = ["cancelled" if each.cancelled else _status(each.opens, each.deadline, at) for each in call.rounds]
        assert shown[slug] == [next((each for each in order if each in rounds), "cancelled"), rounds], slug


@pytest.mark.parametrize("address", ["/", "/grants/", f"/grants/{NIGHT}/", "/topics/culture/", "/funders/pfki/"])
def test_a_badge_and_the_days_left_stand_wherever_a_call_is_shown(
    address: str, chromium: Browser, own_address: str
) -> None:
    with reader(chromium) as page:
        page.goto(own_address + address)
        status, _, badge, left = _look(page.locator(f"[data-call='{NIGHT}']"))
        assert (status, badge, left) == ("open", "Приём идёт", "осталось 12 дней")


def test_a_reader_without_scripts_sees_dates_and_nothing_that_goes_stale(
    chromium: Browser, own_address: str, own_calls: dict[str, Grant]
) -> None:
    with reader(chromium, java_script_enabled=False) as page:
        for address in ("/", "/grants/", f"/grants/{NIGHT}/", "/topics/culture/"):
            page.goto(own_address + address)
            words = _plain(page.locator("body").inner_text())
            assert not re.search(
                r"остал(ось|ся) \d|Скоро закроется|Скоро откроется|Приём идёт|закроется сегодня", words
            )
            assert "2 декабря" in _plain(page.locator(f"[data-call='{NIGHT}']").inner_text()) or address == "/"
            states = ("open", "closing", "upcoming")
            stale = [f"[data-round][data-status='{status}'] [data-badge]:visible" for status in states]
            assert page.locator(", ".join(stale)).count() == 0
            assert page.locator("[hidden]:visible").count() == 0, address
        page.goto(f"{own_address}/grants/{NIGHT}/")
        assert re.search(r"Глазов\s+чт, 3 декабря\s+00:30", _plain(page.locator(".slip--l").inner_text()))
    assert NIGHT in own_calls


def test_the_first_key_reaches_a_link_that_skips_to_the_content(chromium: Browser, own_address: str) -> None:
    with reader(chromium) as page:
        page.goto(f"{own_address}/grants/")
        page.keyboard.press("Tab")
        link = page.locator(":focus")
        assert link.inner_text() == "Сразу к\u00a0содержанию"
        assert link.is_visible()
        box = link.bounding_box()
        assert box
        assert box["y"] >= 0
        page.keyboard.press("Enter")
        page.wait_for_url(f"{own_address}/grants/#main")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_the_menu_of_a_small_screen_opens_by_keyboard_and_leads_to_a_section(
    scripts: bool, chromium: Browser, own_address: str
) -> None:
    with reader(chromium, viewport=NARROW, java_script_enabled=scripts) as page:
        page.goto(f"{own_address}/")
        link = page.locator("nav[aria-label='Меню'] >> text=Календарь")
        assert not link.is_visible()
        page.locator("summary >> text=Меню").focus()
        page.keyboard.press("Enter")
        expect(link).to_be_visible()
        link.click()
        page.wait_for_url(f"{own_address}/calendar/")


def test_everything_that_can_be_pressed_is_large_enough_for_a_finger(chromium: Browser, own_address: str) -> None:
    with reader(chromium, viewport=NARROW) as page:
        for address in ("/", f"/grants/{NIGHT}/", "/subscribe/"):
            page.goto(own_address + address)
            for button in page.locator(".btn, summary, button").all():
                box = button.bounding_box()
                assert box is None or box["height"] >= 44, (address, button.inner_text())


def test_the_colours_that_a_reader_chose_are_kept_from_page_to_page(chromium: Browser, own_address: str) -> None:
    with reader(chromium, color_scheme="light") as page:
        page.goto(f"{own_address}/")
        body, buttons = page.locator("body"), page.locator(".theme button")
        assert body.get_attribute("data-md-color-scheme") == "default"
        light = _ground(page)
        buttons.get_by_text("тёмный").click()
        assert body.get_attribute("data-md-color-scheme") == "slate"
        assert _ground(page) != light
        page.goto(f"{own_address}/grants/")
        assert body.get_attribute("data-md-color-scheme") == "slate"
        assert buttons.get_by_text("тёмный").get_attribute("aria-pressed") == "true"
        buttons.get_by_text("как на устройстве").click()
        page.goto(f"{own_address}/news/")
        assert body.get_attribute("data-md-color-scheme") == "default"
        assert _ground(page) == light


def test_a_dark_device_gets_dark_colours(chromium: Browser, own_address: str) -> None:
    with reader(chromium, color_scheme="dark") as page:
        page.goto(f"{own_address}/")
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        page.locator(".theme button").get_by_text("светлый").click()
        assert page.locator("body").get_attribute("data-md-color-scheme") == "default"


def test_a_short_printed_address_leads_to_the_calls_page(chromium: Browser, own_address: str) -> None:
    page = chromium.new_page()
    page.goto(f"{own_address}/g/{NIGHT}/")
    page.wait_for_url(f"{own_address}/grants/{NIGHT}/")
    page.close()


def test_a_site_on_a_flash_drive_works_without_a_server(chromium: Browser, own_site: Any) -> None:
    context = chromium.new_context(viewport=WIDE)
    page = context.new_page()
    page.clock.set_fixed_time(NOON)
    page.goto(f"file://{own_site}/grants/{NIGHT}/index.html")
    assert _look(page.locator(f"[data-call='{NIGHT}']")) == ("open", "open", "Приём идёт", "осталось 12 дней")
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--c-lamp')")
    context.close()


@pytest.fixture(scope="session")
def own_calls(own_catalog: Any) -> dict[str, Grant]:
    records: tuple[Record, ...] = own_catalog.of("grant")
    return {record.slug: record for record in records if isinstance(record, Grant)}


def _look(call: Locator) -> tuple[str | None, str | None, str, str]:
    """What a call shows: its status, its round's, the badge and the words on what is left."""
    round_ = call.locator("[data-round]")
    badge, left = round_.locator("[data-badge]"), round_.locator("[data-left]")
    assert badge.is_visible()
    words = _plain(left.inner_text()) if left.is_visible() else ""
    return call.get_attribute("data-status"), round_.get_attribute("data-status"), _plain(badge.inner_text()), words


def _plain(text: str) -> str:
    return " ".join(text.split())


def _ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def _status(opens: Moment | None, closes: Moment, at: datetime) -> str:
    """The status by the contract, reckoned by the test itself; `at` is a noon, far from every midnight."""
    ahead = opens is not None and opens.is_dated and opens.date is not None and at.date() < opens.date
    if closes.precision == "rolling":
        return "upcoming" if ahead else "rolling"
    if not closes.is_dated or closes.date is None:
        return "forecast"
    left = (closes.date - at.date()).days
    if left < 0:
        return "closed"
    return "upcoming" if ahead else "closing" if left <= 7 else "open"

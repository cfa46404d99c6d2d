"""The calendar in Chromium: today wherever the reader sits, months and years, what is chosen, a phone, the keyboard."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.building import build_site
from generator.catalog import Catalog, Event
from generator.records.grant import Grant
from generator.settings import Settings
from generator.typography import typeset
from tests.conftest import wait_until
from tests.test_browser import NARROW, SIDEWAYS, reader, stop_clock

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

NOON = datetime.fromisoformat("2026-11-25T12:00:00+04:00")
"""Five days after the site was built."""


@pytest.fixture(scope="session")
def events(own_catalog: Catalog) -> list[Event]:
    """What a month shows; the dates of a project that has won stand on its call's page."""
    return [event for event in own_catalog.events if event.milestone.what not in ("start", "end", "report")]


def _days(page: Page, selector: str) -> list[str]:
    days: list[str] = page.evaluate(
        "selector => [...document.querySelectorAll(selector)].map(each => each.dataset.day)", selector
    )
    return days


def _names(page: Page, selector: str) -> list[str]:
    names: list[str] = page.evaluate(
        """selector => [...document.querySelectorAll(selector)].filter(each => each.checkVisibility())
            .map(each => each.querySelector("a").textContent)""",
        selector,
    )
    return names


def _plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("zone", ["Europe/Samara", "Asia/Kamchatka", "Europe/Kaliningrad"])
@pytest.mark.parametrize("at", ["2026-11-25T00:01:00+04:00", "2026-11-25T23:59:00+04:00"])
def test_today_is_the_centres_day_wherever_the_reader_sits(
    at: str, zone: str, chromium: Browser, own_address: str
) -> None:
    with reader(chromium, datetime.fromisoformat(at), timezone_id=zone) as page:
        page.goto(f"{own_address}/calendar/")
        assert _days(page, "td.now") == ["2026-11-25"]
        assert _days(page, "td[aria-current=date]") == ["2026-11-25"]
        assert _days(page, "td.past") == [f"2026-11-{day:02}" for day in range(1, 25)]
        assert _plain(page.locator("td.now > b").inner_text()) == "25 — сегодня"


def test_a_calendar_open_over_midnight_moves_today(chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON) as page:
        stop_clock(page, datetime.fromisoformat("2026-11-25T23:59:30+04:00"))
        page.goto(f"{own_address}/calendar/")
        assert _days(page, "td.now") == ["2026-11-25"]
        page.clock.run_for(60_000)
        assert _days(page, "td.now") == ["2026-11-26"]
        assert page.locator("main").get_by_text("сегодня", exact=False).locator("visible=true").count() == 1
        assert _days(page, "td.past")[-1] == "2026-11-25"


def test_a_calendar_made_in_another_month_leads_to_this_one(chromium: Browser, own_address: str) -> None:
    with reader(chromium, datetime.fromisoformat("2026-12-03T09:00:00+04:00")) as page:
        page.goto(f"{own_address}/calendar/?who=nko")
        page.wait_for_url("**/calendar/2026-12/?who=nko")
        assert _days(page, "td.now") == ["2026-12-03"]
        assert page.locator("[name=who]").input_value() == "nko"
        page.goto(f"{own_address}/calendar/2026-11/")
        assert _plain(page.locator("h1").inner_text()) == "Календарь сроков: ноябрь 2026 года"
        assert len(_days(page, "td.past")) == 30


def test_a_calendar_older_than_its_last_month_stays_and_says_which_month_it_is(
    chromium: Browser, own_address: str
) -> None:
    with reader(chromium, datetime.fromisoformat("2031-05-03T09:00:00+04:00")) as page:
        page.goto(f"{own_address}/calendar/")
        assert page.url == f"{own_address}/calendar/"
        assert _plain(page.locator("[data-stale]").inner_text()).startswith("Здесь ноябрь 2026 года")
        assert page.locator(".now").count() == 0


def test_every_event_of_a_month_stands_in_its_cell_with_its_sign_and_words(
    chromium: Browser, own_address: str, events: list[Event]
) -> None:
    signs = {"deadline": "due", "stage": "due", "opens": "open", "recommended": "closing", "results": "yes"}
    signs |= {"meetup": "meet"}
    with reader(chromium, NOON) as page:
        for month in ("2026-11", "2026-12", "2027-02"):
            page.goto(f"{own_address}/calendar/{month}/")
            shown: list[list[str]] = page.evaluate(
                """() => [...document.querySelectorAll(".cal .ev")].map(each => [
                    each.closest("td").dataset.day, each.querySelector("a").textContent,
                    each.querySelector("use").getAttribute("href").slice(3), each.innerText || each.textContent,
                ])"""
            )
            wanted = [
                (
                    f"{event.milestone.moment.date}",
                    typeset(event.record.calendar_name),
                    "cancelled" if event.milestone.cancelled else signs[event.milestone.what],
                )
                for event in events
                if f"{event.milestone.moment.date}".startswith(month)
            ]
            assert sorted((day, name, sign) for day, name, sign, _ in shown) == sorted(wanted)
            for _, _, sign, words in shown:
                assert sign != "cancelled" or "отменён" in words
                assert sign != "open" or "приём откры" in words
                assert sign != "yes" or "итоги" in words
            keys = page.locator(".key-list use").evaluate_all(
                "uses => uses.map(use => use.getAttribute('href').slice(3))"
            )
            assert set(keys) == {sign for _, _, sign in wanted}


def test_the_month_is_a_table_with_a_caption_and_the_names_of_days(chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/calendar/2026-12/")
        table = page.get_by_role("table", name="Сроки конкурсов и встречи, декабрь 2026 года")
        heads = [head.inner_text() for head in table.get_by_role("columnheader").all()]
        assert heads == ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"]
        rows = page.locator(".cal tbody tr")
        assert [rows.nth(n).locator("td").count() for n in range(rows.count())] == [7] * 5
        for index, day in enumerate(["2026-12-01", "2026-12-02"], start=1):
            assert rows.first.locator("td").nth(index).get_attribute("data-day") == day


def test_months_follow_each_other_and_keep_what_is_chosen(chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/calendar/?who=library&suits=1")
        pressed = {
            "Декабрь →": "2026-12",
            "Январь 2027 →": "2027-01",
            "← Декабрь 2026": "2026-12",
            "Весь 2026 год": "2026",
        }
        for name, place in pressed.items():
            page.get_by_role("link", name=name).click()
            page.wait_for_url(f"{own_address}/calendar/{place}/?who=library&suits=1")
        assert page.locator("[name=who]").input_value() == "library"


def test_the_calendar_shows_only_what_answers_and_how_to_see_all(
    chromium: Browser, own_address: str, own_settings: Settings, events: list[Event]
) -> None:
    def answers(event: Event) -> bool:
        record = event.record
        if "library" not in record.topics:
            return False
        return not isinstance(record, Grant) or (
            record.applicants["school"].may != "no" and record.suits(own_settings.place)
        )

    month = [event for event in events if f"{event.milestone.moment.date}".startswith("2026-12")]
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/calendar/2026-12/?who=school&topic=library&suits=1")
        names = [typeset(event.record.calendar_name) for event in month if answers(event)]
        assert names
        assert sorted(_names(page, ".cal .ev")) == sorted(names)
        chosen = page.locator("[data-chosen]")
        words = "для школьников, по теме «Библиотеки и чтение», которые подходят Глазову"
        assert _plain(chosen.inner_text()) == f"Показаны только сроки {words}. Показать все сроки"
        chosen.get_by_text("Показать все сроки").click()
        assert len(_names(page, ".cal .ev")) == len(month)
        assert chosen.is_hidden()
        page.go_back()
        wait_until(lambda: sorted(_names(page, ".cal .ev")) == sorted(names))
        page.locator("[name=topic]").select_option("museum")
        page.wait_for_url("**/*topic=museum*")


def test_a_year_stands_on_one_page_with_every_deadline(
    chromium: Browser, own_address: str, events: list[Event]
) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/calendar/2026/")
        months = page.locator("section[data-month]")
        assert months.count() == 12
        shown: list[list[str]] = page.evaluate(
            """() => [...document.querySelectorAll(".year .ev")]
                .map(each => [each.closest("li").dataset.day, each.querySelector("a").textContent])"""
        )
        wanted = [
            (f"{event.milestone.moment.date}", typeset(event.record.calendar_name))
            for event in events
            if event.milestone.what in ("deadline", "stage", "meetup")
            and f"{event.milestone.moment.date}"[:4] == "2026"
        ]
        assert sorted(map(tuple, shown)) == sorted(wanted)
        assert _plain(page.locator("section.now h2").inner_text()) == "Ноябрь — сейчас"
        assert page.locator("section.past").count() == 10
        page.get_by_role("link", name="2027 год →").click()
        page.wait_for_url(f"{own_address}/calendar/2027/")
        page.get_by_role("link", name="Март").click()
        page.wait_for_url(f"{own_address}/calendar/2027-03/")


def test_on_a_phone_what_has_passed_is_folded_and_today_stands_before_what_comes(
    chromium: Browser, own_address: str, events: list[Event]
) -> None:
    dates = {event.milestone.moment.date for event in events if event.milestone.moment.date}
    november = sorted(day for day in dates if (day.year, day.month) == (2026, 11))
    with reader(chromium, NOON, viewport=NARROW) as page:
        page.goto(f"{own_address}/calendar/")
        assert page.locator(".cal").is_hidden()
        visible = page.locator(".days > li[data-day]:visible").evaluate_all(
            "items => items.map(each => each.dataset.day)"
        )
        today = date(2026, 11, 25)
        assert visible == [f"{day}" for day in sorted({today, *november}) if day >= today]
        assert (
            _plain(page.locator(".days > .now [class=today]").inner_text()) == "Сегодня. Ближайший срок — через 2 дня"
        )
        page.locator(".folded summary").press("Enter")
        opened = page.locator(".folded li:visible").evaluate_all("items => items.map(each => each.dataset.day)")
        assert opened == [f"{day}" for day in november if day < today]


@pytest.mark.parametrize("address", ["/calendar/", "/calendar/2027-02/", "/calendar/2026/"])
def test_the_calendar_never_scrolls_sideways(address: str, chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON) as page:
        page.goto(own_address + address)
        for width in (320, 360, 720, 960, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate(SIDEWAYS) == [], width


def test_without_scripts_the_month_is_whole_and_nothing_is_dead(
    chromium: Browser, own_address: str, events: list[Event]
) -> None:
    with reader(chromium, NOON, java_script_enabled=False) as page:
        page.goto(f"{own_address}/calendar/2027-02/")
        number = sum(f"{event.milestone.moment.date}".startswith("2027-02") for event in events)
        assert page.locator(".cal .ev:visible").count() == number
        assert page.locator("main :is(input, select, button):visible").count() == 0
        assert "сегодня" not in page.locator("main").inner_text().lower()


@pytest.fixture
def crowded(project: Path, tmp_path: Path) -> str:
    """The month of a site where six calls close on the last day of December, one with an endless name."""
    example = (project / "grants/dvor-2026.yml").read_text().replace("2026-11-27 23:30", "2026-12-31")
    names = ["Грантополучательскоблаготворительный", *(f"Конкурс {number}" for number in range(5))]
    for number, name in enumerate(names):
        topics = "topics: [library]" if number == 5 else "topics: [town]"
        text = example.replace("Двор нашей мечты", name).replace("topics: [town]", topics)
        (project / f"grants/call-{number}.yml").write_text(text)
    build_site(project, tmp_path / "crowded", date(2026, 12, 20), handouts=False)
    return (tmp_path / "crowded/calendar/2026-12/index.html").as_uri()


def test_a_crowded_day_shows_three_and_opens_the_rest_by_keyboard(chromium: Browser, crowded: str) -> None:
    context = chromium.new_context(viewport={"width": 900, "height": 800}, locale="ru-RU")
    page = context.new_page()
    page.goto(crowded)
    cell = "td[data-day='2026-12-31']"
    rest = page.locator(f"{cell} summary")
    assert _plain(rest.inner_text()) == "ещё 3"
    assert len(_names(page, f"{cell} .ev")) == 3
    # A name without a space stays in its cell.
    edge: float = page.locator(cell).evaluate("cell => cell.getBoundingClientRect().right")
    rights = page.locator(f"{cell} > .ev a").evaluate_all(
        "links => links.map(each => each.getBoundingClientRect().right)"
    )
    assert max(rights) <= edge
    rest.focus()
    page.keyboard.press("Enter")
    assert len(_names(page, f"{cell} .ev")) == 6
    assert page.evaluate(SIDEWAYS) == []
    # What is chosen leaves fewer than a cell holds: nothing is folded then.
    page.locator("details.filters summary").click()
    page.locator("[name=topic]").select_option("library")
    assert _names(page, f"{cell} .ev") == ["Конкурс 4"]
    assert rest.is_hidden()
    context.close()

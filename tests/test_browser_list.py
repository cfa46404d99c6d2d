"""The list of calls in Chromium: what a visitor chooses, sends to somebody, and sees change by itself."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.catalog import Catalog
from generator.fields.eligibility import APPLICANTS
from generator.records.grant import Grant
from generator.records.rounds import Round
from generator.settings import Settings
from tests.conftest import wait_until
from tests.test_browser import NARROW, SIDEWAYS, WIDE, reader, stop_clock

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

NOON = datetime.fromisoformat("2026-11-25T12:00:00+04:00")
"""Five days after the site was built."""
SHOWN = """[...document.querySelectorAll("[data-groups] [data-call]")]
    .filter(call => !call.hidden && call.getClientRects().length).map(call => call.dataset.call)"""


@pytest.fixture(scope="session")
def calls(own_catalog: Catalog) -> list[Grant]:
    return [record for record in own_catalog.of("grant") if isinstance(record, Grant)]


def _shown(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SHOWN)
    return found


def _address(page: Page) -> str:
    """The page's address as the page itself knows it: the browser's driver learns of it a moment later."""
    found: str = page.evaluate("location.href")
    return found


def _found(page: Page) -> str:
    return _plain(page.locator("[data-found]").inner_text())


def _plain(text: str) -> str:
    return " ".join(text.split())


def _number(page: Page, name: str, value: str) -> int:
    """What the form says beside a choice."""
    words: str = page.evaluate(
        """([name, value]) => {
            const control = document.querySelector("[data-filters]").elements[name];
            const option = control.options && [...control.options].find(each => each.value === value);
            if (option) return option.textContent.match(/\\((.+)\\)$/)[1];
            const each = control.length ? [...control].find(input => input.value === value) : control;
            return each.closest("label").querySelector("small").textContent;
        }""",
        [name, value],
    )
    return int(re.sub(r"\s", "", words))


def _last(round_: Round) -> datetime | None:
    return round_.deadline.end()


def _states(call: Grant, at: datetime) -> set[str]:
    return {_state(round_, at) for round_ in call.rounds}


def _state(round_: Round, at: datetime) -> str:
    """A round's status at a moment, by the test's own arithmetic."""
    opens = round_.opens.start() if round_.opens else None
    ahead = opens is not None and at < opens
    end = _last(round_)
    if round_.cancelled:
        return "cancelled"
    if round_.deadline.precision == "rolling":
        return "upcoming" if ahead else "rolling"
    if end is None or round_.deadline.date is None:
        return "forecast"
    if at > end:
        return "closed"
    left = (round_.deadline.date - at.astimezone(end.tzinfo).date()).days
    return "upcoming" if ahead else "closing" if left <= 7 else "open"


def _is_open(call: Grant, at: datetime) -> bool:
    return bool(_states(call, at) & {"closing", "open", "rolling"})


def _may(who: str, call: Grant) -> bool:
    return call.applicants[who].may != "no"


def _press(page: Page, name: str, value: str) -> None:
    page.locator(f"[data-filters] [name={name}][value='{value}']").check()


def _ask(page: Page, query: str) -> list[str]:
    """Open an address as going back to it would."""
    found: list[str] = page.evaluate(
        f"""query => {{
            history.replaceState(null, "", query);
            dispatchEvent(new PopStateEvent("popstate"));
            return {SHOWN};
        }}""",
        query,
    )
    return found


def test_who_applies_leaves_those_calls_where_that_kind_may_alone_or_with_a_partner(
    chromium: Browser, own_address: str, calls: list[Grant]
) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/")
        numbers = {who: _number(page, "who", who) for who in APPLICANTS}
        for who in APPLICANTS:
            shown = _ask(page, f"?who={who}")
            assert set(shown) == {call.slug for call in calls if call.applicants[who].may != "no"}
            assert len(shown) == numbers[who]
            marked: list[str] = page.evaluate(
                """() => [...document.querySelectorAll(".partner")].filter(mark => mark.getClientRects().length)
                    .filter(mark => mark.textContent.endsWith("через партнёра"))
                    .map(mark => mark.closest("[data-call]").dataset.call)"""
            )
            assert set(marked) == {call.slug for call in calls if call.applicants[who].may == "partner"}
        assert _number(page, "who", "") == len(calls)


def test_conditions_together_leave_what_answers_all_of_them(
    chromium: Browser, own_address: str, own_settings: Settings, calls: list[Grant]
) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/")
        _press(page, "who", "library")
        _press(page, "suits", "1")
        _press(page, "status", "now")
        page.locator("[name=topic]").select_option("library")
        wanted = {
            call.slug
            for call in calls
            if _may("library", call)
            and call.suits(own_settings.place)
            and _is_open(call, NOON)
            and "library" in call.topics
        }
        assert wanted
        assert set(_shown(page)) == wanted


def test_every_choice_names_how_many_would_be_shown_with_it(chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/?who=library&suits=1")
        choices: list[list[str]] = page.evaluate(
            """() => ["status", "topic", "days", "sum", "level", "funder"].flatMap(name => {
                const control = document.querySelector("[data-filters]").elements[name];
                return [...(control.options || control)].filter(each => each.value).map(each => [name, each.value]);
            })"""
        )
        said = {(name, value): _number(page, name, value) for name, value in choices}
        shown = {(name, value): len(_ask(page, f"?who=library&suits=1&{name}={value}")) for name, value in choices}
        assert shown == said
        assert len([number for number in said.values() if number]) > 20


def test_a_sum_finds_the_calls_where_so_much_may_be_asked(
    chromium: Browser, own_address: str, calls: list[Grant]
) -> None:
    def most(call: Grant) -> int | None:
        return call.money.most or max((each.to or 0 for each in call.money.nominations), default=0) or None

    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/?sum=500000-3000000")
        wanted = {
            call.slug
            for call in calls
            if (most(call) or 0) > 500_000 or (call.money.least and not most(call))
            if (call.money.least or 0) <= 3_000_000
        }
        assert set(_shown(page)) == wanted
        page.goto(f"{own_address}/grants/?sum=none")
        assert set(_shown(page)) == {call.slug for call in calls if not most(call) and not call.money.least}


def test_a_closing_date_is_reckoned_from_the_day_of_looking(
    chromium: Browser, own_address: str, calls: list[Grant]
) -> None:
    def left(call: Grant) -> list[int]:
        ahead = [round_ for round_ in call.rounds if _state(round_, NOON) in ("closing", "open", "upcoming")]
        dates = [(round_.deadline.date, round_.deadline.tzinfo) for round_ in ahead if round_.deadline.is_dated]
        return [(date - NOON.astimezone(zone).date()).days for date, zone in dates if date]

    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/")
        for days in (7, 30, 90):
            wanted = {call.slug for call in calls if any(number <= days for number in left(call))}
            assert wanted
            assert set(_ask(page, f"?days={days}")) == wanted


def test_a_chosen_list_can_be_sent_by_its_address(chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/")
        _press(page, "who", "tos")
        _press(page, "status", "open")
        _press(page, "status", "closing")
        page.locator("[name=level]").select_option("private")
        page.locator("#f-sort").select_option("new")
        page.locator("[name=q]").fill("Двор")
        shown, address = _shown(page), _address(page)
    assert parse_qs(urlsplit(address).query) == {
        "who": ["tos"],
        "status": ["open", "closing"] if "status=open&status=closing" in address else ["closing", "open"],
        "level": ["private"],
        "sort": ["new"],
        "q": ["Двор"],
    }
    with reader(chromium, NOON) as other:
        other.goto(address)
        assert _shown(other) == shown
        assert other.locator("[name=who][value=tos]").is_checked()
        assert other.locator("[name=status]:checked").count() == 2
        assert other.locator("[name=q]").input_value() == "Двор"
        assert other.locator("[name=level]").input_value() == "private"
        assert other.locator("#f-sort").input_value() == "new"


def test_an_address_with_unknown_words_shows_the_whole_list(
    chromium: Browser, own_address: str, calls: list[Grant]
) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/?who=martians&topic=%22%3E&status=soon&sum=1-2&sort=odd&days=x")
        assert len(_shown(page)) == len(calls)
        assert page.locator("[data-chips]").is_hidden()


def test_the_back_button_undoes_a_choice_and_typing_is_one_step(chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/")
        whole = _shown(page)
        _press(page, "who", "school")
        chosen = _shown(page)
        page.locator("[name=q]").press_sequentially("библио")
        assert "q=" in _address(page)
        assert len(_shown(page)) < len(chosen)
        page.go_back()
        wait_until(lambda: _shown(page) == chosen)
        assert page.locator("[name=q]").input_value() == ""
        page.go_back()
        wait_until(lambda: _shown(page) == whole)
        assert page.locator("[name=who][value='']").is_checked()
        page.go_forward()
        wait_until(lambda: _shown(page) == chosen)


def test_what_is_chosen_stands_in_chips_and_goes_one_by_one_or_all_at_once(
    chromium: Browser, own_address: str, calls: list[Grant]
) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/?who=nko&suits=1&topic=culture")
        chips = page.locator(".chip")
        assert [_plain(chip.inner_text()) for chip in chips.all()] == [
            "НКО — убрать",
            "Подходит Глазову — убрать",
            "Культура и искусство — убрать",
        ]
        chips.nth(1).focus()
        page.keyboard.press("Enter")
        assert chips.count() == 2
        assert page.evaluate("document.activeElement.className") == "chip"
        assert "suits" not in _address(page)
        assert not page.locator("[name=suits]").is_checked()
        page.get_by_text("Сбросить всё").click()
        assert len(_shown(page)) == len(calls)
        assert urlsplit(_address(page)).query == ""
        assert page.locator("[data-chips]").is_hidden()


def test_the_count_is_said_in_words_with_right_endings(chromium: Browser, own_address: str, calls: list[Grant]) -> None:
    endings = {1: "конкурс", 2: "конкурса", 3: "конкурса", 4: "конкурса"}
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/?who=nko")
        assert page.locator("[data-found]").get_attribute("aria-live") == "polite"
        number = len(_shown(page))
        now = sum(_is_open(call, NOON) for call in calls if _may("nko", call))
        ending = "конкурсов" if 11 <= number % 100 <= 14 else endings.get(number % 10, "конкурсов")
        counts = ("", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять")
        assert _found(page) == f"{number} {ending} для НКО, в {counts[now]} можно подать заявку сейчас"
        page.goto(f"{own_address}/grants/?q=рубцовск")
        assert _found(page) == "1 конкурс со словом «рубцовск», заявку можно подать сейчас"
        page.goto(f"{own_address}/grants/?status=rolling&who=tos")
        assert _found(page) == "1 конкурс для ТОС, где принимают постоянно"


def test_each_group_names_its_number(chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/")
        groups: list[list[object]] = page.evaluate(
            """() => [...document.querySelectorAll("[data-groups] > .group:not([hidden])")].map(group => [
                group.firstChild.textContent.trim(), parseInt(group.querySelector("span").textContent),
                [...group.nextElementSibling.children].filter(call => !call.hidden).map(call => call.dataset.status),
            ])"""
        )
        names = [_plain(str(name)) for name, _, _ in groups]
        assert names == ["Закроются за 7 дней", "Приём идёт", "Принимают постоянно", "Скоро", "Уже нельзя"]
        states = ({"closing"}, {"open"}, {"rolling"}, {"upcoming", "forecast"}, {"closed", "cancelled"})
        for (_, number, found), wanted in zip(groups, states, strict=True):
            assert isinstance(found, list)
            assert number == len(found)
            assert set(found) <= wanted


def test_an_empty_list_says_what_was_asked_and_what_to_give_up(chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/?who=business&status=rolling")
        empty = page.locator("[data-empty]")
        words = _plain(empty.inner_text())
        assert words.startswith("Нет конкурсов для бизнеса, где принимают постоянно.")
        assert "Ближайший такой конкурс: " in words
        assert _shown(page) == []
        assert page.locator(".group:visible").count() == 0
        way = empty.locator("a", has_text="Без условия").first
        number = int(re.findall(r"— (\d+)", _plain(way.inner_text()))[0])
        way.click()
        assert empty.is_hidden()
        assert len(_shown(page)) == number
        page.go_back()
        expect(empty).to_be_visible()
        page.goto(f"{own_address}/grants/?q=абракадабра")
        assert _plain(empty.inner_text()).startswith("Нет конкурсов со словом «абракадабра».")
        empty.get_by_text("Показать все").click()
        assert page.locator("[name=q]").input_value() == ""


def test_words_are_found_in_titles_funders_and_summaries_whatever_the_case_and_yo(
    chromium: Browser, own_address: str, calls: list[Grant], own_catalog: Catalog
) -> None:
    def text(call: Grant) -> str:
        funder = own_catalog.get("funder", call.funder)
        words = f"{call.title} {funder.title if funder else ''} {call.summary or ''}"
        return re.sub(r"[«»„“\"]", "", words.lower().replace("ё", "е"))

    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/")
        for words in ("ТЕПЛАЯ", "тёплая", "фонд природы", "природы ФОНД", "двор", "2,5 млн", "росмолодежь"):
            page.locator("[name=q]").fill(words)
            asked = words.lower().replace("ё", "е").split()
            wanted = {call.slug for call in calls if all(word in text(call) for word in asked)}
            assert wanted
            assert set(_shown(page)) == wanted, words


def test_the_list_stands_in_the_order_asked_for(chromium: Browser, own_address: str, calls: list[Grant]) -> None:
    by_slug = {call.slug: call for call in calls}
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/?status=open")
        ends = [
            min(end for round_ in by_slug[slug].rounds if (end := _last(round_)) and end > NOON)
            for slug in _shown(page)
        ]
        assert len(ends) > 3
        assert ends == sorted(ends)
        page.goto(f"{own_address}/grants/?status=closed")
        past = [max(end for round_ in by_slug[slug].rounds if (end := _last(round_))) for slug in _shown(page)]
        assert past == sorted(past, reverse=True)
        page.locator("#f-sort").select_option("new")
        page.get_by_text("Сбросить всё").click()
        live = [slug for slug in _shown(page) if not _states(by_slug[slug], NOON) <= {"closed", "cancelled"}]
        assert _shown(page)[: len(live)] == live
        added = [by_slug[slug].added for slug in live]
        assert added == sorted(added, reverse=True)
        page.locator("#f-sort").select_option("sum")
        sums = [
            by_slug[slug].money.most or 0 for slug in _shown(page)[: len(live)] if not by_slug[slug].money.nominations
        ]
        assert sums == sorted(sums, reverse=True)
        assert "sort=sum" in _address(page)


def test_a_call_leaves_the_open_list_when_its_minute_passes(chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON) as page:
        stop_clock(page, datetime.fromisoformat("2026-11-27T17:59:00+03:00"))
        page.goto(f"{own_address}/grants/?status=now&who=library")
        call = page.locator("[data-call='tyoplaya-polka-2026']")
        before = len(_shown(page))
        assert "закроется сегодня в 19:00" in _plain(call.inner_text())
        page.clock.run_for(120_000)
        assert call.get_attribute("data-status") == "closed"
        assert call.is_hidden()
        assert len(_shown(page)) == before - 1
        assert _found(page).startswith(f"{before - 1} ")
        page.get_by_text("Сбросить всё").click()
        group = call.locator("xpath=../preceding-sibling::h2[1]")
        assert group.inner_text().startswith("Уже нельзя")
        assert _plain(call.locator(".slip").inner_text()).startswith("было до")


def test_a_page_open_over_midnight_groups_the_calls_anew(chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON) as page:
        # Rosatom's deadline is 30 November: eight days before on the 22nd, seven on the 23rd, by Moscow's midnight.
        stop_clock(page, datetime.fromisoformat("2026-11-22T23:59:30+03:00"))
        page.goto(f"{own_address}/grants/")
        call = page.locator("[data-call='rosatom-2026']")
        group = call.locator("xpath=../preceding-sibling::h2[1]")
        assert group.inner_text().startswith("Приём идёт")
        call.locator("a").first.focus()
        page.clock.run_for(90_000)
        assert _plain(group.inner_text()).startswith("Закроются за 7 дней")
        assert page.evaluate("document.activeElement.closest('[data-call]').dataset.call") == "rosatom-2026"


@pytest.mark.parametrize(("zone", "clock"), [("Asia/Kamchatka", "03:00"), ("Asia/Irkutsk", "23:00")])
def test_a_reader_elsewhere_sees_her_own_clock_too(zone: str, clock: str, chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON, timezone_id=zone) as page:
        page.goto(f"{own_address}/grants/")
        rows = page.locator("[data-call='tyoplaya-polka-2026'] .times > div")
        assert rows.count() == 3
        assert re.fullmatch(rf"У вас (пт, 27|сб, 28) ноября {clock}", _plain(rows.nth(2).inner_text()))


@pytest.mark.parametrize("zone", ["Europe/Moscow", "Europe/Samara", "Asia/Dubai", "Europe/Istanbul"])
def test_a_reader_whose_clock_is_already_shown_sees_no_third_row(
    zone: str, chromium: Browser, own_address: str
) -> None:
    with reader(chromium, NOON, timezone_id=zone) as page:
        page.goto(f"{own_address}/grants/")
        assert page.locator("[data-call='tyoplaya-polka-2026'] .times > div").count() == 2
        assert page.get_by_text("У вас", exact=True).count() == 0


def test_a_call_that_has_not_opened_says_on_which_day_it_will(chromium: Browser, own_address: str) -> None:
    wanted = {
        "2027-01-25T12:00:00+03:00": "в понедельник, 1 февраля",
        "2027-01-10T12:00:00+03:00": "1 февраля",
        "2026-12-10T12:00:00+03:00": "1 февраля 2027 года",
    }
    with reader(chromium, NOON) as page:
        for at, words in wanted.items():
            page.clock.set_fixed_time(datetime.fromisoformat(at))
            page.goto(f"{own_address}/grants/?status=upcoming")
            call = page.locator("[data-call='fpg-2027-2'] .status")
            assert _plain(call.inner_text()) == f"Скоро откроется {words}"


def test_a_forecast_past_its_time_says_so_at_the_moment_of_looking(chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON) as page:
        for at, overdue in (("2027-04-30T12:00:00+03:00", False), ("2027-05-01T12:00:00+03:00", True)):
            page.clock.set_fixed_time(datetime.fromisoformat(at))
            page.goto(f"{own_address}/grants/?status=forecast")
            words = page.locator("[data-call='minyust-2027'] .status").inner_text()
            assert ("подтверждения не было" in _plain(words)) is overdue


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_list_never_scrolls_sideways(width: int, chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON, viewport={"width": width, "height": 740}) as page:
        page.goto(f"{own_address}/grants/")
        page.evaluate("document.querySelector('details.filters').open = true")
        assert page.evaluate(SIDEWAYS) == []
        _ask(page, "?who=treasury&suits=1&topic=management&q=длинноедлинноедлинноедлинноедлинноеслово")
        assert page.evaluate(SIDEWAYS) == []


def test_on_a_phone_the_filters_are_folded_and_name_what_is_chosen(chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON, viewport=NARROW) as page:
        page.goto(f"{own_address}/grants/?who=nko")
        summary, form = page.locator(".filters summary"), page.locator("form[data-filters]")
        assert _plain(summary.inner_text()) == "Фильтры: НКО"
        assert form.is_hidden()
        summary.click()
        _press(page, "status", "now")
        button = form.locator("[data-submit]")
        assert _plain(button.inner_text()) == f"Показать {_found(page).partition(' для')[0]}"
        button.click()
        assert form.is_hidden()
        assert _plain(summary.inner_text()) == "Фильтры: НКО, Можно подать сейчас"
        assert page.evaluate("document.activeElement === document.querySelector('[data-found]')")
        page.set_viewport_size(WIDE)
        expect(form).to_be_visible()
        expect(summary).to_be_hidden()


def test_the_filters_work_by_keyboard_alone(chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/")
        page.locator("[name=q]").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == "who"
        page.keyboard.press("ArrowDown")
        assert "who=nko" in _address(page)
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert "suits=1" in _address(page)
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert "status=now" in _address(page)
        names = page.evaluate(
            """() => [...document.querySelector("[data-filters]").elements].filter(each => each.name)
                .filter(each => !each.labels[0] || !each.labels[0].textContent.trim()).map(each => each.name)"""
        )
        assert names == []


def test_without_scripts_the_whole_list_stands_by_months_and_nothing_is_dead(
    chromium: Browser, own_address: str, calls: list[Grant]
) -> None:
    with reader(chromium, NOON, java_script_enabled=False) as page:
        page.goto(f"{own_address}/grants/?who=nko")
        shown = [call.get_attribute("data-call") for call in page.locator("[data-call]:visible").all()]
        assert sorted(filter(None, shown)) == sorted(call.slug for call in calls)
        assert _plain(page.locator(".group").first.inner_text()).startswith("Ноябрь 2026 года")
        assert page.locator("main :is(input, select, button, summary):visible").count() == 0


def test_the_choice_goes_along_to_the_calendar(chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/?who=nko&topic=culture&suits=1&q=фонд&sort=new")
        page.get_by_role("link", name="В календаре").click()
        page.wait_for_url(f"{own_address}/calendar/?who=nko&topic=culture&suits=1")
        expect(page.locator("[name=who]")).to_have_value("nko")

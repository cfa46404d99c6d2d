"""Russian numbers, days and clocks."""

from __future__ import annotations

from datetime import date, time

import pytest

from generator import russian
from generator.fields.moment import Moment

YEKATERINBURG = "Asia/Yekaterinburg"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *((0, "0 дней"), (1, "1 день"), (2, "2 дня"), (4, "4 дня"), (5, "5 дней"), (11, "11 дней"), (12, "12 дней")),
        *((14, "14 дней"), (21, "21 день"), (22, "22 дня"), (25, "25 дней"), (101, "101 день"), (111, "111 дней")),
        *((112, "112 дней"), (1_001, "1 001 день"), (1_111, "1 111 дней"), (2_000_002, "2 000 002 дня")),
    ],
)
def test_a_number_stands_with_its_form_of_the_noun(number: int, words: str) -> None:
    assert russian.counted(number, "день", "дня", "дней") == words.replace(" ", russian.NBSP)


def test_a_sum_has_its_thousands_apart_and_does_not_break() -> None:
    assert russian.roubles(1_500_000) == "1\u00a0500\u00a0000\u00a0₽"
    assert russian.roubles(0) == "0\u00a0₽"


def test_days_are_in_words() -> None:
    leap = date(2028, 2, 29)
    assert russian.day_words(leap) == "29\u00a0февраля"
    assert russian.full_day_words(leap) == "29\u00a0февраля 2028\u00a0года"
    assert russian.month_words(leap) == "февраль 2028\u00a0года"
    assert russian.month_name(date(2026, 5, 1)) == "май"
    assert russian.in_month_words(date(2026, 5, 1)) == "мае 2026\u00a0года"
    assert russian.in_month_words(date(2026, 8, 1)) == "августе 2026\u00a0года"
    assert russian.month_of(date(2026, 5, 1)) == "мая"
    assert (russian.weekday_words(leap), russian.weekday_short(leap)) == ("вторник", "вт")


def test_the_year_is_written_where_it_is_not_this_one() -> None:
    assert russian.near_day_words(date(2026, 12, 31), date(2026, 1, 1)) == "31\u00a0декабря"
    assert russian.near_day_words(date(2027, 1, 1), date(2026, 12, 31)) == "1\u00a0января 2027\u00a0года"


def rows(moment: object, town: str = "Самоцветск", zone: str = YEKATERINBURG) -> list[tuple[str, date, time, bool]]:
    return [
        (row.place, row.day, row.time, row.shifted) for row in russian.clocks(Moment.model_validate(moment), town, zone)
    ]


def test_late_in_moscow_is_the_next_day_here() -> None:
    assert rows("2026-12-31 23:30") == [
        ("Москва", date(2026, 12, 31), time(23, 30), False),
        ("Самоцветск", date(2027, 1, 1), time(1, 30), True),
    ]


def test_early_in_the_east_is_the_day_before_in_moscow_and_here() -> None:
    assert rows({"date": "2028-03-01", "time": "01:00", "zone": "Asia/Vladivostok"}) == [
        ("Москва", date(2028, 2, 29), time(18), True),
        ("Самоцветск", date(2028, 2, 29), time(20), True),
        ("Владивосток", date(2028, 3, 1), time(1), False),
    ]


def test_a_town_on_moscow_s_clock_has_one_row() -> None:
    assert [place for place, *_ in rows("2026-10-15 10:00", "Киров", "Europe/Kirov")] == ["Москва"]


def test_an_organiser_on_our_clock_has_no_row_of_its_own() -> None:
    found = rows({"date": "2026-10-15", "time": "10:00", "zone": YEKATERINBURG})
    assert found == [
        ("Москва", date(2026, 10, 15), time(8), False),
        ("Самоцветск", date(2026, 10, 15), time(10), False),
    ]


def test_an_organiser_in_a_third_zone_has_a_row() -> None:
    found = rows({"date": "2026-10-15", "time": "10:00", "zone": "Europe/Kaliningrad"})
    assert [(place, clock) for place, _, clock, _ in found] == [
        ("Москва", time(11)),
        ("Самоцветск", time(13)),
        ("Калининград", time(10)),
    ]


@pytest.mark.parametrize("moment", ["2026-10-15", "2026-10", "rolling", "unknown"])
def test_no_hour_no_clocks(moment: str) -> None:
    assert rows(moment) == []


def test_a_zone_is_named_after_its_town() -> None:
    assert russian.town_of_zone("Europe/Samara") == "Самара"

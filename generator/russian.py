"""Dates, clocks, sums and counts as Russian readers expect them; words come from templates, grammar from Babel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from typing import NamedTuple

from babel import Locale
from babel.dates import format_date, get_timezone_location

from generator.fields.moment import MOSCOW, Moment, zone_info

NBSP = "\u00a0"
RUSSIAN = Locale("ru")


class ClockRow(NamedTuple):
    """One place's clock at a moment."""

    place: str
    """The town whose clock it is: «Москва»."""
    day: date
    time: time
    shifted: bool
    """Whether it is another day there than the organiser's."""


@cache
def town_of_zone(zone: str) -> str:
    """Return the town that a time zone is named after."""
    return get_timezone_location(zone, locale=RUSSIAN, return_city=True)


def clocks(moment: Moment, town: str, zone: str) -> Iterator[ClockRow]:
    """Yield what the clocks show at a moment with an hour: in Moscow, in the reader's town, and at the organiser's."""
    instant = moment.end()
    if instant is None or moment.date is None or moment.time is None:
        return
    places = [(MOSCOW, town_of_zone(MOSCOW))]
    if instant.astimezone(zone_info(zone)).utcoffset() != instant.astimezone(zone_info(MOSCOW)).utcoffset():
        places.append((zone, town))
    shown = {instant.astimezone(zone_info(name)).utcoffset() for name, _ in places}
    if instant.utcoffset() not in shown:
        places.append((moment.zone, town_of_zone(moment.zone)))
    for name, place in places:
        there = instant.astimezone(zone_info(name))
        yield ClockRow(place, there.date(), there.time(), there.date() != moment.date)


@cache
def day_words(day: date) -> str:
    """Return «15 октября»."""
    return format_date(day, "d MMMM", locale=RUSSIAN).replace(" ", NBSP)


@cache
def full_day_words(day: date) -> str:
    """Return «15 октября 2026 года»."""
    return f"{day_words(day)} {day.year}{NBSP}года"


def near_day_words(day: date, today: date) -> str:
    """Return the day, and the year only when it is not this one."""
    return day_words(day) if day.year == today.year else full_day_words(day)


@cache
def month_of(day: date) -> str:
    """Return «октября», as after a number."""
    return format_date(day, "MMMM", locale=RUSSIAN)


@cache
def month_words(day: date) -> str:
    """Return «октябрь 2026 года»."""
    return f"{format_date(day, 'LLLL', locale=RUSSIAN)} {day.year}{NBSP}года"


@cache
def in_month_words(day: date) -> str:
    """Return «октябре 2026 года», as after «в»."""
    return f"{month_name(day).rstrip('ьй')}е {day.year}{NBSP}года"


@cache
def month_name(day: date) -> str:
    """Return «октябрь»."""
    return format_date(day, "LLLL", locale=RUSSIAN)


@cache
def weekday_words(day: date) -> str:
    """Return «четверг»."""
    return format_date(day, "EEEE", locale=RUSSIAN)


@cache
def weekday_short(day: date) -> str:
    """Return «чт»."""
    return format_date(day, "EEEEEE", locale=RUSSIAN)


def clock_words(moment: time | datetime) -> str:
    """Return «23:30»."""
    return f"{moment:%H:%M}"


def plural(number: int, one: str, few: str, many: str) -> str:
    """Return the form of a noun that goes with a number: 1 день, 2 дня, 5 дней."""
    return {"one": one, "few": few}.get(RUSSIAN.plural_form(number), many)


def counted(number: int, one: str, few: str, many: str) -> str:
    """Return a number with its noun: «21 день»."""
    return f"{grouped(number)}{NBSP}{plural(number, one, few, many)}"


def grouped(number: int) -> str:
    """Return a number with its thousands apart: «1 000»; four digits alone stay together as dates do not."""
    return f"{number:,}".replace(",", NBSP)


def roubles(sum_: int) -> str:
    """Return «500 000 ₽»."""
    return f"{grouped(sum_)}{NBSP}₽"

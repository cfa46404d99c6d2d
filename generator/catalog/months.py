"""The calendar: each month as a table of weeks, with what falls on its days."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from generator.catalog.catalog import Catalog, Event

CALENDAR_YEARS = 2
"""How many years back the calendar's months go."""


class Day(NamedTuple):
    """A cell of a month's table."""

    day: date | None
    """None for a cell outside the month."""
    events: tuple[Event, ...]


class Month(NamedTuple):
    """A month of the calendar as a table of weeks, Monday first."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    before: date | None
    after: date | None

    @property
    def busy_days(self) -> list[Day]:
        """The days that hold something."""
        return [day for week in self.weeks for day in week if day.day and day.events]


def months(catalog: Catalog) -> list[Month]:
    """Return every month of the calendar: from two years back, or the first event since, to the last event."""
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in catalog.events:
        if event.milestone.moment.date:
            by_day[event.milestone.moment.date].append(event)
    this = catalog.today.replace(day=1)
    earliest = this.replace(year=this.year - CALENDAR_YEARS)
    firsts = {day.replace(day=1) for day in by_day if day >= earliest} | {this}
    every = list(_every_month(min(firsts), max(firsts)))
    return [
        Month(
            first,
            tuple(
                tuple(Day(day if day.month == first.month else None, _of_day(by_day, day, first)) for day in week)
                for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
            ),
            every[index - 1] if index else None,
            every[index + 1] if index + 1 < len(every) else None,
        )
        for index, first in enumerate(every)
    ]


def _of_day(by_day: dict[date, list[Event]], day: date, first: date) -> tuple[Event, ...]:
    return tuple(by_day.get(day, ())) if day.month == first.month else ()


def _every_month(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = next_month(first)


def next_month(first: date) -> date:
    """Return the first day of the month after one."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)

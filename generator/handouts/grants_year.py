"""The sheet `grants-year`: twelve months for the wall, and overleaf the numbered deadlines."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from generator.catalog.months import next_month
from generator.handouts.sheet import Subject
from generator.handouts.wording import Wording
from generator.russian import month_name

MONTHS = 12


def years(wording: Wording) -> Iterator[Subject]:
    """Yield the sheet of twelve months, from this one or the one asked for: «ноябрь 2026 — октябрь 2027»."""
    first, *_, last = _months(wording)
    yield Subject("grants-year", "/calendar/", f"{_title(first)} — {_title(last)}")


def grants_year(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return twelve months with numbers in their days, the numbered list, and what has no number."""
    months = list(_months(wording))
    first, after = months[0], next_month(months[-1])
    numbers: dict[date, list[int]] = defaultdict(list)
    numbered: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for due in wording.rounds():
        day = due.round.deadline.date if due.round.deadline.is_dated else None
        call = wording.due(due)
        if day is None or day >= after:
            others.append(call)
        elif day >= first:
            numbers[day].append(len(numbered) + 1)
            numbered.append({"number": len(numbered) + 1, **call})
    return {
        "weekdays": list(wording.words["weekday"].values()),
        "months": [{"title": _title(month), "weeks": list(_weeks(month, numbers, wording.today))} for month in months],
        "numbered": numbered,
        "others": others,
    }


def _months(wording: Wording) -> Iterator[date]:
    month = max(wording.today.replace(day=1), wording.choice.first or date.min)
    for _ in range(MONTHS):
        yield month
        month = next_month(month)


def _title(month: date) -> str:
    return f"{month_name(month)} {month.year}"


def _weeks(month: date, numbers: dict[date, list[int]], today: date) -> Iterator[list[dict[str, Any] | None]]:
    """Yield a month's weeks, Monday first; None for a day of a neighbouring month."""
    for week in calendar.Calendar().monthdatescalendar(month.year, month.month):
        yield [
            {"day": day.day, "numbers": numbers.get(day, []), "passed": day < today}
            if day.month == month.month
            else None
            for day in week
        ]

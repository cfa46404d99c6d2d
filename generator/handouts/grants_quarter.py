"""The sheet `grants-quarter`: the deadlines of three months, each with the way to its call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from generator import russian
from generator.catalog.months import next_month
from generator.handouts.sheet import Subject
from generator.handouts.wording import Due, Wording


def quarters(wording: Wording) -> Iterator[Subject]:
    """Yield the sheet of three months, from this one or the one asked for: «ноябрь 2026 — январь 2027»."""
    first, _, last = _months(wording)
    title = f"{russian.month_name(first)} {first.year} — {russian.month_name(last)} {last.year}"
    yield Subject("grants-quarter", "/grants/", title)


def grants_quarter(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return the coming deadlines by month, forecasts after days; what is taken at any time; whether there is more."""
    months = _months(wording)
    ahead = [due for due in wording.rounds() if due.round.status(wording.today) != "closed"]
    rolling = [due for due in ahead if due.round.deadline.precision == "rolling"]
    soon = {month: [due for due in ahead if _month(due) == month] for month in months}
    return {
        "months": [
            {
                "title": russian.month_words(month),
                "in": russian.in_month_words(month),
                "calls": [wording.call(due) for due in sorted(dues, key=_undated_last)],
            }
            for month, dues in soon.items()
        ],
        "rolling": [wording.call(due) for due in rolling],
        "more": len(ahead) > len(rolling) + sum(map(len, soon.values())),
    }


def _months(wording: Wording) -> tuple[date, date, date]:
    this = max(wording.today.replace(day=1), wording.choice.first or date.min)
    following = next_month(this)
    return this, following, next_month(following)


def _month(due: Due) -> date | None:
    day = due.round.deadline.date
    return day.replace(day=1) if day else None


def _undated_last(due: Due) -> bool:
    return not due.round.deadline.is_dated

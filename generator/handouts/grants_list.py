"""The sheet `grants-list`: open and coming calls by deadline."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from generator.handouts.sheet import Subject
from generator.handouts.wording import Due, Wording
from generator.russian import month_words


def grants_list(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return calls with a day by month, then those taken at any time, then those awaited."""
    ahead = [due for due in wording.rounds() if due.round.status(wording.today) != "closed"]
    dated = [due for due in ahead if due.round.deadline.is_dated]
    undated = [due for due in ahead if not due.round.deadline.is_dated]
    return {
        "months": [
            {"title": month, "calls": [wording.call(due) for due in dues]} for month, dues in groupby(dated, _month)
        ],
        "rolling": [wording.call(due) for due in undated if due.round.deadline.precision == "rolling"],
        "awaited": [wording.call(due) for due in undated if due.round.deadline.precision != "rolling"],
    }


def _month(due: Due) -> str:
    day = due.round.deadline.date
    return month_words(day) if day else ""

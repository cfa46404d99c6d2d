"""Meetups among each other: their numbers within a year, and reports that come before the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from generator.catalog.checks import Read
from generator.problems import Problem
from generator.records.meetup import Meetup


def numbers(meetups: Iterable[Meetup]) -> dict[str, int]:
    """Return the number within its year of each meetup that has one, by id; meetups come in order of time."""
    found: dict[str, int] = {}
    so_far: dict[int | None, int] = defaultdict(int)
    for meetup in meetups:
        if meetup.is_numbered:
            so_far[meetup.held_in] += 1
            found[meetup.slug] = so_far[meetup.held_in]
    return found


def held_too_early(found: Iterable[Read], today: date) -> Iterator[Problem]:
    """Find meetups said to be held whose day has not come."""
    for meetup, source in found:
        if not isinstance(meetup, Meetup) or meetup.status != "held":
            continue
        first = meetup.date.date or (date(meetup.year, 1, 1) if meetup.year else None)
        if first is not None and first > today:
            yield source.problem(("status",), f"held — встреча прошла, а её день ещё впереди ({first})")

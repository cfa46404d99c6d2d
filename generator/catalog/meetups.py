"""The numbers of meetups within a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

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

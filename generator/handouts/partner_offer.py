"""The sheet `partner-offer`: a form to fill in by hand, with what the centre is and what it can give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.handouts.sheet import Subject
from generator.handouts.wording import Wording
from generator.records.centre import Room

MOST = 4
"""How many of the centre's rooms are named: a form is one page."""


def partner_offer(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return what can be asked of a partner, and the centre's own: what it helps with and where one can meet."""
    centre = next(iter(wording.catalog.of("centre")), None)
    return {
        "help": centre.summary if centre else None,
        "example": bool(centre and centre.example),
        "asks": [name for what, name in wording.words["wish"].items() if what != "other"],
        "rooms": list(_rooms(centre.rooms[:MOST])) if centre else [],
    }


def _rooms(rooms: tuple[Room, ...]) -> Iterator[dict[str, Any]]:
    for room in rooms:
        yield {"title": room.title, "seats": room.seats}

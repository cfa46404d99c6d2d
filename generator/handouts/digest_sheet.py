"""The sheet `digest`: the week on one page — what closes, what is new, when we meet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from generator.digest import digest
from generator.handouts.meetups import meetup_facts
from generator.handouts.sheet import Subject
from generator.handouts.wording import Due, Wording, printed_address
from generator.records.grant import Grant
from generator.records.post import Post
from generator.russian import day_words

DAYS = 7
AT_MOST = 9
"""Entries of one part that a page could hold if it held nothing else."""
YIELDS = {"closing": 1, "calls": 2, "posts": 4}
"""How readily a part gives up its last entries for want of room: what can be missed gives up last."""


def weeks(wording: Wording) -> Iterator[Subject]:
    """Yield the sheet of the week from today: «20–27 ноября»."""
    first, last = wording.today, wording.today + timedelta(days=DAYS)
    yield Subject("digest", "/", _from_to(first, last))


def digest_sheet(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return the week's entries, and the numbers of each part to try, from all to none, until the page holds them."""
    found = digest(wording.catalog, wording.settings.place, DAYS)
    counts = {"closing": len(found.closing), "calls": len(found.calls), "posts": len(found.posts)}
    return {
        "closing": [wording.call(Due(*each)) | {"others": []} for each in found.closing[:AT_MOST]],
        "calls": [_call(wording, call) for call in found.calls[:AT_MOST]],
        "posts": [_post(wording, post) for post in found.posts[:AT_MOST]],
        "meetup": found.meetup
        and {
            **meetup_facts(wording, found.meetup),
            "page": printed_address(wording.settings.absolute(found.meetup.address)),
        },
        "counts": counts,
        "rooms": [] if found.is_empty else list(_rooms({part: min(count, AT_MOST) for part, count in counts.items()})),
        "last": day_words(found.last),
    }


def _rooms(room: dict[str, int]) -> Iterator[dict[str, int]]:
    """Yield how many entries to show: ever fewer, the fullest part losing first, each weighed by what it yields."""
    yield dict(room)
    while any(room.values()):
        fullest = max(room, key=lambda part: room[part] * YIELDS[part])
        room[fullest] -= 1
        yield dict(room)


def _call(wording: Wording, call: Grant) -> dict[str, Any]:
    """Return a new call: its nearest window whole, of the others until when they are."""
    ahead = [round_ for round_ in call.rounds if round_.status(wording.today) not in ("closed", "cancelled")]
    nearest, *others = sorted(ahead, key=lambda round_: (not round_.deadline.is_dated, round_.deadline.sort_key()))
    return wording.call(Due(call, nearest)) | {"others": [wording.due(Due(call, round_)) for round_ in others]}


def _post(wording: Wording, post: Post) -> dict[str, Any]:
    return {
        "title": post.title,
        "example": post.example,
        "summary": post.summary,
        "day": day_words(post.date),
        "page": printed_address(wording.settings.absolute(post.address)),
    }


def _from_to(first: date, last: date) -> str:
    """Return «20–27 ноября», or «27 ноября — 4 декабря»."""
    if first.month == last.month:
        return f"{first.day}–{day_words(last)}"
    return f"{day_words(first)} — {day_words(last)}"

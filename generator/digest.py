"""The week in a message: new calls, those that close, the next meetup, new posts, for a social network or a letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from generator.catalog import Catalog, groups, load
from generator.catalog.memory import Memory
from generator.fields.eligibility import Place
from generator.records.grant import Grant
from generator.records.meetup import Meetup
from generator.records.post import Post
from generator.records.rounds import Round
from generator.settings import load_settings
from generator.templating import Templating

FORMS = {"text": "text/digest.txt", "html": "text/digest.html"}
"""How a digest may look, and the template of each."""
LONGEST = 4096
"""Signs in one message of Telegram; VK takes four times as many."""


class Closing(NamedTuple):
    """A window of a call that ends in the days ahead."""

    record: Grant
    round: Round


class Digest(NamedTuple):
    """What there is to tell."""

    days: int
    first: date
    """The first day of the past that it tells of."""
    last: date
    """The last day ahead."""
    calls: list[Grant]
    closing: list[Closing]
    meetup: Meetup | None
    posts: list[Post]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has happened and nothing is at hand."""
        return not (self.calls or self.closing or self.meetup or self.posts)


class Room(NamedTuple):
    """How many entries of each part there is room for."""

    calls: int
    closing: int
    posts: int


def digest_of(project: Path, today: date, days: int, form: str) -> str:
    """Return a project's digest as a text or as a letter; raise ContentError if the content has problems."""
    catalog = load(project, today, Memory.of(project))
    return digest_text(catalog, Templating(project, load_settings(project), today), days, form)


def digest_text(catalog: Catalog, templating: Templating, days: int, form: str) -> str:
    """Return the digest in words; a text that is too long for one message loses whole entries, and says how many."""
    found = digest(catalog, templating.settings.place, days)
    room = Room(len(found.calls), len(found.closing), len(found.posts))
    text = _filled(found, room, templating, form)
    while form == "text" and _length(text) > LONGEST and max(room) > 1:
        fullest = room.index(max(room))
        room = Room(*(count - (place == fullest) for place, count in enumerate(room)))
        text = _filled(found, room, templating, form)
    return text


def digest(catalog: Catalog, place: Place, days: int) -> Digest:
    """Return what is new on the catalog's day and what is at hand; a call is told of once."""
    today = catalog.today
    first, last = today - timedelta(days=days - 1), today + timedelta(days=days)
    closing = sorted(_closing(catalog.of("grant"), today, last), key=lambda each: each.round.deadline.sort_key())
    told = {each.record.slug for each in closing}
    calls = [call for call in catalog.of("grant") if call.slug not in told and _is_new(call, first, today)]
    calls.sort(key=lambda call: (not call.suits(place), _nearest(call, today), call.slug))
    meetup = groups.next_planned(catalog.of("meetup"), today)
    posts = [post for post in catalog.of("post") if first <= post.date]
    return Digest(days, first, last, calls, closing, meetup if isinstance(meetup, Meetup) else None, posts)


def _is_new(call: Grant, first: date, today: date) -> bool:
    return first <= call.added <= today and call.status(today) not in ("closed", "cancelled")


def _nearest(call: Grant, today: date) -> Any:
    """Return when the first of a call's windows still to come ends; what has no day yet comes last."""
    ahead = [round_ for round_ in call.rounds if round_.status(today) not in ("closed", "cancelled")]
    return min((not round_.deadline.is_dated, round_.deadline.sort_key()) for round_ in ahead)


def _closing(calls: Iterable[Grant], today: date, last: date) -> Iterator[Closing]:
    for call in calls:
        for round_ in call.rounds:
            day = round_.deadline.date if round_.deadline.is_dated else None
            if day and today <= day <= last and not round_.cancelled:
                yield Closing(call, round_)


def _filled(found: Digest, room: Room, templating: Templating, form: str) -> str:
    text = templating.prose(FORMS[form], {"digest": found, "room": room})
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _length(text: str) -> int:
    """Return a message's length as Telegram counts it: in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2

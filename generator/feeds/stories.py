"""What subscribers are told of: what happened to a record, and on which day; no words yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from generator.catalog import Catalog
from generator.fields.moment import Moment, zone_info
from generator.records.grant import Grant
from generator.records.record import Record
from generator.records.rounds import Round
from generator.settings import Settings

CLOSING = timedelta(days=14)
"""How long before its deadline a call is told of once more."""
TAG_YEAR = 2026
"""RFC 4151: the year in a tag says when its domain was ours; it never changes."""


class Story(NamedTuple):
    """A piece of news about a record."""

    guid: str
    record: Record
    what: str
    """What happened: new, extended, cancelled, closing, announced, reported; `text` where the record itself is told."""
    at: datetime
    """When it was published."""
    changed: datetime
    """When it last became other than it was; never before it was published."""
    context: dict[str, Any]
    """What its templates need besides the record."""

    def order(self) -> Any:
        """Return the key that puts the newest first."""
        return (-self.at.timestamp(), self.guid)


class Stories:
    """Finds the stories of a catalog."""

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        self._catalog = catalog
        self._extra = settings.extra

    def news(self) -> Iterator[Story]:
        """Yield the posts."""
        for post in self._catalog.of("post"):
            moment = post.news()
            if moment is None:
                raise AssertionError(f"{post.path} is not a piece of news")
            at = moment.replace(tzinfo=zone_info(self._extra.time_zone))
            changed = max(at, self._noon(post.updated)) if post.updated else at
            yield Story(post.old_guid or self.tag(f"post/{post.slug}"), post, "text", at, changed, {})

    def notes(self) -> Iterator[Story]:
        """Yield the notes by the day on which they last changed."""
        for note in self._catalog.of("note"):
            yield from self._story(note, "", "text", note.updated or note.checked)

    def calls(self) -> Iterator[Story]:
        """Yield what happened to calls: new, extended, cancelled."""
        for call in self._catalog.of("grant"):
            # A call that was over before it came here is archive, not news.
            if any(round_.status(call.added) != "closed" for round_ in call.rounds):
                yield from self._story(call, "new", "new", call.added)
            for round_ in call.rounds:
                yield from self._moves(call, f"{round_.key}/deadline-moved", round_.deadline, round=round_)
                if round_.cancelled:
                    yield from self._story(
                        call, f"{round_.key}/cancelled", "cancelled", round_.cancelled.date, round=round_
                    )

    def closing(self) -> Iterator[Story]:
        """Yield the rounds that end within the days ahead; the same from the first of them to the last."""
        today = self._catalog.today
        for call in self._catalog.of("grant"):
            for round_ in call.rounds:
                last = round_.deadline.date if round_.deadline.is_dated else None
                if last and today <= last <= today + CLOSING and not round_.cancelled and call.added <= today:
                    yield self._closing(call, round_, last)

    def meetups(self) -> Iterator[Story]:
        """Yield what happened to meetups: announced, moved, cancelled, reported."""
        for meetup in self._catalog.of("meetup"):
            told = meetup.updated or meetup.checked
            if meetup.status == "held":
                yield from self._story(meetup, "reported", "reported", meetup.date.last_day)
                continue
            yield from self._story(meetup, "announced", "announced", told)
            yield from self._moves(meetup, "moved", meetup.date)
            if meetup.status == "cancelled":
                yield from self._story(meetup, "cancelled", "cancelled", told)

    def tag(self, name: str) -> str:
        """Return a name in feeds, for ever: a tag URI (RFC 4151)."""
        return f"tag:{self._extra.uid_domain},{TAG_YEAR}:{name}"

    def noon(self) -> datetime:
        """Return the middle of the day for which the site is made."""
        return self._noon(self._catalog.today)

    def _moves(self, record: Record, name: str, moment: Moment, **context: Any) -> Iterator[Story]:
        """Yield a story a move: of the date before it and the one after."""
        steps = [_earlier(moment, moved.date, moved.time) for moved in moment.was]
        for number, moved in enumerate(moment.was, 1):
            after = (*steps, moment)[number]
            both = {"before": steps[number - 1], "after": after, "later": _is_later(after, steps[number - 1])}
            yield from self._story(record, f"{name}-{number}", "extended", moved.moved, **both, **context)

    def _closing(self, call: Grant, round_: Round, last: date) -> Story:
        start = datetime.combine(last - CLOSING, time(0), round_.deadline.tzinfo)
        since = [self._noon(day) for day in (call.added, *_moved_days(round_.deadline)) if day > start.date()]
        at = max([start, *since])
        # A deadline that moved is closing anew.
        name = f"grant/{call.slug}/{round_.key}/closing-{len(round_.deadline.was)}"
        return Story(self.tag(name), call, "closing", at, at, {"round": round_})

    def _story(self, record: Record, name: str, what: str, day: date | None, **context: Any) -> Iterator[Story]:
        """Yield a story of a day, once that day is known and has come."""
        if day is not None and day <= self._catalog.today:
            tag = self.tag("/".join(filter(None, (record.kind, record.slug, name))))
            at = self._noon(day)
            yield Story(tag, record, what, at, at, {"round": None, **context})

    def _noon(self, day: date) -> datetime:
        return datetime.combine(day, time(12), zone_info(self._extra.time_zone))


def _earlier(moment: Moment, day: date, clock: time | None) -> Moment:
    """Return the moment as it stood before it was moved."""
    return Moment.model_construct(date=day, time=clock, zone=moment.zone, precision="exact" if clock else "day")


def _is_later(after: Moment, before: Moment) -> bool:
    ends = after.end(), before.end()
    return ends[0] is not None and ends[1] is not None and ends[0] > ends[1]


def _moved_days(moment: Moment) -> list[date]:
    return [moved.moved for moved in moment.was if moved.moved]

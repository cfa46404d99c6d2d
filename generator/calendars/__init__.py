"""Calendars to subscribe to: iCalendar (RFC 5545) with real time zones, stable UIDs, and no clock in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from generator.artifacts import Artifact
from generator.calendars.events import written
from generator.calendars.lines import Written, calendar
from generator.catalog import Catalog, Event, events_of
from generator.fields.eligibility import APPLICANTS
from generator.records.grant import Grant
from generator.records.record import IN_CALENDARS, Record
from generator.templating import Templating
from generator.typography import typeset

KEPT = timedelta(days=365)
"""How long a past event stays in a calendar of many."""
OF_CALLS = frozenset(IN_CALENDARS) - {"meetup"}
"""Moments of a call that a subscriber is told of."""


def calendars(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield the calendars of many records; an event is made once for all of them."""
    shelf = _Shelf(catalog, templating)
    yield shelf.deadlines()
    yield from shelf.topics()
    yield from shelf.applicants()
    yield shelf.meetups()


def own_calendar(record: Record, templating: Templating) -> Iterator[Artifact]:
    """Yield the calendar of a call or a meetup, its past events too: whoever takes it asked for this very one."""
    events = [written(each, templating) for each in events_of(record) if each.milestone.what in IN_CALENDARS]
    if events:
        yield _artifact(f"{record.address}{record.calendar}".lstrip("/"), record.title, events, templating)


class _Shelf:
    """The calendars of many records in one build, over the same events."""

    def __init__(self, catalog: Catalog, templating: Templating) -> None:
        self.catalog = catalog
        self.templating = templating
        self.words: dict[str, dict[str, str]] = templating.words
        since = catalog.today - KEPT
        recent = [each for each in catalog.events if (each.milestone.moment.date or since) >= since]
        self.of_calls = [written(event, templating) for event in recent if event.milestone.what in OF_CALLS]
        self.of_meetups = [written(event, templating) for event in recent if event.milestone.what == "meetup"]

    def deadlines(self) -> Artifact:
        return self._artifact("calendar.ics", self.words["calendars"]["deadlines"], self.of_calls)

    def topics(self) -> Iterator[Artifact]:
        """Yield a calendar a topic, for each that has calls, dated or not."""
        for topic in self.catalog.topics_with_calls:
            chosen = [each for each in self.of_calls if topic in each.event.record.topics]
            yield self._artifact(
                f"calendars/topics/{topic}.ics", self._narrow(self.catalog.topics[topic].title), chosen
            )

    def applicants(self) -> Iterator[Artifact]:
        """Yield a calendar for each kind of applicant: what it may apply for, by itself or through a partner."""
        for who in APPLICANTS:
            chosen = [each for each in self.of_calls if _may_apply(each.event, who)]
            yield self._artifact(f"calendars/applicants/{who}.ics", self._narrow(self.words["applicants"][who]), chosen)

    def meetups(self) -> Artifact:
        return self._artifact("calendars/meetups.ics", self.words["calendars"]["meetups"], self.of_meetups)

    def _narrow(self, to: str) -> str:
        return f"{self.words['calendars']['deadlines']} — {to}"

    def _artifact(self, path: str, name: str, events: Iterable[Written]) -> Artifact:
        return _artifact(path, name, events, self.templating)


def _artifact(path: str, name: str, events: Iterable[Written], templating: Templating) -> Artifact:
    title = typeset(f"{templating.settings.site_name}: {name}")
    return Artifact(path, calendar(title, events, templating.today, templating.settings))


def _may_apply(event: Event, who: str) -> bool:
    return isinstance(event.record, Grant) and event.record.applicants[who].may != "no"

"""Calendars to subscribe to: iCalendar (RFC 5545) with real time zones, stable UIDs, and no clock in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from generator.artifacts import Artifact
from generator.calendars.events import Events
from generator.calendars.lines import Written, calendar
from generator.catalog import Catalog, Event
from generator.fields.eligibility import APPLICANTS
from generator.records.grant import Grant
from generator.templating import Templating
from generator.typography import typeset

KEPT = timedelta(days=365)
"""How long a past event stays in a calendar of many."""
SHOWN = ("opens", "stage", "deadline")
"""Moments of a call that a subscriber is told of."""


def calendars(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield every calendar; an event is made once for all that hold it."""
    shelf = _Shelf(catalog, templating)
    yield shelf.deadlines()
    yield from shelf.topics()
    yield from shelf.applicants()
    yield from shelf.single_calls()
    yield from shelf.meetups()


class _Shelf:
    """The calendars of one build, over the same events."""

    def __init__(self, catalog: Catalog, templating: Templating) -> None:
        self.catalog = catalog
        self.settings = templating.settings
        self.words: dict[str, dict[str, str]] = templating.words
        self.events = Events(templating)
        dated = catalog.events()
        self.of_calls = [event for event in dated if event.milestone.what in SHOWN]
        self.of_meetups = [event for event in dated if event.milestone.what == "meetup"]

    def deadlines(self) -> Artifact:
        return self._recent("calendar.ics", self.words["calendars"]["deadlines"], self.of_calls)

    def topics(self) -> Iterator[Artifact]:
        """Yield a calendar a topic, for each that has calls, dated or not."""
        for topic in self.catalog.topics_with_calls:
            chosen = [event for event in self.of_calls if topic in event.record.topics]
            yield self._recent(f"calendars/topics/{topic}.ics", self._narrow(self.catalog.topics[topic].title), chosen)

    def applicants(self) -> Iterator[Artifact]:
        """Yield a calendar for each kind of applicant: what it may apply for, by itself or through a partner."""
        for who in APPLICANTS:
            chosen = [event for event in self.of_calls if _may_apply(event, who)]
            yield self._recent(f"calendars/applicants/{who}.ics", self._narrow(self.words["applicants"][who]), chosen)

    def single_calls(self) -> Iterator[Artifact]:
        """Yield a calendar a call, its past events too: whoever takes it asked for this very call."""
        for event, *others in _by_record(self.of_calls):
            yield self._whole(f"grants/{event.record.slug}/deadline.ics", [event, *others])

    def meetups(self) -> Iterator[Artifact]:
        """Yield the calendar of meetups, and one for each."""
        yield self._recent("calendars/meetups.ics", self.words["calendars"]["meetups"], self.of_meetups)
        for events in _by_record(self.of_meetups):
            yield self._whole(f"meetups/{events[0].record.slug}/event.ics", events)

    def _narrow(self, to: str) -> str:
        return f"{self.words['calendars']['deadlines']} — {to}"

    def _recent(self, path: str, name: str, events: Iterable[Event]) -> Artifact:
        written = (self.events.written(event) for event in events)
        kept = [each for each in written if each.day >= self.catalog.today - KEPT]
        return self._artifact(path, name, kept)

    def _whole(self, path: str, events: list[Event]) -> Artifact:
        return self._artifact(path, events[0].record.title, [self.events.written(event) for event in events])

    def _artifact(self, path: str, name: str, events: list[Written]) -> Artifact:
        title = typeset(f"{self.settings.site_name}: {name}")
        return Artifact(path, calendar(title, events, self.catalog.today, self.settings))


def _may_apply(event: Event, who: str) -> bool:
    return isinstance(event.record, Grant) and event.record.applicants[who].may != "no"


def _by_record(events: Iterable[Event]) -> Iterable[list[Event]]:
    """Return events record by record, in the order of each record's first."""
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.record.path, []).append(event)
    return found.values()

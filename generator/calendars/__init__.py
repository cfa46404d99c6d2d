"""Calendars to subscribe to: iCalendar (RFC 5545) with real time zones, stable UIDs, and no clock in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from generator.artifacts import Artifact
from generator.calendars.events import written
from generator.calendars.lines import Written, calendar
from generator.catalog import Catalog, Event
from generator.fields.eligibility import APPLICANTS
from generator.records.grant import Grant
from generator.records.record import Record, file_of
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
        dated = catalog.events
        self.of_calls = [written(event, templating) for event in dated if event.milestone.what in SHOWN]
        self.of_meetups = [written(event, templating) for event in dated if event.milestone.what == "meetup"]
        self.recent = [each for each in self.of_calls if self._is_recent(each)]

    def deadlines(self) -> Artifact:
        return self._artifact("calendar.ics", self.words["calendars"]["deadlines"], self.recent)

    def topics(self) -> Iterator[Artifact]:
        """Yield a calendar a topic, for each that has calls, dated or not."""
        for topic in self.catalog.topics_with_calls:
            chosen = [each for each in self.recent if topic in each.event.record.topics]
            yield self._artifact(
                f"calendars/topics/{topic}.ics", self._narrow(self.catalog.topics[topic].title), chosen
            )

    def applicants(self) -> Iterator[Artifact]:
        """Yield a calendar for each kind of applicant: what it may apply for, by itself or through a partner."""
        for who in APPLICANTS:
            chosen = [each for each in self.recent if _may_apply(each.event, who)]
            yield self._artifact(f"calendars/applicants/{who}.ics", self._narrow(self.words["applicants"][who]), chosen)

    def single_calls(self) -> Iterator[Artifact]:
        """Yield a calendar a call, its past events too: whoever takes it asked for this very call."""
        for record, its in _by_record(self.of_calls):
            yield self._artifact(_own(record), record.title, its)

    def meetups(self) -> Iterator[Artifact]:
        """Yield the calendar of meetups, and one for each."""
        recent = filter(self._is_recent, self.of_meetups)
        yield self._artifact("calendars/meetups.ics", self.words["calendars"]["meetups"], recent)
        for record, its in _by_record(self.of_meetups):
            yield self._artifact(_own(record), record.title, its)

    def _narrow(self, to: str) -> str:
        return f"{self.words['calendars']['deadlines']} — {to}"

    def _is_recent(self, each: Written) -> bool:
        return each.day >= self.catalog.today - KEPT

    def _artifact(self, path: str, name: str, events: Iterable[Written]) -> Artifact:
        title = typeset(f"{self.settings.site_name}: {name}")
        return Artifact(path, calendar(title, events, self.catalog.today, self.settings))


def _own(record: Record) -> str:
    return file_of(f"{record.address}{record.calendar_file}")


def _may_apply(event: Event, who: str) -> bool:
    return isinstance(event.record, Grant) and event.record.applicants[who].may != "no"


def _by_record(events: Iterable[Written]) -> Iterable[tuple[Record, list[Written]]]:
    """Return events record by record, in the order of each record's first."""
    found: dict[str, tuple[Record, list[Written]]] = {}
    for each in events:
        found.setdefault(each.event.record.path, (each.event.record, []))[1].append(each)
    return found.values()

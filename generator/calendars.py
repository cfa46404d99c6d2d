"""Calendars to subscribe to: iCalendar (RFC 5545) with real time zones, stable UIDs, and no clock in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Timezone
from icalendar import Event as ICalEvent

from generator.artifacts import Artifact
from generator.catalog import Catalog, Event
from generator.templating import Templating

KEPT = timedelta(days=365)
"""How long a past event stays."""
SHOWN = ("opens", "stage", "deadline")
"""Moments of a call that a subscriber is told of."""
REMINDERS = (timedelta(days=7), timedelta(days=1))


def calendars(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield every calendar."""
    calls = [event for event in catalog.events() if event.milestone.what in SHOWN]
    yield Artifact("calendar.ics", calendar("deadlines", calls, catalog, templating))


def calendar(name: str, events: Iterable[Event], catalog: Catalog, templating: Templating) -> bytes:
    """Return a calendar of events, past ones of the last twelve months included."""
    settings = templating.settings
    whole = Calendar()
    whole.add("prodid", f"-//{settings.extra.uid_domain}//proekt//RU")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    title = f"{settings.site_name}: {templating.words['calendars'][name]}"
    # RFC 7986 names these; X-WR-* is what Google and Apple read.
    for key in ("name", "x-wr-calname"):
        whole.add(key, title)
    whole.add("x-wr-timezone", settings.extra.time_zone)
    whole.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", "PT12H")
    for event in events:
        day = event.milestone.moment.date
        if day is not None and day >= catalog.today - KEPT:
            whole.add_component(_event(event, templating))
    # The zones' rules for the years that matter, so that a program need not know them itself. Sorted, and not
    # icalendar's add_missing_timezones(), which takes them from a set.
    first, last = date(catalog.today.year - 2, 1, 1), date(catalog.today.year + 5, 1, 1)
    zones = [Timezone.from_tzid(name, first_date=first, last_date=last) for name in sorted(whole.get_used_tzids())]
    whole.subcomponents[:0] = zones
    return whole.to_ical()  # type: ignore[no-any-return]  # icalendar's types say Any


def uid(event: Event, templating: Templating) -> str:
    """Return an event's name for ever: kind, id, round and moment; never a date, which may move."""
    record, milestone = event
    return f"{record.kind}/{record.slug}/{milestone.key}@{templating.settings.extra.uid_domain}"


def _event(event: Event, templating: Templating) -> ICalEvent:
    record, milestone = event
    moment = milestone.moment
    context = {"record": record, "stone": milestone, "moment": moment}
    made = ICalEvent()
    made.add("uid", uid(event, templating))
    changed = record.changed or templating.today
    made.add("dtstamp", datetime.combine(changed, time(0), UTC))
    made.add("last-modified", datetime.combine(changed, time(0), UTC))
    # It grows with each date that the record remembers, so that a moved event moves (RFC 5545, 3.8.7.4).
    made.add("sequence", len(moment.was) + milestone.cancelled)
    made.add("status", "CANCELLED" if milestone.cancelled else "CONFIRMED")
    made.add("summary", _line(templating, "text/event_summary.txt", context))
    made.add("description", templating.render("text/event_description.txt", context).strip())
    made.add("url", templating.settings.absolute(record.address))
    made.add("transp", "TRANSPARENT")
    _when(made, event)
    if milestone.what != "opens" and not milestone.cancelled:
        for before in REMINDERS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", _line(templating, "text/event_summary.txt", context))
            alarm.add("trigger", -before)
            made.add_component(alarm)
    return made


def _when(made: Any, event: Event) -> None:
    """Set an instant in the organiser's zone, or a whole day where no hour is named."""
    moment = event.milestone.moment
    if moment.time is not None:
        made.add("dtstart", moment.end())
    elif moment.date is not None:
        made.add("dtstart", moment.date)
        made.add("dtend", moment.date + timedelta(days=1))


def _line(templating: Templating, name: str, context: dict[str, Any]) -> str:
    return " ".join(templating.render(name, context).split(" ")).strip()

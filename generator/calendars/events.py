"""One event of a calendar: a call's moment or a meetup, with its reminders."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from generator.calendars.lines import Written, day_line, instant_line, line, text_line
from generator.catalog import Event
from generator.records.meetup import Meetup
from generator.templating import Templating
from generator.typography import typeset

REMINDERS = ("-P7D", "-P1D")
LASTS = timedelta(hours=2)
"""How long a meetup lasts that does not say."""


def uid(event: Event, templating: Templating) -> str:
    """Return an event's name for ever: kind, id, round and moment; never a date, which may move."""
    record, milestone = event
    return f"{record.kind}/{record.slug}/{milestone.key}@{templating.settings.extra.uid_domain}"


def written(event: Event, templating: Templating) -> Written:
    """Return an event as it stands in every calendar."""
    record, milestone = event
    name = uid(event, templating)
    moment = milestone.moment
    context = {"record": record, "stone": milestone, "moment": moment}
    summary = _summary(templating, context)
    stamp = f"{record.changed or templating.today:%Y%m%d}T000000Z"
    if moment.date is None:
        raise AssertionError(f"{name} has no day")
    return Written(
        event,
        moment.date,
        moment.zone if moment.time else None,
        b"".join(
            [
                line("BEGIN", "VEVENT"),
                text_line("SUMMARY", summary),
                _when(event, moment.date),
                line("DTSTAMP", stamp),
                text_line("UID", name),
                # It grows with each date that the record remembers, so that a moved event moves (RFC 5545, 3.8.7.4).
                line("SEQUENCE", f"{len(moment.was) + milestone.cancelled}"),
                text_line("DESCRIPTION", _description(templating, context)),
                _where(event),
                line("LAST-MODIFIED", stamp),
                line("STATUS", "CANCELLED" if milestone.cancelled else "CONFIRMED"),
                line("TRANSP", "TRANSPARENT"),
                line("URL", templating.settings.absolute(record.address)),
                *(_reminders(summary) if milestone.what != "opens" and not milestone.cancelled else ()),
                line("END", "VEVENT"),
            ]
        ),
    )


def _summary(templating: Templating, context: dict[str, Any]) -> str:
    return " ".join(templating.prose("text/event_summary.txt", context).split(" ")).strip()


def _description(templating: Templating, context: dict[str, Any]) -> str:
    text = templating.prose(f"text/event_{context['record'].kind}.txt", context).strip()
    return re.sub(r"\n{3,}", "\n\n", text)


def _when(event: Event, day: date) -> bytes:
    """Return an instant in the organiser's zone, or a whole day where no hour is named."""
    moment = event.milestone.moment
    if moment.time is None:
        return day_line("DTSTART", day) + day_line("DTEND", day + timedelta(days=1))
    start = datetime.combine(day, moment.time)
    written = instant_line("DTSTART", start, moment.zone)
    if isinstance(event.record, Meetup):
        written += instant_line("DTEND", _end(event.record, start), moment.zone)
    return written


def _end(meetup: Meetup, start: datetime) -> datetime:
    if meetup.ends is None:
        return start + LASTS
    end = datetime.combine(start.date(), meetup.ends)
    return end if end > start else end + timedelta(days=1)


def _where(event: Event) -> bytes:
    place = event.record.place if isinstance(event.record, Meetup) else None
    return text_line("LOCATION", typeset(place)) if place else b""


def _reminders(summary: str) -> list[bytes]:
    about = text_line("DESCRIPTION", summary)
    begin, end = line("BEGIN", "VALARM") + line("ACTION", "DISPLAY"), line("END", "VALARM")
    return [b"".join((begin, about, line("TRIGGER", before), end)) for before in REMINDERS]

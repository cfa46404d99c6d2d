"""Content lines of iCalendar (RFC 5545); the rules of zones are icalendar's.

An event as a component of icalendar's took 1.2 ms besides its words, most of it in looking up types; as lines that
icalendar folds, sign by sign, 0.3; as lines cut in bytes, at the same places, 0.03.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from generator.catalog import Event
from generator.settings import Settings

WIDTH = 74
"""Octets in a line, without its end: RFC 5545, 3.1 allows 75, and a line that goes on begins with a space."""
WITHIN_A_LETTER = range(0b10000000, 0b11000000)
"""Octets that go on a letter of several, which stays whole (RFC 3629, 3)."""
ESCAPES = b"\\^"
"""Signs that give another meaning to the next one, which some programs then want on the same line."""
YEARS_BEFORE, YEARS_AFTER = 2, 5
"""For which years around today the rules of zones are written out, if no event asks for more."""


class Written(NamedTuple):
    """An event as it stands in every calendar."""

    event: Event
    day: date
    zone: str | None
    """The zone that its hours are in; None where it takes whole days."""
    content: bytes


def line(name: str, value: str) -> bytes:
    """Return a content line, folded."""
    whole = f"{name}:{value}".encode()
    if len(whole) <= WIDTH:
        return whole + b"\r\n"
    folded: list[bytes] = []
    start = 0
    while len(whole) - start > WIDTH:
        end = start + WIDTH
        while whole[end] in WITHIN_A_LETTER:
            end -= 1
        if whole[end - 1] in ESCAPES:
            end -= 1
        folded.append(whole[start:end])
        start = end
    return b"\r\n ".join((*folded, whole[start:])) + b"\r\n"


def text_line(name: str, value: str) -> bytes:
    """Return a content line of text, its signs with a meaning escaped (RFC 5545, 3.3.11)."""
    return line(name, value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n"))


def day_line(name: str, day: date) -> bytes:
    """Return a content line that names a whole day."""
    return line(f"{name};VALUE=DATE", f"{day:%Y%m%d}")


def instant_line(name: str, instant: datetime, zone: str) -> bytes:
    """Return a content line that names an instant by the clock of a zone."""
    return line(f"{name};TZID={zone}", f"{instant:%Y%m%dT%H%M%S}")


def calendar(name: str, events: Iterable[Written], today: date, settings: Settings) -> bytes:
    """Return a calendar of events that are already written, with the rules of their zones."""
    found = list(events)
    years = [each.day.year for each in found]
    first = min([today.year - YEARS_BEFORE, *years])
    last = max([today.year + YEARS_AFTER, *(year + 1 for year in years)])
    zones = sorted({each.zone for each in found if each.zone})
    return b"".join(
        [
            line("BEGIN", "VCALENDAR"),
            line("VERSION", "2.0"),
            text_line("PRODID", f"-//{settings.extra.uid_domain}//proekt//RU"),
            line("CALSCALE", "GREGORIAN"),
            line("METHOD", "PUBLISH"),
            # RFC 7986 names these; X-WR-* is what Google and Apple read.
            text_line("NAME", name),
            text_line("X-WR-CALNAME", name),
            line("REFRESH-INTERVAL;VALUE=DURATION", "PT12H"),
            line("X-PUBLISHED-TTL", "PT12H"),
            line("X-WR-TIMEZONE", settings.extra.time_zone),
            *(_zone(zone, first, last) for zone in zones),
            *(each.content for each in found),
            line("END", "VCALENDAR"),
        ]
    )


@cache
def _zone(name: str, first: int, last: int) -> bytes:
    """Return a zone's rules for some years, so that a program need not know them itself."""
    from icalendar import Timezone

    zone = Timezone.from_tzid(name, first_date=date(first, 1, 1), last_date=date(last, 1, 1))
    return zone.to_ical()  # type: ignore[no-any-return]  # icalendar's types say Any

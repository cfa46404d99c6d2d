"""What every sheet says of the centre: where it is and when it is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from generator.fields.contact import shown_phone
from generator.fields.hours import WEEKDAYS, Weekday
from generator.handouts.wording import Wording
from generator.records.centre import Centre
from generator.russian import clock_words

RUN = 3
"""Days in a row from which a dash is shorter than a list."""


def centre_facts(wording: Wording) -> dict[str, Any] | None:
    """Return the centre's name, address, hours and contacts, or None where the site has no centre."""
    for centre in wording.catalog.of("centre"):
        return {
            "title": centre.title,
            "address": ", ".join(filter(None, [centre.short_address, centre.room])),
            "hours": list(_hours(centre, wording.words["weekday"])),
            "contacts": [*map(shown_phone, centre.contacts.phones), *centre.contacts.emails],
        }
    return None


def _hours(centre: Centre, names: dict[str, str]) -> Iterator[str]:
    """Yield «пн–чт 10:00–19:00»."""
    for hours in centre.hours:
        days = ", ".join(_runs(hours.days, names))
        yield f"{days}\u00a0{clock_words(hours.opens)}–{clock_words(hours.closes)}"


def _runs(days: Iterable[Weekday], names: dict[str, str]) -> Iterator[str]:
    """Yield days of the week, neighbours drawn together: «пн–чт», «сб»."""
    numbers = sorted({WEEKDAYS.index(day) for day in days})
    while numbers:
        first = numbers[0]
        run = [number for place, number in enumerate(numbers) if number == first + place]
        shown = [names[WEEKDAYS[number]] for number in run]
        yield f"{shown[0]}–{shown[-1]}" if len(run) >= RUN else ", ".join(shown)
        numbers = numbers[len(run) :]

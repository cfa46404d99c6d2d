"""What the directory's lists and the centre's page show: letters, years, schedules, special days in a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from generator.fields.hours import DaySpan, Hours, Times, week_in_spans
from generator.records.centre import Centre, Special
from generator.records.project import Project
from generator.records.record import Record

DIGITS = "0–9"
OTHER = "…"


class Letter(NamedTuple):
    """What begins with one letter."""

    letter: str
    anchor: str
    """What a link within the page leads to, in Latin: `letter-41a`."""
    entries: tuple[Record, ...]


class Supported(NamedTuple):
    """The projects that won money in one year."""

    year: int
    projects: tuple[Project, ...]
    money: int
    """What is known of their sums, in roubles."""
    is_least: bool
    """Whether some of them do not tell, so that it was more."""


class Days(NamedTuple):
    """Special days in a row that are alike."""

    first: date
    last: date
    times: Times
    note: str


class Schedule(NamedTuple):
    """The days of a week that have the same times."""

    days: tuple[DaySpan, ...]
    times: Times


def by_letter(records: Iterable[Record]) -> list[Letter]:
    """Return records by the first letter of the title, quotes aside, in the order in which they come."""
    found: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        first = next((sign for sign in record.title.upper().replace("Ё", "Е") if sign.isalnum()), OTHER)
        found[DIGITS if first.isdigit() else first].append(record)
    return [Letter(letter, f"letter-{ord(letter[0]):x}", tuple(entries)) for letter, entries in found.items()]


def supported(projects: Iterable[Project]) -> list[Supported]:
    """Return projects by the year in which they won, the latest first, with what they won together."""
    found: dict[int, list[Project]] = defaultdict(list)
    for project in projects:
        found[project.year].append(project)
    return [
        Supported(
            year,
            tuple(found[year]),
            sum(project.sum or 0 for project in found[year]),
            any(project.sum is None for project in found[year]),
        )
        for year in sorted(found, reverse=True)
    ]


def schedule(hours: Iterable[Hours]) -> list[Schedule]:
    """Return a week by its times, each with all its days: «вт, чт 17:00–19:00»; days off are left out."""
    found: dict[Times, list[DaySpan]] = defaultdict(list)
    for span in week_in_spans(hours):
        if span.times:
            found[span.times].append(span)
    return [Schedule(tuple(days), times) for times, days in found.items()]


def days_ahead(centre: Centre, today: date) -> list[Days]:
    """Return the centre's special days from today on, those in a row put together; of monthly ones, the next."""
    found: list[Days] = []
    monthly_told = False
    for day, special in centre.special_days(today).items():
        if _is_monthly(centre, day, special):
            if monthly_told:
                continue
            monthly_told = True
        last = found[-1] if found else None
        if last and last.last + timedelta(days=1) == day and (last.times, last.note) == special:
            found[-1] = last._replace(last=day)
        else:
            found.append(Days(day, day, *special))
    return found


def _is_monthly(centre: Centre, day: date, special: Special) -> bool:
    """Whether a day is special only because it comes every month."""
    is_named = any(day in named.days() for named in centre.exceptions)
    return not is_named and any(each.of_month(day) == day and each.note == special.note for each in centre.monthly)

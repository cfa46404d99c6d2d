"""What an editor should do: deadlines at hand, forecasts to confirm, results to add, records to check again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from generator.catalog import Catalog, Event, examine
from generator.catalog.memory import Memory
from generator.fields.moment import Moment
from generator.records import KINDS
from generator.records.agreement import Agreement
from generator.records.grant import Grant
from generator.records.meetup import Meetup
from generator.records.record import Record, What
from generator.records.rounds import Round
from generator.settings import load_settings
from generator.source import read
from generator.templating import Templating

AT_HAND = timedelta(days=14)
"""Deadlines and openings no further off are told."""
TO_CONFIRM = timedelta(days=30)
"""So long before it comes, a forecast wants confirming; so long after a check, a date not named wants asking again."""
TO_CLOSE = timedelta(days=30)
"""So long after the deadline, results are looked for."""
HISTORY = timedelta(days=365)
"""What ended longer ago nobody will complete."""
STALE = timedelta(days=180)
"""A record not checked for longer may be wrong by now."""


class Draft(NamedTuple):
    """A record that is written but not shown."""

    path: str
    title: str


class Waiting(NamedTuple):
    """What is written and kept from the site."""

    drafts: list[Draft]
    withheld: list[Draft]
    """Records of people who have not agreed to be named."""


class Doubt(NamedTuple):
    """A date of a call that the organiser should have confirmed by now."""

    record: Record
    what: What
    moment: Moment
    is_past: bool


class Unfinished(NamedTuple):
    """A window that closed and says nothing of its results."""

    record: Record
    round: Round


class Stale(NamedTuple):
    """Records of one kind that nobody has checked for long, those still in use first."""

    kind: str
    records: tuple[Record, ...]


class Agenda(NamedTuple):
    """All there is to do, in the order in which it presses."""

    closing: list[tuple[date, list[Event]]]
    opening: list[tuple[date, list[Event]]]
    doubts: list[Doubt]
    unfinished: list[Unfinished]
    passed: list[Meetup]
    ending: list[Agreement]
    drafts: list[Draft]
    withheld: list[Draft]
    stale: list[Stale]


def agenda_of(project: Path, today: date) -> str:
    """Return the agenda of a project as text; records that cannot be read are counted in it."""
    catalog, problems, withheld = examine(project, today, Memory.of(project))
    templating = Templating(project, load_settings(project), today)
    waiting = Waiting(list(drafts(project)), [Draft(record.path, record.title) for record in withheld])
    return agenda_text(catalog, templating, waiting, len(problems))


def agenda_text(catalog: Catalog, templating: Templating, waiting: Waiting, problems: int = 0) -> str:
    """Return what there is to do in words for a terminal."""
    context = {"agenda": agenda(catalog, waiting), "problems": problems}
    return templating.render("text/agenda.txt", context).strip() + "\n"


def agenda(catalog: Catalog, waiting: Waiting) -> Agenda:
    """Return what there is to do on the catalog's day."""
    grants = catalog.of("grant")
    meetups = catalog.of("meetup")
    today = catalog.today
    return Agenda(
        _at_hand(catalog, ("deadline", "stage")),
        _at_hand(catalog, ("opens",)),
        sorted(_doubts(grants, meetups, today), key=lambda doubt: (doubt.moment.sort_key(), doubt.record.path)),
        sorted(_unfinished(grants, today), key=lambda each: (each.round.deadline.sort_key(), each.record.path)),
        [meetup for meetup in meetups if _has_passed(meetup, today)],
        [agreement for agreement in catalog.of("agreement") if _is_ending(agreement, today)],
        waiting.drafts,
        waiting.withheld,
        list(_stale(catalog)),
    )


def drafts(project: Path) -> Iterator[Draft]:
    """Yield the drafts of a project: the catalog holds only what visitors may see."""
    for kind in KINDS.values():
        for path in sorted((project / kind.folder).glob(f"*{kind.suffix}")):
            source, _ = read(path, project)
            if source.values.get("draft") == "yes":
                yield Draft(source.path, str(source.values.get("title") or source.slug))


def _at_hand(catalog: Catalog, whats: tuple[What, ...]) -> list[tuple[date, list[Event]]]:
    """Return the coming moments of some kinds, day by day."""
    days: dict[date, list[Event]] = {}
    for event in catalog.events:
        day = event.milestone.moment.date
        wanted = event.milestone.what in whats and not event.milestone.cancelled
        if wanted and day and catalog.today <= day <= catalog.today + AT_HAND:
            days.setdefault(day, []).append(event)
    return sorted(days.items())


def _doubts(grants: Iterable[Grant], meetups: Iterable[Meetup], today: date) -> Iterator[Doubt]:
    for grant in grants:
        for round_ in grant.rounds:
            for what, moment in _awaited(round_):
                if _wants_confirming(moment, round_, grant.checked, today):
                    last = moment.last_day
                    yield Doubt(grant, what, moment, last is not None and last < today)
    for meetup in meetups:
        if meetup.is_ahead(today) and meetup.date.date and not meetup.date.is_dated and _is_near(meetup.date, today):
            yield Doubt(meetup, "meetup", meetup.date, is_past=False)


def _awaited(round_: Round) -> Iterator[tuple[What, Moment]]:
    """Yield the moments without which nobody can apply in time."""
    if round_.cancelled:
        return
    if round_.opens:
        yield "opens", round_.opens
    for stage in round_.stages:
        yield "stage", stage.deadline
    yield "deadline", round_.deadline


def _wants_confirming(moment: Moment, round_: Round, checked: date, today: date) -> bool:
    if moment.precision == "unknown":
        # It has no time that could come: then the opening's counts, or a month since somebody asked.
        opens = round_.opens
        return (opens is not None and opens.is_dated and _is_near(opens, today)) or today - checked > TO_CONFIRM
    if moment.precision == "month":
        # A month that has passed is as good as a day: the window is over, not in doubt.
        return _is_near(moment, today) and moment.last_day is not None and moment.last_day >= today
    return moment.precision == "forecast" and _is_near(moment, today)


def _is_near(moment: Moment, today: date) -> bool:
    return moment.date is not None and moment.date <= today + TO_CONFIRM


def _unfinished(grants: Iterable[Grant], today: date) -> Iterator[Unfinished]:
    for grant in grants:
        for round_ in grant.rounds if grant.nature != "duty" else ():
            ended = round_.deadline.last_day if round_.deadline.precision != "forecast" else None
            if round_.cancelled or ended is None or not TO_CLOSE < today - ended <= HISTORY:
                continue
            due = round_.results.last_day if round_.results else ended
            told = max((day for day in (grant.updated, *(each.date for each in grant.history)) if day), default=None)
            if round_.results is None or (due is not None and due <= today and (told is None or told < due)):
                yield Unfinished(grant, round_)


def _has_passed(meetup: Meetup, today: date) -> bool:
    last = meetup.date.last_day or (date(meetup.year, 12, 31) if meetup.year else None)
    return meetup.status in ("planned", "moved") and last is not None and last < today


def _is_ending(agreement: Agreement, today: date) -> bool:
    return agreement.until is not None and agreement.ended is None and abs(agreement.until - today) <= TO_CLOSE


def _stale(catalog: Catalog) -> Iterator[Stale]:
    def order(record: Record) -> tuple[bool, date, str]:
        return (_is_over(record, catalog.today), record.checked or date.min, record.path)

    for kind in KINDS:
        found = [record for record in catalog.of(kind) if _is_stale(record, catalog.today)]
        if found:
            yield Stale(kind, tuple(sorted(found, key=order)))


def _is_stale(record: Record, today: date) -> bool:
    if record.checked is None:
        # News are true of their day; what names no source has nothing to be held against.
        return bool(record.source) and record.news() is None
    return today - record.checked > STALE


def _is_over(record: Record, today: date) -> bool:
    """Whether all that the record tells of has passed, so that a mistake in it misleads nobody."""
    days = [stone.moment.last_day for stone in record.milestones() if not stone.cancelled]
    return record.news() is not None or (bool(days) and all(day is not None and day < today for day in days))

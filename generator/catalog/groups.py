"""The lists that outputs show: calls by month, records by kind, news by page and by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from generator.fields.eligibility import Place
from generator.fields.moment import Moment
from generator.records.record import Record


class MonthGroup(NamedTuple):
    """What falls in one month."""

    month: date
    """Its first day."""
    entries: tuple[Record, ...]


class Calls(NamedTuple):
    """All calls, grouped so that the words stay true whenever the page is read."""

    coming: tuple[MonthGroup, ...]
    """By the month of the nearest deadline that had not passed when the page was made."""
    rolling: tuple[Record, ...]
    forecast: tuple[Record, ...]
    past: tuple[MonthGroup, ...]
    """By the month of the last deadline, the latest first."""

    @property
    def ahead(self) -> list[Record]:
        """Those that can still be applied for, group by group."""
        return [*(record for month in self.coming for record in month.entries), *self.rolling, *self.forecast]

    @property
    def over(self) -> list[Record]:
        """The others, group by group."""
        return [record for month in self.past for record in month.entries]


class Sheet(NamedTuple):
    """One of several pages of a long list."""

    number: int
    of: int
    entries: tuple[Record, ...]


def calls(records: Iterable[Record], today: date) -> Calls:
    """Return calls grouped by month: what can still be applied for, then the rest."""
    coming: dict[date, list[tuple[Any, Record]]] = defaultdict(list)
    past: dict[date, list[tuple[Any, Record]]] = defaultdict(list)
    rolling: list[Record] = []
    forecast: list[Record] = []
    for record in records:
        deadlines = [stone.moment for stone in record.milestones() if stone.what == "deadline" and not stone.cancelled]
        ahead = _nearest_deadline(deadlines, today)
        if ahead and ahead.date:
            coming[ahead.date.replace(day=1)].append((ahead.sort_key(), record))
        elif any(moment.precision == "rolling" for moment in deadlines):
            rolling.append(record)
        elif any(not moment.is_dated for moment in deadlines):
            forecast.append(record)
        else:
            every = [stone.moment for stone in record.milestones() if stone.what == "deadline"]
            last = max(every, key=lambda moment: moment.sort_key())
            month = (last.date or date(1900, 1, 1)).replace(day=1)
            past[month].append((last.sort_key(), record))
    forecast.sort(key=_first_deadline)
    return Calls(_months(coming), tuple(rolling), tuple(forecast), _months(past, latest_first=True))


def _first_deadline(record: Record) -> Any:
    """Return when the first of the deadlines that are not named yet is awaited; one without any date comes last."""
    awaited = [stone.moment for stone in record.milestones() if stone.what == "deadline" and not stone.moment.is_dated]
    return min(moment.sort_key() for moment in awaited)


def _months(found: dict[date, list[tuple[Any, Record]]], *, latest_first: bool = False) -> tuple[MonthGroup, ...]:
    groups = []
    for month in sorted(found, reverse=latest_first):
        entries = sorted(found[month], key=lambda entry: (entry[0], entry[1].slug), reverse=latest_first)
        groups.append(MonthGroup(month, tuple(record for _, record in entries)))
    return tuple(groups)


def sheets(records: Sequence[Record], size: int) -> list[Sheet]:
    """Return a long list cut into pages; an empty one has a page too."""
    count = max(1, -(-len(records) // size))
    return [Sheet(n + 1, count, tuple(records[n * size : (n + 1) * size])) for n in range(count)]


def pinned_first(records: Iterable[Record], today: date) -> list[Record]:
    """Return records with those that are pinned on a day above the others; otherwise their order stays."""
    return sorted(records, key=lambda record: not record.is_pinned(today))


def by_month(records: Iterable[Record]) -> tuple[MonthGroup, ...]:
    """Return pieces of news by the month in which they came out, the latest first."""
    found: dict[date, list[Record]] = defaultdict(list)
    for record in records:
        if moment := record.news():
            found[moment.date().replace(day=1)].append(record)
    return tuple(MonthGroup(month, tuple(found[month])) for month in sorted(found, reverse=True))


def _nearest_deadline(deadlines: Iterable[Moment], today: date) -> Moment | None:
    ahead = (moment for moment in deadlines if moment.is_dated and moment.date and moment.date >= today)
    return min(ahead, key=lambda moment: moment.sort_key(), default=None)


class Nearest(NamedTuple):
    """A call and the deadline of it that comes next."""

    record: Record
    key: str
    """The round's key."""


def nearest(records: Iterable[Record], place: Place, today: date, most: int = 5) -> list[Nearest]:
    """Return the calls open to a town whose deadlines come first, each by its nearest round."""
    found = []
    for record in records:
        if not record.suits(place):
            continue
        stones = [stone for stone in record.milestones() if stone.what == "deadline" and not stone.cancelled]
        ahead = [
            stone for stone in stones if stone.moment.is_dated and stone.moment.date and stone.moment.date >= today
        ]
        if ahead:
            first = min(ahead, key=lambda stone: stone.moment.sort_key())
            found.append((first.moment.sort_key(), record.slug, Nearest(record, first.round_key)))
    return [entry for _, _, entry in sorted(found)[:most]]


class Shelf(NamedTuple):
    """The records of one kind on a topic."""

    kind: str
    section: str
    """The address of the kind's list."""
    first: tuple[Record, ...]
    """What is shown in full: of calls, those that can still be applied for."""
    rest: tuple[Record, ...]

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.first) + len(self.rest)


def shelves(records: Iterable[Record], today: date, most: int = 12) -> list[Shelf]:
    """Return records apart by kind, in the order in which kinds come, the freshest of each before the rest."""
    found: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[record.kind].append(record)
    return [_shelf(kind, entries, today, most) for kind, entries in found.items()]


def _shelf(kind: str, entries: list[Record], today: date, most: int) -> Shelf:
    over: list[Record] = []
    if entries[0].has_rounds:
        every = calls(entries, today)
        entries, over = every.ahead, every.over
    elif any(next(record.milestones(), None) for record in entries):
        entries = entries[::-1]
    section = (entries or over)[0].section
    return Shelf(kind, section, tuple(entries[:most]), (*entries[most:], *over))


def by_year(records: Iterable[Record]) -> list[tuple[int | None, list[Record]]]:
    """Return records by their year, the latest first; within a year, the latest first too."""
    found: dict[int | None, list[Record]] = defaultdict(list)
    for record in records:
        found[record.year_of()].insert(0, record)
    return sorted(found.items(), key=lambda entry: -(entry[0] or 0))


def next_planned(records: Iterable[Record], today: date) -> Record | None:
    """Return the first record still to come."""
    return next((record for record in records if record.is_ahead(today)), None)

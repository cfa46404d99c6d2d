"""The sheet of services: each row goes to the organisation that it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from generator.fields.base import mistakes
from generator.fields.service import Service
from generator.importers.cells import Around, Lost
from generator.importers.header import Column, Header, body
from generator.importers.names import with_quotes
from generator.importers.rows import Entry, Note
from generator.importers.spaces import alike, line
from generator.importers.table import Row
from generator.importers.taking import SERVICE_TAKERS, taken


class Served(NamedTuple):
    """The entries with their services, and what was not carried over."""

    entries: tuple[Entry, ...]
    lost: tuple[Note, ...]


def with_services(entries: Sequence[Entry], header: Header, around: Around) -> Served:
    """Return entries with the services that their sheet tells of."""
    owner, *_ = header.of("ngo")
    known: dict[str, list[int]] = defaultdict(list)
    for index, entry in enumerate(entries):
        for name in {alike(name) for name in _names(entry) if name}:
            known[name].append(index)
    served = list(entries)
    lost: list[Note] = []
    for row in body(header, [owner]):
        named = line(row.at(owner.number))
        found = known.get(alike(with_quotes(named)), [])
        if len(found) == 1:
            entry = served[found[0]]
            served[found[0]] = _served(entry, _service(row, header, around._replace(is_ours="id" in entry.fields)))
        else:
            what = "подходит несколько организаций" if found else "такой организации в таблице нет"
            reason = f"{what}; услуга не перенесена: {_told(row)}"
            lost.append(Note(row.number, owner.heading, named, reason, "", header.sheet.name))
    return Served(tuple(served), tuple(lost))


class _Taken(NamedTuple):
    """A service as records write it, and what is said of its row."""

    values: dict[str, Any]
    lost: list[Note]
    doubts: list[Note]
    sheet: str


def _served(entry: Entry, found: _Taken) -> Entry:
    fields = dict(entry.fields)
    if found.values:
        fields["services"] = [*fields.get("services", ()), found.values]
    return entry._replace(
        fields=fields,
        headings={**entry.headings, "services": found.sheet},
        lost=(*entry.lost, *found.lost),
        doubts=(*entry.doubts, *found.doubts),
    )


def _names(entry: Entry) -> tuple[str, ...]:
    return tuple(str(entry.fields.get(field, "")) for field in ("id", "inn", "ogrn", "title", "legal_name"))


def _told(row: Row) -> str:
    return "; ".join(f"«{line(text)}»" for text in row.texts if text.strip())


def _service(row: Row, header: Header, around: Around) -> _Taken:
    values: dict[str, Any] = {}
    told = _Taken(values, [], [], header.sheet.name)

    def note(column: Column, found: Lost) -> Note:
        return Note(row.number, column.heading, found.part, found.reason, "services", header.sheet.name)

    for field, taker in SERVICE_TAKERS.items():
        for column in header.of(field):
            found = taken(taker, field, row.at(column.number), around)
            if field in values and found.values:
                told.lost.append(note(column, Lost(line(row.at(column.number)), "поле уже взято из другого столбца")))
            else:
                values |= found.values
            told.lost.extend(note(column, each) for each in found.lost)
            told.doubts.extend(note(column, each) for each in found.doubts)
    try:
        Service.model_validate(values)
    except ValidationError as error:
        reason = f"услуга не перенесена: {next(mistakes(error, Service)).message}: {_told(row)}"
        told.lost.append(note(header.of("title")[0], Lost("", reason)))
        values.clear()
    return told

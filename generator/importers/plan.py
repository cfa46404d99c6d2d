"""What an import would do: which records are new, which change and how, and what is not carried over."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, count
from typing import Any, NamedTuple

from generator.importers.differences import Difference, comparable, differences
from generator.importers.editing import edited
from generator.importers.matching import Seen, match
from generator.importers.people import lawful
from generator.importers.rows import Entry, Note
from generator.importers.shapes import record_values
from generator.importers.shelf import Held, Shelf
from generator.importers.trial import fitted
from generator.importers.vocabulary import Vocabulary
from generator.new.desk import slug_of
from generator.new.writing import Layout, whole_file
from generator.records.ngo import Ngo

UNNAMED = "nko"
"""The id of an organisation whose name has no letters that Latin knows."""
KEPT = "в записи это поле не изменено"
"""A field is changed only by a cell that was wholly understood."""
USUAL = {"example": "no", "status": "active"}
"""What a new record says without a word."""


class New(NamedTuple):
    """A record to be written."""

    entry: Entry
    path: str
    text: str


class Known(NamedTuple):
    """A record that is there already; where the table says the same, without differences."""

    entry: Entry
    held: Held
    differences: tuple[Difference, ...]
    becomes: bytes
    """Its file with the differences in it."""


class Refused(NamedTuple):
    """A row that is not carried over."""

    row: int
    reason: str
    sheet: str = ""


class Plan(NamedTuple):
    """Every row of a table has its place in one of these."""

    new: tuple[New, ...]
    known: tuple[Known, ...]
    refused: tuple[Refused, ...]


def plan_of(entries: Iterable[Entry], shelf: Shelf, vocabulary: Vocabulary, source: str) -> Plan:
    """Return what to do about each row; `source` is what new records are said to come from, if the rows do not say."""
    refused: list[Refused] = []
    placed: list[tuple[Entry, Held | str]] = []
    seen = Seen()
    for entry in entries:
        found = entry.reason or match(entry, shelf)
        if isinstance(found, str):
            refused.append(Refused(entry.row, found))
        elif repeated := seen.repeated(entry, found):
            refused.append(Refused(entry.row, repeated))
        elif found is not None:
            placed.append((entry, found))
        else:
            slug = _free_slug(entry, shelf)
            path = f"{Ngo.folder}/{slug}{Ngo.suffix}"
            shelf.addresses[path] = Ngo.address_of(slug)
            placed.append((entry, path))
    new: list[New] = []
    known: list[Known] = []
    for entry, place in placed:
        made = (
            _known(entry, place, shelf, vocabulary)
            if isinstance(place, Held)
            else _new(entry, place, shelf, vocabulary, source)
        )
        if isinstance(made, Refused):
            refused.append(made)
        elif isinstance(made, New):
            new.append(made)
        else:
            known.append(made)
    return Plan(tuple(new), tuple(known), tuple(sorted(refused)))


def _free_slug(entry: Entry, shelf: Shelf) -> str:
    """Return an id for a new record: the one that the table names, or one made of the title."""
    base = str(entry.fields.get("id") or slug_of(entry.title) or f"{UNNAMED}-{entry.fields.get('inn', '')}".rstrip("-"))
    names = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(name for name in names if f"{Ngo.folder}/{name}{Ngo.suffix}" not in shelf.addresses)


def _new(entry: Entry, path: str, shelf: Shelf, vocabulary: Vocabulary, source: str) -> New | Refused:
    entry = lawful(entry, {}, vocabulary.texts["role"])
    if source and "source" not in entry.fields:
        entry = entry._replace(fields={**entry.fields, "source": [source]})
    fields = {field: value for field, value in entry.fields.items() if USUAL.get(field) != value}
    entry = fitted(entry._replace(fields=fields), shelf.among(path))
    if entry.reason:
        return Refused(entry.row, entry.reason)
    return New(entry, path, whole_file(Ngo, record_values(entry.fields), Layout()))


def _known(entry: Entry, held: Held, shelf: Shelf, vocabulary: Vocabulary) -> Known | Refused:
    raw: dict[str, Any] = held.source.values
    entry = lawful(entry, raw.get("head") or {}, vocabulary.texts["role"])
    spoken = {field: value for field, value in entry.fields.items() if field not in entry.guessed}
    entry = fitted(entry._replace(fields=spoken), shelf.among(held.source.path), raw)
    if entry.reason:
        return Refused(entry.row, entry.reason)
    entry = comparable(entry, held, vocabulary)
    entry = entry._replace(lost=tuple(note._replace(reason=f"{note.reason}; {KEPT}") for note in entry.lost))
    found = tuple(differences(entry, held, vocabulary))
    changes = {difference.field: difference.becomes for difference in found}
    becomes = edited(held.raw, held.source, changes) if changes else held.raw
    if becomes is None:
        names = ", ".join(f"«{difference.heading}»" for difference in found)
        return Refused(
            entry.row, f"файл {held.source.path} написан так, что изменить его может только человек: {names}"
        )
    return Known(entry, held, found, becomes)


def changed(plan: Plan) -> list[Known]:
    """Return the records of which the table says something otherwise."""
    return [known for known in plan.known if known.differences]


def lost(plan: Plan, *, updates: bool) -> list[Note]:
    """Return the cells that are not carried over, of rows that are; records that stay as they are have none."""
    entries = [new.entry for new in plan.new] + [known.entry for known in plan.known if updates]
    return [note for entry in entries for note in entry.lost]


def doubts(plan: Plan, *, updates: bool) -> list[Note]:
    """Return the cells that are carried over as they were understood."""
    found = [note for new in plan.new for note in new.entry.doubts]
    for known in changed(plan) if updates else ():
        headings = {difference.heading for difference in known.differences}
        found += (note for note in known.entry.doubts if note.heading in headings or note.sheet in headings)
    return found

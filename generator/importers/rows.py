"""An organisation as one row of a table speaks of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.importers.cells import Around, Lost
from generator.importers.header import Column, Header
from generator.importers.names import form_of, named, post_of
from generator.importers.spaces import alike, line
from generator.importers.table import Row
from generator.importers.taking import TAKERS, taken

LISTS = frozenset(("phones", "emails", "sites", "pages", "topics", "audiences", "needs", "offers", "source", "aliases"))
"""Columns of which a table may have several, all of them carried over."""
NAMES = ("title", "legal_name")


class Note(NamedTuple):
    """What is said of one cell in the report."""

    row: int
    heading: str
    part: str
    """What of the cell is meant; empty where the reason tells, or must not."""
    reason: str
    field: str
    sheet: str = ""


class Entry(NamedTuple):
    """What a row says of one organisation, cleaned and not yet held against the model."""

    row: int
    fields: Mapping[str, Any]
    """Values as files have them, by the names of columns; only those the row speaks of."""
    headings: Mapping[str, str]
    """The column that each came from."""
    lost: tuple[Note, ...]
    doubts: tuple[Note, ...]
    guessed: frozenset[str] = frozenset()
    """Fields that a new record needs and the row does not speak of: worked out from the others."""
    has_full_name: bool = False
    """Whether the row has a name in the column for full ones."""
    reason: str = ""
    """Why the row gives no organisation."""

    @property
    def title(self) -> str:
        """The short name."""
        return str(self.fields.get("title", ""))

    def without(self, field: str, reason: str, part: str = "") -> Entry:
        """Return the entry less one field, which is then told of."""
        fields = {name: value for name, value in self.fields.items() if name != field}
        note = Note(self.row, self.headings.get(field, field), part, reason, field)
        return self._replace(fields=fields, lost=(*self.lost, note))


def entry_of(row: Row, header: Header, around: Around) -> Entry:
    """Return what a row says."""
    ids = (taken(TAKERS["id"], "id", row.at(column.number), around) for column in header.of("id"))
    around = around._replace(is_ours=any(found.values for found in ids))
    reading = _Reading(row, around)
    for field in TAKERS:
        for column in header.of(field):
            reading.take(field, column)
    reading.settle_names()
    reading.settle_head()
    return reading.entry()


class _Reading:
    """A row, column by column."""

    def __init__(self, row: Row, around: Around) -> None:
        self.row, self.around = row, around
        self.fields: dict[str, Any] = {}
        self.headings: dict[str, str] = {}
        self.lost: list[Note] = []
        self.doubts: list[Note] = []
        self.guessed: set[str] = set()
        self.has_full_name = False

    def take(self, field: str, column: Column) -> None:
        """Take one cell."""
        found = taken(TAKERS[field], field, self.row.at(column.number), self.around)
        self.lost += (self._note(column.heading, each, field) for each in found.lost)
        self.doubts += (self._note(column.heading, each, field) for each in found.doubts)
        for name, value in found.values.items():
            if name not in self.fields:
                self.fields[name] = value
                self.headings[name] = column.heading
            elif name in LISTS:
                self.fields[name] = [*self.fields[name], *(each for each in value if each not in self.fields[name])]
            elif alike(str(value)) != alike(str(self.fields[name])):
                reason = f"не перенесено: взят столбец «{self.headings[name]}»"
                self.lost.append(self._note(column.heading, Lost(str(value), reason), ""))

    def settle_names(self) -> None:
        """Make the two names out of the columns there are, and the legal form out of them."""
        short, full = (str(self.fields.pop(name, "")) for name in NAMES)
        if not short and not full:
            return
        self.has_full_name = bool(full)
        found = named(short, full, self.around)
        self.fields |= {"title": found.title, "legal_name": found.legal_name}
        spoken = self.headings.get("title") or self.headings["legal_name"]
        self.guessed |= {name for name in NAMES if name not in self.headings}
        if short and not full and found.title != found.legal_name:
            # The one column has the full name in it: it is that which the table speaks of.
            self.guessed = (self.guessed - {"legal_name"}) | {"title"}
        for name in NAMES:
            self.headings.setdefault(name, spoken)
        self.doubts += (self._note(spoken, each, "title") for each in found.doubts)
        if "form" not in self.fields:
            self.fields["form"] = form_of(found.legal_name, self.around.vocabulary) or "other"
            self.guessed.add("form")
            if self.fields["form"] == "other":
                other = self.around.vocabulary.words["form"]["other"]
                reason = f"форма не указана и из названия не видна; записано «{other}»"
                self.doubts.append(self._note(spoken, Lost("", reason), "form"))

    def settle_head(self) -> None:
        """Part the head's name from the post, wherever they stand."""
        vocabulary = self.around.vocabulary
        written, name = str(self.fields.pop("head_role", "")), str(self.fields.pop("head_name", ""))
        role, named_in_role = post_of(written, vocabulary, is_post=True) if written else ("", "")
        role_by_name, person = post_of(name, vocabulary, is_post=False) if name else ("", "")
        heading = self.headings.get("head_name", "")
        by_heading = heading if vocabulary.role.fullmatch(alike(heading)) else ""
        role = role or role_by_name or (by_heading.lower() if person else "")
        person = person or named_in_role
        if role:
            self.fields["head_role"] = role
            self.headings.setdefault("head_role", heading)
        if person:
            self.fields["head_name"] = person
            self.headings.setdefault("head_name", self.headings.get("head_role", ""))

    def entry(self) -> Entry:
        """Return everything taken."""
        reason = ""
        totals = map(alike, self.around.vocabulary.texts["totals"])
        if not any(letter.isalpha() for letter in self.fields.get("title", "")):
            reason = "нет названия организации"
        elif alike(self.fields["title"]).rstrip(":") in totals:
            reason = "это итог, а не организация"
        if reason:
            cells = "; ".join(f"«{line(text)}»" for text in self.row.texts if text.strip())
            reason = f"{reason}: {cells}"
        return Entry(
            self.row.number,
            dict(self.fields),
            dict(self.headings),
            tuple(self.lost),
            tuple(self.doubts),
            frozenset(self.guessed),
            self.has_full_name,
            reason,
        )

    def _note(self, heading: str, found: Lost, field: str) -> Note:
        return Note(self.row.number, heading, found.part, found.reason, field)

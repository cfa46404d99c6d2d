"""Find the row of a table that names its columns, and the field that each column means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.importers.spaces import line
from generator.importers.table import Row, Sheet
from generator.importers.vocabulary import Place, heading_key

DEEPEST = 40
"""Rows at the top of a sheet among which its head is looked for."""


class Column(NamedTuple):
    """One column of a table."""

    number: int
    """Counted from 0."""
    heading: str
    place: Place | None
    """The field it means, if any."""


class Header(NamedTuple):
    """The head of a sheet."""

    sheet: Sheet
    first: int
    """The number of its row; the first of two."""
    last: int
    columns: tuple[Column, ...]

    @property
    def known(self) -> list[Column]:
        """The columns that mean a field."""
        return [column for column in self.columns if column.place]

    def of(self, field: str) -> list[Column]:
        """Return the columns that mean one field, the most believed first."""
        found = [column for column in self.columns if column.place and column.place.field == field]
        return sorted(found, key=lambda column: (column.place.rank if column.place else 0, column.number))


def find_header(
    sheets: Sequence[Sheet], known: Mapping[str, Place], needed: Sequence[tuple[str, ...]]
) -> Header | None:
    """Return the head with most known columns, one of each needed group among them, or None."""
    best: Header | None = None
    for sheet in sheets:
        for header in _candidates(sheet, known):
            fields = {column.place.field for column in header.known if column.place}
            if all(fields & {*group} for group in needed) and (best is None or len(header.known) > len(best.known)):
                best = header
    return best


def _candidates(sheet: Sheet, known: Mapping[str, Place]) -> Iterator[Header]:
    """Yield each row at the top as a head, and each two rows: groups of columns have names of their own above."""
    width = max((len(row.texts) for row in sheet.rows), default=0)
    top = sheet.rows[:DEEPEST]
    for row in top:
        yield Header(sheet, row.number, row.number, _columns(row, row, width, known))
    for upper, lower in pairwise(top):
        if lower.number == upper.number + 1:
            yield Header(sheet, upper.number, lower.number, _columns(lower, upper, width, known))


def _columns(row: Row, above: Row, width: int, known: Mapping[str, Place]) -> tuple[Column, ...]:
    headings = [line(row.at(index)) or line(above.at(index)) for index in range(width)]
    return tuple(Column(index, heading, _place(heading, known)) for index, heading in enumerate(headings))


def _place(heading: str, known: Mapping[str, Place]) -> Place | None:
    """Return the field that a heading means: as it stands, or without what is said in brackets."""
    bare = re.sub(r"\([^)]*\)", " ", heading)
    return known.get(heading_key(heading)) or known.get(heading_key(bare))


def body(header: Header, key: Sequence[Column]) -> list[Row]:
    """Return the rows below a head: merged cells filled down, rows that share a merged key made one."""
    rows = {row.number: list(row.texts) for row in header.sheet.rows if row.number > header.last}
    continued: set[int] = set()
    last = max(rows, default=0)
    for merge in header.sheet.merges:
        first = rows.get(merge.top)
        if first is None or merge.bottom == merge.top or merge.left >= len(first):
            continue
        for number in range(merge.top + 1, min(merge.bottom, last) + 1):
            if number not in rows:
                continue
            texts = rows[number]
            texts += [""] * (merge.left + 1 - len(texts))
            texts[merge.left] = first[merge.left]
            if any(merge.left <= column.number <= merge.right for column in key):
                continued.add(number)
    joined: list[Row] = []
    for number, texts in sorted(rows.items()):
        if number in continued and joined:
            joined[-1] = Row(joined[-1].number, _joined(joined[-1].texts, texts))
        else:
            joined.append(Row(number, tuple(texts)))
    return joined


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Return the cells of two rows as those of one, a line for each that differs."""
    width = max(len(upper), len(lower))
    pairs = ((row[index] if index < len(row) else "" for row in (upper, lower)) for index in range(width))
    found = []
    for one, other in pairs:
        is_new = other.strip() and line(other) not in map(line, one.split("\n"))
        found.append(f"{one}\n{other}".strip("\n") if is_new else one)
    return tuple(found)


def is_heading_of_rows(row: Row, header: Header) -> bool:
    """Whether a row is a title over the rows below it, merged across the table, or one that counts the columns."""
    filled = [text.strip() for text in row.texts if text.strip()]
    counts = [str(number) for number in range(1, len(filled) + 1)]
    if len(filled) > 1 and filled == counts:
        return True
    wide = (merge for merge in header.sheet.merges if merge.top <= row.number <= merge.bottom)
    return len(filled) == 1 and any(merge.right > merge.left for merge in wide)

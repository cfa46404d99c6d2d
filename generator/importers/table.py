"""A table as it is read, whatever file it lay in: sheets of rows of text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from generator.problems import ContentError, Problem

LARGEST = 20_000_000
"""Bytes of a file; a town's directory takes a hundredth of that."""
MOST_ROWS = 50_000
BROKEN_FORMULAS = frozenset(
    (
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#Н/Д",
        "#ССЫЛКА!",
        "#ЗНАЧ!",
        "#ДЕЛ/0!",
        "#ИМЯ?",
    )
)
"""What a spreadsheet program writes where a formula gave nothing."""
UNCOMPUTED = "#НЕТ!"
"""Stands where a formula's value was never worked out."""


class Row(NamedTuple):
    """A row that holds something."""

    number: int
    """As the spreadsheet program counts it."""
    texts: tuple[str, ...]
    """Its cells from the first column on; none where the rest is empty."""

    def at(self, column: int) -> str:
        """Return the text of a cell, counted from 0."""
        return self.texts[column] if column < len(self.texts) else ""


class Merge(NamedTuple):
    """Cells put together: rows as the program counts them, columns from 0, the last included."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(NamedTuple):
    """One sheet of a workbook, or one way to read a file of separated values."""

    name: str
    """Empty where a file has but one sheet."""
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()


def refused(path: Path, message: str, row: int = 1) -> ContentError:
    """Return the error of a table that cannot be read."""
    return ContentError([Problem(path.name, row, "", message)])


def contents(path: Path) -> bytes:
    """Return the bytes of a table's file, or refuse one that is empty or too large."""
    size = path.stat().st_size
    if size > LARGEST:
        raise refused(path, f"файл больше {LARGEST // 1_000_000} МБ; оставьте в таблице только список организаций")
    if not size:
        raise refused(path, "файл пустой; сохраните таблицу ещё раз")
    return path.read_bytes()


def bounded(path: Path, rows: Sequence[Row]) -> None:
    """Refuse a table of too many rows."""
    if len(rows) > MOST_ROWS:
        raise refused(path, f"строк больше {MOST_ROWS}; разделите таблицу на части")

"""A workbook of Excel: tables whose numbers of registers stay text and whose days are days."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from generator.opendata.files import FORMULA, Cell, day_cell

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CODES = ("id", "ngo", "inn", "kpp", "ogrn", "phones", "head_phone")
"""Columns that stay text when somebody edits them: a number would lose its plus and its leading noughts."""
LONGEST = 32_767
"""Signs that a cell can hold."""
UNWRAPPED = "text"
"""The column of long texts, which would make rows as high as the screen."""
NARROWEST, WIDEST = 10, 60
"""Widths of columns, in signs."""
FIRST_SURE_DAY = date(1900, 3, 1)
"""Until when the program counts days wrong: it takes 1900 for a leap year."""
MADE = datetime(1980, 1, 1)  # noqa: DTZ001  # a workbook's properties have no zone
"""No hour of writing gets into the file: the same tables are the same bytes."""
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that XML 1.0 does not take."""


class Table(NamedTuple):
    """A sheet to be made."""

    title: str
    columns: Mapping[str, str]
    """The head's words by the names that the rows have for them."""
    rows: Sequence[Mapping[str, Cell]]


class Formats(NamedTuple):
    """How cells look."""

    head: Format
    plain: Format
    text: Format
    day: Format
    lines: Format


def workbook(tables: Sequence[Table]) -> bytes:
    """Return a workbook of some tables, the same bytes for the same tables."""
    from xlsxwriter import Workbook

    written = io.BytesIO()
    with Workbook(written, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}) as made:
        made.set_properties({"created": MADE})
        top = {"valign": "top"}
        formats = Formats(
            made.add_format({"bold": True, "text_wrap": True, **top}),
            made.add_format(top),
            made.add_format({"num_format": "@", **top}),
            made.add_format({"num_format": r"dd\.mm\.yyyy", "align": "left", **top}),
            made.add_format({"text_wrap": True, **top}),
        )
        for table in tables:
            _fill(made.add_worksheet(table.title), table, formats)
    return written.getvalue()


def _fill(sheet: Worksheet, table: Table, formats: Formats) -> None:
    for column, (name, word) in enumerate(table.columns.items()):
        sheet.set_column(column, column, _width(word, (row[name] for row in table.rows)))
        sheet.write_string(0, column, word, formats.head)
    for number, row in enumerate(table.rows, start=1):
        for column, name in enumerate(table.columns):
            _write(sheet, number, column, name, row[name], formats)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write(sheet: Worksheet, row: int, column: int, name: str, cell: Cell, formats: Formats) -> None:
    """Put a value into its cell; nothing into that of one that says nothing."""
    if isinstance(cell, int):
        sheet.write_number(row, column, cell, formats.plain)
        return
    if isinstance(cell, date):
        if cell >= FIRST_SURE_DAY:
            sheet.write_datetime(row, column, cell, formats.day)
            return
        cell = day_cell(cell)
    text = FORBIDDEN.sub("", cell or "")
    # A text cut short would come back as the whole one; a cell without it says nothing.
    if 0 < len(text) <= LONGEST:
        sheet.write_string(row, column, text, _format(name, text, formats))


def _format(name: str, text: str, formats: Formats) -> Format:
    if name == UNWRAPPED:
        return formats.plain
    if name in CODES or text.startswith(FORMULA):
        return formats.text
    return formats.lines if "\n" in text else formats.plain


def _width(head: str, cells: Iterable[Cell]) -> int:
    longest = max((len(line) for cell in cells if isinstance(cell, str) for line in cell.split("\n")), default=0)
    return min(WIDEST, max(len(head), longest, NARROWEST) + 2)

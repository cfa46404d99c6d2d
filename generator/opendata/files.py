"""How the files of open data are written: JSON, and tables that Russian spreadsheet programs open."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from generator.artifacts import Artifact

Cell = str | int | date | None
"""What stands in a cell of a table."""
ENCODER = json.JSONEncoder(ensure_ascii=False, default=date.isoformat)
"""Without an indent the encoder is C: a region's organisations in a tenth of the time."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet program."""


def json_file(path: str, head: Mapping[str, Any], name: str, told: Iterable[Mapping[str, Any]]) -> Artifact:
    """Return a JSON object as a file: what it says of itself, then everything it tells, a line each."""
    start = ENCODER.encode(head).removesuffix("}")
    lines = ",\n".join(map(ENCODER.encode, told))
    return Artifact(path, f'{start}, "{name}": [\n{lines}\n]}}\n'.encode())


def csv_file(path: str, columns: Mapping[str, str], rows: Iterable[Mapping[str, Cell]]) -> Artifact:
    """Return a table: semicolons, since with a Russian locale a comma parts a number, and a mark of UTF-8."""
    text = io.StringIO()
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerow(columns.values())
    for row in rows:
        table.writerow([_guarded(row[name]) for name in columns])
    return Artifact(path, text.getvalue().encode("utf-8-sig"))


def day_cell(day: date) -> str:
    """Return a day as spreadsheet programs here read one."""
    return f"{day:%d.%m.%Y}"


def _guarded(cell: Cell) -> str | int | None:
    """Return a cell that no spreadsheet program takes for a formula."""
    if isinstance(cell, date):
        return day_cell(cell)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell

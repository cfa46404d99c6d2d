"""Read a file of separated values: in whatever encoding it is, by each separator that may be meant."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from generator.importers.table import Row, Sheet, bounded, contents, refused
from generator.problems import ContentError

SEPARATORS = (";", ",", "\t")
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_GUARD = re.compile(r"'(?=[=+\-@\t\r])")
"""An apostrophe that keeps a spreadsheet program from taking a cell for a formula, as our own tables have it."""
_END = "\ue000"
"""A row of our own below the last: a quote that is never closed swallows it."""


def separated_sheets(path: Path) -> tuple[Sheet, ...]:
    """Return the file read by each separator; which one is meant, its head will tell."""
    raw = contents(path)
    if raw.startswith(_BINARY):
        raise refused(path, "это не текст с разделителями; назовите вид файла верно или сохраните таблицу как .csv")
    text = _decoded(path, raw)
    found: list[Sheet] = []
    refusals: list[ContentError] = []
    for separator in SEPARATORS:
        try:
            found.append(Sheet("", _rows(path, text, separator)))
        except ContentError as error:
            refusals.append(error)
    if not found:
        raise refusals[0]
    return tuple(found)


def _decoded(path: Path, raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        names = ["utf-16"]
    elif b"\x00" in raw[:1000]:
        # UTF-16 without its mark: every sign below U+0100 has a zero byte on one side.
        names = ["utf-16-le" if raw[1:1000:2].count(0) > raw[:1000:2].count(0) else "utf-16-be"]
    else:
        names = ["utf-8-sig", "cp1251"]
    for name in names:
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    raise refused(path, "не понять, в какой кодировке файл; сохраните таблицу как .xlsx или .csv в UTF-8")


def _rows(path: Path, text: str, separator: str) -> tuple[Row, ...]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    table = csv.reader(io.StringIO(f"{lines}\n{_END}\n", newline=""), delimiter=separator)
    rows: list[Row] = []
    number = 0
    try:
        for number, cells in enumerate(table, start=1):
            if cells == [_END]:
                return tuple(rows)
            texts = tuple(_GUARD.sub("", cell, count=1) if _GUARD.match(cell) else cell for cell in cells)
            if any(cell.strip() for cell in texts):
                rows.append(Row(number, texts))
                bounded(path, rows)
    except csv.Error:
        number += 1
    raise refused(path, "кавычка открыта и не закрыта: закройте её или сохраните таблицу как .xlsx", number)

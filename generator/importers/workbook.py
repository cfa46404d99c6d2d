"""Read a workbook of Excel: values and not formulas, within bounds, and never past a broken file in silence."""

from __future__ import annotations

import io
import re
import warnings
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from generator.importers.table import LARGEST, UNCOMPUTED, Merge, Row, Sheet, bounded, contents, refused

LARGEST_UNPACKED = 15 * LARGEST
"""Bytes of a workbook's parts; a file that unpacks to more was made to fill the memory."""
LAST_ROW = 1_048_576
"""ECMA-376: a sheet has no more."""
SURE_DIGITS = 1e15
"""A greater number has lost its last digits in the file already."""
BROKEN = (
    *(ArithmeticError, AttributeError, AssertionError, BadZipFile, EOFError, LookupError, NotImplementedError),
    *(RuntimeError, SyntaxError, TypeError, ValueError, zlib.error),
)
"""What openpyxl raises on a file that is not what it says: it checks nothing itself."""
_OLD = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+\d+:[A-Z]+\d+)"')
_UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def workbook_sheets(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook that hold something."""
    raw = contents(path)
    _check_kind(path, raw)
    try:
        with warnings.catch_warnings():
            # openpyxl tells of looks that it leaves out; here only values count.
            warnings.simplefilter("ignore")
            return tuple(_sheets(path, raw))
    except BROKEN:
        raise refused(path, "книга повреждена: откройте её в программе таблиц и сохраните заново как .xlsx") from None


def _check_kind(path: Path, raw: bytes) -> None:
    save = "откройте его в программе таблиц и сохраните как .xlsx"
    if raw.startswith(_OLD):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise refused(path, f"книга закрыта паролем; {save} без пароля")
        raise refused(path, f"это файл старого вида .xls; {save}")
    try:
        with ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except BROKEN:
        raise refused(path, f"это не книга .xlsx; {save}") from None
    if any(part.flag_bits & 1 for part in parts):
        raise refused(path, f"книга закрыта паролем; {save} без пароля")
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise refused(
            path, f"в распакованном виде книга больше {LARGEST_UNPACKED // 1_000_000} МБ; оставьте в ней список"
        )
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise refused(path, f"это архив, но не книга .xlsx; {save}")


def _sheets(path: Path, raw: bytes) -> Iterator[Sheet]:
    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    with ZipFile(io.BytesIO(raw)) as archive:
        places = _places(archive)
        for sheet in book.worksheets:
            # Programs write wrong dimensions, and then openpyxl reads no further.
            sheet.reset_dimensions()
            xml = archive.read(places[sheet.title]) if sheet.title in places else b""
            uncomputed = {coordinate_to_tuple(match.decode()) for match in _UNCOMPUTED.findall(xml)}
            rows: list[Row] = []
            for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                texts = [_text(value) for value in values]
                if uncomputed:
                    texts = [UNCOMPUTED if (number, n) in uncomputed else text for n, text in enumerate(texts, start=1)]
                if any(text.strip() for text in texts):
                    rows.append(Row(number, tuple(texts)))
                    bounded(path, rows)
                if number > LAST_ROW:
                    raise ValueError(number)
            merges = (range_boundaries(match.decode()) for match in _MERGED.findall(xml))
            if rows:
                yield Sheet(
                    sheet.title,
                    tuple(rows),
                    tuple(
                        Merge(top or 1, (left or 1) - 1, bottom or 1, (right or 1) - 1)
                        for left, top, right, bottom in merges
                    ),
                )
    book.close()


def _places(archive: ZipFile) -> dict[str, str]:
    """Return where the parts of the sheets lie in the archive, by the sheets' names."""
    if "xl/workbook.xml" not in archive.namelist():
        return {}
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    named = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter()
    found = {
        each.get("name", ""): targets.get(each.get(_RELATION), "") for each in named if each.tag.endswith("}sheet")
    }
    places = {name: target.lstrip("/") for name, target in found.items()}
    every = set(archive.namelist())
    return {
        name: full
        for name, target in places.items()
        if (full := target if target.startswith("xl/") else f"xl/{target}") in every
    }


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == datetime.min.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < SURE_DIGITS else f"{value:.15g}"
    # ECMA-376, 22.9.2.19: a carriage return in a text is written in numbers.
    return str(value).replace("_x000D_", "")

"""Bring a table of organisations into the directory: read, plan, tell, write, check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, TextIO

from generator.catalog import Examined
from generator.importers.carrying import Carried, carry_out
from generator.importers.cells import Around
from generator.importers.header import Header, body, find_header, is_heading_of_rows
from generator.importers.plan import Plan, Refused, changed, plan_of
from generator.importers.report import Told, report
from generator.importers.rows import NAMES, entry_of
from generator.importers.separated import separated_sheets
from generator.importers.services import with_services
from generator.importers.shelf import shelf_of
from generator.importers.spaces import line
from generator.importers.table import Sheet, refused
from generator.importers.vocabulary import Vocabulary
from generator.importers.workbook import workbook_sheets
from generator.problems import Problem
from generator.settings import load_settings
from generator.templating import Templating

ENDINGS = {"xlsx": (".xlsx", ".xlsm"), "csv": (".csv", ".tsv", ".txt")}
"""What the names of each form's files end with."""
READERS = {"xlsx": workbook_sheets, "csv": separated_sheets}
SHOWN_HEADINGS = 8
"""Cells of a table without a head that are repeated."""


class UnfitTableError(Exception):
    """There is no such file, or it is not of the form that was named."""


class Order(NamedTuple):
    """What to bring, and how."""

    form: str
    """`xlsx` or `csv`."""
    file: Path
    updates: bool = False
    """Whether to change records that are there already."""
    only_shown: bool = False
    """Whether to tell what would be done, and do nothing."""


def bring(project: Path, today: date, order: Order, out: TextIO) -> tuple[Problem, ...]:
    """Carry a table over into the directory and tell of it; return what the check finds that it did not find before."""
    _check_file(order)
    settings = load_settings(project)
    vocabulary = Vocabulary(Templating(project, settings, today))

    def planned(before: Examined) -> Carried:
        topics = {slug: topic.title for slug, topic in before.catalog.topics.items()}
        told = _told(project, order, Around(vocabulary, topics, settings.extra.place, today))
        files, was = _files(told.plan, updates=order.updates)
        return Carried(report(told, vocabulary), files, was, vocabulary.say, order.only_shown)

    return carry_out(project, today, out, planned)


def _check_file(order: Order) -> None:
    if not order.file.is_file():
        raise UnfitTableError(f"нет файла {order.file}")
    ending = order.file.suffix.lower()
    if ending not in ENDINGS[order.form]:
        like = next((form for form, endings in ENDINGS.items() if ending in endings), None)
        right = f"proekt import {like} {order.file}" if like else "сохраните таблицу как .xlsx или .csv"
        raise UnfitTableError(f"{order.file.name} — не {order.form}; {right}")


def _told(project: Path, order: Order, around: Around) -> Told:
    """Return everything that the report is about: the plan, and what is left out of it."""
    sheets = READERS[order.form](order.file)
    header, services = _headers(sheets, around.vocabulary)
    if header is None:
        raise refused(order.file, _headless(sheets))
    used = [each.sheet for each in (header, services) if each]
    others = [sheet for sheet in sheets if sheet not in used] if order.form == "xlsx" else []
    key = header.of("legal_name") + header.of("title")
    rows = body(header, key)
    skipped = [row for row in rows if is_heading_of_rows(row, header)]
    entries = [entry_of(row, header, around) for row in rows if row not in skipped]
    served = with_services(entries, services, around) if services else None
    source = "" if header.of("source") else str(around.vocabulary.texts["source"]).format(name=order.file.name)
    plan = plan_of(served.entries if served else entries, shelf_of(project), around.vocabulary, source)
    return Told(
        order.file.name,
        header,
        services,
        tuple(others),
        plan,
        served.lost if served else (),
        tuple(Refused(row.number, _skipped(row.texts)) for row in skipped),
        order.updates,
    )


def _headers(sheets: Sequence[Sheet], vocabulary: Vocabulary) -> tuple[Header | None, Header | None]:
    """Return the head of the organisations' sheet and that of the services' one, which names organisations too."""
    # The readings of separated values have no names, and no services beside them.
    services = find_header([each for each in sheets if each.name], vocabulary.service_columns, [("ngo",), ("title",)])
    rest = [sheet for sheet in sheets if services is None or sheet is not services.sheet]
    if header := find_header(rest, vocabulary.columns, [NAMES]):
        return header, services
    return find_header(sheets, vocabulary.columns, [NAMES]), None


def _skipped(texts: tuple[str, ...]) -> str:
    return "подзаголовок или номера столбцов: " + "; ".join(f"«{line(text)}»" for text in texts if text.strip())


def _headless(sheets: Sequence[Sheet]) -> str:
    need = "нет строки с названиями столбцов, среди которых есть «Название» или «Полное название»"
    first = next((row for sheet in sheets for row in sheet.rows), None)
    if first is None:
        return "таблица пустая"
    cells = ", ".join(f"«{line(text)}»" for text in first.texts[:SHOWN_HEADINGS] if text.strip())
    return f"{need}; первая строка: {cells}"


def _files(plan: Plan, *, updates: bool) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the files to write, and what those to be changed hold now."""
    known = changed(plan) if updates else []
    files = {new.path: new.text.encode() for new in plan.new}
    files |= {each.held.source.path: each.becomes for each in known}
    return files, {each.held.source.path: each.held.raw for each in known}

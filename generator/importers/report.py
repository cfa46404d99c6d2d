"""What an import tells its editor: the plan, each difference, and everything that was not carried over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from generator.fields.base import nearest, shown
from generator.importers.differences import wish_line
from generator.importers.header import Column, Header
from generator.importers.plan import Plan, Refused, changed, doubts, lost
from generator.importers.rows import Note
from generator.importers.spaces import line
from generator.importers.table import Sheet
from generator.importers.vocabulary import Vocabulary, heading_key

SHOWN_CELLS = 4
"""Cells of a row above the head that are repeated."""


class Told(NamedTuple):
    """What a report is about."""

    name: str
    """The table's file."""
    header: Header
    services: Header | None
    sheets: tuple[Sheet, ...]
    """Sheets of which nothing is carried over."""
    plan: Plan
    lost: tuple[Note, ...]
    """Cells besides those of the plan's rows."""
    refused: tuple[Refused, ...]
    """Rows besides the plan's."""
    updates: bool
    """Whether records that are there already are to be changed."""


def report(told: Told, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the lines of the report, the plan first."""
    say, plan = vocabulary.say, told.plan
    differing = changed(plan)
    same = [known for known in plan.known if not known.differences]
    cells = sorted((*lost(plan, updates=told.updates), *told.lost), key=_place_of)
    doubtful = sorted(doubts(plan, updates=told.updates), key=_place_of)
    rows = sorted((*plan.refused, *told.refused))
    sheet = say("sheet", sheet=told.header.sheet.name) if told.header.sheet.name else ""
    count = len(plan.new) + len(plan.known) + len(plan.refused)
    yield say("table", name=told.name, sheet=sheet, line=told.header.last, count=count)
    counts = {"unchanged": len(same), "rows": len(rows), "cells": len(cells)}
    yield say("plan", new=len(plan.new), changed=len(differing) if told.updates else 0, **counts)
    if differing and not told.updates:
        yield say("waiting", count=len(differing))
    yield from _group(say("columns"), _left_out(told, vocabulary))
    new = (say("new_line", row=new.entry.row, path=new.path, title=new.entry.title) for new in plan.new)
    yield from _group(say("new"), new)
    yield from _group(say("changes" if told.updates else "differ"), _differences(plan, vocabulary))
    kept = (say("same_line", row=known.entry.row, path=known.held.source.path) for known in same)
    yield from _group(say("same"), kept)
    refused = (say("row", place=_place(row.sheet, vocabulary), row=row.row, reason=row.reason) for row in rows)
    yield from _group(say("rows"), refused)
    yield from _group(say("cells"), (_cell(note, vocabulary) for note in cells))
    yield from _group(say("doubts"), (_cell(note, vocabulary) for note in doubtful))


def _group(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = [f"  {each}" for each in lines]
    if found:
        yield from ("", title, *found)


def _differences(plan: Plan, vocabulary: Vocabulary) -> Iterator[str]:
    for known in changed(plan):
        title = known.held.record.title
        yield vocabulary.say("change_line", row=known.entry.row, path=known.held.source.path, title=title)
        for each in known.differences:
            was, becomes = (_value(value, vocabulary) for value in (each.was, each.becomes))
            yield vocabulary.say("difference", heading=each.heading, was=was, becomes=becomes)


def _value(value: Any, vocabulary: Vocabulary) -> str:
    """Return a value of a record as one line."""
    if value in (None, "", []):
        return vocabulary.say("empty")
    entries = value if isinstance(value, list) else [value]
    return "; ".join(_entry(entry, vocabulary) for entry in entries)


def _entry(entry: Any, vocabulary: Vocabulary) -> str:
    if isinstance(entry, dict):
        if "note" in entry and "title" not in entry:
            return f"«{wish_line({'what': 'other'} | entry, vocabulary)}»"
        parts = (part if isinstance(part, list) else [part] for part in entry.values())
        return f"«{', '.join(line(str(each)) for part in parts for each in part)}»"
    return f"«{line(str(entry))}»"


def _cell(note: Note, vocabulary: Vocabulary) -> str:
    part = f"{shown(note.part)}: " if note.part else ""
    place = _place(note.sheet, vocabulary)
    return vocabulary.say("cell", place=place, row=note.row, heading=note.heading, part=part, reason=note.reason)


def _place_of(note: Note) -> tuple[str, int]:
    return note.sheet, note.row


def _place(sheet: str, vocabulary: Vocabulary) -> str:
    return vocabulary.say("place", sheet=sheet) if sheet else ""


def _left_out(told: Told, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the columns, sheets and rows of which nothing is carried over."""
    for header, known in ((told.header, vocabulary.columns), (told.services, vocabulary.service_columns)):
        if header is None:
            continue
        where = "" if header is told.header else f" ({_place(header.sheet.name, vocabulary).strip(', ')})"
        titles = {heading_key(title): title for title in _titles(vocabulary, header is told.header)}
        for column in header.columns:
            count = sum(bool(row.at(column.number).strip()) for row in header.sheet.rows if row.number > header.last)
            if column.place is None and column.heading:
                like = nearest(column.heading, [titles[key] for key in known if key in titles])
                yield vocabulary.say("column", heading=column.heading, where=where, nearest=like, count=count)
            elif column.place is None and count:
                yield vocabulary.say("unnamed", letter=_letter(column), where=where, count=count)
        for row in header.sheet.rows:
            if row.number < header.first:
                cells = [line(text) for text in row.texts if text.strip()]
                yield vocabulary.say("above", row=row.number, where=where, cells="; ".join(cells[:SHOWN_CELLS]))
    for sheet in told.sheets:
        yield vocabulary.say("other_sheet", sheet=sheet.name, count=len(sheet.rows))


def _titles(vocabulary: Vocabulary, is_main: bool) -> list[str]:
    group = "columns" if is_main else "service_columns"
    own = vocabulary.words["ngo_columns" if is_main else "service_columns"]
    return [*own.values(), *(title for titles in vocabulary.texts[group].values() for title in titles)]


def _letter(column: Column) -> str:
    """Return a column's name in the spreadsheet program: A, …, Z, AA."""
    name, number = "", column.number + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name

"""Skeletons of records that an editor program inserts: the required fields, each to be filled in with the Tab key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from pydantic import BaseModel

from generator.records import KINDS
from generator.schema.values import title_of
from generator.shapes import OTHERS, Shape, filled_by_day, shapes

TODAY = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
INDENT = "  "


def snippets(titles: dict[str, str]) -> dict[str, Any]:
    """Return a snippet of Visual Studio Code for each kind of record, called by the kind's word."""
    found = {}
    for name, kind in KINDS.items():
        numbers = count(1)
        fields = list(_lines(kind, numbers))
        body = fields if kind.suffix == ".yml" else ["---", *fields, "---", "", "$0"]
        scope = "yaml" if kind.suffix == ".yml" else "markdown"
        found[titles[name]] = {"prefix": name, "scope": scope, "body": body, "description": f"{kind.folder}/"}
    return found


def _lines(model: type[BaseModel], numbers: Iterator[int]) -> Iterator[str]:
    """Yield the lines of a model's required fields; where none is, of its first."""
    known = shapes(model)
    for shape in [shape for shape in known if shape.required] or known[:1]:
        if shape.is_table:
            yield f"{shape.name}:"
            yield f"{INDENT}{OTHERS}: {_place(numbers, 'yes,no,partner', '|')}"
        elif shape.part and shape.several:
            yield f"{shape.name}:"
            first, *others = _lines(shape.part, numbers)
            yield f"{INDENT}- {first}"
            yield from (f"{INDENT * 2}{line}" for line in others)
        elif shape.part:
            yield f"{shape.name}:"
            yield from (f"{INDENT}{line}" for line in _lines(shape.part, numbers))
        else:
            value = _value(shape, numbers)
            yield f"{shape.name}: {f'[{value}]' if shape.several else value}"


def _value(shape: Shape, numbers: Iterator[int]) -> str:
    if filled_by_day(shape):
        return TODAY
    choices = shape.choices or (("yes", "no") if shape.type is bool else ())
    if choices:
        return _place(numbers, ",".join(choices), "|")
    # A snippet's own signs have no other meaning in words: Visual Studio Code, Snippet syntax.
    return _place(numbers, re.sub(r"([$}\\])", r"\\\1", title_of(shape)), ":")


def _place(numbers: Iterator[int], words: str, sign: str) -> str:
    end = sign if sign == "|" else ""
    return f"${{{next(numbers)}{sign}{words}{end}}}"

"""Write a record as people write it: the model's order, quotes only where needed, short lists in a row."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.fields.eligibility import Answer
from generator.fields.moment import Moment
from generator.records.record import Record
from generator.shapes import Shape, shapes, table_keys
from generator.source import Loc

WIDTH = 110
"""A list or a group of fields in a row is not longer, with its indent."""

# YAML 1.2, 5.3 and 7.3.3: what a plain scalar may neither begin with nor hold.
_RESERVED = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`=]|\.\.\.|<<")
_INSIDE = re.compile(r":(\s|$)|\s#|^\s|\s$")
_IN_FLOW = re.compile(r"[,\[\]{}]|:(?!//)")
_NOTHING = re.compile(r"~|null|Null|NULL")
# YAML 1.1 and 1.2 programs read these as something else than text; ours does not.
_AMBIGUOUS = re.compile(
    r"y|n|yes|no|on|off|true|false|[-+]?\.?\d[\d_,.:eE+-]*|[-+]?0[xob][\da-f_]+|[-+]?\.(inf|nan)|\d{4}-\d\d?-\d\d?.*",
    re.IGNORECASE,
)
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class Layout(NamedTuple):
    """What stands in a file besides its values."""

    comments: Mapping[Loc, str] = {}
    """Remarks above fields; that of `()` opens the file."""
    body: str = ""
    """The text below the fields of a Markdown file."""


def whole_file(kind: type[Record], values: Mapping[str, Any], layout: Layout) -> str:
    """Return the text of a record's file."""
    fields = "\n".join(
        (*comment_lines(layout.comments.get((), "")), *_fields(values, _named(kind), (), layout.comments))
    )
    if kind.suffix == ".yml":
        return f"{fields}\n"
    return f"---\n{fields}\n---\n\n{layout.body.strip()}\n"


def comment_lines(text: str, indent: str = "") -> list[str]:
    """Return a remark as lines of comment."""
    return [
        f"{indent}# {line}"
        for paragraph in text.splitlines()
        for line in textwrap.wrap(paragraph, WIDTH - len(indent), break_long_words=False, break_on_hyphens=False)
    ]


def scalar(text: str, *, is_words: bool = True, in_row: bool = False) -> str:
    """Return one value as YAML, in quotes where it would be read as something else."""
    is_plain = not (
        text == ""
        or _RESERVED.match(text)
        or _INSIDE.search(text)
        or _UNPRINTABLE.search(text)
        or _NOTHING.fullmatch(text)
        or (is_words and _AMBIGUOUS.fullmatch(text))
        or (in_row and _IN_FLOW.search(text))
    )
    if is_plain:
        return text
    if ('"' in text or "\\" in text) and not _UNPRINTABLE.search(text):
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'


def _fields(
    values: Mapping[str, Any], known: Mapping[str, Shape], loc: Loc, comments: Mapping[Loc, str]
) -> Iterator[str]:
    """Yield the lines of nested fields, indented from nothing."""
    for name in _in_order(values, known):
        yield from comment_lines(comments.get((*loc, name), ""))
        yield from _field(name, values[name], known.get(name), ((*loc, name), comments))


def _field(name: str, value: Any, shape: Shape | None, place: tuple[Loc, Mapping[Loc, str]]) -> Iterator[str]:
    loc, comments = place
    is_words = shape is None or shape.is_words
    remarked = any(other[: len(loc)] == loc != other for other in comments)
    if isinstance(value, dict):
        row = _row(value, shape)
        if row is not None and not remarked and len(name) + len(row) + 2 * len(loc) < WIDTH:
            yield f"{name}: {row}"
        else:
            yield f"{name}:"
            yield from _indented(_fields(value, _inside(shape), loc, comments))
    elif isinstance(value, list):
        row = _list_row(value, is_words=is_words)
        if row is not None and not remarked and len(name) + len(row) + 2 * len(loc) < WIDTH:
            yield f"{name}: {row}"
            return
        yield f"{name}:"
        for index, entry in enumerate(value):
            yield from _indented(_entry(entry, shape, ((*loc, index), comments)))
    elif isinstance(value, str) and _is_block(value):
        yield f"{name}: {'|' if value.endswith(chr(10)) else '|-'}"
        yield from _indented(value.removesuffix("\n").split("\n"))
    else:
        yield f"{name}: {_one(value, is_words=is_words)}"


def _entry(entry: Any, shape: Shape | None, place: tuple[Loc, Mapping[Loc, str]]) -> Iterator[str]:
    """Yield the lines of a list's entry, the first behind a dash."""
    loc, comments = place
    if isinstance(entry, dict) and entry:
        yield from comment_lines(comments.get(loc, ""))
        # A remark above the first field stands above the dash.
        lines = [*_fields(entry, _inside(shape), loc, comments)]
        first = next(index for index, line in enumerate(lines) if not line.startswith("#"))
        yield from lines[:first]
        yield f"- {lines[first]}"
        yield from _indented(lines[first + 1 :])
    elif isinstance(entry, (dict, list)):
        # A list in a list stands in no record; whatever it is, the check will tell of it at its place.
        yield f"- {_row(entry, shape) if isinstance(entry, dict) else _list_row(entry, is_words=True) or '[]'}"
    else:
        yield f"- {_one(entry, is_words=shape is None or shape.is_words)}"


def _named(model: type[BaseModel]) -> dict[str, Shape]:
    return {shape.name: shape for shape in shapes(model)}


def _inside(shape: Shape | None) -> dict[str, Shape]:
    """Return the fields that may be nested in one; in a table of applicants, a line for each."""
    if shape is None:
        return {}
    if shape.is_table:
        return {who: Shape(who, "", False, Answer, False, (), None) for who in table_keys()}
    model = Moment if shape.type is Moment else shape.part
    return _named(model) if model else {}


def _in_order(values: Mapping[str, Any], known: Mapping[str, Shape]) -> list[str]:
    order = {name: place for place, name in enumerate(known)}
    return sorted(values, key=lambda name: order.get(name, len(order)))


def _row(value: Mapping[str, Any], shape: Shape | None) -> str | None:
    """Return nested fields in braces, or None where they would not read well."""
    nested = any(isinstance(inner, (dict, list)) or "\n" in (inner or "") for inner in value.values())
    if nested or (shape is not None and shape.is_table):
        return None
    known = _inside(shape)
    entries = []
    for name in _in_order(value, known):
        is_words = name not in known or known[name].is_words
        entries.append(f"{name}: {_one(value[name], is_words=is_words, in_row=True)}")
    return "{" + ", ".join(entries) + "}"


def _list_row(value: list[Any], *, is_words: bool) -> str | None:
    """Return a list in brackets if it is short words all through, or one entry."""
    if any(isinstance(entry, (dict, list)) for entry in value):
        return None
    entries = [_one(entry, is_words=is_words, in_row=True) for entry in value]
    is_long = len(entries) > 1 and any(" " in entry for entry in entries)
    return None if is_long or any(entry[0] in "\"'" for entry in entries) else f"[{', '.join(entries)}]"


def _one(value: str | None, *, is_words: bool, in_row: bool = False) -> str:
    return "null" if value is None else scalar(value, is_words=is_words, in_row=in_row)


def _is_block(text: str) -> bool:
    """Whether a text of several lines can stand as it is, behind `|`."""
    return (
        "\n" in text
        and text[0] not in " \n"
        and not text.endswith("\n\n")
        and not _UNPRINTABLE.search(text.replace("\n", ""))
        and all(line.strip(" ") or not line for line in text.split("\n"))
    )


def _indented(lines: Iterator[str] | list[str]) -> Iterator[str]:
    return (f"  {line}" if line else "" for line in lines)

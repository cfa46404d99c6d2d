"""Change some fields in the text of a record's file: comments, order and everything else stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from generator.fields.contact import Contacts, Person
from generator.importers.shapes import place_of, record_values
from generator.new.writing import Layout, whole_file
from generator.records.ngo import Ngo
from generator.shapes import shapes
from generator.source import Loc, Source, read

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


class _Splice(NamedTuple):
    """Lines to put in the place of others, counted from 0; the end is not included."""

    start: int
    end: int
    order: int
    """Of several that go to one place, by the model's order."""
    becomes: tuple[str, ...]


def edited(raw: bytes, source: Source, changes: Mapping[str, Any]) -> bytes | None:
    """Return the file with some fields changed, or None where it is written so that only a person can.

    What comes out is read again, and must say just what is meant and nothing else.
    """
    text = raw.decode("utf-8-sig")
    lines = [line for line in _LINE.findall(text) if line]
    ending = "\r\n" if "\r\n" in text else "\n"
    meant = record_values(changes, source.values)
    bare = [line.rstrip("\r\n") for line in lines]
    for splice in sorted(_splices(bare, source, changes, meant), reverse=True):
        if splice.start and not lines[splice.start - 1].endswith(("\r", "\n")):
            lines[splice.start - 1] += ending
        lines[splice.start : splice.end] = [f"{line}{ending}" for line in splice.becomes]
    made = (b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b"") + "".join(lines).encode()
    return made if _values(made, source.path) == meant else None


def _values(raw: bytes, path: str) -> dict[str, Any] | None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / path
        file.parent.mkdir(parents=True)
        file.write_bytes(raw)
        source, problems = read(file, Path(folder))
    return None if problems else source.values


def _splices(
    lines: Sequence[str], source: Source, changes: Mapping[str, Any], meant: Mapping[str, Any]
) -> list[_Splice]:
    """Return what to do to the lines; a group written in a row is written anew as a whole."""
    locs: list[Loc] = []
    for field in changes:
        loc = place_of(field)
        locs.append(loc if len(loc) == 1 or _is_block(loc[:1], source) else loc[:1])
    return [splice for loc in dict.fromkeys(locs) for splice in _splice(lines, source, loc, meant)]


def _is_block(loc: Loc, source: Source) -> bool:
    """Whether a group of fields has them on lines of their own."""
    inside = [line for place, line in source.lines.items() if len(place) == len(loc) + 1 and place[:1] == loc]
    return bool(inside) and min(inside) > source.lines[loc] and len(set(inside)) == len(inside)


def _splice(lines: Sequence[str], source: Source, loc: Loc, meant: Mapping[str, Any]) -> list[_Splice]:
    value: Any = meant
    for step in loc:
        value = value.get(str(step)) if isinstance(value, dict) else None
    start, end = _extent(lines, source, loc)
    indent = _indent(lines, source, loc)
    if value is None:
        return [_Splice(start, end, 0, ())]
    becomes = _written(loc, value)
    if remarks := [remark for line in _without_block(lines[start:end]) if (remark := _remark(line))]:
        if len(becomes) == 1 and end == start + 1:
            becomes[0] += f"  {remarks[0]}"
        else:
            becomes = [*remarks, *becomes]
    order = _order(loc).index(str(loc[-1]))
    return [_Splice(start, end, order, tuple(f"{indent}{line}" for line in becomes))]


def _extent(lines: Sequence[str], source: Source, loc: Loc) -> tuple[int, int]:
    """Return the lines of a field; none, where it would stand by the model's order, for one that is not there."""
    if loc not in source.lines:
        earlier = reversed(_order(loc)[: _order(loc).index(str(loc[-1]))])
        found = next(
            (_extent(lines, source, place) for name in earlier if (place := (*loc[:-1], name)) in source.lines), None
        )
        if found:
            return found[1], found[1]
        first = min(
            (line for place, line in source.lines.items() if len(place) == len(loc) and place[:-1] == loc[:-1]),
            default=1,
        )
        return first - 1, first - 1
    start = source.lines[loc] - 1
    others = (line for place, line in source.lines.items() if place[: len(loc)] != loc and line - 1 > start)
    end = min(others, default=len(lines) + 1) - 1
    depth = len(lines[start]) - len(lines[start].lstrip())
    while end > start + 1 and _is_apart(lines[end - 1], depth):
        end -= 1
    return start, end


def _order(loc: Loc) -> list[str]:
    """Return the names that stand beside a field, in the model's order."""
    model = {"contacts": Contacts, "head": Person}[str(loc[0])] if len(loc) > 1 else Ngo
    return [*(shape.name for shape in shapes(model)), "text"]


def _is_apart(line: str, depth: int) -> bool:
    """Whether a line below a field is not of it: empty, or a comment to what comes next."""
    bare = line.strip()
    return not bare or (bare.startswith("#") and len(line) - len(line.lstrip()) <= depth)


def _indent(lines: Sequence[str], source: Source, loc: Loc) -> str:
    if len(loc) == 1:
        return ""
    beside = [line for place, line in source.lines.items() if len(place) == len(loc) and place[:1] == loc[:1]]
    first = lines[beside[0] - 1]
    return first[: len(first) - len(first.lstrip())]


def _written(loc: Loc, value: Any) -> list[str]:
    """Return a field's lines as `new` writes them, without an indent."""
    if len(loc) == 1:
        return whole_file(Ngo, {str(loc[0]): value}, Layout()).splitlines()
    # A remark keeps the group from standing in one row; both lines above the field go.
    made = whole_file(Ngo, {str(loc[0]): {str(loc[1]): value}}, Layout({loc: "-"})).splitlines()
    return [line.removeprefix("  ") for line in made[2:]]


def _without_block(lines: Sequence[str]) -> Sequence[str]:
    """Return lines that may hold comments: in a block of text there are none."""
    return lines[:1] if re.search(r":\s+[|>][-+\d]*\s*(?:#.*)?$", lines[0] if lines else "") else lines


def _remark(line: str) -> str:
    """Return the comment at a line's end, or nothing."""
    quote = ""
    for place, sign in enumerate(line):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"" and line[:place].rstrip()[-1:] in ("", ":", "-", "[", "{", ","):
            quote = sign
        elif sign == "#" and (place == 0 or line[place - 1].isspace()):
            return line[place:].rstrip()
    return ""

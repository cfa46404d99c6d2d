"""A record's fields in their usual order, each with its comments: whole lines are moved, nothing is written anew."""

from __future__ import annotations

from generator.mending.lines import field_lines
from generator.source import Source


def in_order(names: tuple[str, ...], text: str, source: Source) -> str:
    """Return a file's text with its fields in the order of these names.

    Left as it is where a comment stands alone between two fields: nobody knows of which it speaks. A field of another
    name is a slip of the pen, which is mended more easily where it stands.
    """
    places = {name: source.lines[name,] - 1 for name in source.values}
    if not places.keys() <= set(names) or len({*places.values()}) < len(places):
        return text
    wanted = sorted(places, key=names.index)
    if wanted == list(places):
        return text
    lines = text.split("\n")
    fields = field_lines(source.path, lines)
    begins: list[int] = []
    for before, start in zip((fields.start - 1, *places.values()), places.values(), strict=False):
        begin = _above(lines, start, before, is_comment=True)
        spaced = _above(lines, begin, before, is_comment=False)
        if begins and _above(lines, spaced, before, is_comment=True) < spaced:
            return text
        begins.append(spaced if begins else begin)
    end = fields.stop
    while end > begins[-1] and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    blocks = {name: lines[first:last] for name, first, last in zip(places, begins, (*begins[1:], end), strict=True)}
    first = blocks[wanted[0]]
    while not first[0].strip():
        del first[0]
    return "\n".join((*lines[: begins[0]], *(line for name in wanted for line in blocks[name]), *lines[end:]))


def _above(lines: list[str], line: int, before: int, *, is_comment: bool) -> int:
    """Return where the comments, or else the empty lines, above a line begin; they end after another line."""
    while line - 1 > before and (lines[line - 1].startswith("#") if is_comment else not lines[line - 1].strip()):
        line -= 1
    return line

"""Lines without what nobody sees at their ends and between words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.source import Source

_BREAK_IN_WORD = re.compile("[\x0b\x0c]")
"""How Word writes a new line within a paragraph, and a new page."""
_TAB_AFTER_WORD = re.compile(r"(?<=\S)[ ]*\t+[ ]*")
_HARD_INDENT = re.compile("^[ \u00a0]+")
_HARD_AFTER = re.compile("^( *(?:- +)?[a-z_]+:|[ -]*-)\u00a0+")
_FENCE = re.compile("`{3,}|~{3,}")
_CODE = re.compile(" {4}|\t")


def without_controls(text: str) -> str:
    """Return a text with spaces for what Word puts between lines and pages."""
    return _BREAK_IN_WORD.sub(" ", text)


def without_tabs(path: str, text: str, _: Source) -> str:
    """Return a file's text with spaces for tabs in its fields; one in an indent stays: how deep it is nobody knows."""
    lines = text.split("\n")
    for index in field_lines(path, lines):
        lines[index] = _TAB_AFTER_WORD.sub(" ", lines[index])
    return "\n".join(lines)


def without_hard_spaces(path: str, text: str, _: Source) -> str:
    """Return a file's text with plain spaces for non-breaking ones where a field's shape needs them."""
    lines = text.split("\n")
    for index in field_lines(path, lines):
        if "\u00a0" in lines[index]:
            plain = _HARD_INDENT.sub(lambda found: " " * len(found[0]), lines[index])
            lines[index] = _HARD_AFTER.sub(r"\1 ", plain)
    return "\n".join(lines)


def without_spaces(path: str, text: str, source: Source) -> str:
    """Return a file's text without spaces at line ends, and with one line feed at its own; a text's breaks stay."""
    lines = text.rstrip("\n ").split("\n")
    words = _words(path, lines, source)
    prose = set(_outside_fences(lines, words))
    for index, line in enumerate(lines):
        is_plain = index not in words or (index in prose and not (_CODE.match(line) or _is_break(lines, index)))
        if is_plain or (index in prose and not line.strip(" ")):
            lines[index] = line.rstrip(" ")
    return "\n".join(lines) + "\n"


def prose_lines(path: str, lines: list[str], source: Source) -> list[int]:
    """Return which lines hold fields or prose, and no code."""
    words = _words(path, lines, source)
    return [*(index for index in range(len(lines)) if index not in words), *_outside_fences(lines, words)]


def _is_break(lines: list[str], index: int) -> bool:
    """Whether the spaces at a line's end begin a new line on the page (CommonMark 0.31, 6.7)."""
    return lines[index].endswith("  ") and index + 1 < len(lines) and bool(lines[index + 1].strip())


def field_lines(path: str, lines: list[str]) -> range:
    """Return which lines hold a file's fields."""
    if not path.endswith(".md"):
        return range(len(lines))
    ends = (index for index, line in enumerate(lines) if index and line.rstrip(" ") == "---")
    return range(1, next(ends, 1))


def _words(path: str, lines: list[str], source: Source) -> range:
    """Return which lines are Markdown: those below the fields, or of the field `text`."""
    if path.endswith(".md"):
        return range(field_lines(path, lines).stop, len(lines))
    if "text" not in source.values:
        return range(0)
    first = source.line_of(("text",))
    later = (line for loc, line in source.lines.items() if len(loc) == 1 and line > first)
    return range(first, min(later, default=len(lines) + 1) - 1)


def _outside_fences(lines: list[str], words: range) -> Iterator[int]:
    """Yield which lines of a text stand in no block of code."""
    fence = ""
    for index in words:
        bare = lines[index].strip()
        opened = _FENCE.match(bare)
        if fence:
            if bare.startswith(fence) and not bare.strip(fence[0]):
                fence = ""
        elif opened:
            fence = opened[0]
        else:
            yield index

"""Write blocks as Markdown of our dialect, and read each back: what would say something else loses its marks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from generator.importers.inline_writer import inline
from generator.importers.prose import (
    Block,
    Code,
    Heading,
    Listing,
    Note,
    Paragraph,
    Quote,
    Rule,
    Runs,
    Shown,
    Table,
    lines_of,
    text_of,
    together,
    with_runs,
)
from generator.markdown import Surroundings, render

DIMMER = (frozenset(("italic",)), frozenset(("italic", "strike")), frozenset(("italic", "strike", "bold", "code")))
"""Marks to do without, step by step, where Markdown cannot say them all."""
_NOWHERE = Surroundings("", {}, lambda _: True)


def write_markdown(blocks: Sequence[Block], notes: list[Note]) -> str:
    """Return blocks as Markdown; marks that had to go are added to the notes."""
    sure: list[Block] = []
    for block in blocks:
        (kept,) = found = _readable(block)
        if found != (block,):
            notes.append(Note("marks", " ".join(lines_of(found))[:80]))
        sure.append(kept)
    return _blocks(sure)


def said(markdown: str) -> str:
    """Return the words that a visitor reads of a text in Markdown."""
    return html.unescape(re.sub(r"<[^>]*>", "", render(markdown, _NOWHERE)[0].html))


def _readable(block: Block) -> tuple[Block, ...]:
    found: tuple[Block, ...] = (block,)
    meant = _signs("".join(lines_of(found)))
    for less in (frozenset[str](), *DIMMER):
        found = with_runs((block,), lambda runs, less=less: _without(runs, less))  # type: ignore[misc]  # bound at once
        if _signs(said(_blocks(found))) == meant:
            break
    return found


def _signs(text: str) -> str:
    return "".join(text.split())


def _without(runs: Runs, marks: frozenset[str]) -> Runs:
    return together(run._replace(marks=run.marks - marks) for run in runs) if marks else runs


def _blocks(blocks: Sequence[Block], *, apart: str = "\n\n") -> str:
    written: list[str] = []
    for number, block in enumerate(blocks):
        follows = number > 0 and isinstance(blocks[number - 1], Listing) and isinstance(block, Listing)
        # Two lists of one sign would be read as one list.
        is_second = follows and not (written and written[-1].lstrip().startswith(("*", "1)")))
        written.append(_block(block, is_second=is_second))
    return apart.join(written)


def _block(block: Block, *, is_second: bool = False) -> str:
    match block:
        case Paragraph(runs):
            written = inline(runs)
        case Heading(level, runs):
            written = f"{'#' * level} {inline(runs)}"
        case Listing():
            written = "\n".join(_items(block, is_second=is_second))
        case Quote(inner):
            written = "\n".join(f"> {line}".rstrip() for line in _blocks(inner).split("\n"))
        case Code(text):
            longest = max((len(found) for found in re.findall("`{3,}", text)), default=2)
            fence = "`" * (longest + 1)
            written = f"{fence}\n{text}\n{fence}"
        case Table(rows):
            written = "\n".join(_rows(rows))
        case Shown(path, alt, caption, href):
            title = f' "{_plainly(caption)}"' if caption else ""
            picture = f"![{_plainly(alt)}]({path}{title})"
            written = f"[{picture}]({href})" if href else picture
        case Rule():
            written = "---"
        case _:
            raise AssertionError(block)
    return written


def _plainly(text: str) -> str:
    """Return words for where Markdown has no links: between brackets or quotes."""
    return "".join(f"\\{sign}" if sign in '\\"`*_[]<>&' else sign for sign in " ".join(text.split()))


def _items(listing: Listing, *, is_second: bool) -> Iterator[str]:
    is_tight = all(_is_tight(item) for item in listing.items)
    bullet, dot = ("*", ")") if is_second else ("-", ".")
    for number, item in enumerate(listing.items):
        marker = f"{bullet} " if listing.first is None else f"{listing.first + number}{dot} "
        lines = _blocks(item, apart="\n" if is_tight else "\n\n").split("\n")
        if number and not is_tight:
            yield ""
        yield marker + lines[0]
        yield from (" " * len(marker) + line if line else "" for line in lines[1:])


def _is_tight(item: Sequence[Block]) -> bool:
    first, *rest = item
    return isinstance(first, Paragraph) and all(
        isinstance(block, Listing) and block.first in (None, 1) for block in rest
    )


def _rows(rows: Sequence[Sequence[Runs]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        cells = [
            together(run._replace(marks=run.marks - {"bold"}) for run in cell) if not number else cell for cell in row
        ]
        yield f"| {' | '.join(inline(cell, in_row=True) if text_of(cell) else ' ' for cell in cells)} |"
        if not number:
            yield f"|{' --- |' * len(row)}"

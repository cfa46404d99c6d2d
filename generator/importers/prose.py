"""A text as blocks: what HTML is taken apart into, and Markdown is put together from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple, TypeAlias

NO_MARKS: frozenset[str] = frozenset()
# Spaces at the beginnings and ends of lines, and every other one behind a first.
_NEEDLESS = re.compile(r"(?<![^\n]) +| +(?=\n|\Z)|(?<= ) +")


class Run(NamedTuple):
    """Words of one look. A line feed is a line break that the writer meant."""

    text: str
    marks: frozenset[str] = NO_MARKS
    """Of `bold`, `italic`, `strike`, `code`."""
    href: str = ""
    """Where the words lead; empty where nowhere."""


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that stand together."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within the text."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: numbered from `first`, or with bullets where that is None."""

    items: tuple[tuple[Block, ...], ...]
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Text in which every space counts."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, equally long; the first is the head."""

    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture at its old place."""

    addresses: tuple[str, ...]
    """Where it was, the largest first."""
    alt: str
    caption: Runs = ()
    href: str = ""
    """The page to which it led."""


@dataclass(frozen=True, slots=True)
class Embed:
    """Something of another site that stood within the page."""

    kind: str
    """`video`, `audio` or `frame`."""
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture at its new place."""

    path: str
    """Relative to the record."""
    alt: str
    caption: str = ""
    href: str = ""


Block: TypeAlias = Paragraph | Heading | Listing | Quote | Code | Rule | Table | Picture | Embed | Shown


class Note(NamedTuple):
    """One thing that was not carried over as it stood: the name of its sentence, and what it was."""

    name: str
    found: str = ""


class Noted(NamedTuple):
    """Blocks, and what they lack."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]


def text_of(runs: Iterable[Run]) -> str:
    """Return the words of runs."""
    return "".join(run.text for run in runs)


def tidy(runs: Iterable[Run]) -> Runs:
    """Return runs with single spaces, none at line ends, and those of one look together."""
    whole = tuple(runs)
    kept: list[Run] = []
    place = 0
    for found in _NEEDLESS.finditer(text_of(whole)):
        kept += cut(whole, place, found.start())
        place = found.end()
    return together((*kept, *cut(whole, place, len(text_of(whole)))))


def together(runs: Iterable[Run]) -> Runs:
    """Return runs with neighbours of one look made one."""
    return tuple(Run(text_of(same), *look) for look, same in groupby(runs, key=lambda run: run[1:]))


def cut(runs: Sequence[Run], start: int, end: int) -> Runs:
    """Return what stands between two places, counted in letters."""
    found: list[Run] = []
    place = 0
    for run in runs:
        part = run.text[max(start - place, 0) : max(end - place, 0)]
        if part:
            found.append(run._replace(text=part))
        place += len(run.text)
    return tuple(found)


def parted(runs: Sequence[Run], pattern: str) -> Iterator[Runs]:
    """Yield the parts between the places that match a pattern, without spaces and breaks at their ends."""
    text = text_of(runs)
    start = 0
    for end, after in [*((found.start(), found.end()) for found in re.finditer(pattern, text)), (len(text), len(text))]:
        part = text[start:end]
        lead = len(part) - len(part.lstrip())
        if part.strip():
            yield cut(runs, start + lead, start + len(part.rstrip()))
        start = after


def lines_of(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the visible words of blocks: a line for each paragraph or row of a table, whose cells tabs part."""
    for block in blocks:
        match block:
            case Paragraph(runs) | Heading(_, runs):
                yield text_of(runs)
            case Listing(items):
                for item in items:
                    yield from lines_of(item)
            case Quote(inner):
                yield from lines_of(inner)
            case Code(text):
                yield text
            case Table(rows):
                yield from ("\t".join(text_of(cell) for cell in row) for row in rows)
            case Picture(_, _, caption):
                yield text_of(caption)
            case Shown(_, _, words):
                yield words
            case _:
                continue


def with_runs(blocks: Iterable[Block], change: Callable[[Runs], Runs]) -> tuple[Block, ...]:
    """Return blocks with every group of runs changed."""
    return tuple(_with_runs(block, change) for block in blocks)


def _with_runs(block: Block, change: Callable[[Runs], Runs]) -> Block:
    match block:
        case Paragraph(runs) | Heading(_, runs):
            return replace(block, runs=change(runs))
        case Listing(items):
            return replace(block, items=tuple(with_runs(item, change) for item in items))
        case Quote(inner):
            return Quote(with_runs(inner, change))
        case Table(rows):
            return Table(tuple(tuple(change(cell) for cell in row) for row in rows))
        case Picture(_, _, caption):
            return replace(block, caption=change(caption))
        case _:
            return block


def letters(text: str) -> str:
    """Return the letters and digits of a text: by them two texts are held to say the same."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())

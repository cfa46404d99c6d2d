"""Part words into paragraphs, and see lists where somebody made them of bullets and tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from generator.importers.html_tree import Node
from generator.importers.prose import Block, Listing, Paragraph, Run, Runs, cut, parted, text_of, tidy

_BULLET = re.compile("[·•▪◦●○■□▫‣⁃∙\uf0b7\uf0a7\uf0d8]\\s*(?=\\S)")
_DASH = re.compile(r"-\s+(?=\S)")
_WORD_BULLET = re.compile("\\s*[o§\uf0b7\uf0a7\uf0d8ü-](?=[\\s\u00a0])")


def paragraphs(runs: Iterable[Run]) -> Iterator[Block]:
    """Yield paragraphs: two line breaks end one; lines that begin with a bullet are a list."""
    for part in parted(tidy(runs), r"\n\n+"):
        lines = list(parted(part, r"\n"))
        # One dash may be anything; two lines with dashes are a list.
        marker = _BULLET if any(_BULLET.match(text_of(line)) for line in lines) else _DASH
        if sum(bool(marker.match(text_of(line))) for line in lines) < (1 if marker is _BULLET else 2):
            yield Paragraph(part)
            continue
        yield from joined(list(_lines(lines, marker)))


def _lines(lines: Sequence[Runs], marker: re.Pattern[str]) -> Iterator[Block]:
    for line in lines:
        text = text_of(line)
        if found := marker.match(text):
            yield Listing(((Paragraph(cut(line, found.end(), len(text))),),))
        else:
            yield Paragraph(line)


def joined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks with lists that go on one another made one, and dashes in a row made a list."""
    found: list[Block] = []
    for block in _undashed(blocks):
        before = found[-1] if found else None
        if isinstance(block, Listing) and isinstance(before, Listing) and _goes_on(before, block):
            found[-1] = replace(before, items=before.items + block.items)
        else:
            found.append(block)
    return tuple(found)


def _undashed(blocks: Sequence[Block]) -> Iterator[Block]:
    for has_dash, same in groupby(blocks, key=lambda block: isinstance(block, Paragraph) and _dash(block) is not None):
        alike = list(same)
        if not has_dash or len(alike) == 1:
            yield from alike
            continue
        lines = [block.runs for block in alike if isinstance(block, Paragraph)]
        yield from _lines(lines, _DASH)


def _dash(paragraph: Paragraph) -> re.Match[str] | None:
    return _DASH.match(text_of(paragraph.runs))


def _goes_on(before: Listing, after: Listing) -> bool:
    if before.first is None or after.first is None:
        return before.first == after.first
    return after.first == before.first + len(before.items)


def mark_word_lists(tree: Node) -> None:
    """Give the list items of Word, which are paragraphs with a letter of a symbol font, a bullet that all know."""
    for node in tree.inner():
        if "mso-list" in node.get("style").lower() or "MsoListParagraph" in node.get("class"):
            holder = _first_text(node)
            if holder:
                owner, place = holder
                text = owner.children[place]
                if isinstance(text, str):
                    # Word puts the spaces behind a bullet into a tag of their own.
                    owner.children[place] = _WORD_BULLET.sub("·", f"{text} ", count=1)[: len(text)]


def _first_text(node: Node) -> tuple[Node, int] | None:
    """Return where the first words inside a tag stand."""
    for place, child in enumerate(node.children):
        if isinstance(child, str):
            if child.strip():
                return node, place
        elif found := _first_text(child):
            return found
    return None

"""Turn the HTML of Blogger's editor, of WordPress and of Word into blocks of clean prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.importers.embeds import embed_of
from generator.importers.html_tables import table_of
from generator.importers.html_tree import BLOCKS, Node, tree_of, visible
from generator.importers.paragraphs import joined, mark_word_lists, paragraphs
from generator.importers.prose import (
    Block,
    Code,
    Heading,
    Listing,
    Note,
    Noted,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Runs,
    letters,
    lines_of,
    text_of,
    tidy,
)
from generator.importers.styles import Look

HIGHEST, LOWEST = 2, 6
"""Levels of headings within a record's text."""
TINY = ("0", "1")
"""Sides of pictures that only count visitors or hold a place."""
PLAYED = ("embed", "object", "param", "source")
"""Tags that say to a player what its own tag says too."""
_SPACES = re.compile(r"\s+")
_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_PICTURE = re.compile(
    r"\.(jpe?g|png|gif|webp|bmp|heic|tiff?|svg)(=|$)|/s\d{2,4}(-\w+)*/|/img/[ab]/|attachment_id=", re.I
)
_FIGURES = ("tr-caption-container", "wp-caption", "separator-caption")
_CAPTIONS = ("tr-caption", "wp-caption-text", "gallery-caption")


class Cleaned(NamedTuple):
    """A text taken apart, and whether every letter of it is there."""

    noted: Noted
    is_whole: bool


def clean(html: str) -> Cleaned:
    """Return a post's HTML as blocks, what was left out told of."""
    tree = tree_of(html)
    mark_word_lists(tree)
    said = letters(tree.text())
    cleaner = _Cleaner()
    blocks = _levelled(cleaner.within(tree.children, Look()))
    return Cleaned(Noted(blocks, tuple(cleaner.notes)), letters("".join(lines_of(blocks))) == said)


def _levelled(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks with the highest heading on the second level, and the others as far below it as they were."""
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    shift = HIGHEST - min(levels, default=HIGHEST)
    return tuple(
        replace(block, level=min(block.level + shift, LOWEST)) if isinstance(block, Heading) else block
        for block in blocks
    )


class _Cleaner:
    """One walk over a tree: words gather in `_runs` until a block ends."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self._blocks: list[Block] = []
        self._runs: list[Run] = []
        self._waiting: list[Block] = []

    def within(self, nodes: Sequence[Node | str], look: Look) -> tuple[Block, ...]:
        """Return what stands inside a tag, apart from what is around it."""
        outer = self._blocks, self._runs, self._waiting
        self._blocks, self._runs, self._waiting = [], [], []
        self._walk(nodes, look)
        self._end()
        found = joined(self._blocks)
        self._blocks, self._runs, self._waiting = outer
        return found

    def _walk(self, nodes: Sequence[Node | str], look: Look) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._runs.append(Run(_SPACES.sub(" ", node), look.marks, look.href))
            elif node.is_hidden:
                self._hidden(node)
            elif handler := _HANDLERS.get(node.tag):
                handler(self, node, look.within(node))
            elif node.tag in BLOCKS:
                self._end()
                self._walk(node.children, look.within(node))
                self._end()
            else:
                self._walk(node.children, look.within(node))

    def _hidden(self, node: Node) -> None:
        if words := " ".join(_shown_anyway(node).split()):
            self.notes.append(Note("hidden", words))

    def _end(self) -> None:
        """End the paragraph; pictures from its midst come after it."""
        runs, waiting = self._runs, self._waiting
        self._runs, self._waiting = [], []
        self._blocks += (*paragraphs(runs), *waiting)

    def _break(self, node: Node, look: Look) -> None:
        self._runs.append(Run("\n", look.marks))

    def _rule(self, node: Node, look: Look) -> None:
        self._end()
        self._blocks.append(Rule())

    def _heading(self, node: Node, look: Look) -> None:
        self._end()
        inner = self.within(node.children, look)
        words = _flat(inner, look.marks | {"bold"})
        if words:
            self._blocks.append(Heading(int(node.tag[1]), words))
        self._blocks += (block for block in inner if not isinstance(block, Paragraph))

    def _list(self, node: Node, look: Look) -> None:
        self._end()
        items: list[tuple[Block, ...]] = []
        for child in node.children:
            is_item = isinstance(child, Node) and child.tag == "li"
            found = self.within([child] if isinstance(child, str) or not is_item else child.children, look)
            if not is_item and items and isinstance(child, Node) and child.tag in ("ul", "ol"):
                items[-1] = joined(items[-1] + found)
            elif found:
                items.append(found)
        if all(isinstance(block, Picture) for item in items for block in item):
            self._blocks += (block for item in items for block in item)
            return
        start = node.get("start")
        first = (int(start) if re.fullmatch(r"\d{1,9}", start, re.ASCII) else 1) if node.tag == "ol" else None
        self._blocks.append(Listing(tuple(items), first))

    def _item(self, node: Node, look: Look) -> None:
        self._end()
        if found := self.within(node.children, look):
            self._blocks.append(Listing((found,)))

    def _quote(self, node: Node, look: Look) -> None:
        self._end()
        if found := self.within(node.children, look):
            self._blocks.append(Quote(found))

    def _code(self, node: Node, look: Look) -> None:
        self._end()
        text = node.text().replace("\u00a0", " ").replace("\r", "").strip("\n")
        if text.strip():
            self._blocks.append(Code(text))
        self._blocks += (block for block in self.within(node.children, look) if isinstance(block, Picture))

    def _table(self, node: Node, look: Look) -> None:
        if node.has_class(*_FIGURES):
            self._figure(node, look)
            return
        self._end()
        self._blocks += table_of(node, look, self.within, self.notes)

    def _figure(self, node: Node, look: Look) -> None:
        self._end()
        captions = node.detach(_is_caption, _is_figure)
        inner = self.within(node.children, look)
        told = self.within(captions, look)
        words = _flat(told)
        pictures = [block for block in inner if isinstance(block, Picture)]
        is_plain = len(pictures) == 1 and all(isinstance(block, Paragraph) for block in told)
        if words and is_plain and not pictures[0].caption:
            inner = tuple(replace(block, caption=words) if block is pictures[0] else block for block in inner)
        else:
            inner += told
        self._blocks += inner

    def _picture(self, node: Node, look: Look) -> None:
        source = node.get("src") or node.get("data-src") or node.get("data-original-src")
        alt = " ".join(visible(node.get("alt")).split())
        if _is_emoji(node, alt, source):
            self._runs.append(Run(alt, look.marks, look.href))
            return
        if not source or node.get("width") in TINY or node.get("height") in TINY:
            self.notes.append(Note("tiny", source[:200]))
            return
        is_larger = bool(_PICTURE.search(look.href))
        addresses = (look.href, source) if is_larger else (source,)
        alt = alt or " ".join(visible(node.get("title")).split())
        picture = Picture(tuple(dict.fromkeys(addresses)), alt, (), "" if is_larger else look.href)
        before = text_of(self._runs).rstrip(" ")
        if before.strip() and not before.endswith("\n"):
            self._waiting.append(picture)
        else:
            self._end()
            self._blocks.append(picture)

    def _embed(self, node: Node, look: Look) -> None:
        found = embed_of(node)
        if node.tag == "iframe":
            self._hidden(node)
        else:
            self._walk([child for child in node.children if isinstance(child, str) or child.tag not in PLAYED], look)
        if found is None:
            self.notes.append(Note("empty_frame"))
            return
        self._end()
        self._blocks.append(found)
        if found.kind != "video":
            self.notes.append(Note("frame", found.address))

    def _script(self, node: Node, look: Look) -> None:
        words = " ".join("".join(child for child in node.children if isinstance(child, str)).split())
        self.notes.append(Note("script", (node.get("src") or words)[:80]))

    def _form(self, node: Node, look: Look) -> None:
        words = " ".join(_shown_anyway(node).split())
        self.notes.append(Note("form", words[:200]))

    def _shifted(self, node: Node, look: Look) -> None:
        """Take a raised or lowered sign for what Unicode has of the kind; other words stay in their line."""
        words = _SPACES.sub(" ", node.text())
        moved = words.translate(_RAISED if node.tag == "sup" else _LOWERED)
        is_whole = all(before != after for before, after in zip(words.strip(), moved.strip(), strict=True))
        if is_whole:
            self._runs.append(Run(moved, look.marks, look.href))
            return
        self._walk(node.children, look)

    def _cited(self, node: Node, look: Look) -> None:
        self._runs.append(Run("«", look.marks, look.href))
        self._walk(node.children, look)
        self._runs.append(Run("»", look.marks, look.href))

    def _nothing(self, node: Node, look: Look) -> None:
        """Leave out what has no words: styles, places where a long word may break."""


_Handler = Callable[[_Cleaner, Node, Look], None]
_HANDLERS: dict[str, _Handler] = {
    "br": _Cleaner._break,
    "hr": _Cleaner._rule,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _Cleaner._heading),
    **dict.fromkeys(("ul", "ol"), _Cleaner._list),
    "li": _Cleaner._item,
    "blockquote": _Cleaner._quote,
    "pre": _Cleaner._code,
    "table": _Cleaner._table,
    "figure": _Cleaner._figure,
    "img": _Cleaner._picture,
    **dict.fromkeys(("iframe", "object", "embed", "video", "audio"), _Cleaner._embed),
    "script": _Cleaner._script,
    **dict.fromkeys(("input", "select", "textarea", "button"), _Cleaner._form),
    **dict.fromkeys(("sup", "sub"), _Cleaner._shifted),
    "q": _Cleaner._cited,
    **dict.fromkeys(("style", "wbr", "source", "param"), _Cleaner._nothing),
}


def _is_caption(node: Node) -> bool:
    return node.tag == "figcaption" or node.has_class(*_CAPTIONS)


def _is_figure(node: Node) -> bool:
    return node.tag == "figure" or node.has_class(*_FIGURES)


def _is_emoji(node: Node, alt: str, source: str) -> bool:
    is_small = node.has_class("wp-smiley", "emoji") or re.search(r"/emoji|twemoji|/smil", source)
    return bool(is_small and alt and not letters(alt))


def _flat(blocks: Sequence[Block], without: frozenset[str] = frozenset()) -> Runs:
    """Return the words of paragraphs as one line, without marks that would say nothing there."""
    runs: list[Run] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            runs += (Run(run.text.replace("\n", " "), run.marks - without, run.href) for run in block.runs)
            runs.append(Run(" "))
    return tidy(runs)


def _shown_anyway(node: Node) -> str:
    return "".join(child if isinstance(child, str) else _shown_anyway(child) for child in node.children)

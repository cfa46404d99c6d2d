"""A record's text as blocks for paper: what the site shows, with every link and picture told in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby
from typing import Any
from urllib.parse import unquote, urlsplit

from generator.handouts.wording import Wording
from generator.markdown import Body
from generator.records import KINDS
from generator.templating import shown_link
from generator.typography import typeset_html

Block = dict[str, Any]
Part = dict[str, Any]

VOID = frozenset(("br", "hr", "img", "input"))
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    (*HEADINGS, "blockquote", "div", "dl", "figure", "hr", "ol", "p", "pre", "section", "table", "ul")
)  # fmt: skip
STYLES = {"strong": "strong", "b": "strong", "em": "strong", "i": "strong", "s": "struck", "del": "struck"}
"""How words stand out; the sheets' face has no slanted letters, so that what is emphasised is bold."""
SPACES = re.compile(r"[ \t\r\n]+")
DIGITS = re.compile(r"\d")
ALIGNED = re.compile(r"\bto-(\w+)")


def written(text: str) -> Part:
    """Return words that stand on paper letter for letter: they are typed in, not read."""
    return {"text": text, "written": True}


def prose(body: Body, wording: Wording, first_level: int = 2, pictures: Collection[str] = ()) -> list[Block]:
    """Return a text block by block; its topmost headings get `first_level`, and no level is skipped.

    Pictures whose addresses are among `pictures` are shown, others told in words. What names a person without consent,
    and what is no public page, is what it is on the site.
    """
    tree = _Tree()
    tree.feed(typeset_html(wording.templating.html(body)))
    tree.close()
    return list(_Telling(wording, first_level, pictures).blocks(tree.root.children))


@dataclass(slots=True)
class _Node:
    """One tag, and what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[_Node | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def all(self, tag: str) -> Iterator[_Node]:
        """Yield every tag of a name inside, in order."""
        for child in self.children:
            if isinstance(child, _Node):
                if child.tag == tag:
                    yield child
                yield from child.all(tag)

    @property
    def is_task(self) -> bool:
        return self.tag == "li" and "task-list-item" in self.get("class")


class _Tree(HTMLParser):
    """Builds the tree of what our own Markdown renderer wrote."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("body")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


class _Telling:
    """Turns tags into blocks, headings counted from the first to the last."""

    def __init__(self, wording: Wording, first_level: int, pictures: Collection[str]) -> None:
        self._wording = wording
        self._pictures = pictures
        self._first_level = first_level
        self._outer: list[str] = []
        """The written headings that the place stands under."""

    def blocks(self, nodes: Sequence[_Node | str]) -> Iterator[Block]:
        """Yield the blocks of some tags; words between them are paragraphs."""
        for is_block, group in groupby(nodes, key=lambda node: isinstance(node, _Node) and node.tag in BLOCKS):
            found = list(group)
            if not is_block:
                yield from self._worded("paragraph", found)
                continue
            for node in found:
                if isinstance(node, _Node):
                    yield from self._block(node)

    def _block(self, node: _Node) -> Iterator[Block]:
        match node.tag:
            case "p":
                yield from self._worded("paragraph", node.children)
            case "pre":
                lines = "".join(piece["text"] for piece in self._pieces(node.children, {}))
                yield {"kind": "code", **written(lines.strip("\n"))}
            case "figure":
                yield from self._figure(node)
            case "ul" | "ol":
                yield from self._list(node)
            case "blockquote":
                yield from ({"kind": "quote", "blocks": quoted} for quoted in [[*self.blocks(node.children)]] if quoted)
            case "table":
                yield self._table(node)
            case "section":
                yield {"kind": "notes", "items": [list(self.blocks(each.children)) for each in node.all("li")]}
            case "div":
                yield from self.blocks(node.children)
            case _ if node.tag in HEADINGS:
                yield from self._heading(node)

    def _figure(self, node: _Node) -> Iterator[Block]:
        captions = list(node.all("figcaption"))
        pictures = list(node.all("img"))
        if shown := [_shown(each) for each in pictures if each.get("src") in self._pictures]:
            yield from shown
        else:
            yield from self._worded("picture", captions[0].children if captions else pictures)

    def _worded(self, kind: str, nodes: Sequence[_Node | str]) -> Iterator[Block]:
        if parts := self._parts(nodes):
            yield {"kind": kind, "parts": parts}

    def _heading(self, node: _Node) -> Iterator[Block]:
        while self._outer and self._outer[-1] >= node.tag:
            self._outer.pop()
        for block in self._worded("heading", node.children):
            yield block | {"level": self._first_level + len(self._outer)}
            self._outer.append(node.tag)

    def _list(self, node: _Node) -> Iterator[Block]:
        """Yield a list; one where only some items have a box is several."""
        items = [child for child in node.children if isinstance(child, _Node)]
        number = int(node.get("start") or 1)
        for is_task, group in groupby(items, key=lambda item: item.is_task):
            told = [list(self.blocks(_undone(item.children))) for item in group]
            kind = "tasks" if is_task else "numbers" if node.tag == "ol" else "bullets"
            yield {"kind": kind, "items": told} | ({"start": number} if kind == "numbers" else {})
            number += len(told)

    def _table(self, node: _Node) -> Block:
        head, *rows = (
            [cell for cell in row.children if isinstance(cell, _Node)] for row in node.all("tr")
        )  # fmt: skip
        aligned = [ALIGNED.search(cell.get("class")) for cell in head]
        return {
            "kind": "table",
            "head": [self._parts(cell.children) for cell in head],
            "align": [found[1] if found else "left" for found in aligned],
            "rows": [[self._parts(cell.children) for cell in row] for row in rows],
        }

    def _parts(self, nodes: Sequence[_Node | str]) -> list[Part]:
        """Return words with how they stand out; neighbours alike are one part."""
        parts: list[Part] = []
        for part in self._pieces(nodes, {}):
            if parts and "link" not in part and parts[-1] | {"text": ""} == part | {"text": ""}:
                parts[-1]["text"] += part["text"]
            else:
                parts.append(part)
        if parts:
            parts[0]["text"] = parts[0]["text"].lstrip()
            parts[-1]["text"] = parts[-1]["text"].rstrip()
        return [part for part in parts if part["text"]]

    def _pieces(self, nodes: Sequence[_Node | str], style: Part, *, as_written: bool = False) -> Iterator[Part]:
        for node in nodes:
            if isinstance(node, str):
                yield {**written(node), **style} if as_written else {"text": SPACES.sub(" ", node), **style}
            elif node.tag == "br":
                yield {"text": "\n", **style}
            elif node.tag == "img":
                yield {"text": node.get("title") or node.get("alt"), **style}
            elif node.tag == "a":
                yield from self._link(node, style)
            elif node.tag != "input":
                named = {STYLES[node.tag]: True} if node.tag in STYLES else {}
                yield from self._pieces(node.children, style | named, as_written=as_written or node.tag == "code")

    def _link(self, node: _Node, style: Part) -> Iterator[Part]:
        if "footnote-backref" in node.get("class"):
            return
        href = node.get("href")
        pieces = list(self._pieces(node.children, style))
        shown = self._shown(href)
        text = "".join(piece["text"] for piece in pieces)
        is_number = href.startswith("tel:") and DIGITS.findall(text) == DIGITS.findall(href)
        if shown is None or is_number or not text.strip():
            yield from pieces
        elif text in (shown, href) or text.rstrip("/").endswith(f"//{shown}"):
            yield {"text": shown, "link": shown, **style}
        else:
            yield {"text": text, "link": shown, **style}

    def _shown(self, href: str) -> str | None:
        """Return a link as one reads it on paper and types it in; None for a place on the same page."""
        scheme, _, rest = href.partition(":")
        if href.startswith("#"):
            return None
        if scheme == "mailto":
            return unquote(rest.partition("?")[0])
        if scheme == "tel":
            return rest
        query = urlsplit(href).query
        if href.startswith("/"):
            href = self._wording.settings.absolute(self._short(href))
        return unquote(shown_link(href)) + (f"?{query}" if query else "")

    def _short(self, address: str) -> str:
        """Return the short address of a record that has one."""
        section, _, slug = address.partition("#")[0].rstrip("/").rpartition("/")
        kinds = (kind for kind, model in KINDS.items() if model.section == f"{section}/")
        found = filter(None, (self._wording.catalog.get(kind, slug) for kind in kinds))
        return next((short for record in found for short in record.short_addresses()), address)


def _shown(picture: _Node) -> Block:
    name = picture.get("src").rpartition("/")[2]
    return {"kind": "image", "file": name, "width": int(picture.get("width")), "alt": picture.get("alt")}


def _undone(nodes: Sequence[_Node | str]) -> list[_Node | str]:
    """Return an item's tags without the label that holds its box and words together on a screen."""
    return [
        inner
        for node in nodes
        for inner in (node.children if isinstance(node, _Node) and node.tag == "label" else [node])
    ]

"""Read a piece of HTML, however broken, as a tree of the tags that we know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

BLOCKS = frozenset({
    "address", "article", "aside", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "footer", "form", "header", "legend", "li", "main", "nav", "p", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "ol", "blockquote", "figure", "pre", "h1", "h2", "h3",
    "h4", "h5", "h6",
})  # fmt: skip
"""Tags that begin a paragraph of their own."""
INLINE = frozenset({
    "a", "abbr", "b", "big", "br", "cite", "code", "del", "dfn", "em", "font", "hr", "i", "img", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
})  # fmt: skip
SEEN = frozenset({
    "audio", "button", "embed", "iframe", "input", "object", "param", "script", "select", "source", "style",
    "textarea", "video",
})  # fmt: skip
"""Tags that we let in only to tell that they were there."""
VOID = frozenset({
    "br", "embed", "hr", "img", "input", "param", "source", "wbr",
})  # fmt: skip
DEEPEST = 150
"""Levels of nesting; what lies deeper is read as if it did not."""
_ATTRIBUTES = {
    "*": {"class", "style"},
    "a": {"href"},
    "img": {"src", "alt", "title", "width", "height", "data-src", "data-original-src"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    **{key: {"src", "data-src"} for key in ("iframe", "embed", "video", "audio", "source", "script")},
    "object": {"data"},
    "param": {"name", "value"},
}
# Addresses are held to our own rules where links are written; what is cut off here could not be told of.
_SCHEMES = {
    "http", "https", "mailto", "tel", "javascript", "vbscript", "data", "file", "ftp", "about", "blob", "skype",
    "callto", "sms", "tg", "viber", "whatsapp",
}  # fmt: skip
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden|mso-hide:\s*all", re.IGNORECASE)
UNREAD = frozenset(("script", "style", "iframe", "select", "textarea", "button"))
"""What is inside these is not the author's text."""


@dataclass(slots=True)
class Node:
    """One tag, and what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return an attribute, or an empty text where there is none."""
        return self.attributes.get(name, "").strip()

    def has_class(self, *names: str) -> bool:
        """Whether it is of one of the classes."""
        return not set(self.get("class").split()).isdisjoint(names)

    @property
    def is_hidden(self) -> bool:
        """Whether readers did not see it."""
        return bool(_HIDDEN.search(self.get("style")))

    def inner(self) -> Iterator[Node]:
        """Yield every tag inside, in order."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.inner()

    def text(self) -> str:
        """Return the words that a reader saw, a line for each block."""
        if self.tag in UNREAD or self.is_hidden:
            return ""
        if self.tag == "br":
            return "\n"
        words = "".join(child if isinstance(child, str) else child.text() for child in self.children)
        return f"\n{words}\n" if self.tag in BLOCKS else words

    def detach(self, is_meant: Callable[[Node], bool], is_closed: Callable[[Node], bool]) -> list[Node]:
        """Take out the tags that are meant, and return them; do not look into closed ones."""
        found: list[Node] = []
        for child in list(self.children):
            if isinstance(child, str) or is_closed(child):
                continue
            if is_meant(child):
                found.append(child)
                self.children.remove(child)
            else:
                found += child.detach(is_meant, is_closed)
        return found


def tree_of(html: str) -> Node:
    """Return a text of HTML as a tree: tags closed, unknown ones undone, comments left out."""
    clean = nh3.clean(
        html,
        tags=set(BLOCKS | INLINE | SEEN),
        # What Word pastes of itself, when it is not in a comment.
        clean_content_tags={"xml", "title"},
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(clean)
    reader.close()
    return reader.root


def visible(text: str) -> str:
    """Return a text without invisible signs; joiners stay, for emoji are made with them."""
    return _INVISIBLE.sub("", text)


class _Reader(HTMLParser):
    """Builds the tree; what it gets is well formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("body")
        self._open = [self.root]
        self._undone = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID and len(self._open) > DEEPEST:
            self._undone += 1
            return
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self._undone:
            self._undone -= 1
        elif len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if text := visible(data):
            self._open[-1].children.append(text)

"""Paragraphs of nothing but pictures: one is a figure, several in a row are a gallery."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from markdown_it.token import Token

PART = "figure_part"
"""Tokens that carry a figure's own HTML: their content is printed as it is."""


def frame_pictures(tokens: Sequence[Token]) -> None:
    """Make figures of a text's paragraphs that hold pictures alone; a picture's title becomes its caption."""
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type != "paragraph_open" or closing.type != "paragraph_close" or opening.hidden:
            continue
        found = _pictures(inline.children or ())
        if len(found) == 1:
            opening.tag = closing.tag = "figure"
            inline.children = list(_captioned(found[0]))
        elif found:
            opening.tag = closing.tag = "div"
            opening.attrSet("class", "gallery")
            inline.children = [part for picture in found for part in _figure(picture)]


def _pictures(children: Sequence[Token]) -> list[list[Token]]:
    """Return a paragraph's pictures, each with the link around it if it has one; none where there are words."""
    found: list[list[Token]] = []
    link: Token | None = None
    for child in children:
        match child.type:
            case "softbreak" | "hardbreak":
                continue
            case "text" if not child.content.strip():
                continue
            case "link_open" if link is None:
                link = child
                found.append([child])
            case "link_close" if link is not None and len(found[-1]) > 1:
                found[-1].append(child)
                link = None
            case "image" if link is None:
                found.append([child])
            case "image" if len(found[-1]) == 1:
                found[-1].append(child)
            case _:
                return []
    return found if link is None else []


def _figure(picture: list[Token]) -> Iterator[Token]:
    yield _part("<figure>")
    yield from _captioned(picture)
    yield _part("</figure>\n")


def _captioned(picture: list[Token]) -> Iterator[Token]:
    caption = ""
    for token in picture:
        # A picture leads to its larger self: that it is a file needs no saying.
        token.attrs.pop("class", None)
        caption = str(token.attrs.pop("title", "")) if token.type == "image" else caption
        yield token
    if caption:
        yield _part(f"<figcaption>{escape(caption)}</figcaption>")


def _part(html: str) -> Token:
    return Token(PART, "", 0, content=html)

"""Bare addresses of a text, https://… and www.…, made links as GitHub makes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from linkify_it import LinkifyIt
from pyromark import Markdown

# What must not stand before is looked for after the first letters: so they are found at the speed of `str.find`.
HTTP = r"http(?<!\]\(http)(?<![A-Za-z0-9<\\]http)s?://"
WWW = r"www\.(?<![A-Za-z0-9.+/<\\-]www\.)"
AFTER_LETTER = r"(?<![\xd0\xd1][\x80-\xbf]www\.)"
"""Cyrillic letters in UTF-8."""
IS_HTTP, IS_WWW = re.compile(HTTP), re.compile(WWW)
BEGINNING = re.compile(f"{HTTP}|{WWW}{AFTER_LETTER}".encode())
ADDRESS = re.compile(r"(?:https?://|www\.)\w")
WORD = re.compile(rb"[^\s<>]*")
BESIDE = "*_~»”“"
"""Signs after an address that are not of it."""
WITHIN = frozenset(("Link", "Image", "CodeBlock"))
"""What a bare address is no link in."""
WWW_MARK = "www:"
"""Stands before an address that was written without http://; for the writer alone."""


def with_bare_links(text: str, dialect: Markdown) -> str:
    """Return a text with each bare address in the angle brackets that make it a link."""
    # Most texts have none, and looking closer costs as much as reading them.
    if not IS_HTTP.search(text) and not IS_WWW.search(text):
        return text
    raw = text.encode()
    pieces: list[bytes] = []
    done = 0
    for start, end, limit in _words(text, dialect):
        for found in BEGINNING.finditer(raw, start, end):
            place = found.start()
            word = WORD.match(raw, place, limit)
            if place >= done and word and (address := _address(word[0].decode())):
                pieces += raw[done:place], f"<{WWW_MARK if found[0] == b'www.' else ''}{address}>".encode()
                done = place + len(address.encode())
    return b"".join((*pieces, raw[done:])).decode()


def _words(text: str, dialect: Markdown) -> Iterator[tuple[int, int, int]]:
    """Yield the first and last byte of each run of words, and the byte that ends the cell it stands in."""
    limit = whole = len(text.encode())
    depth = 0
    for event, place in dialect.events_with_range(text):
        match event:
            case {"Text": _} if not depth:
                yield place["start"], place["end"], limit
            case {"Start": "TableCell"}:
                limit = place["end"]
            case {"End": "TableCell"}:
                limit = whole
            case {"Start": dict() as tag} if not WITHIN.isdisjoint(tag):
                depth += 1
            case {"End": str() as tag} if tag in WITHIN:
                depth -= 1


def _address(word: str) -> str:
    """Return the address that a word begins with; nothing where it only looks like one."""
    scheme = "" if word.startswith("http") else "http://"
    link = _finder().match_at_start(scheme + word)
    address = link.url.removeprefix(scheme).rstrip(BESIDE) if link else ""
    return address if ADDRESS.match(address) else ""


@cache
def _finder() -> LinkifyIt:
    return LinkifyIt()

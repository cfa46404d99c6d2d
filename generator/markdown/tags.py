"""Text and tags: what stands between them, made fit for HTML and taken out of it again."""

from __future__ import annotations

import re
from html import unescape

NOTE_OR_TAG = re.compile(r'<sup class="footnote-ref">.*?</sup>|<[^>]*>')


def escaped(text: str) -> str:
    """Return a text as HTML says it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def is_plain(text: str) -> bool:
    """Whether HTML says a text as it is.

    Asked once a text, in bytes: a paragraph would be searched four times more, among letters half of which look
    like these signs to `str.find` (U+043C «м» ends as U+003C «<»). That was a quarter of the writing.
    """
    raw = text.encode()
    return not (b"&" in raw or b"<" in raw or b">" in raw or b'"' in raw)


def attribute(name: str, value: str) -> str:
    """Return an attribute of a tag; nothing for no value."""
    return f' {name}="{escaped(value)}"' if value else ""


def plain(html: str) -> str:
    """Return the words of one line of our own HTML, numbers of footnotes left out."""
    if "<" in html:
        html = NOTE_OR_TAG.sub("", html)
    return unescape(html).replace("\n", " ")

"""What cells hold besides their text: spaces of every kind, invisible signs, letters put together of two."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_BREAK = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
QUOTES = "\"«»„“”‟‹›″'`´’‘"
_ALIKE = str.maketrans("ё–—−", "е---", QUOTES)


def visible(text: str) -> str:
    """Return a text without invisible signs, its lines parted by line feeds."""
    return _BREAK.sub("\n", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))


def lines(text: str) -> list[str]:
    """Return the lines of a cell that hold something, single spaces between words."""
    return [found for each in visible(text).split("\n") if (found := " ".join(each.split()))]


def line(text: str) -> str:
    """Return a cell as one line."""
    return " ".join(lines(text))


def alike(text: str) -> str:
    """Return a text by which names are compared: quotes, capitals, ё and spaces aside."""
    return " ".join(line(text).lower().translate(_ALIKE).split())

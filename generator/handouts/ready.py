"""Facts made ready for Typst: typeset, with words that can be broken and no character that the font has not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from generator.typography import typeset

LONGEST = 36
LONG = re.compile(rf"\S{{{LONGEST},}}")
LETTER = re.compile("(?s:.)[\u0300-\u036f]*")
ZWSP = "\N{ZERO WIDTH SPACE}"
MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
RARE = re.compile("[^\u0000-\u00ff\u0400-\u045f\u200b\u2013-\u201e\u2026\u202f\u20bd\u2116]")
"""What the font may not have. Only a tagged PDF tells of it; a picture would show empty boxes."""


def ready(value: Any) -> Any:
    """Return what stands on a sheet with its texts typeset; pictures, and what is to be typed in, stay as they are.

    It is done before Typst has them: as its `show regex` rules, the same took a seventh of a sheet's time.
    """
    if isinstance(value, str):
        return value if value.startswith("<svg") else LONG.sub(_breakable, typeset(value))
    if isinstance(value, Mapping):
        if value.get("written"):
            return {**value, "text": LONG.sub(_breakable, value["text"])}
        return {name: ready(each) for name, each in value.items()}
    return [ready(each) for each in value] if isinstance(value, list | tuple) else value


def _breakable(long: re.Match[str]) -> str:
    """Return a word longer than a column, mostly an address, that breaks at its stops; one without stops, anywhere."""
    parts = re.split(r"\b", long[0])
    return ZWSP.join(part if len(part) < LONGEST else ZWSP.join(LETTER.findall(part)) for part in parts)


def missing(diagnostic: str) -> dict[int, str]:
    """Return what to print for the characters that the font was found not to have."""
    found = "".join(MISSING.findall(diagnostic))
    characters = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), found)
    return {ord(character): _instead(character) for character in characters}


def _instead(character: str) -> str:
    kind = unicodedata.category(character)
    return "-" if kind == "Pd" else "?" if kind.startswith("L") else ""

"""Where in a page a heading is linked to."""

from __future__ import annotations

_LATIN = {letter: letter for letter in "abcdefghijklmnopqrstuvwxyz0123456789"} | {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
"""Cyrillic letters by their usual Latin spelling, for anchors."""


class _Spelling(dict[int, str]):
    """What each letter becomes; any other sign is a space."""

    def __missing__(self, sign: int) -> str:
        return " "


_SPELLING = _Spelling(str.maketrans(_LATIN))


def anchor_of(title: str) -> str:
    """Return a heading's anchor in Latin letters: «Что взять?» is `chto-vzyat`."""
    return "-".join(title.lower().translate(_SPELLING).split()) or "razdel"

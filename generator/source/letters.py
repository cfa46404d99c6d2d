"""Letters and signs that should not stand in a text: nobody sees it, and search and addresses trip over them."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from generator.source.signs import SUSPECT, Stray, in_pieces, misread, unseen, where

_LATIN = "aceopxykABCEHKMOPTXY"
_RUSSIAN = "асеорхукАВСЕНКМОРТХУ"
"""Letters of two alphabets that look the same, in the same order."""
_TO_RUSSIAN, _TO_LATIN = str.maketrans(_LATIN, _RUSSIAN), str.maketrans(_RUSSIAN, _LATIN)
ORDINALS = ("первая", "вторая", "третья", "четвёртая", "пятая", "шестая", "седьмая", "восьмая", "девятая", "десятая")

NO_ZONES = ("ру", "сом")
"""Endings of sites' names as a Russian keyboard types them; there are no such."""

# Not the sign between two sizes: «А4xА5».
_LETTERS = re.compile(r"(?<!\d)[A-Za-zА-Яа-яЁё]+|(?<=\d)[A-Za-zА-Яа-яЁё]{3,}")
_ROMAN = re.compile("[IVXLCDM]{2,}[а-яё]{1,3}")
"""A number with its ending, «XXго»: two alphabets in one word, rightly."""
_MACHINES = re.compile(r"[^\s<>()\[\]]*[/@\\][^\s<>()\[\]]*|[\w-]+(?:\.[\w-]+)+")
"""An address or a file's name: what is meant there, only the site or the file can tell."""
_ALONE = re.compile(
    r"(?:^|(?<=[\s(«„]))[aocyk](?=[ \u00a0][А-Яа-яЁё])|(?<=[а-яё] )[ocyk](?= \d)"
    r"|(?:^|(?<=[.!?:»] )|(?<=[«„]))[AOCK](?=[ \u00a0][а-яё])",
    re.MULTILINE,
)
"""A preposition or a conjunction; capital letters, which stand for vitamins too, only where a sentence begins."""
_FIGURES = {"О": "0", "о": "0", "З": "3", "з": "3"}
_FIGURE = re.compile(r"(?<=\d)[ОоЗз](?=\d)")

_GROUPS = (
    (b"l", string.ascii_letters.encode()),
    (b"r", b"\xd0\xd1"),
    (b"s", b" \n"),
    (b"d", string.digits.encode()),
)
# Classes of bytes in UTF-8: a Latin letter, the beginning of a Russian one, a space, a figure, all others; what follows
# a beginning is left out. A search of the text for neighbours of two alphabets would take five times as long.
_CLASSES = b"".join(next((name for name, group in _GROUPS if byte in group), b".") for byte in range(256))
_FOLLOWING = bytes(range(0x80, 0xC0))
_TELLING = (b"lr", b"rl", b"drd", b"slsr", b".lsr", b"rslsd")
"""Classes of neighbours that are worth a closer look."""


def may_hold_strays(raw: bytes, text: str) -> bool:
    """Return whether a text, given with its bytes, is worth a closer look: most are not."""
    classes = raw.translate(_CLASSES, _FOLLOWING)
    begins_alone = classes.startswith(b"lsr")
    return begins_alone or any(each in classes for each in _TELLING) or SUSPECT.search(text) is not None


def strays(text: str) -> Iterator[Stray]:
    """Yield what should not stand in a text, in its order."""
    yield from sorted((*misread(text), *unseen(text), *in_pieces(text), *_of_two_alphabets(text), *_alone(text)))


def without_strays(text: str) -> str:
    """Return a text with what is surely meant in the place of signs that are not."""
    if not may_hold_strays(text.encode(), text):
        return text
    made, end = [], 0
    for stray in strays(text):
        if stray.instead is not None and stray.start >= end:
            made += [text[end : stray.start], stray.instead]
            end = stray.end
    return "".join([*made, text[end:]])


def disguised(host: str) -> str | None:
    """Return the part of a site's name that is written in Russian letters for Latin ones, «vk.сом», or None."""
    parts = host.split(".")
    has_latin = any(part.isascii() for part in parts)
    return next((part for part in parts if part in NO_ZONES or (has_latin and not part.strip(_RUSSIAN))), None)


def told(text: str) -> str | None:
    """Return what should not stand in a text, in an editor's words, or None: its first place, and how many more."""
    found = list(strays(text))
    if not found:
        return None
    more = f"; таких мест здесь ещё {len(found) - 1}" if found[1:] else ""
    mended = " (или всё сразу: proekt check --fix)" if any(stray.instead is not None for stray in found) else ""
    return f"{found[0].message}{more}{mended}"


def _of_two_alphabets(text: str) -> Iterator[Stray]:
    machines: list[tuple[int, int]] | None = None
    for found in _LETTERS.finditer(text):
        word = found[0]
        if word.isascii() or not (strangers := _strangers(word)):
            continue
        is_latin = word[strangers[0]].isascii()
        if machines is None:
            machines = [each.span() for each in _MACHINES.finditer(text)]
        is_machines = any(start <= found.start() < end for start, end in machines)
        meant = word.translate(_TO_RUSSIAN if is_latin else _TO_LATIN)
        yield Stray(*found.span(), _told(word, strangers, is_latin=is_latin), None if is_machines else meant)


def _alone(text: str) -> Iterator[Stray]:
    for found in _ALONE.finditer(text):
        letter, after = found[0], where(text, found.end() + 1, found.end() + 1)
        message = f"буква «{letter}» латинская, отдельным словом {after}; наберите её по-русски"
        yield Stray(*found.span(), message, letter.translate(_TO_RUSSIAN))
    for found in _FIGURE.finditer(text):
        meant = _FIGURES[found[0]]
        message = f"буква «{found[0]}» вместо цифры {meant} {where(text, *found.span(), found[0])}; наберите цифру"
        yield Stray(*found.span(), message, meant)


def _strangers(word: str) -> list[int]:
    """Return the places of letters that only look like those of the word's alphabet; none where it may be meant so."""
    latin = [place for place, letter in enumerate(word) if letter.isascii()]
    russian = [place for place, letter in enumerate(word) if not letter.isascii()]
    if not latin or _ROMAN.fullmatch(word):
        return []
    is_russian = all(word[place] in _LATIN for place in latin)
    is_latin = all(word[place] in _RUSSIAN for place in russian)
    if is_russian and (len(latin) <= len(russian) or not is_latin):
        return latin
    return russian if is_latin else []


def _told(word: str, strangers: list[int], *, is_latin: bool) -> str:
    letters = ", ".join(dict.fromkeys(f"«{word[place]}»" for place in strangers))
    places = " и ".join(ordinal(place) for place in strangers)
    what = ("латинские", "латинская") if is_latin else ("русские", "русская")
    where = "по-русски" if is_latin else "латиницей"
    if len(strangers) == 1:
        return f"буква {letters} {what[1]}, {places} в слове «{word}»; наберите её {where}"
    return f"буквы {letters} {what[0]}: {places} в слове «{word}»; наберите их {where}"


def ordinal(place: int) -> str:
    """Return which letter stands at a place counted from 0: «третья»."""
    return ORDINALS[place] if place < len(ORDINALS) else f"{place + 1}-я"

"""Signs that come with text pasted from Word or a PDF: nobody sees them, and search and addresses trip over them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

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
_SPACES = "\u2000-\u200a\u205f\u3000"
_BREAKS = "\u2028\u2029"
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_MARKS = "\u0300-\u036f"
_STRAY = re.compile(f"[{_UNSEEN}{_SPACES}{_BREAKS}{_MARKS}\ue000-\uf8ff\ufffd]")
_PIECES = re.compile(f"[^{_MARKS}][{_MARKS}]+")
"""A letter and the marks above and below it."""
_PICTURE = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
_JOINER = "\u200d"
"""Joins pictures into one (UTS #51, 1.4.8)."""
_BEFORE, _AFTER = re.compile(rf"[\w{_UNSEEN}{_MARKS}-]*\Z"), re.compile(rf"[\w{_UNSEEN}{_MARKS}-]*")
_NEAR = 60
"""Signs on each side among which a word is looked for."""

# Classes of bytes in UTF-8: a Latin letter, the beginning of a Russian one, all others; what follows a beginning is
# left out. A search of the text for neighbours of two alphabets would take five times as long.
_CLASSES = b"".join(
    b"l" if chr(byte).isascii() and chr(byte).isalpha() else b"r" if byte in (0xD0, 0xD1) else b"."
    for byte in range(256)
)
_FOLLOWING = bytes(range(0x80, 0xC0))


class Stray(NamedTuple):
    """Signs that should not stand where they do."""

    start: int
    end: int
    message: str
    instead: str | None
    """What is surely meant, or None where only the editor knows."""


def may_hold_strays(raw: bytes, text: str) -> bool:
    """Return whether a text, given with its bytes, is worth a closer look: most are not."""
    classes = raw.translate(_CLASSES, _FOLLOWING)
    return b"lr" in classes or b"rl" in classes or _STRAY.search(text) is not None


def strays(text: str) -> Iterator[Stray]:
    """Yield what should not stand in a text, in its order."""
    yield from sorted((*_unseen(text), *_in_pieces(text), *_of_two_alphabets(text)))


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


def _unseen(text: str) -> Iterator[Stray]:
    for found in _STRAY.finditer(text):
        sign, start, end = found[0], found.start(), found.end()
        code = f"U+{ord(sign):04X}"
        if re.match(f"[{_MARKS}]", sign):
            continue
        if sign == _JOINER and _PICTURE.match(text[start - 1 : start]) and _PICTURE.match(text[end : end + 1]):
            continue
        if re.match(f"[{_SPACES}]", sign):
            is_in_number = text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()
            message = f"особый пробел {code} {_where(text, start, end)}; поставьте обычный"
            yield Stray(start, end, message, "\u00a0" if is_in_number else " ")
        elif re.match(f"[{_BREAKS}]", sign):
            message = f"невидимый конец строки {code} {_where(text, start, end)}; замените его пробелом"
            yield Stray(start, end, message, " ")
        elif sign == "\ufffd":
            message = f"вместо буквы знак «\ufffd» {_where(text, start, end)}; впишите, что там было"
            yield Stray(start, end, message, None)
        elif sign >= "\ue000" and sign != "\ufeff":
            message = f"знак {code} из шрифта для значков {_where(text, start, end)}; без этого шрифта его не видно"
            yield Stray(start, end, message, None)
        else:
            name = "мягкий перенос, невидимый знак" if sign == "\u00ad" else f"невидимый знак {code}"
            yield Stray(start, end, f"{name} {_where(text, start, end)}; удалите его", "")


def _in_pieces(text: str) -> Iterator[Stray]:
    """Yield letters put together of two signs, as PDF files have them; an accent over a vowel is no such thing."""
    for found in _PIECES.finditer(text):
        whole = unicodedata.normalize("NFC", found[0])
        if whole != found[0]:
            where = _where(text, found.start(), found.end(), whole)
            yield Stray(*found.span(), f"буква «{whole[0]}» из двух знаков {where}; наберите её заново", whole)


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


def _where(text: str, start: int, end: int, instead: str = "") -> str:
    """Return «in the word …», or after which word."""
    before, after = _BEFORE.search(text, max(0, start - _NEAR), start), _AFTER.match(text, end, end + _NEAR)
    left, right = (_seen(found[0]) if found else "" for found in (before, after))
    if instead or (left and right and not re.match(f"[{_SPACES}{_BREAKS}]", text[start])):
        return f"в слове «{left}{instead}{right}»"
    return f"после «{left}»" if left else f"перед «{right}»" if right else "между словами"


def _seen(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub(f"[{_UNSEEN}]", "", text))

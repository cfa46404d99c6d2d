"""Signs that nobody sees or means: they come with text from Word, from PDF files, from other code pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from textwrap import shorten
from typing import NamedTuple

_SPACES = "\u2000-\u200a\u205f\u3000"
_BREAKS = "\u2028\u2029"
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_MARKS = "\u0300-\u036f"
_JOINED = "\ufb00-\ufb06"
"""Letters that a font draws as one."""
_FOREIGN = "\u0402-\u040f\u0452-\u045f"
"""Letters of other Cyrillic alphabets: UTF-8 that was read as Windows-1251 is full of them."""
SUSPECT = re.compile(f"[{_UNSEEN}{_SPACES}{_BREAKS}{_MARKS}{_JOINED}{_FOREIGN}\ue000-\uf8ff\ufffd]")
"""One of these stands in every text that has such signs."""
_STRAY = re.compile(f"[{_UNSEEN}{_SPACES}{_BREAKS}{_JOINED}\ue000-\uf8ff\ufffd]")
_PIECES = re.compile(f"[^{_MARKS}][{_MARKS}]+")
"""A letter and the marks above and below it."""
_PICTURE = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
_JOINER = "\u200d"
"""Joins pictures into one (UTS #51, 1.4.8)."""
_FOLLOWING = bytes(range(0x80, 0xC0)).decode("cp1251", "ignore")
_MISREAD = re.compile(f"(?:(?:[РСВ]|вЂ|в„)[{re.escape(_FOLLOWING)}][ -@]*){{3,}}")
"""Three Russian letters or more, each of whose two bytes was taken for a letter: «Р¤РѕРЅРґ»; quotes and dashes too."""
_BEFORE, _AFTER = re.compile(rf"[\w{_UNSEEN}{_MARKS}-]*\Z"), re.compile(rf"[\w{_UNSEEN}{_MARKS}-]*")
_SHOWN = 40
"""Signs of a longer place that a message repeats."""
_NEAR = 60
"""Signs on each side among which a word is looked for."""


class Stray(NamedTuple):
    """Signs that should not stand where they do."""

    start: int
    end: int
    message: str
    instead: str | None
    """What is surely meant, or None where only the editor knows."""


def misread(text: str) -> Iterator[Stray]:
    """Yield words that were written in UTF-8 and read as Windows-1251."""
    for found in _MISREAD.finditer(text):
        try:
            meant = found[0].encode("cp1251").decode()
        except UnicodeError:
            continue
        seen, sense = (shorten(words, _SHOWN, placeholder="…") for words in (found[0], meant))
        message = f"буквы не в той кодировке: «{seen}» вместо «{sense}»; наберите их заново"
        yield Stray(*found.span(), message, meant)


def unseen(text: str) -> Iterator[Stray]:
    """Yield signs that are not seen, or look like others."""
    for found in _STRAY.finditer(text):
        sign, start, end = found[0], found.start(), found.end()
        code = f"U+{ord(sign):04X}"
        if sign == _JOINER and _PICTURE.match(text[start - 1 : start]) and _PICTURE.match(text[end : end + 1]):
            continue
        if re.match(f"[{_SPACES}]", sign):
            is_in_number = text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()
            message = f"особый пробел {code} {where(text, start, end)}; поставьте обычный"
            yield Stray(start, end, message, "\u00a0" if is_in_number else " ")
        elif re.match(f"[{_BREAKS}]", sign):
            message = f"невидимый конец строки {code} {where(text, start, end)}; замените его пробелом"
            yield Stray(start, end, message, " ")
        elif re.match(f"[{_JOINED}]", sign):
            meant = unicodedata.normalize("NFKC", sign)
            message = f"слитный знак «{sign}» {where(text, start, end, sign)}; наберите по одной букве: «{meant}»"
            yield Stray(start, end, message, meant)
        elif sign == "\ufffd":
            message = f"вместо буквы знак «\ufffd» {where(text, start, end)}; впишите, что там было"
            yield Stray(start, end, message, None)
        elif sign >= "\ue000" and sign != "\ufeff":
            message = f"знак {code} из шрифта для значков {where(text, start, end)}; без этого шрифта его не видно"
            yield Stray(start, end, message, None)
        else:
            name = "мягкий перенос, невидимый знак" if sign == "\u00ad" else f"невидимый знак {code}"
            yield Stray(start, end, f"{name} {where(text, start, end)}; удалите его", "")


def in_pieces(text: str) -> Iterator[Stray]:
    """Yield letters put together of two signs, as PDF files have them; an accent over a vowel is no such thing."""
    for found in _PIECES.finditer(text):
        whole = unicodedata.normalize("NFC", found[0])
        if whole != found[0]:
            place = where(text, found.start(), found.end(), whole)
            yield Stray(*found.span(), f"буква «{whole[0]}» из двух знаков {place}; наберите её заново", whole)


def where(text: str, start: int, end: int, instead: str = "") -> str:
    """Return «in the word …», or after which word."""
    before, after = _BEFORE.search(text, max(0, start - _NEAR), start), _AFTER.match(text, end, end + _NEAR)
    left, right = (_seen(found[0]) if found else "" for found in (before, after))
    if instead or (left and right and not re.match(f"[{_SPACES}{_BREAKS}]", text[start])):
        return f"в слове «{left}{instead}{right}»"
    return f"после «{left}»" if left else f"перед «{right}»" if right else "между словами"


def _seen(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub(f"[{_UNSEEN}]", "", text))

"""What befell a file in other programs: told as such, where its parser would only say that a line cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
"""How git marks two versions of the same lines."""
_SECOND_HEADER = re.compile(r"---[ ]*\n(?:[a-z_]+:.*\n|[ #-].*\n|\n)*?title:.*\n(?:.*\n)*?---[ ]*(?:\n|$)")
_NAME = r"^[ ]*(?:- +)?[a-z_]+"


class _Sign(NamedTuple):
    """What surely stops a parser."""

    pattern: re.Pattern[str]
    message: str
    reach: int = 1
    """So many lines above the one that the parser stumbled over it may stand; in a text it may be meant."""


_SIGNS = (
    _Sign(
        re.compile(rf"^[ ]*\u00a0|{_NAME}:\u00a0|^[ ]*-\u00a0"),
        "неразрывный пробел в начале строки или после имени поля; поставьте обычный или запустите proekt check --fix",
        reach=20,
    ),
    _Sign(re.compile(r"^[ ]*[–—]"), "в начале строки тире, а нужен дефис «-»"),
    _Sign(re.compile(rf"{_NAME}[：﹕]"), "двоеточие из другого алфавита; наберите обычное"),
    _Sign(re.compile(rf"{_NAME}:[^\s/:]"), "после двоеточия нужен пробел"),
)
_DASHES = re.compile(r"[-–—−_=]+")
_SHOWN = 40
_ROW = re.compile(r"^\S.*?\t+[^\t]*\S.*?\t+[^\t]*\S")
"""A row of three columns, as Excel copies it; a text has no tabs of its own."""
_BULLET = re.compile(r"[ \t]*([•·▪●○◦])[ \t\u00a0]+(?=\w)")
_BULLETED = re.compile("[•·▪●○◦]")


class Damage(NamedTuple):
    """What is wrong, and on which line."""

    line: int
    message: str


def conflict(text: str) -> Damage | None:
    """Return where git left two versions of the same lines."""
    if not ("<<<<<<<" in text or ">>>>>>>" in text) or not (found := _CONFLICT.search(text)):
        return None
    message = "здесь две правки сразу: оставьте одну, строки <<<<<<<, ======= и >>>>>>> удалите"
    return Damage(text.count("\n", 0, found.start()) + 1, message)


def second_header(body: str, line: int) -> Damage | None:
    """Return where the fields of a record stand once more, above its text."""
    return Damage(line, "поля записаны дважды; оставьте одни, вверху") if _SECOND_HEADER.match(body) else None


def unopened(text: str) -> str:
    """Return how a file begins that should begin with its fields."""
    first = text.split("\n", 1)[0].strip()
    if not first:
        return "пустая строка"
    dashes = ", а нужны три дефиса" if _DASHES.fullmatch(first) else ""
    return f"«{first[:_SHOWN]}»{dashes}"


def culprit(lines: list[str], stumbled: int) -> Damage | None:
    """Return what surely stops a parser that stumbled over a line, counted from 0, or nothing."""
    for sign in _SIGNS:
        for index in range(stumbled, max(stumbled - sign.reach, 0) - 1, -1):
            if sign.pattern.search(lines[index]):
                return Damage(index + 1, sign.message)
    return None


def pasted(body: str, first: int) -> Iterator[Damage]:
    """Yield lists and tables as Word and Excel show them: in Markdown they would run on in one line."""
    if "\t" not in body and not _BULLETED.search(body):
        return
    fence = was_row = False
    for line, words in enumerate(body.split("\n"), first):
        fence ^= words.lstrip().startswith(("```", "~~~"))
        is_row = not fence and _ROW.search(words) is not None
        if is_row and not was_row:
            yield Damage(line, "таблица без разметки: между столбцами ставят «|», под заголовками — строку |---|---|")
        if not fence and (bullet := _BULLET.match(words)):
            yield Damage(line, f"пункт списка начинают с «- », а здесь «{bullet[1]}»")
        was_row = is_row

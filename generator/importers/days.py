"""Days as tables write them: in figures, in words, as the number by which spreadsheet programs count."""

from __future__ import annotations

import re
from datetime import date, timedelta

from generator.importers.cells import Lost, Taken

MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
SHORTEST_MONTH = 3
"""Letters of a month's name cut short: «сен»."""
NOUGHT = date(1899, 12, 30)
"""Excel counts days from here (ECMA-376, 18.17.4.1), from March 1900 on."""
SERIALS = range(9000, 80000)
"""Numbers that are days of 1924–2119; a smaller one may be a year."""
_SERIAL = re.compile(r"(\d{4,5})(?:\.\d+)?")
_CLOCK = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_ISO = re.compile(rf"(?P<year>\d{{4}})[-./](?P<month>\d{{1,2}})[-./](?P<day>\d{{1,2}}){_CLOCK}")
_FIGURES = re.compile(
    rf"(?P<day>\d{{1,2}})\s?[./,-]\s?(?P<month>\d{{1,2}})\s?[./,-]\s?(?P<year>\d{{4}}|\d{{2}}){_CLOCK}"
)
_WORDS = re.compile(r"«?(?P<day>\d{1,2})»?\s+(?P<word>[а-яё]+)\.?\s+(?P<year>\d{4})")


def day_taken(field: str, text: str, today: date) -> Taken:
    """Return the day that a cell names, written as records do."""
    found = _day(text, today)
    if isinstance(found, str):
        return Taken(lost=(Lost(text, found),))
    if found > today:
        return Taken(lost=(Lost(text, "этот день ещё не наступил"),))
    if str(found.year) not in text and not _SERIAL.fullmatch(text):
        return Taken({field: found.isoformat()}, doubts=(Lost(text, f"год понят как {found.year}"),))
    return Taken({field: found.isoformat()})


def _day(text: str, today: date) -> date | str:
    """Return the day, or what keeps it from being read."""
    bare = re.sub(r"\s*(?:г\.?|года|год)$", "", text.lower().removeprefix("от ").strip(" .,"))
    if serial := _SERIAL.fullmatch(bare):
        number = int(serial[1])
        if number in SERIALS:
            return NOUGHT + timedelta(days=number)
        return "здесь только год; нужен день, месяц и год: 12.03.2015"
    found = _ISO.fullmatch(bare) or _FIGURES.fullmatch(bare) or _WORDS.fullmatch(bare)
    if found is None:
        return "дата не читается; нужны день, месяц и год: 12.03.2015"
    parts = found.groupdict()
    month = int(parts["month"]) if "month" in parts else _month(parts["word"])
    try:
        return date(_year(parts["year"], today), month, int(parts["day"]))
    except ValueError:
        return "такого дня нет в календаре"


def _month(word: str) -> int:
    """Return a month by its name in either case or by its beginning; 0 for no month."""
    for number, name in enumerate(MONTHS, start=1):
        if word in (f"{name[:-1]}ь", f"{name[:-1]}й") or (len(word) >= SHORTEST_MONTH and name.startswith(word)):
            return number
    return 0


def _year(text: str, today: date) -> int:
    """Return a year; one of two figures is the last such that has come."""
    if len(text) == len("2015"):
        return int(text)
    century = today.year - today.year % 100
    return century + int(text) - (100 if century + int(text) > today.year else 0)

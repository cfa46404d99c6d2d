"""What a value was meant to be that is written in another way, and which of its signs only look right."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("янв", "фев", "мар", "апр", "ма[йя]", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_CLOCK = r"(?:,? *(?:в +)?(?P<hour>\d{1,2})[:.](?P<minute>\d\d))?"
_BETWEEN = r" *[-./\u2010-\u2015\u2212 ] *"
_DAY = re.compile(
    rf"(?P<day>\d{{1,2}}){_BETWEEN}(?P<month>\d{{1,2}}|[а-яё]{{3,8}}){_BETWEEN}(?P<year>\d{{4}})"
    rf"(?: *г(?:ода|од)?\.?)?{_CLOCK}"
    rf"|(?P<year_>\d{{4}}){_BETWEEN}(?P<month_>\d{{1,2}}){_BETWEEN}(?P<day_>\d{{1,2}}){_CLOCK.replace('>', '_>')}",
    re.IGNORECASE,
)
_DASHES = "тире, а нужен дефис «-»"
_QUOTES = "типографская кавычка, а поля понимают только прямые"
_ODD = {
    **dict.fromkeys("–—", _DASHES),
    "−": "минус, а нужен дефис «-»",
    **dict.fromkeys("‐‑", "неразрывный дефис, а нужен обычный «-»"),
    **dict.fromkeys("“”„«»‘’", _QUOTES),
    "：": "двоеточие из чужой раскладки",
}


def meant_day(text: str) -> str:
    """Return a day, with its hour if it has one, as records write it, or nothing where the text is none."""
    found = _DAY.fullmatch(" ".join(text.split()))
    if found is None:
        return ""
    parts = {name.rstrip("_"): part for name, part in found.groupdict().items() if part}
    try:
        day = date(int(parts["year"]), _month(parts["month"]), int(parts["day"]))
    except ValueError:
        return ""
    return f"{day} {parts['hour']:0>2}:{parts['minute']}" if "hour" in parts else str(day)


def _month(word: str) -> int:
    if word.isdecimal():
        return int(word)
    return next((number for number, start in enumerate(_MONTHS, 1) if re.match(start, word.lower())), 0)


def odd_sign(text: str) -> str:
    """Return words on the first sign of a value that looks like another one, or nothing."""
    sign = next((sign for sign in text if sign in _ODD), "")
    return f"; «{sign}» — {_ODD[sign]}" if sign else ""

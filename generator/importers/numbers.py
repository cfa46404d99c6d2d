"""Numbers of state registers, as spreadsheet programs leave them: rounded, without leading noughts, two in a cell."""

from __future__ import annotations

import re

from generator.fields.contact import Inn, Kpp, Ogrn
from generator.importers.cells import Lost, Taken, fit, lost

INN_DIGITS, KPP_DIGITS = 10, 9
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?[EeЕе]\+?\d+")
_ROUNDED_AWAY = "программа таблиц округлила число, цифры потеряны: сделайте столбец текстовым и впишите номер заново"
_NOUGHT = "впереди дописан ноль, который потеряла программа таблиц"
_LABELS = re.compile(r"\b(?:инн|кпп|огрн)\b[\s:№]*", re.IGNORECASE)


def inn_of(text: str) -> Taken:
    """Return an ИНН, and the КПП that stands behind it."""
    if _ROUNDED.fullmatch(text):
        return Taken(lost=(Lost(text, _ROUNDED_AWAY),))
    numbers = _numbers(text)
    first, second = numbers if len(numbers) == len(("inn", "kpp")) else ("", "")
    if second and fit(Kpp, second.zfill(KPP_DIGITS)).value:
        found, behind = _inn(first, text), kpp_of(second)
        return Taken({**found.values, **behind.values}, found.lost + behind.lost, found.doubts + behind.doubts)
    return _inn("".join(numbers) or text, text)


def kpp_of(text: str) -> Taken:
    """Return a КПП."""
    number = "".join(_numbers(text)) or text
    if len(number) == KPP_DIGITS - 1 and number.isdecimal():
        return Taken({"kpp": f"0{number}"}, doubts=(Lost(text, _NOUGHT),))
    found = fit(Kpp, number)
    return Taken(lost=(lost(text, found.complaint),)) if found.complaint else Taken({"kpp": number})


def ogrn_of(text: str) -> Taken:
    """Return an ОГРН."""
    if _ROUNDED.fullmatch(text):
        return Taken(lost=(Lost(text, _ROUNDED_AWAY),))
    number = "".join(_numbers(text)) or text
    found = fit(Ogrn, number)
    return Taken(lost=(lost(text, found.complaint),)) if found.complaint else Taken({"ogrn": number})


def _inn(number: str, text: str) -> Taken:
    if len(number) == INN_DIGITS - 1 and fit(Inn, f"0{number}").value:
        return Taken({"inn": f"0{number}"}, doubts=(Lost(text, _NOUGHT),))
    found = fit(Inn, number)
    return Taken(lost=(lost(text, found.complaint),)) if found.complaint else Taken({"inn": number})


def _numbers(text: str) -> list[str]:
    """Return the numbers of a cell, each without what is not of it."""
    bare = _LABELS.sub("", re.sub(r"(?<=\d)[.,]0+$", "", text.strip("'`’ ")))
    # Spaces part thousands; a slash, a comma or a line parts two numbers.
    parts = [re.sub(r"\s", "", part) for part in re.split(r"[/\\,;|]|(?<=\d{10})\s+(?=\d{4}[\dA-Z]{2}\d{3}$)", bare)]
    return [part for part in parts if part]

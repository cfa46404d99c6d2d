"""Telephones, e-mails, sites and pages, however they are mixed in one cell."""

from __future__ import annotations

import re
from typing import Any

from generator.fields.contact import Email, Phone, shown_phone
from generator.fields.text import Link, host_of
from generator.importers.cells import Around, Fit, Lost, Taken, fit, lost

_EMAIL = re.compile(r"(?:mailto:)?([^\s,;:<>()/|]+)\s*@\s*([\w.-]+\w)", re.IGNORECASE)
_LINK = re.compile(
    r"(?<![\w@)])(?:https?\s?:\s?/{1,2}\s*)?(?:[\w-]+\.)+(?:рф|рус|москва|[a-z]{2,})(?![\w.])(?::\d+)?(?:[/?#][^\s;|]*)?",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"(?<!\w)(?:(?:тел(?:ефон)?|т)\.?\s*/\s*ф(?:акс)?|тел(?:ефоны?)?|т|моб(?:ильный)?|сот(?:овый)?|раб(?:очий)?|e-?mail"
    r"|эл\.?\s*почта|почта|сайт|вк|vk|вконтакте|группа|и|ок|одноклассники|телеграм+|telegram)(?!\w)\s*[.:–-]*",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"[,\s(]*(?<![а-яёa-z])(?:доб(?:авочный)?|вн(?:утр)?|ext)\b[.:\s№]*\d+\)?", re.IGNORECASE)
_NEXT_NUMBER = re.compile(r"(?<=\d)\s+(?=(?:\+7|\b[78])[\s(–-]*\d{3}|[а-яё]{3,}\s*[.:]?\s*[\d(+])")
"""Where a number begins without a sign before it: with Russia's code, or behind a word of its own."""
LEAST_DIGITS, MOST_DIGITS = 5, 7
"""Digits of a town's number without its code."""
WHOLE = 10
"""Digits of a number with its code."""


def reached(text: str, field: str, around: Around) -> Taken:
    """Return everything in a cell by which an organisation is reached, whatever its column is called."""
    values: dict[str, list[str]] = {"phones": [], "emails": [], "sites": [], "pages": []}
    missed: list[Lost] = []

    def email(found: re.Match[str]) -> str:
        _keep(values["emails"], missed, Email, f"{found[1]}@{found[2]}".rstrip("."))
        return ";"

    def link(found: re.Match[str]) -> str:
        address = _link(found[0])
        _keep(values[_shelf(address, field, around)], missed, Link, address)
        return ";"

    rest = _LINK.sub(link, _EMAIL.sub(email, text))
    if re.search(r"\d{2}", rest) and field in ("phones", "contacts"):
        _phones(rest, values["phones"], missed)
    elif left := _LABELS.sub("", rest).strip(" ,;.:/|()\n–-"):
        missed.append(Lost(left if any(values.values()) else text, _meant(field)))
    return Taken({name: found for name, found in values.items() if found}, tuple(missed))


def phone_of(field: str, text: str) -> Taken:
    """Return a telephone of one person."""
    found = fit(Phone, text)
    return Taken(lost=(lost(text, found.complaint),)) if found.complaint else Taken({field: shown_phone(found.value)})


def _meant(field: str) -> str:
    meant = {
        "emails": "нужна почта вида name@example.org",
        "sites": "нужен адрес сайта",
        "pages": "нужен адрес страницы: vk.com/имя",
    }
    return meant.get(field, "это не телефон, не почта и не адрес сайта")


def _link(text: str) -> str:
    address = re.sub(r"^(https?)\s?:\s?/{1,2}\s*", lambda found: f"{found[1].lower()}://", text, flags=re.IGNORECASE)
    address = address if re.match(r"https?://", address) else f"https://{address}"
    scheme, _, rest = address.rstrip(".,;").partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.lower()}{slash}{path}"


def _shelf(address: str, field: str, around: Around) -> str:
    """Return where a link belongs: pages of social networks apart from sites, unless our own table says otherwise."""
    if field in ("sites", "pages") and around.is_ours:
        return field
    try:
        host = host_of(address).removeprefix("www.").removeprefix("m.")
    except (UnicodeError, ValueError):
        return "sites"
    return "pages" if field == "pages" or host in around.vocabulary.texts["social"] else "sites"


def _keep(values: list[str], missed: list[Lost], kind: Any, text: str) -> None:
    found = fit(kind, text)
    if found.complaint:
        missed.append(lost(text, found.complaint))
    elif text not in values:
        values.append(text)


def _phones(text: str, values: list[str], missed: list[Lost]) -> None:
    """Take numbers one by one: the short ones have the code of the one before them."""
    before = ""
    pieces = re.split(r"[;\n/|]|,(?!\s*(?:доб|вн|ext))", _LABELS.sub("; ", text))
    for piece in (part for each in pieces for part in _NEXT_NUMBER.split(each)):
        if extension := _EXTENSION.search(piece):
            missed.append(Lost(extension[0].strip(" ,()"), "добавочный номер не перенесён: для него нет поля"))
        words = _EXTENSION.sub("", piece)
        if left := " ".join(re.sub(r"[\d+()–—.,:-]", " ", words).split()):
            missed.append(Lost(left, "слова рядом с телефоном не перенесены"))
        number = re.sub(r"[^\d+]", "", words)
        if not number:
            continue
        found = _phone(number, before)
        if found.complaint:
            missed.append(lost(piece.strip(), found.complaint))
        elif (shown := shown_phone(found.value)) not in values:
            values.append(shown)
        before = piece if len(number) > MOST_DIGITS else before


def _phone(number: str, before: str) -> Fit:
    """Return a number; a short one has the code of the one before it, if that has as many digits behind its code."""
    digits = number.lstrip("+")
    if len(digits) <= MOST_DIGITS:
        if len(digits) < LEAST_DIGITS or _local(before) != len(digits):
            return Fit(None, "нет кода города: +7 34141 2-34-56")
        number = f"+7{re.sub(r'[^0-9]', '', before)[-WHOLE:][: -len(digits)]}{digits}"
    return fit(Phone, number)


def _local(piece: str) -> int:
    """Return how many digits of a number are not its code; 0 where no town's code is set apart."""
    found = re.search(r"\(\s*[\d\s-]{3,8}\)(.+)|\+7\s+(?!9)\d{3,5}\s(.+)", piece)
    return len(re.sub(r"\D", "", found[1] or found[2])) if found else 0

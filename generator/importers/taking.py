"""Which cleaning each column gets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from generator.fields.contact import Email
from generator.fields.hours import Week
from generator.fields.text import Line, Slug, Text
from generator.importers.cells import Around, Lost, Taken, fit, one
from generator.importers.choices import (
    activity_taken,
    audiences_taken,
    flag_taken,
    form_taken,
    status_taken,
    topics_taken,
    wishes_taken,
)
from generator.importers.days import day_taken
from generator.importers.numbers import inn_of, kpp_of, ogrn_of
from generator.importers.places import address_taken
from generator.importers.reach import phone_of, reached
from generator.importers.spaces import line, lines, visible
from generator.importers.table import BROKEN_FORMULAS, UNCOMPUTED
from generator.records.record import Alias

Taker = Callable[[str, Around], Taken]
"""Takes a cell's text; one line of it, unless the column is in `OF_LINES`."""


def _one(field: str, kind: object) -> Taker:
    return lambda text, _: one(field, kind, text)


def _day(field: str) -> Taker:
    return lambda text, around: day_taken(field, text, around.today)


def _listed(field: str, kind: object) -> Taker:
    """Return what takes a value a line."""

    def take(text: str, _: Around) -> Taken:
        found = [(each, fit(kind, each).complaint) for each in lines(text)]
        right = [each for each, complaint in found if not complaint]
        missed = tuple(Lost(each, complaint) for each, complaint in found if complaint)
        return Taken({field: right} if right else {}, missed)

    return take


def _phone(text: str, _: Around) -> Taken:
    return phone_of("head_phone", text)


def _id(text: str, _: Around) -> Taken:
    """Return a record's id; a number is one that somebody else gave."""
    found = fit(Slug, text)
    if found.complaint or text.isdecimal():
        return Taken(lost=(Lost(text, "код — имя записи латиницей, каким кончается адрес её страницы"),))
    return Taken({"id": text})


def _text(text: str, _: Around) -> Taken:
    """Return a text of several paragraphs: it keeps its lines."""
    written = "\n".join(each.rstrip() for each in visible(text).split("\n")).strip("\n")
    return Taken({"text": written})


TAKERS: dict[str, Taker] = {
    "id": _id,
    "title": _one("title", Line),
    "legal_name": _one("legal_name", Line),
    "form": form_taken,
    "inn": lambda text, _: inn_of(text),
    "kpp": lambda text, _: kpp_of(text),
    "ogrn": lambda text, _: ogrn_of(text),
    "registered": _day("registered"),
    "status": status_taken,
    "summary": _one("summary", Text),
    "activity": activity_taken,
    "topics": topics_taken,
    "audiences": audiences_taken,
    "address": address_taken,
    **{field: partial(lambda field, text, around: reached(text, field, around), field) for field in (
        "phones", "emails", "sites", "pages", "contacts",
    )},
    "hours": _one("hours", Week),
    "hours_note": _one("hours_note", Line),
    "needs": partial(wishes_taken, "needs"),
    "offers": partial(wishes_taken, "offers"),
    "head_role": _one("head_role", Line),
    "head_name": _one("head_name", Line),
    "head_consent": _day("head_consent"),
    "head_phone": _phone,
    "head_email": _one("head_email", Email),
    "source": _listed("source", Line),
    "checked": _day("checked"),
    "updated": _day("updated"),
    "foreign_agent": _one("foreign_agent", Line),
    "aliases": _listed("aliases", Alias),
    "example": partial(flag_taken, "example"),
    "text": _text,
}  # fmt: skip
"""What each column of organisations gives; «contacts» and «activity» give several fields."""

SERVICE_TAKERS: dict[str, Taker] = {
    "title": _one("title", Line),
    "note": _one("note", Line),
    "cost": _one("cost", Line),
    "audiences": audiences_taken,
    "hours": _one("hours", Week),
    "hours_note": _one("hours_note", Line),
    "place": lambda text, around: _renamed(address_taken(text, around)),
}
"""What each column of services gives."""

OF_LINES = frozenset(
    (
        *("phones", "emails", "sites", "pages", "contacts", "needs", "offers", "source", "aliases", "text"),
        *("topics", "audiences", "activity"),
    )
)
"""Columns whose cells keep their lines."""


def taken(taker: Taker, field: str, text: str, around: Around) -> Taken:
    """Return what a cell gives; nothing for one that says so."""
    written = line(text)
    if written.lower() in around.vocabulary.nothing and not around.is_ours:
        return Taken()
    if written == UNCOMPUTED:
        return Taken(lost=(Lost("", "формула без значения: откройте таблицу в программе и сохраните её"),))
    if written.upper() in BROKEN_FORMULAS:
        return Taken(lost=(Lost(written, "формула с ошибкой"),))
    return taker(visible(text) if field in OF_LINES else written, around) if written else Taken()


def _renamed(found: Taken) -> Taken:
    return found._replace(values={"place": found.values["address"]} if found.values else {})

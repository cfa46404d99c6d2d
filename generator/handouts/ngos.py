"""The sheet `ngos`: the directory as a book of A5 pages, by topic, with an index by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from generator.catalog.directory import by_letter, schedule
from generator.fields.contact import Person, shown_phone
from generator.fields.hours import Hours
from generator.fields.service import Service, Wish
from generator.handouts.sheet import Subject
from generator.handouts.wording import Wording
from generator.records.ngo import Ngo
from generator.records.record import Record
from generator.russian import NBSP, clock_words, in_month_words
from generator.templating import shown_link

LINE = 50
"""Signs of a line beside the labels of an entry: what takes many lines may be longer than a page."""
MANY = 400
"""Organisations from which on the book only says where to ask: a region's in full would be 1,600 pages."""
TOLD = ("closed", "liquidating")
"""The states of an organisation that a reader must know before going there."""


def books(wording: Wording) -> Iterator[Subject]:
    """Yield the one book, named after the town."""
    yield Subject("ngos", "/ngos/", wording.settings.extra.place.town)


def ngos(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return organisations by their first topic, where else each belongs, and the index by letter."""
    every = wording.catalog.of("ngo")
    named = _Directory(wording, brief=len(every) > MANY)
    return {
        "total": len(every),
        "brief": named.brief,
        "chapters": [chapter for chapter in named.chapters(every) if chapter["entries"] or chapter["elsewhere"]],
        "index": [
            {"letter": letter.letter, "entries": [_name(each) for each in letter.entries]}
            for letter in by_letter(every)
        ],
        "examples": any(ngo.example for ngo in every),
        "help": next((centre.summary for centre in wording.catalog.of("centre")), None),
        "report_to": wording.settings.extra.report_to,
    }


class _Directory:
    """Tells of organisations in the words of a site."""

    def __init__(self, wording: Wording, *, brief: bool) -> None:
        self.wording = wording
        self.brief = brief
        self.words = wording.words

    def chapters(self, every: Iterable[Ngo]) -> Iterator[dict[str, Any]]:
        """Yield every topic with the organisations that put it first, and those that name it besides."""
        first: dict[str, list[Ngo]] = defaultdict(list)
        besides: dict[str, list[Ngo]] = defaultdict(list)
        for ngo in every:
            main, *rest = ngo.topics or ("",)
            first[main].append(ngo)
            for other in rest:
                besides[other] += [] if self.brief else [ngo]
        for slug, topic in self.wording.catalog.topics.items():
            yield {
                "title": topic.title,
                "entries": [self.entry(ngo) for ngo in first[slug]],
                "elsewhere": [_name(ngo) for ngo in besides[slug]],
            }
        yield {"title": None, "entries": [self.entry(ngo) for ngo in first[""]], "elsewhere": []}

    def entry(self, ngo: Ngo) -> dict[str, Any]:
        """Return what people need of an organisation on paper."""
        contacts = ngo.contacts
        whole = {} if self.brief else self._particulars(ngo)
        told = {
            **_name(ngo),
            "legal_name": ngo.longer_name,
            "example": ngo.example,
            "status": self.words["ngo_status"][ngo.status] if ngo.status in TOLD else None,
            "agent": self.wording.templating.foreign_agent(ngo),
            "summary": ngo.summary,
            "address": contacts.address,
            "when": self._when(contacts.hours, contacts.hours_note),
            "contacts": [
                *map(shown_phone, contacts.phones),
                *contacts.emails,
                *map(shown_link, contacts.sites + contacts.pages),
            ],
            "audiences": [],
            "services": [],
            "needs": [],
            "offers": [],
            "head": None,
            "checked": ngo.checked and in_month_words(ngo.checked),
            "page": shown_link(self.wording.settings.absolute(ngo.address)),
            **whole,
        }
        return told | {"lines": sum(-(-len(text) // LINE) for text in _texts(told))}

    def _particulars(self, ngo: Ngo) -> dict[str, Any]:
        """Return what only a town's book has room for."""
        return {
            "audiences": self._audiences(ngo.audiences),
            "services": [self._service(service, ngo) for service in ngo.services],
            "needs": self._wishes(ngo.needs),
            "offers": self._wishes(ngo.offers),
            "head": self._person(ngo.head) if ngo.head else None,
        }

    def _service(self, service: Service, ngo: Ngo) -> dict[str, Any]:
        """Return a service; whom it is for, where that is not everybody whom the organisation works for."""
        own = service.audiences if set(service.audiences) != set(ngo.audiences) else ()
        return {
            "title": service.title,
            "note": service.note,
            "cost": service.cost,
            "audiences": self._audiences(own),
            "when": self._when(service.hours, service.hours_note),
            "place": service.place,
        }

    def _person(self, person: Person) -> dict[str, Any] | None:
        """Return whom to ask by name, or None where nobody agreed to be named."""
        expert = self.wording.catalog.get("expert", person.expert) if person.expert else None
        name = person.name or (expert and expert.title)
        if not name:
            return None
        reach = [*([shown_phone(person.phone)] if person.phone else []), *([person.email] if person.email else [])]
        return {"name": name, "role": person.role, "contacts": reach}

    def _audiences(self, codes: Iterable[str]) -> list[str]:
        return [self.words["audience"][code] for code in codes]

    def _wishes(self, wishes: Iterable[Wish]) -> list[dict[str, Any]]:
        """Return wishes by what they are of, as they come."""
        found: dict[str, list[str]] = defaultdict(list)
        for wish in wishes:
            found[wish.what].append(wish.note)
        return [
            {"what": None if what == "other" else self.words["wish"][what], "notes": notes}
            for what, notes in found.items()
        ]

    def _when(self, hours: Iterable[Hours], note: str | None) -> str | None:
        """Return «вт, чт 17:00–19:00; по записи», or None where nothing is said."""
        parts = []
        for part in schedule(hours):
            names = (dict.fromkeys([span.first, span.last]) for span in part.days)
            days = ", ".join("–".join(self.words["weekday"][day] for day in each) for each in names)
            times = " и ".join(f"{clock_words(opens)}–{clock_words(closes)}" for opens, closes in part.times)
            parts.append(f"{days}{NBSP}{times}")
        told = "; ".join(parts)
        if not told or not note:
            return told or note
        return f"{told}{'. ' if note[0].isupper() else '; '}{note}"


def _texts(told: Any) -> Iterator[str]:
    """Yield every text of what is told of an organisation, however deep."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from _texts(each)


def _name(record: Record) -> dict[str, Any]:
    """Return what an organisation is found by: its name and its place in the book."""
    return {"slug": record.slug, "title": record.title}

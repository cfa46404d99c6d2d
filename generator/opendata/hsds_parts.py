"""Parts of HSDS 3.0 (Human Services Data Specification): terms, phones, places, hours, each with a UUID of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from generator.catalog import Catalog
from generator.fields.address import parts_of_address
from generator.fields.contact import Person, shown_phone
from generator.fields.hours import Hours, Weekday
from generator.fields.moment import zone_info
from generator.opendata.identifiers import uuid_of
from generator.templating import Templating, punycode

Told = dict[str, Any]
LANGUAGE = "ru"
COUNTRY = "RU"
DAYS: dict[Weekday, str] = {"mon": "MO", "tue": "TU", "wed": "WE", "thu": "TH", "fri": "FR", "sat": "SA", "sun": "SU"}


class Offset(NamedTuple):
    """How far the site's clocks are from UTC."""

    words: str
    """`+04:00`."""
    hours: float


@dataclass(frozen=True)
class Parts:
    """Makes the parts that organisations and services share."""

    catalog: Catalog
    templating: Templating

    def id(self, *names: str) -> str:
        """Return the UUID of a thing by its names."""
        return uuid_of(self.templating.settings, *names)

    def link(self, address: str) -> str:
        """Return the full address of a page."""
        return punycode(self.templating.settings.absolute(address))

    def taxonomies(self) -> list[Told]:
        """Return our vocabularies."""
        words = self.templating.words["taxonomies"]
        return [
            {
                "id": self.id("taxonomy", name),
                "name": words[name]["title"],
                "description": words[name]["description"],
                "uri": self.link(address),
            }
            for name, address in (("topics", "/topics/"), ("audiences", "/ngos/"))
        ]

    @cached_property
    def terms(self) -> dict[tuple[str, str], Told]:
        """The words of our vocabularies, by the vocabulary and their codes."""
        topics = (
            (slug, topic.title, topic.summary)
            for slug in self.catalog.used_topics
            if (topic := self.catalog.topics[slug])
        )
        audiences = ((code, title, None) for code, title in self.templating.words["audience"].items())
        names = {each["id"]: each["name"] for each in self.taxonomies()}
        return {
            (vocabulary, code): {
                "id": self.id("term", vocabulary, code),
                "code": code,
                "name": title,
                "description": summary or title,
                "taxonomy": names[self.id("taxonomy", vocabulary)],
                "taxonomy_id": self.id("taxonomy", vocabulary),
                "language": LANGUAGE,
            }
            for vocabulary, found in (("topics", topics), ("audiences", audiences))
            for code, title, summary in found
        }

    def attributes(self, of: str, entity: str, vocabulary: str, codes: Iterable[str]) -> list[Told]:
        """Return that a thing is on some topics, or for some people."""
        terms = (self.terms[vocabulary, code] for code in codes)
        return [
            {
                "id": self.id(of, "attribute", term["id"]),
                "link_id": of,
                "link_entity": entity,
                "link_type": vocabulary,
                "taxonomy_term_id": term["id"],
                "value": term["name"],
            }
            for term in terms
        ]

    def phones(self, of: str, numbers: Iterable[str]) -> list[Told]:
        """Return telephone numbers."""
        return [
            {
                "id": self.id(of, "phone", number),
                "number": shown_phone(number),
                "languages": [self.language(of, number)],
            }
            for number in numbers
        ]

    def contacts(self, of: str, head: Person | None) -> list[Told]:
        """Return whom to ask for: nobody, unless the person agreed to be named."""
        if head is None or head.name is None:
            return []
        told = {"id": self.id(of, "contact"), "organization_id": of, "name": head.name, "title": head.role}
        told |= {"department": head.organisation} if head.organisation else {}
        told |= {"email": head.email} if head.email else {}
        return [told | {"phones": self.phones(told["id"], [head.phone] if head.phone else [])}]

    def language(self, *of: str) -> Told:
        """Return that Russian is spoken."""
        return {"id": self.id(*of, "language"), "name": self.templating.words["language"], "code": LANGUAGE}

    def location(self, of: str, name: str, address: str | None) -> Told:
        """Return a place of an organisation."""
        place = self.id(of, "location", address or "")
        told = {
            "id": place,
            "location_type": "physical",
            "organization_id": of,
            "name": name,
        }
        return told | {"addresses": [self._address(place, address)]} if address else told

    def _address(self, place: str, address: str) -> Told:
        parts, own = parts_of_address(address), self.templating.settings.place
        # The standard wants a region and a postcode; of the site's own town the region is known.
        region = parts.region or (own.region if parts.town == own.town else "")
        told = {
            "id": self.id(place, "address"),
            "location_id": place,
            "address_1": ", ".join(filter(None, (parts.street, parts.house))),
            "city": parts.town,
            "state_province": region,
            "postal_code": parts.postcode or "",
            "country": COUNTRY,
            "address_type": "physical",
        }
        return told | {"address_2": parts.rest} if parts.rest else told

    def schedules(self, of: str, entity: str, hours: Iterable[Hours], note: str | None) -> list[Told]:
        """Return when a service or a place is open; a note alone where no hours are named."""
        notes = {"notes": note} if note else {}
        found = [self._schedule(of, each) | {f"{entity}_id": of} | notes for each in hours]
        return found or ([{"id": self.id(of, "schedule"), f"{entity}_id": of, "description": note}] if note else [])

    def _schedule(self, of: str, hours: Hours) -> Told:
        days = ",".join(DAYS[day] for day in hours.days)
        return {
            "id": self.id(of, "schedule", days, f"{hours.opens:%H:%M}"),
            "freq": "WEEKLY",
            "wkst": "MO",
            "byday": days,
            "opens_at": f"{hours.opens:%H:%M}{self._offset.words}",
            "closes_at": f"{hours.closes:%H:%M}{self._offset.words}",
            "timezone": self._offset.hours,
        }

    @cached_property
    def _offset(self) -> Offset:
        midnight = datetime.combine(self.catalog.today, time(), zone_info(self.templating.settings.extra.time_zone))
        ahead = midnight.utcoffset() or timedelta()
        return Offset(midnight.isoformat()[len("2026-11-20T00:00:00") :], ahead / timedelta(hours=1))

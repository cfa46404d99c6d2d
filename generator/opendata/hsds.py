"""The directory by HSDS 3.0: organisations, the centre among them, their services, and the vocabularies they use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.fields.contact import Contacts, Person
from generator.fields.hours import Hours
from generator.fields.service import Service
from generator.opendata.files import json_file
from generator.opendata.hsds_parts import Parts, Told
from generator.opendata.identifiers import registered
from generator.records.record import Record
from generator.templating import Templating, punycode


class Provider(NamedTuple):
    """An organisation as the standard sees it: one that helps people at some place and hours."""

    record: Record
    contacts: Contacts
    hours: Sequence[Hours]
    services: Sequence[Service]
    legal_name: str | None = None
    legal_status: str | None = None
    founded: int | None = None
    head: Person | None = None
    audiences: Sequence[str] = ()
    is_closed: bool = False
    alert: str | None = None
    """What to beware of, when it is not known to work."""


def providers(catalog: Catalog, templating: Templating) -> Iterator[Provider]:
    """Yield the centre and the organisations of the directory."""
    words = templating.words
    for centre in catalog.of("centre"):
        yield Provider(centre, centre.contacts, centre.hours, centre.services)
    for ngo in catalog.of("ngo"):
        yield Provider(
            ngo,
            ngo.contacts,
            ngo.contacts.hours,
            ngo.services,
            ngo.legal_name,
            words["form"][ngo.form],
            ngo.registered.year if ngo.registered else None,
            ngo.head,
            ngo.audiences,
            ngo.status == "closed",
            None if ngo.status == "active" else f"{words['ngo_columns']['status']}: {words['ngo_status'][ngo.status]}",
        )


def hsds_files(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield the pages that the standard's API has, each whole."""
    parts = Parts(catalog, templating)
    found = list(providers(catalog, templating))
    yield _page("organizations", [_organization(each, parts) for each in found])
    yield _page("services", [told for each in found for told in _services(each, parts)])
    yield _page("taxonomies", parts.taxonomies())
    yield _page("taxonomy_terms", list(parts.terms.values()))


def _page(name: str, contents: Sequence[Told]) -> Artifact:
    head = {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
    }
    return json_file(f"data/hsds/{name}.json", head, "contents", contents)


def _organization(each: Provider, parts: Parts) -> Told:
    record = each.record
    own = parts.id(record.kind, record.slug)
    told = {
        **_reference(each, parts),
        "alternate_name": each.legal_name,
        "email": next(iter(each.contacts.emails), None),
        "website": next(map(punycode, (*each.contacts.sites, *each.contacts.pages)), None),
        "year_incorporated": each.founded,
        "legal_status": each.legal_status,
        "uri": parts.link(record.address),
        "organization_identifiers": [
            {
                "id": parts.id(own, "identifier", number.scheme),
                "organization_id": own,
                "identifier_scheme": number.scheme,
                "identifier_type": parts.templating.words["ngo_columns"][number.field],
                "identifier": number.number,
            }
            for number in registered(record)
        ],
        "phones": [phone | {"organization_id": own} for phone in parts.phones(own, each.contacts.phones)],
        "contacts": parts.contacts(own, each.head),
        "locations": _locations(each, parts),
        "attributes": [
            *parts.attributes(own, "organization", "topics", record.topics),
            *parts.attributes(own, "organization", "audiences", each.audiences),
        ],
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def _reference(each: Provider, parts: Parts) -> Told:
    """Return what is told of an organisation wherever it is named, with the marks that the law and honesty ask for."""
    record, words = each.record, parts.templating.words
    marks = (parts.templating.foreign_agent(record), words["example_note"] if record.example else "")
    told = "\n".join(filter(None, (*marks, record.summary or each.legal_name or record.title)))
    return {"id": parts.id(record.kind, record.slug), "name": record.title, "description": told}


def _locations(each: Provider, parts: Parts) -> list[Told]:
    """Return the organisation's own place with its hours, and those where it serves besides."""
    own = _own_place(each, parts)
    places = dict.fromkeys(service.place for service in each.services if service.place != each.contacts.address)
    organization = parts.id(each.record.kind, each.record.slug)
    others = [parts.location(organization, each.record.title, place) for place in places if place]
    return [*([own] if own else []), *others]


def _own_place(each: Provider, parts: Parts) -> Told | None:
    contacts = each.contacts
    if not (contacts.address or each.hours or contacts.hours_note):
        return None
    told = parts.location(parts.id(each.record.kind, each.record.slug), each.record.title, contacts.address)
    schedules = parts.schedules(told["id"], "location", each.hours, contacts.hours_note)
    return told | {"schedules": schedules} if schedules else told


def _services(each: Provider, parts: Parts) -> Iterator[Told]:
    seen: Counter[str] = Counter()
    for service in each.services:
        seen[service.title] += 1
        names = (each.record.kind, each.record.slug, "service", service.title)
        # Two services of one name are told apart by their order.
        yield _service(parts.id(*names, *("again" for _ in range(seen[service.title] - 1))), service, each, parts)


def _service(own: str, service: Service, each: Provider, parts: Parts) -> Told:
    record, words = each.record, parts.templating.words
    organization = parts.id(record.kind, record.slug)
    place = parts.location(organization, record.title, service.place or each.contacts.address)
    audiences = service.audiences or each.audiences
    told = {
        "id": own,
        "organization_id": organization,
        "name": service.title,
        "description": service.note,
        "url": parts.link(record.address),
        "email": next(iter(each.contacts.emails), None),
        "status": "defunct" if each.is_closed else "active",
        "alert": each.alert,
        "fees_description": service.cost,
        "eligibility_description": ", ".join(words["audience"][who] for who in audiences) or None,
        "assured_date": f"{record.checked}" if record.checked else None,
        "last_modified": f"{record.changed}T00:00:00.000Z" if record.changed else None,
        "organization": _reference(each, parts),
        "schedules": parts.schedules(own, "service", service.hours, service.hours_note),
        "languages": [parts.language(own) | {"service_id": own}],
        "service_at_locations": [_at(own, place, parts)] if "addresses" in place else [],
        "attributes": parts.attributes(own, "service", "audiences", audiences),
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def _at(service: str, place: Told, parts: Parts) -> Told:
    own = parts.id(service, place["id"])
    return {"id": own, "service_id": service, "location_id": place["id"], "location": place}

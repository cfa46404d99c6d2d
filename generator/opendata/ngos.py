"""The directory of organisations: as JSON, as a table, and as a workbook with their services beside them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.fields.contact import Person, shown_phone
from generator.fields.hours import Hours
from generator.fields.service import Service, Wish
from generator.markdown import SCHEMES, WITHHELD
from generator.opendata.files import Cell, csv_file, json_file
from generator.opendata.identifiers import org_ids
from generator.opendata.workbook import Table, workbook
from generator.records.ngo import Ngo
from generator.records.record import Record
from generator.templating import Templating

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)[^)]*\)|^ {0,3}\[(?!\^)[^\]]+\]:\s*<?([^\s>]+).*$", re.MULTILINE)
"""A link in Markdown, and where one is defined apart from its words."""


def ngos_json(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield the organisations as JSON."""
    ngos = catalog.of("ngo")
    updated = max((ngo.changed for ngo in ngos if ngo.changed), default=None)
    head = {"updated": updated, "licence": templating.settings.extra.licence}
    yield json_file("data/ngos.json", head, "ngos", (_told(ngo, catalog, templating) for ngo in ngos))


def ngos_csv(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield the organisations as a table."""
    rows = (_row(ngo, catalog, templating) for ngo in catalog.of("ngo"))
    yield csv_file("data/ngos.csv", templating.words["ngo_columns"], rows)


def ngos_xlsx(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield the organisations as a workbook."""
    ngos, words = catalog.of("ngo"), templating.words
    rows = [_row(ngo, catalog, templating) for ngo in ngos]
    services = [_service_row(ngo, service, templating) for ngo in ngos for service in ngo.services]
    tables = (
        Table(words["sheets"]["ngos"], words["ngo_columns"], rows),
        Table(words["sheets"]["services"], words["service_columns"], services),
    )
    yield Artifact("data/ngos.xlsx", workbook(tables))


def public_text(record: Record, withheld: str) -> str:
    """Return a text as its editor wrote it, without remarks to colleagues and links to people who did not agree."""
    text = record.body.written
    if "<!--" in text:
        text = COMMENT.sub("", text)
    text = text.strip("\n")
    if WITHHELD not in record.body.html:
        return text
    folder = posixpath.dirname(record.path)
    known = {*(path for _, path in record.body.links), *record.body.assets}

    def shown(link: re.Match[str]) -> str:
        target = (link[1] or link[2]).partition("#")[0]
        is_told = (
            target.startswith(SCHEMES)
            or posixpath.normpath(posixpath.join(folder, target)) in known
            or f'href="{target}' in record.body.html
        )
        return link[0] if is_told else withheld if link[1] else ""

    return LINK.sub(shown, text)


def hours_told(hours: Iterable[Hours]) -> list[dict[str, Any]]:
    """Return the hours of a week for JSON."""
    return [
        {"days": list(each.days), "opens": f"{each.opens:%H:%M}", "closes": f"{each.closes:%H:%M}"} for each in hours
    ]


def _told(ngo: Ngo, catalog: Catalog, templating: Templating) -> dict[str, Any]:
    return {
        "id": ngo.slug,
        "title": ngo.title,
        "url": templating.settings.absolute(ngo.address),
        "identifiers": org_ids(ngo),
        "legal_name": ngo.legal_name,
        "form": ngo.form,
        "inn": ngo.inn,
        "kpp": ngo.kpp,
        "ogrn": ngo.ogrn,
        "registered": ngo.registered,
        "status": ngo.status,
        "summary": ngo.summary,
        "text": public_text(ngo, templating.words["withheld"]) or None,
        "topics": list(ngo.topics),
        "topic_titles": [catalog.topics[topic].title for topic in ngo.topics],
        "audiences": list(ngo.audiences),
        "contacts": ngo.contacts.model_dump() | {"hours": hours_told(ngo.contacts.hours)},
        "head": _head(ngo.head, templating) if ngo.head else None,
        "services": [service.model_dump() | {"hours": hours_told(service.hours)} for service in ngo.services],
        "needs": [wish.model_dump() for wish in ngo.needs],
        "offers": [wish.model_dump() for wish in ngo.offers],
        "sources": list(ngo.source),
        "checked": ngo.checked,
        "updated": ngo.updated,
        "aliases": list(ngo.aliases),
        "foreign_agent": templating.foreign_agent(ngo) or None,
        "example": ngo.example,
    }


def _head(head: Person, templating: Templating) -> dict[str, Any]:
    photo = templating.settings.absolute(templating.portrait_of(head.photo)) if head.photo else None
    return head.model_dump() | {"photo": photo}


def _row(ngo: Ngo, catalog: Catalog, templating: Templating) -> dict[str, Cell]:
    """Return everything that is public of an organisation as a row, from which its record can be made again."""
    words, contacts, head = templating.words, ngo.contacts, ngo.head
    return {
        "id": ngo.slug,
        "title": ngo.title,
        "legal_name": ngo.legal_name,
        "form": words["form"][ngo.form],
        "inn": ngo.inn,
        "kpp": ngo.kpp,
        "ogrn": ngo.ogrn,
        "registered": ngo.registered,
        "status": words["ngo_status"][ngo.status],
        "summary": ngo.summary,
        "topics": "; ".join(catalog.topics[topic].title for topic in ngo.topics),
        "audiences": _audiences(ngo.audiences, words),
        "address": contacts.address,
        "phones": "\n".join(map(shown_phone, contacts.phones)),
        "emails": "\n".join(contacts.emails),
        "sites": "\n".join(contacts.sites),
        "pages": "\n".join(contacts.pages),
        "hours": templating.week(contacts.hours) if contacts.hours else None,
        "hours_note": contacts.hours_note,
        "needs": _wishes(ngo.needs, words),
        "offers": _wishes(ngo.offers, words),
        "head_role": head.role if head else None,
        "head_name": head.name if head else None,
        "head_consent": head.consent if head else None,
        "head_phone": shown_phone(head.phone) if head and head.phone else None,
        "head_email": head.email if head else None,
        "source": "\n".join(ngo.source),
        "checked": ngo.checked,
        "updated": ngo.updated,
        "foreign_agent": ngo.foreign_agent,
        "aliases": "\n".join(ngo.aliases),
        "example": words["answer"]["yes" if ngo.example else "no"],
        "text": public_text(ngo, words["withheld"]),
    }


def _service_row(ngo: Ngo, service: Service, templating: Templating) -> dict[str, Cell]:
    return {
        "ngo": ngo.slug,
        "title": service.title,
        "note": service.note,
        "cost": service.cost,
        "audiences": _audiences(service.audiences, templating.words),
        "hours": templating.week(service.hours) if service.hours else None,
        "hours_note": service.hours_note,
        "place": service.place,
    }


def _audiences(audiences: Iterable[str], words: Mapping[str, Any]) -> str:
    return "; ".join(words["audience"][each] for each in audiences)


def _wishes(wishes: Iterable[Wish], words: Mapping[str, Any]) -> str:
    """Return wishes, a line each: «Волонтёры: водителей на субботу»."""
    return "\n".join(
        wish.note if wish.what == "other" else f"{words['wish'][wish.what]}: {wish.note}" for wish in wishes
    )

"""Money awarded to projects, by the 360Giving Data Standard 1.4: a package of grants; none while nothing is awarded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.fields.address import parts_of_address
from generator.markdown import anchor_of
from generator.opendata.identifiers import licence_url, org_id, own_id
from generator.opendata.projects import Won, won
from generator.records.ngo import Ngo
from generator.records.record import Record
from generator.settings import Settings
from generator.templating import Templating, punycode

VERSION = "1.4"
ADDRESS = "/data/360giving.json"
TITLE = 140
"""Signs of a title that the standard advises to keep to."""


def awarded(catalog: Catalog) -> list[Won]:
    """Return the projects of which the day of the award, the sum and the funder are known."""
    return [each for each in won(catalog) if each.project.awarded and each.project.sum and each.funder]


def giving_files(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield the package of grants, if there are any."""
    found = awarded(catalog)
    if not found:
        return
    settings, words = templating.settings, templating.words["datasets"]["360giving"]
    licence = licence_url(settings.extra.licence)
    package = {
        "version": VERSION,
        "title": f"{words['title']}: {settings.site_name}",
        "description": words["description"],
        "modified": _instant(max(_changed(each) for each in found)),
        "identifier": own_id(settings, "data", "360giving"),
        "publisher": {"name": settings.extra.library, "website": punycode(settings.site_url)},
        "downloadURL": punycode(settings.absolute(ADDRESS)),
        "accessURL": punycode(settings.absolute("/data/")),
        **({"license": licence} if licence else {}),
        "grants": [_grant(each, catalog, templating) for each in found],
    }
    yield Artifact(ADDRESS[1:], f"{json.dumps(package, ensure_ascii=False, indent=1)}\n".encode())


def _grant(each: Won, catalog: Catalog, templating: Templating) -> dict[str, Any]:
    project, settings = each.project, templating.settings
    told = {
        "id": own_id(settings, "project", project.slug),
        "title": _title(each, templating),
        "description": _description(each, templating),
        "currency": "RUB",
        "amountAwarded": project.sum,
        "awardDate": _instant(project.awarded),
        "url": punycode(settings.absolute(project.address)),
        "recipientOrganization": [_recipient(each, settings)],
        "fundingOrganization": [_organization(each.funder, settings)] if each.funder else [],
        "grantProgramme": [_programme(each, settings)] if each.competition else [],
        "fromOpenCall": "Yes" if each.grant else None,
        "plannedDates": [_dates(each)] if project.starts and project.status == "running" else [],
        "actualDates": [_dates(each)] if project.starts and project.status != "running" else [],
        "classifications": [
            {
                "vocabulary": punycode(settings.absolute("/topics/")),
                "code": topic,
                "title": catalog.topics[topic].title,
                "url": punycode(settings.absolute(f"/topics/{topic}/")),
            }
            for topic in project.topics
        ],
        "dateModified": _instant(_changed(each)),
        "dataSource": punycode(settings.absolute(ADDRESS)),
    }
    return _without_empty(told)


def _title(each: Won, templating: Templating) -> str:
    mark = templating.words["example_mark"] if each.project.example else ""
    title = f"{mark}{each.project.title}"
    return title if len(title) < TITLE else f"{title[: TITLE - 2]}…"


def _description(each: Won, templating: Templating) -> str:
    """Return what the project is, with the marks that the law and honesty ask for."""
    project = each.project
    agents = (record for record in (project, each.ngo, each.funder) if record)
    marks = dict.fromkeys(filter(None, map(templating.foreign_agent, agents)))
    shown = templating.words["example_note"] if project.example else ""
    told = project.summary or "; ".join(project.results) or project.title
    return "\n".join(filter(None, (*marks, shown, told)))


def _recipient(each: Won, settings: Settings) -> dict[str, Any]:
    if each.ngo:
        return _organization(each.ngo, settings) | _place(each.ngo)
    # Not of the directory, so its name is all that there is to make an identifier of.
    return {"id": own_id(settings, "applicant", anchor_of(each.winner)), "name": each.winner}


def _organization(record: Record, settings: Settings) -> dict[str, Any]:
    return {"id": org_id(record, settings), "name": record.title, "url": punycode(settings.absolute(record.address))}


def _place(ngo: Ngo) -> dict[str, Any]:
    told: dict[str, Any] = {"alternateName": ngo.legal_name}
    if ngo.contacts.address:
        parts = parts_of_address(ngo.contacts.address)
        told |= {
            "streetAddress": ", ".join(filter(None, (parts.street, parts.house, parts.rest))),
            "addressLocality": parts.town,
            "addressRegion": parts.region,
            "postalCode": parts.postcode,
            "addressCountry": "RU",
        }
    return _without_empty(told)


def _programme(each: Won, settings: Settings) -> dict[str, Any]:
    told = {"title": each.competition}
    if each.grant is None:
        return told
    return told | {"code": each.grant.slug, "url": punycode(settings.absolute(each.grant.address))}


def _dates(each: Won) -> dict[str, Any]:
    return _without_empty({"startDate": _instant(each.project.starts), "endDate": _instant(each.project.ends)})


def _instant(day: date | None) -> str | None:
    """Return a day as an instant: to a validator that knows no formats the schema's days are both of two things."""
    return f"{day}T00:00:00Z" if day else None


def _changed(each: Won) -> date:
    return max(day for day in (each.project.changed, each.project.awarded) if day)


def _without_empty(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in (None, "", [])}

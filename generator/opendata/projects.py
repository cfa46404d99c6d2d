"""Supported projects: who won money, from whom and what came of it, as JSON and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.fields.party import Party
from generator.opendata.files import Cell, csv_file, json_file
from generator.opendata.identifiers import org_ids
from generator.records.ngo import Ngo
from generator.records.project import Project
from generator.records.record import Record
from generator.templating import Templating


class Won(NamedTuple):
    """A project with the records that it names."""

    project: Project
    ngo: Ngo | None
    """Who won, if it is an organisation of the directory."""
    funder: Record | None
    grant: Record | None
    """The call that it won."""

    @property
    def winner(self) -> str:
        """The winner's name."""
        return self.ngo.title if self.ngo else self.project.applicant or ""

    @property
    def competition(self) -> str | None:
        """The competition's name."""
        return self.grant.title if self.grant else self.project.competition


def won(catalog: Catalog) -> list[Won]:
    """Return the supported projects, the latest first."""
    ngos = {ngo.slug: ngo for ngo in catalog.of("ngo")}
    return [
        Won(
            project,
            ngos.get(project.ngo or ""),
            catalog.funder_of(project),
            catalog.get("grant", project.grant) if project.grant else None,
        )
        for project in catalog.of("project")
    ]


def projects_files(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield the projects as JSON and as a table."""
    found = won(catalog)
    updated = max((each.project.changed for each in found if each.project.changed), default=None)
    head = {"updated": updated, "licence": templating.settings.extra.licence}
    yield json_file("data/projects.json", head, "projects", (_told(each, catalog, templating) for each in found))
    rows = (_row(each, catalog, templating) for each in found)
    yield csv_file("data/projects.csv", templating.words["project_columns"], rows)


def _told(each: Won, catalog: Catalog, templating: Templating) -> dict[str, Any]:
    project = each.project
    return {
        "id": project.slug,
        "title": project.title,
        "url": templating.settings.absolute(project.address),
        "summary": project.summary,
        "ngo": project.ngo,
        "winner": each.winner,
        "winner_identifiers": org_ids(each.ngo) if each.ngo else [],
        "funder": each.funder.slug if each.funder else None,
        "funder_title": each.funder.title if each.funder else None,
        "funder_identifiers": org_ids(each.funder) if each.funder else [],
        "grant": project.grant,
        "competition": each.competition,
        "year": project.year,
        "awarded": project.awarded,
        "sum": project.sum,
        "own": project.own,
        "costs": [cost.model_dump() for cost in project.costs],
        "starts": project.starts,
        "ends": project.ends,
        "status": project.status,
        "people": project.people,
        "results": list(project.results),
        "story": project.story,
        "partners": [party.model_dump() | {"name": _name(party, catalog)} for party in project.partners],
        "links": list(project.links),
        "topics": list(project.topics),
        "topic_titles": [catalog.topics[topic].title for topic in project.topics],
        "sources": list(project.source),
        "checked": project.checked,
        "updated": project.updated,
        "foreign_agent": templating.foreign_agent(project) or None,
        "example": project.example,
    }


def _row(each: Won, catalog: Catalog, templating: Templating) -> dict[str, Cell]:
    project, words = each.project, templating.words
    return {
        "id": project.slug,
        "title": project.title,
        "url": templating.settings.absolute(project.address),
        "winner": each.winner,
        "winner_inn": each.ngo.inn if each.ngo else None,
        "funder_title": each.funder.title if each.funder else None,
        "competition": each.competition,
        "year": project.year,
        "awarded": project.awarded,
        "sum": project.sum,
        "own": project.own,
        "starts": project.starts,
        "ends": project.ends,
        "status": words["project_status"][project.status],
        "people": project.people,
        "results": "\n".join(project.results),
        "partners": "\n".join(_name(party, catalog) for party in project.partners),
        "topics": "; ".join(catalog.topics[topic].title for topic in project.topics),
        "checked": project.checked,
        "foreign_agent": templating.foreign_agent(project) or None,
        "example": words["answer"]["yes" if project.example else "no"],
    }


def _name(party: Party, catalog: Catalog) -> str:
    ngo = catalog.get("ngo", party.ngo) if party.ngo else None
    return ngo.title if ngo else party.name or ""

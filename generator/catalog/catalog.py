"""The records that visitors may see, found by kind, id and topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Literal, NamedTuple, overload

from generator.catalog.meetups import numbers
from generator.catalog.neighbours import Neighbours
from generator.catalog.open_calls import Chance, OpenCalls
from generator.fields.eligibility import Place
from generator.records import KINDS
from generator.records.agreement import Agreement
from generator.records.centre import Centre
from generator.records.grant import Grant
from generator.records.meetup import Meetup
from generator.records.ngo import Ngo
from generator.records.post import Post
from generator.records.project import Project
from generator.records.record import Milestone, Record
from generator.records.report import Report
from generator.records.topic import Topic


class Event(NamedTuple):
    """A moment of a record, as a calendar shows it."""

    record: Record
    milestone: Milestone


@dataclass(frozen=True)
class Catalog:
    """The records that visitors may see on a day."""

    today: date
    records: tuple[Record, ...]
    """All public records: kinds as in KINDS, each in its own order."""
    topics: dict[str, Topic]
    """The vocabulary, in its file's order."""
    place: Place | None = None
    """The site's own town, where the settings name one."""
    _by_kind: dict[str, tuple[Record, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        groups: dict[str, list[Record]] = {kind: [] for kind in KINDS}
        for record in self.records:
            groups[record.kind].append(record)
        object.__setattr__(self, "_by_kind", {kind: tuple(found) for kind, found in groups.items()})

    @overload
    def of(self, kind: Literal["grant"]) -> tuple[Grant, ...]: ...
    @overload
    def of(self, kind: Literal["meetup"]) -> tuple[Meetup, ...]: ...
    @overload
    def of(self, kind: Literal["ngo"]) -> tuple[Ngo, ...]: ...
    @overload
    def of(self, kind: Literal["post"]) -> tuple[Post, ...]: ...
    @overload
    def of(self, kind: Literal["project"]) -> tuple[Project, ...]: ...
    @overload
    def of(self, kind: Literal["agreement"]) -> tuple[Agreement, ...]: ...
    @overload
    def of(self, kind: Literal["report"]) -> tuple[Report, ...]: ...
    @overload
    def of(self, kind: Literal["centre"]) -> tuple[Centre, ...]: ...
    @overload
    def of(self, kind: str) -> tuple[Record, ...]: ...
    def of(self, kind: str) -> tuple[Record, ...]:
        """Return the public records of a kind, in the order of its list."""
        return self._by_kind[kind]

    def get(self, kind: str, slug: str) -> Record | None:
        """Return a public record by its id, or None where it is not public."""
        return self._by_slug.get((kind, slug))

    @cached_property
    def _by_slug(self) -> dict[tuple[str, str], Record]:
        return {(record.kind, record.slug): record for record in self.records}

    @cached_property
    def by_topic(self) -> dict[str, tuple[Record, ...]]:
        """The public records on each topic that has any, in the vocabulary's order."""
        found: dict[str, list[Record]] = {topic: [] for topic in self.topics}
        for record in self.records:
            for topic in dict.fromkeys(record.topics):
                found[topic].append(record)
        return {topic: tuple(records) for topic, records in found.items() if records}

    @property
    def used_topics(self) -> tuple[str, ...]:
        """The topics on which there is a public record."""
        return tuple(self.by_topic)

    def topics_of(self, *kinds: str) -> tuple[str, ...]:
        """Return the topics on which there is a public record of one of some kinds, in alphabetical order."""
        return tuple(sorted({topic for kind in kinds for record in self.of(kind) for topic in record.topics}))

    @cached_property
    def topics_with_calls(self) -> tuple[str, ...]:
        """The topics on which there is something to apply for in rounds, so that they have a calendar."""
        return tuple(topic for topic, found in self.by_topic.items() if any(record.has_rounds for record in found))

    @cached_property
    def _referring(self) -> dict[tuple[str, str], tuple[Record, ...]]:
        found: dict[tuple[str, str], dict[str, Record]] = defaultdict(dict)
        for record in self.records:
            for _, kind, slug in record.references():
                found[kind, slug][record.path] = record
        return {named: tuple(records.values()) for named, records in found.items()}

    def referring(self, record: Record, kind: str) -> list[Record]:
        """Return the records of a kind that name this one: links are written once and read both ways."""
        return [found for found in self._referring.get((record.kind, record.slug), ()) if found.kind == kind]

    def projects_of(self, record: Record) -> list[Project]:
        """Return the projects that a record won or gave money to, partners aside; a funder's are its calls' too."""
        calls = self.referring(record, "grant")
        won = (self._awards.get((each.kind, each.slug), ()) for each in (record, *calls))
        projects = self.of("project")
        return [projects[place] for place in sorted({place for places in won for place in places})]

    @cached_property
    def _awards(self) -> dict[tuple[str, str], set[int]]:
        """The places in their list of the projects by whom their own fields name; a partner is named in a part."""
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        for place, project in enumerate(self.of("project")):
            for loc, kind, slug in project.references():
                if len(loc) == 1:
                    found[kind, slug].add(place)
        return found

    def funder_of(self, project: Project) -> Record | None:
        """Return who gave a project its money: the funder it names, or that of the call it won."""
        call = self.get("grant", project.grant) if project.grant else None
        named = call.funder if isinstance(call, Grant) else project.funder
        return self.get("funder", named) if named else None

    @cached_property
    def by_path(self) -> dict[str, Record]:
        """The public records by their files."""
        return {record.path: record for record in self.records}

    def related(self, record: Record) -> dict[str, list[Record]]:
        """Return what a record names or links to, and what names or links to it, by kind."""
        groups: dict[str, list[Record]] = {}
        for place in sorted(self._related.get(record.path, ())):
            groups.setdefault(self.records[place].kind, []).append(self.records[place])
        return groups

    @cached_property
    def _related(self) -> dict[str, set[int]]:
        """The places, among all records, of those that are related to the one at each path."""
        places = {record.path: place for place, record in enumerate(self.records)}
        found: dict[str, set[int]] = defaultdict(set)
        for place, record in enumerate(self.records):
            named = (self.get(kind, slug) for _, kind, slug in record.references())
            linked = (self.by_path.get(path) for _, path in record.body.links)
            for other in chain(named, linked):
                if other is not None and other is not record:
                    found[record.path].add(places[other.path])
                    found[other.path].add(place)
        return found

    @cached_property
    def _by_series(self) -> dict[tuple[str, str], list[Record]]:
        found: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for record in self.records:
            if (series := record.series()) is not None:
                found[record.kind, series].append(record)
        return found

    def seasons(self, record: Record) -> list[Record]:
        """Return the other records of the same series, in the order of their kind's list."""
        found = self._by_series.get((record.kind, record.series() or ""), [])
        return [each for each in found if each is not record]

    @cached_property
    def meetup_numbers(self) -> dict[str, int]:
        """The number within its year of each meetup that has one, by id."""
        return numbers(self.of("meetup"))

    def newer(self, record: Record) -> Record | None:
        """Return the record that stands before this one in its kind's list."""
        return self._neighbours(record.kind).newer(record)

    def older(self, record: Record) -> Record | None:
        """Return the record that stands after this one in its kind's list."""
        return self._neighbours(record.kind).older(record)

    def alike(self, record: Record, shown: Sequence[Record] = ()) -> list[Record]:
        """Return the first records of its kind that share a topic with this one and are not shown beside it already."""
        return self._neighbours(record.kind).alike(record, shown)

    def _neighbours(self, kind: str) -> Neighbours:
        if kind not in self._lists:
            self._lists[kind] = Neighbours(self.of(kind))
        return self._lists[kind]

    @cached_property
    def _lists(self) -> dict[str, Neighbours]:
        return {}

    def chances(self, ngo: Ngo) -> list[Chance]:
        """Return what an organisation of the site's town may apply for now."""
        return self._open_calls.nearest_to(ngo) if self._open_calls else []

    @cached_property
    def _open_calls(self) -> OpenCalls | None:
        return OpenCalls(self.of("grant"), self.place, self.today) if self.place else None

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Every dated moment of every record, in order of time."""
        found = [
            Event(record, milestone)
            for record in self.records
            for milestone in record.milestones()
            if milestone.moment.is_dated
        ]
        return tuple(
            sorted(found, key=lambda event: (event.milestone.moment.sort_key(), event.record.path, event.milestone.key))
        )

    def assets(self) -> list[str]:
        """Return the files that public records refer to: these and no others are published."""
        shown = (asset for record in self.records for asset in record.body.assets)
        named = (slug for record in self.records for _, kind, slug in record.references() if kind == "asset")
        return sorted({*shown, *named})

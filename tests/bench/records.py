"""The benchmark's records, in nobody's file format: each site's writer gives them its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, NamedTuple

Day = date

TODAY = date(2026, 11, 20)
"""The day on which every site is built; the records lie a year before and a year after it."""


class Size(NamedTuple):
    """How many records of each kind a site has."""

    ngos: int
    grants: int
    posts: int
    meetups: int
    notes: int
    funders: int = 10
    documents: int = 6


SIZES = {"town": Size(72, 60, 260, 5, 12), "region": Size(3000, 1000, 5000, 500, 100)}


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that held before the organiser moved it."""

    date: Day
    moved: Day


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happens, as exactly as it is known."""

    precision: str
    date: Day | None = None
    time: str = ""
    zone: str = ""
    words: str = ""
    was: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class Cancelled:
    """That the organiser called it off."""

    date: Day
    reason: str


@dataclass(frozen=True, slots=True)
class Round:
    """One window in which applications are taken."""

    key: str
    title: str
    opens: Moment | None
    recommended: Moment | None
    deadline: Moment
    results: Moment | None
    start: Moment | None
    end: Moment | None
    report: Moment | None
    cancelled: Cancelled | None


@dataclass(frozen=True, slots=True)
class Record:
    """What every record has; `body` is Markdown, its links between records written `ref:folder/slug`."""

    slug: str
    title: str
    summary: str
    topics: tuple[str, ...]
    source: str
    checked: Day
    body: str


@dataclass(frozen=True, slots=True)
class Funder(Record):
    """Who gives the money."""

    nature: str
    legal_name: str
    site: str
    contacts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Grant(Record):
    """A call for applications."""

    added: Day
    nature: str
    level: str
    short: str
    funder: str
    purposes: tuple[str, ...]
    applicants: dict[str, Any]
    limits: dict[str, Any]
    money: dict[str, Any]
    rounds: tuple[Round, ...]
    papers: tuple[dict[str, str], ...]
    apply: str
    rules: str
    notes: tuple[str, ...]
    documents: tuple[str, ...]
    history: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Ngo(Record):
    """A local organisation."""

    legal_name: str
    form: str
    inn: str
    ogrn: str
    registered: Day
    status: str
    contacts: dict[str, Any]
    head: dict[str, Any]
    needs: tuple[str, ...]
    offers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post(Record):
    """A piece of news."""

    date: Day
    time: str
    rubric: str
    grants: tuple[str, ...]
    ngos: tuple[str, ...]
    meetups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meetup(Record):
    """A meeting."""

    date: Moment
    status: str
    place: str
    seats: int
    speakers: tuple[dict[str, Any], ...]
    participants: tuple[dict[str, str], ...]
    programme: tuple[str, ...]
    decisions: tuple[str, ...]
    figures: dict[str, int]


@dataclass(frozen=True, slots=True)
class Note(Record):
    """A methodology note."""

    stage: str
    order: int


@dataclass(frozen=True, slots=True)
class Document(Record):
    """A legal act."""

    nature: str
    number: str
    date: Day
    authority: str
    link: str
    gives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Centre(Record):
    """The centre itself."""

    contacts: dict[str, Any]
    short_address: str
    hours: tuple[dict[str, Any], ...]
    services: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every record of a site, by the folder in which a reader of the site finds it."""

    topics: dict[str, dict[str, str]]
    grants: tuple[Grant, ...]
    ngos: tuple[Ngo, ...]
    news: tuple[Post, ...]
    meetups: tuple[Meetup, ...]
    methodology: tuple[Note, ...]
    funders: tuple[Funder, ...]
    documents: tuple[Document, ...]
    centre: tuple[Centre, ...]

    def folders(self) -> dict[str, tuple[Record, ...]]:
        """Return the records by folder."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "topics"}


def filled(value: Any, moment: Callable[[Moment], Any]) -> Any:
    """Return a record as nested mappings and lists: moments as a site writes them, nothing empty, no slug, no body."""
    if isinstance(value, Moment):
        return moment(value)
    if is_dataclass(value) and not isinstance(value, type):
        value = {
            field.name: getattr(value, field.name) for field in fields(value) if field.name not in ("slug", "body")
        }
    if isinstance(value, dict):
        found = {key: filled(entry, moment) for key, entry in value.items()}
        return {key: entry for key, entry in found.items() if entry not in (None, "", [], {})}
    if isinstance(value, tuple | list):
        return [filled(entry, moment) for entry in value]
    return value

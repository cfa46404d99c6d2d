"""What every kind of record has: an id, a title, topics, sources, and answers for the outputs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict

from generator.fields.base import Part, Refers, Written, one_or_more, shown, wrong
from generator.fields.eligibility import Place
from generator.fields.moment import Moment
from generator.fields.text import Cited, Day, Flag, Line, Slug, Text
from generator.markdown import Body
from generator.records.naming import named_in, parts_of
from generator.source import Loc

What = Literal["opens", "recommended", "stage", "deadline", "results", "start", "end", "report", "meetup"]


IN_CALENDARS = ("opens", "stage", "deadline", "meetup")
"""Moments that a subscriber is told of."""


class Milestone(NamedTuple):
    """One dated moment of a record, as calendars and timelines take it."""

    what: What
    moment: Moment
    round_key: str = ""
    """The round it belongs to; empty for a record without rounds."""
    title: str | None = None
    """Its own name, when it has one: «муниципальный этап»."""
    cancelled: bool = False
    stage_key: str = ""
    """The name of a stage, of which a round may have several."""

    @property
    def key(self) -> str:
        """What a UID is made of: unique in its record, and never made of a date."""
        what = f"{self.what}-{self.stage_key}" if self.stage_key else self.what
        return f"{self.round_key}/{what}" if self.round_key else what


class Whole(NamedTuple):
    """All that was read, as a record sees it that is checked against the others."""

    records: Mapping[tuple[str, str], Record]
    """Every readable record by its kind and id, public or not."""
    place: Place | None
    """The site's own town; None while mkdocs.yml cannot be read."""
    today: date


def file_of(address: str) -> str:
    """Return the site's file at an address: `/2019/05/post.html` is one, `/about` a folder with a page in it."""
    path = address.lstrip("/")
    if "." in path.rpartition("/")[2]:
        return path
    return f"{path.rstrip('/')}/index.html".lstrip("/")


def _alias(value: object) -> object:
    if not isinstance(value, str):
        return value
    steps = value.strip("/").split("/")
    is_plain = re.fullmatch(r"/[\w.~/-]*", value) and "//" not in value and not {".", ".."} & set(steps)
    if not is_plain:
        raise wrong(
            f"прежний адрес пишут от начала сайта, буквами, а не процентами: /2019/05/встреча/; здесь {shown(value)}"
        )
    return value


Alias = Annotated[
    str,
    Written(r"/[^\s%?#\\<>\"']*", "прежний адрес пишут от начала сайта: /2019/05/post.html"),
    BeforeValidator(_alias),
]
"""An address at which the record stood before, as its letters are read: `/2019/05/post.html`, `/2019/05/встреча/`."""


class Record(Part):
    """A thing the centre tells about: one file, one id, one page."""

    model_config: ClassVar[ConfigDict] = ConfigDict(arbitrary_types_allowed=True)

    kind: ClassVar[str]
    """The word for the kind: `grant`."""
    folder: ClassVar[str]
    """Where its files lie: `content/news`."""
    suffix: ClassVar[str] = ".md"
    """`.yml` for a record of fields, `.md` for a text with fields above it."""
    section: ClassVar[str]
    """The address of its list, with slashes: `/news/`."""
    per_page: ClassVar[int | None] = None
    """How many stand on one page of the list; None for a list on a single page."""
    has_rounds: ClassVar[bool] = False
    """Whether one applies for it in rounds, so that lists show it with its slips."""
    shares_page: ClassVar[bool] = False
    """Whether all records of the kind stand on the list's page and have none of their own."""
    calendar_file: ClassVar[str] = ""
    """What its own calendar is called, beside its page; empty where its kind has none."""

    slug: str
    """The file's name: set when read, never written in the file."""
    path: str
    """The file's path in the project: set when read."""
    body: Body = Body()
    """The text: below the fields of a Markdown file, or the field `text` of a YAML one."""

    title: Line
    """Название, как его видят в списках."""
    summary: Text | None = None
    """Одно-два предложения: о чём это и для кого."""
    topics: tuple[Annotated[Slug, Refers("topic")], ...] = ()
    """Темы из content/topics.yml."""
    source: Annotated[tuple[Cited, ...], BeforeValidator(one_or_more)] = ()
    """Откуда сведения: ссылка или название документа; можно несколько."""
    checked: Day | None = None
    """Когда сведения сверили с источником."""
    updated: Day | None = None
    """Когда запись изменили так, что читателю это важно."""
    aliases: tuple[Alias, ...] = ()
    """Прежние адреса этой страницы: с них посетителя переведут сюда."""
    foreign_agent: Line | None = None
    """Имя иностранного агента, если материал его или о нём: над текстом встанет пометка (255-ФЗ)."""
    example: Flag = False
    """yes, если запись сделана для показа; на сайте она помечена «пример»."""
    draft: Flag = False
    """yes, пока запись не готова: на сайт она не попадёт."""

    @property
    def address(self) -> str:
        """Where the record stands on the site, from its root: `/grants/fpg-2026-1/`."""
        return self.address_of(self.slug)

    @classmethod
    def address_of(cls, slug: str) -> str:
        """Return the address of this kind's record with a given id."""
        return f"{cls.section}#{slug}" if cls.shares_page else f"{cls.section}{slug}/"

    @property
    def changed(self) -> date | None:
        """The last day on which the record became other than it was."""
        return max((day for day in (self.updated, self.checked) if day), default=None)

    def is_public(self, today: date) -> bool:
        """Whether visitors may see the record on a day."""
        return not self.draft

    @property
    def withheld(self) -> bool:
        """Whether the record names a person without consent: then it is nowhere, and whoever names it is right."""
        return False

    def milestones(self) -> Iterator[Milestone]:
        """Yield the record's dated moments, in order of time. Most kinds have none."""
        yield from ()

    def sort_key(self) -> Any:
        """Return the key for the order of its kind's list: by title, unless the kind knows better."""
        return self.title.lower().replace("ё", "е").lstrip("«„\"'")

    def news(self) -> datetime | None:
        """Return when the record became news, or None if it is not a piece of news."""
        return None

    @property
    def old_guid(self) -> str | None:
        """The name under which feeds of another site knew the record."""
        return None

    def is_pinned(self, today: date) -> bool:
        """Whether it stands above the others of its list on a day."""
        return False

    @property
    def pictures(self) -> tuple[str, ...]:
        """The files that its page shows as pictures."""
        return self.body.pictures

    @property
    def portraits(self) -> tuple[str, ...]:
        """The pictures of the people on its page."""
        return tuple(file for loc, kind, file in self.references() if kind == "asset" and loc[-1] == "photo")

    @property
    def attached(self) -> tuple[str, ...]:
        """The files to which its fields link."""
        return ()

    def series(self) -> str | None:
        """Return the name that ties this record to others of its kind: the seasons of one competition."""
        return None

    def mistakes_among(self, whole: Whole) -> Iterator[tuple[str, str]]:
        """Yield the fields that do not agree with other records or with the day, and what is wrong with each."""
        yield from ()

    @property
    def is_in_calendar(self) -> bool:
        """Whether a subscriber's calendar has an event of it."""
        return any(stone.moment.is_dated for stone in self.milestones() if stone.what in IN_CALENDARS)

    def suits(self, place: Place) -> bool:
        """Whether nothing in the record shuts out a town."""
        return True

    def year_of(self) -> int | None:
        """Return the year that the record belongs to in a list by years."""
        return None

    def is_ahead(self, today: date) -> bool:
        """Whether it is announced and still to come."""
        return False

    def follows(self) -> str | None:
        """Return the id of the record of its kind right after which it stands in order, if it has no day of its own."""
        return None

    @property
    def calendar_name(self) -> str:
        """The name for a calendar's cell."""
        return self.title

    def short_addresses(self) -> Iterator[str]:
        """Yield short addresses for print that lead to the record."""
        yield from ()

    def other_addresses(self) -> tuple[str, ...]:
        """Return all addresses that lead to the record: old ones, and short ones for print."""
        return (*self.aliases, *self.short_addresses())

    def unique_fields(self) -> Iterator[tuple[str, str]]:
        """Yield the fields, besides the title, that no other record may have the same."""
        yield from ()

    def references(self) -> Iterator[tuple[Loc, str, str]]:
        """Yield the records it names: the field's place, the kind and the id."""
        yield from self._references

    @cached_property
    def _references(self) -> tuple[tuple[Loc, str, str], ...]:
        """What it names; worked out once, as the catalog and many outputs ask."""
        return tuple(named_in(self))

    def parts(self) -> Iterator[tuple[Loc, BaseModel]]:
        """Yield itself and its parts that may name other records, each with its place."""
        yield from parts_of(self)

"""A meetup: announced before, reported after, one record that ripens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from generator.fields.base import Part, Refers, wrong
from generator.fields.contact import Person
from generator.fields.moment import Clock, Moment, from_words
from generator.fields.party import Party
from generator.fields.text import Count, Day, Flag, Line, Link, Slug
from generator.records.record import Milestone, Record


class Participant(Party):
    """One who took part, and as what."""

    role: Line
    """Роль: «выступление», «консультации»."""


class Figures(Part):
    """What a meetup gave, in numbers."""

    people: Count | None = None
    """Сколько человек пришло."""
    ngos: Count | None = None
    """Сколько НКО участвовало."""
    consultations: Count | None = None
    """Сколько консультаций дали."""


class Meetup(Record):
    """A meeting of NGOs, activists, librarians and advisers."""

    kind = "meetup"
    folder = "content/meetups"
    section = "/meetups/"

    checked: Day
    """Когда сведения сверили с источником."""
    date: Moment
    """Когда: день и час, день, месяц или unknown, если известен только год."""
    year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    """Год встречи, если известен только он."""
    after: Annotated[Slug, Refers("meetup")] | None = None
    """Имя встречи, после которой прошла эта: для порядка, когда день неизвестен."""
    unscheduled: Flag = False
    """yes, если встреча внеочередная и номера не имеет."""
    ends: Clock | None = None
    """Когда закончится, если час назван."""
    age: Literal["0+", "6+", "12+", "16+", "18+"] | None = None
    """Возрастная метка, если она другая, чем у сайта."""
    status: Literal["planned", "held", "cancelled", "moved"]
    """Намечена, прошла, отменена, перенесена."""
    place: Line | None = None
    """Где: зал, адрес."""
    seats: Count | None = None
    """Сколько мест."""
    signup: Link | None = None
    """Где записаться."""
    speakers: tuple[Person, ...] = ()
    """Кто выступает; имена видны только с consent."""
    participants: tuple[Participant, ...] = ()
    """Кто участвует и в какой роли."""
    agenda: tuple[Line, ...] = ()
    """О чём говорят: темы по порядку."""
    decisions: tuple[Line, ...] = ()
    """О чём договорились."""
    figures: Figures = Figures()
    """Сколько пришло и что сделали."""
    links: tuple[Link, ...] = ()
    """Записи о встрече на других сайтах."""

    @field_validator("date", mode="before")
    @classmethod
    def _on_our_clock(cls, value: Any, info: Any) -> Any:
        """Take an hour without a zone for the library's own: meetups are held here."""
        zone = (info.context or {}).get("zone")
        found = from_words(value) if isinstance(value, str) else value
        return {"zone": zone, **found} if zone and isinstance(found, dict) else value

    @field_validator("year")
    @classmethod
    def _year_when_needed(cls, value: int | None, info: Any) -> int | None:
        moment: Moment | None = info.data.get("date")
        if moment is None:
            return value
        if moment.date is not None and value not in (None, moment.date.year):
            raise wrong(f"не сходится с date ({moment.date})")
        return value

    def is_ahead(self, today: dt.date) -> bool:
        """Whether it is planned for a day that has not passed."""
        return self.status in ("planned", "moved") and (self.date.last_day is None or self.date.last_day >= today)

    def year_of(self) -> int | None:
        """Return the year of the meetup."""
        return self.held_in

    def follows(self) -> str | None:
        """Return the meetup after which it was held, where its own day is unknown."""
        return None if self.date.is_dated else self.after

    @property
    def held_in(self) -> int | None:
        """The year of the meetup, however little is known of its day."""
        return self.date.date.year if self.date.date else self.year

    def milestones(self) -> Iterator[Milestone]:
        """Yield the meetup's own moment."""
        yield Milestone("meetup", self.date, cancelled=self.status == "cancelled")

    def sort_key(self) -> Any:
        """Order by day; where only the year is known, to the end of that year."""
        day = self.date.date or dt.date(self.held_in or dt.date.max.year, 12, 31)
        return (day, self.date.precision == "unknown", self.slug)

"""A meetup: announced before, reported after, one record that ripens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from generator.fields.base import Called, Refers, wrong
from generator.fields.contact import Person
from generator.fields.meeting import Decision, Figures, Item, Material, Participant, Photo, Question, Signup
from generator.fields.moment import Clock, Moment, from_words
from generator.fields.text import Count, Day, Flag, Line, Link, Slug
from generator.records.record import Milestone, Record, Whole


class Meetup(Record):
    """A meeting of NGOs, activists, librarians and advisers."""

    kind = "meetup"
    folder = "content/meetups"
    section = "/meetups/"
    calendar_file = "event.ics"

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
    status: Annotated[Literal["planned", "held", "cancelled", "moved"], Called("meetup_status")]
    """Намечена, прошла, отменена, перенесена."""
    place: Line | None = None
    """Где: зал, адрес."""
    seats: Count | None = None
    """Сколько мест."""
    signup: Signup | None = None
    """Как записаться: ссылка или почта одной строкой, или поля link, phone, email, until."""
    organisers: tuple[Participant, ...] = ()
    """Кто проводит и кто помогает, и в какой роли: «проводит», «партнёр: чай и печенье»."""
    speakers: tuple[Person, ...] = ()
    """Кто выступает, если в программе они не названы; имена видны только с consent."""
    participants: tuple[Participant, ...] = ()
    """Кто участвует и в какой роли."""
    programme: tuple[Item, ...] = ()
    """Программа: темы по порядку, если известны — со временем и выступающими."""
    questions: tuple[Question, ...] = ()
    """Вопросы, которые задали, и ответы на них."""
    decisions: tuple[Decision, ...] = ()
    """О чём договорились: одной строкой или полями what, who, until."""
    figures: Figures = Figures()
    """Сколько пришло и что сделали."""
    photos: tuple[Photo, ...] = ()
    """Снимки; видны только те, на которые дали согласие все, кого можно узнать."""
    materials: tuple[Material, ...] = ()
    """Презентации, образцы, памятки: файл из content/assets/ или ссылка."""
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

    @field_validator("signup")
    @classmethod
    def _signed_up_before(cls, value: Signup | None, info: Any) -> Signup | None:
        moment: Moment | None = info.data.get("date")
        last = moment.last_day if moment else None
        if value is not None and value.until is not None and last is not None and value.until > last:
            raise wrong(f"until ({value.until}) не может быть позже самой встречи ({last})")
        return value

    @field_validator("programme")
    @classmethod
    def _in_order_of_time(cls, value: tuple[Item, ...], info: Any) -> tuple[Item, ...]:
        moment: Moment | None = info.data.get("date")
        times = [item.time for item in value if item.time]
        if any(later < earlier for earlier, later in pairwise(times)):
            raise wrong("время в программе идёт по порядку, от раннего к позднему")
        if times and moment is not None and moment.time is not None and times[0] < moment.time:
            raise wrong(f"начинается раньше самой встречи ({moment.time:%H:%M})")
        ends: dt.time | None = info.data.get("ends")
        if times and ends is not None and times[-1] > ends:
            raise wrong(f"заканчивается позже самой встречи ({ends:%H:%M})")
        return value

    @field_validator("figures")
    @classmethod
    def _not_fewer_than_named(cls, value: Figures, info: Any) -> Figures:
        parties = (*info.data.get("organisers", ()), *info.data.get("participants", ()))
        named = len({each.ngo for each in parties if each.ngo})
        if value.ngos is not None and value.ngos < named:
            raise wrong(f"ngos ({value.ngos}) меньше, чем НКО названо поимённо ({named})")
        return value

    @field_validator("photos")
    @classmethod
    def _drop_without_consent(cls, value: tuple[Photo, ...]) -> tuple[Photo, ...]:
        """Forget the photos that nobody may publish, before anything can refer to their files."""
        return tuple(photo for photo in value if photo.is_free)

    def mistakes_among(self, whole: Whole) -> Iterator[tuple[str, str]]:
        """Yield that it is said to be held although its day has not come."""
        first = self.date.date or (dt.date(self.year, 1, 1) if self.year else None)
        if self.status == "held" and first is not None and first > whole.today:
            yield "status", f"held — встреча прошла, а её день ещё впереди ({first})"

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
    def parties(self) -> tuple[Participant, ...]:
        """Everyone named with a role: those who hold the meetup, then those who come."""
        return (*self.organisers, *self.participants)

    @property
    def pictures(self) -> tuple[str, ...]:
        """The pictures of its text, and its photos."""
        return (*super().pictures, *(photo.file for photo in self.photos))

    @property
    def attached(self) -> tuple[str, ...]:
        """The files among its materials."""
        return tuple(each.file for each in self.materials if each.file)

    @property
    def is_numbered(self) -> bool:
        """Whether it counts among the meetups of its year."""
        return self.held_in is not None and not self.unscheduled and self.status != "cancelled"

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

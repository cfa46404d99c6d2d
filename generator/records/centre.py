"""The centre itself: where it is, when it is open, what it does."""

from __future__ import annotations

from datetime import time
from itertools import pairwise
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, field_validator

from generator.fields.base import Part, wrong
from generator.fields.contact import Contacts, Person
from generator.fields.moment import Clock
from generator.fields.text import Count, Day, Line
from generator.records.record import Record

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Hours(Part):
    """When it is open on some days of the week."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    """Дни недели: mon, tue, wed, thu, fri, sat, sun."""
    opens: Clock
    """Открывается в."""
    closes: Clock
    """Закрывается в."""

    @field_validator("closes")
    @classmethod
    def _after_opening(cls, value: Any, info: Any) -> Any:
        opens = info.data.get("opens")
        if opens is not None and value <= opens:
            raise wrong(f"не раньше и не вместе с opens ({opens:%H:%M})")
        return value


class DaySpan(NamedTuple):
    """Neighbouring days of the week that are alike."""

    first: Weekday
    last: Weekday
    times: tuple[tuple[time, time], ...]
    """When it is open; empty on days off."""


class SpecialDay(Part):
    """A day that is not as usual."""

    date: Day
    """День."""
    note: Line
    """Что в этот день: «санитарный день», «праздник»."""
    opens: Clock | None = None
    """Открывается в, если работает; иначе закрыто."""
    closes: Clock | None = None
    """Закрывается в."""


class Service(Part):
    """One thing that the centre does for people."""

    title: Line
    """Услуга."""
    note: Line | None = None
    """Как получить, сколько стоит."""


class Centre(Record):
    """The resource centre: its one record is the source of hours and contacts everywhere."""

    kind = "centre"
    folder = "content/centre"
    section = "/centre/"
    shares_page = True

    contacts: Contacts
    """Адрес, телефоны, почта."""
    short_address: Line
    """Адрес одной строкой для шапки и печати."""
    room: Line | None = None
    """Кабинет или зал."""
    hours: Annotated[tuple[Hours, ...], Field(min_length=1)]
    """Часы работы по дням недели."""
    exceptions: tuple[SpecialDay, ...] = ()
    """Дни, когда часы другие."""
    services: tuple[Service, ...] = ()
    """Услуги."""
    equipment: tuple[Line, ...] = ()
    """Что есть в зале."""
    seats: Count | None = None
    """Сколько мест в зале."""
    staff: tuple[Person, ...] = ()
    """Сотрудники по ролям; имена видны только с consent."""
    directions: Line | None = None
    """Как добраться."""

    @field_validator("hours")
    @classmethod
    def _no_overlap(cls, value: tuple[Hours, ...]) -> tuple[Hours, ...]:
        for day in WEEKDAYS:
            spans = sorted((hours.opens, hours.closes) for hours in value if day in hours.days)
            for (_, closes), (opens, _) in pairwise(spans):
                if opens < closes:
                    raise wrong(f"часы на один день недели накладываются: {day}")
        return value

    def week(self) -> list[tuple[Weekday, tuple[Hours, ...]]]:
        """Return each day of the week with its hours in order of time; none on a day off."""
        return [
            (day, tuple(sorted((hours for hours in self.hours if day in hours.days), key=lambda hours: hours.opens)))
            for day in WEEKDAYS
        ]

    def week_in_spans(self) -> list[DaySpan]:
        """Return the week with neighbouring days of the same hours put together."""
        spans: list[DaySpan] = []
        for day, hours in self.week():
            times = tuple((each.opens, each.closes) for each in hours)
            if spans and spans[-1].times == times:
                spans[-1] = DaySpan(spans[-1].first, day, times)
            else:
                spans.append(DaySpan(day, day, times))
        return spans

    @classmethod
    def address_of(cls, slug: str) -> str:
        """Return the one page of the centre, whatever its file is called."""
        return cls.section

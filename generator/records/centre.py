"""The centre itself: where it is, when it is open, what it does."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, field_validator

from generator.fields.base import Called, Part, one_or_more, wrong
from generator.fields.contact import Contacts, Person
from generator.fields.hours import WEEKDAYS, DaySpan, Times, Week, Weekday, times_by_day, week_in_spans
from generator.fields.moment import Clock
from generator.fields.service import Service
from generator.fields.text import Count, Day, Line
from generator.records.record import Record

AHEAD = 366
"""How many days of special hours a page carries with it."""


class SpecialDay(Part):
    """A day, or several in a row, that is not as usual."""

    date: Day
    """День или первый из нескольких."""
    until: Day | None = None
    """Последний день, если их несколько подряд."""
    note: Line
    """Что в этот день: «санитарный день», «праздник»."""
    opens: Clock | None = None
    """Открывается в, если работает; иначе закрыто."""
    closes: Annotated[Clock | None, Field(validate_default=True)] = None
    """Закрывается в."""

    @field_validator("until")
    @classmethod
    def _after_first(cls, value: Any, info: Any) -> Any:
        first = info.data.get("date")
        if value is not None and first is not None and not first < value <= first + dt.timedelta(days=AHEAD):
            raise wrong(f"последний день позже первого ({first}) и не дальше года; здесь {value}")
        return value

    @field_validator("closes")
    @classmethod
    def _both_hours(cls, value: Any, info: Any) -> Any:
        opens = info.data.get("opens")
        if (opens is None) != (value is None):
            raise wrong("пишут оба часа, opens и closes, или ни одного")
        if value is not None and value <= opens:
            raise wrong(f"не раньше и не вместе с opens ({opens:%H:%M})")
        return value

    @property
    def last(self) -> dt.date:
        """The last of its days."""
        return self.until or self.date

    @property
    def times(self) -> Times:
        """When it is open."""
        return ((self.opens, self.closes),) if self.opens and self.closes else ()

    def days(self) -> Iterator[dt.date]:
        """Yield its days."""
        for number in range((self.last - self.date).days + 1):
            yield self.date + dt.timedelta(days=number)


class MonthlyDay(Part):
    """A day of every month on which it is closed: «последний четверг — санитарный день»."""

    week: Annotated[Literal["1", "2", "3", "4", "last"], Called("monthly_week")]
    """Который в месяце: 1, 2, 3, 4 или last — последний."""
    day: Annotated[Weekday, Called("weekday")]
    """День недели: mon, tue, wed, thu, fri, sat, sun."""
    note: Line
    """Что в этот день: «санитарный день»."""

    def of_month(self, first: dt.date) -> dt.date:
        """Return its day in a month, which is given by any of its days."""
        month = calendar.monthcalendar(first.year, first.month)
        days = [week[WEEKDAYS.index(self.day)] for week in month if week[WEEKDAYS.index(self.day)]]
        return first.replace(day=days[-1] if self.week == "last" else days[int(self.week) - 1])


class Room(Part):
    """A place in which one can work or meet."""

    title: Line
    """Название: «Зал для встреч», «Рабочее место»."""
    seats: Count | None = None
    """Сколько мест."""
    equipment: tuple[Line, ...] = ()
    """Что есть."""
    hours: Week = ()
    """Когда можно прийти, если не всё время работы."""
    hours_note: Line | None = None
    """Что ещё сказать о часах: «по записи»."""
    note: Line | None = None
    """На каких условиях, сколько стоит."""


class Specialist(Person):
    """One of the staff, with the hours in which visitors are received."""

    hours: Week = ()
    """Когда принимает, если не всё время работы."""


class Special(NamedTuple):
    """What is other than usual on one day."""

    times: Times
    note: str


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
    hours: Annotated[Week, Field(min_length=1)]
    """Часы работы по дням недели: «пн–чт 10:00–19:00; сб 10:00–17:00»."""
    exceptions: tuple[SpecialDay, ...] = ()
    """Дни, когда часы другие: праздники, каникулы, короткие дни."""
    monthly: tuple[MonthlyDay, ...] = ()
    """Дни, когда закрыто каждый месяц: санитарный день."""
    services: tuple[Service, ...] = ()
    """Услуги."""
    rooms: tuple[Room, ...] = ()
    """Где можно работать и встречаться: зал, коворкинг."""
    rules: tuple[Line, ...] = ()
    """Правила коворкинга, по пунктам."""
    staff: tuple[Specialist, ...] = ()
    """Сотрудники по ролям; имена видны только с consent."""
    directions: Annotated[tuple[Line, ...], BeforeValidator(one_or_more)] = ()
    """Как добраться: остановка, вход, пандус."""

    @field_validator("exceptions")
    @classmethod
    def _days_once(cls, value: tuple[SpecialDay, ...]) -> tuple[SpecialDay, ...]:
        seen: set[dt.date] = set()
        for special in value:
            twice = next((day for day in special.days() if day in seen), None)
            if twice:
                raise wrong(f"день {twice} назван дважды")
            seen.update(special.days())
        return value

    def week(self) -> list[tuple[Weekday, Times]]:
        """Return each day of the week with its times; none on a day off."""
        return times_by_day(self.hours)

    def week_in_spans(self) -> list[DaySpan]:
        """Return the week with neighbouring days of the same hours put together."""
        return week_in_spans(self.hours)

    def special_days(self, today: dt.date) -> dict[dt.date, Special]:
        """Return the days from today on, for a year, that are not as usual, in order."""
        last = today + dt.timedelta(days=AHEAD)
        found: dict[dt.date, Special] = {}
        for month in range(AHEAD // 28 + 1):
            first = dt.date(today.year + (today.month - 1 + month) // 12, (today.month - 1 + month) % 12 + 1, 1)
            for each in self.monthly:
                found[each.of_month(first)] = Special((), each.note)
        for special in self.exceptions:
            found |= dict.fromkeys(special.days(), Special(special.times, special.note))
        return {day: found[day] for day in sorted(found) if today <= day <= last}

    @classmethod
    def address_of(cls, slug: str) -> str:
        """Return the one page of the centre, whatever its file is called."""
        return cls.section

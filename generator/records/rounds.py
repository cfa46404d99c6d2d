"""One window of a call: its dated moments, its status on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import field_validator

from generator.fields.base import Part, wrong
from generator.fields.moment import Moment
from generator.fields.text import Day, Line, Slug
from generator.records.record import Milestone, What

Status = Literal["closing", "open", "rolling", "upcoming", "forecast", "closed", "cancelled"]
STATUSES: tuple[Status, ...] = ("closing", "open", "rolling", "upcoming", "forecast", "closed")
"""A call has the first of these that any of its rounds has."""
CLOSING_DAYS = 7


class Cancelled(Part):
    """That the organiser called it off."""

    date: Day
    """Когда об этом сообщили."""
    reason: Line | None = None
    """Почему."""


class Stage(Part):
    """An earlier step with a date of its own: a municipal stage before the federal one."""

    key: Slug
    """Короткое имя латиницей; не меняется."""
    title: Line
    """Что за этап: «заявка муниципальному координатору»."""
    deadline: Moment
    """До какого дня."""


class Round(Part):
    """One window in which applications are taken."""

    key: Slug
    """Короткое имя латиницей; после публикации не меняется: на нём держатся события в календарях."""
    title: Line | None = None
    """Название, если окон несколько: «весна», «второй конкурс»."""
    opens: Moment | None = None
    """Когда открывается приём."""
    recommended: Moment | None = None
    """До какого дня организатор советует успеть."""
    stages: tuple[Stage, ...] = ()
    """Этапы до главного срока."""
    deadline: Moment
    """Последний срок подачи; rolling — принимают постоянно, unknown — ещё не назван."""
    results: Moment | None = None
    """Когда итоги."""
    start: Moment | None = None
    """С какого дня можно работать по проекту."""
    end: Moment | None = None
    """До какого дня закончить проект."""
    report: Moment | None = None
    """Когда последний отчёт."""
    cancelled: Cancelled | None = None
    """Если отменён."""

    @field_validator("deadline")
    @classmethod
    def _after_opening(cls, value: Moment, info: Any) -> Moment:
        opens: Moment | None = info.data.get("opens")
        start, end = (opens.start() if opens else None), value.end()
        if opens and opens.date and value.last_day and value.last_day < opens.date:
            raise wrong(f"не может быть раньше, чем opens ({opens.date})")
        if start and end and end < start:
            raise wrong(f"не может быть раньше, чем opens ({start:%Y-%m-%d %H:%M})")
        return value

    @field_validator("results", "start", "end", "report")
    @classmethod
    def _after_deadline(cls, value: Moment | None, info: Any) -> Moment | None:
        deadline: Moment | None = info.data.get("deadline")
        if value and value.last_day and deadline and deadline.date and value.last_day < deadline.date:
            raise wrong(f"не может быть раньше, чем deadline ({deadline.date})")
        return value

    @field_validator("recommended")
    @classmethod
    def _has_a_day(cls, value: Moment | None) -> Moment | None:
        if value and not value.is_dated:
            raise wrong("нужен день: 2026-10-08")
        return value

    def milestones(self) -> Iterator[Milestone]:
        """Yield the round's moments in the order in which they come."""
        off = self.cancelled is not None
        early = [Milestone("stage", each.deadline, self.key, each.title, off, each.key) for each in self.stages]
        if self.recommended:
            early.append(Milestone("recommended", self.recommended, self.key, cancelled=off))
        if self.opens:
            yield Milestone("opens", self.opens, self.key, cancelled=off)
        yield from sorted(early, key=lambda stone: stone.moment.sort_key())
        yield Milestone("deadline", self.deadline, self.key, cancelled=off)
        late: tuple[What, ...] = ("results", "start", "end", "report")
        for what in late:
            moment: Moment | None = getattr(self, what)
            if moment is not None:
                yield Milestone(what, moment, self.key, cancelled=off)

    def status(self, today: dt.date) -> Status:
        """Return the status on a day, by the calendar of the call's own zone."""
        closes = self.deadline
        if self.cancelled:
            return "cancelled"
        opens = self.opens.date if self.opens else None
        if closes.precision == "rolling":
            return "upcoming" if opens and today < opens else "rolling"
        if not closes.is_dated or closes.date is None:
            return "forecast"
        if today > closes.date:
            return "closed"
        if opens and today < opens:
            return "upcoming"
        return "closing" if closes.date - today <= dt.timedelta(days=CLOSING_DAYS) else "open"

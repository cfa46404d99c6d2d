"""A methodology note: how to make a project, an application, a report."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import field_validator

from generator.fields.base import Called, Part, wrong
from generator.fields.text import Count, Day, Text
from generator.markdown import Body
from generator.records.record import Record

STAGES = ("idea", "application", "realisation", "report", "growth")
WORDS_A_MINUTE = 180
"""How fast people read such texts."""
_UNREAD = re.compile(r"<!--.*?-->|(?<=\])\([^)]*\)|https?://\S+", re.DOTALL)
"""What a reader does not see of a text: comments, addresses."""


class Change(Part):
    """What became other in a note, and when."""

    date: Day
    """Когда."""
    text: Text
    """Что изменилось."""


class Verdict(Part):
    """What a number of ticks means."""

    least: Count
    """Со скольких отметок так; у первого вывода — 0."""
    text: Text
    """Вывод и что делать дальше."""


class Range(NamedTuple):
    """The numbers of ticks that one verdict is about."""

    least: int
    most: int
    text: str


class Note(Record):
    """A note or memo; one with a task list is a checklist."""

    kind = "note"
    folder = "content/methodology"
    section = "/methodology/"

    stage: Annotated[Literal["idea", "application", "realisation", "report", "growth"], Called("stage")]
    """На каком шаге поможет: идея, заявка, реализация, отчёт, развитие."""
    order: Count = 100
    """Место внутри шага: меньшее число выше."""
    changes: tuple[Change, ...] = ()
    """Что менялось в заметке, от поздней перемены к ранней."""
    verdicts: tuple[Verdict, ...] = ()
    """Что значит число отметок в чек-листе: от меньшего числа к большему."""

    @field_validator("changes")
    @classmethod
    def _latest_first(cls, value: tuple[Change, ...], info: Any) -> tuple[Change, ...]:
        if any(later.date > earlier.date for earlier, later in pairwise(value)):
            raise wrong("перемены пишут от поздней к ранней")
        updated: dt.date | None = info.data.get("updated")
        if value and updated is not None and updated < value[0].date:
            raise wrong(f"updated ({updated}) не может быть раньше последней перемены ({value[0].date})")
        return value

    @field_validator("verdicts")
    @classmethod
    def _cover_every_number(cls, value: tuple[Verdict, ...], info: Any) -> tuple[Verdict, ...]:
        body: Body = info.data.get("body", Body())
        if not value:
            return value
        if not body.questions:
            raise wrong("в тексте нет ни одной строки «- [ ] …», отмечать нечего")
        if value[0].least != 0:
            raise wrong("первый вывод начинается с 0 отметок (least: 0)")
        if any(more.least <= fewer.least for fewer, more in pairwise(value)):
            raise wrong("выводы пишут от меньшего числа отметок к большему, числа не повторяются")
        if value[-1].least > len(body.questions):
            raise wrong(f"отметок в тексте {len(body.questions)}; до {value[-1].least} не дойти")
        return value

    @property
    def stage_order(self) -> int:
        """The step's place among the steps."""
        return STAGES.index(self.stage)

    @property
    def stage_number(self) -> int:
        """The step's number for people: from 1."""
        return self.stage_order + 1

    @property
    def reading_minutes(self) -> int:
        """How long the text takes to read: whole minutes, one at the least."""
        words = re.findall(r"\w+(?:[-–]\w+)*", _UNREAD.sub("", self.body.written))
        return max(1, -(-len(words) // WORDS_A_MINUTE))

    @property
    def changed(self) -> dt.date | None:
        """The last day on which the note became other than it was."""
        days = (super().changed, self.changes[0].date if self.changes else None)
        return max((day for day in days if day), default=None)

    @property
    def changed_for_readers(self) -> dt.date | None:
        """The last day on which it changed in a way that matters to readers; a mere check is none."""
        return self.updated or (self.changes[0].date if self.changes else None)

    def verdict_ranges(self) -> list[Range]:
        """Return each verdict with the numbers of ticks that it is about, from the fewest."""
        ends = [*(verdict.least - 1 for verdict in self.verdicts[1:]), len(self.body.questions)]
        return [Range(each.least, most, each.text) for each, most in zip(self.verdicts, ends, strict=True)]

    def sort_key(self) -> Any:
        """Order notes by the steps of a project's life."""
        return (self.stage_order, self.order, self.slug)

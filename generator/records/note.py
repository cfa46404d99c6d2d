"""A methodology note: how to make a project, an application, a report."""

from __future__ import annotations

from typing import Any, Literal

from generator.fields.text import Count
from generator.records.record import Record

STAGES = ("idea", "application", "realisation", "report", "growth")


class Note(Record):
    """A note or memo; one with a task list is a checklist."""

    kind = "note"
    folder = "content/methodology"
    section = "/methodology/"

    stage: Literal["idea", "application", "realisation", "report", "growth"]
    """На каком шаге поможет: идея, заявка, реализация, отчёт, развитие."""
    order: Count = 100
    """Место внутри шага: меньшее число выше."""

    @property
    def stage_order(self) -> int:
        """The step's place among the steps."""
        return STAGES.index(self.stage)

    def sort_key(self) -> Any:
        """Order notes by the steps of a project's life."""
        return (self.stage_order, self.order, self.slug)

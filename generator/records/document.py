"""An official document on NGOs: a law, a decree, an order."""

from __future__ import annotations

from typing import Any, Literal

from generator.fields.text import Day, Flag, Line, Link
from generator.records.record import Record


class Document(Record):
    """A legal act, and what it gives an NGO."""

    kind = "document"
    folder = "content/documents"
    section = "/documents/"

    nature: Literal["law", "decree", "order", "local"]
    """Что это: закон, указ или постановление, приказ, местный документ."""
    number: Line
    """Номер: «7-ФЗ»."""
    date: Day
    """Дата принятия."""
    authority: Line
    """Кто принял."""
    edition: Line | None = None
    """Редакция, которую смотрели: «с изменениями на 1 марта 2026 года»."""
    in_force: Flag = True
    """yes, если документ действует."""
    link: Link | None = None
    """Где прочитать."""
    gives: tuple[Line, ...] = ()
    """Что он значит для НКО, по пунктам."""

    def sort_key(self) -> Any:
        """Order documents in force first, then by their weight and day."""
        return (not self.in_force, ("law", "decree", "order", "local").index(self.nature), self.date, self.slug)

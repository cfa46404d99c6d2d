"""An official document on NGOs: a law, a decree, an order."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from generator.fields.base import Called, Refers, wrong
from generator.fields.text import Day, Flag, Line, Link, Slug
from generator.records.record import Record


class Document(Record):
    """A legal act, and what it gives an NGO."""

    kind = "document"
    folder = "content/documents"
    section = "/documents/"

    short: Annotated[Line, Field(max_length=60)] | None = None
    """Короткое имя для списков: «Закон об НКО»."""
    nature: Annotated[Literal["law", "decree", "order", "local"], Called("document_nature")]
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
    ended: Day | None = None
    """Когда утратил силу."""
    replaced_by: Annotated[Slug, Refers("document")] | None = None
    """Чем заменён: имя записи из content/documents/."""
    link: Link | None = None
    """Где прочитать."""
    gives: tuple[Line, ...] = ()
    """Что он значит для НКО, по пунктам."""

    @field_validator("ended")
    @classmethod
    def _when_not_in_force(cls, value: Any, info: Any) -> Any:
        if value is not None and info.data.get("in_force"):
            raise wrong("у документа, который действует (in_force), такого дня нет; напишите in_force: no")
        if value is not None and info.data.get("date") and value < info.data["date"]:
            raise wrong(f"не может быть раньше, чем date ({info.data['date']})")
        return value

    def sort_key(self) -> Any:
        """Order documents in force first, then by their weight and day."""
        return (not self.in_force, ("law", "decree", "order", "local").index(self.nature), self.date, self.slug)

"""An agreement on working together: between whom, on what, until when."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, field_validator

from generator.fields.base import wrong
from generator.fields.party import Party
from generator.fields.text import Day, Line, Link
from generator.records.record import Record


class Agreement(Record):
    """One line of the register of agreements."""

    kind = "agreement"
    folder = "content/agreements"
    section = "/agreements/"
    shares_page = True

    parties: Annotated[tuple[Party, ...], Field(min_length=1)]
    """Стороны: ngo или name; сам центр можно не называть."""
    subject: Line
    """О чём договорились."""
    number: Line | None = None
    """Номер, если есть."""
    date: Day
    """Когда подписали."""
    until: Day | None = None
    """По какой день действует; если срока нет, поле не пишут."""
    ended: Day | None = None
    """Когда прекратили раньше срока."""
    link: Link | None = None
    """Где прочитать текст."""

    @field_validator("until", "ended")
    @classmethod
    def _after_signing(cls, value: Any, info: Any) -> Any:
        signed = info.data.get("date")
        if value is not None and signed is not None and value < signed:
            raise wrong(f"не может быть раньше, чем date ({signed})")
        return value

    def sort_key(self) -> Any:
        """Order the latest first."""
        return (-self.date.toordinal(), self.slug)

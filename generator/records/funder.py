"""A funder: who gives the money."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from generator.fields.base import Called
from generator.fields.contact import Contacts, Inn, Ogrn
from generator.fields.text import Line, Link
from generator.records.record import Record


class Funder(Record):
    """A foundation, a ministry or a company that holds competitions."""

    kind = "funder"
    folder = "content/funders"
    section = "/funders/"

    nature: Annotated[Literal["state", "foundation", "company", "church", "movement", "local"], Called("funder_nature")]
    """Кто это: государственный фонд или ведомство, частный фонд, компания, церковная организация,
    общественное движение, местный фонд."""
    legal_name: Line | None = None
    """Полное название."""
    inn: Inn | None = None
    """ИНН: по нему фонд узнают в открытых данных."""
    ogrn: Ogrn | None = None
    """ОГРН."""
    site: Link | None = None
    """Сайт."""
    contacts: Contacts = Contacts()
    """Как связаться: адреса организации, не личные."""

    def unique_fields(self) -> Iterator[tuple[str, str]]:
        """Yield the numbers in state registers."""
        if self.inn:
            yield "inn", self.inn
        if self.ogrn:
            yield "ogrn", self.ogrn

"""A funder: who gives the money."""

from __future__ import annotations

from typing import Literal

from generator.fields.contact import Contacts
from generator.fields.text import Line, Link
from generator.records.record import Record


class Funder(Record):
    """A foundation, a ministry or a company that holds competitions."""

    kind = "funder"
    folder = "content/funders"
    section = "/funders/"

    nature: Literal["state", "foundation", "company", "church", "local"]
    """Кто это: государственный фонд или ведомство, частный фонд, компания, церковная организация, местный фонд."""
    legal_name: Line | None = None
    """Полное название."""
    site: Link | None = None
    """Сайт."""
    contacts: Contacts = Contacts()
    """Как связаться: адреса организации, не личные."""

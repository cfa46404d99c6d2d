"""An adviser of the resource centre: who helps with what, where and how."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from generator.fields.base import Called, Refers, one_or_more
from generator.fields.contact import Contacts
from generator.fields.text import Asset, Day, Flag, Line, Slug
from generator.records.record import Record

Advice = Literal["visit", "online", "phone", "letter"]
"""How one is advised: the closed list."""


class Expert(Record):
    """A person, or an institution's desk, that advises NGOs. A person without consent is nowhere on the site."""

    kind = "expert"
    folder = "content/experts"
    section = "/experts/"

    role: Line
    """Кто по делу: «юрист», «бухгалтер», «эксперт конкурсов»."""
    consent: Day | None = None
    """Когда человек дал письменное согласие на публикацию (152-ФЗ, статья 10.1); без него записи нет на сайте."""
    institution: Flag = False
    """yes, если консультирует учреждение, а title — его название, не имя человека: согласия тогда не нужно."""
    competence: Annotated[tuple[Line, ...], Field(min_length=1), BeforeValidator(one_or_more)]
    """С чем поможет, по пунктам."""
    how: Annotated[tuple[Annotated[Advice, Called("advice")], ...], Field(min_length=1), BeforeValidator(one_or_more)]
    """Как консультирует: visit — очно, online — по видеосвязи, phone — по телефону, letter — письмом."""
    pro_bono: Flag
    """yes, если бесплатно."""
    terms: Line | None = None
    """На каких условиях: «первая встреча бесплатно, дальше по договору»."""
    where: Line | None = None
    """Где принимает: «в библиотеке, кабинет 12, по вторникам»."""
    organisation: Line | None = None
    """Где работает."""
    ngo: Annotated[Slug, Refers("ngo")] | None = None
    """Имя записи из ngos/, если это человек из местной НКО."""
    contacts: Contacts = Contacts()
    """Как записаться."""
    photo: Annotated[Asset, Refers("asset")] | None = None
    """Портрет: имя файла в content/assets/."""

    def is_public(self, today: date) -> bool:
        """Say yes only of those who agreed, and of institutions."""
        return super().is_public(today) and self.is_agreed

    @property
    def is_agreed(self) -> bool:
        """Whether the law lets the record be shown."""
        return self.institution or self.consent is not None

    @property
    def withheld(self) -> bool:
        """Whether the record names a person who did not agree."""
        return not self.is_agreed

    def sort_key(self) -> Any:
        """Order by what they do, then by name."""
        return (self.role.lower().replace("ё", "е"), super().sort_key(), self.slug)

"""A local non-profit organisation of the directory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import field_validator

from generator.fields.base import Called, wrong
from generator.fields.contact import Contacts, Inn, Kpp, Ogrn, Person
from generator.fields.service import Audience, Service, Wish
from generator.fields.text import Day, Line
from generator.records.record import Record

MONTHS = 12
INN_DIGITS, OGRN_DIGITS = 10, 13
"""How long an organisation's numbers are; a person's have two digits more."""


Form = Literal[
    "ano", "fund", "charity", "public", "movement", "institution", "association", "partnership",
    "religious", "union", "tos", "other",
]  # fmt: skip
"""What an organisation is by law: the closed list."""


class Ngo(Record):
    """A non-profit organisation of the town."""

    kind = "ngo"
    folder = "ngos"
    suffix = ".yml"
    section = "/ngos/"

    legal_name: Line
    """Полное название, как в уставе; title — короткое, как её зовут."""
    form: Annotated[Form, Called("form")]
    """Форма: АНО, фонд, благотворительный фонд, общественная организация, движение, частное учреждение,
    союз или ассоциация, некоммерческое партнёрство, религиозная организация, профсоюз, ТОС, другая."""
    inn: Inn | None = None
    """ИНН: 10 цифр."""
    kpp: Kpp | None = None
    """КПП: 9 знаков."""
    ogrn: Ogrn | None = None
    """ОГРН: 13 цифр."""
    registered: Day | None = None
    """Когда зарегистрирована."""
    status: Annotated[Literal["active", "liquidating", "closed", "unknown"], Called("ngo_status")] = "active"
    """Работает, закрывается, закрыта или неизвестно."""
    contacts: Contacts = Contacts()
    """Как связаться: адреса организации, не личные."""
    head: Person | None = None
    """Руководитель; имя видно только с consent."""
    audiences: tuple[Annotated[Audience, Called("audience")], ...] = ()
    """Для кого работает."""
    services: tuple[Service, ...] = ()
    """Услуги: чем помогает людям, когда и за сколько."""
    needs: tuple[Wish, ...] = ()
    """Что ищет: помещение, волонтёров, партнёра для заявки."""
    offers: tuple[Wish, ...] = ()
    """Чем может помочь другим."""

    @field_validator("inn")
    @classmethod
    def _of_an_organisation(cls, value: str | None) -> str | None:
        if value is not None and len(value) != INN_DIGITS:
            raise wrong(f"у организации ИНН из {INN_DIGITS} цифр; 12 — у человека")
        return value

    @field_validator("ogrn")
    @classmethod
    def _of_the_register(cls, value: str | None) -> str | None:
        if value is not None and len(value) != OGRN_DIGITS:
            raise wrong(f"у организации ОГРН из {OGRN_DIGITS} цифр; 15 — у предпринимателя")
        return value

    @property
    def longer_name(self) -> str | None:
        """The name of its charter, where its title is another."""
        return self.legal_name if self.legal_name != self.title else None

    @property
    def applies_as(self) -> str:
        """As which kind of applicant it takes part in competitions."""
        return "tos" if self.form == "tos" else "nko"

    def months_registered(self, day: date) -> int | None:
        """Return how many whole months it is registered on a day, less than 0 before; None where nobody knows."""
        if self.registered is None:
            return None
        months = (day.year - self.registered.year) * MONTHS + day.month - self.registered.month
        return months - (day.day < self.registered.day)

    def unique_fields(self) -> Iterator[tuple[str, str]]:
        """Yield the numbers in state registers."""
        if self.inn:
            yield "inn", self.inn
        if self.ogrn:
            yield "ogrn", self.ogrn

    def sort_key(self) -> Any:
        """Order by the short name, quotes aside."""
        return (super().sort_key(), self.slug)

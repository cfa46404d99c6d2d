"""A local non-profit organisation of the directory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from generator.fields.contact import Contacts, Inn, Ogrn, Person
from generator.fields.text import Day, Line
from generator.records.record import Record


class Ngo(Record):
    """A non-profit organisation of the town."""

    kind = "ngo"
    folder = "ngos"
    suffix = ".yml"
    section = "/ngos/"

    legal_name: Line
    """Полное название, как в уставе; title — короткое, как её зовут."""
    form: Literal["ano", "fund", "charity", "public", "association", "other"]
    """Форма: АНО, фонд, благотворительный фонд, общественная организация, союз или ассоциация, другая."""
    inn: Inn | None = None
    """ИНН: 10 цифр."""
    ogrn: Ogrn | None = None
    """ОГРН: 13 цифр."""
    registered: Day | None = None
    """Когда зарегистрирована."""
    status: Literal["active", "closed", "unknown"] = "active"
    """Работает, закрыта или неизвестно."""
    contacts: Contacts = Contacts()
    """Как связаться: адреса организации, не личные."""
    head: Person | None = None
    """Руководитель; имя видно только с consent."""
    needs: tuple[Line, ...] = ()
    """Что ищет: помещение, волонтёров, партнёра для заявки."""
    offers: tuple[Line, ...] = ()
    """Чем может помочь другим."""

    def unique_fields(self) -> Iterator[tuple[str, str]]:
        """Yield the numbers in state registers."""
        if self.inn:
            yield "inn", self.inn
        if self.ogrn:
            yield "ogrn", self.ogrn

    def sort_key(self) -> Any:
        """Order by the short name, quotes aside."""
        return (super().sort_key(), self.slug)

"""Ways to reach an organisation or a person, its numbers in state registers, and consent."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated

import phonenumbers
from pydantic import BeforeValidator, PrivateAttr, StringConstraints, model_validator
from stdnum.ru import inn, ogrn

from generator.fields.address import Address
from generator.fields.base import Part, Refers, Written, one_or_more, shown, wrong
from generator.fields.hours import Week
from generator.fields.text import Asset, Day, Line, Link, Slug, refuse_disguised
from generator.source.letters import ordinal


def _phone(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        number = phonenumbers.parse(value, "RU")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or number.extension or not phonenumbers.is_valid_number(number):
        raise wrong(f"нужен один телефон с кодом: +7 34141 2-34-56; здесь {shown(value)}")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[A-Za-z0-9._%+-]+@([A-Za-zа-яё0-9-]+\.)+[A-Za-zа-яё]{2,}", value):
        stranger = re.search("[А-Яа-яЁё]", value.partition("@")[0])
        about = f"; буква «{stranger[0]}» русская, {ordinal(stranger.start())} в адресе" if stranger else ""
        raise wrong(f"нужен адрес вида name@example.org; здесь {shown(value)}{about}")
    if isinstance(value, str):
        refuse_disguised(value.rpartition("@")[2])
    return value


def _inn(value: object) -> object:
    if isinstance(value, str) and not (re.fullmatch(r"\d{10}|\d{12}", value, re.ASCII) and inn.is_valid(value)):
        raise wrong(f"ИНН — 10 или 12 цифр, и контрольные цифры должны сойтись; здесь {shown(value)}")
    return value


def _ogrn(value: object) -> object:
    if isinstance(value, str) and not (re.fullmatch(r"\d{13}|\d{15}", value, re.ASCII) and ogrn.is_valid(value)):
        raise wrong(f"ОГРН — 13 или 15 цифр, и контрольная цифра должна сойтись; здесь {shown(value)}")
    return value


def _kpp(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}[\dA-Z]{2}\d{3}", value, re.ASCII):
        raise wrong(f"КПП — 9 цифр (пятый и шестой знак бывают латинскими буквами); здесь {shown(value)}")
    return value


RUSSIA = 7
"""The country code."""
Phone = Annotated[
    str,
    Written(r"(\D*\d){9,15}\D*", "нужен один телефон с кодом: +7 34141 2-34-56"),
    BeforeValidator(_phone),
]
"""A telephone number; kept as E.164, shown as +7 …"""
Email = Annotated[
    str,
    Written(r"[A-Za-z0-9._%+\-]+@[^@\s]+\.[A-Za-zа-яё]{2,}", "нужен адрес вида name@example.org"),
    StringConstraints(max_length=200),
    BeforeValidator(_email),
]
"""An e-mail address."""
Inn = Annotated[str, Written(r"\d{10}|\d{12}", "ИНН — 10 или 12 цифр"), BeforeValidator(_inn)]
"""A taxpayer's number with right check digits."""
Ogrn = Annotated[str, Written(r"\d{13}|\d{15}", "ОГРН — 13 или 15 цифр"), BeforeValidator(_ogrn)]
"""A number in the state register with a right check digit."""


Kpp = Annotated[str, Written(r"\d{4}[\dA-Z]{2}\d{3}", "КПП — 9 цифр"), BeforeValidator(_kpp)]
"""The code of the reason for tax registration."""


# A number stands on pages, in tables and in data: asked for six times, it is taken apart once.
@lru_cache(maxsize=20_000)
def shown_phone(phone: str) -> str:
    """Return a number as people read it: `+7 34141 2-34-56`."""
    number = phonenumbers.parse(phone)
    if number.country_code != RUSSIA:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    digits = str(number.national_number)
    # Towns of Russia have codes of 3 to 5 digits; mobile ones, 3.
    code = 3 if digits.startswith(("9", "8", "495", "499", "812")) else 5
    rest = digits[code:]
    return f"+7 {digits[:code]} {rest[:-4]}-{rest[-4:-2]}-{rest[-2:]}"


PERSONAL = ("name", "phone", "email", "photo")
"""What the law lets one publish only with the person's consent."""


class Person(Part):
    """Somebody named in a record. Without consent only the role remains: the rest is dropped when read."""

    name: Line | None = None
    """Имя и фамилия; публикуются, только если указано consent."""
    role: Line
    """Должность или роль: «директор», «ведущая»."""
    organisation: Line | None = None
    """Откуда человек."""
    phone: Phone | None = None
    """Телефон; публикуется, только если указано consent."""
    email: Email | None = None
    """Почта; публикуется, только если указано consent."""
    photo: Annotated[Asset, Refers("asset")] | None = None
    """Портрет: имя файла в content/assets/; публикуется, только если указано consent."""
    consent: Day | None = None
    """Когда человек дал письменное согласие на публикацию (152-ФЗ, статья 10.1)."""
    expert: Annotated[Slug, Refers("expert")] | None = None
    """Имя записи из content/experts/, если человек есть в базе экспертов."""
    _is_withheld: bool = PrivateAttr(default=False)

    @model_validator(mode="after")
    def _drop_without_consent(self) -> Person:
        """Forget what nobody may publish, before anything can print it."""
        if self.consent is None and any(getattr(self, field) for field in PERSONAL):
            kept = self.model_copy(update=dict.fromkeys(PERSONAL))
            kept._is_withheld = True
            return kept
        return self

    @property
    def is_withheld(self) -> bool:
        """Whether somebody was named here and may not be."""
        return self._is_withheld


class Contacts(Part):
    """How to reach an organisation: role addresses only, no private ones."""

    address: Address | None = None
    """Почтовый адрес: «Кострома, ул. Мира, 1, кабинет 12»."""
    phones: Annotated[tuple[Phone, ...], BeforeValidator(one_or_more)] = ()
    """Телефоны организации."""
    emails: Annotated[tuple[Email, ...], BeforeValidator(one_or_more)] = ()
    """Почта организации."""
    sites: Annotated[tuple[Link, ...], BeforeValidator(one_or_more)] = ()
    """Сайт."""
    pages: Annotated[tuple[Link, ...], BeforeValidator(one_or_more)] = ()
    """Страницы в социальных сетях."""
    hours: Week = ()
    """Часы работы: «пн–чт 10:00–19:00; сб 10:00–17:00»."""
    hours_note: Line | None = None
    """Что ещё сказать о часах: «лучше позвонить заранее»."""

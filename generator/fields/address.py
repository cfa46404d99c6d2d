"""A postal address of one form: `156000, Костромская область, Кострома, ул. Мира, 1, кабинет 12`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, StringConstraints

from generator.fields.base import Written, shown, wrong
from generator.fields.regions import REGIONS

STREETS = (
    *("ул.", "пер.", "пр-т", "пр-д", "пл.", "наб.", "б-р", "ш.", "мкр.", "тракт", "тупик", "аллея", "линия"),
    *("кв-л", "тер.", "снт"),
)
"""How a street's kind is written; it stands before the name."""
HOW = "адрес пишут так: Кострома, ул. Мира, 1, кабинет 12 (можно с индексом и регионом впереди)"
_TIDY = (
    (r"\s+", " "),
    (r"\s*,[,\s]*", ", "),
    (r"(?<![\w.])(?:г\.|город|гор\.)\s*(?=[А-ЯЁ])", ""),
    (r"(?<![\w.])(?:улица|ул(?!\.))\s+", "ул. "),
    (r"(?<![\w.])ул\.(?=\S)", "ул. "),
    (r"(?<![\w.])(?:переулок|пер(?!\.))\s+", "пер. "),
    (r"(?<![\w.])(?:проспект|просп\.|пр\.)\s*", "пр-т "),
    (r"(?<![\w.])проезд\s+", "пр-д "),
    (r"(?<![\w.])(?:площадь|пл(?!\.))\s+", "пл. "),
    (r"(?<![\w.])набережная\s+", "наб. "),
    (r"(?<![\w.])бульвар\s+", "б-р "),
    (r"(?<![\w.])шоссе\s+", "ш. "),
    (r"(?<![\w.])микрорайон\s+", "мкр. "),
    (r"(?<=, )(?:дом|д\.)\s*(?=\d)", ""),
    (r"(?<=, )(?:каб\.|каб|кабинет)\s*(?=\d)", "кабинет "),
    (r"(?<=, )(?:оф\.|оф|офис)\s*(?=\d)", "офис "),
    (r"(?<=, )(?:кв\.|кв)\s*(?=\d)", "квартира "),
)
"""What is written otherwise than the one form, and how it is written there."""
_FORM = re.compile(
    r"(?:(?P<postcode>\d{6}), )?(?:(?P<region>[А-ЯЁ][^,]*(?:область|край|округ|Республика|Югра|Якутия\)|Алания)"
    r"|(?:Чувашская )?Республика [^,]+), )?(?P<town>(?:(?:с|д|п|пос|пгт|х|ст)\. ?)?[А-ЯЁ][\w .-]+)"
    rf"(?:, (?P<street>(?:{'|'.join(map(re.escape, STREETS))}) [^,]+))?, (?P<house>\d+[^,]*)(?:, (?P<rest>.+))?"
)


class Postal(NamedTuple):
    """The parts of an address."""

    postcode: str | None
    """The six digits of the post office."""
    region: str | None
    town: str
    street: str | None
    house: str
    rest: str | None
    """The room, the floor, the entrance."""


def tidied_address(text: str) -> str:
    """Return an address with usual spellings brought to the one form, as far as that is safe."""
    for pattern, become in _TIDY:
        text = re.sub(pattern, become, text.strip(" ,."))
    return text


# An address is checked when read and taken apart on its page and twice in data.
@lru_cache(maxsize=20_000)
def parts_of_address(address: str) -> Postal:
    """Return the parts of an address of the one form, or say what it must look like."""
    found = _FORM.fullmatch(address)
    if found is None:
        raise wrong(f"{HOW}; здесь {shown(address)}")
    if found["region"] is not None and found["region"] not in REGIONS:
        raise wrong(f"нет такого региона: {shown(found['region'])}")
    return Postal(**found.groupdict())


def _address(value: object) -> object:
    if not isinstance(value, str):
        return value
    tidy = tidied_address(value)
    parts_of_address(tidy)
    if tidy != " ".join(value.split()):
        raise wrong(f"адреса пишут одинаково; здесь так: {tidy}")
    return tidy


Address = Annotated[str, Written(r".+, ?\d.*", HOW), StringConstraints(max_length=300), BeforeValidator(_address)]
"""A postal address: `Кострома, ул. Мира, 1, кабинет 12`."""

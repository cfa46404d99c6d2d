"""Addresses of the one form out of those that tables have."""

from __future__ import annotations

import re

from generator.fields.address import STREETS, Address, parts_of_address, tidied_address
from generator.importers.cells import Around, Lost, Taken, fit, lost
from generator.settings import Names

_SMALL = frozenset(
    (
        *("г", "го", "м", "мо", "о", "ул", "д", "дом", "кв", "каб", "оф", "пер", "пом", "пл", "наб", "ш", "мкр", "им"),
        *("корп", "стр", "обл", "р-н", "пр-т", "область", "край", "район", "улица", "город", "кабинет", "офис"),
        *("переулок", "проспект", "площадь"),
    )
)
"""Words of an address that have no capital."""
_KINDS = "ул|пер|пр-т|пр-д|пл|наб|б-р|ш|мкр|улица|переулок|проспект|площадь"
_USUAL = (
    (r"^(?:Россия|РФ|Российская Федерация)\s*,\s*", ""),
    (r"(?<=\d{6})\s+(?=[А-ЯЁ])", ", "),
    (r"\bРесп\b\.?", "Республика"),
    (r"\bобл\b\.?", "область"),
    (r"(?<![\w.])(?:г\.?\s?о\.|м\.?\s?о\.|городской округ|муниципальный округ)\s*(?:г(?:ород|\.)?\s+)?[^,]+,\s*", ""),
    (r"(?<![\w.])г\s+(?=[А-ЯЁ])", ""),
    (rf"(?<=[\w.])\s+(?=(?:{_KINDS})(?:\.\s*|\s+)(?:[А-ЯЁ]|\d+(?:-|\s+лет)))", ", "),
    (rf"([А-ЯЁ][\w .-]*?)\s+({_KINDS})\.?(?=,|\s+\d|$)", r"\2. \1"),
    (r",?\s+(?:дом|д)\.?\s*(?=\d)", ", "),
    (rf"(?<!\w)((?:{_KINDS})\.?\s*[^,]*?[а-яё])\s+(?=\d+[а-яА-Я]?(?:[/-]\d+)?(?:$|,))", r"\1, "),
    (r",\s*,", ", "),
)
"""What is written in tables otherwise than `tidied_address` expects it."""


def address_taken(text: str, around: Around) -> Taken:
    """Return an address, the town added where the street comes first."""
    written = text.strip(" ,.;")
    if around.is_ours and not fit(Address, written).complaint:
        return Taken({"address": written})
    address = _in_town(_tidied(written, around.place), around.place)
    found = fit(Address, address)
    if found.complaint:
        return Taken(lost=(lost(text, found.complaint),))
    parts = parts_of_address(address)
    if parts.street is None and parts.town != around.place.town and "." not in parts.town:
        return Taken(lost=(Lost(text, "не видно, улица это или село: г. …, ул. …, 1 или с. …, 1"),))
    return Taken({"address": address})


def _tidied(text: str, place: Names) -> str:
    if not re.search("[а-яё]{2}", text):
        text = re.sub(r"[А-ЯЁ][А-ЯЁ-]*", _small, text)
    initials = "".join(word[0].upper() for word in place.region.split())
    text = re.sub(rf"(?<!\w){initials}(?=\s*,)", place.region, text)
    for pattern, become in _USUAL:
        text = re.sub(pattern, become, text)
    # «Республика Удмуртская»: so registers turn a name round.
    return tidied_address(text.replace(" ".join(reversed(place.region.split())), place.region))


def _small(word: re.Match[str]) -> str:
    lower = word[0].lower()
    return lower if lower in _SMALL else "-".join(part.capitalize() for part in lower.split("-"))


def _in_town(address: str, place: Names) -> str:
    postcode, region, rest = re.fullmatch(
        rf"(\d{{6}}, )?({re.escape(place.region)}, )?(.*)", address, re.DOTALL
    ).groups("")  # type: ignore[union-attr]  # every text matches
    return f"{postcode}{region}{place.town}, {rest}" if rest.startswith(STREETS) else address

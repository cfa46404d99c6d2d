"""Names by which other people's data knows ours: org-id prefixes, stable UUIDs, the address of a licence."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha1
from typing import NamedTuple
from uuid import NAMESPACE_DNS, uuid5

from generator.records.record import Record
from generator.settings import Settings

SCHEMES = {"ogrn": "RU-OGRN", "inn": "RU-INN"}
"""The registers of org-id.guide by our fields, the one that names an organisation best first."""
VARIANT = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
"""The digit of a UUID that tells its layout, for what stood in its place."""
CREATIVE_COMMONS = re.compile(r"CC[ -](BY(?:-NC)?(?:-SA|-ND)?)[ -](\d\.\d)", re.IGNORECASE)


class Registered(NamedTuple):
    """An organisation's number in a register."""

    field: str
    """Our name for the number: `inn`."""
    scheme: str
    """The register, as org-id.guide calls it: `RU-INN`."""
    number: str

    @property
    def org_id(self) -> str:
        """The number as open data writes it: `RU-INN-1837099220`."""
        return f"{self.scheme}-{self.number}"


def registered(record: Record) -> list[Registered]:
    """Return an organisation's numbers in state registers, the best known first."""
    numbers = dict(record.unique_fields())
    return [Registered(field, scheme, numbers[field]) for field, scheme in SCHEMES.items() if field in numbers]


def org_ids(record: Record) -> list[str]:
    """Return an organisation's identifiers with their org-id prefixes."""
    return [number.org_id for number in registered(record)]


def org_id(record: Record, settings: Settings) -> str:
    """Return the one identifier of an organisation: from a register, or else our own."""
    return next(iter(org_ids(record)), own_id(settings, record.kind, record.slug))


def own_id(settings: Settings, kind: str, name: str) -> str:
    """Return an identifier of our own, which never changes: `example.org-project/lavochka`."""
    return f"{settings.extra.uid_domain}-{kind}/{name}"


def uuid_of(settings: Settings, *names: str) -> str:
    """Return the UUID of a thing by its names, the same in every build."""
    # RFC 9562, 5.5, as uuid5() does it, without its objects: a region's directory has a hundred thousand ids.
    name = "/".join(names).encode()
    digits = sha1(_namespace(settings.extra.uid_domain) + name, usedforsecurity=False).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{VARIANT[digits[16]]}{digits[17:20]}-{digits[20:32]}"


def licence_url(licence: str) -> str | None:
    """Return where a licence of Creative Commons can be read, or None for another one."""
    if found := CREATIVE_COMMONS.fullmatch(licence):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    return "https://creativecommons.org/publicdomain/zero/1.0/" if licence.upper().startswith("CC0") else None


@cache
def _namespace(domain: str) -> bytes:
    return uuid5(NAMESPACE_DNS, domain).bytes

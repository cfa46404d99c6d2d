"""Which picture stands for a page where somebody shares a link to it."""

from __future__ import annotations

from typing import NamedTuple

from generator.catalog.checks import PICTURE
from generator.images import BROADEST, is_picture
from generator.records.record import Record
from generator.templating import Templating

CARD = (1200, 630)
"""The width and height of a drawn picture, in dots: what the Open Graph readers ask for."""
LEAST = 600
"""How wide a record's own picture has to be to stand in a drawn one's place."""


class Shown(NamedTuple):
    """A picture of a page."""

    address: str
    """From the site's root."""
    width: int
    height: int
    alt: str
    """Plain text for those who cannot see it."""


def shown(address: str, title: str, record: Record | None, templating: Templating) -> Shown | None:
    """Return the picture of a page: the record's own, the one drawn for it, the site's; None where none is drawn."""
    own = own_picture(record, templating) if record else None
    if own:
        return own._replace(alt=title)
    for of, alt in ((address, title), ("/", templating.settings.site_description)):
        if card_of(of) in templating.drawn:
            return Shown(f"/{card_of(of)}", *CARD, alt)
    return None


def own_picture(record: Record, templating: Templating) -> Shown | None:
    """Return the first picture of a record's page, if it is large enough; a call is better known by its slip."""
    if record.has_rounds:
        return None
    first = next((path for path in record.pictures if is_picture(path)), None)
    address = templating.picture_of(record)
    if first is None or address is None:
        return None
    size = templating.assets.size(first)
    if size.width < LEAST:
        return None
    size = size.at(min(size.width, BROADEST))
    return Shown(address, size.width, size.height, record.title)


def card_of(address: str) -> str:
    """Return the file of the site that holds the picture drawn for a page: `grants/fpg-2026-1/picture.png`."""
    return f"{address}{PICTURE}".lstrip("/")

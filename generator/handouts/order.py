"""Which sheets somebody wants: by name, for whom, in large type."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from generator.fields.base import nearest
from generator.handouts.choice import EVERYTHING, Choice
from generator.handouts.sheet import Sheet


class Order(NamedTuple):
    """Which sheets somebody wants, and of what."""

    names: Collection[str] = ()
    """Sheets or families; none means all."""
    choice: Choice = EVERYTHING
    large: bool = False
    """Whether the editions in large type are wanted, and no others."""

    @property
    def is_all(self) -> bool:
        """Whether every sheet is wanted, as on the site."""
        return not (self.names or self.large) and self.choice == EVERYTHING


EVERY_SHEET = Order()


class UnfitOrderError(Exception):
    """A sheet or an edition was asked for that does not exist: a wrong use."""


def ordered(found: Iterable[Sheet], order: Order) -> list[Sheet]:
    """Return the sheets of an order; raise UnfitOrderError where there are none."""
    every = list(found)
    wanted = [sheet for sheet in every if sheet.edition.large] if order.large else every
    if order.choice != EVERYTHING:
        wanted = [sheet for sheet in wanted if sheet.handout.narrows]
    known, fit = (dict.fromkeys(name for sheet in among for name in _names(sheet)) for among in (every, wanted))
    for name in order.names:
        if name not in known:
            alike = nearest(name, known)
            families = ", ".join(dict.fromkeys(sheet.family for sheet in every))
            raise UnfitOrderError(f"нет такого листа: {name}{alike}; бывает {families}")
        if name not in fit:
            what = "крупным шрифтом" if order.large else "по теме, заявителю или месяцам"
            raise UnfitOrderError(f"лист {name} не печатается {what}")
    if not order.names:
        return wanted
    asked = set(order.names)
    named = [sheet for sheet in wanted if not asked.isdisjoint(_names(sheet))]
    # The plain name means the plain edition, where it has not been said that the large one is wanted.
    return [
        sheet for sheet in named if order.large or sheet.name in asked or sheet.edition == sheet.handout.editions[0]
    ]


def _names(sheet: Sheet) -> tuple[str, str, str]:
    return (sheet.name, sheet.subject.name, sheet.family)

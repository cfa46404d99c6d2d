"""What an organisation or the centre does for people, for whom and when; what it looks for and can give."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import model_validator

from generator.fields.address import Address
from generator.fields.base import Called, Part
from generator.fields.hours import Week
from generator.fields.text import Line

Audience = Literal[
    "everyone", "children", "teens", "youth", "families", "seniors", "disability", "illness",
    "hardship", "veterans", "migrants", "nko", "animals",
]  # fmt: skip
"""Whom an organisation works for: the closed list."""


class Service(Part):
    """One thing that an organisation does for people."""

    title: Line
    """Услуга."""
    note: Line | None = None
    """Как получить, что нужно принести."""
    cost: Line | None = None
    """Сколько стоит: «бесплатно», «по договорённости»."""
    audiences: tuple[Annotated[Audience, Called("audience")], ...] = ()
    """Для кого."""
    hours: Week = ()
    """Когда: «вт, чт 17:00–19:00»."""
    hours_note: Line | None = None
    """Что ещё сказать о часах: «по записи»."""
    place: Address | None = None
    """Где, если не по адресу организации."""


class Wish(Part):
    """One thing that an organisation looks for or can share."""

    in_one_line: ClassVar[tuple[str, ...]] = ("note",)

    what: Annotated[
        Literal["space", "volunteers", "partners", "specialists", "things", "money", "knowledge", "other"],
        Called("wish"),
    ] = "other"
    """Что: помещение, волонтёры, партнёры, специалисты, вещи, деньги, знания, другое."""
    note: Line
    """Словами: «комнату на десять человек по вторникам»."""

    @model_validator(mode="before")
    @classmethod
    def _from_words(cls, value: Any) -> Any:
        """Accept the words alone."""
        return {"note": value} if isinstance(value, str) else value

"""What is taken from one cell, what of it is lost, and whether a field of a record would accept a value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel, TypeAdapter, ValidationError

from generator.fields.base import mistakes, shown
from generator.importers.vocabulary import Vocabulary
from generator.settings import Names


class Lost(NamedTuple):
    """A part of a cell that is not carried over, or that somebody should look at, and why."""

    part: str
    reason: str


class Taken(NamedTuple):
    """What a cell gives to a record."""

    values: Mapping[str, Any] = {}
    """By the names of columns: an e-mail may stand among the telephones."""
    lost: tuple[Lost, ...] = ()
    doubts: tuple[Lost, ...] = ()
    """What was carried over as it was understood."""


class Around(NamedTuple):
    """What a cell is read among."""

    vocabulary: Vocabulary
    topics: Mapping[str, str]
    """The titles of topics by their ids."""
    place: Names
    today: date
    is_ours: bool = False
    """Whether the row came from our own table, so that nothing in it wants tidying."""


class Fit(NamedTuple):
    """A value as a field keeps it, or why the field refuses it."""

    value: Any
    complaint: str = ""


def fit(kind: Any, text: str) -> Fit:
    """Return what a field makes of a text."""
    try:
        return Fit(_adapter(kind).validate_python(text))
    except ValidationError as error:
        return Fit(None, next(mistakes(error, BaseModel)).message)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def one(field: str, kind: Any, text: str) -> Taken:
    """Return a cell that is one value, as it is written."""
    found = fit(kind, text)
    return Taken(lost=(lost(text, found.complaint),)) if found.complaint else Taken({field: text})


def lost(text: str, reason: str) -> Lost:
    """Return a part of a cell that is lost; what the reason quotes is not said twice."""
    return Lost("" if shown(text) in reason else text, reason)

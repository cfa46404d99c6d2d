"""How a row's fields stand in a record's file, and whether the model takes them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from generator.fields.base import Mistake, mistakes
from generator.markdown import Body
from generator.records.ngo import Ngo
from generator.source import Loc

IN_CONTACTS = ("address", "phones", "emails", "sites", "pages", "hours", "hours_note")
SINGLE = ("phones", "emails", "sites", "pages", "source")
"""Lists of which one entry stands without brackets."""


def place_of(field: str) -> Loc:
    """Return where the field of a column stands in a record."""
    if field in IN_CONTACTS:
        return ("contacts", field)
    return ("head", field.removeprefix("head_")) if field.startswith("head_") else (field,)


def field_at(loc: Loc) -> str:
    """Return the column whose field a place of a record belongs to."""
    if loc[0] == "head" and len(loc) > 1:
        return f"head_{loc[1]}"
    return str(loc[1] if loc[0] == "contacts" and len(loc) > 1 else loc[0])


def written(field: str, value: Any) -> Any:
    """Return a value as people write it in a file."""
    if field == "text":
        return f"{value}\n"
    return value[0] if field in SINGLE and isinstance(value, list) and len(value) == 1 else value


def record_values(fields: Mapping[str, Any], over: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the values of a record's file: the fields of a row, over those that it has already."""
    values: dict[str, Any] = deepcopy(dict(over or {}))
    for field, value in fields.items():
        if field in ("id", "services") and not value:
            continue
        *around, name = place_of(field)
        into = values
        for step in around:
            if not isinstance(into.get(str(step)), dict):
                into[str(step)] = {}
            into = into[str(step)]
        if value is None:
            into.pop(str(name), None)
        else:
            into[str(name)] = written(field, value)
    values.pop("id", None)
    return values


def modelled(values: Mapping[str, Any], slug: str) -> Ngo | list[Mistake]:
    """Return a record of some values, its text aside, or what the model refuses in them."""
    fields = {name: value for name, value in values.items() if name != "text"}
    try:
        return Ngo.model_validate({**fields, "slug": slug, "path": f"{Ngo.folder}/{slug}.yml", "body": Body()})
    except ValidationError as error:
        return list(mistakes(error, Ngo))

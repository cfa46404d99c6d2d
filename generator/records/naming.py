"""How records name other records: found in their models' fields, and in those of their parts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from generator.fields.base import Refers
from generator.source import Loc


def named_in(model: BaseModel) -> Iterator[tuple[Loc, str, str]]:
    """Yield what a model and its parts name: the field's place, the kind and the id."""
    for loc, part in parts_of(model):
        for name, kind in _namings(type(part)):
            value = getattr(part, name) if kind is not None else None
            if isinstance(value, tuple):
                yield from (((*loc, name, index), str(kind), each) for index, each in enumerate(value))
            elif value is not None:
                yield (*loc, name), str(kind), value


class _Naming(NamedTuple):
    """A field that names records, or holds parts that may."""

    field: str
    kind: str | None
    """The kind of record that it names; None where only its parts do."""


@cache
def _namings(model: type[BaseModel]) -> tuple[_Naming, ...]:
    """Return the fields of a model that lead to other records; worked out once, as every record is asked."""
    found = []
    for name, info in model.model_fields.items():
        marks = [mark for mark in (*info.metadata, *_inside(info.annotation)) if isinstance(mark, Refers)]
        if marks:
            found.append(_Naming(name, marks[0].kind))
        elif any(isinstance(inner, type) and issubclass(inner, BaseModel) for inner in _inside(info.annotation)):
            found.append(_Naming(name, None))
    return tuple(found)


def _inside(annotation: Any) -> Iterator[Any]:
    """Yield a type and everything it is made of: the marks of `Annotated` too."""
    yield annotation
    yield from getattr(annotation, "__metadata__", ())
    for argument in get_args(annotation):
        yield from _inside(argument)


def parts_of(part: BaseModel, loc: Loc = ()) -> Iterator[tuple[Loc, BaseModel]]:
    """Yield a model and its parts that may name records, each with its place."""
    yield loc, part
    for name, kind in _namings(type(part)):
        value = getattr(part, name) if kind is None else None
        if isinstance(value, BaseModel):
            yield from parts_of(value, (*loc, name))
        elif isinstance(value, tuple):
            for index, each in enumerate(value):
                if isinstance(each, BaseModel):
                    yield from parts_of(each, (*loc, name, index))

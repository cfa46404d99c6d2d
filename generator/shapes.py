"""What a field of a record looks like to whoever fills it in: its type, its words, whether it must be there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.fields.base import Refers, field_docs
from generator.fields.eligibility import APPLICANTS
from generator.fields.hours import Hours
from generator.fields.moment import Moment
from generator.records import SET_WHEN_READ

OTHERS = "others"
"""Under this name stand all applicants that are not named."""


class Shape(NamedTuple):
    """One field of a model."""

    name: str
    words: str
    """Its documentation."""
    required: bool
    type: Any
    """What one value is: `str`, `date`, `Moment`, another part, `dict` for a table of applicants."""
    several: bool
    """Whether it is a list of such values."""
    choices: tuple[str, ...]
    """The closed list that a value is of; empty where there is none."""
    refers: str | None
    """The kind of record that a value names."""

    @property
    def part(self) -> type[BaseModel] | None:
        """The model of its nested fields, if it has any; a moment is written as one value."""
        is_part = isinstance(self.type, type) and issubclass(self.type, BaseModel) and self.type is not Moment
        return self.type if is_part else None

    @property
    def is_table(self) -> bool:
        """Whether it answers for each kind of applicant."""
        return self.type is dict

    @property
    def is_words(self) -> bool:
        """Whether a value is free text, which must stay text in every YAML program; clocks too."""
        return self.type in (str, time) and not self.choices

    @property
    def is_of_its_day(self) -> bool:
        """Whether it is a date, or tells of something that happened on one: neither comes again next season."""
        happened = self.part.model_fields.get("date") if self.part else None
        return self.type in (date, time, Moment) or (happened is not None and happened.is_required())


@cache
def shapes(model: type[BaseModel]) -> tuple[Shape, ...]:
    """Return the fields that an editor may write, in the model's order."""
    return tuple(
        _shape(name, field, field_docs(model)[name])
        for name, field in model.model_fields.items()
        if name not in SET_WHEN_READ
    )


def every_shape(model: type[BaseModel]) -> Iterator[Shape]:
    """Yield a model's fields and those of its parts."""
    for shape in shapes(model):
        yield shape
        if shape.part:
            yield from every_shape(shape.part)


def _shape(name: str, field: FieldInfo, words: str) -> Shape:
    type_, marks = _bare(field.annotation)
    several = get_origin(type_) is tuple
    if several:
        type_, inner = _bare(get_args(type_)[0])
        marks += inner
    if type_ is Hours:
        type_, several = str, False  # a week is written as one line: «пн–чт 10:00–19:00»
    choices = tuple(str(choice) for choice in get_args(type_)) if get_origin(type_) is Literal else ()
    if get_origin(type_) is dict:
        type_ = dict
    refers = next((mark.kind for mark in (*field.metadata, *marks) if isinstance(mark, Refers)), None)
    return Shape(name, words, field.is_required(), str if choices else type_, several, choices, refers)


def _bare(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return a type without `| None` and `Annotated`, and the marks that stood on it."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(each for each in get_args(annotation) if each is not NoneType)
    if get_origin(annotation) is Annotated:
        type_, *marks = get_args(annotation)
        return type_, tuple(marks)
    return annotation, ()


def table_keys() -> tuple[str, ...]:
    """Return the names that stand in a table of applicants, in their usual order."""
    return (*APPLICANTS, OTHERS)


def filled_by_day(shape: Shape) -> bool:
    """Whether a field is the day on which the record is made, unless an editor says otherwise."""
    return shape.required and shape.type is date and shape.name in ("checked", "added")

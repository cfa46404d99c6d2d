"""What a field of a record looks like to whoever fills it in: its type, its words, whether it must be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel, BeforeValidator, StringConstraints
from pydantic.fields import FieldInfo

from generator.fields.base import Called, OneOf, Refers, Written, field_docs, one_or_more
from generator.fields.eligibility import APPLICANTS
from generator.fields.hours import Hours
from generator.fields.moment import Moment
from generator.records import SET_WHEN_READ

EXAMPLES = "text/examples.yml"
"""Where examples of values are kept, among the templates."""
OTHERS = "others"
"""Under this name stand all applicants that are not named."""


class Bounds(NamedTuple):
    """What a value must keep to, as programs can check it that know no validator of ours."""

    written: Written | None = None
    """The one way to write it."""
    known: tuple[str, ...] = ()
    """The closed list that it is of, where that is too long to be shown in a row."""
    shortest: int | None = None
    longest: int | None = None
    """How many signs a text may have."""
    least: int | None = None
    most: int | None = None
    """Between what a number lies."""
    fewest: int | None = None
    """How many entries a list must have."""


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
    bounds: Bounds = Bounds()
    called: str = ""
    """The group of words by which people call the entries of its closed list; empty where they are their own words."""
    may_be_single: bool = False
    """Whether one line may stand in place of a list of one."""
    may_be_empty: bool = False
    """Whether the name may stand without a value, as if it did not stand there."""
    is_week: bool = False
    """Whether it is the hours of a week: one line, or a list of parts."""
    default: str | bool | None = None
    """What a flag, or a word of a closed list, is taken for where it is not written."""

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
    outer = [*marks, *field.metadata]
    several = get_origin(type_) is tuple
    inner = outer
    if several:
        type_, marks = _bare(get_args(type_)[0])
        inner = [*marks, *(mark for mark in outer if isinstance(mark, (Refers, Written)))]
    is_week = type_ is Hours
    if is_week:
        type_, several = str, False  # a week is written as one line: «пн–чт 10:00–19:00»
    choices = tuple(str(choice) for choice in get_args(type_)) if get_origin(type_) is Literal else ()
    if get_origin(type_) is dict:
        type_ = dict
    refers = next((mark.kind for mark in inner if isinstance(mark, Refers)), None)
    called = next((mark.group for mark in inner if isinstance(mark, Called)), "")
    bounds = _bounds(inner)
    if several:
        bounds = bounds._replace(fewest=_bounds(outer).shortest)
    single = several and any(isinstance(mark, BeforeValidator) and mark.func is one_or_more for mark in outer)
    empty = NoneType in get_args(field.annotation)
    default = field.default if type_ is bool or field.default in choices else None
    type_ = str if choices else type_
    return Shape(
        *(name, words, field.is_required(), type_, several, choices, refers),
        *(bounds, called, single, empty, is_week, None if field.is_required() else default),
    )


def _bounds(marks: Iterable[Any]) -> Bounds:
    """Return what the marks of a type ask for; of two that ask for the same the later holds."""
    found: dict[str, Any] = {}
    for mark in marks:
        match mark:
            case Written():
                found["written"] = mark
            case OneOf(values):
                found["known"] = values
            case StringConstraints():
                found |= {"shortest": mark.min_length, "longest": mark.max_length}
            case MinLen(least):
                found["shortest"] = least
            case MaxLen(most):
                found["longest"] = most
            case Ge(ge=least):
                found["least"] = least
            case Le(le=most):
                found["most"] = most
            case FieldInfo():
                found |= {
                    name: value for name, value in _bounds(mark.metadata)._asdict().items() if value not in (None, ())
                }
    return Bounds(**found)


def _bare(annotation: Any) -> tuple[Any, list[Any]]:
    """Return a type without `| None` and `Annotated`, and the marks that stood on it."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(each for each in get_args(annotation) if each is not NoneType)
    if get_origin(annotation) is Annotated:
        type_, *marks = get_args(annotation)
        return type_, marks
    return annotation, []


def table_keys() -> tuple[str, ...]:
    """Return the names that stand in a table of applicants, in their usual order."""
    return (*APPLICANTS, OTHERS)


def filled_by_day(shape: Shape) -> bool:
    """Whether a field is the day on which the record is made, unless an editor says otherwise."""
    return shape.required and shape.type is date and shape.name in ("checked", "added")


def example(shape: Shape, texts: Mapping[str, Any]) -> str:
    """Return an example of a field's value, or nothing where none helps; `texts` are those of EXAMPLES."""
    if shape.choices:
        return shape.choices[0]
    lists = texts["examples_of_lists"] if shape.several else {}
    found = (lists.get(shape.name) or texts["examples"].get(shape.name, "")) if shape.type is not Moment else ""
    if found or shape.type is str:
        return str(found)
    types = {date: "date", time: "time", Moment: "moment", bool: "flag", int: "number", dict: "table"}
    return str(texts["examples_of_types"][types[shape.type]]) if shape.type in types else ""

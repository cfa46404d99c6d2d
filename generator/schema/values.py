"""The schema of one value, made from the shape of its field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.fields.base import Part, Written
from generator.fields.eligibility import APPLICANTS, Answer
from generator.fields.hours import Hours
from generator.fields.moment import Moment
from generator.fields.text import DAY
from generator.shapes import OTHERS, Shape, example, shapes

Schema = dict[str, Any]
# YAML 1.2, 10.3.2: to an editor program a bare 2027 is a number and `true` a truth; to our reader both are text.
TEXT = ["string", "number", "boolean"]
NUMBER = ["integer", "string"]
MOST_DIGITS = 16


class Vocabulary(NamedTuple):
    """What is said of fields besides their documentation."""

    words: Mapping[str, Any]
    """How people call the entries of closed lists."""
    texts: Mapping[str, Any]
    """What only schemas say."""
    known: Mapping[str, Mapping[str, str]]
    """The ids that exist, with their titles, by kind."""

    def about(self, name: str) -> Schema:
        """Return the title and description of what is no field of a model."""
        return dict(self.texts[name])

    def closed_list(self, shape: Shape) -> dict[str, str]:
        """Return the entries that a field's value is one of, and how people call each; nothing where it is free."""
        if shape.type is bool:
            return {name: self.words["answer"][name] for name in ("yes", "no")}
        group = self.words.get(shape.called, {})
        called = {name: group.get(name, name) for name in shape.choices or shape.bounds.known}
        return {name: words["m"] if isinstance(words, dict) else words for name, words in called.items()}


def of_model(model: type[BaseModel], vocabulary: Vocabulary) -> Schema:
    """Return the schema of nested fields, or of a whole record."""
    found = shapes(model)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {shape.name: of_field(shape, vocabulary) for shape in found},
        "required": [shape.name for shape in found if shape.required],
    }


def of_field(shape: Shape, vocabulary: Vocabulary) -> Schema:
    """Return the schema of one field: what it may hold, and what it is for."""
    value = _value(shape, vocabulary)
    if shape.several:
        entries = {"type": "array", "items": value} | _named(minItems=shape.bounds.fewest)
        value = {"anyOf": [entries, value]} if shape.may_be_single else entries
    if shape.may_be_empty:
        value = _or_nothing(value)
    shown = "" if shape.part or shape.refers or shape.is_table or shape.choices else example(shape, vocabulary.texts)
    return {"title": title_of(shape), "description": shape.words, **value, **({"examples": [shown]} if shown else {})}


def title_of(shape: Shape) -> str:
    """Return the first words of a field's documentation."""
    return re.split(r"[.:;(]", shape.words)[0].strip()


def _value(shape: Shape, vocabulary: Vocabulary) -> Schema:
    if shape.is_table:
        return _table(vocabulary)
    if shape.is_week:
        return {"anyOf": [_text(shape), {"type": "array", "items": of_model(Hours, vocabulary)}]}
    if shape.type is Moment:
        return {"anyOf": [_line(Moment.as_words), _moment(vocabulary)]}
    if shape.part:
        return _part(shape.part, vocabulary)
    if shape.refers and (known := vocabulary.known.get(shape.refers)):
        # Names that do not exist yet are no mistake of the moment: the record may be written next.
        return {"anyOf": [_closed(known), _text(shape)]}
    return _closed(vocabulary.closed_list(shape)) or _text(shape)


def _closed(entries: Mapping[str, str]) -> Schema:
    """Return the schema of a closed list, or nothing where there is none."""
    if not entries:
        return {}
    names = ", ".join(entries)
    return {"enum": [*entries], "enumDescriptions": [*entries.values()], "errorMessage": f"бывает {names}"}


def _text(shape: Shape) -> Schema:
    bounds = shape.bounds
    if shape.type is int:
        limits = _named(minimum=bounds.least, maximum=bounds.most)
        written = bounds.written or Written(r"\s*[+-]?\d[\d_]*\s*", "")
        return {"type": NUMBER, **limits, **_pattern(written)}
    lengths = _named(minLength=bounds.shortest, maxLength=bounds.longest)
    type_ = "string" if shape.type in (date, time) else _types(bounds.written)
    numbers = _numbers(bounds.written) if bounds.written else {}
    is_day = bounds.written is not None and bounds.written.pattern == DAY
    form = {"format": "date"} if is_day else {}
    return {"type": type_, **lengths, **numbers, **form, **_pattern(bounds.written)}


def _digits(written: Written) -> list[int]:
    """Return of how many digits alone a value may be: without quotes, such a one is a number to an editor program."""
    return [number for number in range(1, MOST_DIGITS) if re.fullmatch(written.pattern, "1" * number)]


def _types(written: Written | None) -> str | list[str]:
    return TEXT if written is None else ["string", "integer"] if _digits(written) else "string"


def _numbers(written: Written) -> Schema:
    """Return the bounds of a value that is read as a number; a nought at its head is lost."""
    digits = _digits(written)
    return {"minimum": 10 ** max(digits[0] - 2, 0), "maximum": 10 ** digits[-1] - 1} if digits else {}


def _line(written: Written) -> Schema:
    return {"type": "string", **_pattern(written)}


def _pattern(written: Written | None) -> Schema:
    """Return a pattern, and what an editor program says where it is not met."""
    if written is None:
        return {}
    return {"pattern": f"^({written.pattern})$"} | ({"patternErrorMessage": written.words} if written.words else {})


def _part(model: type[BaseModel], vocabulary: Vocabulary) -> Schema:
    """Return the schema of nested fields, which one line may stand for."""
    nested = of_model(model, vocabulary)
    lone = set(model.in_one_line) if issubclass(model, Part) else set()
    if not lone or not lone.issuperset(nested["required"]):
        return nested
    lines = [_bare(shape, vocabulary) for shape in shapes(model) if shape.name in lone]
    return {"anyOf": [*lines, nested]}


def _bare(shape: Shape, vocabulary: Vocabulary) -> Schema:
    return _value(shape._replace(several=False), vocabulary)


def _moment(vocabulary: Vocabulary) -> Schema:
    """Return the schema of a moment's fields; its precision follows from the date where it is not named."""
    return of_model(Moment, vocabulary) | {
        "required": [],
        "anyOf": [{"required": ["date"]}, {"required": ["precision"]}],
    }


def _table(vocabulary: Vocabulary) -> Schema:
    """Return the schema of answers for each kind of applicant."""
    names = {who: vocabulary.words["applicants"][who] for who in APPLICANTS}
    answer = _part(Answer, vocabulary)
    told = {who: {"title": title, "description": title, **answer} for who, title in names.items()}
    told[OTHERS] = {**vocabulary.about(OTHERS), **answer}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": told,
        "anyOf": [{"required": [OTHERS]}, {"required": list(APPLICANTS)}],
    }


def _or_nothing(value: Schema) -> Schema:
    """Return a schema that lets a value be left out after its name."""
    if "type" in value:
        types = value["type"]
        return value | {"type": [*([types] if isinstance(types, str) else types), "null"]}
    if "enum" in value:
        return value | {"enum": [*value["enum"], None], "enumDescriptions": [*value["enumDescriptions"], ""]}
    return {"anyOf": [*value["anyOf"], {"type": "null"}]}


def _named(**keywords: Any) -> Schema:
    return {name: value for name, value in keywords.items() if value is not None}

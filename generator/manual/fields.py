"""Every field that an editor may write, in an editor's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel

from generator.fields.moment import Moment
from generator.labels import Labels
from generator.records import KINDS
from generator.records.record import Record
from generator.schema.values import Vocabulary
from generator.shapes import EXAMPLES, OTHERS, Shape, example, filled_by_day, shapes
from generator.templating import Templating

WORDS = "text/editors/words.yml"
MANY = 16
"""A closed list of more entries is only named: the form and the editor program show it."""


class Field(NamedTuple):
    """One field as the manual explains it."""

    name: str
    label: str
    """What the web form calls it."""
    words: str
    required: bool
    several: bool
    choices: dict[str, str]
    """The closed list that it is of, each entry with what people call it."""
    example: str
    """A line of a file: `level: federal`; empty where the fields inside say it better."""
    refers: str
    """The folder of the records whose names it takes."""
    inside: tuple[Field, ...] = ()
    """Nested fields, where no other field has the same."""
    group: str = ""
    """The group of nested fields that several fields share, by its name."""


class Group(NamedTuple):
    """Fields that belong together: those of a kind, or those that several kinds nest."""

    name: str
    title: str
    place: str
    """Where its files lie: `grants/`; empty for nested fields."""
    fields: tuple[Field, ...]


def groups(templating: Templating) -> list[Group]:
    """Return every field that an editor may write: common ones, kind by kind, and shared nested ones."""
    telling = _Telling(templating)
    common = telling.fields(Record)
    kinds = templating.words["kinds"]
    found = [Group("common", telling.words["common"], "", common)]
    for name, kind in KINDS.items():
        own = tuple(field for field in telling.fields(kind) if field not in common)
        found.append(Group(name, kinds[name], f"{kind.folder}/", own))
    for part in telling.shared:
        found.append(Group(_name(part), telling.words["parts"][_name(part)], "", telling.fields(part)))
    return found


def needed(templating: Templating) -> dict[str, list[Field]]:
    """Return the fields without which a record of each kind is refused."""
    telling = _Telling(templating)
    return {name: [field for field in telling.fields(kind) if field.required] for name, kind in KINDS.items()}


class _Telling:
    """Puts shapes into an editor's words."""

    def __init__(self, templating: Templating) -> None:
        self.words = templating.texts(WORDS)
        self.labels = Labels(templating)
        self.examples = templating.texts(EXAMPLES)
        self.vocabulary = Vocabulary(templating.words, self.examples, {})
        used = Counter(part for part, _ in dict.fromkeys(place for kind in KINDS.values() for place in _places(kind)))
        self.shared = [part for part, times in used.items() if times > 1]
        """The models that several fields hold, in the order in which they come."""

    def fields(self, model: type[BaseModel]) -> tuple[Field, ...]:
        return tuple(self._field(model, shape) for shape in shapes(model))

    def _field(self, model: type[BaseModel], shape: Shape) -> Field:
        choices = self.vocabulary.closed_list(shape)
        if shape.is_table:
            choices = {**self.vocabulary.words["applicants"], OTHERS: self.words["others"]}
        part = Moment if shape.type is Moment else shape.part
        is_shared = part in self.shared
        return Field(
            shape.name,
            self.labels.of(model, shape),
            shape.words,
            shape.required,
            shape.several,
            choices if len(choices) <= MANY and shape.type is not bool else {},
            self._example(shape),
            _folder(shape.refers),
            () if part is None or is_shared else self.fields(part),
            _name(part) if part and is_shared else "",
        )

    def _example(self, shape: Shape) -> str:
        """Return a line of a file, as far as one line can show the field."""
        if shape.is_table or shape.refers or (shape.part and not shape.part.__dict__.get("in_one_line")):
            return ""
        shown = self.words["today"] if filled_by_day(shape) else example(shape, self.examples)
        if not shown:
            return ""
        return f"{shape.name}: {f'[{shown}]' if shape.several else shown}"


def _places(model: type[BaseModel]) -> Iterator[tuple[type[BaseModel], tuple[type[BaseModel], str]]]:
    """Yield the models nested in one, at any depth, each with the field that holds it."""
    for shape in shapes(model):
        part = Moment if shape.type is Moment else shape.part
        if part is not None:
            owner = next(base for base in reversed(model.__mro__) if shape.name in getattr(base, "model_fields", ()))
            yield part, (owner, shape.name)
            yield from _places(part)


def _folder(kind: str | None) -> str:
    if kind is None:
        return ""
    return {"topic": "content/topics.yml", "asset": "content/assets/"}.get(kind) or f"{KINDS[kind].folder}/"


def _name(part: type[BaseModel]) -> str:
    return part.__name__.lower()

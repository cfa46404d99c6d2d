"""A field of a record as the web form shows it: its label, its hint, what it is filled in with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from pydantic import BaseModel

from generator.fields.moment import Moment
from generator.fields.text import SLUG
from generator.labels import FLAG, WORDS, Labels, said_of
from generator.shapes import Shape, filled_by_day, shapes, table_keys
from generator.templating import Templating

IN_A_RECORD = re.compile(r":? ?[Ии]мя записи из [\w/]+")
FIELD_NAME = re.compile(r"(?<![\w./])[a-z_]{2,}(?![\w./])")
AS_ONE_LINE = ("date", "time", "precision")
"""Fields of a moment that the form has as one line."""
KEY = "key"
BEGUN = {KEY: "main"}
"""The one entry with which a list begins that must have some, and each with a name of its own."""
Described = dict[str, Any]
"""A field as Sveltia's configuration describes it, or as records.js reads and writes it."""


class Fields:
    """The fields of every model, as Sveltia shows them."""

    def __init__(self, templating: Templating, topics: Mapping[str, str]) -> None:
        self.words = templating.texts(WORDS)
        self.lists = templating.words
        self.labels = Labels(templating)
        self.topics = topics

    def of(self, model: type[BaseModel], skipped: tuple[str, ...] = ()) -> list[Described]:
        """Return a model's fields in its order."""
        return [self.field(model, shape) for shape in shapes(model) if shape.name not in skipped]

    def field(self, model: type[BaseModel], shape: Shape) -> Described:
        """Return one field."""
        described = {
            "name": shape.name,
            "label": self.labels.of(model, shape),
            "required": shape.required,
            **self._widget(shape),
        }
        if described["widget"] == "list":
            described["label_singular"] = said_of(self.words["singular"], model, shape.name)
        hint = described.pop("hint", None) or self.hint(model, shape)
        return described | ({"hint": hint} if hint else {})

    def hint(self, model: type[BaseModel], shape: Shape) -> str:
        """Return what a field's documentation says besides its label: no `yes`, other fields by their labels."""
        if shape.choices:
            return ""
        if (own := said_of(self.words["hints"], model, shape.name)) is not None:
            return own
        words = IN_A_RECORD.sub("", shape.words)
        if found := FLAG.match(words):
            words = self.words["flag"].format(rest=words[found.end() :])
        names = {each.name: each for each in shapes(model)}

        def named(found: re.Match[str]) -> str:
            return f"«{self.labels.of(model, names[found[0]])}»" if found[0] in names else found[0]

        label = self.labels.of(model, shape)
        told = re.sub(rf"{re.escape(label)}(?=[.:;,]|$)", "", FIELD_NAME.sub(named, words), count=1).strip(" .:;,")
        return self.words["example"].format(words=told) if told.startswith("«") else told[:1].upper() + told[1:]

    def _widget(self, shape: Shape) -> Described:
        if shape.is_table:
            return {"widget": "object", "collapsed": False, "fields": self._table()}
        if shape.choices or shape.bounds.known or shape.refers == "topic":
            return self._choice(shape)
        if shape.refers:
            picked = {"collection": shape.refers, "value_field": "{{slug}}", "display_fields": ["title"]}
            of_records = {"widget": "relation", "multiple": shape.several, **picked}
            return {"widget": "file", "choose_url": False} if shape.refers == "asset" else of_records
        if shape.type is Moment or shape.part:
            fields = self.of(shape.part) if shape.part else self._moment()
            collapsed = "auto" if shape.part and not shape.required else False
            begun = (
                {"default": [BEGUN]} if shape.several and shape.required and KEY in {f["name"] for f in fields} else {}
            )
            return {"widget": "list" if shape.several else "object", "collapsed": collapsed, "fields": fields, **begun}
        if shape.several:
            return {"widget": "list"}
        return self._single(shape)

    def _single(self, shape: Shape) -> Described:
        written, longest = shape.bounds.written, shape.bounds.longest
        pattern = {"pattern": [f"^(?:{written.pattern})$", written.words]} if written else {}
        if shape.type is bool:
            return {"widget": "boolean", "required": False, **_default(shape)}
        if shape.type is int:
            bounds = {"min": shape.bounds.least, "max": shape.bounds.most}
            return {"widget": "number", "value_type": "int"} | {
                key: each for key, each in bounds.items() if each is not None
            }
        if shape.type is date:
            today = {"default": "{{now}}"} if filled_by_day(shape) else {}
            return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD", **today}
        if shape.type is time:
            return {"widget": "string", **pattern}
        if longest and longest > LINE and not written:
            return {"widget": "text", "maxlength": longest}
        return {"widget": "string", **pattern, **({"maxlength": longest} if longest else {})}

    def _choice(self, shape: Shape) -> Described:
        if shape.refers:
            options = [{"label": title, "value": slug} for slug, title in self.topics.items()]
        else:
            named = self.lists.get(shape.called, {})
            called = {each: named.get(each, each) for each in shape.choices or shape.bounds.known}
            options = [{"label": _word(words), "value": value} for value, words in called.items()]
        return {"widget": "select", "multiple": shape.several, "options": options, **_default(shape)}

    def _table(self) -> list[Described]:
        words = self.words["table"]
        titles = {**self.lists["applicants"], "others": words["others"]}
        options = [{"label": label, "value": value} for value, label in self.lists["may"].items()]
        answers: list[Described] = [
            {"name": who, "label": titles[who], "widget": "select", "required": False, "options": options}
            for who in table_keys()
        ]
        answers[-1]["default"] = "no"
        notes = [{"name": who, "label": titles[who], "widget": "string", "required": False} for who in table_keys()]
        last = {"name": "notes", "label": words["notes"], "widget": "object", "required": False, "fields": notes}
        return [*answers, last]

    def _moment(self) -> list[Described]:
        words = self.words["moment"]
        when = {
            "name": "when",
            "label": words["when"],
            "widget": "string",
            "hint": words["hint"],
            "pattern": [f"^(?:{Moment.as_words.pattern})$", Moment.as_words.words],
        }
        forecast = {"name": "forecast", "label": words["forecast"], "widget": "boolean", "required": False}
        return [when, forecast, *self.of(Moment, AS_ONE_LINE)]


LINE = 300
"""A longer text has a box of several lines."""


def _word(words: str | dict[str, str]) -> str:
    """Return a word; of one with forms the first."""
    return words if isinstance(words, str) else next(iter(words.values()))


def _default(shape: Shape) -> Described:
    return {} if shape.default is None else {"default": shape.default}


def written(model: type[BaseModel], skipped: tuple[str, ...] = ()) -> Iterator[Described]:
    """Yield a model's fields as records.js reads and writes them."""
    for shape in shapes(model):
        if shape.name in skipped:
            continue
        described: Described = {"name": shape.name, "type": _type(shape), **_default(shape)}
        described |= {name: True for name in ("several",) if getattr(shape, name)}
        if shape.is_words:
            described["words"] = True
        if shape.type is Moment:
            described |= {"fields": list(written(Moment, AS_ONE_LINE)), "line": [], "own": AS_ONE_LINE}
        elif shape.part:
            described |= {"fields": list(written(shape.part)), "line": getattr(shape.part, "in_one_line", ())}
        elif shape.is_table:
            described["keys"] = table_keys()
        yield described


def _type(shape: Shape) -> str:
    if shape.refers == "asset":
        return "asset"
    if shape.is_table:
        return "table"
    return {bool: "flag", int: "number", Moment: "moment"}.get(shape.type, "text")


SLUG_PATTERN = f"^{SLUG.pattern}$"

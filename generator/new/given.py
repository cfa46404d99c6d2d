"""Answers given as options: `--set title=…`, `--set rounds[1].deadline=2026-12-01`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from generator.fields.base import nearest
from generator.fields.moment import Moment
from generator.new.console import unreadable
from generator.new.desk import Desk
from generator.records.record import Record
from generator.shapes import OTHERS, Shape, shapes, table_keys

SLUG, TEXT = "id", "text"
"""Not fields, but given the same way: the file's name, and the text below or among the fields."""

_STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")


class UnfitOrderError(Exception):
    """What is asked for cannot be made; the message says why."""


class Given:
    """The answers of the command line, put where they belong."""

    def __init__(self, desk: Desk, answers: Sequence[str], values: dict[str, Any]) -> None:
        self.desk = desk
        self.values = values
        """The record's fields so far; an answer stands over what was there."""
        self.slug = self.text = ""
        self._fresh: set[int] = set()
        for answer in answers:
            self._take(answer)

    def _take(self, answer: str) -> None:
        path, sign, text = answer.partition("=")
        if not sign or not all(map(_STEP.fullmatch, path.split("."))):
            raise UnfitOrderError(self.desk.words.say("said", "no_sign", text=answer))
        if (complaint := unreadable(text)) is not None:
            raise UnfitOrderError(f"{path}: {complaint or self.desk.words.say('said', 'garbled')}")
        if path == SLUG:
            self.slug = text.strip()
        elif path == TEXT:
            self.text = text
        else:
            self._put(path, " ".join(text.split()))

    def _put(self, path: str, text: str) -> None:
        model: type[BaseModel] = self.desk.kind
        into: dict[str, Any] = self.values
        steps = path.split(".")
        if len(steps) == 1 and (around := _holder(self.desk.kind, steps[0])):
            steps.insert(0, around)
        for step in steps[:-1]:
            name, place = self._step(step)
            shape = self._shape(name, model, path)
            inner = Moment if shape.type is Moment else shape.part
            if shape.is_table:
                self._applicant(into.setdefault(name, {}), steps[-1], text, path)
                return
            if inner is None:
                raise UnfitOrderError(f"{path}: {self.desk.words.say('said', 'not_parts')}")
            model = inner
            if shape.several:
                into = self._entry(into.setdefault(name, []), place, path)
            else:
                if not isinstance(into.get(name), dict):
                    into[name] = {}
                into = into[name]
        name, place = self._step(steps[-1])
        shape = self._shape(name, model, path)
        if shape.part:
            raise UnfitOrderError(
                f"{path}: {self.desk.words.say('said', 'parts', names=', '.join(_names(shape.part)))}"
            )
        self._set(into, shape, place, text)

    def _set(self, into: dict[str, Any], shape: Shape, place: int, text: str) -> None:
        if shape.is_table:
            self._applicants(into, shape, text)
        elif shape.several:
            entries = into.get(shape.name)
            # The first answer to a field puts aside what an earlier season had; the others add to it.
            if not isinstance(entries, list) or id(entries) not in self._fresh:
                entries = into[shape.name] = []
                self._fresh.add(id(entries))
            is_names = bool(shape.refers or shape.choices)
            named = (each.strip() for each in text.split(",") if each.strip()) if is_names else (text,)
            entries += [self._named(each, shape) for each in named]
        else:
            into[shape.name] = self._named(text, shape)

    def _named(self, text: str, shape: Shape) -> str:
        """Return the word of a closed list that an answer means: `level=региональный`; its number may change."""
        is_free = not shape.choices or text.isdecimal()
        return text if is_free else self.desk.resolve(text, self.desk.options(shape)).value

    def _applicants(self, into: dict[str, Any], shape: Shape, text: str) -> None:
        who = [each.strip() for each in text.split(",") if each.strip()]
        into[shape.name] = {OTHERS: "no"} | dict.fromkeys(who, "yes")

    def _applicant(self, table: dict[str, Any], who: str, text: str, path: str) -> None:
        if who not in table_keys():
            raise UnfitOrderError(f"{path}: {self._unknown(who, table_keys())}")
        table[who] = text
        table.setdefault(OTHERS, "no")

    def _entry(self, entries: list[Any], place: int, path: str) -> dict[str, Any]:
        if place > len(entries) + 1 or place < 1:
            say = self.desk.words.say("said", "no_entry", count=len(entries), next=len(entries) + 1)
            raise UnfitOrderError(f"{path}: {say}")
        if place == len(entries) + 1:
            entries.append({})
        found: dict[str, Any] = entries[place - 1]
        return found

    def _step(self, step: str) -> tuple[str, int]:
        """Return a step's name and its place in a list, counted from 1."""
        found = _STEP.fullmatch(step)
        return (found[1], int(found[2] or 1)) if found else (step, 1)

    def _shape(self, name: str, model: type[BaseModel], path: str) -> Shape:
        found = next((shape for shape in shapes(model) if shape.name == name), None)
        if found is None:
            raise UnfitOrderError(f"{path}: {self._unknown(name, _names(model))}")
        return found

    def _unknown(self, name: str, known: Sequence[str]) -> str:
        return self.desk.words.say("said", "no_field", nearest=nearest(name, known))


def _names(model: type[BaseModel]) -> list[str]:
    return [shape.name for shape in shapes(model)]


def _holder(kind: type[Record], name: str) -> str | None:
    """Return the required list in whose first entry a field is meant: `deadline` for `rounds[1].deadline`."""
    own = shapes(kind)
    if any(shape.name == name for shape in own):
        return None
    parts = [shape for shape in own if shape.part and shape.required and name in _names(shape.part)]
    return parts[0].name if len(parts) == 1 and parts[0].several else None

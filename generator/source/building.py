"""A record's YAML as text and line numbers: what the parser tells, taken up piece by piece."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml  # noqa: TID251  # this is the one package that may
from yaml._yaml import CParser  # noqa: TID251  # the same; a loader is this and what it builds of the events

from generator.problems import Problem

Loc = tuple[str | int, ...]
"""The place of a value: `("rounds", 0, "deadline")`."""

NOTHING = frozenset(("", "~", "null"))
"""What YAML has for no value."""
DEEPEST = 20
"""Levels of nesting in YAML; no record needs more than six."""


def field_name(loc: Loc) -> str:
    """Return how a place is called in a message: `rounds[1].deadline`, counted from 1 as people do."""
    name = ""
    for step in loc:
        if isinstance(step, int):
            name += f"[{step + 1}]"
        else:
            name += f".{step}" if name else step
    return name


class Builder:
    """Builds text and lines from the parser's events.

    Not `yaml.compose()`: it recurses in C and takes the interpreter down on deep nesting.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.root: Any = None
        self.lines: dict[Loc, int] = {}
        self.problems: list[Problem] = []
        self._documents = 0
        self._outer: list[tuple[Loc, Any]] = []
        self._loc: Loc = ()
        """The place of the collection that is being filled."""
        self._here: Any = None
        self._is_mapping = False
        self._key: str | None = None
        """The name that waits for its value."""

    def report(self, line: int, message: str, name: str = "") -> None:
        """Note what is wrong on a line."""
        self.problems.append(Problem(self.path, line, name, message))

    def feed(self, text: str) -> None:
        """Take up a text until its end or until nothing good can follow."""
        parser = CParser(text)
        # A region's headers are 580,000 events: each costs one look at its type and one call.
        takes: dict[type[yaml.Event], Callable[[Any], bool]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        while (event := parser.get_event()) is not None:
            take = takes.get(type(event))
            if take is not None and not take(event):
                return

    def _scalar(self, event: Any) -> bool:
        line = event.start_mark.line + 1
        value = event.value
        if event.tag or event.anchor:
            self._marked(line)
        if value in NOTHING and event.implicit[0]:
            value = None
        self._put(value, line)
        return True

    def _alias(self, event: Any) -> bool:
        line = event.start_mark.line + 1
        self.report(line, "ссылки YAML (*имя) не нужны; напишите значение ещё раз")
        self._put("", line)
        return True

    def _document(self, event: Any) -> bool:
        """Take the beginning of a record; return whether it is the first."""
        self._documents += 1
        if self._documents > 1:
            line = event.start_mark.line + 1
            self.report(line, "в файле две записи, разделённые «---»; одна запись — один файл")
        return self._documents == 1

    def _open(self, event: Any) -> bool:
        """Take the beginning of a collection; return whether to go on."""
        line = event.start_mark.line + 1
        if event.tag or event.anchor:
            self._marked(line)
        if len(self._outer) == DEEPEST:
            self.report(line, "слишком много уровней вложенности")
            return False
        if self._is_mapping and self._key is None:
            self.report(line, "имя поля — одно слово латиницей")
            self._key = "?"
        collection: Any = {} if type(event) is yaml.MappingStartEvent else []
        loc = self._put(collection, line)
        self._outer.append((self._loc, self._here))
        self._loc, self._here, self._is_mapping, self._key = loc, collection, type(collection) is dict, None
        return True

    def _close(self, _: Any) -> bool:
        self._loc, self._here = self._outer.pop()
        self._is_mapping, self._key = type(self._here) is dict, None
        return True

    def _marked(self, line: int) -> None:
        self.report(line, "метки YAML (! и &) не нужны; значение, которое начинается с них, возьмите в кавычки")

    def _put(self, value: Any, line: int) -> Loc:
        """Take a name or a value, and return its place."""
        if not self._is_mapping:
            if self._here is None:
                self.root = value
                return ()
            loc = (*self._loc, len(self._here))
            self.lines[loc] = line
            self._here.append(value)
            return loc
        if self._key is not None:
            key, self._key = self._key, None
            self._here.setdefault(key, value)
            return (*self._loc, key)
        self._key = key = value or ""
        loc = (*self._loc, key)
        if key in self._here:
            first = self.lines[loc]
            self.report(line, f"поле названо дважды; первый раз — в строке {first}", field_name(loc))
        else:
            self.lines[loc] = line
        return loc

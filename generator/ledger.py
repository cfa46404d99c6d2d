"""What was asked of the content while something was made: it has to be made again only when an answer is another."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, ValuesView
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date, time
from functools import cache, partial
from hashlib import blake2b
from itertools import chain
from types import NoneType
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from generator.catalog import Event
from generator.markdown import WITHHELD
from generator.problems import ContentError
from generator.records.record import Record

Watched = TypeVar("Watched")
Key = TypeVar("Key", bound=Hashable)
Part = TypeVar("Part")
PLAIN = (str, int, float, date, time)
LONG = 500
"""Bytes; to tell all records anew for each page that lists them would cost more than to make it."""


Question = tuple[str, str, tuple[Any, ...] | None]
"""A source, what was asked of it, and with which arguments: records as the bytes of their paths, None for an attribute.

Plain, as a region's pages put sixty thousand, and all are kept.
"""
Notes = dict[Question, bytes | None]
"""Questions in the order in which they were put, and what names each answer; None for what cannot be compared."""


class UnknownError(Exception):
    """A value of which nobody can say whether it is the same as it was."""


class Ledger:
    """Notes the questions that are put to what it watches; as first made, it watches nothing."""

    def __init__(self, stamp: Callable[[str], bytes] | None = None, find: Callable[[str], Record | None] | None = None):
        """Know by what each record is known, and how to find one, both by its path."""
        self._stamp, self._find = stamp, find
        self._sources: dict[str, Any] = {}
        self._open: list[Notes] = []
        self._stamps: dict[str, bytes] = {}
        self._long: dict[int, tuple[bytes, Any]] = {}
        self._answers: Notes = {}

    def watched(self, name: str, source: Watched) -> Watched:
        """Return a stand-in for a source, which notes what is asked of it; the source itself where nobody notes."""
        if self._stamp is None:
            return source
        self._sources[name] = source
        return cast(Watched, _StandIn(name, source, self))

    @contextmanager
    def noting(self) -> Iterator[Notes]:
        """Yield notes that hold, at the end, all that was asked in between."""
        notes: Notes = {}
        if self._stamp is None:
            yield notes
            return
        self._open.append(notes)
        try:
            yield notes
        finally:
            self._open.pop()

    def repeat(self, notes: Notes) -> None:
        """Note questions that were put when a part was made which is now used again."""
        if self._open:
            self._open[-1].update(notes)

    def once(self, kept: dict[Key, tuple[Part, Notes]], key: Key, make: Callable[[], Part]) -> Part:
        """Return a part that is made once for many; each who uses it has put the questions of its making."""
        if key not in kept:
            with self.noting() as notes:
                kept[key] = make(), notes
        part, notes = kept[key]
        self.repeat(notes)
        return part

    def note(self, source: str, name: str, of: tuple[Any, ...] | None, answer: Any) -> None:
        """Note a question and its answer."""
        if self._open:
            question = (source, name, None if of is None else tuple(map(_named, of)))
            self._open[-1][question] = self._known(answer)

    def verdict(self, made_of: Any, notes: Notes) -> bytes | None:
        """Return what names all that something is made of; None where a part of it cannot be compared."""
        parts = (self._known(made_of), *notes.values())
        return None if None in parts else blake2b(b"|".join(cast(Iterable[bytes], parts)), digest_size=16).digest()

    def stands(self, verdict: bytes | None, made_of: Any, questions: Iterable[Question]) -> bool:
        """Return whether what a verdict was given on would be made of the same now."""
        return verdict is not None and self.verdict(made_of, self._ask(questions)) == verdict

    def _ask(self, questions: Iterable[Question]) -> Notes:
        """Return questions with the answers that they have now."""
        found: Notes = {}
        for question in questions:
            if question not in self._answers:
                self._answers[question] = self._answer(question)
            found[question] = self._answers[question]
        return found

    def _answer(self, question: Question) -> bytes | None:
        source, name, of = question
        try:
            found = getattr(self._sources[source], name)
            return self._known(found if of is None else found(*map(self._meant, of)))
        except (LookupError, OSError, ContentError):
            # What was asked about is gone or broken: a record, or a file.
            return None

    def _meant(self, argument: Any) -> Any:
        if isinstance(argument, bytes):
            if self._find is None or (record := self._find(argument.decode())) is None:
                raise LookupError(argument)
            return record
        return tuple(map(self._meant, argument)) if isinstance(argument, tuple) else argument

    def _known(self, value: Any) -> bytes | None:
        try:
            return self._told(value)
        except UnknownError:
            return None

    def _told(self, value: Any) -> bytes:
        """Return bytes that only an equal value has."""
        return _way_to_tell(type(value))(self, value)  # type: ignore[arg-type]  # mypy takes no class for hashable

    def _told_event(self, event: Event) -> bytes:
        return b"%b|%b" % (self._stamped(event.record), event.milestone.key.encode())

    def _told_whole(self, value: Any, inside: Callable[[Any], Iterable[Any]]) -> bytes:
        """Return what tells all that a value holds; of what is long only the digest, worked out once."""
        if id(value) in self._long:
            return self._long[id(value)][0]
        found = b"[%b]" % b",".join(map(self._told, inside(value)))
        if len(found) > LONG:
            # The number stands for the value as long as that lives.
            self._long[id(value)] = found, _ = blake2b(found, digest_size=16).digest(), value
        return found

    def _stamped(self, record: Record) -> bytes:
        if self._stamp is None:
            raise UnknownError
        if record.path not in self._stamps:
            # What a text does not say of people without consent depends on more than its own file.
            withheld = record.body.html.encode() if WITHHELD in record.body.html else b""
            self._stamps[record.path] = record.path.encode() + self._stamp(record.path) + withheld
        return self._stamps[record.path]


@cache
def _way_to_tell(kind: type) -> Callable[[Ledger, Any], bytes]:
    """Return how to tell values of a type; found once, as a region's answers hold half a million values."""
    if issubclass(kind, (*PLAIN, NoneType)):
        return lambda _, value: repr(value).encode()
    if issubclass(kind, bytes):
        return lambda _, value: blake2b(value, digest_size=16).digest()
    if issubclass(kind, Event):
        return Ledger._told_event
    if issubclass(kind, Record):
        return Ledger._stamped
    inside = _way_inside(kind)
    return lambda ledger, value: ledger._told_whole(value, inside)


def _way_inside(kind: type) -> Callable[[Any], Iterable[Any]]:
    """Return how to get at what values of a type hold, in order."""
    if issubclass(kind, Mapping):
        return lambda value: chain.from_iterable(value.items())
    if hasattr(kind, "stamp"):
        # A printed sheet, whose class stands above this module.
        return lambda value: (value.stamp(),)
    if issubclass(kind, (tuple, list, ValuesView)):
        return lambda value: value
    if issubclass(kind, BaseModel):
        return lambda value: (repr(value),)
    if is_dataclass(kind):
        names = [each.name for each in fields(kind)]
        return lambda value: [getattr(value, name) for name in names]
    raise UnknownError


class _StandIn:
    """Stands for a source: gives what it gives, and notes that it was asked."""

    def __init__(self, name: str, source: Any, ledger: Ledger) -> None:
        self._name = name
        self._source = source
        self._ledger = ledger

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._source, name)
        if not callable(found):
            self._ledger.note(self._name, name, None, found)
            return found
        # A method asked for again is found as an attribute, without this detour.
        asked = self.__dict__[name] = partial(self._ask, name, found)
        return asked

    def __contains__(self, item: object) -> bool:
        return bool(self._ask("__contains__", self._source.__contains__, item))

    def _ask(self, name: str, method: Callable[..., Any], *of: Any) -> Any:
        answer = method(*of)
        self._ledger.note(self._name, name, of, answer)
        return answer


def _named(argument: Any) -> Any:
    """Return an argument as a question holds it."""
    if isinstance(argument, Record):
        return argument.path.encode()
    return tuple(map(_named, argument)) if isinstance(argument, (list, tuple)) else argument

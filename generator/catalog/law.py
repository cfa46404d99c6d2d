"""What may not be said: organisations of the library's registry, and people who did not agree to be named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Any, NamedTuple
from unicodedata import normalize

from pydantic import BaseModel

from generator.catalog.checks import REGISTRY, Named, Read
from generator.fields.base import models_in
from generator.fields.contact import Person
from generator.fields.text import host_of
from generator.problems import Problem
from generator.records.record import Record
from generator.records.registry import Listed
from generator.source import Loc, Source

HOST = re.compile(r"https?://[^\s/]*")
LINK = re.compile(r"https?://[^\s<>\"')\]]+")
WORD = re.compile(r"\w+")
WRITTEN_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]*)[^)]*\)")
_ALIKE = str.maketrans("ё«»„“”’\u00a0\u202f", 'е"""""\'  ')

Names = frozenset[tuple[str, ...]]
"""Of each name the words without which no text has it."""


class Passage(NamedTuple):
    """A piece of text of a file, and where it stands."""

    loc: Loc
    line: int
    text: str

    def problem(self, source: Source, message: str) -> Problem:
        """Return a problem at this place."""
        return source.problem(self.loc, message) if self.loc else Problem(source.path, self.line, "", message)


def passages(source: Source) -> Iterator[Passage]:
    """Yield every text of a file: its fields, then the lines of its body."""
    yield from _strings(source, source.values, ())
    for number, line in enumerate(source.body.splitlines()):
        if line.strip():
            yield Passage((), source.body_line + number, line)


def _strings(source: Source, value: Any, loc: Loc) -> Iterator[Passage]:
    if isinstance(value, str):
        yield Passage(loc, source.line_of(loc), value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(source, inner, (*loc, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _strings(source, inner, (*loc, index))


def alike(text: str) -> str:
    """Return a text in which names can be found whatever their quotes, capitals, ё and spaces."""
    return " ".join(text.lower().translate(_ALIKE).split())


def _finder(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds whole names in a text made alike, the longest first; None for no names."""
    found = sorted({alike(name) for name in names}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, found))})(?!\w)") if found else None


def plain(text: str) -> str:
    """Return a text in which words can be found whatever their capitals, ё and forms of letters."""
    return normalize("NFKC", text).lower().replace("ё", "е")


def telling(names: Iterable[str]) -> Names:
    """Return the words of names, the longest of each first: it rules out most texts."""
    return frozenset(tuple(sorted(WORD.findall(plain(name)), key=len, reverse=True)) for name in names)


def may_tell(text: str, names: Names) -> bool:
    """Return whether a file's plain text may tell one of some names; only a look at its passages says that it does."""
    return bool(names) and (
        # An escape of YAML or Markdown, or the Cyrillic name of a host, says what is not read in it.
        "\\" in text
        or not all(map(str.isascii, HOST.findall(text)))
        or any(all(word in text for word in name) for name in names)
    )


def names_of_registry(registry: Mapping[str, Listed]) -> Names:
    """Return all by which a text can tell what is on the registry: names, hosts and numbers."""
    told = ((each.title, *each.names, *each.sites, each.inn, each.ogrn) for each in registry.values())
    return telling(filter(None, chain.from_iterable(told)))


def on_the_registry(found: Iterable[Read], registry: Mapping[str, Listed]) -> Iterator[Problem]:
    """Find records that are on the registry, name one of it, or link to it."""
    by_name = {alike(name): each for each in registry.values() for name in (each.title, *each.names)}
    by_number = {number: each for each in registry.values() for number in (each.inn, each.ogrn) if number}
    by_host = {host: each for each in registry.values() for host in each.sites}
    finder = _finder(by_name)
    for each_read in found:
        record, source = each_read.record, each_read.source
        for passage in passages(source):
            named = {by_name[match] for match in finder.findall(alike(passage.text))} if finder else set()
            linked = {_listed(host_of(link), by_host) for link in _hosts(passage.text)} - {None}
            numbered = {by_number.get(passage.text)} - {None}
            for each in sorted(filter(None, named | linked | numbered), key=lambda each: each.title):
                if not each.foreign_agent:
                    message = f"«{each.title}» в {REGISTRY}: называть её и ставить на неё ссылки нельзя"
                    yield passage.problem(source, message)
                elif record.foreign_agent is None:
                    message = f"«{each.title}» — иностранный агент ({REGISTRY}): записи нужно поле foreign_agent"
                    yield passage.problem(source, message)


def _hosts(text: str) -> Iterator[str]:
    for link in LINK.findall(text):
        try:
            host_of(link)
        except (UnicodeError, ValueError):
            continue
        yield link


def _listed(host: str, by_host: Mapping[str, Listed]) -> Listed | None:
    """Return what is listed under a host or one that it is a part of."""
    steps = host.split(".")
    return next((by_host[name] for name in (".".join(steps[n:]) for n in range(len(steps))) if name in by_host), None)


def without_consent(found: Iterable[Read]) -> frozenset[str]:
    """Return the names of people that no record may tell: nowhere did they agree."""
    people = [person for each in found for person in each.people]
    return frozenset({each.name for each in people if not each.agreed} - {each.name for each in people if each.agreed})


def named_without_consent(found: Collection[Read], names: Collection[str], among: Collection[str]) -> Iterator[Problem]:
    """Find names that records drop for want of consent, and that some text among some files tells all the same."""
    finder = _finder(names)
    if finder is None:
        return
    own = {(person.path, person.loc) for each in found for person in each.people if not person.agreed}
    ends = tuple(
        end
        for record in (each.record for each in found)
        if record.withheld
        for end in (f"/{_name(record)}", record.address)
    )
    for each_read in found:
        record = each_read.record
        if record.draft or record.withheld or record.path not in among:
            continue
        source = each_read.source
        for passage in passages(source):
            if (source.path, passage.loc) not in own and finder.search(alike(_without_links(passage.text, ends))):
                message = "здесь имя человека без согласия на публикацию (consent): уберите имя, оставьте роль"
                yield passage.problem(source, message)


def _name(record: Record) -> str:
    return record.path.rpartition("/")[2]


def _without_links(text: str, ends: tuple[str, ...]) -> str:
    """Return a text without its links to withheld records: on the site something else stands in their place."""
    return WRITTEN_LINK.sub(lambda found: "" if f"/{found[1]}".endswith(ends) else found[0], text) if ends else text


def people_in(record: Record, source: Source) -> Iterator[Named]:
    """Yield the people that a record names, those too whose names it drops."""
    if record.withheld:
        yield Named(record.title, False, record.path, ("title",))
    if not _may_name(type(record)):
        return
    for loc, part in record.parts():
        if isinstance(part, Person):
            here = (*loc, "name")
            name = part.name or _at(source.values, here)
            if isinstance(name, str):
                yield Named(name, part.name is not None, record.path, here)


@cache
def _may_name(model: type[BaseModel]) -> bool:
    """Whether a kind of record, or of its parts, has a place for a person: most calls and posts have none."""
    return issubclass(model, Person) or any(
        _may_name(inner) for field in model.model_fields.values() for inner in models_in(field.annotation)
    )


def _at(value: Any, loc: Loc) -> Any:
    for step in loc:
        match value:
            case dict():
                value = value.get(step)
            case list() if isinstance(step, int):
                value = value[step]
            case _:
                return None
    return value

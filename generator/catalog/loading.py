"""Read a whole project into a catalog, with everything that is wrong in it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from generator.catalog.catalog import Catalog
from generator.catalog.checks import (
    ASSETS,
    REGISTRY,
    TOPICS,
    Read,
    broken_references,
    centres,
    disagreeing,
    duplicates,
    stray_folders,
    taken_addresses,
)
from generator.catalog.law import (
    named_without_consent,
    names_of_registry,
    on_the_registry,
    telling,
    without_consent,
)
from generator.catalog.memory import Memory
from generator.catalog.results import disagreements
from generator.collector import collector_at_rest
from generator.fields.base import Part, mistakes
from generator.fields.moment import MOSCOW
from generator.fields.text import SLUG, slug_rule
from generator.problems import ContentError, Problem
from generator.records import KINDS, Setting, parse
from generator.records.record import Record, Whole
from generator.records.registry import Listed
from generator.records.topic import Topic
from generator.settings import read_settings
from generator.source import read

VIEWS = (
    *("/", "/calendar/", "/topics/", "/news/archive/", "/handouts/", "/subscribe/", "/data/", "/lowvision/"),
    *("/editors/", "/editors/fields/", "/editors/messages/"),
)
"""Addresses of the site that are nobody's record, which a text may link to."""

Word = TypeVar("Word", bound=Part)


def load(project: Path, today: date, memory: Memory | None = None) -> Catalog:
    """Read a whole project, or raise ContentError with every problem in it."""
    found = examine(project, today, memory)
    if found.problems:
        raise ContentError(found.problems)
    return found.catalog


class Examined(NamedTuple):
    """What could be read, and everything that is wrong."""

    catalog: Catalog
    problems: tuple[Problem, ...]
    withheld: tuple[Record, ...] = ()
    """Records kept from the site because the person they name has not agreed."""


def examine(project: Path, today: date, memory: Memory | None = None) -> Examined:
    """Read a whole project; the catalog is complete only where there are no problems.

    `memory` keeps what was read for the next time, when only the files that changed are read.
    """
    with collector_at_rest():
        return _examined(project, today, memory or Memory())


def _examined(project: Path, today: date, memory: Memory) -> Examined:
    problems: list[Problem] = list(stray_folders(project))
    topics = _vocabulary(project, TOPICS, Topic, problems)
    registry = _vocabulary(project, REGISTRY, Listed, problems, may_lack=True)
    files = dict(_files(project, problems))
    addresses = {path: kind.address_of(slug) for kind in KINDS.values() for slug, path in files[kind.kind].items()}
    fixed = {*VIEWS, *(kind.section for kind in KINDS.values()), *(f"/topics/{topic}/" for topic in topics)}
    addresses |= {address: address for address in fixed}
    settings = read_settings(project).settings
    zone = settings.extra.time_zone if settings else MOSCOW
    assets = frozenset(_assets(project))
    among = Setting(addresses, assets.__contains__, zone)
    found: list[Read] = []
    paths = [(path, kind) for kind in KINDS.values() for path in files[kind.kind].values()]
    for read_, wrong, *_ in memory.parsed(project, paths, among):
        problems += wrong
        if read_ is not None:
            found.append(read_)
    found = list(_without_withheld(found, among))
    written = {kind: frozenset(slugs) for kind, slugs in files.items()}
    written |= {"topic": frozenset(topics), "asset": assets}
    hidden = frozenset(each.record.path for each in found if not each.record.is_public(today))
    problems += broken_references(found, written, hidden)
    problems += duplicates(found)
    problems += taken_addresses(found, fixed)
    problems += centres(files["centre"].values())
    problems += memory.assets(project).flaws(assets)
    names = without_consent(found)
    listed, named = memory.telling(project, names_of_registry(registry), telling(names))
    problems += on_the_registry((each for each in found if each.record.path in listed), registry)
    problems += named_without_consent(found, names, named)
    read_records = {(each.record.kind, each.record.slug): each.record for each in found}
    problems += disagreeing(found, Whole(read_records, settings.place if settings else None, today))
    public = _in_order(each.record for each in found if each.record.path not in hidden)
    catalog = Catalog(today, public, topics, settings.place if settings else None)
    for report, indicator, typed, counted in disagreements(catalog):
        least = "не меньше " if counted.is_least else ""
        message = f"записи года складываются в {least}{counted.number}; здесь {typed}"
        problems.append(Read(report, project).problem((indicator,), message))
    withheld = tuple(each.record for each in found if each.record.withheld and not each.record.draft)
    return Examined(catalog, tuple(sorted(set(problems))), withheld)


def _without_withheld(found: list[Read], among: Setting) -> Iterator[Read]:
    """Yield what was read, links to people without consent taken out of the texts that had them."""
    withheld = frozenset(each.record.path for each in found if each.record.withheld)
    for read_, kind in ((each, KINDS[each.record.kind]) for each in found):
        if withheld and any(path in withheld for _, path in read_.record.body.links):
            again = parse(read_.source, kind, among._replace(withheld=withheld)).record
            yield read_._replace(record=again or read_.record)
        else:
            yield read_


def _in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return records kind by kind, each kind in its own order."""
    by_kind: dict[str, dict[str, Record]] = {kind: {} for kind in KINDS}
    for record in records:
        by_kind[record.kind][record.slug] = record
    return tuple(record for found in by_kind.values() for record in sorted(found.values(), key=partial(_key, found)))


def _key(found: Mapping[str, Record], record: Record) -> tuple[Any, ...]:
    """Return a record's place: its own key, or right after the one that it follows."""
    chain = [record]
    while (earlier := found.get(chain[-1].follows() or "")) and earlier not in chain:
        chain.append(earlier)
    key = chain[-1].sort_key()
    return (key, len(chain), record.slug)


def _files(project: Path, problems: list[Problem]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each kind with its files, ids first: readable or not, so that one bad file is one problem."""
    for name, kind in KINDS.items():
        found: dict[str, str] = {}
        folder = project / kind.folder
        for entry in sorted(os.scandir(folder), key=attrgetter("name")) if folder.is_dir() else ():
            relative = f"{kind.folder}/{entry.name}"
            slug, dot, ending = entry.name.rpartition(".")
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                problems.append(Problem(relative, 1, "", "здесь должен быть файл, а не папка"))
            elif dot + ending != kind.suffix:
                problems.append(Problem(relative, 1, "", f"файлы в этой папке кончаются на {kind.suffix}"))
            elif not SLUG.fullmatch(slug):
                message = f"имя файла — {slug_rule(slug)}: оно станет адресом страницы"
                problems.append(Problem(relative, 1, "", message))
            else:
                found[slug] = relative
        yield name, found


def _vocabulary(
    project: Path, file: str, model: type[Word], problems: list[Problem], *, may_lack: bool = False
) -> dict[str, Word]:
    """Return the entries of a file of content/ that is no record, by their ids."""
    path = project / file
    if not path.exists():
        if not may_lack:
            problems.append(Problem(file, 1, "", "нет файла со словарём тем"))
        return {}
    source, found = read(path, project)
    problems += (*found, *source.strays())
    entries: dict[str, Word] = {}
    for slug, values in source.values.items():
        if not SLUG.fullmatch(slug):
            problems.append(source.problem((slug,), f"имя здесь — {slug_rule(slug)}"))
        try:
            entries[slug] = model.model_validate(values)
        except ValidationError as error:
            for mistake in mistakes(error, model):
                problems.append(source.problem((slug, *mistake.loc), mistake.message))
    return entries


def _assets(project: Path) -> Iterator[str]:
    folder = project / ASSETS
    if folder.is_dir():
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(project).as_posix()

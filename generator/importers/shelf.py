"""The organisations that the directory has already, drafts too, each with its file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from generator.importers.shapes import modelled
from generator.importers.spaces import alike
from generator.markdown import Surroundings
from generator.problems import ContentError, Problem
from generator.records import KINDS
from generator.records.ngo import Ngo
from generator.source import Source, read


class Held(NamedTuple):
    """A record and the file it was read from."""

    record: Ngo
    source: Source
    raw: bytes


class Shelf:
    """The records of organisations, found by what tables know of them."""

    def __init__(self, project: Path, held: Iterable[Held], addresses: Mapping[str, str]) -> None:
        self.project = project
        self.by_slug = {each.record.slug: each for each in held}
        self.by_number = {
            (field, number): each for each in self.by_slug.values() for field, number in each.record.unique_fields()
        }
        self.by_title = {alike(each.record.title): each for each in self.by_slug.values()}
        self.addresses = dict(addresses)
        """The site's address of each record's file, of every kind."""

    @cached_property
    def by_name(self) -> Mapping[str, list[Held]]:
        """Records by either of their names."""
        found: dict[str, list[Held]] = defaultdict(list)
        for each in self.by_slug.values():
            for name in {alike(each.record.title), alike(each.record.legal_name)}:
                found[name].append(each)
        return found

    def among(self, path: str) -> Surroundings:
        """Return what the text of a record may link to."""
        return Surroundings(path, self.addresses, lambda asset: (self.project / asset).is_file())


def shelf_of(project: Path) -> Shelf:
    """Return the organisations of a project, or raise ContentError where one cannot be told from its file."""
    held: list[Held] = []
    problems: list[Problem] = []
    for path in sorted((project / Ngo.folder).glob(f"*{Ngo.suffix}")):
        if path.name.startswith("."):
            continue
        source, unreadable = read(path, project)
        problems += unreadable
        if unreadable:
            continue
        found = modelled(source.values, source.slug)
        if isinstance(found, Ngo):
            held.append(Held(found, source, path.read_bytes()))
        else:
            problems += [source.problem(mistake.loc, mistake.message) for mistake in found]
    if problems:
        raise ContentError(problems)
    addresses = {
        f"{kind.folder}/{path.name}": kind.address_of(path.stem)
        for kind in KINDS.values()
        for path in sorted((project / kind.folder).glob(f"*{kind.suffix}"))
    }
    return Shelf(project, held, addresses)

"""What was read of a project's files, so that only those that changed are read again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator.catalog.checks import Read
from generator.catalog.law import people_in
from generator.cores import fork, join_parent, processes_for
from generator.problems import Problem
from generator.records import Setting, parse
from generator.records.record import Record
from generator.source import read

INWARD = re.compile(r'href="(/[^"#]*)')
"""A link from the site's root, as our Markdown prints it."""
AT_ONCE = 64
"""Files that a process reads before it hands over what it has."""
MANY = 1000
"""From so many files on, several processes are quicker than one, though records have to be sent from one to another."""

File = tuple[str, type[Record]]
"""A file's path in the project, and the kind of record that it holds."""


class Parsed(NamedTuple):
    """A file as a record, or what keeps it from being one."""

    read: Read | None
    problems: tuple[Problem, ...]


class Memory:
    """The records of a project by their files; begins empty."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def parsed(self, project: Path, files: Sequence[File], among: Setting) -> Iterator[Parsed]:
        """Yield what each file holds: as remembered, if it and all that it refers to are as they were."""
        pages = {address.partition("#")[0] for address in among.addresses.values()}
        marks = {path: _mark(project / path) for path, _ in files}
        held = {
            path: kept
            for path, kept in self._kept.items()
            if kept.mark == marks.get(path) and kept.zone == among.zone and kept.leads_among(among, pages)
        }
        news = [(path, kind) for path, kind in files if path not in held]
        read_now = dict(zip((path for path, _ in news), _all_parsed(project, news, among), strict=True))
        for path, found in read_now.items():
            mark = marks[path]
            # A mistake may be mended elsewhere: what has one is always read again.
            if mark is not None and found.read is not None and not found.problems:
                inward = INWARD.findall(found.read.record.body.html)
                links = frozenset(link for link in inward if not link.startswith("/assets/"))
                held[path] = _Kept(mark, among.zone, found.read, links)
        self._kept = held
        for path, _ in files:
            yield read_now.get(path) or Parsed(held[path].read, ())


class _Mark(NamedTuple):
    """By what a file is known to be as it was."""

    changed: int
    size: int
    inode: int


class _Kept(NamedTuple):
    mark: _Mark
    zone: str
    read: Read
    links: frozenset[str]
    """Addresses of pages that its text links to."""

    def leads_among(self, among: Setting, pages: Collection[str]) -> bool:
        """Whether all that its text refers to is there."""
        body = self.read.record.body
        return (
            all(path in among.addresses for _, path in body.links)
            and all(among.exists(path) for path in body.assets)
            and all(address in pages for address in self.links)
        )


def _mark(file: Path) -> _Mark | None:
    try:
        stat = file.lstat()
    except OSError:
        return None
    return _Mark(stat.st_mtime_ns, stat.st_size, stat.st_ino)


def _all_parsed(project: Path, files: Sequence[File], among: Setting) -> Iterator[Parsed]:
    """Yield what each of many files holds, read by as many processes as are worth their beginning."""
    processes = processes_for(len(files), MANY)
    if processes == 1:
        yield from _parsed(files, project, among)
        return
    parts = [files[first : first + AT_ONCE] for first in range(0, len(files), AT_ONCE)]
    with ProcessPoolExecutor(processes, fork(), initializer=_begin, initargs=(project, among)) as pool:
        yield from chain.from_iterable(pool.map(_work, parts))


def _parsed(files: Iterable[File], project: Path, among: Setting) -> Iterator[Parsed]:
    for path, kind in files:
        source, unreadable = read(project / path, project)
        if unreadable:
            yield Parsed(None, unreadable)
            continue
        record, problems = parse(source, kind, among)
        found = Read(record, project, tuple(people_in(record, source))) if record else None
        yield Parsed(found, problems)


_task: tuple[Path, Setting]
"""What a process of the pool reads among: it begins as a copy of the one that set it."""


def _begin(project: Path, among: Setting) -> None:
    global _task  # noqa: PLW0603  # a pool's process has no other place for what it is begun with
    join_parent()
    _task = project, among


def _work(files: Sequence[File]) -> list[Parsed]:
    return list(_parsed(files, *_task))

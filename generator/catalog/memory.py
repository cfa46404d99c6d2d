"""What was read of a project's files, so that only those that changed are read again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from generator.catalog.checks import Read
from generator.catalog.law import people_in
from generator.cores import fork, join_parent, processes_for
from generator.problems import Problem
from generator.records import Setting, parse
from generator.records.record import Record
from generator.shelf import Shelf
from generator.source import read

INWARD = re.compile(r'href="(/[^"#]*)')
"""A link from the site's root, as our Markdown prints it."""
PARTS = 64
"""In how many parts a shelf keeps what was read, so that not all is written again where one file changed."""
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
    digest: bytes = b""
    """Names the bytes of the file."""


class Memory:
    """The records of a project by their files; begins empty, or with what a folder keeps."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        """Begin, and end each reading, with what a shelf keeps."""
        self._shelf = shelf
        self._kept: dict[str, _Kept] = {}
        if shelf:
            for number in range(PARTS):
                self._kept |= shelf.load(f"{number:02}") or {}

    def stamp(self, path: str) -> bytes:
        """Return what names the bytes of a file that was read and has no mistake."""
        return self._kept[path].digest

    def parsed(self, project: Path, files: Sequence[File], among: Setting) -> Iterator[Parsed]:
        """Yield what each file holds: as remembered, if it and all that it refers to are as they were."""
        pages = {address.partition("#")[0] for address in among.addresses.values()}
        marks = {path: _mark(project / path) for path, _ in files}
        before, held = self._kept, {}
        for path, _ in files:
            kept = before.get(path)
            if kept and kept.mark == marks[path] and kept.zone == among.zone and kept.leads_among(among, pages):
                held[path] = kept
        news = [(path, kind) for path, kind in files if path not in held]
        read_now = dict(zip((path for path, _ in news), _all_parsed(project, news, among), strict=True))
        for path, found in read_now.items():
            mark = marks[path]
            # A mistake may be mended elsewhere: what has one is always read again.
            if mark is not None and found.read is not None and not found.problems:
                inward = INWARD.findall(found.read.record.body.html)
                links = frozenset(link for link in inward if not link.startswith("/assets/"))
                held[path] = _Kept(mark, found.digest, among.zone, found.read, links)
        self._kept = held
        if self._shelf:
            self._save(self._shelf, {path for path in {*before, *held} if before.get(path) is not held.get(path)})
        for path, _ in files:
            yield read_now.get(path) or Parsed(held[path].read, ())

    def _save(self, shelf: Shelf, changed: Iterable[str]) -> None:
        """Put the parts back in which something is another."""
        parts: dict[int, dict[str, _Kept]] = {_part(path): {} for path in changed}
        for path, kept in self._kept.items():
            if (number := _part(path)) in parts:
                parts[number][path] = kept
        for number, part in parts.items():
            shelf.save(f"{number:02}", part)


def _part(path: str) -> int:
    return crc32(path.encode()) % PARTS


class _Mark(NamedTuple):
    """By what a file is known to be as it was."""

    changed: int
    size: int
    inode: int


class _Kept(NamedTuple):
    mark: _Mark
    digest: bytes
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
        yield Parsed(found, problems, source.digest)


_task: tuple[Path, Setting]
"""What a process of the pool reads among: it begins as a copy of the one that set it."""


def _begin(project: Path, among: Setting) -> None:
    global _task  # noqa: PLW0603  # a pool's process has no other place for what it is begun with
    join_parent()
    _task = project, among


def _work(files: Sequence[File]) -> list[Parsed]:
    return list(_parsed(files, *_task))

"""What was read of a project's files, so that only those that changed are read again."""

from __future__ import annotations

import os
import pickle
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from generator.catalog.checks import Read
from generator.catalog.law import Names, may_tell, people_in, plain
from generator.cores import fork, join_parent, processes_for
from generator.images import Assets
from generator.problems import Problem
from generator.records import Setting, parse
from generator.records.record import Record
from generator.shelf import Mark, Shelf, mark_of
from generator.source import read

KEPT = ".cache/build"
"""The folder of a project in which builds keep what they read and what they made."""
INWARD = re.compile(r'href="(/[^"#]*)')
"""A link from the site's root, as our Markdown prints it."""
PARTS = 64
"""In how many parts files are read and kept, so that not all is kept anew where one changed."""
EMPTY = pickle.dumps({})
TELLING = "telling"
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
    links: frozenset[str] = frozenset()
    """Addresses of pages that its text links to."""

    def leads_among(self, among: Setting, pages: Collection[str]) -> bool:
        """Whether it has no mistake, and all that its text refers to is there."""
        if self.read is None or self.problems:
            return False
        body = self.read.record.body
        return (
            all(path in among.addresses for _, path in body.links)
            and all(among.exists(path) for path in body.assets)
            and all(address in pages for address in self.links)
        )


Lot = dict[str, Parsed]
"""What several files hold, by their paths."""


class Memory:
    """The records of a project by their files; begins empty, or with what a shelf keeps."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        """Begin, and end each reading, with what a shelf keeps."""
        self._shelf = shelf
        self._kept: Lot = {}
        self._known_by: dict[str, _KnownBy] = {}
        self._telling = _Telling((), {})
        self._assets: Assets | None = None

    @classmethod
    def of(cls, project: Path, *, keeps: bool = False) -> Memory:
        """Return what builds of a project have read; what is read now is kept only by one that `keeps`."""
        # What was read knows where it stood: a folder with another name is read anew.
        return cls(Shelf(project / KEPT, os.fsencode(project), writes=keeps))

    def assets(self, project: Path) -> Assets:
        """Return the files of content/assets, with what was seen of them before."""
        if self._assets is None:
            self._assets = Assets(project, self._shelf)
        return self._assets

    def _recall(self, shelf: Shelf) -> None:
        for number in range(PARTS):
            known_by, lot = shelf.load(f"{number:02}") or ({}, EMPTY)
            self._known_by |= known_by
            self._kept |= pickle.loads(lot)
        self._telling = shelf.load(TELLING) or self._telling

    def stamp(self, path: str) -> bytes:
        """Return what names the bytes of a file."""
        return self._kept[path].digest

    def telling(self, project: Path, *sets: Names) -> tuple[set[str], ...]:
        """Return, for each set of names, the files of the last reading that may tell one.

        A text is looked through once: to read all files for it again took longer than all else together.
        """
        before = self._telling.texts if self._telling.sets == sets else {}
        now: dict[str, tuple[bytes, tuple[bool, ...]]] = {}
        for path, parsed in self._kept.items():
            if parsed.read and any(sets):
                known = before.get(path)
                if known is None or known[0] != parsed.digest:
                    text = plain((project / path).read_bytes().decode(errors="replace"))
                    known = parsed.digest, tuple(may_tell(text, names) for names in sets)
                now[path] = known
        if self._shelf and now != before:
            self._shelf.save(TELLING, _Telling(sets, now))
        self._telling = _Telling(sets, now)
        return tuple({path for path, (_, may) in now.items() if may[number]} for number in range(len(sets)))

    def parsed(self, project: Path, files: Sequence[File], among: Setting) -> Iterator[Parsed]:
        """Yield what each file holds: as remembered, if it and all that it refers to are as they were."""
        pages = {address.partition("#")[0] for address in among.addresses.values()}
        known_by = {path: _KnownBy(mark_of(f"{project}/{path}"), among.zone) for path, _ in files}
        if self._shelf and not self._known_by:
            # Only now, when the collector rests: with it a region's records take twice as long.
            self._recall(self._shelf)
        before, held = self._kept, {}
        for path, _ in files:
            # A mistake may be mended elsewhere: what has one is always read again.
            if known_by[path] == self._known_by.get(path) and before[path].leads_among(among, pages):
                held[path] = before[path]
        gone = {_part(path) for path in before.keys() - held.keys()}
        news: dict[int, list[File]] = defaultdict(list)
        for path, kind in files:
            if path not in held:
                news[_part(path)].append((path, kind))
        self._kept, self._known_by = held, known_by
        partly = {_part(path) for path in held}
        whole = set()
        for number, lot in _lots(project, news, among):
            held |= lot if isinstance(lot, dict) else pickle.loads(lot)
            if isinstance(lot, bytes) and number not in partly:
                self._save(number, [path for path, _ in news[number]], lot)
                whole.add(number)
        self._save_anew((gone | news.keys()) - whole)
        for path, _ in files:
            yield held[path]

    def _save_anew(self, numbers: Collection[int]) -> None:
        paths: dict[int, list[str]] = defaultdict(list)
        for path in self._kept if numbers else ():
            paths[_part(path)].append(path)
        for number in numbers:
            self._save(number, paths[number])

    def _save(self, number: int, paths: Iterable[str], lot: bytes | None = None) -> None:
        """Put a part on the shelf, as it was handed over if it was read as a whole."""
        if self._shelf and self._shelf.writes:
            known_by = {path: self._known_by[path] for path in paths}
            kept = lot or pickle.dumps({path: self._kept[path] for path in known_by}, pickle.HIGHEST_PROTOCOL)
            self._shelf.save(f"{number:02}", (known_by, kept))


class _Telling(NamedTuple):
    """Which texts may tell names."""

    sets: tuple[Names, ...]
    texts: dict[str, tuple[bytes, tuple[bool, ...]]]
    """By the files' paths: the digest of what was looked through, and whether it may tell one of each set."""


class _KnownBy(NamedTuple):
    """By what a file is known to hold what it held."""

    mark: Mark | None
    zone: str


def _part(path: str) -> int:
    return crc32(path.encode()) % PARTS


def _lots(project: Path, news: Mapping[int, Sequence[File]], among: Setting) -> Iterator[tuple[int, Lot | bytes]]:
    """Yield what the files of each part hold, by their paths; pickled by the process that read them, if by another."""
    processes = processes_for(sum(map(len, news.values())), MANY)
    if processes == 1:
        yield from ((number, _lot(files, project, among)) for number, files in news.items())
        return
    with ProcessPoolExecutor(processes, fork(), initializer=_begin, initargs=(project, among)) as pool:
        yield from zip(news, pool.map(_work, news.values()), strict=True)


def _lot(files: Iterable[File], project: Path, among: Setting) -> Lot:
    return {path: _parsed(path, kind, project, among) for path, kind in files}


def _parsed(path: str, kind: type[Record], project: Path, among: Setting) -> Parsed:
    source, unreadable = read(project / path, project)
    if unreadable:
        return Parsed(None, unreadable, source.digest)
    record, problems = parse(source, kind, among)
    if record is None:
        return Parsed(None, problems, source.digest)
    links = frozenset(link for link in INWARD.findall(record.body.html) if not link.startswith("/assets/"))
    return Parsed(Read(record, project, tuple(people_in(record, source))), problems, source.digest, links)


_task: tuple[Path, Setting]
"""What a process of the pool reads among: it begins as a copy of the one that set it."""


def _begin(project: Path, among: Setting) -> None:
    global _task  # noqa: PLW0603  # a pool's process has no other place for what it is begun with
    join_parent()
    _task = project, among


def _work(files: Sequence[File]) -> bytes:
    return pickle.dumps(_lot(files, *_task), pickle.HIGHEST_PROTOCOL)

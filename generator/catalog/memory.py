"""What was read of a project's files, so that only those that changed are read again."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from generator.catalog.checks import Read
from generator.problems import Problem
from generator.records import Setting, parse
from generator.records.record import Record
from generator.source import read

INWARD = re.compile(r'href="(/[^"#]*)')
"""A link from the site's root, as our Markdown prints it."""


class Parsed(NamedTuple):
    """A file as a record, or what keeps it from being one."""

    read: Read | None
    problems: tuple[Problem, ...]


class Memory:
    """The records of a project by their files; begins empty."""

    def __init__(self) -> None:
        self._kept: dict[Path, _Kept] = {}

    def parsed(self, file: Path, project: Path, kind: type[Record], among: Setting, pages: Collection[str]) -> Parsed:
        """Return what a file holds: as remembered, if it and all that it refers to are as they were.

        `pages` are the addresses of all pages that a text may link to.
        """
        mark = _mark(file)
        kept = self._kept.get(file)
        if kept is not None and kept.mark == mark and kept.zone == among.zone and kept.leads_among(among, pages):
            return Parsed(kept.read, ())
        source, unreadable = read(file, project)
        if unreadable:
            return Parsed(None, unreadable)
        record, problems = parse(source, kind, among)
        if record is None:
            return Parsed(None, problems)
        found = Read(record, source)
        # A mistake may be mended elsewhere: what has one is always read again.
        if mark is not None and not problems:
            links = {link for link in INWARD.findall(record.body.html) if not link.startswith("/assets/")}
            self._kept[file] = _Kept(mark, among.zone, found, frozenset(links))
        return Parsed(found, problems)


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

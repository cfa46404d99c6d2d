"""What the last build made and of what, so that the next makes again only what has become another.

A file of the site is made of the questions that were put to the content while it was made (`ledger`), and of what is
the same for all: the program, the settings, the templates, the pictures and the day. Where an answer is another, the
file is made again; where anything of the second kind is, all files are.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.catalog.checks import ASSETS, TOPICS
from generator.ledger import Question
from generator.settings import CONFIG
from generator.shelf import Shelf, marks_of
from generator.templating import shipped_templates

KEPT = ".cache/build"
"""The folder of a project in which all of this lies."""
LAST = "made"


class Made(NamedTuple):
    """Files of the site that were made together."""

    verdict: bytes | None
    """Names all that they are made of; None where nobody can tell."""
    questions: tuple[Question, ...]
    files: tuple[str, ...]


class Mark(NamedTuple):
    """By what a file of the site is known to be as it was written."""

    changed: int
    size: int
    inode: int


class Past:
    """The last build of a project into a folder."""

    def __init__(self, project: Path, site: Path, today: date, options: Collection[bool]) -> None:
        """Remember it; what was built for another day, otherwise or of other templates is not the last build."""
        self.site = os.fspath(site)
        folders = (project / "templates", shipped_templates(), project / ASSETS)
        files = (project / CONFIG, project / TOPICS)
        self._shelf = Shelf(
            project / KEPT,
            f"{today} {options}".encode()
            + b"".join(map(marks_of, folders))
            + b"".join(path.read_bytes() for path in files if path.is_file()),
        )
        self.made: dict[str, Made] = {}
        """By the name of each unit of work."""
        self._marks: dict[str, Mark] = {}
        found = self._shelf.load(LAST)
        if found is not None:
            self.made, self._marks = found

    def bring(self, files: Iterable[str], folder: str) -> bool:
        """Give files of the last site to a new one too; return False where one is not as it was left."""
        linked = []
        try:
            for path in files:
                if _mark(f"{self.site}/{path}") != self._marks[path]:
                    break
                _link(f"{self.site}/{path}", f"{folder}/{path}")
                linked.append(path)
            else:
                return True
        except (OSError, LookupError):
            pass
        # What is written anew must not be written into the last site's file.
        for path in linked:
            os.unlink(f"{folder}/{path}")  # noqa: PTH108  # pathlib costs three times as much
        return False

    def save(self, made: dict[str, Made], folder: Path) -> None:
        """Keep what this build made, its files in a folder, for the next one."""
        files = (path for each in made.values() for path in each.files)
        self._shelf.save(LAST, (made, {path: _mark(f"{folder}/{path}") for path in files}))


def _link(old: str, new: str) -> None:
    try:
        os.link(old, new)  # pathlib costs three times as much
    except FileNotFoundError:
        os.makedirs(new.rpartition("/")[0], exist_ok=True)  # noqa: PTH103  # likewise
        os.link(old, new)


def _mark(path: str) -> Mark:
    stat = os.stat(path)  # noqa: PTH116  # pathlib costs three times as much
    return Mark(stat.st_mtime_ns, stat.st_size, stat.st_ino)

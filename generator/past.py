"""What the last build made and of what, so that the next makes again only what has become another.

A file of the site is made of the questions that were put to the content while it was made (`ledger`), and of what is
the same for all: the program, the settings, the templates and the day. Where an answer is another, the file is made
again; where anything of the second kind is, all files are. Copies of pictures are made of the picture and the program
alone, and outlast a day: a thousand photographs take minutes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple, Self

from generator.catalog.checks import TOPICS
from generator.catalog.memory import KEPT
from generator.ledger import Question
from generator.settings import CONFIG
from generator.shelf import Mark, Shelf, mark_of, marks_of
from generator.templating import shipped_templates

LAST = "made"
LASTING = "lasting"
TREES = "trees"
BEFORE_LAST = "site"
"""The site before the last one: nearly all its files are the last one's too, by hard links.

To make and remove a region's 11,000 folders anew took two thirds of a second build.
"""


class Made(NamedTuple):
    """Files of the site that were made together."""

    verdict: bytes | None
    """Names all that they are made of; None where nobody can tell."""
    questions: tuple[Question, ...]
    files: tuple[str, ...]
    lasts: bool = False
    """Whether they are the same on another day, with other settings and templates."""


class _Tree(NamedTuple):
    """The files below a folder: there are no others while all its folders are as they were.

    To look into a region's 11,000 folders for them took a quarter of a second build, where the disk had to be asked.
    """

    files: frozenset[str] = frozenset()
    folders: Mapping[str, Mark | None] = {}

    @classmethod
    def of(cls, root: Path, files: Collection[str]) -> Self:
        """Return the tree of files that are below a folder."""
        folders = {""}
        for folder in {path.rpartition("/")[0] for path in files}:
            while folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]  # noqa: PLW2901  # it and those around it
        return cls(frozenset(files), {folder: mark_of(f"{root}/{folder}") for folder in folders})

    def is_still(self, root: Path) -> bool:
        """Whether a folder holds these files and no others; what is in them is another question."""
        return all(mark == mark_of(f"{root}/{folder}") for folder, mark in self.folders.items())


class Past:
    """The last build of a project into a folder."""

    def __init__(self, project: Path, site: Path, today: date, options: tuple[bool, ...]) -> None:
        """Remember it; what was built for another day, otherwise or of other templates is not, unless it lasts."""
        self.site = os.fspath(site)
        folders = (project / "templates", shipped_templates())
        files = (project / CONFIG, project / TOPICS)
        self.shelf = Shelf(
            project / KEPT,
            f"{today} {options}".encode()
            + b"".join(map(marks_of, folders))
            + b"".join(path.read_bytes() for path in files if path.is_file()),
        )
        self.made: dict[str, Made] = {}
        """By the name of each unit of work."""
        self._marks: dict[str, Mark] = {}
        self._lasting = Shelf(project / KEPT)
        for shelf, name in ((self.shelf, LAST), (self._lasting, LASTING)):
            made, marks = shelf.load(name) or ({}, {})
            self.made |= made
            self._marks |= marks
        trees: tuple[_Tree, _Tree] = self._lasting.load(TREES) or (_Tree(), _Tree())
        self._last, self._before_last = trees
        self._aside = project / KEPT / BEFORE_LAST
        self.there: set[str] = set()
        """Files of the last site that are in the new one's folder from the beginning."""
        self.taken: set[str] = set()
        """Files of the new site that are the last one's."""
        self._left: set[str] = set()
        """Folders from which something was taken."""

    def begin(self, fresh: Path) -> None:
        """Begin a new site's folder with what the last two sites have in common, if anything."""
        try:
            self._aside.rename(fresh)
        except OSError:
            return
        known = self._before_last
        if known.files and known.is_still(fresh):
            files = list(known.files)
        else:
            files = []
            for folder, paths in walked(fresh):
                files += paths
                if not paths:
                    self._left.add(folder)
        for path in files:
            file = f"{fresh}/{path}"
            if path in self._marks and self._marks[path] == mark_of(file):
                self.there.add(path)
            else:
                self._left.add(file.rpartition("/")[0])
                # Whoever set the folders' times back may have removed it.
                with suppress(FileNotFoundError):
                    os.unlink(file)  # noqa: PTH108  # pathlib costs three times as much

    def end(self, fresh: Path, made: Mapping[str, Made]) -> None:
        """Remove what the new site has no more, and folders in which nothing is left."""
        for path in self.there - files_of(made):
            # Another may have needed its room already.
            if (fresh / path).is_file():
                (fresh / path).unlink()
            self._left.add(os.fspath((fresh / path).parent))
        for parent in self._left:
            # It goes on to the folders around, until one holds something.
            with suppress(OSError):
                os.removedirs(parent)

    def put_aside(self, site: Path) -> None:
        """Keep a site that was the public one until now."""
        try:
            self._aside.parent.mkdir(parents=True, exist_ok=True)
            site.rename(self._aside)
        except OSError:
            shutil.rmtree(site)

    def bring(self, files: Collection[str], folder: str) -> bool:
        """Give files of the last site to a new one too; return False where one is not as it was left."""
        linked = []
        for path in files:
            if path in self.there:
                continue
            mark = mark_of(f"{self.site}/{path}")
            if mark is None or mark != self._marks.get(path):
                break
            try:
                _link(f"{self.site}/{path}", f"{folder}/{path}")
            except OSError:
                break
            linked.append(path)
        else:
            self.taken.update(files)
            return True
        # What is written anew must not be written into the last site's file.
        for path in linked:
            os.unlink(f"{folder}/{path}")  # noqa: PTH108  # pathlib costs three times as much
        self._left.update(f"{folder}/{path}".rpartition("/")[0] for path in files)
        return False

    def gives_way(self, path: str, file: str, content: bytes) -> bool:
        """Remove the last site's file where another is to be written; return False where it is the same already.

        To write it again and find later that it is the same takes ten times as long as to look.
        """
        if path in self.there or path in self.taken:
            with open(file, "rb") as opened:  # noqa: PTH123  # pathlib costs three times as much
                if opened.read() == content:
                    return False
            # It is the last site's file too.
            os.unlink(file)  # noqa: PTH108  # likewise
        return True

    def make_room(self, path: str, folder: str) -> None:
        """Remove a file of the last site where a path leads on through a folder, and a folder where a file stands."""
        file = f"{folder}/{path}"
        if os.path.isdir(file):  # noqa: PTH112  # as all paths here
            shutil.rmtree(file)
        while len(file := file.rpartition("/")[0]) > len(folder):
            if os.path.isfile(file):  # noqa: PTH113  # likewise
                os.unlink(file)  # noqa: PTH108  # likewise

    def save(self, made: Mapping[str, Made], folder: Path, files: Collection[str]) -> None:
        """Keep what this build made for the next one, and which files there are in the new site's folder."""
        self._lasting.save(TREES, (_Tree.of(folder, files), self._last))
        for shelf, name, lasts in ((self.shelf, LAST, False), (self._lasting, LASTING, True)):
            chosen = {name: each for name, each in made.items() if each.lasts is lasts}
            marks = {
                path: self._marks[path] if path in self.taken else mark_of(f"{folder}/{path}")
                for path in files_of(chosen)
            }
            shelf.save(name, (chosen, {path: mark for path, mark in marks.items() if mark}))


def files_of(made: Mapping[str, Made]) -> set[str]:
    """Return the paths of all files that were made."""
    return {path for each in made.values() for path in each.files}


def walked(root: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the folders below a folder that hold files, or nothing at all, with the files' paths from the root."""
    # From below, as otherwise it asks of each folder whether it is a link.
    for folder, folders, names in os.walk(root, topdown=False):
        if names or not folders:
            inside = f"{folder}/"[len(f"{root}/") :].replace(os.sep, "/")
            yield folder, [f"{inside}{name}" for name in names]


def _link(old: str, new: str) -> None:
    try:
        os.link(old, new)
    except FileNotFoundError:
        os.makedirs(new.rpartition("/")[0], exist_ok=True)  # noqa: PTH103  # pathlib costs three times as much
        os.link(old, new)

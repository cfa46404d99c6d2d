"""The files of a project's content/assets: how heavy each is, how large and how whole its pictures are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from generator.images.pictures import (
    BROADEST,
    Sized,
    cleaned,
    copies,
    copy_path,
    flaw_of,
    is_picture,
    size_of,
    told,
    widths,
)
from generator.problems import Problem
from generator.shelf import Mark, Shelf, mark_of

SEEN = "pictures"


class _Seen(NamedTuple):
    """What a look at a picture told; true as long as its file has this mark."""

    mark: Mark | None
    flaw: str | None
    size: Sized | None
    """None where it has a flaw."""


class Assets:
    """Answers for the files by their paths in the project; a picture is looked at again only once it has changed."""

    def __init__(self, project: Path, shelf: Shelf | None = None) -> None:
        """Begin with what a shelf keeps, if there is one."""
        self.project = project
        self.site: Path | None = None
        """The folder of the site in which its copies of pictures already are, if they are."""
        self._shelf = shelf
        self._seen: dict[str, _Seen] = (shelf.load(SEEN) if shelf else None) or {}

    def flaws(self, paths: Iterable[str]) -> list[Problem]:
        """Return what is wrong with pictures that cannot be shown: broken, too large, or named as another's copy."""
        before, self._seen = self._seen, {path: self._look(path) for path in sorted(filter(is_picture, paths))}
        if self._shelf and self._seen != before:
            self._shelf.save(SEEN, self._seen)
        of_copies = {
            f"content/{copy_path(path, width)}": path
            for path, seen in self._seen.items()
            for width in (widths(seen.size) if seen.size else ())
        }
        broken = [Problem(path, 1, "", seen.flaw) for path, seen in self._seen.items() if seen.flaw]
        return [*broken, *(_named_as_copy(path, of_copies[path]) for path in self._seen if path in of_copies)]

    def mark(self, path: str) -> Mark | None:
        """Return by what a file is known to be as it was."""
        return mark_of(f"{self.project}/{path}")

    def content(self, path: str) -> bytes:
        """Return what a file holds."""
        return (self.project / path).read_bytes()

    def weight(self, path: str) -> int:
        """Return how many bytes a file has."""
        return (self.project / path).stat().st_size

    def size(self, path: str) -> Sized:
        """Return how large a picture is seen."""
        self._seen[path] = seen = self._look(path)
        return seen.size or size_of(self.project / path)

    def plain_path(self, path: str, widest: int = BROADEST) -> str:
        """Return where the one file stands that is for a picture where there is no choice of copies."""
        is_small = not is_picture(path) or self.size(path).width <= widest
        return path.removeprefix("content/") if is_small else copy_path(path, widest)

    def plain_weight(self, path: str) -> int:
        """Return how many bytes that file has."""
        return self._published_weight(path, self.plain_path(path))

    def whole_weight(self, path: str) -> int:
        """Return how many bytes a file has as the site publishes it, a picture in its own size."""
        return self._published_weight(path, path.removeprefix("content/"))

    def _published_weight(self, path: str, place: str) -> int:
        if not is_picture(path):
            return self.weight(path)
        if self.site and (published := self.site / place).is_file():
            return published.stat().st_size
        file = self.project / path
        with told(path):
            return len(cleaned(file) if place == path.removeprefix("content/") else copies(file)[BROADEST])

    def _look(self, path: str) -> _Seen:
        seen, mark = self._seen.get(path), self.mark(path)
        # What has a flaw is always looked at again: the same file may be readable later, or copied anew with its time.
        if seen is not None and seen.mark == mark and seen.flaw is None:
            return seen
        file = self.project / path
        flaw = flaw_of(file)
        return _Seen(mark, flaw, None if flaw else size_of(file))


def _named_as_copy(path: str, of: str) -> Problem:
    name = of.rpartition("/")[2]
    return Problem(path, 1, "", f"так называется уменьшенная копия картинки {name}; назовите файл иначе")

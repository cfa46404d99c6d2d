"""What a text is once it is read, and what it is read among."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Heading(NamedTuple):
    """One heading of a text, for its list of contents."""

    level: int
    anchor: str
    title: str


class Mistake(NamedTuple):
    """What is wrong with a text; `line` counts from 0 at the text's first line."""

    line: int
    message: str


class Mistakes:
    """Gathers what is wrong with a text, line by line."""

    def __init__(self) -> None:
        self.line = 0
        """The line that is being read."""
        self.found: list[Mistake] = []

    def tell(self, message: str, line: int | None = None) -> None:
        """Note what is wrong on the line that is being read, or on another."""
        self.found.append(Mistake(self.line if line is None else line, message))


@dataclass(frozen=True, slots=True)
class Body:
    """A text as the site shows it."""

    html: str = ""
    """Links and pictures lead from the site's root: `href="/grants/fpg/"`."""
    headings: tuple[Heading, ...] = ()
    """Headings of the second and third level, in order."""
    links: tuple[tuple[int, str], ...] = ()
    """Records that the text links to: which of its links it is (`line_of_link` knows the line) and the file's path."""
    assets: tuple[str, ...] = ()
    """Pictures and files that the text shows or links to, by their paths in the project."""
    pictures: tuple[str, ...] = ()
    """Those of them that the text shows."""
    files: tuple[str, ...] = ()
    """Those of them that the text links to."""
    written: str = ""
    """The text as its editor wrote it."""
    questions: tuple[str, ...] = ()
    """The items of its task lists, as plain text: the text as a checklist."""

    def __bool__(self) -> bool:
        return bool(self.html)


class Surroundings(NamedTuple):
    """What a text may link to."""

    path: str
    """The file that holds the text."""
    addresses: Mapping[str, str]
    """The site's address of each record's file."""
    exists: Callable[[str], bool]
    """Whether a path of the project is a file, letter for letter."""
    withheld: Collection[str] = ()
    """Files of records that name a person without consent: a link to one gives way to a mark."""

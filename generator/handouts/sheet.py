"""What the print shop knows of a sheet before it is made: its row of the table, its subject, its edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from generator.handouts.wording import Wording

Paper = Literal["А5", "А4", "А3"]
"""A format as people call it; the letter is Cyrillic."""

MOST_PICTURES = 100
"""A longer series of sheets has no pictures: a page of hundreds serves nobody."""


class Edition(NamedTuple):
    """One of the forms in which a sheet is printed."""

    suffix: str = ""
    """What its name ends with: `-large`; its words are in `templates/text/handouts.yml`."""
    paper: Paper | None = None
    """The format, where it is not the sheet's usual one."""
    large: bool = False
    """Whether its type is 16 pt, for those who see poorly."""
    landscape: bool | None = None
    """Whether it is held sideways, where not as the sheet is."""


PLAIN = Edition()
LARGE = Edition("-large", large=True)
A3 = Edition("-a3", "А3")
A5 = Edition("-a5", "А5")


class Subject(NamedTuple):
    """What one sheet of a family is of: a month, a call, a meetup; a sheet that stands alone has no family."""

    name: str
    """The sheet's name without its edition: `grants-month-2026-12`."""
    address: str
    """The page of the site that the sheet is a print of, to which its QR leads."""
    title: str | None = None
    """What the sheet's title names besides its family's: «декабрь 2026»."""
    of: Any = None
    """The record or the day that the family's filler wants; None for a sheet that stands alone."""
    picture: bool = True
    """Whether the page /handouts/ shows its first page; a town's hundred sheets of calls are a list of names."""
    printed: str | None = None
    """The address that stands on the sheet, where the page has a short one for print."""


@dataclass(frozen=True)
class Handout:
    """A row of the table: a Typst template, the sheets it is for, and what fills each."""

    fill: Callable[[Wording, Any], dict[str, Any]]
    """Returns what stands on the sheet of a subject; its layout is `templates/handouts/<family>.typ`."""
    subjects: Callable[[Wording], Iterable[Subject]]
    """Returns what there is a sheet of today."""
    paper: Paper = "А4"
    landscape: bool = False
    editions: tuple[Edition, ...] = (PLAIN,)
    narrows: bool = False
    """Whether it is of calls, which can be chosen by topic, applicant and months."""
    searched: bool = False
    """Whether its words stand on no page, so that a search looks into the sheet itself."""
    files: Callable[[Wording], Mapping[str, bytes]] = lambda _: {}
    """Returns what its template may read besides its facts: pictures by their names."""
    internal: bool = False
    """Whether it is for those who keep the site: their own page offers it, and no list of sheets."""
    imposes: str | None = None
    """The sheet whose pages it lays out for folding; such a sheet is for a printer and is not tagged."""


@dataclass(frozen=True)
class Sheet:
    """One sheet as the page /handouts/ lists it."""

    name: str
    family: str
    """Its row of the table, its template and its words."""
    title: str
    description: str
    """What it is good for; empty where the title says it all."""
    paper: Paper
    handout: Handout
    subject: Subject
    edition: Edition
    family_title: str
    """Its title beside its subject, where the subject need not be named: «Афиша»."""
    edition_words: str
    """What the edition is called: «крупным шрифтом»; empty for the plain one."""

    @property
    def orientation(self) -> Literal["portrait", "landscape"]:
        """How the sheet is held."""
        own = self.edition.landscape
        return "landscape" if (self.handout.landscape if own is None else own) else "portrait"

    @property
    def path(self) -> str:
        """Where the PDF stands in the site: `handouts/grants-list.pdf`."""
        return f"handouts/{self.name}.pdf"

    @property
    def picture_path(self) -> str:
        """Where a picture of its first page stands, if there is one: `handouts/grants-list.webp`."""
        return f"handouts/{self.name}.webp"


def pictured(every: Iterable[Sheet]) -> set[str]:
    """Return the names of the sheets whose first pages the page /handouts/ shows.

    Other editions stand beside the first one as links. A region's 800 pictures of calls would take a quarter of the
    time in which its sheets are made.
    """
    sheets = [each for each in every if each.subject.picture and each.edition == each.handout.editions[0]]
    series = Counter(each.family for each in sheets)
    return {each.name for each in sheets if series[each.family] <= MOST_PICTURES}


def titled(family: str, *parts: str | None) -> str:
    """Return a title: «Афиша», «Афиша: Смета и план, А3»."""
    more = ", ".join(filter(None, parts))
    return f"{family}: {more}" if more else family


def alone(name: str, address: str) -> Callable[[Wording], Iterator[Subject]]:
    """Return the subjects of a family of one sheet."""

    def subjects(wording: Wording) -> Iterator[Subject]:
        yield Subject(name, address)

    return subjects

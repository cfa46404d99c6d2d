"""How tables name columns and values, and what the import says: templates/text/import.yml, a site's own over ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from generator.importers.spaces import alike, line
from generator.templating import Templating

FILE = "text/import.yml"


class Place(NamedTuple):
    """Which field a column's heading means."""

    field: str
    rank: int
    """Of two columns with one field, that of the lower rank is believed."""


class Vocabulary:
    """The file of words, and the words for closed lists that visitors read."""

    def __init__(self, templating: Templating) -> None:
        self.templating = templating
        self.words: Mapping[str, Any] = templating.words

    @cached_property
    def texts(self) -> dict[str, Any]:
        """Everything in the file: the shipped one, and over it the site's own."""
        return self.templating.texts(FILE)

    def say(self, name: str, /, **facts: object) -> str:
        """Return one line of the report with its facts."""
        return str(self.texts["report"][name]).format(**facts)

    @cached_property
    def columns(self) -> dict[str, Place]:
        """Where a column of the organisations' sheet belongs, by its heading."""
        return _places(self.words["ngo_columns"], self.texts["columns"])

    @cached_property
    def service_columns(self) -> dict[str, Place]:
        """Where a column of the services' sheet belongs, by its heading."""
        return _places(self.words["service_columns"], self.texts["service_columns"])

    @cached_property
    def forms(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Each legal form with what finds it in a name."""
        return tuple(
            (form, re.compile("|".join(rf"\b{_stem(phrase)}\b" for phrase in phrases)))
            for form, phrases in self.texts["forms"].items()
        )

    @cached_property
    def role(self) -> re.Pattern[str]:
        """What finds a post at the beginning of a cell that names a person too."""
        longest_first = sorted(self.texts["roles"], key=len, reverse=True)
        return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)

    @cached_property
    def nothing(self) -> frozenset[str]:
        """Cells that say nothing."""
        return frozenset(line(word).lower() for word in self.texts["nothing"])

    def code(self, text: str, group: str, others: str = "") -> str | None:
        """Return the word of a closed list that a text means: by its name for visitors, by itself, or otherwise."""
        known: dict[str, str] = {}
        for code, words in self.texts.get(others, {}).items():
            known |= {alike(word): code for word in words}
        known |= {alike(title): code for code, title in self.words[group].items()}
        known |= {code: code for code in self.words[group]}
        return known.get(alike(text))


def heading_key(heading: str) -> str:
    """Return a heading as it is looked up: no signs, no capitals, no ё."""
    return " ".join(re.sub(r"[\W_]+", " ", alike(heading)).split())


def _places(own: Mapping[str, str], others: Mapping[str, Iterable[str]]) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for field, headings in others.items():
        for rank, heading in enumerate(headings, start=1):
            found.setdefault(heading_key(heading), Place(field, rank))
    return found | {heading_key(heading): Place(field, 0) for field, heading in own.items()}


def _stem(phrase: str) -> str:
    """Return what finds a phrase in a text made alike: a star is any ending."""
    return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in alike(phrase).split())

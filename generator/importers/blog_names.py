"""Give posts and pages of a blog their names, titles that differ and ids, and know them by what they came with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, count
from typing import NamedTuple
from urllib.parse import unquote

from generator.importers.cleaning import Cleaned
from generator.importers.exported import Entry
from generator.importers.html_tree import visible
from generator.importers.prose import Block, Note, letters, lines_of
from generator.markdown import ASSETS
from generator.new.desk import slug_of
from generator.records.page import Page
from generator.records.post import Post
from generator.records.record import Record, file_of
from generator.russian import full_day_words
from generator.source import Source

LONGEST_TITLE = 250
FIRST_WORDS = 70
"""Signs of a title made of a text's beginning."""
UNNAMED = "zapis"


class Named(NamedTuple):
    """A post or page with the names that it will have."""

    entry: Entry
    cleaned: Cleaned
    moment: datetime
    """On the library's clock."""
    title: str
    slug: str
    notes: tuple[Note, ...] = ()

    @property
    def kind(self) -> type[Record]:
        """The kind of record that it becomes."""
        return kind_of(self.entry)

    @property
    def path(self) -> str:
        """The record's file."""
        return f"{self.kind.folder}/{self.slug}{self.kind.suffix}"

    @property
    def album(self) -> str:
        """The folder of its pictures."""
        return f"{ASSETS}{self.kind.folder.rpartition('/')[2]}/{self.slug}"

    @property
    def is_draft(self) -> bool:
        """Whether visitors do not see it until an editor has."""
        return self.entry.is_draft or self.entry.is_page


class Names:
    """Titles and ids that records of a kind have, and the files of addresses that any record has or had."""

    def __init__(self, titles: Iterable[str], slugs: Iterable[str], addresses: set[str]) -> None:
        self.titles = {title_key(title) for title in titles}
        self.slugs = set(slugs)
        self.addresses = addresses

    def named(self, entry: Entry, cleaned: Cleaned, moment: datetime) -> Named:
        """Return a post or page with a title and an id of its own."""
        notes = []
        title = title_of(entry)
        if title != " ".join(visible(entry.title).split()):
            notes.append(Note("long_title", entry.title))
        if not letters(title):
            title = _first_words(cleaned.noted.blocks) or _dated("", moment.date())
            notes.append(Note("untitled", title))
        day = moment.date()
        ways = chain(
            (title, f"{title}, {day.year}", _dated(title, day)), (f"{_dated(title, day)} ({n})" for n in count(2))
        )
        free = next(way for way in ways if title_key(way) not in self.titles)
        if free != title:
            notes.append(Note("same_title", free))
        self.titles.add(title_key(free))
        stem = (
            slug_of(title) or slug_of(unquote(entry.path).rstrip("/").rpartition("/")[2].partition(".")[0]) or UNNAMED
        )
        base = stem if entry.is_page else f"{day}-{stem}"
        slug = next(each for each in chain([base], (f"{base}-{n}" for n in count(2))) if self._is_free(entry, each))
        self.slugs.add(slug)
        self.addresses.add(file_of(kind_of(entry).address_of(slug)))
        return Named(entry, cleaned, moment, free, slug, tuple(notes))

    def _is_free(self, entry: Entry, slug: str) -> bool:
        return slug not in self.slugs and file_of(kind_of(entry).address_of(slug)) not in self.addresses


def kind_of(entry: Entry) -> type[Record]:
    """Return the kind of record that an entry of a blog becomes."""
    return Page if entry.is_page else Post


def title_of(entry: Entry) -> str:
    """Return the title of an entry as a record may have it."""
    return cut_short(" ".join(visible(entry.title).split()), LONGEST_TITLE)


def title_key(title: str) -> str:
    """Return a title as the catalog holds it against others."""
    return " ".join(title.lower().replace("ё", "е").split())


def cut_short(text: str, longest: int) -> str:
    """Return a text of whole words, not longer than that."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    whole = head if text[longest - 1] == " " else head.rpartition(" ")[0] or head
    return f"{whole.rstrip(' ,;:—–-.')}…"


class Key(NamedTuple):
    """What an entry is known by when it comes again."""

    mark: str
    """The name under which feeds or readers knew it; empty where it had none."""
    words: tuple[str, ...] = ()
    """What it is known by then: its kind, its title, and a post's day."""


def key_of(entry: Entry, moment: datetime) -> Key:
    """Return what an entry is known by."""
    mark = " ".join((entry.address if entry.is_page else entry.guid or entry.address).split())
    day = () if entry.is_page else (f"{moment:%Y-%m-%d}",)
    return Key(mark) if mark else Key("", (kind_of(entry).kind, title_key(title_of(entry)), *day))


def keys_of(kind: type[Record], source: Source) -> Iterator[Key]:
    """Yield what the entry of a record may be known by."""
    values = source.values
    marks = values.get("guid") if "guid" in kind.model_fields else values.get("source")
    yield from map(Key, listed(marks))
    day = (str(values["date"]),) if "date" in values else ()
    yield Key("", (kind.kind, title_key(str(values.get("title"))), *day))


def listed(value: object) -> list[str]:
    """Return the lines of a field that may hold one or more."""
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] if value else []


def _first_words(blocks: Sequence[Block]) -> str:
    return next((cut_short(line, FIRST_WORDS) for line in lines_of(blocks) if re.search(r"\w", line)), "")


def _dated(title: str, day: date) -> str:
    words = full_day_words(day).replace("\u00a0", " ")
    return f"{title}, {words}" if title else f"Запись от {words}"

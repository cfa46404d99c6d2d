"""Make records of a blog's posts: titles that differ, ids, summaries, and texts in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, count
from typing import Any, NamedTuple
from urllib.parse import unquote

from pydantic import ValidationError

from generator.fields.base import mistakes
from generator.importers.cleaning import Cleaned
from generator.importers.exported import Entry, split_address
from generator.importers.html_tree import visible
from generator.importers.mapping import Meanings
from generator.importers.markdown_writer import said, write_markdown
from generator.importers.pictures import Taken
from generator.importers.prose import Block, Note, Paragraph, letters, lines_of, text_of
from generator.importers.settling import Place, Settler
from generator.markdown import Body
from generator.new.desk import slug_of
from generator.new.writing import Layout, whole_file
from generator.records.post import Post
from generator.russian import full_day_words
from generator.source import LARGEST

LONGEST_SUMMARY = 300
ENOUGH_SUMMARY = 120
"""A first paragraph of fewer signs is told together with the next."""
LONGEST_TITLE = 250
FIRST_WORDS = 70
"""Signs of a title made of a text's beginning."""
LONGEST_SOURCE = 300
UNNAMED = "zapis"


class Named(NamedTuple):
    """A post with the names that it will have."""

    entry: Entry
    cleaned: Cleaned
    moment: datetime
    """On the library's clock."""
    title: str
    slug: str
    notes: tuple[Note, ...] = ()

    @property
    def path(self) -> str:
        """The record's file."""
        return f"{Post.folder}/{self.slug}{Post.suffix}"


class Made(NamedTuple):
    """A record to be written, or why there is none."""

    named: Named
    text: str
    taken: tuple[Taken, ...]
    notes: tuple[Note, ...]
    pictures: int
    refusal: str = ""


class Names:
    """Titles, ids and old addresses that are taken."""

    def __init__(self, titles: Iterable[str], slugs: Iterable[str], addresses: Iterable[str]) -> None:
        self.titles = {title_key(title) for title in titles}
        self.slugs = set(slugs)
        self.addresses = set(addresses)

    def named(self, entry: Entry, cleaned: Cleaned, moment: datetime) -> Named:
        """Return a post with a title and an id of its own."""
        notes = []
        whole = " ".join(visible(entry.title).split())
        title = cut_short(whole, LONGEST_TITLE)
        if title != whole:
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
        base = f"{day}-{stem}"
        slug = next(each for each in chain([base], (f"{base}-{n}" for n in count(2))) if each not in self.slugs)
        self.slugs.add(slug)
        return Named(entry, cleaned, moment, free, slug, tuple(notes))


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


def make(named: Named, place: Place, meanings: Meanings, names: Names) -> Made:
    """Return a post's record, held against the model and read back."""
    entry, blocks = named.entry, named.cleaned.noted.blocks
    settler = Settler(place)
    settled = settler.settled(blocks)
    notes = [*named.notes, *entry.notes, *named.cleaned.noted.notes, *settler.notes]
    body = write_markdown(settled, notes)
    if not named.cleaned.is_whole or letters(said(body)) != letters("".join(lines_of(settled))):
        notes.append(Note("differs"))
    if entry.comments:
        notes.append(Note("comments", str(entry.comments)))
    values = {name: value for name, value in _values(named, meanings, names, notes).items() if value}
    taken = tuple(place.album.taken.values())
    if refusal := _fitted(values, named, notes):
        return Made(named, "", (), tuple(notes), 0, refusal)
    text = whole_file(Post, values, Layout(body=body))
    if len(text.encode()) > LARGEST:
        return Made(named, "", (), tuple(notes), 0, place.words.say("too_large"))
    return Made(named, text, taken, tuple(notes), settler.pictures)


def _values(named: Named, meanings: Meanings, names: Names, notes: list[Note]) -> dict[str, Any]:
    entry = named.entry
    return {
        "title": named.title,
        "date": f"{named.moment:%Y-%m-%d}",
        "time": f"{named.moment:%H:%M}" if entry.moment else "",
        "rubric": meanings.rubric(entry.labels) or meanings.usual,
        "topics": meanings.topics(entry.labels),
        "summary": cut_short(entry.summary or _beginning(named.cleaned.noted.blocks), LONGEST_SUMMARY),
        "source": _source(entry, notes),
        "aliases": list(_aliases(entry, names, notes)),
        "guid": entry.guid or entry.address,
        "draft": "yes" if entry.is_draft else "",
    }


def _source(entry: Entry, notes: list[Note]) -> list[str]:
    address = entry.address
    if len(address) > LONGEST_SOURCE:
        address = unquote(address)
    if len(address) > LONGEST_SOURCE:
        notes.append(Note("long_address", address[:LONGEST_SOURCE]))
        return []
    return [address] if address.startswith(("http://", "https://")) else []


def _aliases(entry: Entry, names: Names, notes: list[Note]) -> Iterator[str]:
    if not entry.path:
        if split_address(entry.address).query and not entry.is_draft:
            notes.append(Note("alias_query", entry.address))
    elif entry.path in names.addresses:
        notes.append(Note("alias_taken", entry.path))
    else:
        names.addresses.add(entry.path)
        yield entry.path


def _fitted(values: dict[str, Any], named: Named, notes: list[Note]) -> str:
    """Take out what the model refuses, and return why the rest makes no record, if it makes none."""
    whole = {"slug": named.slug, "path": named.path, "body": Body()}
    while True:
        try:
            Post.model_validate(values | whole)
        except ValidationError as error:
            wrong = next(mistakes(error, Post))
        else:
            return ""
        field = str(wrong.loc[0])
        if field not in values or field in ("title", "date", "rubric"):
            return f"{field}: {wrong.message}"
        notes.append(Note("alias" if field == "aliases" else "field", f"{field}: {wrong.message}"))
        del values[field]


def _beginning(blocks: Sequence[Block]) -> str:
    """Return the first words of a text: of its first paragraph, and of the next where that one is short."""
    words = ""
    for block in blocks:
        if isinstance(block, Paragraph) and letters(text_of(block.runs)):
            words = f"{words} {text_of(block.runs)}".strip()
            if len(words) >= ENOUGH_SUMMARY:
                break
    return words


def _first_words(blocks: Sequence[Block]) -> str:
    return next((cut_short(line, FIRST_WORDS) for line in lines_of(blocks) if re.search(r"\w", line)), "")


def _dated(title: str, day: date) -> str:
    words = full_day_words(day).replace("\u00a0", " ")
    return f"{title}, {words}" if title else f"Запись от {words}"

"""Make records of a blog's posts and pages: titles that differ, ids, summaries, and texts in Markdown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from pydantic import ValidationError

from generator.catalog.checks import FOLDERS
from generator.fields.base import mistakes
from generator.importers.blog_names import Named, cut_short
from generator.importers.exported import Entry, split_address
from generator.importers.mapping import Meanings
from generator.importers.markdown_writer import said, write_markdown
from generator.importers.pictures import Taken
from generator.importers.prose import Block, Note, Paragraph, letters, lines_of, text_of
from generator.importers.settling import Place, Settler
from generator.markdown import Body
from generator.new.writing import Layout, whole_file
from generator.records.record import file_of
from generator.source import LARGEST

LONGEST_SUMMARY = 300
ENOUGH_SUMMARY = 120
"""A first paragraph of fewer signs is told together with the next."""
LONGEST_SOURCE = 300


class Made(NamedTuple):
    """A record to be written, or why there is none."""

    named: Named
    text: str
    taken: tuple[Taken, ...]
    notes: tuple[Note, ...]
    pictures: int
    refusal: str = ""
    shown: Mapping[str, Taken] = {}
    """Its pictures by their old addresses."""


def make(named: Named, place: Place, meanings: Meanings, addresses: set[str]) -> Made:
    """Return a record, held against the model and read back; its old address joins those that are taken."""
    entry, blocks = named.entry, named.cleaned.noted.blocks
    settler = Settler(place)
    settled = settler.settled(blocks)
    notes = [*named.notes, *entry.notes, *named.cleaned.noted.notes, *settler.notes]
    body = write_markdown(settled, notes)
    if not named.cleaned.is_whole or letters(said(body)) != letters("".join(lines_of(settled))):
        notes.append(Note("differs"))
    if entry.comments:
        notes.append(Note("comments", str(entry.comments)))
    values = {name: value for name, value in _values(named, meanings, addresses, notes).items() if value}
    if refusal := _fitted(values, named, notes):
        return Made(named, "", (), tuple(notes), 0, refusal)
    text = whole_file(named.kind, values, Layout(body=body))
    if len(text.encode()) > LARGEST:
        return Made(named, "", (), tuple(notes), 0, place.words.say("too_large"))
    return Made(named, text, place.album.new, tuple(notes), settler.pictures, shown=place.album.shown)


def _values(named: Named, meanings: Meanings, addresses: set[str], notes: list[Note]) -> dict[str, Any]:
    entry = named.entry
    values = {
        "title": named.title,
        "date": f"{named.moment:%Y-%m-%d}",
        "time": f"{named.moment:%H:%M}" if entry.moment else "",
        "rubric": meanings.rubric(entry.labels) or meanings.usual,
        "topics": meanings.topics(entry.labels),
        "summary": cut_short(entry.summary or _beginning(named.cleaned.noted.blocks), LONGEST_SUMMARY),
        "source": _source(entry, notes),
        "aliases": list(_aliases(named, addresses, notes)),
        "guid": entry.guid or entry.address,
        "draft": "yes" if named.is_draft else "",
    }
    return {field: value for field, value in values.items() if field in named.kind.model_fields}


def _source(entry: Entry, notes: list[Note]) -> list[str]:
    address = entry.address
    if len(address) > LONGEST_SOURCE:
        address = unquote(address)
    if len(address) > LONGEST_SOURCE:
        notes.append(Note("long_address", address[:LONGEST_SOURCE]))
        return []
    return [address] if address.startswith(("http://", "https://")) else []


def _aliases(named: Named, addresses: set[str], notes: list[Note]) -> Iterator[str]:
    """Yield the address of old as the site's files have it: its letters themselves, not their figures."""
    entry = named.entry
    path = unicodedata.normalize("NFC", unquote(entry.path))
    file = file_of(path)
    if not path:
        if split_address(entry.address).query and not entry.is_draft:
            notes.append(Note("alias_query", entry.address))
    elif file == file_of(named.kind.address_of(named.slug)):
        return
    elif file in addresses or file.startswith(FOLDERS):
        notes.append(Note("alias_taken", path))
    else:
        addresses.add(file)
        yield path


def _fitted(values: dict[str, Any], named: Named, notes: list[Note]) -> str:
    """Take out what the model refuses, and return why the rest makes no record, if it makes none."""
    whole = {"slug": named.slug, "path": named.path, "body": Body()}
    while True:
        try:
            named.kind.model_validate(values | whole)
        except ValidationError as error:
            wrong = next(mistakes(error, named.kind))
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

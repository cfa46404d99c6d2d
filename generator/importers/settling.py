"""Give what a post shows its new place: pictures, players, links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote

from generator.importers.blog_words import BlogWords
from generator.importers.old_site import FILES, OldSite
from generator.importers.pictures import Album, relative
from generator.importers.prose import (
    Block,
    Embed,
    Heading,
    Listing,
    Note,
    Paragraph,
    Picture,
    Quote,
    Run,
    Runs,
    Shown,
    text_of,
    with_runs,
)

LONGEST_ADDRESS = 500
"""Signs of a link's address; what is longer is a picture put into the text, or worse."""


class Place(NamedTuple):
    """What a post is settled with."""

    title: str
    folder: str
    """Where the record lies: links of its text begin there."""
    album: Album
    site: OldSite
    words: BlogWords


class Settler:
    """Settles the blocks of one post, and notes what has no place."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.notes: list[Note] = []
        self.pictures = 0

    def settled(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """Return blocks that the writer knows, every link of them right."""
        led = with_runs(blocks, partial(self._led))
        return tuple(each for block in led for each in self._settled(block))

    def _led(self, runs: Runs) -> Runs:
        return self.place.site.led(runs, self.place.folder, self.notes, self._file)

    def _file(self, address: str) -> str:
        return self.place.album.file(address) if FILES.search(address.partition("?")[0]) else ""

    def _settled(self, block: Block) -> Iterator[Block]:
        match block:
            case Picture():
                yield from self._picture(block)
            case Embed(kind, address):
                yield from self._link(kind, address, address)
            case Listing(items):
                yield replace(block, items=tuple(self._inner(item) for item in items))
            case Quote(inner):
                yield Quote(self._inner(inner))
            case Heading(_, runs) if not text_of(runs).strip():
                return
            case _:
                yield block

    def _inner(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        return tuple(each for block in blocks for each in self._settled(block))

    def _picture(self, picture: Picture) -> Iterator[Block]:
        caption = " ".join(text_of(picture.caption).split())
        path = self.place.album.picture(picture.addresses, self.notes)
        if path is None:
            yield from self._missing(picture)
            if caption:
                yield Paragraph(tuple(run._replace(marks=run.marks | {"italic"}) for run in picture.caption))
        else:
            self.pictures += 1
            alt = picture.alt or caption
            if not any(sign.isalnum() for sign in alt):
                alt = self.place.words.say("alt", title=self.place.title)
                self.notes.append(Note("alt", path.rpartition("/")[2]))
            has_links = any(run.href for run in picture.caption)
            href = self.place.site.target(picture.href, self.place.folder, self.notes)
            yield Shown(relative(path), alt, "" if has_links else caption, href)
            if has_links:
                yield Paragraph(picture.caption)

    def _missing(self, picture: Picture) -> Iterator[Block]:
        address = picture.addresses[0]
        if address.startswith("data:"):
            self.notes.append(Note("missing", self.place.words.say("within")))
            return
        self.notes.append(Note("missing", address))
        name = unquote(address.rpartition("/")[2]).replace("+", " ")
        yield from self._link("picture", address, picture.alt or name)

    def _link(self, kind: str, address: str, words: str) -> Iterator[Block]:
        """Yield a paragraph that leads to what cannot stand here itself."""
        target = (
            self.place.site.target(address, self.place.folder, self.notes) if len(address) <= LONGEST_ADDRESS else ""
        )
        if target:
            yield Paragraph((Run(f"{self.place.words.say(f'lead_{kind}')} "), Run(words, href=target)))

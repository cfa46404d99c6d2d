"""Records that an earlier import made: what pictures found since, or other meanings of labels, change in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from generator.importers.blog_names import Named, listed
from generator.importers.blog_records import Made, make
from generator.importers.blog_words import BlogWords
from generator.importers.cleaning import Cleaned
from generator.importers.exported import Entry, moment_of
from generator.importers.mapping import Meanings
from generator.importers.old_site import OldSite
from generator.importers.pictures import Album, Folder, Taken, relative
from generator.importers.prose import Note
from generator.importers.settling import Place
from generator.records.record import file_of
from generator.source import Source


class Known(NamedTuple):
    """A post or page that is there already."""

    entry: Entry
    source: Source
    is_public: bool


class Grown(NamedTuple):
    """A record that is there already, and for which there is more now."""

    path: str
    title: str
    was: bytes
    becomes: bytes
    """The same as it was where somebody has touched the file: then only that person can change it."""
    taken: tuple[Taken, ...]
    notes: tuple[Note, ...]

    @property
    def is_kept(self) -> bool:
        """Whether the file stays as it is."""
        return self.was == self.becomes


class Bench(NamedTuple):
    """What records are made with."""

    project: Path
    folder: Folder
    site: OldSite
    meanings: Meanings
    words: BlogWords
    addresses: set[str]
    """The files of addresses that are taken."""

    def without(self, own: set[str]) -> Bench:
        """Return the same for a record that has some of the taken addresses itself."""
        return self._replace(addresses=self.addresses - own)

    def made(self, named: Named, *, only_held: bool = False) -> Made:
        """Return the record of a post; `only_held` is as it was before its other pictures were found."""
        album = Album(self.folder, self.project / named.album, named.album, only_held=only_held)
        place = Place(named.title, named.kind.folder, album, self.site, self.words)
        return make(named, place, self.meanings, self.addresses)


def grown(known: Known, cleaned: Cleaned, moment: datetime, bench: Bench, guess: Bench | None) -> Grown | None:
    """Return what there is more for a record, or None; `guess` makes records as they were before a person's mapping."""
    entry, values = known.entry, known.source.values
    is_sorted = guess is None or entry.is_page or _sorting(entry, bench.meanings) == _sorting_of(known.source)
    if is_sorted and not bench.folder.has_files:
        return None
    if entry.moment is None:
        # A draft without a day has that of the import which brought it.
        moment = moment_of(f"{values.get('date')}T{moment:%H:%M%z}") or moment
    named = Named(entry, cleaned, moment, str(values.get("title")), known.source.slug)
    own = {file_of(address) for address in listed(values.get("aliases"))}
    later = bench.without(own).made(named)
    if later.refusal or (is_sorted and not later.taken):
        return None
    was = (bench.project / named.path).read_bytes()
    former = (each.without(own).made(named, only_held=True).text for each in (bench, guess) if each)
    if not any(was == text.encode() for text in former):
        sorting = () if is_sorted else (Note("sorting_by_hand", ", ".join(_sorting(entry, bench.meanings))),)
        notes = (*sorting, *_by_hand(later, was.decode(), bench))
        return Grown(named.path, named.title, was, was, (), notes) if notes else None
    notes = () if is_sorted else (Note("sorted"),)
    notes += (Note("pictures_added", str(len(later.taken))),) if later.taken else ()
    notes += tuple(note for note in later.notes if note.name == "missing") if bench.folder.has_files else ()
    return Grown(named.path, named.title, was, later.text.encode(), later.taken, notes)


def _sorting(entry: Entry, meanings: Meanings) -> tuple[str, ...]:
    """Return the rubric and the topics that labels mean."""
    return (meanings.rubric(entry.labels) or meanings.usual, *meanings.topics(entry.labels))


def _sorting_of(source: Source) -> tuple[str, ...]:
    return (str(source.values.get("rubric")), *listed(source.values.get("topics")))


def _by_hand(later: Made, text: str, bench: Bench) -> Iterator[Note]:
    """Yield what an editor may do for each picture found since."""
    lines = text.split("\n")
    for address, taken in later.shown.items():
        if taken not in later.taken or address.startswith("data:"):
            continue
        file = bench.folder.find(address)
        line = next((number for number, line in enumerate(lines, 1) if address in line), 0)
        facts = {"file": file, "path": taken.path, "picture": relative(taken.path), "address": address, "line": line}
        yield Note("by_hand", bench.words.say("by_hand" if line else "by_hand_anywhere", **facts))

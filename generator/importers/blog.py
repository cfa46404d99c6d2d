"""Bring a blog over into records: read, plan, tell, write, check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple, TextIO

from generator.catalog import Catalog, Examined
from generator.catalog.checks import FILES
from generator.catalog.loading import VIEWS
from generator.fields.moment import zone_info
from generator.importers.blog_again import Bench, Grown, Known, grown
from generator.importers.blog_calls import Call, calls_of
from generator.importers.blog_names import Key, Named, Names, key_of, keys_of, kind_of, listed
from generator.importers.blog_records import Made
from generator.importers.blog_report import Told, blog_report
from generator.importers.blog_words import BlogWords
from generator.importers.blogger import blogger_export
from generator.importers.carrying import Carried, carry_out
from generator.importers.cleaning import Cleaned, clean
from generator.importers.exported import Entry, Export
from generator.importers.mapping import FILE, Meanings, counted_labels, guessed, mapping_file, read_meanings
from generator.importers.old_site import OldSite
from generator.importers.pictures import Folder
from generator.importers.progress import watched
from generator.importers.wordpress import wordpress_export
from generator.problems import Problem
from generator.records import KINDS
from generator.records.page import Page
from generator.records.post import NOON, Post
from generator.records.record import Record, file_of
from generator.settings import Settings, load_settings
from generator.source import Source, read
from generator.templating import Templating


class UnfitExportError(Exception):
    """There is no such file or folder."""


class BlogOrder(NamedTuple):
    """What to bring, and how."""

    form: str
    """`blogger` or `wordpress`."""
    file: Path
    pictures: Path | None = None
    """The folder that the blog's pictures were saved to."""
    mapping: Path | None = None
    """Which rubric and topics its labels mean; usually import-mapping.yml in the project."""
    with_calls: bool = False
    """Whether to draft calls of posts that announce a competition."""
    only_shown: bool = False
    """Whether to tell what would be done, and do nothing."""


def bring_blog(project: Path, today: date, order: BlogOrder, out: TextIO) -> tuple[Problem, ...]:
    """Carry a blog over into news and tell of it; return what the check finds that it did not find before."""
    _check_order(order)
    settings = load_settings(project)
    words = BlogWords(Templating(project, settings, today))
    zone = zone_info(settings.extra.time_zone)

    def planned(before: Examined) -> Carried:
        export = blogger_export(order.file) if order.form == "blogger" else wordpress_export(order.file, zone)
        work = _Work(project, settings, today, words, before.catalog)
        told, files = work.told(export, order, order.mapping or project / FILE)
        was = {each.path: each.was for each in told.grown if not each.is_kept}
        return Carried(blog_report(told, words), files, was, words.say, order.only_shown)

    return carry_out(project, today, out, planned)


def _check_order(order: BlogOrder) -> None:
    if not order.file.is_file():
        raise UnfitExportError(f"нет файла {order.file}")
    if order.pictures and not order.pictures.is_dir():
        raise UnfitExportError(f"нет папки {order.pictures}")
    if order.mapping and not order.mapping.parent.is_dir():
        raise UnfitExportError(f"нет папки {order.mapping.parent}")


class _Work:
    """One import: the project as it is, and what is made for it."""

    def __init__(self, project: Path, settings: Settings, today: date, words: BlogWords, catalog: Catalog) -> None:
        self.project = project
        self.settings = settings
        self.today = today
        self.words = words
        self.catalog = catalog
        self._apart: dict[Entry, Cleaned] = {}
        self.sources: dict[type[Record], list[Source]] = {
            kind: [read(path, project)[0] for path in sorted((project / kind.folder).glob(f"*{kind.suffix}"))]
            for kind in (Post, Page)
        }

    def told(self, export: Export, order: BlogOrder, mapping: Path) -> tuple[Told, dict[str, bytes]]:
        """Return what the report is about, and the files to write."""
        counts = counted_labels(export.entries)
        topics = {slug: topic.title for slug, topic in self.catalog.topics.items()}
        is_guess = not mapping.exists()
        guess = guessed(counts, topics, self.words)
        meanings = guess if is_guess else read_meanings(mapping, topics)
        addresses = self._addresses()
        known, named, twice = self._sorted(export.entries, addresses)
        folder = Folder(order.pictures)
        bench, as_guessed = (
            Bench(self.project, folder, self._site(export, known, named, each), each, self.words, addresses)
            for each in (meanings, guess)
        )
        again = (
            grown(each, self._cleaned(each.entry), self._moment(each.entry), bench, None if is_guess else as_guessed)
            for each in watched(known, partial(self.words.say, "held"))
        )
        more = tuple(each for each in again if each)
        made = [bench.made(each) for each in watched(named, partial(self.words.say, "making"))]
        posts = [entry for entry in export.entries if not entry.is_page]
        calls = calls_of(self.project, (posts, self._cleaned), self.catalog, (self.settings, self.today, self.words))
        files = dict(_files(made, more, calls if order.with_calls else ()))
        if is_guess:
            text = mapping_file(meanings, counts, self.words, topics)
            files[str(mapping.resolve())] = text.encode()
        aimless = {label: counts[label] for label in meanings.aimless(counts)}
        offered = (is_guess, str(mapping), order.with_calls)
        return Told(order.file.name, export, tuple(made), known, more, twice, aimless, tuple(calls), offered), files

    def _addresses(self) -> set[str]:
        """Return the files of the site's own pages, of records that stand among them, and of addresses of old."""
        fixed = {
            *VIEWS,
            *(kind.section for kind in KINDS.values()),
            *(f"/topics/{each}/" for each in self.catalog.topics),
            *(Page.address_of(source.slug) for source in self.sources[Page]),
        }
        sources = (source for each in self.sources.values() for source in each)
        taken = {address for source in sources for address in listed(source.values.get("aliases"))}
        return {*FILES, *map(file_of, fixed | taken)}

    def _sorted(
        self, entries: Iterable[Entry], addresses: set[str]
    ) -> tuple[tuple[Known, ...], list[Named], tuple[Entry, ...]]:
        """Part entries into those that are there already, new ones with their names, and those told twice."""
        names = {
            kind: Names((str(each.values.get("title")) for each in held), (each.slug for each in held), addresses)
            for kind, held in self.sources.items()
        }
        places = {key: each for kind, held in self.sources.items() for each in held for key in keys_of(kind, each)}
        known: list[Known] = []
        named: list[Named] = []
        twice: list[Entry] = []
        seen: set[Key] = set()
        for entry in watched(
            sorted(entries, key=lambda each: (self._moment(each), each.guid, each.title)),
            partial(self.words.say, "taking_apart"),
        ):
            moment = self._moment(entry)
            key = key_of(entry, moment)
            if key in places:
                known.append(Known(entry, places[key], _is_out(places[key], self.today)))
            elif key in seen and not key.words:
                twice.append(entry)
            else:
                named.append(names[kind_of(entry)].named(entry, self._cleaned(entry), moment))
            seen.add(key)
        return tuple(known), named, tuple(twice)

    def _cleaned(self, entry: Entry) -> Cleaned:
        """Return a post taken apart, which is done once."""
        if entry not in self._apart:
            self._apart[entry] = clean(entry.html)
        return self._apart[entry]

    def _moment(self, entry: Entry) -> datetime:
        """Return when a post came out on the library's clock; a draft without a day has today's."""
        zone = zone_info(self.settings.extra.time_zone)
        return entry.moment.astimezone(zone) if entry.moment else datetime.combine(self.today, NOON, zone)

    def _site(self, export: Export, known: Sequence[Known], named: Sequence[Named], meanings: Meanings) -> OldSite:
        topics = {label: target.topics[0] for label, target in meanings.targets.items() if target.topics}
        site = OldSite(export.address, [entry.address for entry in export.entries], topics)
        for each in known:
            if each.is_public:
                site.add(each.source.path, (each.entry.path, *each.entry.others))
        for new in named:
            if not new.is_draft and new.moment.date() <= self.today:
                site.add(new.path, (new.entry.path, *new.entry.others))
        return site


def _files(made: Iterable[Made], more: Iterable[Grown], calls: Iterable[Call]) -> Iterator[tuple[str, bytes]]:
    texts = [(each.named.path, each.text.encode(), each.taken) for each in made if not each.refusal]
    texts += [(each.path, each.becomes, each.taken) for each in more if not each.is_kept]
    for path, text, taken in texts:
        yield path, text
        yield from taken
    yield from ((call.offered.path, call.offered.text.encode()) for call in calls if call.offered.text)


def _is_out(source: Source, today: date) -> bool:
    return source.values.get("draft") != "yes" and str(source.values.get("date")) <= today.isoformat()

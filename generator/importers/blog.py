"""Bring a blog over into records: read, plan, tell, write, check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from generator.catalog import Catalog, examine
from generator.catalog.checks import FILES
from generator.catalog.loading import VIEWS
from generator.fields.moment import zone_info
from generator.importers.blog_calls import Call, calls_of
from generator.importers.blog_records import Made, Named, Names, make, title_key
from generator.importers.blog_report import Known, Told, blog_report
from generator.importers.blog_words import BlogWords
from generator.importers.blogger import blogger_export
from generator.importers.cleaning import Cleaned, clean
from generator.importers.exported import Entry, Export
from generator.importers.mapping import FILE, Meanings, counted_labels, guessed, mapping_file, read_meanings
from generator.importers.old_site import OldSite
from generator.importers.pictures import Album, Folder
from generator.importers.settling import Place
from generator.importers.wordpress import wordpress_export
from generator.importers.writing import write
from generator.problems import Problem
from generator.records import KINDS
from generator.records.post import NOON, Post
from generator.records.record import file_of
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
    before = examine(project, today)
    zone = zone_info(settings.extra.time_zone)
    export = blogger_export(order.file) if order.form == "blogger" else wordpress_export(order.file, zone)
    work = _Work(project, settings, today, words, before.catalog)
    mapping = order.mapping or project / FILE
    told, files = work.told(export, order, mapping)
    out.writelines(f"{each}\n" for each in blog_report(told, words))
    if order.only_shown or not files:
        out.write(f"\n{words.say('shown' if order.only_shown else 'nothing')}\n")
        return ()
    write(project, files, {})
    out.write(f"\n{words.say('written', count=len(files))}\n")
    known = {(problem.path, problem.field, problem.message) for problem in before.problems}
    after = examine(project, today).problems
    found = tuple(each for each in after if (each.path, each.field, each.message) not in known)
    if found:
        out.write(f"{words.say('wrong_now')}\n")
    out.flush()
    return found


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
        self.sources = [read(path, project)[0] for path in sorted((project / Post.folder).glob(f"*{Post.suffix}"))]

    def told(self, export: Export, order: BlogOrder, mapping: Path) -> tuple[Told, dict[str, bytes]]:
        """Return what the report is about, and the files to write."""
        counts = counted_labels(export.entries)
        topics = {slug: topic.title for slug, topic in self.catalog.topics.items()}
        is_guess = not mapping.exists()
        meanings = guessed(counts, topics, self.words) if is_guess else read_meanings(mapping, topics)
        names = self._names()
        known, named, twice = self._sorted(export.entries, names)
        site = self._site(export, known, named, meanings)
        folder = Folder(order.pictures)
        made = [
            self._made(each, Place(each.title, Album(folder, each.slug), site, self.words), meanings, names)
            for each in named
        ]
        calls = calls_of(
            self.project, (export.entries, self._cleaned), self.catalog, (self.settings, self.today, self.words)
        )
        files = dict(_files(made, calls if order.with_calls else ()))
        if is_guess:
            text = mapping_file(meanings, counts, self.words, topics)
            files[str(mapping.resolve())] = text.encode()
        aimless = {label: counts[label] for label in meanings.aimless(counts)}
        offered = (is_guess, str(mapping), order.with_calls)
        return Told(order.file.name, export, tuple(made), known, twice, aimless, tuple(calls), offered), files

    def _names(self) -> Names:
        fixed = {
            *VIEWS,
            *(kind.section for kind in KINDS.values()),
            *(f"/topics/{each}/" for each in self.catalog.topics),
        }
        taken = {address for source in self.sources for address in _listed(source.values.get("aliases"))}
        titles = [str(source.values.get("title")) for source in self.sources]
        files = {f"/{name}" for name in FILES} | {f"/{file_of(each)}" for each in fixed}
        return Names(titles, (source.slug for source in self.sources), fixed | taken | files)

    def _sorted(
        self, entries: Iterable[Entry], names: Names
    ) -> tuple[tuple[Known, ...], list[Named], tuple[Entry, ...]]:
        """Part posts into those that are there already, new ones with their names, and those told twice."""
        guids = {str(source.values["guid"]): source for source in self.sources if source.values.get("guid")}
        titled = {
            (title_key(str(each.values.get("title"))), str(each.values.get("date"))): each for each in self.sources
        }
        known: list[Known] = []
        named: list[Named] = []
        twice: list[Entry] = []
        seen: set[str] = set()
        for entry in sorted(entries, key=lambda each: (self._moment(each), each.guid, each.title)):
            guid = " ".join((entry.guid or entry.address).split())
            moment = self._moment(entry)
            same = guids.get(guid) if guid else titled.get((title_key(entry.title), f"{moment:%Y-%m-%d}"))
            if same:
                known.append(Known(entry, same.path, _is_out(same, self.today)))
            elif guid and guid in seen:
                twice.append(entry)
            else:
                named.append(names.named(entry, self._cleaned(entry), moment))
            seen.add(guid)
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
                site.add(each.path, (each.entry.path, *each.entry.others))
        for new in named:
            if not new.entry.is_draft and new.moment.date() <= self.today:
                site.add(new.path, (new.entry.path, *new.entry.others))
        return site

    def _made(self, named: Named, place: Place, meanings: Meanings, names: Names) -> Made:
        return make(named, place, meanings, names)


def _files(made: Iterable[Made], calls: Iterable[Call]) -> Iterator[tuple[str, bytes]]:
    for each in made:
        if not each.refusal:
            yield each.named.path, each.text.encode()
            yield from ((taken.path, taken.content) for taken in each.taken)
    yield from ((call.offered.path, call.offered.text.encode()) for call in calls if call.offered.text)


def _is_out(source: Source, today: date) -> bool:
    return source.values.get("draft") != "yes" and str(source.values.get("date")) <= today.isoformat()


def _listed(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] if value else []

"""What is wrong with the content as a whole: names that lead nowhere, and what no two records may share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from generator.fields.base import nearest
from generator.markdown import line_of_link
from generator.problems import Problem
from generator.records import KINDS
from generator.records.record import Record, Whole, file_of
from generator.source import Loc, Source, read

TOPICS = "content/topics.yml"
REGISTRY = "content/registry.yml"
ASSETS = "content/assets"
FILES = (
    *("404.html", "_headers", "atom.xml", "calendar.ics", "feed.json", "feed.xml", "llms.txt"),
    *("manifest.webmanifest", "robots.txt", "sitemap.xml"),
)
"""Files of the site itself that stand at its root."""
FOLDERS = (
    *("admin/", "assets/", "calendar/", "calendars/", "data/", "editors/"),
    *("feeds/", "handouts/", "news/archive/", "news/page/", "news/rubric/", "results/", "search/"),
)
"""Folders of the site itself: no old address may replace a file in them, nor one of FILES."""
ICON, PICTURE = "favicon.ico", "picture.png"
"""What is drawn: for the site, and for any page, beside it."""


class Named(NamedTuple):
    """A person's name in a record, and whether the person agreed to be named there."""

    name: str
    agreed: bool
    path: str
    loc: Loc


class Read(NamedTuple):
    """A record, and where it was read from."""

    record: Record
    project: Path
    people: tuple[Named, ...] = ()
    """Everybody whom the file names."""
    unwritten: Source | None = None
    """The source of a record that has no file yet."""

    @property
    def source(self) -> Source:
        """The file as read, which knows its lines: read again, as few ask and ten thousand would fill the memory."""
        return self.unwritten or read(self.project / self.record.path, self.project).source

    def problem(self, loc: Loc, message: str) -> Problem:
        """Return a problem placed at a field."""
        return self.source.problem(loc, message)


def stray_folders(project: Path) -> Iterator[Problem]:
    """Find folders and files in content/ that no kind reads: nothing is skipped in silence."""
    known = {kind.folder for kind in KINDS.values()} | {ASSETS, TOPICS, REGISTRY}
    content = project / "content"
    for path in sorted(content.iterdir()) if content.is_dir() else ():
        relative = path.relative_to(project).as_posix()
        if path.name.startswith(".") or relative in known:
            continue
        what = "такой папки" if path.is_dir() else "такого файла"
        yield Problem(relative, 1, "", f"{what} сайт не знает{nearest(relative, known)}")


def broken_references(
    found: Iterable[Read], written: Mapping[str, Collection[str]], hidden: frozenset[str]
) -> Iterator[Problem]:
    """Find names of records that do not exist, and links to records that visitors cannot see."""
    for each in found:
        record = each.record
        for loc, kind, slug in record.references():
            if slug not in written[kind]:
                known = written[kind]
                if kind == "asset":
                    yield each.problem(loc, f"нет файла {slug}{nearest(slug, known)}")
                    continue
                where = TOPICS if kind == "topic" else f"{KINDS[kind].folder}/"
                yield each.problem(loc, f"в {where} нет записи «{slug}»{nearest(slug, known)}")
        if record.path in hidden:
            continue
        for number, target in record.body.links:
            if target in hidden:
                line = line_of_link(record.body.written, number)
                yield Problem(record.path, each.source.text_line + line, "", f"ссылка ведёт на черновик: {target}")


def disagreeing(found: Iterable[Read], whole: Whole) -> Iterator[Problem]:
    """Find what records say that other records, or the day, make impossible."""
    for each in found:
        for field, message in each.record.mistakes_among(whole):
            yield each.problem((field,), message)


def duplicates(found: Iterable[Read]) -> Iterator[Problem]:
    """Find titles, register numbers and addresses that two records share."""
    seen: dict[tuple[str, str], Read] = {}
    for each in found:
        for field_, value, known_by in _unique(each.record):
            first = seen.setdefault(known_by, each)
            if first is not each:
                yield each.problem((field_,), f"то же значение уже есть в {first.record.path}: «{value}»")


def _unique(record: Record) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Yield what no two records may share: the field, its value, and what is the same of two values alike."""
    title = " ".join(record.title.lower().replace("ё", "е").split())
    yield "title", title, (record.kind, title)
    for field_, value in record.unique_fields():
        yield field_, value, (field_, value)
    for alias in record.aliases:
        # With and without a slash at its end, it is one page.
        yield "aliases", alias, ("address", file_of(alias))


def taken_addresses(found: Iterable[Read], fixed: Collection[str]) -> Iterator[Problem]:
    """Find records, and their old addresses, that would stand where another page or file of the site does."""
    records = list(found)
    taken = {file_of(address) for address in fixed} | {*FILES}
    for each in records:
        record = each.record
        if file_of(record.address) in taken and not record.shares_page:
            message = f"по адресу {record.address} стоит страница самого сайта; назовите файл иначе"
            yield Problem(record.path, 1, "", message)
    for each in records:
        record = each.record
        own = (record.address, f"{record.address}{record.calendar_file}", *record.short_addresses())
        taken.update(map(file_of, own))
    old = {file_of(alias) for each in records for alias in each.record.aliases}
    for each in records:
        for index, alias in enumerate(each.record.aliases):
            path = file_of(alias)
            if path in taken or _is_of_the_site(path) or not old.isdisjoint(_folders(path)):
                yield each.problem(("aliases", index), f"по адресу {alias} на сайте стоит другая страница")


def _folders(path: str) -> Iterator[str]:
    """Yield the folders in which a file stands."""
    return accumulate(path.split("/")[:-1], lambda folder, name: f"{folder}/{name}")


def _is_of_the_site(path: str) -> bool:
    """Whether a file of the site may stand at a path, or would have to be a folder for it."""
    return path.startswith(FOLDERS) or path.partition("/")[0] in FILES or path.rpartition("/")[2] in (ICON, PICTURE)


def centres(paths: Collection[str]) -> Iterator[Problem]:
    """Find a second description of the centre: hours and contacts come from one place."""
    first, *others = [*paths, ""]
    for path in others[:-1]:
        yield Problem(path, 1, "", f"центр описан дважды; первая запись — {first}")

"""Draft calls of the posts of a blog that announce a competition, those left aside that are there already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.catalog import Catalog
from generator.fields.moment import zone_info
from generator.importers.blog_words import BlogWords
from generator.importers.calls import Announced, Offered, Shelf, offered, passport_of
from generator.importers.cleaning import Cleaned
from generator.importers.exported import Entry
from generator.importers.spaces import alike
from generator.records.funder import Funder
from generator.records.grant import Grant
from generator.settings import Settings
from generator.source import read


class Call(NamedTuple):
    """A post that announces a competition, and the call drafted of it."""

    entry: Entry
    offered: Offered


def calls_of(
    project: Path,
    posts: tuple[Sequence[Entry], Callable[[Entry], Cleaned]],
    catalog: Catalog,
    around: tuple[Settings, date, BlogWords],
) -> list[Call]:
    """Return what can be drafted of a blog's posts; `posts` says how one is taken apart."""
    entries, taken_apart = posts
    settings, today, words = around
    shelf = _shelf(project, catalog, settings.extra.time_zone, today)
    found: list[Call] = []
    taken: set[str] = set()
    for entry in entries:
        passport = passport_of(taken_apart(entry).noted.blocks, words)
        if passport is None or not entry.title.strip():
            continue
        zone = zone_info(settings.extra.time_zone)
        posted = entry.moment.astimezone(zone).date() if entry.moment else today
        call = offered(Announced(entry.title, entry.address, posted, passport), shelf, words)
        if call.path and (call.path in taken or (project / call.path).exists()):
            call = call._replace(text="", refusal=words.say("call_there"))
        taken.add(call.path)
        found.append(Call(entry, call))
    return found


def _shelf(project: Path, catalog: Catalog, zone: str, today: date) -> Shelf:
    names = {alike(funder.title): funder.slug for funder in catalog.of("funder")}
    names |= {
        alike(funder.legal_name): funder.slug
        for funder in catalog.of("funder")
        if isinstance(funder, Funder) and funder.legal_name
    }
    return Shelf(names, frozenset(_titles(project)), zone, today)


def _titles(project: Path) -> Iterable[str]:
    for path in sorted((project / Grant.folder).glob(f"*{Grant.suffix}")):
        yield alike(str(read(path, project)[0].values.get("title", "")))

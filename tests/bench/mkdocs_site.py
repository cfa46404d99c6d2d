"""Write the same records as generated Markdown for MkDocs with Material, its blog plugin and an RSS plugin.

What an ordinary user would do: fields as tables, lists and months as pages of links, posts left to the blog plugin.
Feeds by topic, calendars to subscribe to and open data have no plugin and are left out.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.bench.hugo_site import LABELS, SECTIONS
from tests.bench.project import REFERENCE
from tests.bench.records import TODAY, Corpus, Grant, Meetup, Moment, Post, Record, filled
from tests.bench.yaml_text import yaml_text

SETTINGS = Path(__file__).parent / "mkdocs/mkdocs.yml"
NAMED = {"grants": "grants", "ngos": "ngos", "meetups": "meetups", "notes": "methodology", "documents": "documents"}
"""Fields that name records, and the folders of those; a call's `funder` and a meetup's participants are told apart."""


def write_mkdocs(corpus: Corpus, folder: Path) -> None:
    """Write a site that `mkdocs build` builds as it stands."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    shutil.copy(SETTINGS, folder)
    site = _Site(corpus)
    for name, records in corpus.folders().items():
        place = docs / ("news/posts" if name == "news" else name)
        for record in records:
            _write(
                place / f"{'index' if name == 'centre' else record.slug}.md", _front(record), site.body(name, record)
            )
    for name, title in SECTIONS.items():
        if name not in ("centre", "subscribe"):
            _write(docs / name / "index.md", {"title": title}, site.index(name))
    for slug, topic in corpus.topics.items():
        _write(docs / "topics" / f"{slug}.md", {"title": topic["title"]}, site.topic(slug))
    for month, table in site.months():
        _write(docs / "calendar" / f"{month}.md", {"title": f"Календарь сроков: {month}"}, table)
    newest = "\n".join(site.link(record, "news", "") for record in corpus.news[:5])
    _write(
        docs / "index.md", {"title": "Проект+"}, f"## Новости\n\n{newest}\n\n## Конкурсы\n\n{site.index('grants', '')}"
    )
    _write(docs / "subscribe.md", {"title": "Подписка"}, "[Новости](feed_rss_created.xml)")


def _write(path: Path, front: dict[str, Any], body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{yaml_text(front)}---\n\n# {front['title']}\n\n{body}\n", encoding="utf-8")


def _front(record: Record) -> dict[str, Any]:
    front: dict[str, Any] = {"title": record.title, "description": record.summary}
    if isinstance(record, Post):
        front |= {"date": record.date, "slug": record.slug}
    return front


def _moment(moment: Moment) -> str:
    if moment.date is None:
        return {"rolling": "постоянно", "unknown": "дата ещё не названа"}[moment.precision]
    if moment.precision == "forecast":
        return moment.words
    day = f"{moment.date:%m.%Y}" if moment.precision == "month" else f"{moment.date:%d.%m.%Y}"
    old = "".join(f", было {moved.date:%d.%m.%Y}" for moved in moment.was)
    return f"{day} {moment.time} {moment.zone}".strip() + old


class _Site:
    """The pages' Markdown; knows who names whom."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.folders = corpus.folders()
        self.found = {(name, record.slug): record for name, records in self.folders.items() for record in records}
        self.naming: dict[tuple[str, str], list[tuple[str, Record]]] = defaultdict(list)
        for name, records in self.folders.items():
            for record in records:
                for named in self._named(record):
                    self.naming[named].append((name, record))

    def _named(self, record: Record) -> Iterator[tuple[str, str]]:
        for field, folder in NAMED.items():
            yield from ((folder, slug) for slug in getattr(record, field, ()))
        if isinstance(record, Grant):
            yield "funders", record.funder
        if isinstance(record, Meetup):
            yield from (("ngos", entry["ngo"]) for entry in record.participants)

    def link(self, record: Record, folder: str, up: str = "../") -> str:
        """Return a list's line that leads to a record."""
        place = "news/posts" if folder == "news" else folder
        return f"- [{record.title}]({up}{place}/{record.slug}.md)"

    def body(self, folder: str, record: Record) -> str:
        """Return a record's page: its summary, fields, text, and what it names or is named by."""
        up = "../../" if folder == "news" else "../"
        text = REFERENCE.sub(rf"({up}\1/\2.md)", record.body)
        if folder == "news":
            # Blog posts open with what stands before the mark in lists.
            parts = [record.summary, "<!-- more -->", text]
        else:
            parts = [record.summary, _table(filled(record, _moment)), text]
        if isinstance(record, Grant):
            parts += [f"## {round_.title}\n\n{_dates(filled(round_, _moment))}" for round_ in record.rounds]
        named = [(name, self.found[name, slug]) for name, slug in self._named(record)]
        links = [self.link(other, name, up) for name, other in (*named, *self.naming[folder, record.slug])]
        links += [f"- [{self.corpus.topics[topic]['title']}]({up}topics/{topic}.md)" for topic in record.topics]
        return "\n\n".join([*parts, "## На сайте", "\n".join(links)])

    def index(self, folder: str, up: str = "../") -> str:
        """Return the page of a kind's list."""
        if folder == "news":
            return ""
        if folder == "calendar":
            return "\n".join(f"- [{month}]({month}.md)" for month, _ in self.months())
        if folder == "topics":
            return "\n".join(f"- [{topic['title']}]({slug}.md)" for slug, topic in self.corpus.topics.items())
        return "\n".join(f"{self.link(record, folder, up)}: {self._facts(record)}" for record in self.folders[folder])

    def _facts(self, record: Record) -> str:
        if isinstance(record, Grant):
            return f"{self.found['funders', record.funder].title}; " + "; ".join(
                _moment(each.deadline) for each in record.rounds
            )
        return record.summary

    def topic(self, slug: str) -> str:
        """Return a topic's page: every record on it, kind by kind."""
        return "\n\n".join(
            f"## {SECTIONS[name]}\n\n"
            + "\n".join(self.link(record, name) for record in records if slug in record.topics)
            for name, records in self.folders.items()
        )

    def months(self) -> Iterator[tuple[str, str]]:
        """Yield each month from the first event to the last, as a table of weeks."""
        events: dict[date, list[str]] = defaultdict(list)
        for grant in self.corpus.grants:
            for round_ in grant.rounds:
                for what, moment in ((name, getattr(round_, name)) for name in LABELS["what"] if name != "meetup"):
                    if moment and moment.precision in ("exact", "day"):
                        events[moment.date].append(
                            f"[{grant.short}](../grants/{grant.slug}.md): {LABELS['what'][what]}"
                        )
        for meetup in self.corpus.meetups:
            if meetup.date.date and meetup.date.precision in ("exact", "day"):
                events[meetup.date.date].append(f"[{meetup.title}](../meetups/{meetup.slug}.md)")
        first = min(events).replace(day=1)
        while first <= max(events):
            following = (first + timedelta(31)).replace(day=1)
            yield f"{first:%Y-%m}", _weeks(first, following, events)
            first = following


def _weeks(first: date, following: date, events: dict[date, list[str]]) -> str:
    day = first - timedelta(first.weekday())
    rows = ["| пн | вт | ср | чт | пт | сб | вс |", "| --- | --- | --- | --- | --- | --- | --- |"]
    while day < following:
        week = [day + timedelta(shift) for shift in range(7)]
        rows.append(
            "| " + " | ".join(_cell(each, events) if first <= each < following else " " for each in week) + " |"
        )
        day += timedelta(7)
    return "\n".join(rows)


def _cell(day: date, events: dict[date, list[str]]) -> str:
    mark = "**" if day == TODAY else ""
    return " ".join([f"{mark}{day.day}{mark}", *events.get(day, ())])


def _table(fields: dict[str, Any]) -> str:
    rows = [
        f"| {name} | {_plain(value)} |" for name, value in fields.items() if name not in ("title", "summary", "rounds")
    ]
    return "\n".join(["| Поле | Значение |", "| --- | --- |", *rows])


def _dates(fields: dict[str, Any]) -> str:
    rows = [
        f"| {LABELS['what'].get(name, name)} | {_plain(value)} |" for name, value in fields.items() if name != "title"
    ]
    return "\n".join(["| Что | Когда |", "| --- | --- |", *rows])


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(entry)}" for name, entry in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "; ".join(_plain(entry) for entry in value)
    return re.sub(r"[|\n]", " ", str(value))

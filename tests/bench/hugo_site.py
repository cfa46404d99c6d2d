"""Write the same records as a Hugo site with our pages, lists, feeds and calendars; its layouts lie in hugo/."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.bench.project import REFERENCE, ROOT
from tests.bench.records import Corpus, Grant, Meetup, Moment, Post, Record, filled
from tests.bench.yaml_text import yaml_text

LAYOUTS = Path(__file__).parent / "hugo"
LABELS: dict[str, Any] = json.loads((LAYOUTS / "labels.json").read_text(encoding="utf-8"))
SECTIONS: dict[str, str] = LABELS["sections"] | LABELS["more"]


def write_hugo(corpus: Corpus, folder: Path) -> None:
    """Write a site that `hugo` builds as it stands."""
    content = folder / "content"
    shutil.copytree(LAYOUTS / "layouts", folder / "layouts")
    shutil.copy(LAYOUTS / "hugo.yml", folder)
    (folder / "data").mkdir()
    shutil.copy(LAYOUTS / "labels.json", folder / "data")
    shutil.copytree(ROOT / "templates/site/assets", folder / "static/assets")
    for name, title in SECTIONS.items():
        _write(content / name / "_index.md", {"title": title})
    for slug, topic in corpus.topics.items():
        _write(content / "topics" / slug / "_index.md", topic)
    for name, records in corpus.folders().items():
        for record in records:
            file = "_index" if name == "centre" else record.slug
            _write(content / name / f"{file}.md", _fields(record), REFERENCE.sub(r"(../\1/\2.md)", record.body))
    for month in sorted(set(_event_months(corpus))):
        _write(content / "calendar" / f"{month}.md", {"title": f"Календарь сроков: {month}", "period": month})
    _write(content / "news/archive/_index.md", {"title": "Архив", "type": "archive"})
    days = [str(post.date) for post in corpus.news]
    for period in sorted({day[:7] for day in days} | {day[:4] for day in days}):
        _write(
            content / "news/archive" / f"{period}.md",
            {"title": f"Архив: {period}", "type": "archive", "period": period},
        )
    _write(content / "calendars/_index.md", {"title": "Календари", "build": {"render": "never"}})
    for who, name in LABELS["applicants"].items():
        front = {"title": f"Сроки: {name}", "who": who, "outputs": ["deadlines"], "build": {"list": "never"}}
        _write(content / "calendars" / f"{who}.md", front)


def _write(path: Path, front: dict[str, Any], body: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{yaml_text(front)}---\n\n{body}\n", encoding="utf-8")


def _fields(record: Record) -> dict[str, Any]:
    """Return the front matter: our fields, with what Hugo reads under its own names."""
    fields: dict[str, Any] = filled(record, _moment)
    if isinstance(record, Meetup):
        fields["when"] = fields["date"]
        fields["date"] = record.date.date
        fields["outputs"] = ["html", "event"]
    elif isinstance(record, Grant):
        fields["date"] = record.history[0]["date"]
        fields["outputs"] = ["html", "deadline"]
        fields["aliases"] = [f"/g/{record.slug}/"]
    elif isinstance(record, Post):
        fields["date"] = f"{record.date}T{record.time}:00+04:00"
        del fields["time"]
    return fields


def _moment(moment: Moment) -> dict[str, Any]:
    """Return a moment in the long form: templates have nothing to take apart."""
    names = ("date", "time", "zone", "precision", "words", "was")
    found: dict[str, Any] = filled({name: getattr(moment, name) for name in names}, _moment)
    for entry in (found, *found.get("was", ())):
        entry.update({name: str(value) for name, value in entry.items() if name in ("date", "moved")})
    return found


def _event_months(corpus: Corpus) -> Iterator[str]:
    """Yield every month from the first event to the last."""
    moments = [meetup.date for meetup in corpus.meetups]
    names = ("opens", "recommended", "deadline", "results", "start", "end", "report")
    moments += [getattr(round_, name) for grant in corpus.grants for round_ in grant.rounds for name in names]
    days = [moment.date for moment in moments if moment and moment.date and moment.precision in ("exact", "day")]
    day = min(days)
    while day <= max(days):
        yield str(day)[:7]
        day += timedelta(1)

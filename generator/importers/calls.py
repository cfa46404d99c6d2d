"""See which posts announce a competition, by the order of their fields, and draft a call of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from pydantic import ValidationError

from generator.fields.base import mistakes
from generator.fields.regions import DISTRICTS, REGIONS
from generator.importers.blog_words import BlogWords
from generator.importers.days import MONTHS
from generator.importers.prose import Block, lines_of
from generator.importers.spaces import alike
from generator.markdown import Body
from generator.new.desk import slug_of
from generator.new.writing import Layout, whole_file
from generator.records.grant import Grant
from generator.source import Loc

LEAST_FIELDS = 3
"""A post with a deadline and two more of the fields announces a competition."""
UNNAMED = "konkurs"
LONGEST_LINE = 300
LONGEST_TEXT = 1500
SHORTEST_NAME = 6
"""Letters of a funder's name that may be looked for within other words."""
_DATE = re.compile(rf"(\d{{1,2}})(?:\.(\d{{1,2}})\.|\s+({'|'.join(MONTHS)})\s*)(\d{{4}})?", re.IGNORECASE)
_CLOCK = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b")
_SUM = re.compile(r"(\d[\d ]*(?:[.,]\d+)?)\s*(млн|миллион|тыс)?[а-я]*\.?\s*(?:руб|₽|р\.)", re.IGNORECASE)
_TIMES = {"млн": 1_000_000, "миллион": 1_000_000, "тыс": 1_000}


class Passport(NamedTuple):
    """The fields of a competition, as a post names them."""

    fields: Mapping[str, str]
    """Of `deadline`, `funder`, `regions`, `applicants`, `money`, `purpose`."""


class Offered(NamedTuple):
    """A call drafted of a post, or why there is none."""

    title: str
    path: str = ""
    text: str = ""
    refusal: str = ""


def passport_of(blocks: Iterable[Block], words: BlogWords) -> Passport | None:
    """Return the fields of a competition that a post announces, or None where it announces none."""
    labels = {alike(label): field for field, named in words.texts["calls"].items() for label in named}
    longest_first = sorted(labels, key=len, reverse=True)
    names = "|".join(map(re.escape, longest_first))
    # At the beginning of a line a bold label needs no colon.
    label = re.compile(rf"(?:^\s*({names})(?:\s*[:\t–—-]|\b)|(?:(?<=[.;,]\s)|(?<=\s))({names})\s*[:\t–—-])")
    found: dict[str, str] = {}
    waiting = ""
    for line in "\n".join(lines_of(blocks)).splitlines():
        # Letter for letter the same length, so that places agree.
        plain = line.lower().replace("ё", "е")
        places = list(label.finditer(plain))
        if waiting and not places and line.strip():
            found[waiting] = " ".join(line.split())
            waiting = ""
        for number, each in enumerate(places):
            end = places[number + 1].start() if number + 1 < len(places) else len(line)
            value = " ".join(line[each.end() : end].split()).strip(" ;,.")
            field = labels[each[1] or each[2]]
            waiting = "" if value else field
            if value:
                found.setdefault(field, value)
    return Passport(found) if len(found) >= LEAST_FIELDS and "deadline" in found else None


class Announced(NamedTuple):
    """A post that announces a competition."""

    title: str
    address: str
    posted: date
    passport: Passport


class Shelf(NamedTuple):
    """What the project has already."""

    funders: Mapping[str, str]
    """The id of each funder, by its names made alike."""
    titles: frozenset[str]
    """Of calls, made alike."""
    zone: str
    today: date


def offered(announced: Announced, shelf: Shelf, words: BlogWords) -> Offered:
    """Return a call drafted of a post."""
    title, posted = announced.title, announced.posted
    fields = announced.passport.fields
    funder = _funder(fields.get("funder", ""), shelf.funders)
    if not funder:
        return Offered(title, refusal=words.say("no_funder", name=fields.get("funder", "—")))
    slug = f"{(slug_of(title) or UNNAMED).removesuffix(f'-{posted.year}')}-{posted.year}"
    path = f"{Grant.folder}/{slug}{Grant.suffix}"
    if alike(title) in shelf.titles:
        return Offered(title, path, refusal=words.say("call_there"))
    values: dict[str, Any] = {
        "title": title,
        "summary": fields.get("purpose", "")[:LONGEST_TEXT],
        "level": "private",
        "funder": funder,
        "applicants": {"nko": "yes", "others": "no"},
        "limits": _limits(fields.get("regions", "")),
        "money": _money(fields.get("money", "")),
        "rounds": [{"key": "main", **_moments(fields["deadline"], posted)}],
        "source": [announced.address] if announced.address else [],
        "checked": str(posted),
        "added": str(shelf.today),
        "draft": "yes",
    }
    values = {name: value for name, value in values.items() if value}
    try:
        Grant.model_validate(values | {"slug": slug, "path": path, "body": Body()}, context={"zone": shelf.zone})
    except ValidationError as error:
        wrong = next(mistakes(error, Grant))
        return Offered(title, path, refusal=f"{wrong.loc[0] if wrong.loc else ''}: {wrong.message}")
    told = "; ".join(f"{field}: {value}" for field, value in fields.items())
    comments: dict[Loc, str] = {(): words.say("call_remark", fields=told)}
    return Offered(title, path, whole_file(Grant, values, Layout(comments)))


def _funder(name: str, funders: Mapping[str, str]) -> str:
    text = _bare(name)
    known = {_bare(each): slug for each, slug in funders.items()}
    if text in known or len(text) < SHORTEST_NAME:
        return known.get(text, "")
    within = {slug for each, slug in known.items() if text in each or (len(each) >= SHORTEST_NAME and each in text)}
    return within.pop() if len(within) == 1 else ""


def _bare(name: str) -> str:
    return alike(name).replace('"', "")


def _limits(text: str) -> dict[str, Any]:
    found = [name for name in (*REGIONS, *DISTRICTS) if alike(name) in alike(text)]
    if found:
        return {"regions": found}
    return {"note": text[:LONGEST_LINE]} if text and not re.search(r"росси|все регион|рф", text.lower()) else {}


def _money(text: str) -> dict[str, str]:
    if not text:
        return {}
    sums = []
    for found in _SUM.finditer(text):
        number = float(re.sub(r"\s", "", found[1]).replace(",", "."))
        sums.append(int(number * _TIMES.get((found[2] or "").lower(), 1)))
    return ({"most": str(max(sums))} if sums else {}) | {"note": text[:LONGEST_LINE]}


def _moments(text: str, posted: date) -> dict[str, str]:
    """Return when a call opens and closes; a day without a year is the first such day after the post."""
    days = [day for found in _DATE.finditer(text) if (day := _day(found, posted))]
    if not days:
        return {"deadline": "unknown"}
    clock = _CLOCK.search(text)
    deadline = f"{days[-1]} {int(clock[1]):02}:{clock[2]}" if clock else str(days[-1])
    opens = {"opens": str(days[0])} if len(days) > 1 and days[0] <= days[-1] else {}
    return opens | {"deadline": deadline}


def _day(found: re.Match[str], posted: date) -> date | None:
    month = int(found[2]) if found[2] else MONTHS.index(found[3].lower()) + 1
    try:
        day = date(int(found[4] or posted.year), month, int(found[1]))
        return day if found[4] or day >= posted else day.replace(year=day.year + 1)
    except ValueError:
        return None

"""Every call with its rounds: as JSON, and as a table with a row a round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.fields.moment import Moment
from generator.opendata.files import csv_file, day_cell, json_file
from generator.records.grant import Grant
from generator.records.record import Milestone
from generator.records.rounds import Round
from generator.templating import Templating

FROM_ITS_BEGINNING = ("opens", "start")
"""Moments that, named by a day alone, begin with that day; the others end with it."""


def grants_changed(catalog: Catalog) -> date | None:
    """Return the last day on which a call was added or became other than it was."""
    return max((day for call in catalog.of("grant") for day in (call.changed, call.added) if day), default=None)


def grants_files(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield the calls as JSON and as a table."""
    told = [_call(call, catalog, templating) for call in catalog.of("grant")]
    head = {"updated": grants_changed(catalog), "licence": templating.settings.extra.licence}
    yield json_file("data/grants.json", head, "calls", told)
    rows = (_row(call, round_, templating.words) for call in told for round_ in call["rounds"])
    yield csv_file("data/grants.csv", templating.words["columns"], rows)


def _call(call: Grant, catalog: Catalog, templating: Templating) -> dict[str, Any]:
    """Return a call: what is so whatever the day; its status each reader works out from the moments."""
    funder = catalog.get("funder", call.funder)
    return {
        "id": call.slug,
        "title": call.title,
        "url": templating.settings.absolute(call.address),
        "summary": call.summary,
        "funder": call.funder,
        "funder_title": funder.title if funder else None,
        "competition": call.competition,
        "nature": call.nature,
        "level": call.level,
        "topics": list(call.topics),
        "topic_titles": [catalog.topics[topic].title for topic in call.topics],
        "purposes": list(call.purposes),
        "applicants": {who: answer.model_dump() for who, answer in call.applicants.items()},
        "limits": call.limits.model_dump(),
        "suits": call.suits(templating.settings.place),
        "money": call.money.model_dump(),
        "rounds": [_round(round_) for round_ in call.rounds],
        "apply": call.apply,
        "rules": call.rules,
        "sources": list(call.source),
        "added": call.added,
        "checked": call.checked,
        "updated": call.updated,
        "foreign_agent": templating.foreign_agent(call) or None,
        "example": call.example,
    }


def _round(round_: Round) -> dict[str, Any]:
    deadline = round_.deadline
    return {
        "key": round_.key,
        "title": round_.title,
        "opens": _instant("opens", round_.opens) if round_.opens else None,
        "deadline": _instant("deadline", deadline),
        **_about(deadline),
        "was": [
            {"deadline": _stood(deadline, moved.date, moved.time), "moved": moved.moved, "source": moved.source}
            for moved in deadline.was
        ],
        "disputed": [
            {"deadline": _stood(deadline, other.date, other.time), "source": other.source}
            for other in deadline.disputed
        ],
        "cancelled": round_.cancelled.model_dump() if round_.cancelled else None,
        "milestones": [_milestone(stone) for stone in round_.milestones() if stone.what != "deadline"],
    }


def _milestone(stone: Milestone) -> dict[str, Any]:
    return {
        "what": stone.what,
        "key": stone.stage_key or None,
        "title": stone.title,
        "at": _instant(stone.what, stone.moment),
        **_about(stone.moment),
        "not_later": stone.moment.by,
    }


def _about(moment: Moment) -> dict[str, Any]:
    """Return how exactly a moment is known; a month or a forecast has no instant, only the month it may come in."""
    return {
        "precision": moment.precision,
        "has_time": moment.time is not None,
        "zone": moment.zone,
        "expected": f"{moment.date:%Y-%m}" if moment.date and not moment.is_dated else None,
        "words": moment.words,
    }


def _instant(what: str, moment: Moment) -> str | None:
    found = moment.start() if what in FROM_ITS_BEGINNING else moment.end()
    return found.isoformat() if found else None


def _stood(moment: Moment, day: date, time: Any) -> str | None:
    """Return another date of the same deadline, written as that deadline is."""
    return _instant("deadline", Moment.model_construct(date=day, time=time, zone=moment.zone, precision="day"))


def _row(call: dict[str, Any], round_: dict[str, Any], words: dict[str, Any]) -> dict[str, Any]:
    may = {
        answer: ", ".join(words["applicants"][who] for who, each in call["applicants"].items() if each["may"] == answer)
        for answer in ("yes", "partner", "no")
    }
    limits, money, cancelled = call["limits"], call["money"], round_["cancelled"]
    return {
        **{name: call[name] for name in ("id", "title", "url", "funder_title", "apply", "foreign_agent")},
        "level": words["level"][call["level"]],
        "nature": words["nature"][call["nature"]],
        "topics": ", ".join(call["topic_titles"]),
        **may,
        "regions": ", ".join([*limits["regions"], *limits["towns"]]),
        "population_to": limits["population_to"],
        "suits": words["answer"]["yes" if call["suits"] else "no"],
        **{name: money[name] for name in ("least", "most", "fund", "note", "cofinancing")},
        "round": round_["key"],
        "round_title": round_["title"],
        **{name: round_[name] for name in ("opens", "deadline", "words", "zone")},
        "last_day": _day(round_["deadline"]),
        "precision": words["precision"][round_["precision"]],
        "expected": round_["expected"],
        "was": _day(round_["was"][-1]["deadline"]) if round_["was"] else None,
        "cancelled": cancelled["date"] if cancelled else None,
        "checked": call["checked"],
        "example": words["answer"]["yes" if call["example"] else "no"],
    }


def _day(instant: str | None) -> str | None:
    """Return the day of an instant by the organiser's calendar."""
    return day_cell(datetime.fromisoformat(instant)) if instant else None

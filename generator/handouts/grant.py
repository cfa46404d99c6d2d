"""The sheets `grant-<id>`: one call on paper, so that a board can decide whether to apply and not forget the day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator import russian
from generator.handouts.memo import sources
from generator.handouts.prose import prose
from generator.handouts.sheet import Subject
from generator.handouts.wording import Due, Wording
from generator.records.grant import Grant, Happened
from generator.records.project import Project
from generator.records.record import Milestone, Record
from generator.records.rounds import Round
from generator.templating import shown_link

OVER = ("closed", "cancelled")
FEW = 3
"""How many winners and other seasons stand on the sheet; all of them are on the call's page."""


def open_calls(wording: Wording) -> Iterator[Subject]:
    """Yield every call in which one may still apply or will be able to, the nearest deadline first."""
    ahead = [due for due in wording.rounds() if due.round.status(wording.today) not in OVER]
    ahead.sort(key=lambda due: not due.round.deadline.is_dated)
    for grant in {due.grant.slug: due.grant for due in ahead}.values():
        printed = next(grant.short_addresses())
        yield Subject(f"grant-{grant.slug}", grant.address, grant.title, grant, printed=printed)


def grant_sheet(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return all that the call's page tells, slips of the rounds still ahead first."""
    return _Telling(wording, subject.of).facts()


class _Telling:
    """One call, put into words."""

    def __init__(self, wording: Wording, grant: Grant) -> None:
        self._wording = wording
        self._grant = grant

    def facts(self) -> dict[str, Any]:
        grant, wording = self._grant, self._wording
        ahead = [each for each in grant.rounds_live_first(wording.today) if each.status(wording.today) not in OVER]
        slips = [wording.call(Due(grant, round_)) for round_ in ahead]
        catalog = wording.catalog
        winners, seasons = catalog.projects_of(grant), catalog.seasons(grant)
        return {
            "name": grant.title,
            "example": grant.example,
            "agent": wording.templating.foreign_agent(grant),
            "summary": grant.summary,
            "call": slips[0],
            "slips": slips,
            "lines": [self._line(round_) for round_ in grant.rounds],
            "money": self._money(),
            "limits": self._limits(),
            "purposes": list(grant.purposes),
            "topics": [catalog.topics[topic].title for topic in grant.topics],
            "has_day": grant.is_in_calendar,
            "papers": [paper.model_dump() for paper in grant.papers],
            "apply": grant.apply and shown_link(grant.apply),
            "rules": grant.rules and shown_link(grant.rules),
            "blocks": prose(grant.body, wording, 3),
            "helps": [*self._named("note", grant.notes), *self._named("document", grant.documents)],
            "winners": [self._winner(project) for project in winners[:FEW]],
            "more_winners": max(0, len(winners) - FEW),
            "seasons": [each.title for each in seasons[:FEW]],
            "more_seasons": max(0, len(seasons) - FEW),
            "changes": [self._change(change) for change in grant.changes()],
            "sources": sources(grant),
            "checked": wording.near(grant.checked),
        }

    def _line(self, round_: Round) -> dict[str, Any]:
        """Return a round with its moments; of one that is over, its deadline and what is still to come."""
        off = round_.cancelled
        over = round_.status(self._wording.today) in OVER
        stones = [self._stone(stone) for stone in round_.milestones()]
        return {
            "title": round_.title,
            "cancelled": off and {"day": self._wording.near(off.date), "reason": off.reason},
            "stones": [
                each
                for each in stones
                if each["what"] == "deadline" or not (off or (over and each["moment"]["passed"]))
            ],
        }

    def _stone(self, stone: Milestone) -> dict[str, Any]:
        wording, moment = self._wording, stone.moment
        return {
            "what": stone.what,
            "name": stone.title or wording.words["what"][stone.what],
            "moment": wording.moment(moment) | wording.changes(moment),
            "moves": [
                {"was": wording.near(moved.date, moved.time), "moved": moved.moved and wording.near(moved.moved)}
                for moved in moment.was
            ],
        }

    def _money(self) -> dict[str, Any]:
        money = self._grant.money
        return {
            "least": money.least and russian.roubles(money.least),
            "most": money.most and russian.roubles(money.most),
            "fund": money.fund and russian.roubles(money.fund),
            "note": money.note,
            "cofinancing": money.cofinancing,
            "nominations": [
                {"title": each.title, "to": each.to and russian.roubles(each.to)} for each in money.nominations
            ],
        }

    def _limits(self) -> dict[str, Any]:
        limits = self._grant.limits
        months, people = limits.months_registered, limits.population_to
        ages = limits.age_from, limits.age_to
        return {
            "regions": list(limits.regions),
            "towns": list(limits.towns),
            "people": people and russian.counted(people, "жителя", "жителей", "жителей"),
            "age_from": ages[0] if ages[0] is None or ages[1] else _years(ages[0]),
            "age_to": ages[1] and _years(ages[1]),
            "months": months and russian.counted(months, "месяца", "месяцев", "месяцев"),
            "note": limits.note,
        }

    def _named(self, kind: str, slugs: tuple[str, ...]) -> Iterator[dict[str, str]]:
        found = (self._wording.catalog.get(kind, slug) for slug in slugs)
        yield from ({"title": each.title, "link": self._shown(each)} for each in found if each)

    def _shown(self, record: Record) -> str:
        return shown_link(self._wording.settings.absolute(record.address))

    def _winner(self, project: Project) -> dict[str, Any]:
        ngo = project.ngo and self._wording.catalog.get("ngo", project.ngo)
        return {
            "year": str(project.year),
            "title": project.title,
            "example": project.example,
            "winner": ngo.title if ngo else project.applicant,
            "sum": project.sum and russian.roubles(project.sum),
        }

    def _change(self, change: Happened) -> dict[str, Any]:
        wording = self._wording
        return {
            "day": wording.near(change.date),
            "text": change.text,
            "was": change.was and wording.near(change.was.date),
            "became": change.became and wording.near(change.became),
        }


def _years(age: int) -> str:
    return russian.counted(age, "года", "лет", "лет")

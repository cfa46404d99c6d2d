"""Facts of calls and moments as sheets print them: dates in words, names of applicants, short addresses with QR."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

import segno

from generator import russian
from generator.catalog import Catalog
from generator.fields.moment import MOSCOW, Moment
from generator.handouts.choice import EVERYTHING, Choice
from generator.records.grant import Grant
from generator.records.rounds import Round
from generator.settings import Settings
from generator.templating import Templating, punycode, shown_link


class Due(NamedTuple):
    """One round of a call, in which one may apply by a deadline."""

    grant: Grant
    round: Round

    def sort_key(self) -> Any:
        """Return the key for order by deadline; those of one moment go by the call's id."""
        return (self.round.deadline.sort_key(), self.grant.slug, self.round.key)


@dataclass(frozen=True)
class Wording:
    """Turns records into what a template prints; it chooses words, the template sets them."""

    catalog: Catalog
    templating: Templating
    choice: Choice = EVERYTHING
    """Which calls the sheets are of."""

    @property
    def settings(self) -> Settings:
        """The site's settings."""
        return self.templating.settings

    @property
    def words(self) -> dict[str, Any]:
        """The words of closed lists."""
        return self.templating.words

    @property
    def today(self) -> date:
        """The day whose state the sheets show."""
        return self.catalog.today

    def rounds(self) -> list[Due]:
        """Return every chosen round that was not called off, by deadline."""
        grants = self.catalog.of("grant")
        found = [Due(grant, round_) for grant in grants for round_ in grant.rounds if not round_.cancelled]
        return sorted((due for due in found if self.choice.takes(*due)), key=Due.sort_key)

    def chosen(self) -> dict[str, str | None] | None:
        """Return what the calls were chosen by, in words; None where all are on the sheets."""
        if self.choice == EVERYTHING:
            return None
        topic, applicant, first, last = self.choice
        return {
            "topic": topic and self.catalog.topics[topic].title,
            "applicant": applicant and self.words["applicants_dative"][applicant],
            "first": f"{russian.month_of(first)} {first.year}{russian.NBSP}года" if first else None,
            "last": russian.month_words(last) if last else None,
        }

    def moment(self, moment: Moment) -> dict[str, Any]:
        """Return a moment: its day and clocks, or the words that stand for them."""
        day = moment.date
        extra = self.settings.extra
        return {
            "precision": moment.precision,
            "words": moment.words,
            "by": moment.by,
            "near": day and self.near(day, moment.time),
            "day": day and russian.day_words(day),
            "weekday": day and russian.weekday_short(day),
            "year": day.year if day and day.year != self.today.year else None,
            "month": day and russian.month_words(day),
            "month_name": day and russian.month_name(day),
            "passed": bool(moment.last_day and moment.last_day < self.today),
            "zone": self._town_of(moment.zone),
            "clocks": [
                {
                    "place": row.place,
                    "day": f"{russian.weekday_short(row.day)},{russian.NBSP}{russian.day_words(row.day)}",
                    "hour": russian.clock_words(row.time),
                    "shifted": row.shifted,
                    "later": bool(day and row.day > day),
                }
                for row in russian.clocks(moment, extra.place.town, extra.time_zone)
            ],
        }

    def _town_of(self, zone: str) -> str | None:
        """Return the town whose time a zone is: the site's own by its name; None for Moscow, which needs no telling."""
        if zone == MOSCOW:
            return None
        extra = self.settings.extra
        return extra.place.town if zone == extra.time_zone else russian.town_of_zone(zone)

    def near(self, day: date, clock: time | None = None) -> str:
        """Return «9 октября, 18:00», with the year only when it is not this one."""
        return ", ".join([russian.near_day_words(day, self.today), *([russian.clock_words(clock)] if clock else [])])

    def changes(self, moment: Moment) -> dict[str, Any]:
        """Return the date that held before and those that other sources give."""
        before = moment.was[-1] if moment.was else None
        later = before and moment.date and _last_hour(moment.date, moment.time) > _last_hour(before.date, before.time)
        return {
            "was": before and self.near(before.date, before.time),
            "extended": bool(later),
            "disputed": [self.near(other.date, other.time) for other in moment.disputed],
        }

    def due(self, due: Due) -> dict[str, Any]:
        """Return which call it is and until when."""
        grant, round_ = due
        return {
            "title": grant.title,
            "round": round_.title,
            "example": grant.example,
            "deadline": self.moment(round_.deadline) | self.changes(round_.deadline),
        }

    def call(self, due: Due) -> dict[str, Any]:
        """Return one round of a call with all that a list says of it."""
        grant, round_ = due
        funder = self.catalog.get("funder", grant.funder)
        limits = grant.limits
        most = [nomination.to for nomination in grant.money.nominations if nomination.to]
        return self.due(due) | {
            "source": [*([funder.title] if funder else []), self.words["level"][grant.level], *self._nature(grant)],
            "page": printed_address(self.settings.absolute(f"/g/{grant.slug}/")),
            "status": round_.status(self.today),
            "opens": round_.opens and self.moment(round_.opens),
            "recommended": round_.recommended and self.moment(round_.recommended),
            "stages": [{"title": stage.title, "deadline": self.moment(stage.deadline)} for stage in round_.stages],
            "may": {may: list(self._applicants(grant, may)) for may in ("yes", "partner", "no")},
            "limits": limits.model_dump(include={"age_from", "age_to", "months_registered", "note"}),
            "money": {
                "least": grant.money.least and russian.roubles(grant.money.least),
                "most": russian.roubles(grant.money.most or max(most)) if grant.money.most or most else None,
                "note": grant.money.note,
                "cofinancing": grant.money.cofinancing,
            },
            "refusals": {bound: self._bound(grant, bound) for bound in limits.refusals(self.settings.place)},
        }

    def _nature(self, grant: Grant) -> Iterator[str]:
        if grant.nature != "grant":
            yield self.words["nature"][grant.nature]

    def _applicants(self, grant: Grant, may: str) -> Iterator[dict[str, Any]]:
        """Yield who has one answer; neighbours with the same note share it."""
        for note, group in groupby(grant.who(may), key=lambda eligible: eligible.answer.note):
            yield {"names": [self.words["applicants_dative"][eligible.who] for eligible in group], "note": note}

    def _bound(self, grant: Grant, bound: str) -> str:
        """Return what a bound lets in: the regions, the towns, or the largest number of people."""
        limits = grant.limits
        bounds = {
            "region": ", ".join(limits.regions),
            "town": ", ".join(limits.towns),
            "population": russian.grouped(limits.population_to or 0),
        }
        return bounds[bound]


def _last_hour(day: date, clock: time | None) -> datetime:
    return datetime.combine(day, clock or time.max)


def printed_address(link: str, query: str = "") -> dict[str, str]:
    """Return an address for paper: short, and as a QR picture, which may ask the page for more."""
    return {"short": shown_link(link), "qr": _qr(punycode(link) + query)}


@cache
def _qr(link: str) -> str:
    """Return a QR picture as SVG; kept, since a call's stands on its own sheet and on every list."""
    picture = BytesIO()
    # Any of the eight masks can be read; to look for the least spotted one takes four times as long as all the rest.
    segno.make(link, error="m", micro=False, mask=2).save(picture, kind="svg", border=0, xmldecl=False)
    return picture.getvalue().decode()

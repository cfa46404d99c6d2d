"""The questions of a new site: what is asked, where the answer stands in mkdocs.yml, what is offered for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from babel.core import get_global
from pydantic import BaseModel, ValidationError

from generator.fields.base import Mistake, mistakes, nearest
from generator.fields.moment import MOSCOW, zone_info
from generator.fields.regions import REGIONS
from generator.fields.repository import KNOWN, Repository
from generator.fields.text import host_of
from generator.new.cases import OF, TO, in_case, inside
from generator.new.choosing import Choosing
from generator.new.given import UnfitOrderError
from generator.new.words import Words
from generator.russian import town_of_zone
from generator.settings import Extra, Names, Settings
from generator.shapes import Shape, shapes
from generator.source import Loc, field_name

HOUR = 3600
UNENDED = re.compile(r"https?://[^/]+(/[\w/-]*[\w-])?")
"""An address of a host or a folder without its last slash: so people copy it."""
GROUPED = re.compile(r"\d{1,3}( \d{3})+")
"""A number as people write it: «163 000»."""


class Question(NamedTuple):
    """One setting that a new site is asked for."""

    name: str
    model: type[BaseModel]
    place: tuple[str, ...]
    """The fields of mkdocs.yml that hold it."""
    optional: bool = False

    @property
    def loc(self) -> Loc:
        """Where the answer stands in mkdocs.yml."""
        return (*self.place, self.name)

    @property
    def shape(self) -> Shape:
        """What it looks like to whoever answers."""
        shape = next(shape for shape in shapes(self.model) if shape.name == self.name)
        return shape._replace(required=not self.optional)


QUESTIONS = {
    question.name: question
    for question in (
        Question("library", Extra, ("extra",)),
        Question("site_name", Settings, ()),
        *(Question(shape.name, Names, ("extra", "place")) for shape in shapes(Names)),
        Question("time_zone", Extra, ("extra",)),
        Question("site_url", Settings, ()),
        Question("report_to", Extra, ("extra",)),
        Question("url", Repository, ("extra", "repository"), optional=True),
        Question("host", Repository, ("extra", "repository")),
    )
}
"""What is asked, in this order; all the rest of mkdocs.yml follows from it."""


@dataclass
class Town:
    """The settings of a new site: what was answered, and for the rest what is offered."""

    words: Words
    answers: dict[str, str] = field(default_factory=dict)

    def take(self, given: Iterable[str]) -> None:
        """Take answers as `name=value`, or raise UnfitOrderError with all that is wrong with them."""
        for answer in given:
            name, sign, text = answer.partition("=")
            if not sign:
                raise UnfitOrderError(self.words.say("said", "no_sign", text=answer))
            if name not in QUESTIONS:
                known = ", ".join(QUESTIONS)
                raise UnfitOrderError(
                    f"{name}: {self.words.say('site', 'strange', known=known)}{nearest(name, QUESTIONS)}"
                )
            self.answers[name] = " ".join(text.split())
        if wrong := [f"{field_name(mistake.loc)}: {mistake.message}" for mistake in self.mistakes()]:
            raise UnfitOrderError("\n".join((self.words.say("said", "missing"), *wrong)))

    def is_asked(self, name: str) -> bool:
        """Whether a question is still to be put: that of the host only where its address does not tell it."""
        url = self.answers.get("url", "")
        return name not in self.answers and (name != "host" or bool(url and not _known_host(url)))

    def offered(self, name: str) -> str:
        """Return what stands for an answer that nobody gave."""
        if self.follows(name):
            return _FOLLOWS[name].make(self.answers[_FOLLOWS[name].of])
        return str(self.words.texts["site"]["offers"].get(name, ""))

    def follows(self, name: str) -> bool:
        """Whether what is offered is made of another answer: «в Можге» of «Можга»."""
        return name in _FOLLOWS and _FOLLOWS[name].of in self.answers

    def value(self, name: str) -> str:
        """Return a setting: as answered or as offered."""
        value = self.answers.get(name, "") or self.offered(name)
        if GROUPED.fullmatch(value):
            return value.replace(" ", "")
        return f"{value}/" if name == "site_url" and UNENDED.fullmatch(value) else value

    def mistakes(self) -> list[Mistake]:
        """Return what `proekt check` would say of mkdocs.yml; what is offered is right, so it is of the answers."""
        try:
            self.settings()
        except ValidationError as error:
            return list(mistakes(error, Settings))
        return []

    def settings(self) -> Settings:
        """Return the settings; every answer is right by now."""
        return Settings.model_validate(self._values())

    def _values(self) -> dict[str, Any]:
        """Return what mkdocs.yml will hold."""
        values: dict[str, Any] = {"extra": {"place": {}, "repository": {}}}
        for question in QUESTIONS.values():
            into = values
            for step in question.place:
                into = into[step]
            into[question.name] = self.value(question.name)
        extra = values["extra"]
        if not extra["repository"]["url"]:
            del extra["repository"]
        offers: Mapping[str, str] = self.words.texts["site"]["offers"]
        extra["uid_domain"] = _host(values["site_url"]) or offers["uid_domain"]
        extra["subtitle"] = offers["subtitle"].format(**extra["place"])
        values["site_description"] = offers["site_description"].format(**extra["place"])
        return values


def _known_host(url: str) -> str:
    """Return which git host an address is of, or nothing."""
    return KNOWN.get(_host(url), "")


def _host(url: str) -> str:
    """Return the host of an address, or nothing where it is none."""
    try:
        return host_of(url)
    except ValueError:
        return ""


class _Follows(NamedTuple):
    """What is offered once another answer is known."""

    of: str
    make: Callable[[str], str]


_FOLLOWS = {
    "town_in": _Follows("town", inside),
    "town_of": _Follows("town", lambda town: in_case(town, OF)),
    "town_to": _Follows("town", lambda town: in_case(town, TO)),
    "region_in": _Follows("region", inside),
    "host": _Follows("url", lambda url: _known_host(url) or "forgejo"),
}


@dataclass(frozen=True)
class TownChoosing(Choosing):
    """The regions, zones and hosts that an answer is chosen from."""

    today: date

    def options(self, shape: Shape) -> dict[str, str]:
        """Return what a setting's value may be chosen from, with titles; nothing where it is free."""
        if shape.name == "region":
            return {region: region for region in REGIONS}
        return self._zones() if shape.name == "time_zone" else super().options(shape)

    def _zones(self) -> dict[str, str]:
        """Return the time zones of Russia from west to east, with how far each is from Moscow."""
        noon = datetime.combine(self.today, time(12), UTC)
        moscow = noon.astimezone(zone_info(MOSCOW)).utcoffset()
        titles = {}
        for name in (zone for zone, country in get_global("zone_territories").items() if country == "RU"):
            offset = noon.astimezone(zone_info(name)).utcoffset()
            if offset is not None and moscow is not None:
                titles[name] = (int((offset - moscow).total_seconds()) // HOUR, town_of_zone(name))
        ordered = sorted(titles.items(), key=lambda zone: zone[1])
        return {name: f"{town}, МСК{_signed(hours)}" for name, (hours, town) in ordered}


def _signed(hours: int) -> str:
    """Return how far from Moscow a clock is: «+2», «−1», nothing for the same."""
    return f"{hours:+d}".replace("-", "−") if hours else ""

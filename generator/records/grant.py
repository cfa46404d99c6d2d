"""A call: a competition in which one may apply, with its rounds, their dates, and who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, field_validator

from generator.fields.base import Called, Part, Refers, wrong
from generator.fields.eligibility import APPLICANTS, Answer, Applicants, Limits, Place
from generator.fields.moment import Moment, Moved
from generator.fields.text import Day, Line, Link, Roubles, Slug
from generator.records.record import Milestone, Record
from generator.records.rounds import STATUSES, Round, Status


class Nomination(Part):
    """A line of the competition with its own sum."""

    title: Line
    """Название номинации или направления."""
    to: Roubles | None = None
    """Наибольшая сумма, ₽."""


class Money(Part):
    """How much is given."""

    least: Roubles | None = None
    """Наименьшая сумма одной заявки, ₽."""
    most: Roubles | None = None
    """Наибольшая сумма одной заявки, ₽."""
    fund: Roubles | None = None
    """Сколько раздают всего, ₽."""
    note: Line | None = None
    """Сумма словами, если числа не хватает: «людям до 50 000 ₽, организациям до 120 000 ₽»."""
    cofinancing: Line | None = None
    """Сколько нужно своих денег: «не требуется», «от 10 % сметы»."""
    nominations: tuple[Nomination, ...] = ()
    """Номинации, если суммы в них разные."""

    @field_validator("most")
    @classmethod
    def _in_order(cls, value: int | None, info: Any) -> int | None:
        least = info.data.get("least")
        if value is not None and least is not None and value < least:
            raise wrong(f"не меньше, чем least ({least}); здесь {value}")
        return value


class Paper(Part):
    """One thing to prepare for the application."""

    title: Line
    """Что подготовить."""
    note: Line | None = None
    """Пояснение: где взять, сколько ждать."""


class Change(Part):
    """One line of the call's history."""

    date: Day
    """Когда."""
    text: Line
    """Что изменилось."""


class Happened(NamedTuple):
    """One change of a call: an editor's words, or a deadline that was moved."""

    date: dt.date
    text: str | None
    was: Moved | None = None
    became: dt.date | None = None


class Eligible(NamedTuple):
    """One kind of applicant and its answer."""

    who: str
    answer: Answer


class Grant(Record):
    """A call for applications: a grant, a subsidy, a contest, an action or a duty with a deadline."""

    kind = "grant"
    folder = "grants"
    suffix = ".yml"
    has_rounds = True
    section = "/grants/"
    calendar_file = "deadline.ics"

    checked: Day
    """Когда сведения сверили с источником: от этого дня считают, не устарела ли запись."""
    added: Day
    """Когда запись появилась на сайте: с этого дня она новость для подписчиков."""
    nature: Annotated[Literal["grant", "subsidy", "contest", "action", "duty"], Called("nature")] = "grant"
    """Что это: грант, субсидия, творческий конкурс, акция или обязанность (например, отчёт НКО)."""
    level: Annotated[Literal["federal", "regional", "municipal", "private"], Called("level")]
    """Чей конкурс: федеральный, региональный, муниципальный, фонда или компании."""
    short: Annotated[Line, Field(max_length=60)] | None = None
    """Короткое имя для клеток календаря: «Фонд президентских грантов»."""
    funder: Annotated[Slug, Refers("funder")]
    """Кто даёт деньги: имя записи из content/funders/."""
    competition: Slug | None = None
    """Общее имя сезонов одного конкурса: по нему они находят друг друга."""
    purposes: tuple[Line, ...] = ()
    """На что дают: направления коротко."""
    applicants: Applicants
    """Кто может подать: про каждого из двенадцати yes, no или partner; остальным — others."""
    limits: Limits = Limits()
    """Возраст, регион, размер города, срок регистрации."""
    money: Money = Money()
    """Сколько дают."""
    rounds: Annotated[tuple[Round, ...], Field(min_length=1)]
    """Окна приёма заявок; у каждого свои даты."""
    papers: tuple[Paper, ...] = ()
    """Что подготовить."""
    apply: Link | None = None
    """Где подают заявку."""
    rules: Link | None = None
    """Положение о конкурсе."""
    notes: tuple[Annotated[Slug, Refers("note")], ...] = ()
    """Какие записи методики помогут."""
    documents: tuple[Annotated[Slug, Refers("document")], ...] = ()
    """Какие документы к нему относятся."""
    history: tuple[Change, ...] = ()
    """Что менялось в записи, по порядку."""

    @field_validator("rounds")
    @classmethod
    def _keys_differ(cls, value: tuple[Round, ...]) -> tuple[Round, ...]:
        keys = [round_.key for round_ in value]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice:
            raise wrong(f"у каждого окна свой key; «{twice}» — дважды")
        return value

    @property
    def calendar_name(self) -> str:
        """The name for a calendar's cell."""
        return self.short or self.title

    def rounds_live_first(self, today: dt.date) -> list[Round]:
        """Return the rounds with those over and called off at the end."""
        return sorted(self.rounds, key=lambda round_: round_.status(today) in ("closed", "cancelled"))

    def series(self) -> str | None:
        """Return the competition whose season this call is."""
        return self.competition

    def changes(self) -> list[Happened]:
        """Return what changed, the latest first: the editors' notes and every moved deadline."""
        found = [Happened(change.date, change.text) for change in self.history]
        for round_ in self.rounds:
            dates: list[Moved | Moment] = [*round_.deadline.was, round_.deadline]
            for moved, became in pairwise(dates):
                if isinstance(moved, Moved) and moved.moved is not None:
                    found.append(Happened(moved.moved, None, moved, became.date))
        return sorted(found, key=lambda each: each.date, reverse=True)

    def suits(self, place: Place) -> bool:
        """Whether a town may apply."""
        return not any(self.limits.refusals(place))

    def round(self, key: str) -> Round:
        """Return the round with a key."""
        return next(round_ for round_ in self.rounds if round_.key == key)

    def milestones(self) -> Iterator[Milestone]:
        """Yield the moments of every round, round by round."""
        for round_ in self.rounds:
            yield from round_.milestones()

    def short_addresses(self) -> Iterator[str]:
        """Yield the address that is printed: `/g/fpg-2026-1/`."""
        yield f"/g/{self.slug}/"

    def status(self, today: dt.date) -> Status:
        """Return the call's status: the first that any of its rounds has; cancelled when all are."""
        found = {round_.status(today) for round_ in self.rounds}
        return next((status for status in STATUSES if status in found), "cancelled")

    def sort_key(self) -> Any:
        """Order calls by their last deadline, the latest first; undated ones before them."""
        last = max(round_.deadline.sort_key() for round_ in self.rounds)
        return (not last[0], -last[1].timestamp(), self.slug)

    def who(self, may: str) -> list[Eligible]:
        """Return the applicants with one answer, in the usual order."""
        return [Eligible(kind, self.applicants[kind]) for kind in APPLICANTS if self.applicants[kind].may == may]

"""A project that won money: who did what with it, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from generator.fields.base import Called, Part, Refers, wrong
from generator.fields.eligibility import Place
from generator.fields.party import Party
from generator.fields.text import Count, Day, Flag, Line, Link, Roubles, Slug
from generator.records.grant import Grant
from generator.records.ngo import Ngo
from generator.records.record import Record, Whole


class Cost(Part):
    """One line of a budget."""

    title: Line
    """На что."""
    sum: Roubles
    """Сколько, ₽."""


class Project(Record):
    """A supported project; told as a success story when it has something to tell."""

    kind = "project"
    folder = "content/projects"
    section = "/projects/"

    ngo: Annotated[Slug, Refers("ngo")] | None = None
    """Кто получил деньги: имя записи из ngos/."""
    applicant: Annotated[Line | None, Field(validate_default=True)] = None
    """Кто получил деньги, если это не местная НКО: «Публичная научная библиотека»."""
    grant: Annotated[Slug, Refers("grant")] | None = None
    """На каком конкурсе: имя записи из grants/; кто дал деньги, видно из неё."""
    funder: Annotated[Slug | None, Refers("funder"), Field(validate_default=True)] = None
    """Кто дал деньги, если записи о конкурсе нет: имя записи из content/funders/."""
    competition: Line | None = None
    """Название конкурса, если записи о нём нет."""
    year: Annotated[int, Field(ge=1990, le=2200)]
    """Год, в котором присудили деньги."""
    awarded: Day | None = None
    """День, когда присудили деньги; без него проекта не будет в данных 360Giving."""
    costs: tuple[Cost, ...] = ()
    """На что пошли деньги: статьи, которые складываются в sum."""
    sum: Annotated[Roubles | None, Field(validate_default=True)] = None
    """Сколько получили, ₽; если названы costs, сложится само."""
    own: Roubles | None = None
    """Сколько вложили своих денег и труда, ₽."""
    starts: Day | None = None
    """Когда проект начался."""
    ends: Day | None = None
    """Когда закончился или закончится."""
    status: Annotated[Literal["running", "done", "stopped"], Called("project_status")] = "done"
    """Идёт, закончен, остановлен."""
    people: Count | None = None
    """Скольким людям помогли."""
    results: tuple[Line, ...] = ()
    """Что получилось, по пунктам, с числами."""
    story: Flag = False
    """yes, если это история успеха: её показывают выше других."""
    partners: tuple[Party, ...] = ()
    """Партнёры и что они дали."""
    links: tuple[Link, ...] = ()
    """Где ещё рассказано о проекте."""

    @field_validator("applicant")
    @classmethod
    def _one_winner(cls, value: str | None, info: Any) -> str | None:
        if "ngo" in info.data and bool(info.data["ngo"]) == bool(value):
            raise wrong("у проекта есть или ngo, или applicant: одно из двух")
        return value

    @field_validator("funder")
    @classmethod
    def _money_from_somewhere(cls, value: str | None, info: Any) -> str | None:
        if value is None and "grant" in info.data and info.data["grant"] is None:
            raise wrong("нужно grant (конкурс из grants/) или funder (кто дал деньги)")
        return value

    @field_validator("awarded")
    @classmethod
    def _in_its_year(cls, value: Any, info: Any) -> Any:
        year = info.data.get("year")
        if value is not None and year is not None and value.year != year:
            raise wrong(f"не сходится с year ({year})")
        return value

    @field_validator("sum")
    @classmethod
    def _adds_up(cls, value: int | None, info: Any) -> int | None:
        costs: tuple[Cost, ...] = info.data.get("costs", ())
        total = sum(cost.sum for cost in costs)
        if costs and value is not None and value != total:
            raise wrong(f"не сходится со статьями costs: они складываются в {total}; здесь {value}")
        return total if costs else value

    @field_validator("ends")
    @classmethod
    def _after_start(cls, value: Any, info: Any) -> Any:
        starts = info.data.get("starts")
        if value is not None and starts is not None and value < starts:
            raise wrong(f"не может быть раньше, чем starts ({starts})")
        return value

    def mistakes_among(self, whole: Whole) -> Iterator[tuple[str, str]]:
        """Yield what its call and its organisation make impossible."""
        grant = whole.records.get(("grant", self.grant or ""))
        if not isinstance(grant, Grant):
            return
        yield from self._against_call(grant)
        ngo = whole.records.get(("ngo", self.ngo or ""))
        if isinstance(ngo, Ngo):
            yield from self._against_winner(grant, ngo, whole.place)

    def _against_call(self, grant: Grant) -> Iterator[tuple[str, str]]:
        if self.funder is not None and self.funder != grant.funder:
            yield "funder", f"не сходится с {grant.path}: там funder {grant.funder}; при grant это поле не нужно"
        if self.sum is not None and grant.money.most is not None and self.sum > grant.money.most:
            yield "sum", f"больше, чем дают на конкурсе: в {grant.path} money.most — {grant.money.most}"
        days = [round_.deadline.date for round_ in grant.rounds if round_.deadline.date]
        if days and self.year < min(days).year:
            yield "year", f"раньше, чем кончился приём заявок: в {grant.path} срок — {max(days)}"

    @staticmethod
    def _against_winner(grant: Grant, ngo: Ngo, place: Place | None) -> Iterator[tuple[str, str]]:
        if grant.applicants[ngo.applies_as].may == "no":
            yield "ngo", f"эта организация не могла подать: в {grant.path} applicants.{ngo.applies_as} — no"
        if place is not None and not grant.suits(place):
            yield "ngo", f"организация отсюда не могла подать: в {grant.path} limits закрывают {place.town}"
        months = grant.limits.months_registered or 0
        last = max((round_.deadline.date for round_ in grant.rounds if round_.deadline.date), default=None)
        age = ngo.months_registered(last) if last else None
        if age is not None and age < months:
            stood = f"ей было {age} мес., нужно {months} мес." if age >= 0 else "она ещё не была зарегистрирована"
            yield "ngo", f"эта организация не могла подать: к {last} {stood} ({ngo.path})"

    def year_of(self) -> int:
        """Return the year of the award."""
        return self.year

    def sort_key(self) -> Any:
        """Order the latest first."""
        return (-self.year, super().sort_key(), self.slug)

"""Who may apply: twelve kinds of applicant, and the bounds of age, place and standing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import BeforeValidator, Field, field_validator, model_validator

from generator.fields.base import Called, OneOf, Part, nearest, shown, wrong
from generator.fields.regions import DISTRICTS, REGIONS
from generator.fields.text import Age, Count, Line

APPLICANTS = (
    "nko",
    "municipal",
    "state",
    "treasury",
    "person",
    "group",
    "tos",
    "entrepreneur",
    "business",
    "school",
    "youth",
    "library",
)
"""The closed list of those who apply, in the order in which pages name them."""

May = Literal["yes", "no", "partner"]


class Answer(Part):
    """Whether one kind of applicant may apply."""

    in_one_line: ClassVar[tuple[str, ...]] = ("may",)

    may: Annotated[May, Called("may")]
    """yes — может, no — не может, partner — через партнёра."""
    note: Line | None = None
    """Условие или причина: «работает год и дольше»."""

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, value: Any) -> Any:
        """Accept `nko: yes` for `nko: {may: yes}`."""
        return value if isinstance(value, dict) else {"may": value}


def _answers(value: object) -> object:
    """Fill the kinds that are not named from `others`; all twelve must be accounted for."""
    if not isinstance(value, dict):
        raise wrong("нужны вложенные поля: nko: yes, municipal: no, …, others: no")
    unknown = [key for key in value if key not in (*APPLICANTS, "others")]
    if unknown:
        known = (*APPLICANTS, "others")
        raise wrong(f"нет такого заявителя: {shown(unknown[0])}{nearest(unknown[0], known)}; бывает {', '.join(known)}")
    rest = value.get("others")
    missing = [kind for kind in APPLICANTS if kind not in value]
    if missing and rest is None:
        raise wrong(
            f"про каждого нужно yes, no или partner; не сказано про: {', '.join(missing)} (или напишите others: no)"
        )
    return {kind: value.get(kind, rest) for kind in APPLICANTS}


Applicants = Annotated[dict[str, Answer], BeforeValidator(_answers)]
"""For each of the twelve kinds: may it apply."""


def _region(value: object) -> object:
    if isinstance(value, str) and value not in REGIONS and value not in DISTRICTS:
        raise wrong(f"нет такого региона или округа: {shown(value)}{nearest(value, (*REGIONS, *DISTRICTS))}")
    return value


Region = Annotated[str, OneOf((*REGIONS, *DISTRICTS)), BeforeValidator(_region)]
"""A region of Russia or a federal district, by its official name."""


class Place(NamedTuple):
    """A town, as the bounds of a call see it."""

    town: str
    region: str
    population: int


class Limits(Part):
    """What bounds the applicant further. An absent bound does not bind."""

    age_from: Age | None = None
    """Возраст от, лет."""
    age_to: Age | None = None
    """Возраст до, лет включительно."""
    regions: tuple[Region, ...] = ()
    """Регионы или федеральные округа, где можно; если пусто — вся Россия."""
    towns: tuple[Line, ...] = ()
    """Города, где можно, если их список закрыт."""
    population_to: Annotated[int, Field(ge=1)] | None = None
    """Наибольшее число жителей города или села."""
    months_registered: Count | None = None
    """Сколько полных месяцев организация должна быть зарегистрирована."""
    note: Line | None = None
    """Остальные условия словами."""

    @field_validator("age_to")
    @classmethod
    def _ages_in_order(cls, value: int | None, info: Any) -> int | None:
        first = info.data.get("age_from")
        if value is not None and first is not None and value < first:
            raise wrong(f"не меньше, чем age_from ({first}); здесь {value}")
        return value

    def refusals(self, place: Place) -> Iterator[Literal["region", "town", "population"]]:
        """Yield which bounds shut a town out; none means «нам подходит»."""
        if self.regions and not {place.region, REGIONS.get(place.region)} & set(self.regions):
            yield "region"
        if self.towns and place.town not in self.towns:
            yield "town"
        if self.population_to is not None and place.population > self.population_to:
            yield "population"

"""The next season of a record: what stays from year to year, and what has to be found out again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.fields.base import nearest
from generator.fields.moment import Moment
from generator.new.desk import Desk
from generator.new.given import UnfitOrderError
from generator.problems import ContentError
from generator.shapes import Shape, shapes
from generator.source import Loc, Source, read

PAST = frozenset(
    (
        *("aliases", "example", "draft", "guid", "updated", "status", "year", "after"),
        *("decisions", "figures", "links", "materials", "photos", "questions"),
    )
)
"""Fields that tell of one season alone; dates and what happened on a day are known by their types."""
SERIES = "competition"
"""The field by which seasons find each other."""
NAMES = ("title", "short")
"""Fields in which the year is a part of the name."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Season(NamedTuple):
    """What a new record takes over from an earlier one."""

    values: dict[str, Any]
    text: str
    comments: dict[Loc, str]
    slug: str
    """An id for it that is free."""
    untied: str
    """The earlier record's file, if it does not name the competition yet."""


def next_season(desk: Desk, slug: str) -> Season:
    """Return the next season of a record, with remarks on what to fill in."""
    earlier = _earlier(desk, slug)
    unique = next((dict(each.unique_fields()) for each in desk.catalog.of(desk.kind.kind) if each.slug == slug), {})
    comments: dict[Loc, str] = {(): desk.words.say("season", "head", path=earlier.path)}
    values = dict(_carried(earlier.values, desk.kind, (), desk, comments))
    values = {name: value for name, value in values.items() if name not in unique}
    text = values.pop("text", "") if desk.kind.suffix == ".yml" else ""
    is_tied = SERIES in values or SERIES not in desk.kind.model_fields
    if not is_tied:
        values[SERIES] = slug
    years = _years_ahead(desk, slug, values)
    for name in NAMES:
        if name in values and _YEAR.search(values[name]):
            values[name] = _later(values[name], years)
    if values["title"] == earlier.values["title"]:
        del values["title"]  # no two records share one: it is asked for
    named = {shape.name for shape in shapes(desk.kind) if shape.refers}
    for name, value in values.items():
        if name not in {*NAMES, *named, SERIES} and _YEAR.search(str(value)):
            comments[name,] = desk.words.say("season", "year")
    if values.get("source"):
        comments["source",] = desk.words.say("season", "source")
    return Season(values, text, comments, _later_slug(desk, slug, years), "" if is_tied else earlier.path)


def _earlier(desk: Desk, slug: str) -> Source:
    known = desk.known[desk.kind.kind]
    if slug not in known:
        words = desk.words.say(
            "said", "no_record", place=f"{desk.kind.folder}/", slug=slug, nearest=nearest(slug, known)
        )
        raise UnfitOrderError(words)
    source, problems = read(desk.project / desk.path(slug), desk.project)
    fields = {name: value for name, value in source.values.items() if name != "text"}
    # A copy of a mistake would be two.
    wrong = problems or [source.problem(each.loc, each.message) for each in desk.mistakes(fields, slug)]
    if wrong:
        raise ContentError(wrong)
    return source


def _carried(
    values: Mapping[str, Any], model: type[BaseModel], loc: Loc, desk: Desk, comments: dict[Loc, str]
) -> Iterator[tuple[str, Any]]:
    """Yield the fields that hold from season to season."""
    known = {shape.name: shape for shape in shapes(model)}
    dates = {name: value for name, value in values.items() if name in known and known[name].type is Moment and value}
    for name, value in values.items():
        shape = known.get(name)
        if value is None or name in PAST:
            continue
        if shape is None:
            yield name, value
        elif shape.is_of_its_day:
            if shape.type is Moment and shape.required:
                was = ", ".join(f"{each} {_written(date)}" for each, date in dates.items() if date != "unknown")
                comments[(*loc, name)] = desk.words.say("season", "moment", was=was)
                yield name, "unknown"
        elif (inner := _inner(value, shape, (*loc, name), desk, comments)) not in ({}, []):
            yield name, inner


def _inner(value: Any, shape: Shape, loc: Loc, desk: Desk, comments: dict[Loc, str]) -> Any:
    if shape.part is None or isinstance(value, str):
        return value
    if isinstance(value, list):
        return [_inner(entry, shape, (*loc, index), desk, comments) for index, entry in enumerate(value)]
    return dict(_carried(value, shape.part, loc, desk, comments))


def _written(moment: Any) -> str:
    """Return a moment in short, as its file has it."""
    if not isinstance(moment, dict):
        return str(moment)
    return " ".join(str(moment[name]) for name in ("date", "time") if moment.get(name)) or str(moment.get("precision"))


def _later(text: str, years: int) -> str:
    return _YEAR.sub(lambda found: str(int(found[0]) + years), text)


def _later_slug(desk: Desk, slug: str, years: int) -> str:
    """Return an id of so many years later; one without a year gets that of the day."""
    return _later(slug, years) if _YEAR.search(slug) else f"{slug}-{desk.catalog.today.year + years}"


def _years_ahead(desk: Desk, slug: str, values: dict[str, Any]) -> int:
    """Return how many years later the first free id and title are."""
    title = str(values["title"])
    years = 1
    while (desk.project / desk.path(_later_slug(desk, slug, years))).exists() or (
        _YEAR.search(title) and desk.mistakes_at(("title",), {"title": _later(title, years)})
    ):
        years += 1
    return years

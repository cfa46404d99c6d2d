"""Every kind of record, and the step from a source to a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from generator.fields.base import mistakes
from generator.markdown import Surroundings, render
from generator.problems import Problem
from generator.records.agreement import Agreement
from generator.records.centre import Centre
from generator.records.document import Document
from generator.records.expert import Expert
from generator.records.funder import Funder
from generator.records.grant import Grant
from generator.records.meetup import Meetup
from generator.records.ngo import Ngo
from generator.records.note import Note
from generator.records.page import Page
from generator.records.post import Post
from generator.records.project import Project
from generator.records.record import Record
from generator.records.report import Report
from generator.source import Source

KINDS: dict[str, type[Record]] = {
    "grant": Grant,
    "funder": Funder,
    "ngo": Ngo,
    "project": Project,
    "meetup": Meetup,
    "note": Note,
    "post": Post,
    "document": Document,
    "expert": Expert,
    "agreement": Agreement,
    "report": Report,
    "centre": Centre,
    "page": Page,
}
"""The rows of the design: a new kind is one more line here."""

SET_WHEN_READ = ("slug", "path", "body")
"""Fields that come from where the file stands and from its text, never from its header."""


class Parsed(NamedTuple):
    """A record, or what keeps its source from being one."""

    record: Record | None
    problems: tuple[Problem, ...]


class Setting(NamedTuple):
    """What a record is read among."""

    addresses: Mapping[str, str]
    """The site's address of each record's file: what a text may link to."""
    exists: Callable[[str], bool]
    """Whether a path of the project is an asset."""
    zone: str
    """The library's time zone, for hours that are said without one."""
    withheld: frozenset[str] = frozenset()
    """Files of records that name a person without consent."""


def parse(source: Source, kind: type[Record], among: Setting) -> Parsed:
    """Make a record of a source."""
    values: dict[str, Any] = dict(source.values)
    problems = [source.problem((name,), "такого поля нет") for name in SET_WHEN_READ if name in values]
    for name in SET_WHEN_READ:
        values.pop(name, None)
    text = source.body
    if kind.suffix == ".yml" and isinstance(values.get("text"), str):
        text = values.pop("text")
    body, wrong = render(text, Surroundings(source.path, *among[:2], among.withheld))
    unseen = tuple(source.strays())
    problems += unseen
    problems += [Problem(source.path, source.text_line + mistake.line, "", mistake.message) for mistake in wrong]
    values |= {"slug": source.slug, "path": source.path, "body": body}
    try:
        record = kind.model_validate(values, context={"zone": among.zone})
    except ValidationError as error:
        # A file's name is no field to whoever reads the problem.
        places = ((() if found.loc[:1] == ("slug",) else found.loc, found.message) for found in mistakes(error, kind))
        # An address with a letter of another alphabet in it is no address, but that is the lesser news.
        told = {problem[:3] for problem in unseen}
        problems += [problem for place in places if (problem := source.problem(*place))[:3] not in told]
        return Parsed(None, tuple(problems))
    return Parsed(record, tuple(problems))

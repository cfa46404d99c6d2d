"""Make a record from answers: asked for, given as options, taken over from an earlier season; write it, check it."""

from __future__ import annotations

from contextlib import ExitStack
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from generator.catalog import examine
from generator.catalog.memory import Memory
from generator.fields.base import Mistake, nearest
from generator.new.asking import Interview
from generator.new.blank import blank_file
from generator.new.console import Console
from generator.new.desk import Desk, slug_of
from generator.new.given import Given, UnfitOrderError
from generator.new.questions import Questions
from generator.new.season import SERIES, Season, next_season
from generator.new.words import Words
from generator.new.writing import Layout, whole_file
from generator.problems import Problem
from generator.records import KINDS
from generator.settings import load_settings
from generator.shapes import filled_by_day, shapes
from generator.source import Loc, field_name
from generator.templating import Templating

MOST_ALIKE = 100
"""So many ids of one title are tried."""


class Order(NamedTuple):
    """What kind of record to make, and all that is said of it beforehand."""

    kind: str
    earlier: str | None = None
    """The id of the record whose next season it is."""
    answers: tuple[str, ...] = ()
    """Fields as `name=value`."""
    only_shown: bool = False
    """Whether to print the file and write nothing."""


class Draft(NamedTuple):
    """A record that is made but not written."""

    path: str
    text: str
    remarks: tuple[str, ...] = ()
    """What to do to other files."""


def make(project: Path, today: date, order: Order, console: Console) -> tuple[Problem, ...]:
    """Make a record and write its file; return what the check of the whole project finds in it."""
    words = Words(Templating(project, load_settings(project), today))
    if order.kind not in KINDS:
        kinds, like = ", ".join(KINDS), nearest(order.kind, KINDS)
        raise UnfitOrderError(words.say("said", "no_kind", kinds=kinds, kind=order.kind, nearest=like))
    memory = Memory.of(project)
    desk = Desk(words, project, KINDS[order.kind], examine(project, today, memory).catalog)
    if order.only_shown and not order.earlier and not order.answers:
        console.tell(blank_file(desk).rstrip("\n"))
        return ()
    try:
        draft = _drafted(desk, order, console)
    except EOFError:
        raise UnfitOrderError(words.say("said", "ended")) from None
    if order.only_shown:
        console.tell(draft.text.rstrip("\n"))
        return ()
    _write(project / draft.path, draft.text)
    console.tell(f"\n{draft.text}\n{words.say('said', 'written', path=draft.path)}")
    found = tuple(problem for problem in examine(project, today, memory).problems if _touches(problem, draft.path))
    for remark in (*((words.say("said", "wrong_now"),) if found else ()), *draft.remarks):
        console.tell(remark)
    console.tell(words.say("said", "next", path=draft.path))
    return found


def _drafted(desk: Desk, order: Order, console: Console) -> Draft:
    """Return the record, complete and right, or raise UnfitOrderError."""
    season = next_season(desk, order.earlier) if order.earlier else None
    given = Given(desk, order.answers, deepcopy(season.values) if season else {})
    _set_days(desk, given.values)
    if given.slug and (complaint := desk.slug_complaint(given.slug)):
        raise UnfitOrderError(complaint)
    wrong = desk.mistakes(_with_keys(desk, given.values))
    can_ask = console.is_interactive and not order.only_shown
    if can_ask and (wrong or (season and not order.answers)):
        if any(_at(given.values, each.loc) is not None for each in wrong):
            raise UnfitOrderError(_told(desk, wrong))
        slug = _asked(
            Interview(desk, Questions(desk, console), given.values, only_required=bool(season)), given.slug, season
        )
    elif wrong:
        raise UnfitOrderError(_told(desk, wrong))
    else:
        given.values.update(_with_keys(desk, given.values))
        slug = given.slug or (season.slug if season else slug_of(given.values["title"]))
        if not slug:
            raise UnfitOrderError(desk.words.say("said", "no_slug"))
        if complaint := desk.slug_complaint(slug):
            raise UnfitOrderError(complaint)
    return _laid_out(desk, slug, given, season)


def _asked(interview: Interview, slug: str, season: Season | None) -> str:
    """Hold the interview; return the id."""
    desk, values = interview.desk, interview.values
    interview.open()
    if season and "title" in values:
        interview.ask_one("title", values["title"])
    interview.run()
    if slug:
        return slug
    offered = season.slug if season else slug_of(values["title"])
    numbered = (offered, *(f"{offered}-{number}" for number in range(2, MOST_ALIKE)))
    return interview.ask_slug(next((each for each in numbered if offered and not desk.slug_complaint(each)), ""))


def _laid_out(desk: Desk, slug: str, given: Given, season: Season | None) -> Draft:
    values, remarks = given.values, []
    comments: dict[Loc, str] = {}
    text = given.text.replace("\r\n", "\n").strip("\n")
    if season:
        text = text or season.text.strip("\n")
        # What was told anew needs no remark.
        comments = {
            loc: remark
            for loc, remark in season.comments.items()
            if _at(values, loc) == _at(season.values, loc) or not loc
        }
        if season.untied:
            remarks.append(desk.words.say("said", "tie", path=season.untied, competition=values[SERIES]))
    elif values.get("source") and "checked" in desk.kind.model_fields:
        values.setdefault("checked", str(desk.catalog.today))
    if desk.kind.suffix == ".yml":
        written = whole_file(desk.kind, values | ({"text": f"{text}\n"} if text else {}), Layout(comments))
    else:
        written = whole_file(desk.kind, values, Layout(comments, text or desk.words.texts["body"]))
    return Draft(desk.path(slug), written, tuple(remarks))


def _set_days(desk: Desk, values: dict[str, Any]) -> None:
    for shape in shapes(desk.kind):
        if filled_by_day(shape):
            values.setdefault(shape.name, str(desk.catalog.today))


def _with_keys(desk: Desk, values: dict[str, Any]) -> dict[str, Any]:
    """Return the fields with the names of windows that nobody named."""
    found = deepcopy(values)
    for shape in shapes(desk.kind):
        if shape.part and shape.several and shape.required:
            for index, entry in enumerate(found.setdefault(shape.name, [{}])):
                if "key" in shape.part.model_fields:
                    entry.setdefault("key", desk.words.key(index))
    return found


def _at(values: Any, loc: Loc) -> Any:
    """Return what stands at a place, or None."""
    for step in loc:
        if isinstance(values, dict):
            values = values.get(str(step))
        elif isinstance(values, list) and isinstance(step, int) and step < len(values):
            values = values[step]
        else:
            return None
    return values


def _told(desk: Desk, wrong: list[Mistake]) -> str:
    lines = (f"{field_name(each.loc)}: {each.message}" for each in wrong)
    return "\n".join((desk.words.say("said", "missing"), *lines))


def _touches(problem: Problem, path: str) -> bool:
    return problem.path == path or path in problem.message


def _write(path: Path, text: str) -> None:
    """Write a new file whole, or leave none; FileExistsError where there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as undone:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            undone.callback(path.unlink)
            file.write(text)
        undone.pop_all()

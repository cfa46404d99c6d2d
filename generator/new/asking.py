"""Ask an editor for the fields of a record, one by one, each answer checked as it is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from generator.fields.base import Mistake
from generator.fields.eligibility import APPLICANTS
from generator.new.desk import Desk
from generator.new.questions import Questions
from generator.shapes import OTHERS, Shape, shapes
from generator.source import Loc, field_name

ASKED = frozenset(
    (
        "summary",
        "topics",
        "source",
        "opens",
        "money",
        "most",
        "apply",
        "contacts",
        "address",
        "phones",
        "emails",
        "sites",
        "place",
    )
)
"""Fields that may be left out, yet every editor fills: these are asked for too. The rest is written in the file."""


@dataclass(frozen=True)
class Interview:
    """Questions on a console, until every field that matters has a right answer."""

    desk: Desk
    questions: Questions
    values: dict[str, Any]
    """The record's fields; what stands in it already is not asked for."""
    only_required: bool = False
    """Whether to ask for nothing that may be left out."""

    def open(self) -> None:
        """Say what begins."""
        self.questions.say("ask", "head", title=self.desk.words.label("kinds", self.desk.kind.kind))

    def run(self) -> None:
        """Ask for all that is missing."""
        self._fill(self.desk.kind, self.values, ())

    def ask_slug(self, offered: str) -> str:
        """Return the id for the new record: right and free."""
        self.questions.console.tell()
        self.questions.say("ask", "slug", place=self.desk.path("…"))
        while True:
            slug = self.questions.line(offered)
            if not (complaint := self.desk.slug_complaint(slug)):
                return slug
            self.questions.say("said", "wrong", message=complaint)

    def ask_one(self, name: str, default: str = "") -> None:
        """Ask for one field of the record itself, offering an answer."""
        shape = next(shape for shape in shapes(self.desk.kind) if shape.name == name)
        self._field(shape, self.values, (name,), default)

    def _fill(self, model: type[BaseModel], into: dict[str, Any], loc: Loc) -> None:
        place = loc[-1] if loc else None
        for shape in shapes(model):
            # Of several windows or days, all but the first are told apart by their titles.
            is_title = shape.name == "title" and isinstance(place, int) and place > 0
            if not shape.required and (self.only_required or not (shape.name in ASKED or is_title)):
                continue
            here = (*loc, shape.name)
            if shape.part is None and shape.name not in into:
                self._field(shape, into, here)
            elif shape.part and shape.several:
                self._parts(shape, shape.part, into, here)
            elif shape.part:
                inner = into.setdefault(shape.name, {})
                self._fill(shape.part, inner, here)
                if not inner and not shape.required:
                    del into[shape.name]

    def _parts(self, shape: Shape, part: type[BaseModel], into: dict[str, Any], loc: Loc) -> None:
        """Ask for a list of nested fields: one, and others as long as there are more."""
        entries = into.setdefault(shape.name, [])
        self.questions.console.tell()
        self.questions.say("ask", "part", name=field_name(loc), words=shape.words)
        index = 0
        while True:
            if index == len(entries):
                entries.append({})
            here = (*loc, index)
            self._fill(part, entries[index], here)
            wrong = [each for each in self.desk.mistakes_at(loc, self.values) if each.loc in (loc, here)]
            if wrong:
                self.questions.complain(wrong, loc)
                entries[index].clear()
                continue
            index += 1
            if index == len(entries) and self.only_required:
                return
            if index == len(entries):
                self.questions.say("ask", "more", name=field_name(loc))
                if self.questions.line().lower() not in self.desk.words.texts["yes_words"]:
                    return

    def _field(self, shape: Shape, into: dict[str, Any], loc: Loc, default: str = "") -> None:
        self.questions.console.tell()
        if shape.is_table:
            self._table(shape, into, loc)
            return
        self.questions.explain(shape, loc)
        if shape.name == "key" and not default:
            default = self.desk.words.key(int(loc[-2]))
        while True:
            answer, complaint = self.questions.answer(shape, default)
            if answer:
                into[shape.name] = answer
            elif not shape.required:
                return
            wrong = [Mistake(loc, complaint)] if complaint else self.desk.mistakes_at(loc, self.values)
            if not wrong:
                return
            into.pop(shape.name, None)
            self.questions.complain(wrong, loc)

    def _table(self, shape: Shape, into: dict[str, Any], loc: Loc) -> None:
        """Ask who may apply, and who with a partner; to all others the answer is no."""
        words = self.desk.words
        options = {who: words.label("applicants", who) for who in APPLICANTS}
        self.questions.say("ask", "field", name=field_name(loc), words=shape.words)
        self.questions.offer(options)
        self.questions.say("ask", "pick_several")
        self.questions.say("ask", "may")
        while True:
            answers: dict[str, str] = {}
            for may in ("yes", "partner"):
                if may == "partner":
                    self.questions.say("ask", "partner")
                while True:
                    found, complaint = self.desk.resolve_all(self.questions.line().split(","), options)
                    complaint = complaint or self._strangers(shape, found, loc)
                    if not complaint:
                        break
                    self.questions.say("said", "wrong", message=complaint)
                answers = dict.fromkeys(found, may) | answers
            if answers:
                into[shape.name] = {OTHERS: "no"} | answers
                return
            self.questions.complain(self.desk.mistakes_at(loc, self.values), loc)

    def _strangers(self, shape: Shape, who: list[str], loc: Loc) -> str:
        """Return what the validators say of names in the table."""
        tried = {**self.values, shape.name: dict.fromkeys([*who, OTHERS], "no")}
        return next((mistake.message for mistake in self.desk.mistakes_at(loc, tried)), "")

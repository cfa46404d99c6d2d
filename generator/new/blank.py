"""A blank file of a kind: every field with its words, the required ones to fill in, the others behind a `#`."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pydantic import BaseModel

from generator.fields.eligibility import APPLICANTS
from generator.fields.moment import Moment
from generator.new.choosing import LISTED
from generator.new.desk import Desk
from generator.new.words import Words
from generator.new.writing import comment_lines, scalar
from generator.shapes import OTHERS, Shape, every_shape, filled_by_day, shapes

OFF = "#"
"""Stands before a field that is not in use; taken away, it leaves a right line."""


def blank_file(desk: Desk) -> str:
    """Return a commented skeleton: with its required fields filled in, it passes the check."""
    blank = _Blank(desk)
    kind = desk.kind
    title = desk.words.label("kinds", kind.kind)
    fields = comment_lines(desk.words.say("skeleton", "head", title=title, place=desk.path("…")))
    for shape in shapes(kind):
        fields += ["", *blank.field(shape, in_use=shape.required)]
    if any(shape.type is Moment for shape in every_shape(kind)):
        fields += ["", *_about_moments(desk.words)]
    if kind.suffix == ".md":
        return "\n".join(("---", *fields, "---", "", desk.words.texts["body"], ""))
    text = [*comment_lines(desk.words.texts["text"]), f"{OFF}text: |", f"{OFF}  {desk.words.texts['text_example']}"]
    return "\n".join((*fields, "", *text, ""))


def brief_file(desk: Desk, optional: Collection[str], manual: str) -> str:
    """Return a skeleton of the required fields and some others, each with few words, and where there are more."""
    blank = _Blank(desk, is_brief=True)
    fields = comment_lines(desk.words.say("brief", "head", url=manual))
    for shape in shapes(desk.kind):
        if shape.required or shape.name in optional:
            fields += blank.field(shape, in_use=shape.required)
    if desk.kind.suffix == ".md":
        fields = ["---", *fields, "---", "", desk.words.texts["body"]]
    return "\n".join((*fields, ""))


class _Blank:
    """The lines of a blank file."""

    def __init__(self, desk: Desk, *, is_brief: bool = False) -> None:
        self.desk = desk
        self.words = desk.words
        self.is_brief = is_brief
        """Whether to say only what a person needs who has the manual beside."""

    def field(self, shape: Shape, *, in_use: bool) -> Iterator[str]:
        """Yield a field's words and the field itself, with what is nested in it."""
        words = shape.words.partition(". ")[0].rstrip(".") + "." if self.is_brief else shape.words
        yield from comment_lines(" ".join((words, *self._remarks(shape))))
        off = "" if in_use else OFF
        if shape.is_table:
            yield f"{off}{shape.name}:"
            for who in APPLICANTS[:1] if self.is_brief else APPLICANTS:
                yield f"  {OFF}{who}: {self.words.example(shape)}  # {self.words.label('applicants', who)}"
            yield f"  {off}{OTHERS}:"
        elif shape.part:
            yield f"{off}{shape.name}:"
            lines = self._nested(shape.part, in_use=in_use, several=shape.several)
            yield from (f"  {line}" for line in lines)
        elif in_use:
            yield f"{shape.name}: {self._filled(shape)}".rstrip()
        else:
            yield f"{off}{shape.name}: {self._example(shape)}".rstrip()

    def _nested(self, part: type[BaseModel], *, in_use: bool, several: bool) -> Iterator[str]:
        inner = shapes(part)
        if self.is_brief:
            inner = tuple(shape for shape in inner if shape.required) or inner[:1]
        if several:
            # The dash stands before the first field, which must not be one that may stay out.
            inner = tuple(sorted(inner, key=lambda shape: not shape.required))
        nothing_required = not any(shape.required for shape in inner)
        for index, shape in enumerate(inner):
            in_place = in_use and (shape.required or (nothing_required and index == 0))
            lines = list(self.field(shape, in_use=in_place))
            if several:
                first = next(place for place, line in enumerate(lines) if not line.startswith("# "))
                lines = [
                    _behind_dash(line, "- " if index == 0 and place == first else "  ")
                    for place, line in enumerate(lines)
                ]
            yield from lines

    def _remarks(self, shape: Shape) -> Iterator[str]:
        """Yield what a value may be."""
        known = self._known(shape)
        if shape.choices:
            yield self.words.say("skeleton", "choices", choices=", ".join(shape.choices))
        elif self.is_brief and shape.is_table:
            yield self.words.say("skeleton", "choices", choices=", ".join(APPLICANTS))
        elif known and len(known) <= LISTED:
            names = ", ".join(
                f"{slug} ({title})" if title and not self.is_brief else slug for slug, title in known.items()
            )
            yield self.words.say("skeleton", "known", known=names)
        elif shape.required and (example := self.words.example(shape)) and not (shape.is_table or self._filled(shape)):
            yield self.words.say("skeleton", "example", example=scalar(example, is_words=shape.is_words))
        if shape.several and shape.required and not shape.part:
            yield self.words.say("skeleton", "several")

    def _known(self, shape: Shape) -> dict[str, str]:
        """Return the ids that a value may be one of; the public see a brief blank, and none of what is not public."""
        known = self.desk.options(shape) if shape.refers else {}
        if not self.is_brief:
            return known
        hidden = self.desk.catalog.topics.keys() - self.desk.catalog.by_topic if shape.refers == "topic" else ()
        return {slug: title for slug, title in known.items() if title and slug not in hidden}

    def _filled(self, shape: Shape) -> str:
        """Return what a required field holds already."""
        if filled_by_day(shape):
            return str(self.desk.catalog.today)
        return self.words.key(0) if shape.name == "key" else ""

    def _example(self, shape: Shape) -> str:
        example = next(iter(self._known(shape)), "") if shape.refers else self.words.example(shape)
        if not example:
            return "[]" if shape.several else ""
        written = scalar(example, is_words=shape.is_words, in_row=shape.several)
        return f"[{written}]" if shape.several else written


def _behind_dash(line: str, dash: str) -> str:
    """Return a line of a list's entry; in one not in use the dash stands behind the sign that puts it out of use."""
    if line.startswith(OFF) and not line.startswith("# "):
        return f"{OFF}{dash}{line.removeprefix(OFF)}"
    return f"  {line}" if line.startswith("# ") else f"{dash}{line}"


def _about_moments(words: Words) -> Iterator[str]:
    yield from comment_lines(words.say("skeleton", "moment"))
    for shape in shapes(Moment):
        choices = words.say("skeleton", "choices", choices=", ".join(shape.choices)) if shape.choices else ""
        yield from comment_lines(f"{shape.name} — {shape.words} {choices}".strip())
        for inner in shapes(shape.part) if shape.part else ():
            yield from comment_lines(f"{shape.name}.{inner.name} — {inner.words}")

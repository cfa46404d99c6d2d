"""Put one question to an editor: what the field is, what it may be, and the answer as the file would have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.fields.base import Mistake
from generator.new.choosing import LISTED, Choosing
from generator.new.console import Console, unreadable
from generator.records import KINDS
from generator.shapes import Shape
from generator.source import Loc, field_name


@dataclass(frozen=True)
class Questions:
    """Questions and answers on a console."""

    desk: Choosing
    console: Console

    def explain(self, shape: Shape, loc: Loc) -> None:
        """Say what a field is and how to answer."""
        words = self.desk.words
        optional = "" if shape.required else f" {words.say('ask', 'optional')}"
        self.console.tell(words.say("ask", "field", name=field_name(loc), words=shape.words) + optional)
        options = self.desk.options(shape)
        if len(options) > LISTED:
            self.say("ask", "too_many", count=len(options))
        elif options:
            self.offer(options)
            pick = "pick_choice" if shape.choices else "pick"
            many = {"pick_choice": "pick_choices", "pick": "pick_several"}
            self.say("ask", many[pick] if shape.several else pick)
        elif shape.several:
            self.say("ask", "lines")
        if shape.refers in KINDS:
            self.say("ask", "absent", kind=shape.refers)
        if not options and (example := words.example(shape)) and shape.name != "key":
            self.say("ask", "example", example=example)

    def answer(self, shape: Shape, default: str) -> tuple[str | list[str], str]:
        """Return an answer as it would stand in the file, and what is wrong with it before any check."""
        options = self.desk.options(shape)
        if options:
            line = self.line(default)
            ids, complaint = self.desk.resolve_all(line.split(",") if shape.several else [line], options)
            return ids if shape.several else "".join(ids[:1]), complaint
        if not shape.several:
            return self.line(default), ""
        lines = []
        while line := self.line():
            lines.append(line)
        return lines, ""

    def complain(self, wrong: Iterable[Mistake], loc: Loc) -> None:
        """Tell what is wrong; what is deeper than the question, with its place."""
        for mistake in wrong:
            place = "" if mistake.loc == loc else f"{field_name(mistake.loc)}: "
            self.say("said", "wrong", message=place + mistake.message)

    def offer(self, options: Mapping[str, str]) -> None:
        """Show a numbered list to choose from."""
        width = max(map(len, options))
        for number, (slug, title) in enumerate(options.items(), 1):
            self.console.tell(f"{number:4}  {slug:{width}}  {title}".rstrip())

    def line(self, default: str = "") -> str:
        """Return a line of letters that can stand in a file."""
        while True:
            line = self.console.ask(default) or default
            complaint = unreadable(line)
            if complaint is None:
                return line
            self.say("said", "wrong", message=complaint or self.desk.words.say("said", "garbled"))

    def say(self, group: str, name: str, /, **facts: object) -> None:
        """Show one of the texts."""
        self.console.tell(self.desk.words.say(group, name, **facts))

"""The writer: a parser's events as the site's HTML, with everything that is worth knowing about them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar

from generator.markdown.anchors import anchor_of
from generator.markdown.body import Heading, Mistakes, Surroundings
from generator.markdown.links import Links
from generator.markdown.notes import Notes
from generator.markdown.output import Output
from generator.markdown.parsing import Event, is_link
from generator.markdown.tables import HEAD_END, OPENING, Table
from generator.markdown.tags import attribute, escaped, is_plain, plain

WITHHELD = "<span data-withheld></span>"
"""Stands where a text named a person without consent; what it says instead is the templates' to choose."""
COMMENT = re.compile("<!--.*?-->", re.DOTALL)
CONTENTS = (2, 3)
"""Levels of the headings that a list of contents shows."""
DEEPEST = 50
"""Quotes in lists in quotes: whoever reads our HTML goes down a call at a time, and Python has a thousand."""

Does = Callable[["Writing", Any], None]


class Writing:
    """One walk over a text's events."""

    def __init__(self, text: str, around: Surroundings) -> None:
        self.mistakes = Mistakes()
        self.links = Links(around, self.mistakes)
        self.headings: list[Heading] = []
        self.output = Output()
        self._escaped = str if is_plain(text) else escaped
        self._events: Iterator[Event] = iter(())
        self._notes = Notes()
        self._table = Table(())
        self._anchors: set[str] = set()
        self._link_number = -1
        self._depth = 0

    def write(self, events: Iterable[Event]) -> str:
        """Return a whole text's events as HTML."""
        self._events = iter(events)
        # Half of a page's time is here: what is most frequent comes first, and nothing is called twice.
        for event in self._events:
            if type(event) is str:
                self._SIGNS[event](self)
            elif "Text" in event:
                self.output.parts.append(self._escaped(event["Text"]))
            elif "Start" in event:
                tag = event["Start"]
                if type(tag) is str:
                    self._STARTS[tag](self, None)
                else:
                    (name,) = tag
                    self._STARTS[name](self, tag[name])
            elif "End" in event:
                tag = event["End"]
                if type(tag) is str:
                    self._ENDS[tag](self, None)
                else:
                    (name,) = tag
                    self._ENDS[name](self, tag[name])
            else:
                (name,) = event
                self._OTHERS[name](self, event[name])
        self.links.check_own(self._anchors)
        return "".join((*self.output.parts, *self._notes.written())).strip()

    def write_placed(self, events: Iterable[tuple[Event, int]]) -> str:
        """Return the same; mistakes are told with their lines."""
        return self.write(self._followed(events))

    def _followed(self, events: Iterable[tuple[Event, int]]) -> Iterator[Event]:
        for event, self.mistakes.line in events:
            yield event

    def _within(self, tag: str) -> Iterator[Event]:
        """Yield what stands in the tag that has just begun, up to its end."""
        depth = 1
        for event in self._events:
            if isinstance(event, dict):
                self._link_number += is_link(event)
                depth += tag in event.get("Start", ())
                depth -= event.get("End") == tag
            if not depth:
                return
            yield event

    def _deeper(self, html: str) -> str:
        """Return the opening tag of what may stand in its like."""
        self._depth += 1
        if self._depth == DEEPEST + 1:
            self.mistakes.tell("слишком много уровней вложенности")
        return html

    def _out(self, html: str) -> str:
        """Return its closing tag."""
        self._depth -= 1
        return html

    def _raw(self, html: str) -> None:
        if COMMENT.sub("", html).strip():
            tag = html.strip().split("\n")[0][:40]
            self.mistakes.tell(f"HTML в тексте не нужен: «{tag}»; пользуйтесь разметкой Markdown")

    def _html_block(self, _: None) -> None:
        self._raw("".join(html for event in self._within("HtmlBlock") for html in event.values()))

    def _code_block(self, kind: str | dict[str, str]) -> None:
        language = kind["Fenced"].split() if isinstance(kind, dict) else []
        named = attribute("class", f"language-{language[0]}") if language else ""
        self.output.block(f"<pre><code{named}>")

    def _link(self, link: dict[str, Any]) -> None:
        self._link_number += 1
        is_bare = link["link_type"] in ("Autolink", "Email")
        html = self.links.bare(link) if is_bare else self.links.opening(link, self._link_number)
        self.output.add(html or WITHHELD)
        if is_bare or not html:
            for _ in self._within("Link"):
                pass

    def _image(self, image: dict[str, Any]) -> None:
        words: list[str] = []
        for event in self._within("Image"):
            match event:
                case {"Text": said} | {"Code": said}:
                    words.append(said)
                case {"InlineHtml": html}:
                    self._raw(html)
                case str():
                    words.append(" ")
        self.output.add(self.links.picture(image, "".join(words)))

    def _end_heading(self, name: str) -> None:
        level = int(name[1])
        if level == 1:
            self.mistakes.tell("заголовок «#» — это title записи; в тексте начинайте с «##»")
        title = plain("".join(self.output.words()))
        anchor = base = anchor_of(title)
        number = 2
        while anchor in self._anchors:
            anchor = f"{base}-{number}"
            number += 1
        self._anchors.add(anchor)
        if level in CONTENTS:
            self.headings.append(Heading(level, anchor, title))
        self.output.reopen(f'<h{level} id="{anchor}">')
        self.output.add(f"</h{level}>\n")

    def _list(self, first: int | None) -> None:
        start = "" if first in (None, 1) else f' start="{first}"'
        self.output.list(self._deeper("<ul>\n" if first is None else f"<ol{start}>\n"))

    def _begin_table(self, aligned: Sequence[str]) -> None:
        self._table = Table(aligned)
        self.output.block(OPENING)

    # What to do with each of the parser's events.
    _STARTS: ClassVar[dict[str, Does]] = {
        "BlockQuote": lambda own, _: own.output.block(own._deeper("<blockquote>\n")),
        "CodeBlock": _code_block,
        "Emphasis": lambda own, _: own.output.add(own._deeper("<em>")),
        "FootnoteDefinition": lambda own, label: own.output.note(label),
        "Heading": lambda own, _: own.output.block("<h>"),
        "HtmlBlock": _html_block,
        "Image": _image,
        "Item": lambda own, _: own.output.item(),
        "Link": _link,
        "List": _list,
        "Paragraph": lambda own, _: own.output.block("<p>"),
        "Strikethrough": lambda own, _: own.output.add(own._deeper("<s>")),
        "Strong": lambda own, _: own.output.add(own._deeper("<strong>")),
        "Subscript": lambda own, _: own.output.add("~"),
        "Table": _begin_table,
        "TableCell": lambda own, _: own.output.add(own._table.cell()),
        "TableHead": lambda *_: None,
        "TableRow": lambda own, _: own.output.add(own._table.row()),
    }
    _ENDS: ClassVar[dict[str, Does]] = {
        "BlockQuote": lambda own, _: own.output.add(own._out("</blockquote>\n")),
        "CodeBlock": lambda own, _: own.output.add("</code></pre>\n"),
        "Emphasis": lambda own, _: own.output.add(own._out("</em>")),
        "FootnoteDefinition": lambda own, _: own._notes.define(*own.output.end_note()),
        "Heading": _end_heading,
        "Item": lambda own, _: own.output.end_item(),
        "Link": lambda own, _: own.output.add("</a>"),
        "List": lambda own, is_numbered: own.output.end_list(own._out("</ol>\n" if is_numbered else "</ul>\n")),
        "Paragraph": lambda own, _: own.output.end_paragraph(),
        "Strikethrough": lambda own, _: own.output.add(own._out("</s>")),
        "Strong": lambda own, _: own.output.add(own._out("</strong>")),
        "Subscript": lambda own, _: own.output.add("~"),
        "Table": lambda own, _: own.output.add(own._table.end()),
        "TableCell": lambda own, _: own.output.add(own._table.end_cell()),
        "TableHead": lambda own, _: own.output.add(HEAD_END),
        "TableRow": lambda own, _: own.output.add("</tr>\n"),
    }
    _OTHERS: ClassVar[dict[str, Does]] = {
        "Code": lambda own, code: own.output.add(f"<code>{escaped(code)}</code>"),
        "FootnoteReference": lambda own, label: own.output.add(own._notes.reference(label)),
        "InlineHtml": _raw,
        "TaskListMarker": lambda own, is_done: own.output.task(is_done=is_done),
    }
    _SIGNS: ClassVar[dict[str, Callable[[Writing], None]]] = {
        "HardBreak": lambda own: own.output.add("<br />\n"),
        "Rule": lambda own: own.output.block("<hr />\n"),
        "SoftBreak": lambda own: own.output.add("\n"),
    }

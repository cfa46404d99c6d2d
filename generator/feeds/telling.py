"""A story in words: its title, a sentence or two, and its full text, each made once."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from markupsafe import Markup

from generator.feeds.stories import Story
from generator.records.record import Record
from generator.settings import Settings
from generator.templating import Templating


class Told(NamedTuple):
    """What a reader program shows of a story."""

    title: str
    summary: str
    """Plain text; empty where there is none."""
    html: str


class Telling:
    """Puts stories into words by the templates."""

    def __init__(self, templating: Templating) -> None:
        self._templating = templating
        self._told: dict[str, Told] = {}

    def told(self, story: Story) -> Told:
        """Return a story in words, the same in every feed."""
        if story.guid not in self._told:
            self._told[story.guid] = self._tell(story)
        return self._told[story.guid]

    def _tell(self, story: Story) -> Told:
        record = story.record
        if story.what == "text":
            return Told(record.title, record.summary or "", self.full_text(record))
        context = {"record": record, "what": story.what, **story.context}
        title, lead = (
            _one_line(self._templating.render(f"text/story_{part}.txt", context)) for part in ("title", "lead")
        )
        text = absolute(self._templating.html(record.body), record, self._templating.settings)
        page = self._templating.render(
            f"text/story_{record.kind}.html", {**context, "lead": lead, "text": Markup(text)}
        )  # our Markdown renderer made it
        return Told(title, lead, page.strip())

    def full_text(self, record: Record) -> str:
        """Return a record's text as HTML for a reader program, the mark that the law asks for first."""
        templating = self._templating
        mark = templating.foreign_agent(record)
        text = templating.html(record.body) or f"<p>{escape(record.summary or record.title)}</p>"
        return absolute(f"<p><strong>{escape(mark)}</strong></p>{text}" if mark else text, record, templating.settings)


def absolute(html: str, record: Record, settings: Settings) -> str:
    """Return a record's HTML with links that work outside the site, those within the text too."""
    root, own = settings.absolute("/"), settings.absolute(record.address)
    return (
        html.replace('href="/', f'href="{root}').replace('src="/', f'src="{root}').replace('href="#', f'href="{own}#')
    )


def _one_line(text: str) -> str:
    """Return a text without line ends; the spaces that hold words together stay."""
    return " ".join(text.replace("\n", " ").split(" ")).strip()

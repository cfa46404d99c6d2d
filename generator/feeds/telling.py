"""A story in words: its title, a sentence or two, and its full text, each made once."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from markupsafe import Markup

from generator.feeds.enclosures import Enclosure, files_of, picture_of
from generator.feeds.stories import Story
from generator.images import with_files_plainly
from generator.records.record import Record
from generator.templating import Templating
from generator.typography import typeset, typeset_html


class Told(NamedTuple):
    """What a reader program shows of a story."""

    title: str
    summary: str
    """Plain text; empty where there is none."""
    html: str
    picture: Enclosure | None
    """The first picture of the text."""
    files: tuple[Enclosure, ...]
    """What the text links to."""


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
        record, assets = story.record, self._templating.assets
        beside = picture_of(record, assets), tuple(files_of(record, assets))
        if story.what == "text":
            text = typeset_html(self.full_text(record))
            return Told(typeset(record.title), typeset(record.summary or ""), text, *beside)
        context = {"record": record, "what": story.what, **story.context}
        title, lead = (
            _one_line(self._templating.prose(f"text/story_{part}.txt", context)) for part in ("title", "lead")
        )
        text = self._absolute(self._templating.html(record.body), record)
        page = self._templating.prose(
            f"text/story_{record.kind}.html", {**context, "lead": lead, "text": Markup(text)}
        )  # our Markdown renderer made it
        return Told(title, lead, page.strip(), *beside)

    def full_text(self, record: Record) -> str:
        """Return a record's text as HTML for a reader program, the mark that the law asks for first."""
        templating = self._templating
        mark = templating.foreign_agent(record)
        text = templating.html(record.body) or f"<p>{escape(record.summary or record.title)}</p>"
        return self._absolute(f"<p><strong>{escape(mark)}</strong></p>{text}" if mark else text, record)

    def _absolute(self, html: str, record: Record) -> str:
        """Return a record's HTML with links that work outside the site, those within the text too."""
        settings = self._templating.settings
        root, own = settings.absolute("/"), settings.absolute(record.address)
        html = with_files_plainly(html, self._templating.assets, self._templating.words["weight"])
        for short, full in (('href="/', f'href="{root}'), ('src="/', f'src="{root}'), ('href="#', f'href="{own}#')):
            html = html.replace(short, full)
        return html


def _one_line(text: str) -> str:
    """Return a text without line ends; the spaces that hold words together stay."""
    return " ".join(text.replace("\n", " ").split(" ")).strip()

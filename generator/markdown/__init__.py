"""The one Markdown dialect: CommonMark with GitHub's tables, task lists, strike-out and footnotes.

What an editor sees in a git host's preview is what the site shows, so there are no extensions of our own.
Raw HTML is refused (comments aside: they are left out), and every link and picture is checked.
"""

from __future__ import annotations

from generator.markdown.anchors import anchor_of
from generator.markdown.body import Body, Heading, Mistake, Surroundings
from generator.markdown.links import ASSETS, SCHEMES
from generator.markdown.parsing import events, line_of_link, placed_events
from generator.markdown.writing import WITHHELD, Writing

__all__ = [
    "ASSETS",
    "SCHEMES",
    "WITHHELD",
    "Body",
    "Heading",
    "Mistake",
    "Surroundings",
    "anchor_of",
    "line_of_link",
    "render",
]


def render(text: str, around: Surroundings) -> tuple[Body, tuple[Mistake, ...]]:
    """Return a text as HTML, and everything that is wrong with it."""
    if not text:
        return Body(), ()
    writing = Writing(text, around)
    html = writing.write(events(text))
    if writing.mistakes.found:
        # Lines are asked for only here, as they cost as much as the reading itself.
        writing = Writing(text, around)
        html = writing.write_placed(placed_events(text))
    links = writing.links
    body = Body(
        html,
        tuple(writing.headings),
        tuple(links.records),
        tuple(sorted({*links.pictures, *links.files})),
        tuple(links.pictures),
        tuple(links.files),
        text,
        tuple(writing.output.questions),
    )
    return body, tuple(writing.mistakes.found)

"""Every message of the check: what it says, how it comes about, what to do then."""

from __future__ import annotations

from typing import Any, NamedTuple

from generator.templating import Templating

MESSAGES = "text/editors/messages.yml"


class Message(NamedTuple):
    """Something that the check says, and what to do then."""

    says: str
    """Its words; «…» stands for what differs."""
    remedy: str
    wrong: str
    """How it came about, as the file has it; empty where a file shows nothing."""
    right: str
    kind: str = "grant"
    """The kind of record that the example is of."""
    at: str = ""
    """The list whose first entry the example is of; empty for a record's own fields."""
    is_text: bool = False
    """Whether it is of a record's text."""


class Chapter(NamedTuple):
    """Messages of one sort."""

    name: str
    title: str
    messages: tuple[Message, ...]


def chapters(templating: Templating) -> list[Chapter]:
    """Return the messages of the check, sort by sort."""
    return [
        Chapter(name, chapter["title"], tuple(_message(each) for each in chapter["messages"]))
        for name, chapter in templating.texts(MESSAGES).items()
    ]


def _message(written: dict[str, Any]) -> Message:
    example_of = (written.get("kind") or "grant", written.get("at") or "", written.get("in") == "text")
    return Message(written["says"], written["do"], written.get("wrong") or "", written.get("right") or "", *example_of)

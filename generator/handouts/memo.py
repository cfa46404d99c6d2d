"""The sheets `memo-<id>`: methodology checklists as tools to work with a pencil."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.handouts.prose import prose
from generator.handouts.sheet import Subject
from generator.handouts.wording import Wording
from generator.records.note import Note
from generator.records.record import Record
from generator.templating import shown_link


def memos(wording: Wording) -> Iterator[Subject]:
    """Yield every note that has a task list, in the order of a project's steps."""
    for note in wording.catalog.of("note"):
        if note.body.questions:
            yield Subject(f"memo-{note.slug}", note.address, note.title, note)


def memo(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return a note's text as blocks, its boxes counted, and what a number of ticks means."""
    note: Note = subject.of
    return {
        "name": note.title,
        "example": note.example,
        "agent": wording.templating.foreign_agent(note),
        "step": {"number": note.stage_number, "name": wording.words["stage"][note.stage].lower()},
        "summary": note.summary,
        "changed": note.changed_for_readers and wording.near(note.changed_for_readers),
        "blocks": prose(note.body, wording),
        "questions": len(note.body.questions),
        "verdicts": [each._asdict() for each in note.verdict_ranges()] if note.verdicts else [],
        "sources": sources(note),
        "checked": note.checked and wording.near(note.checked),
    }


def sources(record: Record) -> list[dict[str, Any]]:
    """Return where a record's facts are from, links as one types them in."""
    return [_source(line) for line in record.source]


def _source(line: str) -> dict[str, Any]:
    is_link = line.startswith(("http://", "https://"))
    return {"text": shown_link(line) if is_link else line, "is_link": is_link}

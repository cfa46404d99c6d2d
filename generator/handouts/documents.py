"""The sheet `documents`: the official documents on NGOs, each with what it is about and where its page is."""

from __future__ import annotations

from typing import Any

from generator.handouts.sheet import Subject
from generator.handouts.wording import Wording
from generator.records.document import Document
from generator.russian import full_day_words
from generator.templating import shown_link


def documents(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return the documents in force, then those of the past, each in the order of the site's list."""
    found = _documents(wording)
    return {
        "in_force": [_told(record, wording) for record in found if record.in_force],
        "past": [_told(record, wording) for record in found if not record.in_force],
    }


def _told(document: Document, wording: Wording) -> dict[str, Any]:
    newer = next((each for each in _documents(wording) if each.slug == document.replaced_by), None)
    nature = wording.words["document_nature"][document.nature]
    return {
        "name": document.short or document.title,
        "title": document.title if document.short else None,
        "example": document.example,
        "agent": wording.templating.foreign_agent(document),
        "nature": nature[:1].upper() + nature[1:],
        "number": document.number if document.number.startswith("№") else f"№ {document.number}",
        "day": full_day_words(document.date),
        "edition": document.edition,
        "ended": document.ended and full_day_words(document.ended),
        "newer": newer and (newer.short or newer.title),
        "summary": document.summary,
        "page": shown_link(wording.settings.absolute(document.address)),
        "checked": document.checked and wording.near(document.checked),
    }


def _documents(wording: Wording) -> list[Document]:
    return [record for record in wording.catalog.of("document") if isinstance(record, Document)]

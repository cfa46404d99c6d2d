"""The head of an organisation: what a table may bring of a person, and what waits for consent (152-ФЗ, 10.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.importers.rows import Entry
from generator.importers.spaces import alike

PERSONAL = {
    "head_name": "имя руководителя не перенесено: нужна дата согласия",
    "head_phone": "телефон руководителя не перенесён: нужна дата согласия",
    "head_email": "почта руководителя не перенесена: нужна дата согласия",
}
"""Fields that need consent, and what is said where there is none: never the value itself."""
OF_ANOTHER = ("phone", "email", "photo", "expert")
"""What belongs to the person who was the head before."""


def lawful(entry: Entry, head: Mapping[str, Any], role: str) -> Entry:
    """Return an entry with no more about a person than may be written; `head` is what the record says already."""
    name, consent = entry.fields.get("head_name"), entry.fields.get("head_consent")
    if name and consent:
        return _replaced(entry, str(name), head, role)
    if consent:
        entry = _less(entry, "head_consent", head, "согласие не перенесено: в строке нет имени того, кто его дал")
    agreed = head.get("consent") is not None and (not consent or consent == head["consent"])
    for field, reason in PERSONAL.items():
        entry = _less(entry, field, head if agreed else {}, reason)
    return entry


def _less(entry: Entry, field: str, head: Mapping[str, Any], reason: str) -> Entry:
    """Return an entry without a field; there is nothing to tell where the record has the same already."""
    if field not in entry.fields:
        return entry
    is_known = alike(str(head.get(field.removeprefix("head_"), ""))) == alike(str(entry.fields[field]))
    less = entry.without(field, reason)
    return less._replace(lost=entry.lost) if is_known else less


def _replaced(entry: Entry, name: str, head: Mapping[str, Any], role: str) -> Entry:
    """Return an entry in which a new head takes nothing over from the one before."""
    fields = dict(entry.fields)
    if "role" not in head:
        fields.setdefault("head_role", role)
    if head.get("name") and alike(str(head["name"])) != alike(name):
        fields = {f"head_{gone}": None for gone in OF_ANOTHER if gone in head} | fields
    return entry._replace(fields=fields)

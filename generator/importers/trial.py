"""Hold a row against the model: what the model refuses is left out and told of, and the rest is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.fields.base import Mistake
from generator.importers.cells import lost
from generator.importers.rows import NAMES, Entry
from generator.importers.shapes import field_at, modelled, record_values
from generator.markdown import Surroundings, render
from generator.records.ngo import Ngo


def fitted(entry: Entry, among: Surroundings, over: Mapping[str, Any] | None = None) -> Entry:
    """Return an entry that makes a right record, or one with the reason why it makes none."""
    slug = among.path.rpartition("/")[2].removesuffix(Ngo.suffix)
    while isinstance(found := modelled(record_values(entry.fields, over), slug), list):
        entry = _less(entry, found[0])
        if entry.reason:
            return entry
    text = entry.fields.get("text")
    if text:
        _, wrong = render(str(text), among)
        if wrong:
            entry = entry.without("text", wrong[0].message)
    return entry


def _less(entry: Entry, mistake: Mistake) -> Entry:
    """Return an entry without what one mistake is about."""
    field = field_at(mistake.loc)
    value = entry.fields.get(field)
    if value is None or field in NAMES:
        return entry._replace(reason=f"{entry.headings.get(field, field)}: {mistake.message}")
    place = next((step for step in mistake.loc if isinstance(step, int)), None)
    if not isinstance(value, list) or place is None:
        return entry.without(field, *reversed(lost(str(value), mistake.message)))
    gone = value[place]["note"] if isinstance(value[place], dict) else value[place]
    less = entry.without(field, *reversed(lost(str(gone), mistake.message)))
    kept = [each for index, each in enumerate(value) if index != place]
    return less._replace(fields={**less.fields, field: kept}) if kept else less

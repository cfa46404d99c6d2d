"""What a page says of its records to machines: schema.org in JSON-LD, from a template a kind."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from generator.catalog import Catalog
from generator.records.record import Record
from generator.templating import Templating

_IN_HTML = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
"""Signs that would end or begin something in the page around; JSON may write them by number (RFC 8259, 7)."""


def linked_data(records: Iterable[Record], catalog: Catalog, templating: Templating, picture: str | None = None) -> str:
    """Return the script element with the records' descriptions, or nothing where no template tells of their kind.

    `picture` is the address of what is shown beside a link to the page.
    """
    told = []
    for record in records:
        if record.kind in templating.described_kinds:
            text = templating.render(
                f"text/ld/{record.kind}.json", {"record": record, "catalog": catalog, "picture": picture}
            )
            told += [_told(json.loads(text))] if text.strip() != "null" else []
    if not told:
        return ""
    whole = {"@context": "https://schema.org", **told[0]}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(_IN_HTML)
    return f'<script type="application/ld+json">{text}</script>'


def _told(value: Any) -> Any:
    """Return a description without what it has no value for."""
    if isinstance(value, dict):
        return {name: _told(inner) for name, inner in value.items() if inner not in (None, [], {}, "")}
    return [_told(inner) for inner in value] if isinstance(value, list) else value

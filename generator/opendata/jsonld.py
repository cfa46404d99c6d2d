"""What a page says of its records to machines: schema.org in JSON-LD, from a template a kind."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from generator.catalog import Catalog
from generator.records.record import Record
from generator.templating import Templating


def linked_data(records: Iterable[Record], catalog: Catalog, templating: Templating, picture: str | None = None) -> str:
    """Return the script element with the first description of a record, or nothing where no template tells of any.

    `picture` is the address of what is shown beside a link to the page.
    """
    for record in records:
        if record.kind in templating.described_kinds:
            context = {"record": record, "catalog": catalog, "picture": picture}
            text = templating.render(f"text/ld/{record.kind}.json", context)
            if told := DECODER.decode(text):
                return _element({"@context": "https://schema.org", **told})
    return ""


def _element(told: dict[str, Any]) -> str:
    text = ENCODER.encode(told)
    # What would end or begin something in the page around, by number (RFC 8259, 7). `str.translate` took a quarter of
    # all the time here.
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def _without_nothing(told: dict[str, Any]) -> dict[str, Any]:
    """Return a description without what it has no value for."""
    return {name: value for name, value in told.items() if value or value == 0}


DECODER = json.JSONDecoder(object_hook=_without_nothing)
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""Made once: `json.dumps` makes one for each description."""

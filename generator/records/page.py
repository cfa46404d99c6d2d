"""A page of prose that belongs to no list."""

from __future__ import annotations

from generator.records.record import Record


class Page(Record):
    """A page such as «Персональные данные»."""

    kind = "page"
    folder = "content/pages"
    section = "/"

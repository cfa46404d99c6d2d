"""The vocabulary of topics, by which records of all kinds are found."""

from __future__ import annotations

from generator.fields.base import Part
from generator.fields.text import Line, Text


class Topic(Part):
    """One topic of content/topics.yml."""

    title: Line
    """Как тема называется на сайте."""
    summary: Text | None = None
    """Что к ней относится."""

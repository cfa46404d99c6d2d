"""Open data: calls, organisations and projects as JSON and tables, by common standards, and a catalogue of it all."""

from __future__ import annotations

from generator.opendata.datasets import SETS, datasets
from generator.opendata.identifiers import licence_url
from generator.opendata.index import index

__all__ = ["SETS", "datasets", "index", "licence_url"]

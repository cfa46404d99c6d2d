"""Open data: calls, organisations and projects as JSON and tables, by common standards, and a catalogue of it all."""

from __future__ import annotations

from collections.abc import Iterator

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.opendata.datasets import SETS, datasets
from generator.opendata.identifiers import licence_url
from generator.opendata.index import index
from generator.templating import Templating

__all__ = ["datasets", "licence_url", "opendata"]


def opendata(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield every file of open data."""
    sizes: dict[str, int] = {}
    for row in SETS.values():
        for artifact in row.make(catalog, templating):
            sizes[artifact.path] = len(artifact.content)
            yield artifact
    yield index(catalog, templating, sizes)

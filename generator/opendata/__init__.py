"""Open data: calls, organisations and projects as JSON and tables, by common standards, and a catalogue of it all."""

from __future__ import annotations

from collections.abc import Iterator

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.opendata.datasets import SETS, datasets
from generator.opendata.identifiers import licence_url
from generator.opendata.index import index
from generator.templating import Templating

__all__ = ["datasets", "index", "licence_url", "opendata"]


def opendata(catalog: Catalog, templating: Templating) -> Iterator[tuple[str, Iterator[Artifact]]]:
    """Yield the sets by their names; the files of each are made when asked for. Their catalogue comes last: `index`."""
    for name, row in SETS.items():
        yield name, row.make(catalog, templating)

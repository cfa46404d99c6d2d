"""The names by which fields may refer to something: what an editor can choose from."""

from __future__ import annotations

from pathlib import Path

from generator.catalog.catalog import Catalog
from generator.catalog.checks import ASSETS
from generator.records import KINDS


def known_names(project: Path, catalog: Catalog) -> dict[str, dict[str, str]]:
    """Return the ids of every kind, drafts too, with their titles as far as visitors may see them."""
    titles = {record.path: record.title for record in catalog.records}
    found = {"topic": {slug: topic.title for slug, topic in catalog.topics.items()}}
    assets = (project / ASSETS).rglob("*.*")
    found["asset"] = {path.relative_to(project / ASSETS).as_posix(): "" for path in sorted(assets)}
    for name, kind in KINDS.items():
        paths = sorted((project / kind.folder).glob(f"*{kind.suffix}"))
        found[name] = {path.stem: titles.get(f"{kind.folder}/{path.name}", "") for path in paths}
    return found

"""What `proekt schema` prints and writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from generator.catalog import examine
from generator.catalog.known import known_names
from generator.catalog.memory import Memory
from generator.schema import files, schemas
from generator.settings import load_settings
from generator.templating import Templating


def schema_text(project: Path, today: date) -> str:
    """Return every schema as one JSON object, by their names."""
    templating, known = _of(project, today)
    return f"{json.dumps(schemas(templating, known), ensure_ascii=False, indent=1)}\n"


def write_schemas(project: Path, today: date, folder: Path) -> Iterator[Path]:
    """Write a file for each schema and yield its path."""
    folder.mkdir(parents=True, exist_ok=True)
    for artifact in files(*_of(project, today)):
        path = folder / artifact.path
        path.write_bytes(artifact.content)
        yield path


def _of(project: Path, today: date) -> tuple[Templating, dict[str, dict[str, str]]]:
    # Mistakes in records must not keep an editor from the program that would show them.
    catalog = examine(project, today, Memory.of(project)).catalog
    return Templating(project, load_settings(project), today), known_names(project, catalog)

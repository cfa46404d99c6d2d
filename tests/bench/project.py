"""Write the records as a project of ours: mkdocs.yml, content/, grants/ and ngos/."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from generator.catalog.checks import REGISTRY
from tests.bench.records import Corpus, Moment, filled
from tests.bench.yaml_text import yaml_text

ROOT = Path(__file__).parents[2]
FIELDS_ONLY = ("grants", "ngos")
"""Folders of YAML files, beside content/; the others hold Markdown, inside it."""
REFERENCE = re.compile(r"\(ref:(\w+)/([\w-]+)\)")


def write_project(corpus: Corpus, folder: Path) -> None:
    """Write a project that passes our own checks; its settings are those of this repository's site."""
    (folder / "content").mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    # No real site is without it, and every text is looked through for its names.
    shutil.copy(ROOT / REGISTRY, folder / REGISTRY)
    (folder / "content/topics.yml").write_text(yaml_text(corpus.topics), encoding="utf-8")
    for name, records in corpus.folders().items():
        place = folder / name if name in FIELDS_ONLY else folder / "content" / name
        place.mkdir()
        for record in records:
            fields = filled(record, _moment)
            if name in FIELDS_ONLY:
                text = yaml_text({**fields, "text": record.body + "\n"})
            else:
                text = f"---\n{yaml_text(fields)}---\n\n{REFERENCE.sub(_linked, record.body)}\n"
            (place / f"{record.slug}{'.yml' if name in FIELDS_ONLY else '.md'}").write_text(text, encoding="utf-8")


def _linked(match: re.Match[str]) -> str:
    """Return a link as our Markdown has it: the other file's path, seen from content/<folder>/."""
    folder, slug = match.groups()
    return f"(../../{folder}/{slug}.yml)" if folder in FIELDS_ONLY else f"(../{folder}/{slug}.md)"


def _moment(moment: Moment) -> Any:
    """Return a moment in our short form, where it has one."""
    if moment.date is None:
        return moment.precision
    if moment.precision == "forecast":
        return {"date": moment.date, "precision": moment.precision, "words": moment.words}
    day = f"{moment.date:%Y-%m}" if moment.precision == "month" else str(moment.date)
    if not moment.zone and not moment.was:
        return f"{day} {moment.time}".strip()
    return filled({"date": day, "time": moment.time, "zone": moment.zone, "was": moment.was}, _moment)

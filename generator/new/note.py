"""The note that a site keeps of what the program made in it, so that an upgrade can tell it from the library's work."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.new.skeleton import FOLDER, digest
from generator.templating import shipped_templates

FILE = ".proekt.json"


class Note(NamedTuple):
    """What the program made, and by which of its templates."""

    version: str
    """The program's version at that time."""
    files: dict[str, str]
    """The files that an upgrade keeps up, with what each is known by."""
    templates: dict[str, str]
    """The shipped templates of that time: a site's own one over them was made from the one of its day."""

    def write(self, project: Path) -> None:
        """Put the note into a site."""
        text = json.dumps(self._asdict(), ensure_ascii=False, indent=1, sort_keys=True)
        (project / FILE).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def read_note(project: Path) -> Note:
    """Return the note of a site; of one without a right note nothing is known to be the program's."""
    try:
        found = json.loads((project / FILE).read_text(encoding="utf-8"))
        return Note(str(found["version"]), dict(found["files"]), dict(found["templates"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Note("", {}, {})


def templates() -> dict[str, str]:
    """Return the shipped templates that a site may put its own over, with what each is known by."""
    return dict(_templates())


def _templates() -> Iterator[tuple[str, str]]:
    root = shipped_templates()
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        name = path.relative_to(root).as_posix()
        if not name.startswith(f"{FOLDER}/"):
            yield name, digest(path.read_bytes())

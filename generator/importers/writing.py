"""Put the files of an import in their places: all of them are written aside first, and none over another by chance."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path


def write(project: Path, files: Mapping[str, bytes], changed: Mapping[str, bytes]) -> None:
    """Write new files, and changed ones by what each held when it was read.

    FileExistsError where a new one is there by now; a changed one that somebody saved meanwhile counts as new.
    """
    with ExitStack() as undone:
        aside: dict[Path, Path] = {}
        for path, content in files.items():
            place = project / path
            place.parent.mkdir(parents=True, exist_ok=True)
            aside[place] = place.with_name(f".{place.name}.new")
            undone.callback(aside[place].unlink, missing_ok=True)
            aside[place].write_bytes(content)
        for path in files:
            if path in changed and (project / path).read_bytes() == changed[path]:
                shutil.copymode(project / path, aside[project / path])
            else:
                # An empty file claims the name; FileExistsError where it is taken.
                (project / path).open("xb").close()
                undone.callback(_unclaim, project / path)
        for place, new in aside.items():
            new.replace(place)


def _unclaim(place: Path) -> None:
    if place.exists() and not place.stat().st_size:
        place.unlink()

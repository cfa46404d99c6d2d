"""What one program keeps for its next run: another program, or another version of it or of a library, finds nothing."""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import jinja2

import generator


class Shelf:
    """A folder of values, which may be deleted at any moment.

    The values are pickled: who can write into the folder can run what he likes, as who can write the templates beside.
    """

    def __init__(self, folder: Path, purpose: bytes = b"") -> None:
        """Open a folder; what was put there for another purpose is not found."""
        self.folder = folder
        self._mark = blake2b(program() + purpose, digest_size=32).digest()

    def load(self, name: str) -> Any | None:
        """Return a value that was put here; None if there is none, or it is another program's."""
        try:
            with (self.folder / name).open("rb") as file:
                return pickle.load(file) if file.read(len(self._mark)) == self._mark else None
        # What is damaged can fail in any way, and is as good as nothing.
        except Exception:
            return None

    def save(self, name: str, value: Any) -> None:
        """Put a value here; what cannot be put is made again next time."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.folder, delete=False) as fresh:
                fresh.write(self._mark)
                pickle.dump(value, fresh, pickle.HIGHEST_PROTOCOL)
            # In one step, so that a build that is killed leaves no half of a file.
            os.replace(fresh.name, self.folder / name)  # noqa: PTH105  # the name is a string


@cache
def program() -> bytes:
    """Return what names this program: the files it runs, and the versions of the libraries beside it."""
    own = Path(generator.__file__).parent
    libraries = Path(jinja2.__file__).parents[1]
    return marks_of(own) + "".join(sorted(os.listdir(libraries))).encode()  # noqa: PTH208  # names alone are asked


def marks_of(folder: Path) -> bytes:
    """Return what names the state of all files below a folder: places, sizes, times."""
    found = blake2b(digest_size=16)
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = os.path.join(parent, name)  # noqa: PTH118  # pathlib costs three times as much
            stat = os.stat(path)  # noqa: PTH116  # likewise
            found.update(f"{path}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return found.digest()

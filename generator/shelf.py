"""What one program keeps for its next run: another program, or another version of it or of a library, finds nothing."""

from __future__ import annotations

import os
import pickle
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import jinja2

import generator
from generator.keep import put

SEAL = 32
"""Bytes."""


class Shelf:
    """A folder of values, which may be deleted at any moment.

    The values are pickled: who can write into the folder can run what he likes, as who can write the templates beside.
    A folder that came from another computer is not believed: the seal knows when the program was installed here.
    """

    def __init__(self, folder: Path, purpose: bytes = b"", *, writes: bool = True) -> None:
        """Open a folder; what was put there for another purpose is not found. One who does not write keeps nothing."""
        self.folder = folder
        self.writes = writes
        self._purpose = program() + purpose

    def load(self, name: str) -> Any | None:
        """Return a value that was put here; None if there is none, if it is another program's, or damaged."""
        try:
            content = (self.folder / name).read_bytes()
        except OSError:
            return None
        seal, packed = content[:SEAL], content[SEAL:]
        return pickle.loads(packed) if seal == self._sealed(packed) else None

    def save(self, name: str, value: Any) -> None:
        """Put a value here; what cannot be put is made again next time."""
        if not self.writes:
            return
        packed = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        put(self.folder, name, self._sealed(packed) + packed)

    def _sealed(self, packed: bytes) -> bytes:
        """Return what stands before a value: so this program wrote this very one, and nothing of it is lost."""
        return blake2b(self._purpose + packed, digest_size=SEAL).digest()


@cache
def program() -> bytes:
    """Return what names this program: the files it runs, and the versions of the libraries beside it."""
    own = Path(generator.__file__).parent
    libraries = Path(jinja2.__file__).parents[1]
    return marks_of(own) + "".join(sorted(os.listdir(libraries))).encode()  # noqa: PTH208  # names alone are asked


Mark = tuple[int, int, int]
"""By what a file is known to be as it was: when it changed (ns), its size (bytes), its inode.

Plain, as a region has 22,000 of them, and all are kept.
"""


def mark_of(path: str) -> Mark | None:
    """Return a file's mark, a link's own where it is one; None if there is no such file."""
    try:
        stat = os.lstat(path)
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


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

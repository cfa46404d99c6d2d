"""What was made before, kept by all that it was made of: a sheet or a typeface is not made again from the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile


class Keep:
    """A folder of finished files, each named by the digest of everything that it is made of."""

    def __init__(self, folder: Path | None) -> None:
        """Keep files in a folder, which may be deleted at any moment; keep nothing where there is none."""
        self.folder = folder
        self._asked: set[str] = set()

    def made(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return a file's bytes: as they were kept, or newly made and kept."""
        content = self.found(name)
        if content is None:
            content = make()
            if self.folder is not None:
                put(self.folder, name, content)
        return content

    def found(self, name: str) -> bytes | None:
        """Return a file's bytes as they were kept, or None."""
        self._asked.add(name)
        try:
            return (self.folder / name).read_bytes() if self.folder is not None else None
        except OSError:
            return None

    def forget_the_rest(self) -> None:
        """Remove every kept file that nobody asked for."""
        if self.folder is not None and self.folder.is_dir():
            for path in sorted(self.folder.iterdir()):
                if path.name not in self._asked:
                    path.unlink(missing_ok=True)


def put(folder: Path, name: str, content: bytes) -> None:
    """Write a file in one step, so that a build that is killed leaves no half of it.

    What cannot be written is made again next time.
    """
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, delete=False) as fresh:
            place = Path(fresh.name)
        try:
            place.write_bytes(content)
            place.replace(folder / name)
        finally:
            # On a full disk, what was written of it would stay.
            place.unlink(missing_ok=True)


def digest(parts: Iterable[bytes]) -> str:
    """Return a name for what is made of these parts, in this order."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.hexdigest()

"""Find the pictures of an old blog in a folder, and give each its place among the assets."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import unquote, unquote_plus, urlsplit

from generator.images import flaws
from generator.importers.prose import Note
from generator.markdown import ASSETS
from generator.new.desk import slug_of
from generator.records.post import Post

UNNAMED = "foto"
LARGEST = 30_000_000
"""Bytes of one picture."""
KINDS = (
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"\x89PNG\r\n"), "png"),
    (re.compile(rb"GIF8"), "gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp"),
)
"""What the bytes of each kind of picture begin with: endings of names lie."""
_SIZE = re.compile(r"(-\d{2,5}x\d{2,5}|-scaled|-e\d{10,})$")
_INSIDE = re.compile(r"data:image/[\w.+-]+;base64,(.*)", re.IGNORECASE | re.DOTALL)


class Folder:
    """A folder of pictures, found by the names that they had on the web."""

    def __init__(self, folder: Path | None) -> None:
        self._files: dict[str, list[Path]] = defaultdict(list)
        for path in sorted(folder.rglob("*")) if folder else ():
            if path.is_file() and not path.is_symlink():
                self._files[_alike(path.name)].append(path)

    def find(self, address: str) -> Path | None:
        """Return the file that stood at an address; of several, the one whose folders are the most like it."""
        try:
            path = urlsplit(address).path
        except ValueError:
            return None
        for name in _names(path):
            if found := self._files.get(_alike(name)):
                folders = unquote(path).split("/")[-2::-1]
                return max(found, key=lambda file: _common(folders, [part.name for part in file.parents]))
        return None


def _names(path: str) -> Iterator[str]:
    """Yield names that the file of an address may have on disk."""
    for decode in (unquote, unquote_plus):
        # Blogger writes a blank as %2B, a plus written in figures; and a size behind the name.
        name = decode(decode(path.rpartition("/")[2])).partition("=")[0]
        yield name
        stem, dot, ending = name.rpartition(".")
        yield f"{_SIZE.sub('', stem)}{dot}{ending}"


def _common(folders: list[str], others: list[str]) -> int:
    return next((n for n, (one, other) in enumerate(zip(folders, others, strict=False)) if one != other), len(folders))


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


class Taken(NamedTuple):
    """A file to be written among the assets."""

    path: str
    content: bytes


class Album:
    """The pictures and files of one post, each once."""

    def __init__(self, folder: Folder, slug: str) -> None:
        self.folder = folder
        self.place = f"{ASSETS}{Post.folder.rpartition('/')[2]}/{slug}"
        self.taken: dict[str, Taken] = {}
        self._sources: dict[str, Taken] = {}

    def picture(self, addresses: tuple[str, ...], notes: list[Note]) -> str | None:
        """Return the new place of a picture, or None where there is none; why not is noted."""
        for address in addresses:
            if address in self._sources:
                return self._sources[address].path
            content = self._content(address)
            if content is None:
                continue
            kind = next((kind for begins, kind in KINDS if begins.match(content)), "")
            if flaw := _flaw(content, kind):
                notes.append(Note("not_picture", f"{_name(address)}: {flaw}"))
            elif kind:
                return self._put(address, content, kind)
            else:
                notes.append(Note("unknown_picture", _name(address)))
        return None

    def file(self, address: str) -> str:
        """Return the new place of a document, relative to the record, or nothing where it is not there."""
        found = self.folder.find(address)
        if found is None or found.stat().st_size > LARGEST:
            return ""
        return relative(self._put(address, found.read_bytes(), found.suffix.lower().lstrip(".")))

    def _content(self, address: str) -> bytes | None:
        if inside := _INSIDE.match(address):
            try:
                return base64.b64decode(unquote(re.sub(r"\s", "", inside[1])), validate=True)
            except (binascii.Error, ValueError):
                return None
        found = self.folder.find(address)
        if found is None or found.stat().st_size > LARGEST:
            return None
        return found.read_bytes()

    def _put(self, address: str, content: bytes, ending: str) -> str:
        same = next((taken for taken in self.taken.values() if taken.content == content), None)
        if same is None:
            stem = unquote_plus(unquote(_name(address))).rpartition(".")[0]
            base = slug_of(stem) or f"{UNNAMED}-{len(self.taken) + 1}"
            name, number = base, 2
            while f"{name}.{ending}" in self.taken:
                name, number = f"{base}-{number}", number + 1
            same = self.taken[f"{name}.{ending}"] = Taken(f"{self.place}/{name}.{ending}", content)
        self._sources[address] = same
        return same.path


def _flaw(content: bytes, kind: str) -> str:
    """Return why the site could not show a picture, or nothing."""
    with TemporaryDirectory() as folder:
        name = f"{UNNAMED}.{kind}"
        (Path(folder) / name).write_bytes(content)
        return next((problem.message for problem in flaws(Path(folder), [name])), "")


def relative(path: str) -> str:
    """Return how a post's text names an asset."""
    return f"../{path.removeprefix('content/')}"


def _name(address: str) -> str:
    return "" if address.startswith("data:") else address.rpartition("/")[2].partition("=")[0]

"""Find the pictures of an old blog in a folder, and give each its place among the assets."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import unquote, unquote_plus, urlsplit

from generator.images import Assets
from generator.importers.prose import Note
from generator.new.desk import slug_of

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

    @property
    def has_files(self) -> bool:
        """Whether there is anything to find."""
        return bool(self._files)

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
    """The pictures and files of one record, each once; those that it has already keep their names."""

    def __init__(self, folder: Folder, place: Path, path: str, *, only_held: bool = False) -> None:
        self.folder = folder
        self.path = path
        """The folder of the record's assets, from the project on."""
        self.held = {each.name: each.read_bytes() for each in sorted(place.glob("[!.]*")) if each.is_file()}
        self.only_held = only_held
        """Whether it is to be as if nothing but what is held had ever been found."""
        self.taken: dict[str, Taken] = {}
        self.shown: dict[str, Taken] = {}
        """By the address at which a picture is known."""
        self._sources: dict[str, Taken] = {}

    @property
    def new(self) -> tuple[Taken, ...]:
        """What is to be written."""
        return tuple(each for name, each in self.taken.items() if name not in self.held)

    def picture(self, addresses: tuple[str, ...], notes: list[Note]) -> str | None:
        """Return the new place of a picture, or None where there is none; why not is noted."""
        for address in addresses:
            if address not in self._sources and not self._take(address, notes):
                continue
            found = self.shown[addresses[0]] = self._sources[address]
            return found.path
        return None

    def file(self, address: str) -> str:
        """Return the new place of a document, relative to the record, or nothing where it is not there."""
        content = self._content(address)
        ending = _name(address).partition("?")[0].rpartition(".")[2].lower()
        return relative(self._put(address, content, ending).path) if content is not None else ""

    def _take(self, address: str, notes: list[Note]) -> bool:
        content = self._content(address)
        if content is None:
            return False
        kind = next((kind for begins, kind in KINDS if begins.match(content)), "")
        if flaw := _flaw(content, kind):
            notes.append(Note("not_picture", f"{_name(address)}: {flaw}"))
        elif kind:
            self._put(address, content, kind)
        else:
            notes.append(Note("unknown_picture", _name(address)))
        return address in self._sources

    def _content(self, address: str) -> bytes | None:
        if inside := _INSIDE.match(address):
            try:
                return base64.b64decode(unquote(re.sub(r"\s", "", inside[1])), validate=True)
            except (binascii.Error, ValueError):
                return None
        found = self.folder.find(address)
        if found is not None and found.stat().st_size <= LARGEST:
            content = found.read_bytes()
            if not self.only_held or content in self.held.values():
                return content
        stem = _stem(address)
        return next((content for name, content in self.held.items() if stem and name.rpartition(".")[0] == stem), None)

    def _put(self, address: str, content: bytes, ending: str) -> Taken:
        name = next((name for name, held in self.held.items() if held == content), "")
        name = name or next((name for name, taken in self.taken.items() if taken.content == content), "")
        if not name:
            base = _stem(address) or f"{UNNAMED}-{len(self.taken) + 1}"
            names = chain([base], (f"{base}-{number}" for number in count(2)))
            name = next(full for each in names if (full := f"{each}.{ending}") not in {*self.taken, *self.held})
        found = self._sources[address] = self.taken[name] = Taken(f"{self.path}/{name}", content)
        return found


def _flaw(content: bytes, kind: str) -> str:
    """Return why the site could not show a picture, or nothing."""
    with TemporaryDirectory() as folder:
        name = f"{UNNAMED}.{kind}"
        (Path(folder) / name).write_bytes(content)
        return next((problem.message for problem in Assets(Path(folder)).flaws([name])), "")


def relative(path: str) -> str:
    """Return how a post's text names an asset."""
    return f"../{path.removeprefix('content/')}"


def _stem(address: str) -> str:
    """Return an asset's name, without its ending, by the address at which it stood."""
    return slug_of(unquote_plus(unquote(_name(address))).rpartition(".")[0])


def _name(address: str) -> str:
    return "" if address.startswith("data:") else address.rpartition("/")[2].partition("=")[0]

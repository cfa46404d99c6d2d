"""Mend what is safe in the files of a site: what they say stays, and so does every comment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from generator.catalog.checks import REGISTRY, TOPICS
from generator.importers.writing import write
from generator.mending.lines import without_controls, without_hard_spaces, without_spaces, without_tabs
from generator.mending.order import in_order
from generator.mending.quotes import in_russian
from generator.records import KINDS
from generator.settings import CONFIG
from generator.shapes import shapes
from generator.source import LARGEST, Source, read_bytes
from generator.source.letters import without_strays
from generator.typography import typeset

BOM = b"\xef\xbb\xbf"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How files begin that Notepad calls Unicode, and that PowerShell writes."""


class Mended(NamedTuple):
    """A file, and what was done to it."""

    path: str
    what: tuple[str, ...]


class _Step(NamedTuple):
    """One thing that can be mended."""

    name: str
    mend: Callable[[str, Source], str]
    """Makes a new text of a file's text and of what is read in it."""
    meant: Callable[[str], str] = str
    """Makes of a line of a value what it must be read as, before and after."""
    can_be_blind: bool = False
    """Whether it may be done to a file that cannot be read."""


def mend(project: Path) -> list[Mended]:
    """Mend all files of a project that need it, or none where one cannot be written; return what was done."""
    was: dict[str, bytes] = {}
    becomes: dict[str, bytes] = {}
    mended = []
    for path, names in _files(project):
        raw = (project / path).read_bytes()
        made, what = mended_file(raw, path, names)
        if what:
            was[path], becomes[path] = raw, made
            mended.append(Mended(path, what))
    write(project, becomes, was)
    return mended


def mended_file(raw: bytes, path: str, names: tuple[str, ...] = ()) -> tuple[bytes, tuple[str, ...]]:
    """Return a file as it should be, and what was done to it; `names` are its fields in their order."""
    is_utf16 = raw.startswith(UTF_16)
    try:
        text = raw.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        return raw, ()
    what = ["кодировка UTF-16"] if is_utf16 else ["метка BOM в начале"] if raw.startswith(BOM) else []
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        what.append("концы строк")
    steps = (
        _Step("буквы и невидимые знаки", lambda text, _: without_strays(without_controls(text)), without_strays, True),
        _Step("табуляция", partial(without_tabs, path), can_be_blind=True),
        _Step("неразрывные пробелы", partial(without_hard_spaces, path), can_be_blind=True),
        _Step("пробелы в конце строк", partial(without_spaces, path)),
        _Step("кавычки", partial(in_russian, path), typeset),
        _Step("порядок полей", partial(in_order, names)),
    )
    before = _read(text, path)
    for step in steps:
        made = step.mend(text, before or Source(path)) if before or step.can_be_blind else text
        if made == text:
            continue
        after = _read(made, path)
        if before is None or (after and _said(before, step.meant) == _said(after, step.meant)):
            text, before = made, after
            what.append(step.name)
    return (text.encode(), tuple(what)) if what else (raw, ())


def _files(project: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the files of a site that people write, each with the names of its fields in their order."""
    found: list[tuple[Path, tuple[str, ...]]] = [(project / path, ()) for path in (CONFIG, TOPICS, REGISTRY)]
    for kind in KINDS.values():
        names = (*(shape.name for shape in shapes(kind)), "text")
        found += [(path, names) for path in sorted((project / kind.folder).glob(f"[!.]*{kind.suffix}"))]
    for path, names in found:
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST:
            yield path.relative_to(project).as_posix(), names


def _read(text: str, path: str) -> Source | None:
    source, problems = read_bytes(text.encode(), path)
    return None if problems else source


def _said(source: Source, meant: Callable[[str], str]) -> tuple[Any, str]:
    """Return what is read in a file, as it is meant; spaces at the ends of lines say nothing."""

    def settled(value: Any) -> Any:
        if isinstance(value, dict):
            return {meant(name): settled(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [settled(inner) for inner in value]
        return None if value is None else "\n".join(meant(line).rstrip() for line in value.split("\n")).strip()

    return settled(source.values), "\n".join(meant(line).rstrip() for line in source.body.split("\n")).strip("\n")

"""Puts what Pagefind wrote in an order of its own, so that the same pages give the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import cbor2

HEAD = b"pagefind_dcd"
"""What a file of the index begins with once it is unpacked; CBOR follows (RFC 8949)."""
FILTERS = 3
"""The place of the list of filters in the index's table of contents: their names and their files."""


def settle(folder: Path) -> None:
    """Sort the values of every filter, which come in any order, and name the files by their contents."""
    entry = folder / "pagefind-entry.json"
    about = json.loads(entry.read_text("utf-8"))
    for language in about["languages"].values():
        contents = folder / f"pagefind.{language['hash']}.pf_meta"
        table = _read(contents)
        table[FILTERS] = sorted([name, _settled(folder / "filter", file)] for name, file in table[FILTERS])
        contents.unlink()
        language["hash"] = _write(folder, f"pagefind.{language['hash'].partition('_')[0]}_", ".pf_meta", table)
        language["hash"] = language["hash"].removeprefix("pagefind.")
    entry.write_text(json.dumps(about, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _settled(folder: Path, file: str) -> str:
    """Return the new name of a filter's file, its values sorted."""
    path = folder / f"{file}.pf_filter"
    name, values = _read(path)
    path.unlink()
    return _write(folder, f"{file.partition('_')[0]}_", ".pf_filter", [name, sorted(values)])


def _read(path: Path) -> Any:
    return cbor2.loads(gzip.decompress(path.read_bytes()).removeprefix(HEAD))


def _write(folder: Path, start: str, suffix: str, value: Any) -> str:
    """Write a file named by its contents; return the name without its suffix."""
    content = HEAD + cbor2.dumps(value)
    name = f"{start}{hashlib.sha256(content).hexdigest()[:10]}"
    (folder / f"{name}{suffix}").write_bytes(gzip.compress(content, mtime=0))
    return name

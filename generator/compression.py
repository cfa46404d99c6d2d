"""Compressed copies beside the large texts of a site: servers send them instead of packing anew for every reader."""

from __future__ import annotations

import filecmp
import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import brotli

TEXTS = frozenset(
    (".html", ".css", ".js", ".json", ".xml", ".svg", ".ics", ".csv", ".txt", ".webmanifest"),
)
LEAST = 1024
"""Bytes; a smaller file travels in one packet either way."""
FORMS: dict[str, Callable[[bytes], bytes]] = {
    # The time in a gzip header (RFC 1952, 2.3.1) would make every build's bytes new.
    ".gz": lambda content: gzip.compress(content, compresslevel=9, mtime=0),
    ".br": lambda content: brotli.compress(content, mode=brotli.MODE_TEXT),
}


def compress(site: Path, last: Path) -> None:
    """Put `.gz` and `.br` copies beside the texts of a site; the last site's serve again where a text is the same."""
    for path in sorted(site.rglob("*")):
        if path.suffix in TEXTS and path.is_file() and path.stat().st_size > LEAST:
            before = last / path.relative_to(site)
            is_same = before.is_file() and (before.samefile(path) or filecmp.cmp(path, before, shallow=False))
            for suffix, packed in FORMS.items():
                earlier = before.with_name(before.name + suffix)
                target = path.with_name(path.name + suffix)
                # What is written anew must not be written into the last site's file.
                target.unlink(missing_ok=True)
                if is_same and earlier.is_file():
                    _share(earlier, target)
                else:
                    target.write_bytes(packed(path.read_bytes()))


def _share(earlier: Path, target: Path) -> None:
    """Let the same file stand in another place too: as one file where the disk can, else as a copy."""
    try:
        target.hardlink_to(earlier)
    except OSError:
        shutil.copy2(earlier, target)

"""Write one size's records for every builder: `python -m tests.bench.sites SIZE SEED FOLDER`.

A process of its own: a child's peak memory counts from its parent's, so the one that measures holds no records.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.corpus import make
from tests.bench.hugo_site import write_hugo
from tests.bench.mkdocs_site import write_mkdocs
from tests.bench.project import write_project
from tests.bench.records import SIZES


def write_sites(size: str, seed: int, folder: Path) -> None:
    """Write the three sites into folders named after their builders."""
    corpus = make(seed, SIZES[size])
    write_project(corpus, folder / "proekt")
    write_hugo(corpus, folder / "hugo")
    write_mkdocs(corpus, folder / "mkdocs")


if __name__ == "__main__":
    write_sites(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))

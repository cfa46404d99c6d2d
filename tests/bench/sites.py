"""Write one size's records for every builder: `python -m tests.bench.sites SIZE SEED FOLDER [BUILDER …]`.

A process of its own: a child's peak memory counts from its parent's, so the one that measures holds no records.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.corpus import make
from tests.bench.hugo_site import write_hugo
from tests.bench.mkdocs_site import write_mkdocs
from tests.bench.project import write_project
from tests.bench.records import SIZES, Size

WRITERS = {"proekt": write_project, "hugo": write_hugo, "mkdocs": write_mkdocs}
PARTS = {
    name: Size(*(int(number * times) for number in SIZES["region"]))
    for name, times in {"0.5": 0.5, "1": 1, "2": 2, "4": 4}.items()
}
"""Regions by how many they are."""


def write_sites(size: str, seed: int, folder: Path, builders: list[str]) -> None:
    """Write the sites of some builders, or of all, into folders named after them."""
    corpus = make(seed, (SIZES | PARTS)[size])
    for name in builders or WRITERS:
        WRITERS[name](corpus, folder / name)


if __name__ == "__main__":
    write_sites(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])

"""Begin the site of another library: a small empty project that builds as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.templating import shipped_templates

SKELETON = "text/init"
FOLDERS = ("content/centre", "content/news", "content/meetups", "content/methodology", "grants", "ngos")


class OccupiedFolderError(Exception):
    """The folder holds something already: nothing is overwritten."""


def begin(folder: Path) -> None:
    """Write the skeleton of a site into a new or empty folder."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OccupiedFolderError(f"папка {folder} не пустая; назовите новую")
    shutil.copytree(shipped_templates() / SKELETON, folder, dirs_exist_ok=True)
    (folder / "gitignore").rename(folder / ".gitignore")
    shutil.copyfile(_locked_requirements(), folder / "requirements.txt")
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)


def _locked_requirements() -> Path:
    """Return the lock file that this version of the program was tested with."""
    inside = Path(__file__).parent.parent / "requirements.txt"
    return inside if inside.exists() else Path(__file__).parent.parent.parent / "requirements" / "site.txt"

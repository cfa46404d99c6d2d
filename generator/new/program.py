"""The program as a site needs it: its version, what it was installed from, what it was tested with."""

from __future__ import annotations

import json
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

NAME = "proekt-plus"
FOLDER = "program"
"""Where a site keeps the program that builds it, when that came as a file."""
PACKAGE = Path(__file__).parents[1]


def version() -> str:
    """Return the version of the program."""
    return distribution(NAME).version


def line() -> str:
    """Return how pip is told to install this very program: a file of the site, a commit, or a version of an index."""
    origin = _origin()
    if vcs := origin.get("vcs_info"):
        return f"{NAME} @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}"
    if not origin:
        return f"{NAME}=={version()}"
    # Never a bare name where it did not come from an index: there it may be somebody else's.
    return f"./{file()}"


def file() -> str:
    """Return where in a site the program lies that builds it, or nothing where that comes from elsewhere."""
    origin = _origin()
    is_carried = bool(origin) and "vcs_info" not in origin
    return f"{FOLDER}/{NAME.replace('-', '_')}-{version()}-py3-none-any.whl" if is_carried else ""


def is_lacking(project: Path) -> bool:
    """Whether a site cannot be built by anybody else yet: the program's file is not in it."""
    return bool(file()) and not (project / file()).is_file()


def sources() -> Path | None:
    """Return the folder of sources that the program runs from, if it was not installed from a file."""
    return PACKAGE.parent if (PACKAGE.parent / "pyproject.toml").is_file() else None


def wheel() -> Path | None:
    """Return the file that the program was installed from, if it was and the file is still there."""
    parts = urlsplit(_origin().get("url", ""))
    path = Path(url2pathname(parts.path))
    return path if parts.scheme == "file" and path.suffix == ".whl" and path.is_file() else None


def locked_requirements() -> Path:
    """Return the lock file that this version of the program was tested with."""
    return _carried("requirements.txt", "requirements/site.txt")


def changes() -> Path:
    """Return the list of what is new in each version."""
    return _carried("CHANGELOG.md", "CHANGELOG.md")


def _carried(installed: str, of_source: str) -> Path:
    """Return a file that the package carries, or where it lies beside the package's sources."""
    inside = PACKAGE / installed
    return inside if inside.exists() else PACKAGE.parent / of_source


def _origin() -> dict[str, Any]:
    """Return what the program was installed from (PEP 610); nothing where that was an index."""
    found: dict[str, Any] = json.loads(distribution(NAME).read_text("direct_url.json") or "{}")
    return found

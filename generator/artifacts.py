"""A file of the site as it will be published."""

from __future__ import annotations

from typing import NamedTuple


class Artifact(NamedTuple):
    """One finished file: where it stands in the site and its bytes."""

    path: str
    """Relative to the site's root, with forward slashes: `feeds/grants.xml`."""
    content: bytes

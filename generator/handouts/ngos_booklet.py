"""The sheet `ngos-booklet`: the pages of the directory laid out to be folded and stapled."""

from __future__ import annotations

from typing import Any

from generator.handouts.sheet import Subject
from generator.handouts.wording import Wording


def ngos_booklet(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return nothing of its own: the pages and their number come from the sheet that it lays out."""
    return {}

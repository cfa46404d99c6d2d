"""The sheet `cards`: the centre's cards, ten to be cut from a sheet."""

from __future__ import annotations

from typing import Any

from generator.handouts.sheet import Subject
from generator.handouts.wording import Wording, printed_address


def cards(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return what the centre helps with, in a line, and where its site is."""
    return {
        "help": next((centre.summary for centre in wording.catalog.of("centre")), None),
        "home": printed_address(wording.settings.absolute("/")),
    }

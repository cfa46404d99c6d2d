"""What a page may load, said to browsers by its head and by servers."""

from __future__ import annotations

from generator.templating import Templating


def policy(templating: Templating) -> str:
    """Return what a page may load, as its head says it (Content Security Policy Level 3)."""
    return "; ".join(templating.render("text/policy.txt", {}).split("\n")).rstrip("; ")

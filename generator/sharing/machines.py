"""Files by which programs know the site: its name and sign for a telephone's screen, its open calls as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.records.grant import Grant
from generator.records.rounds import Round
from generator.templating import Templating


class Window(NamedTuple):
    """A call with those of its rounds in which one may apply, now or later."""

    record: Grant
    rounds: list[Round]


def machines(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield the manifest of the site (W3C App Manifest) and its open calls for language models (llmstxt.org)."""
    manifest = templating.render("text/manifest.webmanifest", {"drawn": templating.drawn})
    yield Artifact("manifest.webmanifest", manifest.encode())
    centre = next(iter(catalog.of("centre")), None)
    text = templating.prose("text/llms.txt", {"catalog": catalog, "centre": centre, **_windows(catalog)})
    yield Artifact("llms.txt", re.sub(r"\n{3,}", "\n\n", text).strip().encode() + b"\n")


def _windows(catalog: Catalog) -> dict[str, list[Window]]:
    """Return the calls apart by whether one may apply now, those that close first before the others."""
    found: dict[str, list[tuple[Any, Window]]] = {"open": [], "ahead": []}
    for call in catalog.of("grant"):
        for name, statuses in (("open", ("closing", "open", "rolling")), ("ahead", ("upcoming", "forecast"))):
            rounds = [round_ for round_ in call.rounds if round_.status(catalog.today) in statuses]
            if rounds:
                first = min(round_.deadline.sort_key() for round_ in rounds)
                found[name].append(((first, call.slug), Window(call, rounds)))
                break
    return {
        name: [window for _, window in sorted(windows, key=lambda pair: pair[0])] for name, windows in found.items()
    }

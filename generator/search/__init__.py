"""Search in the finished site: Pagefind's index of its pages, and the words by which mistyped ones are understood."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.search.settled import settle
from generator.search.vocabulary import other_forms, words_of
from generator.templating import Templating

FOLDER = "pagefind"
"""Where Pagefind keeps its index in the site."""
WORDS = "search/words.json"
STATES = "search/states.json"
UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
"""Pagefind's own looks, which our page does not use."""
UNSEARCHED = (".print-only", ".path", ".related", ".around", ".tag")
"""Parts of a page's main part that are not about what the page is of."""
INDEXED = "data-pagefind-body"


def states(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield what the search page shows of records besides their names, by address: states of calls, marks."""
    told: Any = templating.environment.get_template("site/partials/found.html").make_module({})
    found = {record.address: str(told.state(record)).strip() for record in catalog.records}
    sheets = (leaflet.plain for leaflets in templating.sheets.values() for leaflet in leaflets)
    found |= {
        f"/{sheet.sheet.path}".replace(".pdf", ".html"): str(told.of_sheet(sheet))
        for sheet in sheets
        if sheet.is_searched
    }
    written = {address: html for address, html in found.items() if html}
    yield Artifact(STATES, json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode())


def index(site: Path, unpublished: Iterable[Artifact] = ()) -> None:
    """Add the index of a finished site to it: of every page marked for it, and of some that are not published."""
    unseen = {site / artifact.path: artifact.content for artifact in unpublished}
    for path, content in unseen.items():
        path.write_bytes(content)
    options = ["--site", str(site), "--output-subdir", FOLDER, "--force-language", "ru", "--quiet"]
    options += ["--exclude-selectors", ", ".join(UNSEARCHED)]
    subprocess.run([sys.executable, "-m", "pagefind", *options], check=True, stdout=subprocess.DEVNULL)
    for pattern in UNUSED:
        for path in (site / FOLDER).glob(pattern):
            path.unlink()
    settle(site / FOLDER)
    words = words_of(text for path in sorted(site.rglob("*.html")) if INDEXED in (text := path.read_text("utf-8")))
    for path in unseen:
        path.unlink()
    vocabulary = {"words": " ".join(words), "forms": other_forms(words)}
    target = site / WORDS
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(vocabulary, ensure_ascii=False, separators=(",", ":")), "utf-8")

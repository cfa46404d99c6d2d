"""Search in the finished site: Pagefind's index of its pages, and the words by which mistyped ones are understood."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from generator.search.vocabulary import other_forms, words_of

FOLDER = "pagefind"
"""Where Pagefind keeps its index in the site."""
WORDS = "search/words.json"
UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
"""Pagefind's own looks, which our page does not use."""
INDEXED = "data-pagefind-body"


def index(site: Path) -> None:
    """Add the index of a finished site to it: of every page whose main part is marked for it."""
    options = ["--site", str(site), "--output-subdir", FOLDER, "--force-language", "ru", "--quiet"]
    subprocess.run([sys.executable, "-m", "pagefind", *options], check=True, stdout=subprocess.DEVNULL)
    for pattern in UNUSED:
        for path in (site / FOLDER).glob(pattern):
            path.unlink()
    words = words_of(text for path in sorted(site.rglob("*.html")) if INDEXED in (text := path.read_text("utf-8")))
    vocabulary = {"words": " ".join(words), "forms": other_forms(words)}
    target = site / WORDS
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(vocabulary, ensure_ascii=False, separators=(",", ":")), "utf-8")

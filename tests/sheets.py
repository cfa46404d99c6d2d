"""What tests of printed sheets share: a sheet made, and what stands on it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdfium2 import PdfDocument

from generator.catalog import load
from generator.handouts import Order, handouts
from generator.handouts.choice import EVERYTHING, Choice
from generator.settings import load_settings
from generator.templating import Templating

TODAY = date(2026, 11, 20)

KEPT = TemporaryDirectory()
"""What one process of the tests has printed: many tests read the same sheet."""


def printed(project: Path, name: str, today: date = TODAY, choice: Choice = EVERYTHING, *, anew: bool = False) -> bytes:
    """Return the PDF of one sheet; `anew` makes it even if another test has."""
    templating = Templating(project, load_settings(project), today)
    keep = None if anew else Path(KEPT.name)
    (made,) = handouts(load(project, today), templating, Order([name], choice), keep)
    assert made.sheet.path == f"handouts/{name}.pdf"
    return made.pdf


def text_of(pdf: bytes) -> str:
    """Return what stands on all pages, words that were cut at a line's end made whole."""
    return " ".join(pages_of(pdf))


def pages_of(pdf: bytes) -> list[str]:
    """Return what stands on each page, words that were cut at a line's end made whole."""
    return [_joined(page.get_textpage().get_text_range()) for page in PdfDocument(pdf)]


def _joined(text: str) -> str:
    # PDFium gives a hyphen at a line's end as a sign that is none, with the line's end or without.
    return " ".join(re.sub("\ufffe(\r\n)?|\u200b", "", text).split())

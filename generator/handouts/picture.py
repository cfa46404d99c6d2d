"""What a reader of the site sees of a sheet before it is opened: how many pages it has, and the first of them."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

WIDTH = 360
"""Pixels across the picture of a page held upright: twice what the page /handouts/ shows, for sharp screens."""
UPRIGHT = 210 / 297
QUALITY = 50
EFFORT = 2
"""Of WebP's 0 to 6: 12 ms a picture; the usual 4 takes 25 for 2 % less."""
BROKEN = re.compile("\ufffe(?:\r\n)?|\u200b")
"""Where a word is broken at a line's end, of which PDFium tells or not, and where a long one may be."""
MADE_UP = re.compile(rb"/ID\s*\[<[0-9A-Fa-f]+>\s*<[0-9A-Fa-f]+>\](?=[^\[]*\Z)")
"""The trailer's name of the file, another each time; what is printed from it would never be found among the kept."""


def pages_of(pdf: bytes) -> int:
    """Return the number of a sheet's pages."""
    return len(_opened(pdf))


def words_of(pdf: bytes) -> str:
    """Return the words of a sheet in one line, those broken at a line's end whole again."""
    pages = _opened(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(BROKEN.sub("", text).split())


def first_page(pdf: bytes) -> bytes:
    """Return a sheet's first page as a WebP picture; sheets of all formats cover the same area."""
    page = _opened(pdf)[0]
    width, height = page.get_size()
    across = WIDTH if height >= width else WIDTH / UPRIGHT
    written = BytesIO()
    page.render(scale=across / width, grayscale=True).to_pil().save(written, "webp", quality=QUALITY, method=EFFORT)
    return written.getvalue()


def bare(pdf: bytes) -> bytes:
    """Return a sheet's pages without their tags: two thirds of a long book, and what another sheet does not take."""
    whole, written = _opened(pdf), BytesIO()
    pages = whole.new()
    pages.import_pages(whole)
    pages.save(written)
    return MADE_UP.sub(b"", written.getvalue())


def _opened(pdf: bytes) -> PdfDocument:
    from pypdfium2 import PdfDocument

    return PdfDocument(pdf)

"""Makes files small: a PDF, whose tags are thousands of objects that Typst writes one by one, and a picture."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

COLOURS = (10, 5)
"""How many a drawn picture needs, its inks and the steps at the edges of letters; and how few leave it clear."""
HEAVIEST = 30_000
"""Bytes of a picture; some readers of Open Graph wait for no more."""
WHITE = 252
SMALL = 100_000
"""Bytes below which a sheet stays as Typst made it: to pack one page takes a tenth of its making."""


def packed(pdf: bytes) -> bytes:
    """Return a long document with its objects in compressed streams: a third of its size."""
    if len(pdf) < SMALL:
        return pdf
    import pikepdf

    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        # The same content gives the same bytes: without this the trailer's ID would be made of the hour.
        document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return written.getvalue()


def squeezed(png: bytes) -> bytes:
    """Return a drawing with a palette: a third of its size."""
    from PIL import Image

    with Image.open(BytesIO(png)) as drawing:
        is_opaque = drawing.getchannel("A").histogram()[-1] == drawing.width * drawing.height
        picture = drawing.convert("RGB" if is_opaque else "RGBA")
    found = b""
    for colours in COLOURS:
        found = _with_palette(picture, colours)
        if len(found) < HEAVIEST:
            break
    return found


def _with_palette(picture: Image, colours: int) -> bytes:
    from PIL.Image import Dither, Quantize

    written = BytesIO()
    # The only method that keeps what can be seen through, where there is such.
    few = picture.quantize(colours, Quantize.FASTOCTREE, dither=Dither.NONE)
    assert few.palette is not None
    # It finds 254 where all is 255: a white ground shall be the white of the page around it.
    few.putpalette(bytes(255 if step >= WHITE else step for step in few.palette.palette), few.palette.mode)
    few.save(written, "png")
    return written.getvalue()

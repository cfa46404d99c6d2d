"""Makes files small: a PDF, whose tags are thousands of objects that Typst writes one by one, and a picture."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from PIL import Image

COLOURS = 10
"""How many a drawn picture needs: its inks, and the steps at the edges of letters."""
WHITE = 252


def packed(pdf: bytes) -> bytes:
    """Return a document with its objects in compressed streams: a third of a long sheet's size."""
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        # The same content gives the same bytes: without this the trailer's ID would be made of the hour.
        document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return written.getvalue()


def squeezed(png: bytes) -> bytes:
    """Return a drawing with a palette: a third of its size."""
    written = BytesIO()
    with Image.open(BytesIO(png)) as drawing:
        is_opaque = drawing.getchannel("A").histogram()[-1] == drawing.width * drawing.height
        picture = drawing.convert("RGB") if is_opaque else drawing
        # The only method that keeps what can be seen through, where there is such.
        few = picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    assert few.palette is not None
    # It finds 254 where all is 255: a white ground shall be the white of the page around it.
    few.putpalette(bytes(255 if step >= WHITE else step for step in few.palette.palette), few.palette.mode)
    few.save(written, "png")
    return written.getvalue()

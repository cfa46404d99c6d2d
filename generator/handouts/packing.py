"""Makes a PDF small: the tags of a sheet are thousands of objects, which Typst writes out one by one."""

from __future__ import annotations

from io import BytesIO

import pikepdf


def packed(pdf: bytes) -> bytes:
    """Return a document with its objects in compressed streams: a third of a long sheet's size."""
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        # The same content gives the same bytes: without this the trailer's ID would be made of the hour.
        document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return written.getvalue()

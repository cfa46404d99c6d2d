"""The site's typeface: three weights of Source Sans, each cut down to the characters that the site has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import font_source_sans_pro

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.keep import Keep, digest
from generator.templating import Templating

KEPT = ".cache/fonts"
"""The folder of a project in which its fonts are kept between builds."""
FACES = {400: "Regular", 600: "Semibold", 700: "Bold"}
CHARACTERS = frozenset(
    "".join(map(chr, (*range(0x20, 0x7F), *range(0x410, 0x450)))) + "Ёё₽№«»„“—–…−×·•§°←→↑↓✓\N{NBSP}\N{NNBSP}"
)
"""What a site in Russian always needs, the signs of our own templates among it."""
UNUSUAL = re.compile(f"[^{re.escape(''.join(sorted(CHARACTERS)))}\n]")
FEATURES = ("kern", "mark", "ccmp")
"""What letters do together: pairs closed up; a stress put above its vowel."""
MADE_BY = " ".join(f"{name}-{version(name)}" for name in ("uharfbuzz", "fonttools", "brotli", "font-source-sans-pro"))


def fonts(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield the typeface's files, one a weight: `assets/source-sans-400.woff2`."""
    keep = Keep(templating.project / KEPT)
    characters = "".join(sorted(CHARACTERS | _written(catalog)))
    for weight, face in FACES.items():
        name = digest(part.encode() for part in (MADE_BY, face, characters, *FEATURES))
        font = keep.made(f"{name}.woff2", partial(cut, face, characters))
        yield Artifact(f"assets/source-sans-{weight}.woff2", font)
    keep.forget_the_rest()


def _written(catalog: Catalog) -> set[str]:
    """Return the characters of the records' lines and texts that a site does not need as a matter of course."""
    texts = (
        text
        for record in catalog.records
        for text in (*vars(record).values(), record.body.written)
        if isinstance(text, str)
    )
    return set(UNUSUAL.findall("\n".join(texts)))


@cache
def cut(face: str, characters: str) -> bytes:
    """Return a face as WOFF2 with the characters among these that it has; the same bytes for the same ones."""
    import uharfbuzz
    from fontTools.ttLib import TTFont

    face_file = Path(font_source_sans_pro.font_directory) / f"SourceSansPro-{face}.ttf"
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    for chosen, only in (
        (wanted.layout_feature_tag_set, map(_tag, FEATURES)),
        (wanted.name_id_set, (1, 2)),
    ):
        chosen.clear()
        chosen.update(only)
    wanted.drop_table_tag_set.update(map(_tag, ("BASE", "DSIG", "gasp")))
    # Hints are for the screens of other days, and weigh as much as the outlines.
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    # HarfBuzz cuts a face in a thousandth of the time that fontTools takes for it: a quarter of a town's build.
    cut_down = uharfbuzz.subset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face_file))), wanted)
    written = BytesIO()
    with TTFont(BytesIO(cut_down.blob.data), recalcTimestamp=False, recalcBBoxes=False) as font:
        font.flavor = "woff2"
        font.save(written)
    return written.getvalue()


def _tag(name: str) -> int:
    """Return a feature's or a table's name as OpenType counts it."""
    return int.from_bytes(name.encode())

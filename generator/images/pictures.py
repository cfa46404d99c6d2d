"""Pictures of content/assets: what is wrong with a file, how large it is, and its copies for screens of each width."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.artifacts import Artifact
from generator.cores import usable_cores
from generator.problems import ContentError, Problem

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTHS = (360, 720, 1280)
"""How wide the copies for pages are, in points; none is wider than the original."""
NARROWEST, BROADEST = WIDTHS[0], WIDTHS[-1]
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
"""Files that get copies; SVG and GIF are shown as they are."""
COPY = re.compile(r"\.\d+\.webp\Z")
FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES, MOST_PIXELS = 20 * 1024 * 1024, 50_000_000
ORIENTATION = 0x0112
"""Exif 2.3: the tag that tells how the camera was held; from 5 on it lay on its side."""
ON_ITS_SIDE = 5
PRIVATE = ("exif", "xmp", "photoshop", "comment")
"""What cameras and editors write into a file besides the picture: the place and the hour, among the rest."""
REMEDY = "уменьшите её до 2000 точек по длинной стороне и сохраните в JPEG"
AGAIN = "скопируйте файл ещё раз с исходного места или сохраните картинку заново"


class Sized(NamedTuple):
    """How large a picture is seen, turned upright."""

    width: int
    height: int

    def at(self, width: int) -> Sized:
        """Return the size of a copy of some width."""
        return Sized(width, max(1, round(self.height * width / self.width)))


class Wanted(NamedTuple):
    """What of a picture the site needs."""

    path: str
    """Its place in the project."""
    widest: int
    """The width above which no page asks for a copy; 0 where none shows it."""
    is_kept: bool
    """Whether it is published in its own size too."""


def is_picture(path: str) -> bool:
    """Whether a file is a picture of points, which gets copies."""
    return path.lower().endswith(SUFFIXES)


def widths(size: Sized) -> list[int]:
    """Return how wide the copies of a picture are: never above the original, and none of a small one."""
    below = [width for width in WIDTHS if width < size.width]
    return [*below, size.width] if below and size.width <= BROADEST else below


def flaw_of(path: Path) -> str | None:
    """Return what an editor should mend of a picture that cannot be shown, or None."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        return f"картинка больше 20 МБ (здесь {round(size / 1024 / 1024)} МБ); {REMEDY}"
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # Our own bound is below the one that Pillow warns of.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    return f"картинка больше 50 мегапикселей (здесь {image.width}×{image.height}); {REMEDY}"
                image.verify()
        if not _ends_as_jpeg(path):
            with Image.open(path, formats=FORMATS) as image:
                image.load()
    except Image.DecompressionBombError:
        return f"картинка больше 50 мегапикселей; {REMEDY}"
    except (OSError, SyntaxError, ValueError):
        return f"картинка не открывается: файл испорчен или это не JPEG, PNG или WebP; {AGAIN}"
    return None


def size_of(path: Path) -> Sized:
    """Return how large a picture is seen."""
    from PIL import Image

    with Image.open(path, formats=FORMATS) as image:
        turned = image.getexif().get(ORIENTATION, 1) >= ON_ITS_SIDE
        return Sized(image.height, image.width) if turned else Sized(image.width, image.height)


def published(project: Path, wanted: Iterable[Wanted]) -> Iterator[list[Artifact]]:
    """Yield the files of each picture: its copies, and its original if that is kept; several are made at once."""
    with ThreadPoolExecutor(usable_cores()) as workers:
        yield from workers.map(lambda each: list(_files(project, each)), wanted)


@contextmanager
def told(path: str) -> Iterator[None]:
    """Tell of a picture that its head did not betray: a ContentError with its path in the project."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (OSError, SyntaxError, ValueError) as error:
        raise ContentError([Problem(path, 1, "", f"картинка внутри испорчена; {AGAIN}")]) from error


def copy_path(name: str, width: int) -> str:
    """Return where a picture's copy stands: `assets/foto.jpg.720.webp`."""
    return f"{name.removeprefix('content/')}.{width}.webp"


def original(place: str) -> str:
    """Return the place of the picture of which the one at this place is a copy, or the place itself."""
    return COPY.sub("", place)


def copies(path: Path) -> Mapping[int, bytes]:
    """Return a picture's copies by their width."""
    return _copies(path, path.stat().st_mtime_ns)


def cleaned(path: Path) -> bytes:
    """Return a picture's file without what its camera wrote of the place and the hour."""
    from PIL import Image

    with Image.open(path, formats=FORMATS) as image:
        if not image.getexif() and not any(name in image.info for name in PRIVATE):
            return path.read_bytes()
        from PIL import ImageOps

        form = "JPEG" if image.format == "MPO" else image.format
        profile = image.info.get("icc_profile")
        turned = ImageOps.exif_transpose(image)
        turned.info = {key: value for key, value in turned.info.items() if key == "transparency"}
        target = BytesIO()
        turned.save(target, form, quality=90, icc_profile=profile, exif=b"")
    return target.getvalue()


def _ends_as_jpeg(path: Path) -> bool:
    """Whether a file ends as a whole JPEG does: then a look at its head was enough, and no half of it is missing."""
    with path.open("rb") as file:
        file.seek(-min(64, path.stat().st_size), os.SEEK_END)
        return file.read().rstrip(b"\0").endswith(b"\xff\xd9")


@lru_cache(maxsize=512)
def _copies(path: Path, _changed: int) -> Mapping[int, bytes]:
    """Return the copies; a preview, which builds again and again, makes them once."""
    from PIL import Image

    size = size_of(path)
    made: dict[int, bytes] = {}
    with Image.open(path, formats=FORMATS) as image:
        side = max(size.at(max(widths(size), default=size.width)))
        image.draft(None, (side, side))
        upright = _upright(image)
    for width in reversed(widths(size)):
        upright = upright.resize(size.at(width), Image.Resampling.LANCZOS, reducing_gap=3.0)
        target = BytesIO()
        upright.save(target, "WEBP", quality=80, method=4, exif=b"", xmp=b"")
        made[width] = target.getvalue()
    return made


def _upright(image: Image) -> Image:
    """Return a picture as it is seen, in colours that WebP has."""
    from PIL import ImageOps

    turned = ImageOps.exif_transpose(image)
    is_clear = turned.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in turned.info
    return turned.convert("RGBA" if is_clear else "RGB")


def _files(project: Path, wanted: Wanted) -> Iterator[Artifact]:
    path = project / wanted.path
    with told(wanted.path):
        for width, content in sorted(copies(path).items()) if wanted.widest else ():
            if width <= wanted.widest:
                yield Artifact(copy_path(wanted.path, width), content)
        if wanted.is_kept:
            yield Artifact(wanted.path.removeprefix("content/"), cleaned(path))

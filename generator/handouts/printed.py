"""What the site offers of finished sheets: an entry a sheet, its editions with it, on shelves by what people want."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain
from typing import NamedTuple

from generator.artifacts import Artifact
from generator.handouts.picture import words_of
from generator.handouts.press import WORDS
from generator.handouts.sheet import Sheet
from generator.keep import digest
from generator.templating import Templating

OTHER = "other"
"""The shelf of a family that none names."""
SERIES = 4
"""From so many sheets of one family on, they are a series: what is the same of all is said once."""


class Printed(NamedTuple):
    """A sheet with its PDF."""

    sheet: Sheet
    pdf: bytes
    pages: int
    picture: bytes | None
    """Its first page as WebP; None for a sheet that the page /handouts/ names without a picture."""

    @property
    def is_searched(self) -> bool:
        """Whether a search looks into it: one edition of what no page says."""
        return self.sheet.handout.searched and self.sheet.edition == self.sheet.handout.editions[0]

    @property
    def words(self) -> str:
        """What stands on it below its title: above that every sheet has the same."""
        words = words_of(self.pdf)
        return words.partition(self.sheet.family_title)[2] or words

    @property
    def picture_size(self) -> tuple[int, int]:
        """The picture's width and height in pixels."""
        from PIL import Image

        with Image.open(BytesIO(self.picture or b"")) as picture:
            return picture.size

    def stamp(self) -> bytes:
        """Return what names the sheet: all that pages tell of it is in it."""
        return digest([self.sheet.path.encode(), self.pdf, self.picture or b""]).encode()

    def artifacts(self) -> Iterator[Artifact]:
        """Yield the files of the site that the sheet is."""
        yield Artifact(self.sheet.path, self.pdf)
        if self.picture is not None:
            yield Artifact(self.sheet.picture_path, self.picture)


class Leaflet(NamedTuple):
    """A sheet as the site offers it."""

    plain: Printed
    """Its first edition."""
    editions: tuple[Printed, ...]
    """The others: in large type, on other paper."""


class Series(NamedTuple):
    """Many leaflets of one family: the months, the calls."""

    leaflets: tuple[Leaflet, ...]

    @property
    def is_pictured(self) -> bool:
        """Whether they are shown with their first pages."""
        return any(leaflet.plain.picture is not None for leaflet in self.leaflets)


class Shelf(NamedTuple):
    """Leaflets that answer one wish."""

    title: str
    leaflets: tuple[Leaflet, ...]
    """Those that stand alone."""
    series: tuple[Series, ...]

    @property
    def number(self) -> int:
        """How many leaflets there are in all."""
        return len(self.leaflets) + sum(len(series.leaflets) for series in self.series)


def by_address(printed: Iterable[Printed]) -> dict[str, list[Leaflet]]:
    """Return leaflets by the page of the site that each is a print of."""
    editions: dict[tuple[str, str], list[Printed]] = {}
    for each in printed:
        editions.setdefault((each.sheet.family, each.sheet.subject.name), []).append(each)
    found: dict[str, list[Leaflet]] = {}
    for plain, *others in editions.values():
        found.setdefault(plain.sheet.subject.address, []).append(Leaflet(plain, tuple(others)))
    return found


def shelves(templating: Templating) -> list[Shelf]:
    """Return the shelves that are not empty, in the order of `shelf` in `templates/text/handouts.yml`."""
    if not templating.sheets:
        return []
    named = templating.texts(WORDS)["shelf"]
    shelf_of = {family: name for name, shelf in named.items() for family in shelf["of"]}
    found: dict[str, list[Leaflet]] = {name: [] for name in named}
    for leaflet in chain.from_iterable(templating.sheets.values()):
        if not leaflet.plain.sheet.handout.internal:
            found[shelf_of.get(leaflet.plain.sheet.family, OTHER)].append(leaflet)
    return [_shelf(named[name]["title"], leaflets) for name, leaflets in found.items() if leaflets]


def _shelf(title: str, leaflets: Iterable[Leaflet]) -> Shelf:
    families: dict[str, list[Leaflet]] = {}
    for leaflet in leaflets:
        families.setdefault(leaflet.plain.sheet.family, []).append(leaflet)
    alone = chain.from_iterable(family for family in families.values() if len(family) < SERIES)
    many = [family for family in families.values() if len(family) >= SERIES]
    return Shelf(title, tuple(alone), tuple(Series(tuple(each)) for each in many))

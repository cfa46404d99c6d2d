"""The sheets that pages offer, made when somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.handouts import KEPT, Order, handouts, sheets
from generator.handouts.printed import Leaflet, Printed, by_address
from generator.templating import Templating


class Offered(Mapping[str, list[Leaflet]]):
    """Leaflets by the page of the site that each is a print of."""

    def __init__(self, catalog: Catalog, templating: Templating, project: Path) -> None:
        self._catalog = catalog
        self._templating = templating
        self._keep = project / KEPT
        self._names: dict[str, list[str]] = {}
        self._addresses: dict[str, str] = {}
        for sheet in sheets(catalog, templating):
            self._names.setdefault(sheet.subject.address, []).append(sheet.name)
            self._addresses[sheet.path] = sheet.subject.address
        self._printed: dict[str, list[Printed]] = {}

    def __getitem__(self, address: str) -> list[Leaflet]:
        """Return the leaflets of a page."""
        return by_address(self._of(address))[address]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def artifacts(self, path: str) -> Iterator[Artifact]:
        """Yield the files of the sheets that are prints of the same page as the one at a path; none if none is there.

        A picture stands beside its sheet.
        """
        address = self._addresses.get(path.replace(".webp", ".pdf"))
        for printed in self._of(address) if address else ():
            yield from printed.artifacts()

    def _of(self, address: str) -> list[Printed]:
        if address not in self._printed:
            order = Order(self._names[address])
            self._printed[address] = list(handouts(self._catalog, self._templating, order, self._keep))
        return self._printed[address]

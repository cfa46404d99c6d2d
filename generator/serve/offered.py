"""The sheets that pages offer, printed while pages are shown: a region's home page would wait 20 s for the first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, ValuesView
from concurrent.futures import CancelledError, Executor, Future, wait
from contextlib import suppress
from functools import cached_property
from threading import Event, Lock
from time import monotonic
from typing import NamedTuple

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.handouts import KEPT, Order, handouts, sheets
from generator.handouts.compiler import give_up
from generator.handouts.press import handout_words
from generator.handouts.printed import Leaflet, by_address
from generator.handouts.sheet import Sheet
from generator.templating import Templating

SOON = 0.2
"""Seconds in which the sheets that a page of a town offers are printed: it waits for them, and is shown once."""
AT_FIRST = 2.0
"""Seconds that a page waits for its sheets in the first reading without a mistake."""
SHEETS = "handouts/"
"""The folder of the site in which all sheets stand."""
EVERY = f"{SHEETS}index.html"
"""The page that tells of sheets alone: before there are any, it has nothing to tell."""

Leaflets = Mapping[str, list[Leaflet]]
"""Leaflets by the page of the site that each is a print of."""


class _Order(NamedTuple):
    """Sheets that are printed together."""

    job: Future[Leaflets]
    until: float
    """How long a page waits for it, by the clock that only runs on."""
    over: Event
    """Set when nobody waits for it any more, and when a sheet of it fails."""


class Offered(Leaflets):
    """The leaflets of one reading of a project: a page that cannot wait for its own has those of the reading before.

    Threads that wait for a sheet, the one whose page is being made and that of the desk may all be here.
    """

    def __init__(
        self,
        catalog: Catalog,
        templating: Templating,
        desk: Executor,
        before: Offered | None,
        printed: Callable[[], None],
    ) -> None:
        """Print one order after another at a desk; call `printed` when there is what a page was shown without.

        Raises ContentError for a mistake in the words of the sheets.
        """
        handout_words(templating)
        self._catalog = catalog
        self._templating = templating
        self._desk = desk
        self._printed = printed
        self._most = AT_FIRST if before is None else SOON
        self._earlier: Leaflets = before.end() if before is not None else {}
        self._orders: dict[str, _Order] = {}
        """By the address of the page that offers the sheets."""
        self._lacked: set[Future[Leaflets]] = set()
        """What pages were shown without."""
        self._page_begun = monotonic()
        self._is_over = False
        self._ordering = Lock()

    def begin_page(self) -> None:
        """Know that a page is begun."""
        self._page_begun = monotonic()

    @cached_property
    def _sheets(self) -> list[Sheet]:
        """Every sheet; most pages offer none, and need not wait until a region's are found."""
        return list(sheets(self._catalog, self._templating))

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """The names of sheets by the page that each is a print of."""
        names: dict[str, list[str]] = {}
        for sheet in self._sheets:
            names.setdefault(sheet.subject.address, []).append(sheet.name)
        return names

    @cached_property
    def _addresses(self) -> dict[str, str]:
        """The pages by the files of their sheets, pictures too."""
        return {path: sheet.subject.address for sheet in self._sheets for path in (sheet.path, sheet.picture_path)}

    def __getitem__(self, address: str) -> list[Leaflet]:
        """Return the leaflets of a page; those of the reading before where its own are still being printed."""
        order = self._ordered([address])[0]
        wait([order.job], max(0, min(order.until, self._page_begun + self._most) - monotonic()))
        if not order.job.done():
            self._lacked.add(order.job)
        # It may have been done before it was noted as lacked.
        return order.job.result()[address] if order.job.done() else self._earlier.get(address, [])

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def values(self) -> ValuesView[list[Leaflet]]:
        """Return the leaflets of all pages; what nobody has ordered yet is one order."""
        self._ordered(self._names)
        return super().values()

    def wait_for(self, path: str) -> None:
        """Wait until a file of the site, if that is a sheet, is printed, cannot be printed, or is overtaken by an edit.

        The list of all sheets waits for those of which there are none from before.
        """
        sheet = self._address(path)
        lacking = [address for address in self._names if address not in self._earlier] if path == EVERY else []
        addresses = [sheet] if sheet else lacking
        with suppress(CancelledError):
            for order in self._ordered(addresses):
                order.job.exception()

    def artifacts(self, path: str) -> Iterator[Artifact]:
        """Yield the files of the sheets that are prints of the same page as the one at a path; none if none is there.

        A picture stands beside its sheet. Raises CancelledError when nothing is printed any more.
        """
        address = self._address(path)
        for leaflet in self._ordered([address])[0].job.result()[address] if address else ():
            for printed in (leaflet.plain, *leaflet.editions):
                yield from printed.artifacts()

    def end(self) -> Leaflets:
        """Print no more, and return the newest of what was printed."""
        newest = dict(self._earlier)
        with self._ordering:
            self._is_over = True
            for address, (job, *_) in self._orders.items():
                if not job.cancel() and job.done() and not job.exception():
                    newest[address] = job.result()[address]
        for order in self._orders.values():
            give_up(order.over)
        return newest

    def _address(self, path: str) -> str | None:
        return self._addresses.get(path) if path.startswith(SHEETS) else None

    def _ordered(self, addresses: Iterable[str]) -> list[_Order]:
        """Return the orders of what some pages offer; what was not ordered yet is one order.

        Raises CancelledError when nothing is printed any more.
        """
        addresses = list(addresses)
        with self._ordering:
            if self._is_over:
                raise CancelledError
            if new := [address for address in addresses if address not in self._orders]:
                over, names = Event(), [name for address in new for name in self._names[address]]
                order = _Order(self._desk.submit(self._print, names, over), monotonic() + self._most, over)
                self._orders |= dict.fromkeys(new, order)
                order.job.add_done_callback(self._done)
        return [self._orders[address] for address in addresses]

    def _print(self, names: Collection[str], over: Event) -> Leaflets:
        keep, printed = self._templating.project / KEPT, []
        for each in handouts(self._catalog, self._templating, Order(names), keep, over=over):
            if over.is_set():
                raise CancelledError
            printed.append(each)
        return by_address(printed)

    def _done(self, job: Future[Leaflets]) -> None:
        if job in self._lacked and not self._is_over:
            self._printed()

"""Printed sheets: PDFs made by Typst from the same records as the site."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.handouts.centre import centre_facts
from generator.handouts.choice import EVERYTHING, Choice
from generator.handouts.grants_list import grants_list
from generator.handouts.grants_year import grants_year, years
from generator.handouts.keep import Keep
from generator.handouts.order import EVERY_SHEET, Order, UnfitOrderError, ordered
from generator.handouts.picture import first_page, pages_of
from generator.handouts.press import Press, Print, handout_words, open_press
from generator.handouts.sheet import Handout, Sheet, alone
from generator.handouts.wording import Wording, printed_address
from generator.russian import full_day_words
from generator.templating import Templating

__all__ = ["HANDOUTS", "Order", "Printed", "UnfitOrderError", "by_address", "handouts", "sheets"]

HANDOUTS: dict[str, Handout] = {
    "grants-list": Handout(grants_list, alone("grants-list", "/grants/"), narrows=True),
    "grants-year": Handout(grants_year, years, narrows=True),
}
"""Every family of sheets by its name; titles and descriptions are in `templates/text/handouts.yml`."""


class Printed(NamedTuple):
    """A sheet with its PDF, as the site offers it."""

    sheet: Sheet
    pdf: bytes
    pages: int
    picture: bytes | None
    """Its first page as WebP; None for a sheet that the page /handouts/ names without a picture."""

    @property
    def picture_path(self) -> str:
        """Where the picture stands in the site: `handouts/grants-list.webp`."""
        return self.sheet.path.replace(".pdf", ".webp")

    def artifacts(self) -> Iterator[Artifact]:
        """Yield the files of the site that the sheet is."""
        yield Artifact(self.sheet.path, self.pdf)
        if self.picture is not None:
            yield Artifact(self.picture_path, self.picture)


def by_address(printed: Iterable[Printed]) -> dict[str, list[Printed]]:
    """Return sheets by the page of the site that each is a print of."""
    found: dict[str, list[Printed]] = {}
    for each in printed:
        found.setdefault(each.sheet.subject.address, []).append(each)
    return found


def sheets(catalog: Catalog, templating: Templating, choice: Choice = EVERYTHING) -> Iterator[Sheet]:
    """Yield what is known of every sheet before it is made."""
    words = handout_words(templating)
    wording = Wording(catalog, templating, choice)
    for family, handout in HANDOUTS.items():
        for subject in handout.subjects(wording):
            for edition in handout.editions:
                parts = (words[family]["title"], subject.title, words["edition"].get(edition.suffix))
                title, *more = filter(None, parts)
                paper = edition.paper or handout.paper
                yield Sheet(
                    f"{subject.name}{edition.suffix}",
                    family,
                    ": ".join([title, ", ".join(more)]) if more else title,
                    words[family].get("description", ""),
                    paper,
                    handout,
                    subject,
                    edition,
                )


def handouts(
    catalog: Catalog, templating: Templating, order: Order = EVERY_SHEET, keep: Path | None = None
) -> Iterator[Printed]:
    """Yield the sheets of an order, made; those kept from an earlier time are only read.

    Raises UnfitOrderError for an order that cannot be met and ContentError for a mistake in a site's own template.
    """
    wording = Wording(catalog, templating, order.choice)
    if unfit := order.choice.unfit(catalog.topics):
        raise UnfitOrderError(unfit)
    wanted = ordered(sheets(catalog, templating, order.choice), order)
    kept = Keep(keep)
    with open_press(templating, catalog.today, HANDOUTS, kept) as press:
        for sheet, (key, pdf) in zip(wanted, _prints(wanted, wording, press), strict=True):
            picture = kept.made(f"{key}.webp", partial(first_page, pdf)) if sheet.subject.picture else None
            yield Printed(sheet, pdf, pages_of(pdf), picture)
    if order == EVERY_SHEET:
        kept.forget_the_rest()


def _prints(wanted: Iterable[Sheet], wording: Wording, press: Press) -> Iterator[Print]:
    done: dict[str, Print] = {}

    def made(sheet: Sheet) -> Print | None:
        return None if sheet.handout.imposes else press.pdf(sheet.family, _facts(sheet, wording), {})

    # Typst lets go of Python's lock: on two cores, 55 sheets of calls take 22 ms each instead of 34.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for sheet, finished in zip(wanted, pool.map(made, wanted), strict=True):
            done[sheet.name] = finished or _imposed(sheet, done, wording, press)
            yield done[sheet.name]


def _imposed(sheet: Sheet, done: Mapping[str, Print], wording: Wording, press: Press) -> Print:
    """Return a sheet that lays out the pages of another, which it makes if nobody asked for it."""
    (of,) = (each for each in sheets(wording.catalog, wording.templating) if each.name == sheet.handout.imposes)
    pages = (done.get(of.name) or press.pdf(of.family, _facts(of, wording), {})).pdf
    facts = _facts(sheet, wording) | {"pages": pages_of(pages)}
    return press.pdf(sheet.family, facts, {"pages.pdf": pages}, tagged=False)


def _facts(sheet: Sheet, wording: Wording) -> dict[str, Any]:
    return {"sheet": _frame(sheet, wording), **sheet.handout.fill(wording, sheet.subject)}


def _frame(sheet: Sheet, wording: Wording) -> dict[str, Any]:
    """Return what every sheet says of itself."""
    settings = wording.settings
    query = wording.choice.query if sheet.subject.address == "/grants/" else ""
    return {
        "title": sheet.title,
        "paper": sheet.paper,
        "landscape": sheet.handout.landscape,
        "large": sheet.edition.large,
        "state": full_day_words(wording.today),
        "page": printed_address(settings.absolute(sheet.subject.address), query),
        "site": settings.site_name,
        "subtitle": settings.extra.subtitle,
        "place": settings.extra.place.model_dump(),
        "lamp": settings.extra.lamp.light,
        "choice": wording.chosen(),
        "centre": centre_facts(wording),
    }

"""Printed sheets: PDFs made by Typst from the same records as the site."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.handouts.centre import centre_facts
from generator.handouts.grants_list import grants_list
from generator.handouts.grants_year import grants_year, year_words
from generator.handouts.press import handout_words, open_press
from generator.handouts.wording import Wording, printed_address
from generator.russian import full_day_words
from generator.settings import Settings
from generator.templating import Templating


@dataclass(frozen=True)
class Handout:
    """A row of the table: what fills a sheet, and the page of the site that the sheet is a print of."""

    fill: Callable[[Wording], dict[str, Any]]
    """Returns what stands on the sheet; its layout is `templates/handouts/<name>.typ`."""
    address: str
    """The page to which the sheet's QR leads."""
    period: Callable[[date], str] | None = None
    """Returns the months that the sheet is for, which its title names."""
    paper: str = "А4"
    orientation: Literal["portrait", "landscape"] = "portrait"


HANDOUTS: dict[str, Handout] = {
    "grants-list": Handout(grants_list, "/grants/"),
    "grants-year": Handout(grants_year, "/calendar/", year_words),
}
"""Every sheet by its name; its title and description are in `templates/text/handouts.yml`."""


class Sheet(NamedTuple):
    """A sheet as the page /handouts/ lists it."""

    name: str
    title: str
    description: str
    paper: str
    """The format as people call it: «А4»."""
    orientation: Literal["portrait", "landscape"]

    @property
    def path(self) -> str:
        """Where the PDF stands in the site: `handouts/grants-list.pdf`."""
        return f"handouts/{self.name}.pdf"


def sheets(catalog: Catalog, templating: Templating) -> Iterator[Sheet]:
    """Yield what is known of every sheet before it is made."""
    words = handout_words(templating)
    for name, handout in HANDOUTS.items():
        title = words[name]["title"]
        if handout.period:
            title += f": {handout.period(catalog.today)}"
        yield Sheet(name, title, words[name]["description"], handout.paper, handout.orientation)


def handouts(
    catalog: Catalog, settings: Settings, templating: Templating, names: Collection[str] | None = None
) -> Iterator[Artifact]:
    """Yield the PDF of every sheet, or of those named."""
    wording = Wording(catalog, settings, templating.words)
    with open_press(templating, catalog.today) as press:
        for sheet in sheets(catalog, templating):
            if names is not None and sheet.name not in names:
                continue
            handout = HANDOUTS[sheet.name]
            frame = {
                "title": sheet.title,
                "paper": sheet.paper,
                "landscape": sheet.orientation == "landscape",
                "state": full_day_words(catalog.today),
                "page": printed_address(settings.absolute(handout.address)),
                "site": settings.site_name,
                "subtitle": settings.extra.subtitle,
                "place": settings.extra.place.model_dump(),
                "centre": centre_facts(wording),
            }
            yield Artifact(sheet.path, press.pdf(sheet.name, {"sheet": frame, **handout.fill(wording)}))

"""One build: what is published, and the frames into which pages are filled. Any engine could drive it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from html import escape
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import quote

from generator.admin import admin
from generator.artifacts import Artifact
from generator.calendars import calendars
from generator.catalog import Catalog
from generator.feeds import feeds
from generator.fields.contact import shown_phone
from generator.fields.hours import Times
from generator.fonts import fonts
from generator.handouts import KEPT, Printed, by_address, handouts
from generator.images import Wanted, published
from generator.ledger import Notes
from generator.new import begun_at
from generator.opendata import SETS, index
from generator.pages import Page, PageContent, make, pages, pictures, redirects, relative, sitemap, static_files
from generator.records import KINDS
from generator.records.centre import Centre
from generator.russian import full_day_words
from generator.safety import safety
from generator.search import states
from generator.settings import Settings
from generator.sharing import DRAWN, Shown, drawn, machines
from generator.shelf import Shelf
from generator.steps import Steps
from generator.templating import Templating, shown_link
from generator.templating.policy import policy

OUTPUTS: dict[str, Callable[[Catalog, Templating], Iterator[Artifact]]] = {
    "static_files": static_files,
    "fonts": fonts,
    "safety": safety,
    "machines": machines,
    "states": states,
    "sitemap": sitemap,
    "feeds": feeds,
    "calendars": calendars,
    **{f"data: {make.__name__}": make for row in SETS.values() for make in row.make},
}
"""The columns of the design, besides pages and paper: a new output is one more name here, what is quick first."""

OF_SEARCH = ("states",)
"""Outputs that only the search page reads."""
LISTS = {kind.section: name for name, kind in KINDS.items() if kind.section != "/"}
"""The addresses of the kinds' lists."""
IN_META = ("description", "shown_address", "report", "linked_data", "picture", "searched")
SLOTS = ("title", "canonical", "edit", "content", *IN_META)
"""What differs between the pages of one frame."""


class Frame(NamedTuple):
    """What a page's frame depends on, besides its depth."""

    section: str
    editable: bool
    """Whether an editor can open the page's file."""
    listed: str = ""
    """The kind of record whose list the page is."""


class Site:
    """One build: the content, and the frames into which pages are filled."""

    def __init__(  # noqa: PLR0913  # what to build, each named where it is asked for
        self,
        catalog: Catalog,
        templating: Templating,
        *,
        with_handouts: bool = False,
        with_search: bool = False,
        with_admin: bool = False,
        shelf: Shelf | None = None,
        steps: Steps | None = None,
    ) -> None:
        steps = steps or Steps()
        self.admin: list[Artifact] = []
        if with_admin:
            # First of all: what it is made of may have to be fetched, and there may be no network.
            steps.begin("готовлю веб-форму")
            self.admin += admin(catalog, templating)
        templating.with_admin = with_admin
        self.project = templating.project
        self.settings = templating.settings
        self.catalog = catalog
        self.templating = templating
        self.printed: list[Printed] = []
        self.drawn: list[Artifact] = []
        if with_handouts:
            steps.begin("печатаю листы")
            printed = handouts(self.catalog, self.templating, keep=self.project / KEPT, shelf=shelf)
            self.printed += steps.counted(printed)
            self.templating.sheets = templating.ledger.watched("sheets", by_address(self.printed))
            steps.begin("рисую картинки для ссылок")
            self.drawn += steps.counted(drawn(self.catalog, self.templating, self.project / DRAWN))
        paths = frozenset(picture.path for picture in self.drawn)
        self.templating.drawn = templating.ledger.watched("drawn", paths)
        self.templating.with_search = with_search
        self.frames: Callable[[Frame, Site], list[str]]
        """Renders a frame, as text and slots in turn: set by the engine that does."""
        self._frames: dict[Frame, tuple[list[str], Notes]] = {}
        self._contexts: dict[str, tuple[dict[str, Any], Notes]] = {}
        self._frames_at_depth: dict[tuple[Frame, int], list[str]] = {}

    @cached_property
    def pages(self) -> list[Page]:
        """Every page of the site; each is made when asked for."""
        return list(pages(self.catalog, self.templating))

    def fill(self, page: Page) -> str:
        """Return a page put into its section's frame."""
        values = self._values(make(page, self.catalog, self.templating))
        return "".join(part if index % 2 == 0 else values[part] for index, part in enumerate(self._frame(page)))

    def _frame(self, page: Page) -> list[str]:
        """Return a section's frame, its links relative; the frame is the same for all pages of one depth."""
        depth = page.address.count("/") if page.address.endswith("/") else -1
        frame = Frame(page.section, page.source is not None, LISTS.get(page.address, ""))
        parts = self.templating.ledger.once(self._frames, frame, lambda: self.frames(frame, self))
        if (frame, depth) not in self._frames_at_depth:
            self._frames_at_depth[frame, depth] = [
                part if index % 2 else relative(part, page.address, self.settings) for index, part in enumerate(parts)
            ]
        return self._frames_at_depth[frame, depth]

    def _values(self, content: PageContent) -> Mapping[str, str]:
        page = content.page
        canonical = self.settings.absolute(page.address)
        repository = self.settings.extra.repository
        return {
            "title": escape(content.title),
            "description": escape(content.description),
            "canonical": escape(canonical),
            "shown_address": escape(shown_link(canonical)),
            "edit": escape(repository.edit(page.source)) if repository and page.source else "",
            "report": escape(f"mailto:{self.settings.extra.report_to}?subject={quote(page.address, safe='')}"),
            "linked_data": content.linked_data,
            "picture": _shared(content.picture, self.settings) if content.picture else "",
            "searched": content.searched,
            "content": relative(content.body, page.address, self.settings),
        }

    @property
    def frame_context(self) -> dict[str, Any]:
        """What every page's header and footer say."""
        return self.templating.ledger.once(self._contexts, "frame", self._frame_context)

    def _frame_context(self) -> dict[str, Any]:
        centre = next(iter(self.catalog.of("centre")), None)
        return {
            "settings": self.settings,
            "policy": policy(self.templating),
            "today": full_day_words(self.catalog.today),
            "centre": centre,
            "hours": self.templating.week(centre.hours) if centre else "",
            "opening": _opening(centre, self.catalog.today, self.settings.extra.time_zone) if centre else "",
            "phones": [{"link": each, "shown": shown_phone(each)} for each in centre.contacts.phones] if centre else [],
            "pages": self.catalog.of("page"),
            "drawn": self.templating.drawn,
            "with_search": self.templating.with_search,
        }

    @cached_property
    def begun(self) -> Mapping[str, str]:
        """Where an editor begins a record of each kind."""
        repository = self.settings.extra.repository
        return begun_at(repository, self.catalog, self.templating) if repository else {}

    def made_of(self, page: Page) -> tuple[object, ...]:
        """Return what a page is made of besides what it asks."""
        # Drafts are offered there too, of which no catalog knows.
        begun = self.begun if page.address in LISTS else None
        return (begun, page.template, page.section, page.source, page.searched_as, page.context)

    def editing(self, frame: Frame) -> dict[str, Any]:
        """Return where an editor begins a record of the kind that a page lists, and finds those that there are."""
        repository, words = self.settings.extra.repository, self.templating.words["begin"]
        if repository is None or frame.listed not in words:
            return {}
        folder = KINDS[frame.listed].folder
        return {"begin": words[frame.listed], "new": self.begun[frame.listed], "files": repository.files(folder)}

    def pictures(self) -> list[Wanted]:
        """Return the pictures of which the site has copies; feeds tell how heavy they are, so they are made first."""
        return list(pictures(self.catalog, self.templating))

    def outputs(self) -> Iterator[tuple[str, Iterator[Artifact]]]:
        """Yield the outputs by their names; the files of each are made when asked for."""
        for name, output in OUTPUTS.items():
            if name not in OF_SEARCH or self.templating.with_search:
                yield name, output(self.catalog, self.templating)

    def leading(self, page: Page) -> Iterator[Artifact]:
        """Yield what leads to a page: made with it, as an edit would make that of all records anew."""
        for record in page.subjects:
            yield from redirects(record, self.templating)

    def closing(self, size: Callable[[str], int]) -> Iterator[Artifact]:
        """Yield what tells of files of the outputs; `size` tells how many bytes one has."""
        yield index(self.catalog, self.templating, size)

    def ready(self) -> Iterator[Artifact]:
        """Yield the files that pages tell of, and that are made before them."""
        yield from self.admin
        yield from self.drawn
        for each in self.printed:
            yield from each.artifacts()

    def searched_sheets(self) -> Iterator[Artifact]:
        """Yield pages that only the search reads: the words of sheets which no page of the site has."""
        for each in self.printed:
            if each.is_searched:
                html = self.templating.render("site/partials/sheet_words.html", {"printed": each})
                yield Artifact(each.sheet.path.replace(".pdf", ".html"), html.encode())

    def artifacts(self) -> Iterator[Artifact]:
        """Yield every file of the site that is no page."""
        for files in published(self.project, self.pictures()):
            yield from files
        sizes: dict[str, int] = {}
        for artifact in chain(*(output for _, output in self.outputs()), *map(self.leading, self.pages)):
            sizes[artifact.path] = len(artifact.content)
            yield artifact
        yield from self.closing(sizes.__getitem__)
        yield from self.ready()


def _opening(centre: Centre, today: date, zone: str) -> str:
    """Return when the centre is open, as the pages' script reads it; days alike stand together."""
    days: dict[str, str] = {}
    for day, special in centre.special_days(today).items():
        key = f"{_spans(special.times)}|{special.note}"
        days[key] = f"{days[key]} {day}" if key in days else f"{day}"
    told = {"zone": zone, "week": [_spans(times) for _, times in centre.week()], "days": days}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _spans(times: Times) -> str:
    return " ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in times)


def _shared(picture: Shown, settings: Settings) -> str:
    """Return what tells a social network of a page's picture (ogp.me; the first line is Twitter's own)."""
    told = {
        "image": settings.absolute(picture.address),
        "image:width": picture.width,
        "image:height": picture.height,
        "image:alt": picture.alt,
    }
    lines = [f'<meta property="og:{name}" content="{escape(str(value))}">' for name, value in told.items()]
    return "\n".join(['<meta name="twitter:card" content="summary_large_image">', *lines])

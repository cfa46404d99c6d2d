"""A site whose pages and files are made when they are asked for; what they tell is always of the newest records."""

from __future__ import annotations

import gc
import mimetypes
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from datetime import date
from functools import cached_property
from http import HTTPStatus
from itertools import chain
from pathlib import Path
from threading import Condition, RLock
from typing import NamedTuple
from urllib.parse import urlsplit

import jinja2

from generator.artifacts import Artifact
from generator.catalog.checks import FILES, FOLDERS
from generator.catalog.memory import Memory
from generator.images import Wanted, original, published
from generator.mkdocs_plugin import framed_site
from generator.mkdocs_plugin.site import Site
from generator.pages import Page, unchanged
from generator.problems import ContentError, Problem
from generator.records.record import file_of
from generator.serve.offered import SHEETS, Offered
from generator.templating import shipped_templates

TYPES = {".ics": "text/calendar", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2"}
"""What Python's own table does not know, or knows only where the system does."""
MISSING = "404.html"
RELOADING = "proekt-preview.js"
"""The script that shows a page anew when something has changed; it is no file of the site."""


class Answer(NamedTuple):
    """What a browser gets."""

    status: HTTPStatus
    type: str
    content: bytes


class Preview:
    """The site as it would be built now. Several threads may ask."""

    def __init__(self, project: Path, day: Callable[[], date], *, with_handouts: bool) -> None:
        self.project = project
        self.day = day
        self.with_handouts = with_handouts
        self.version = 0
        """Grows with each reading."""
        self.problems: tuple[Problem, ...] = ()
        """What is wrong with the content; while there is something, pages tell of it."""
        self._memory = Memory.of(project)
        self._day: date | None = None
        """The day of the last reading."""
        self._shown: _Shown | None = None
        self._offered: Offered | None = None
        self._desk = ThreadPoolExecutor(1)
        self._turn = RLock()
        """Held by who makes or reads something."""
        self._news = Condition()

    def refresh(self) -> tuple[Problem, ...]:
        """Read what changed and return what is wrong with it."""
        with self._turn:
            self._day = self.day()
            try:
                site = framed_site(self.project, self._day, handouts=False, search=False, memory=self._memory)
                if self.with_handouts:
                    given = (site.catalog, site.templating, self._desk, self._offered, self._next_version)
                    site.templating.sheets = self._offered = Offered(*given)
                if self._shown is None:
                    # To look through a region's records took the collector a quarter of each edit's time.
                    gc.freeze()
                self._shown = _Shown(site, self._offered)
                self.problems = ()
            except ContentError as error:
                self.problems = error.problems
                if self._offered is not None:
                    self._offered.end()
            self._next_version()
            return self.problems

    def close(self) -> None:
        """Print no more."""
        if self._offered is not None:
            self._offered.end()
        self._desk.shutdown(wait=False)

    def _next_version(self) -> None:
        with self._news:
            self.version += 1
            self._news.notify_all()

    def wait_for_newer(self, version: int, seconds: float) -> int:
        """Return the version when it is newer than one, or after so many seconds whatever it is."""
        with self._news:
            self._news.wait_for(lambda: self.version > version, seconds)
            return self.version

    @property
    def folder(self) -> str:
        """Where the site stands on its host, with slashes: `/` or `/grants-site/`."""
        with self._turn:
            return self._shown.folder if self._shown else "/"

    def answer(self, path: str) -> Answer:
        """Return what stands at a path from the site's root: `grants/`, `feed.xml`, `assets/site.css`."""
        if path == RELOADING:
            content = (shipped_templates() / "text" / RELOADING).read_bytes()
            return Answer(HTTPStatus.OK, _type_of(RELOADING), content)
        file = f"{path}index.html" if path.endswith("/") or not path else path
        while True:
            # Before it is this one's turn: others get theirs meanwhile, and an edit is read.
            waited_at = self._wait_for(file)
            with self._turn:
                if self.day() != self._day:
                    self.refresh()
                if waited_at is not self._offered and not self.problems:
                    continue
                # What comes while a page is made is newer than the page.
                version = self.version
                answer = self._made(file)
                break
        if answer.type != _type_of(MISSING):
            return answer
        script = f'<script defer src="{self.folder}{RELOADING}" data-version="{version}"></script>\n</body>'
        return answer._replace(content=answer.content.replace(b"</body>", script.encode()))

    def _wait_for(self, file: str) -> Offered | None:
        """Wait for a file that is printed, and return the sheets among which it is."""
        offered = self._offered
        if offered is not None and not self.problems:
            offered.wait_for(file)
        return offered

    def _made(self, file: str) -> Answer:
        if not self.problems and self._shown:
            try:
                content = self._shown.content(file)
                if content is not None:
                    return Answer(HTTPStatus.OK, _type_of(file), content)
                return Answer(HTTPStatus.NOT_FOUND, _type_of(MISSING), self._shown.content(MISSING) or b"")
            except ContentError as error:
                self.problems = error.problems
            except CancelledError:
                # The preview is being closed.
                return Answer(HTTPStatus.SERVICE_UNAVAILABLE, "text/plain; charset=utf-8", b"")
        if file.endswith(".html"):
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE, _type_of(MISSING), self._told())
        return Answer(HTTPStatus.SERVICE_UNAVAILABLE, "text/plain; charset=utf-8", b"")

    def _told(self) -> bytes:
        """Return the problems as a page."""
        loader = jinja2.FileSystemLoader(shipped_templates())
        template = jinja2.Environment(loader=loader, autoescape=True).get_template("text/problems.html")
        return template.render(problems=self.problems).encode()


class _Shown:
    """One reading of the project: what is asked of it is made, and kept until the next."""

    def __init__(self, site: Site, offered: Offered | None) -> None:
        self.site = site
        self.folder = urlsplit(self.site.settings.site_url).path or "/"
        self._offered = offered
        self._pages: dict[str, Page] = {page.path: page for page in self.site.pages}
        self._files: dict[str, bytes] = {}
        self._rest = self._others()
        self._copied = {path.removeprefix("content/"): site.project / path for path in unchanged(self.site.catalog)}

    @cached_property
    def _pictures(self) -> dict[str, Wanted]:
        return {each.path.removeprefix("content/"): each for each in self.site.pictures()}

    @cached_property
    def _leading(self) -> dict[str, Page]:
        """Where files stand that lead to a page."""
        return {
            file_of(address): page
            for page in self.site.pages
            for record in page.subjects
            for address in record.other_addresses()
        }

    def content(self, path: str) -> bytes | None:
        """Return a file of the site, or None where there is none."""
        if path in self._pages:
            if self._offered is not None:
                self._offered.begin_page()
            return self.site.fill(self._pages[path]).encode()
        if path in self._copied:
            return self._copied[path].read_bytes()
        if path not in self._files:
            self._make(path)
        return self._files.get(path)

    def _make(self, path: str) -> None:
        """Make a file that is no page, with those that are made before it."""
        if picture := self._pictures.get(path) or self._pictures.get(original(path)):
            # Of a thousand photographs a page shows a few, and these alone are made.
            for files in published(self.site.project, [picture]):
                self._files |= dict(files)
            return
        if self._offered is not None and (sheets := dict(self._offered.artifacts(path))):
            self._files |= sheets
            return
        if path in self._leading:
            self._files |= dict(self.site.leading(self._leading[path]))
        elif self._is_among_ours(path):
            for artifact in self._rest:
                self._files[artifact.path] = artifact.content
                if artifact.path == path:
                    break

    def _is_among_ours(self, path: str) -> bool:
        """Whether a file of the site may stand at a path: where its own files are, or beside a page.

        To look for what there is not among all of them took seconds in a region, and browsers ask by themselves for
        files that are nowhere.
        """
        folder = path.rpartition("/")[0]
        beside_page = folder != "" and f"{folder}/index.html" in self._pages
        # Sheets have been looked for, and an address of a page may lack its last slash.
        is_other = path.startswith(SHEETS) or f"{path}/index.html" in self._pages
        # No other page is made but the design's own.
        is_page = path.endswith(".html") and not path.startswith("assets/")
        return not is_other and not is_page and (beside_page or path in FILES or path.startswith(FOLDERS))

    def _others(self) -> Iterator[Artifact]:
        yield from chain.from_iterable(output for _, output in self.site.outputs())
        yield from self.site.closing(lambda path: len(self._files[path]))
        yield from self.site.ready()


def _type_of(path: str) -> str:
    ending = path[path.rfind(".") :]
    found = TYPES.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_text = found.startswith("text/") or found in ("application/xml", "application/json", "application/javascript")
    return f"{found}; charset=utf-8" if is_text else found

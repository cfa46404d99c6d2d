"""What tests of the finished site share: the repository's own site and its pages, Chromium, a project to change."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]  # it has no types
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from generator.catalog import Catalog, load
from generator.settings import Settings, load_settings
from tests.conftest import PATIENCE, ROOT, TODAY, Once, answering, build_apart, unmeasured
from tests.form import add_form

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Without windows, Chromium fits letters to whole dots unless told otherwise; screens of today and paper do not.
    "--font-render-hinting=none",
)


@pytest.fixture(scope="session")
def own_site(once: Once) -> Path:
    """The repository's own site, paper and search included."""
    return once("own-site", lambda site: build_apart(ROOT, site=site))


@pytest.fixture(scope="session")
def form_site(example: Path, example_site: Path, catalog: Catalog, once: Once) -> Path:
    """The example's site with the web form."""

    def make(site: Path) -> None:
        shutil.copytree(example_site, site)
        add_form(site, catalog, load_settings(example))

    return once("form-site", make)


@pytest.fixture
def project(example: Path, tmp_path: Path) -> Path:
    """A copy of the example, which a test may change."""
    return Path(shutil.copytree(example, tmp_path / "project"))


@pytest.fixture(scope="session")
def own_catalog() -> Catalog:
    return load(ROOT, TODAY)


@pytest.fixture(scope="session")
def own_settings() -> Settings:
    return load_settings(ROOT)


@pytest.fixture(scope="session")
def own_files(own_site: Path, once: Once) -> dict[str, Element]:
    """Every HTML file of the site, redirects included, by its address."""

    def make(place: Path) -> None:
        with unmeasured():
            place.write_bytes(pickle.dumps(_parsed(own_site)))

    found: dict[str, Element] = pickle.loads(once("own-files", make).read_bytes())
    return found


def _parsed(site: Path) -> dict[str, Element]:
    found = {}
    for path in sorted(site.rglob("*.html")):
        address = "/" + path.relative_to(site).as_posix().removesuffix("index.html")
        # Strict: a mistake in the HTML ends the test.
        parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
        found[address] = parser.parse(path.read_bytes())
    return found


@pytest.fixture(scope="session")
def own_pages(own_files: dict[str, Element]) -> dict[str, Element]:
    """Every page that a visitor reads; a page that leads elsewhere is none."""
    return {address: page for address, page in own_files.items() if page.find(".//meta[@http-equiv='refresh']") is None}


@pytest.fixture(scope="session")
def own_address(own_site: Path, serve: Callable[[Path], str]) -> str:
    """The site served on this machine: its address, with no slash at the end."""
    return serve(own_site)


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """What serves a site on this machine and returns its address."""
    with ExitStack() as servers:
        yield lambda site: servers.enter_context(served(site))


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site on this machine; yield its address, with no slash at the end."""
    handler = partial(_SilentHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, answering(server):
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@contextmanager
def launched() -> Iterator[Browser]:
    """Start the machine's Chromium."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert path, "нет Chromium: запустите sh tests/programs.sh chromium"
    with sync_playwright() as playwright:
        patience = PATIENCE * 1000
        browser = playwright.chromium.launch(executable_path=path, args=QUIET, timeout=patience)
        browser.on("context", lambda context: context.set_default_timeout(patience))
        expect.set_options(timeout=patience)
        yield browser
        browser.close()


class _SilentHandler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

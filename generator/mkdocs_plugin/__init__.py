"""The only module that knows MkDocs: our pages become its pages, artifacts its files, Material's place our frame."""

from __future__ import annotations

import gc
import logging
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page as MkDocsPage

from generator.catalog import load
from generator.catalog.memory import Memory
from generator.collector import collector_at_rest
from generator.ledger import Ledger
from generator.mkdocs_plugin.frames import Frames
from generator.mkdocs_plugin.site import Site
from generator.pages import Page, unchanged
from generator.problems import ContentError, Problem
from generator.search import index
from generator.settings import CONFIG, Settings, day_of, load_settings
from generator.shelf import Shelf
from generator.steps import Steps
from generator.templating import Templating, shipped_templates

REFUSAL = re.compile(r"Config value '(\w+)': (.*)", re.DOTALL)
"""How MkDocs tells of a setting that it does not take."""


class FilledPage(MkDocsPage):
    """A page whose HTML is ours: MkDocs reads no file for it and runs no Markdown."""

    def __init__(self, title: str | None, file: File, config: MkDocsConfig, page: Page, site: Site) -> None:
        self.ours = page
        self.site = site
        super().__init__(title, file, config)
        self.meta = {"template": "filled.html"}

    def read_source(self, config: MkDocsConfig) -> None:
        """Read nothing: the record has been read."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render nothing yet: a page is made when it is written, so that not all are in memory at once."""
        self.content = ""

    @property
    def filled(self) -> str:
        """The whole page, frame and all."""
        try:
            return self.site.fill(self.ours)
        except ContentError as error:
            raise PluginError(f"в шаблоне ошибка\n{error}") from None


class ProektPlugin(BasePlugin):  # type: ignore[no-untyped-call,type-arg]  # MkDocs leaves the configuration's type open
    """`plugins: [proekt]` in mkdocs.yml: the whole site, from the records beside that file."""

    def __init__(self) -> None:
        self.search = True
        """Whether the finished site gets its index; the live preview has none."""
        self.site: Site | None = None
        self.memory: Memory | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our frame before Material's, and keep MkDocs from adding files of its own."""
        shipped = shipped_templates() / "site"
        own = Path(config.config_file_path).parent / "templates" / "site"
        config.theme.dirs[:0] = [str(folder) for folder in dict.fromkeys((own, shipped)) if folder.is_dir()]
        config.theme.static_templates.clear()
        if config.nav is None:
            raise PluginError("нужен список разделов nav: иначе в меню попадёт каждая страница")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Start from nothing and add what public records are and refer to: no draft, no vocabulary, no stray photo."""
        project = Path(config.config_file_path).parent.resolve()
        try:
            settings = load_settings(project)
            # MkDocs' own preview builds again at every saved file.
            self.memory = self.memory or Memory.of(project)
            catalog = load(project, _today(settings), self.memory)
            templating = Templating(project, settings, catalog.today, self.memory.assets(project))
            self.site = site = Site(catalog, templating, with_handouts=True, with_search=self.search)
            found = [self.page_file(page, config, site) for page in site.pages]
            for artifact in site.artifacts():
                found.append(File.generated(config, artifact.path, content=artifact.content))
        except ContentError as error:
            raise PluginError(f"в записях ошибки\n{error}") from None
        for path in unchanged(site.catalog):
            found.append(File.generated(config, path.removeprefix("content/"), abs_src_path=str(project / path)))
        return Files(found)

    def page_file(self, page: Page, config: MkDocsConfig, site: Site) -> File:
        """Return a page as MkDocs carries it."""
        file = File.generated(
            config, page.path.removesuffix(".html") + ".md", content="", inclusion=InclusionLevel.INCLUDED
        )
        if not page.address.endswith("/"):
            file.dest_uri = file.url = page.path
        FilledPage(self.menu_titles(config).get(file.src_uri), file, config, page, site)
        return file

    @staticmethod
    def menu_titles(config: MkDocsConfig) -> dict[str, str]:
        """Return the names of sections by their files: MkDocs forgets them where a page is already made."""
        return {path: title for entry in config.nav or () for title, path in entry.items()}

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the menu: it is part of every frame."""
        self.nav = nav
        return nav

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Take the theme's templates for the frames."""
        assert self.site is not None
        self.site.frames = Frames(env, self.nav, files, config).parts
        return env

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Know the live preview, which is built again at every saved file."""
        self.search = command != "serve"

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Index what has been written."""
        if self.search:
            index(Path(config.site_dir), self.site.searched_sheets() if self.site else ())

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the folders that MkDocs does not know of."""
        project = Path(config.config_file_path).parent
        for folder in ("grants", "ngos", "templates"):
            if (project / folder).is_dir():
                server.watch(str(project / folder))
        return server


def _today(settings: Settings) -> date:
    """Return the day that `mkdocs build` takes for today."""
    try:
        return day_of(settings, datetime.now(UTC), os.environ.get("PROEKT_TODAY"))
    except ValueError:
        raise PluginError("PROEKT_TODAY — день вида 2026-11-20") from None


def framed_site(  # noqa: PLR0913  # what to build, each named where it is asked for
    project: Path,
    today: date,
    *,
    handouts: bool,
    search: bool,
    admin: bool = False,
    memory: Memory | None = None,
    shelf: Shelf | None = None,
    steps: Steps | None = None,
) -> Site:
    """Return the whole site of a day, its frames MkDocs' own; raise ContentError for problems in the content.

    `memory` holds what was read before; where there is a `shelf` for what was made, the site notes what it asks. MkDocs
    is told of the menu's pages alone: to carry ten thousand through its lists costs as much as to make them.
    """
    config, plugin = _configured(project)
    steps = steps or Steps()
    steps.begin("читаю записи")
    memory = memory or Memory()
    with collector_at_rest():
        settings, catalog = load_settings(project), load(project, today, memory)
        if shelf:
            # One build reads once. To look through it all, once or again and again, takes a second one's tenth.
            gc.freeze()
    templating = Templating(project, settings, today, memory.assets(project))
    if shelf:
        templating.ledger = Ledger(memory.stamp, catalog.by_path.get)
    catalog = templating.ledger.watched("catalog", catalog)
    templating.assets = templating.ledger.watched("assets", templating.assets)
    asked = {"with_handouts": handouts, "with_search": search, "with_admin": admin}
    site = Site(catalog, templating, **asked, shelf=shelf, steps=steps)
    plugin.site = site
    menu = plugin.menu_titles(config)
    named = (page for page in site.pages if page.path.removesuffix(".html") + ".md" in menu)
    files = Files([plugin.page_file(page, config, site) for page in named])
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    assert nav is not None
    config.plugins.on_env(config.theme.get_env(), config=config, files=files)
    return site


class _Refusals(logging.Handler):
    """Collects what MkDocs has against its settings: it names them only where it logs, and then gives up."""

    def __init__(self, config: Path) -> None:
        super().__init__(logging.ERROR)
        self._config = config
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        found = REFUSAL.fullmatch(record.getMessage())
        self.add(found[1] if found else "", f"MkDocs этого не принимает: {found[2] if found else record.getMessage()}")

    def add(self, field: str, message: str) -> None:
        """Add a problem, with the line on which the field stands."""
        lines = self._config.read_text(encoding="utf-8").splitlines()
        line = next((number for number, line in enumerate(lines, 1) if field and line.startswith(f"{field}:")), 1)
        self.problems.append(Problem(CONFIG, line, field, message))


def _configured(project: Path) -> tuple[MkDocsConfig, ProektPlugin]:
    """Return MkDocs' settings and our plugin in them; raise ContentError for what is wrong in mkdocs.yml."""
    # First what our own check says, in Russian.
    load_settings(project)
    refusals, log = _Refusals(project / CONFIG), logging.getLogger("mkdocs")
    log.addHandler(refusals)
    try:
        config = load_config(str(project / CONFIG))
        plugin = config.plugins.get("proekt")
        if isinstance(plugin, ProektPlugin):
            return config.plugins.on_config(config), plugin
        refusals.add("plugins", "в списке нужна строка «- proekt»")
    except (Abort, ConfigurationError, PluginError) as error:
        if not refusals.problems:
            refusals.add("", str(error))
    finally:
        log.removeHandler(refusals)
        # What MkDocs would print of a failure later, our own report says better.
        if not log.handlers:
            log.addHandler(logging.NullHandler())
    raise ContentError(refusals.problems)


def preview_address(project: Path) -> tuple[str, int]:
    """Return the host and port of the preview: 127.0.0.1 and 8000, unless mkdocs.yml says otherwise.

    Raises ContentError for what is wrong there.
    """
    host, port = _configured(project)[0].dev_addr
    return host, port

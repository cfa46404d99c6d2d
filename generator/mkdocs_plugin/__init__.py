"""The only module that knows MkDocs: our pages become its pages, artifacts its files, Material's place our frame."""

from __future__ import annotations

import logging
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
from mkdocs.commands.build import build, get_context
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from generator.mkdocs_plugin.site import Frame, Site
from generator.pages import Page, pages, unchanged
from generator.problems import ContentError
from generator.search import index
from generator.settings import CONFIG, Settings, day_of, load_settings
from generator.templating import shipped_templates
from generator.typography import typeset_html

IN_META = ("description", "shown_address", "report", "linked_data", "picture", "searched")
SLOTS = ("title", "canonical", "edit", "content", *IN_META)
"""What differs between the pages of one section."""


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
        return self.site.fill(self.ours)


class ProektPlugin(BasePlugin):  # type: ignore[no-untyped-call,type-arg]  # MkDocs leaves the configuration's type open
    """`plugins: [proekt]` in mkdocs.yml: the whole site, from the records beside that file."""

    def __init__(self) -> None:
        self.today: date | None = None
        """The day of the build; None means the calendar's, in the library's own zone."""
        self.handouts = True
        self.search = True
        """Whether the finished site gets its index; the live preview has none."""
        self.site: Site | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our frame before Material's, and keep MkDocs from adding files of its own."""
        shipped = shipped_templates() / "site"
        own = Path(config.config_file_path).parent / "templates" / "site"
        config.theme.dirs[:0] = [str(folder) for folder in dict.fromkeys((own, shipped)) if folder.is_dir()]
        config.theme.static_templates.clear()
        if config.nav is None:
            raise PluginError("в mkdocs.yml нужен список разделов nav: иначе в меню попадёт каждая страница")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Start from nothing and add what public records are and refer to: no draft, no vocabulary, no stray photo."""
        project = Path(config.config_file_path).parent.resolve()
        try:
            settings = load_settings(project)
            wanted = {"with_handouts": self.handouts, "with_search": self.search}
            self.site = site = Site(project, settings, self.today or _today(settings), **wanted)
            found = [self._page_file(page, config, site) for page in pages(site.catalog, site.templating)]
            for artifact in site.artifacts():
                found.append(File.generated(config, artifact.path, content=artifact.content))
        except ContentError as error:
            if self.today is not None:
                raise
            raise PluginError(f"в записях ошибки\n{error}") from None
        for path in unchanged(site.catalog):
            found.append(File.generated(config, path.removeprefix("content/"), abs_src_path=str(project / path)))
        return Files(found)

    def _page_file(self, page: Page, config: MkDocsConfig, site: Site) -> File:
        file = File.generated(
            config, page.path.removesuffix(".html") + ".md", content="", inclusion=InclusionLevel.INCLUDED
        )
        if not page.address.endswith("/"):
            file.dest_uri = file.url = page.path
        FilledPage(self._menu_titles(config).get(file.src_uri), file, config, page, site)
        return file

    @staticmethod
    def _menu_titles(config: MkDocsConfig) -> dict[str, str]:
        """Return the names of sections by their files: MkDocs forgets them where a page is already made."""
        return {path: title for entry in config.nav or () for title, path in entry.items()}

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Render the frames, once a section."""
        assert self.site is not None
        nav = self.nav
        # MkDocs leaves both off; titles of records stand in the frame too, and a misspelt name is a mistake.
        env.autoescape = True
        env.undefined = jinja2.StrictUndefined
        sections = {
            page.section
            for file in files.documentation_pages()
            if isinstance(page := getattr(file.page, "ours", None), Page)
        }
        for section in sections:
            for item in nav.items:
                item.active = f"/{getattr(item, 'url', '')}" == section
            for editable in (True, False):
                context = get_context(nav, files, config)
                context["page"] = _stand_in()  # type: ignore[typeddict-item]  # slots in a page's place
                editable_here = editable and self.site.settings.extra.edit_url is not None
                context["frame"] = self.site.frame_context | {"editable": editable_here}  # type: ignore[typeddict-unknown-key]
                with self.site.templating.told_with_line():
                    frame = typeset_html(env.get_template("main.html").render(context))
                self.site.frames[Frame(section, editable)] = re.split("\ue000(.*?)\ue001", frame)
        for item in nav.items:
            item.active = False
        return env

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the menu: it is part of every frame."""
        self.nav = nav
        return nav

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Know the live preview, which is built again at every saved file."""
        self.search = command != "serve"

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Index what has been written."""
        if self.search:
            index(Path(config.site_dir))

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


def _stand_in() -> SimpleNamespace:
    """Return a page whose every word is a slot."""
    slot = {name: f"\ue000{name}\ue001" for name in SLOTS}
    return SimpleNamespace(
        title=slot["title"],
        content=slot["content"],
        canonical_url=slot["canonical"],
        edit_url=slot["edit"],
        meta={name: slot[name] for name in IN_META},
    )


def build_site(project: Path, site: Path, today: date, *, handouts: bool, search: bool = False) -> None:
    """Build the whole site into a folder, as `mkdocs build` does; raise ContentError for problems in the content."""
    # What MkDocs would print of a failure, our own report says better.
    logging.getLogger("mkdocs").addHandler(logging.NullHandler())
    config = load_config(str(project / CONFIG), site_dir=str(site))
    plugin = config.plugins["proekt"]
    assert isinstance(plugin, ProektPlugin)
    plugin.today = today
    plugin.handouts = handouts
    plugin.search = search
    build(config)


def preview_address(project: Path) -> str:
    """Return where a browser finds the preview: 127.0.0.1:8000, unless mkdocs.yml says otherwise."""
    host, port = load_config(str(project / CONFIG)).dev_addr
    return f"http://{host}:{port}/"


def serve_site(project: Path, today: date | None) -> None:
    """Show the site on this machine and build it again when a file is saved, until interrupted."""
    if today is not None:
        os.environ["PROEKT_TODAY"] = today.isoformat()
    serve(config_file=str(project / CONFIG))

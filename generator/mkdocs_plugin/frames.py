"""The frames into which pages are filled: rendered by MkDocs and its theme, each once."""

from __future__ import annotations

import re
from types import SimpleNamespace

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from generator.mkdocs_plugin.site import SLOTS, Frame, Site
from generator.typography import typeset_html


class Frames:
    """Renders a frame when it is asked for."""

    def __init__(self, env: jinja2.Environment, nav: Navigation, files: Files, config: MkDocsConfig) -> None:
        self.env = env
        self.nav = nav
        self.files = files
        self.config = config
        # MkDocs leaves both off; titles of records stand in the frame too, and a misspelt name is a mistake.
        env.autoescape = True
        env.undefined = jinja2.StrictUndefined

    def parts(self, frame: Frame, site: Site) -> list[str]:
        """Return a frame: texts and slots in turn, a text first."""
        for item in self.nav.items:
            item.active = f"/{getattr(item, 'url', '')}" == frame.section
        context = get_context(self.nav, self.files, self.config)
        context["page"] = _stand_in()  # type: ignore[typeddict-item]  # slots in a page's place
        editable = frame.editable and site.settings.extra.repository is not None
        told = {"editable": editable, "editing": site.editing(frame)}
        context["frame"] = site.frame_context | told  # type: ignore[typeddict-unknown-key]
        with site.templating.told_with_line():
            rendered = typeset_html(self.env.get_template("main.html").render(context))
        for item in self.nav.items:
            item.active = False
        return re.split("\ue000(.*?)\ue001", rendered)


def _stand_in() -> SimpleNamespace:
    """Return a page whose every word is a slot."""
    slot = {name: f"\ue000{name}\ue001" for name in SLOTS}
    return SimpleNamespace(
        title=slot["title"],
        content=slot["content"],
        canonical_url=slot["canonical"],
        edit_url=slot["edit"],
        meta=slot,
    )

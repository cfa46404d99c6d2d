"""The steps of the manual: how things are done, one after another, with screens of the web form."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator.catalog.loading import VIEWS
from generator.images import size_of
from generator.manual.fields import needed
from generator.markdown import ASSETS, Body, Surroundings, render
from generator.problems import ContentError, Problem
from generator.templating import Templating

GUIDE = "text/editors/guide.md"
PLACE = "content/editors/guide.md"
"""Where the text would lie among the records: as from each of them, its pictures are in ../assets/."""
SCREENS = "site/assets/"
"""Where the screens lie among the templates: every site has them, also where it is built without a browser."""
DOTS = 2
"""A screen has so many dots to a point, for paper and for sharp eyes."""
PICTURE = re.compile(r'<img src="(/assets/[^"]+)"( alt="[^"]*") loading="lazy" />')


def guide(templating: Templating) -> Body:
    """Return the steps, as a text."""
    text = templating.render(GUIDE, {"needed": needed(templating)})
    body, mistakes = render(text, Surroundings(PLACE, {view: view for view in VIEWS}, partial(_is_screen, templating)))
    if mistakes:
        raise ContentError(Problem(f"templates/{GUIDE}", each.line + 1, "", each.message) for each in mistakes)
    files = screens(body, templating)
    return replace(body, html=PICTURE.sub(lambda found: _enlargeable(found[1], found[2], files[found[1]]), body.html))


def screens(body: Body, templating: Templating) -> dict[str, Path]:
    """Return the files of the screens that a guide shows, by their addresses."""
    return {
        f"/{path.removeprefix('content/')}": templating.file(SCREENS + path.removeprefix(ASSETS))
        for path in body.pictures
    }


def _is_screen(templating: Templating, path: str) -> bool:
    return any((folder / SCREENS / path.removeprefix(ASSETS)).is_file() for folder in templating.folders)


def _enlargeable(address: str, words: str, file: Path) -> str:
    """Return a picture that leads to itself in its whole size."""
    size = size_of(file)
    bounds = f'width="{size.width // DOTS}" height="{size.height // DOTS}"'
    return f'<a href="{address}"><img src="{address}"{words} {bounds} loading="lazy" /></a>'

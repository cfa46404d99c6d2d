"""The files of a new site, made from its settings: text/init/ of the shipped templates, filled in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import jinja2

from generator.catalog import examine
from generator.catalog.known import known_names
from generator.catalog.memory import Memory
from generator.fields.moment import zone_info
from generator.fields.text import host_of
from generator.new import program
from generator.new.writing import scalar
from generator.schema import editor_files
from generator.settings import Settings
from generator.templating import Templating, shipped_templates
from generator.templating.policy import policy

FOLDER = "text/init"
OWN, KEPT_UP = "library", "program"
"""Folders of the skeleton: what is the library's from the first day, and what `proekt upgrade` keeps up."""
YEAR = "YEAR"
"""Stands for this year in names of the skeleton."""
DOT = "dot-"
"""Stands for the dot in names of the skeleton: git and packagers would take such files for their own."""
NIGHT = time(0, 17)
"""When the nightly build begins on the library's clock: a new day is a quarter of an hour old, other people's are not
all beginning."""


class Made(NamedTuple):
    """A file of a new site."""

    path: str
    content: bytes

    @property
    def digest(self) -> str:
        """What the content is known by, whatever the ends of its lines: git may change them on Windows."""
        return digest(self.content)


def digest(content: bytes) -> str:
    """Return what a file is known by, whatever the ends of its lines."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:16]


class Skeleton:
    """The skeleton of a site, filled in with its settings."""

    def __init__(self, project: Path, settings: Settings, today: date) -> None:
        self.project = project
        self.settings = settings
        self.today = today
        self.templating = Templating(project, settings, today)
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(shipped_templates() / FOLDER),
            undefined=jinja2.StrictUndefined,
            # Files of CI are full of `{{ … }}` of their own.
            variable_start_string="<<",
            variable_end_string=">>",
            block_start_string="<%",
            block_end_string="%>",
            trim_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
        )
        self.environment.filters["yaml"] = lambda value: scalar(str(value))
        repository = settings.extra.repository
        host, path = host_of(settings.site_url), urlsplit(settings.site_url).path
        self.environment.globals |= {
            "site": settings,
            "extra": settings.extra,
            "place": settings.extra.place,
            "repository": repository,
            "branch": repository.branch if repository else "main",
            "host": host,
            "path": path,
            "root": f"/srv/{host}/{'current' if path == '/' else 'web'}",
            "day": lambda days: (today + timedelta(days)).isoformat(),
            "year": today.year,
            "night": datetime.combine(today, NIGHT, zone_info(settings.extra.time_zone)).astimezone(UTC),
            "policy": policy(self.templating),
            "version": program.version(),
            "program": program.line(),
        }

    def own(self) -> Iterator[Made]:
        """Yield what is the library's from the first day: settings and example records."""
        yield from self._files(OWN)

    def kept_up(self) -> Iterator[Made]:
        """Yield what belongs to the program: recipes, settings of editor programs, pinned requirements.

        Editor programs are told of the records that there are, so these must be written by now.
        """
        yield from self._files(KEPT_UP)
        known = known_names(self.project, examine(self.project, self.today, Memory.of(self.project)).catalog)
        for artifact in editor_files(self.templating, known):
            yield Made(artifact.path, artifact.content)
        repository = self.settings.extra.repository
        if repository:
            yield from self._files(f"hosts/{repository.host}")
        yield Made("requirements.txt", program.locked_requirements().read_bytes())
        if wheel := program.wheel():
            yield Made(f"{program.FOLDER}/{wheel.name}", wheel.read_bytes())

    def _files(self, folder: str) -> Iterator[Made]:
        root = shipped_templates() / FOLDER / folder
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            inside = path.relative_to(root).as_posix()
            # The loader gives line feeds, whatever ends the lines of the package's own files.
            text = self.environment.get_template(f"{folder}/{inside}").render()
            name = inside.replace(YEAR, str(self.today.year))
            yield Made("/".join(_with_dot(part) for part in name.split("/")), text.encode())


def _with_dot(part: str) -> str:
    return f".{part.removeprefix(DOT)}" if part.startswith(DOT) else part

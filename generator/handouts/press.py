"""Typst: a template and its JSON become a tagged PDF or a picture."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from threading import Event
from typing import Any, Literal, NamedTuple

import typst

from generator.handouts.compiler import Compiler, open_compiler
from generator.handouts.packing import packed, squeezed
from generator.handouts.ready import RARE, missing, ready
from generator.keep import Keep, digest
from generator.problems import ContentError, Problem
from generator.templating import Templating, shipped_templates
from generator.typography import held

MAKERS = ("proekt-plus", "typst", "pikepdf", "pillow", "font-source-sans-pro")
MADE_BY = " ".join(f"{name}-{version(name)}" for name in MAKERS)
"""What makes a sheet, besides its template and its facts: another version may make it otherwise."""
WORDS = "text/handouts.yml"
PLACE = re.compile(r"┌─ (.+):(\d+):\d+")


def handout_words(templating: Templating) -> dict[str, dict[str, str]]:
    """Return each sheet's title and description: a site's own words over the shipped ones."""
    return templating.texts(WORDS)


class Print(NamedTuple):
    """A finished sheet."""

    key: str
    """A digest of all that it is made of."""
    pdf: bytes


class Form(NamedTuple):
    """What a template becomes."""

    format: Literal["pdf", "png"]
    state: str
    """What it is made of besides its template and its facts."""
    finish: Callable[[bytes], bytes]
    """Makes the compiler's file small."""
    options: Mapping[str, Any]


PROOF = Form("pdf", "", bytes, {"pdf_standards": ["ua-1"]})


@dataclass(frozen=True)
class Press:
    """Makes PDFs of one day's state, and pictures."""

    templating: Templating
    today: date
    compiler: Compiler
    shelf: str
    """The folder of the templates: `handouts`."""
    families: Collection[str]
    """The templates that are sheets of their own: no sheet is made of another's."""
    keep: Keep
    _contents: dict[Path, bytes] = field(default_factory=dict)
    _states: dict[str, str] = field(default_factory=dict)

    def pdf(self, family: str, sheet: Mapping[str, Any], files: Mapping[str, bytes], *, tagged: bool = True) -> Print:
        """Return a sheet made of a family's template, as PDF/UA-1 where it is tagged.

        `files` are what the template may read besides its facts. A mistake in a site's own template is told with its
        line.
        """
        options = {
            "pdf_standards": ["ua-1"] if tagged else [],
            "timestamp": datetime.combine(self.today, time(), UTC),
        }
        return Print(*self._made(family, sheet, files, Form("pdf", str((self.today, tagged)), packed, options)))

    def again(self, key: str) -> Print | None:
        """Return a sheet that was made before, or None where it is not kept any more."""
        pdf = self.keep.found(f"{key}.pdf")
        return None if pdf is None else Print(key, pdf)

    def state(self, family: str) -> str:
        """Return what names a family's template and all that it may refer to."""
        if family not in self._states:
            contents = sorted((name, self._content(path)) for name, path in self._templates(family).items())
            self._states[family] = digest(part for name, content in contents for part in (name.encode(), content))
        return self._states[family]

    def png(self, family: str, facts: Mapping[str, Any], ppi: float) -> bytes:
        """Return a picture made of a family's template, the same on all days; `ppi` is its dots to an inch."""
        return self._made(family, facts, {}, Form("png", str(ppi), squeezed, {"ppi": ppi}))[1]

    def _made(self, family: str, facts: Mapping[str, Any], files: Mapping[str, bytes], form: Form) -> tuple[str, bytes]:
        """Return a file, as kept or newly made, after the digest of all that it is made of."""
        templates = self._templates(family)
        text = json.dumps(ready(facts), ensure_ascii=False)
        beside = (part for name in sorted(files) for part in (name.encode(), files[name]))
        key = digest([*(each.encode() for each in (MADE_BY, form.state, text, self.state(family))), *beside])
        return key, self.keep.made(f"{key}.{form.format}", lambda: self._new(templates, files, text, form))

    def _new(self, templates: dict[str, Path], files: Mapping[str, bytes], text: str, form: Form) -> bytes:
        try:
            try:
                if form.format == "png" and RARE.search(text):
                    self._compile({**templates, **files}, text, PROOF)
                return self._compile({**templates, **files}, text, form)
            except typst.TypstError as error:
                if not (instead := missing(error.diagnostic)):
                    raise
                # PDF/UA-1 (ISO 14289-1, 7.21.4) wants every glyph; an emoji in a title is not worth a sheet.
                return self._compile({**templates, **files}, text.translate(instead), form)
        except (typst.TypstError, typst.TypstWarning) as error:
            raise self._own_mistake(error, templates) from error

    def _templates(self, family: str) -> dict[str, Path]:
        """Return what a template may refer to by its name: the shipped files, a site's own in their place."""
        shared = {name: path for name, path in self._shelved.items() if name.removesuffix(".typ") not in self.families}
        if logo := self.templating.settings.extra.logo:
            shared["logo.svg"] = self.templating.project / logo
        return {"main.typ": self._shelved[f"{family}.typ"], **shared}

    @cached_property
    def _shelved(self) -> dict[str, Path]:
        return {
            path.relative_to(folder / self.shelf).as_posix(): path
            for folder in reversed(self.templating.folders)
            for path in sorted((folder / self.shelf).rglob("*"))
            if path.is_file()
        }

    def _content(self, path: Path) -> bytes:
        """Return a file, a template with its own words held together."""
        if path not in self._contents:
            content = path.read_bytes()
            if path.suffix == ".typ":
                content = held(content.decode(errors="surrogateescape")).encode(errors="surrogateescape")
            self._contents[path] = content
        return self._contents[path]

    def _compile(self, files: Mapping[str, Path | bytes], text: str, form: Form) -> bytes:
        # The compiler takes a file given by its contents for a text; a PDF has to lie in the folder.
        for name, content in files.items():
            if isinstance(content, bytes):
                (self.compiler.folder / name).write_bytes(content)
        texts = {
            name: self._content(path) if path.suffix == ".typ" else path
            for name, path in files.items()
            if isinstance(path, Path)
        }
        return form.finish(
            self.compiler.compiled({**texts, "sheet.json": text.encode()}, {"format": form.format, **form.options})
        )

    def _own_mistake(self, error: typst.TypstError | typst.TypstWarning, files: dict[str, Path]) -> Exception:
        """Return the editor's error for a template of the site; for one of ours, the error itself."""
        project = self.templating.project
        own = project / "templates"
        for place, line in PLACE.findall(error.diagnostic):
            # Typst names a file from where the program was started: `../../tmp/x/lib.typ`.
            path = next((path for name, path in files.items() if f"/{place}".endswith(f"/{name}")), None)
            if path and path.is_relative_to(own) and own != shipped_templates():
                message = f"шаблон не работает: {error.message}"
                return ContentError([Problem(path.relative_to(project).as_posix(), int(line), "", message)])
        return error


@contextmanager
def open_press(
    templating: Templating,
    today: date,
    shelf: str,
    families: Collection[str],
    keep: Keep,
    over: Event | None = None,
) -> Iterator[Press]:
    """Set up for any number of sheets; when `over` is set, none is begun any more."""
    with open_compiler(over) as compiler:
        yield Press(templating, today, compiler, shelf, families, keep)

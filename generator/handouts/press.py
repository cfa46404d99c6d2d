"""Typst: a sheet's template and its JSON become a tagged PDF."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import font_source_sans_pro
import typst

from generator.problems import ContentError, Problem
from generator.templating import Templating, shipped_templates
from generator.typography import typeset

WORDS = "text/handouts.yml"
FACES = ("Regular", "Semibold", "Bold")
MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
PLACE = re.compile(r"┌─ (.+):(\d+):\d+")


def handout_words(templating: Templating) -> dict[str, dict[str, str]]:
    """Return each sheet's title and description: a site's own words over the shipped ones."""
    return templating.texts(WORDS)


@dataclass(frozen=True)
class Press:
    """Makes PDFs of one day's state."""

    templating: Templating
    today: date
    folder: Path
    """Where the fonts lie, and nothing else that a template could read."""
    fonts: typst.Fonts

    def pdf(self, name: str, sheet: Mapping[str, Any]) -> bytes:
        """Return a sheet as PDF/UA-1; a mistake in a site's own template is told with its line."""
        files = self._files(name)
        text = json.dumps(_set(sheet), ensure_ascii=False)
        try:
            try:
                return self._compile(files, text)
            except typst.TypstError as error:
                if not (missing := _missing(error.diagnostic)):
                    raise
                # PDF/UA-1 (ISO 14289-1, 7.21.4) wants every glyph; an emoji in a title is not worth a sheet.
                return self._compile(files, text.translate(missing))
        except (typst.TypstError, typst.TypstWarning) as error:
            raise self._own_mistake(error, files) from error

    def _files(self, name: str) -> dict[str, Path]:
        """Return what a template may refer to by its name: the shipped files, a site's own in their place."""
        files = {
            path.relative_to(folder / "handouts").as_posix(): path
            for folder in reversed(self.templating.folders)
            for path in sorted((folder / "handouts").rglob("*"))
            if path.is_file()
        }
        return {"main.typ": files.pop(f"{name}.typ"), **files}

    def _compile(self, files: dict[str, Path], text: str) -> bytes:
        pdf, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]  # the stubs forget mappings of files
            {**files, "sheet.json": text.encode()},
            format="pdf",
            root=self.folder,
            font_paths=self.fonts,
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=datetime.combine(self.today, time(), UTC),
        )
        if warnings:
            raise warnings[0]
        return bytes(pdf)

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
def open_press(templating: Templating, today: date) -> Iterator[Press]:
    """Set out the fonts for any number of sheets."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        # The package's folder holds each face twice, .otf and .ttf, and which of the two Typst takes is chance.
        for face in FACES:
            file = f"SourceSansPro-{face}.ttf"
            shutil.copyfile(Path(font_source_sans_pro.font_directory) / file, folder / file)
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        yield Press(templating, today, folder, fonts)


def _set(value: Any) -> Any:
    """Return what stands on a sheet with its texts typeset; pictures stay as they are."""
    if isinstance(value, str):
        return value if value.startswith("<svg") else typeset(value)
    if isinstance(value, Mapping):
        return {name: _set(each) for name, each in value.items()}
    return [_set(each) for each in value] if isinstance(value, list | tuple) else value


def _missing(diagnostic: str) -> dict[int, str]:
    """Return what to print for the characters that the font was found not to have."""
    found = "".join(MISSING.findall(diagnostic))
    characters = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), found)
    return {ord(character): _instead(character) for character in characters}


def _instead(character: str) -> str:
    kind = unicodedata.category(character)
    return "-" if kind == "Pd" else "?" if kind.startswith("L") else ""

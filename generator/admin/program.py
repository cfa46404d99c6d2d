"""Sveltia CMS as our site serves it: it asks nobody else for anything, and opens a folder from any address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.metadata import version
from io import BytesIO
from typing import Any

from generator.admin.packages import LETTERS, SVELTIA, YAML, files_of
from generator.artifacts import Artifact
from generator.keep import Keep, digest

FOLDER = "admin"
WORDS_FILE = f"sveltia@{SVELTIA.version}/locales/ru.json"
ICONS, LATIN, CYRILLIC, MONO = "icons.woff2", "latin.woff2", "cyrillic.woff2", "mono.woff2"
FONTS = "https://cdn.jsdelivr.net/fontsource/fonts"
CHANGES = {
    # Its language file, and the file by which it looks for a newer version of itself.
    "https://unpkg.com/@sveltia/cms": "sveltia",
    f"{FONTS}/source-sans-3:vf@5.3.0/latin-wght-normal.woff2": LATIN,
    f"{FONTS}/noto-mono@5.3.0/latin-400-normal.woff2": MONO,
    f"{FONTS}/material-symbols-outlined:vf@5.3.7/latin-wght-normal.woff2": ICONS,
    # Whether a git host is well is told by hosts of their own; our editors are told when something fails.
    "https://www.githubstatus.com/api/v2/status.json": 'data:application/json,{"status":{"indicator":"none"}}',
    "https://status-api.hostedstatus.com/1.0/status/5b36dc6502d06804c08349f7": (
        'data:application/json,{"result":{"status_overall":{"status_code":100}}}'
    ),
    # A browser gives a folder to any page that came by https; Sveltia offers it on this machine alone.
    "isLocalHost=e===`127.0.0.1`||": "isLocalHost=globalThis.isSecureContext||",
    # A librarian's folder may be a synchronised one, without git in it.
    "getDirectoryHandle(`.git`)": "getDirectoryHandle(`{root}`)",
}
"""What stands once in Sveltia's code, and what takes its place."""
NAME = re.compile(r"[`\"'>]([a-z0-9_]+)[`\"'<]")
"""A string of Sveltia's code that may name an icon."""


class ChangedProgramError(AssertionError):
    """Sveltia's code is not what our changes were made for: the pinned version was changed without them."""


def program(keep: Keep, root: str, words: Mapping[str, Any]) -> Iterator[Artifact]:
    """Yield the files of the web form that are not ours.

    `root` is a folder by which a project's folder is known; `words` name the icons that our own configuration uses, and
    say some things otherwise than Sveltia.
    """
    files = files_of(SVELTIA, keep)
    code = adapted(files["dist/sveltia-cms.js"].decode(), root)
    yield _file("sveltia-cms.js", code.encode())
    yield _file(WORDS_FILE, _in_our_words(files, words))
    yield _file("sveltia/package.json", json.dumps({"version": SVELTIA.version}).encode())
    yield _file("sveltia-cms.LICENSE.txt", files["LICENSE.txt"])
    yield from _typefaces(keep, files, {*NAME.findall(code), *words["icons"].values()})
    library = files_of(YAML, keep)
    for name, content in sorted(library.items()):
        if name.startswith("browser/dist/") and name.endswith(".js"):
            yield _file(f"yaml/{name.removeprefix('browser/dist/')}", content)
    yield _file("yaml.LICENSE.txt", library["LICENSE"])


def _typefaces(keep: Keep, files: Mapping[str, bytes], named: set[str]) -> Iterator[Artifact]:
    """Yield the fonts, that of icons with those alone that may be named."""
    letters = files_of(LETTERS, keep)
    for name in (LATIN, CYRILLIC):
        yield _file(name, letters[f"files/source-sans-3-{name.partition('.')[0]}-wght-normal.woff2"])
    assets = {name.removeprefix("npm/assets/"): content for name, content in sorted(files.items())}
    yield _file(MONO, next(assets[name] for name in assets if re.match(r"noto-mono.*\.woff2", name)))
    whole = next(assets[name] for name in assets if re.match(r"material-symbols.*\.woff2", name))
    kept = digest((version("fonttools").encode(), whole, *(name.encode() for name in sorted(named))))
    yield _file(ICONS, keep.made(f"{kept}.woff2", partial(icons, whole, frozenset(named))))
    for name in ("source-sans-3", "noto-mono", "material-symbols-outlined"):
        yield _file(f"{name}.LICENSE.txt", assets[f"{name}.LICENSE.txt"])


def adapted(code: str, root: str) -> str:
    """Return Sveltia's code with every change made; each must find its place exactly once."""
    for old, new in CHANGES.items():
        if code.count(old) != 1:
            raise ChangedProgramError(f"{old}: {code.count(old)}")
        code = code.replace(old, new.replace("{root}", root))
    return code


def icons(font: bytes, names: frozenset[str]) -> bytes:
    """Return the font of icons cut down to those that are named, in its middle weight; the same bytes each time."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    with TTFont(BytesIO(font), recalcTimestamp=False) as opened:
        letters = {glyph: chr(code) for code, glyph in opened.getBestCmap().items()}

        def spelled(first: str, ligature: Any) -> str:
            return "".join(letters.get(glyph, " ") for glyph in (first, *ligature.Component))

        for table in (each.ExtSubTable for each in opened["GSUB"].table.LookupList.Lookup[0].SubTable):
            for first, found in table.ligatures.items():
                found[:] = [each for each in found if spelled(first, each) in names]
        subsetter = Subsetter(Options(layout_features=["rlig"], hinting=False, drop_tables=["gasp", "STAT"]))
        subsetter.populate(text="abcdefghijklmnopqrstuvwxyz0123456789_")
        subsetter.subset(opened)
        instantiateVariableFont(opened, {"wght": 400}, inplace=True)
        opened.flavor = "woff2"
        written = BytesIO()
        opened.save(written)
    return written.getvalue()


def _in_our_words(files: Mapping[str, bytes], words: Mapping[str, Any]) -> bytes:
    """Return Sveltia's Russian words with ours over them."""
    told = files["locales/ru.json"].decode()
    for old, new in words["instead"].items():
        told = told.replace(old, new)
    theirs: dict[str, Any] = json.loads(told)
    for path, text in words["sveltia"].items():
        *groups, name = path.split("/")
        place = theirs
        for group in groups:
            place = place.setdefault(group, {})
        place[name] = text
    return json.dumps(theirs, ensure_ascii=False, separators=(",", ":")).encode()


def _file(name: str, content: bytes) -> Artifact:
    return Artifact(f"{FOLDER}/{name}", content)

"""The site's typeface: light, complete, the same bytes from the same texts, and not cut anew in every build."""

from __future__ import annotations

from io import BytesIO
from itertools import chain
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from fontTools.ttLib import TTFont

from generator.catalog import Catalog, load
from generator.fonts import CHARACTERS, FACES, KEPT, cut, fonts
from generator.settings import load_settings
from generator.templating import Templating, shipped_templates
from tests.conftest import TODAY

pytest_plugins = ("tests.browser",)

POST = "content/news/2026-11-18-vstrecha.md"
UKRAINIAN, UDMURT, EMOJI, STRESS = "Ї", "ӟ", "🎉", "\N{COMBINING ACUTE ACCENT}"
"""A letter that the typeface has and no Russian text needs; two signs that it lacks; what stands above a vowel."""


def made(project: Path) -> dict[str, bytes]:
    templating = Templating(project, load_settings(project), TODAY)
    return {artifact.path: artifact.content for artifact in fonts(load(project, TODAY), templating)}


def font(content: bytes) -> TTFont:
    return TTFont(BytesIO(content))


def test_there_is_a_file_for_each_weight(catalog: Catalog, templating: Templating) -> None:
    paths = [artifact.path for artifact in fonts(catalog, templating)]
    assert paths == ["assets/source-sans-400.woff2", "assets/source-sans-600.woff2", "assets/source-sans-700.woff2"]


@pytest.mark.no_cover  # the site has been built in another process
def test_the_fonts_have_every_character_of_the_site(own_site: Path, own_pages: dict[str, Element]) -> None:
    written = set(chain.from_iterable("".join(page.itertext()) for page in own_pages.values())) - set("\n\t")
    for weight in FACES:
        face = font((own_site / f"assets/source-sans-{weight}.woff2").read_bytes())
        assert not {character for character in written if ord(character) not in face.getBestCmap()}


def test_the_words_of_our_templates_need_no_other_character() -> None:
    texts = [path.read_text() for path in sorted((shipped_templates() / "site").rglob("*.html"))]
    assert not set("".join(texts)) - CHARACTERS - {"\n"}


@pytest.mark.no_cover  # a face is cut under measure once more below
def test_what_only_a_record_has_is_in_the_fonts_too(project: Path) -> None:
    with (project / POST).open("a") as post:
        post.write(f"\n\n{UKRAINIAN}{UDMURT}{EMOJI} Берё{STRESS}за\n")
    for content in made(project).values():
        face = font(content)
        assert ord(UKRAINIAN) in face.getBestCmap()
        assert not {ord(UDMURT), ord(EMOJI)} & set(face.getBestCmap())
        features = {record.FeatureTag for record in face["GPOS"].table.FeatureList.FeatureRecord}
        assert features == {"kern", "mark"}


def test_the_same_characters_give_the_same_bytes() -> None:
    text = "".join(sorted(CHARACTERS))
    assert cut.__wrapped__("Regular", text) == cut.__wrapped__("Regular", text)


@pytest.mark.no_cover  # likewise
def test_fonts_are_kept_between_builds_while_the_characters_are_the_same(project: Path) -> None:
    made(project)
    kept = sorted((project / KEPT).iterdir())
    assert len(kept) == len(FACES)
    for path in kept:
        path.write_bytes(b"kept")
    cut.cache_clear()
    assert set(made(project).values()) == {b"kept"}
    with (project / POST).open("a") as post:
        post.write(f"\n\n{UKRAINIAN}\n")
    assert b"kept" not in made(project).values()
    assert not set(kept) & set((project / KEPT).iterdir())


@pytest.mark.parametrize("face", ["Arial", "Roboto", "DejaVu"])
def test_a_system_face_that_stands_in_is_as_high_as_the_typeface(own_site: Path, face: str) -> None:
    rules = [
        line for line in (own_site / "assets/site.css").read_text().split("\n") if f"As Source Sans: {face}" in line
    ]
    own = font((own_site / "assets/source-sans-400.woff2").read_bytes())["hhea"]
    assert len(rules) == len(FACES)
    for rule in rules:
        value = {
            name: float(text.removesuffix("%"))
            for name, text in (each.split(": ", 1) for each in rule.split("; ")[2:6])
        }
        size = value["size-adjust"] / 100
        assert value["ascent-override"] * size == pytest.approx(own.ascent / 10, abs=0.02)
        assert value["descent-override"] * size == pytest.approx(-own.descent / 10, abs=0.02)

"""The manual's screens: they show the form as it is now, all of them are used, and they are not heavy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser
from pypdf import PdfReader

from generator.manual import guide
from generator.templating import Templating
from tests.sheets import printed
from tests.tour import DESCRIPTION, SCREENS, picture_of, shown

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover
HEAVIEST = 400_000


def test_the_manual_shows_the_form_as_it_is_now(
    chromium: Browser, form_site: Path, serve: Callable[[Path], str]
) -> None:
    told = {name: read_on(picture_of(name)) for name in SCREENS}
    now = {name: words for name, _, _, words in shown(chromium, serve(form_site), dots=1, wanted=told)}
    # Where they differ, `make screens` takes the pictures anew; look at them then.
    assert told == now


def read_on(path: Path) -> str:
    """Return what is read on a screen's picture."""
    with Image.open(path) as picture:
        return str(picture.info[DESCRIPTION])


def test_each_screen_is_shown_once_with_words_for_those_who_cannot_see_it(templating: Templating) -> None:
    pictures = re.findall(r'<img src="/assets/screen-(\w+)\.png" alt="([^"]*)"', guide(templating).html)
    assert sorted(name for name, _ in pictures) == sorted(SCREENS)
    assert [alt for _, alt in pictures if len(alt) < 40 or not re.search("[а-яё]", alt)] == []
    assert sum(picture_of(name).stat().st_size for name in SCREENS) < HEAVIEST


def test_the_sheet_shows_each_screen_with_the_same_words(example: Path, templating: Templating) -> None:
    body = guide(templating)
    words = re.findall(r'<img [^>]*alt="([^"]*)"', body.html)
    sheet = PdfReader(BytesIO(printed(example, "editors")))
    assert sum(len(page.images) for page in sheet.pages) == len(words) == len(SCREENS)
    told = {each.replace("\N{NO-BREAK SPACE}", " ") for each in alternatives(sheet.root_object["/StructTreeRoot"])}
    assert [each for each in words if each not in told] == []


def alternatives(node: Any) -> Iterator[str]:
    """Yield the words that stand for pictures in a tagged PDF (ISO 32000-1, 14.9.3)."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, dict):
        if "/Alt" in found:
            yield str(found["/Alt"])
        yield from alternatives(found.get("/K", []))
    elif isinstance(found, list):
        for each in found:
            yield from alternatives(each)

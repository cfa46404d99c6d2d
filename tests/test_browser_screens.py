"""The manual's screens: they show the form as it is now, all of them are used, and they are not heavy."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from generator.manual import guide
from generator.templating import Templating
from tests.tour import DESCRIPTION, SCREENS, picture_of, shown, words_of

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover
HEAVIEST = 400_000


def test_the_manual_shows_the_form_as_it_is_now(
    chromium: Browser, form_site: Path, serve: Callable[[Path], str]
) -> None:
    now = {name: words_of(page, clip) for name, page, clip in shown(chromium, serve(form_site))}
    # Where they differ, `make screens` takes the pictures anew; look at them then.
    assert {name: read_on(picture_of(name)) for name in SCREENS} == now


def read_on(path: Path) -> str:
    """Return what is read on a screen's picture."""
    with Image.open(path) as picture:
        return str(picture.info[DESCRIPTION])


def test_each_screen_is_shown_once_with_words_for_those_who_cannot_see_it(templating: Templating) -> None:
    pictures = re.findall(r'<img src="/assets/screen-(\w+)\.png" alt="([^"]*)"', guide(templating).html)
    assert sorted(name for name, _ in pictures) == sorted(SCREENS)
    assert [alt for _, alt in pictures if len(alt) < 40 or not re.search("[а-яё]", alt)] == []
    assert sum(picture_of(name).stat().st_size for name in SCREENS) < HEAVIEST

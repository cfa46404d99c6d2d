"""Take the screens of the manual for editors: `make screens`."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Browser

from generator.catalog import load
from generator.settings import load_settings
from tests.browser import launched, served
from tests.conftest import EXAMPLE, TODAY, build_apart
from tests.form import add_form
from tests.tour import DESCRIPTION, picture_of, shown

COLOURS = 64


def take(browser: Browser, address: str) -> None:
    """Write the picture of each screen among the templates of the site."""
    for name, page, clip, words in shown(browser, address):
        told = PngInfo()
        told.add_itxt(DESCRIPTION, words, lang="ru")
        with Image.open(BytesIO(page.screenshot(clip=clip, caret="hide"))) as picture:
            few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(picture_of(name), optimize=True, pnginfo=told)


def main() -> None:
    """Build the example's site with the form and take the screens."""
    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch) / "site"
        build_apart(EXAMPLE, "--no-handouts", "--no-search", site=site)
        add_form(site, load(EXAMPLE, TODAY), load_settings(EXAMPLE))
        with served(site) as address, launched() as browser:
            take(browser, address)


if __name__ == "__main__":
    main()

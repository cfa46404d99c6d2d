"""Take pictures of the main pages at both sizes, light and dark, for a person to look at: `make pictures`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from generator.building import build_site
from tests.browser import launched, served
from tests.conftest import ROOT, TODAY
from tests.test_browser import NARROW, NOON, WIDE, reader

PAGES = {
    "home": "/",
    "grants": "/grants/",
    "grants-nko": "/grants/?who=nko&suits=1",
    "grants-none": "/grants/?who=school&sum=3000000-",
    "grant": "/grants/pfki-2027-2/",
    "grant-rounds": "/grants/rubtsovsk-2026/",
    "calendar": "/calendar/",
    "ngos": "/ngos/",
    "ngo": "/ngos/nash-dvor/",
    "meetups": "/meetups/",
    "meetup": "/meetups/2026-12-10-smeta-i-plan/",
    "methodology": "/methodology/",
    "note": "/methodology/project-viability/",
    "news": "/news/",
    "post": "/news/2026-11-17-kuda-podat-v-dekabre/",
    "centre": "/centre/",
    "topic": "/topics/culture/",
    "handouts": "/handouts/",
    "subscribe": "/subscribe/",
    "search": "/search/?q=двор",
    "search-none": "/search/?q=шахматы в подвале",
    "missing": "/404.html",
}
SCHEMES = ("light", "dark")


def take(browser: Browser, address: str, folder: Path) -> None:
    """Write a picture of each page, in each size and scheme: `grants-360-dark.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    for viewport in (NARROW, WIDE):
        for scheme in SCHEMES:
            with reader(browser, NOON, viewport=viewport, color_scheme=scheme) as page:
                for name, target in PAGES.items():
                    page.goto(address + target)
                    if target.startswith("/search/"):
                        page.get_by_text("По запросу").wait_for()
                    page.screenshot(path=folder / f"{name}-{viewport['width']}-{scheme}.png", full_page=True)


def main(folder: Path) -> None:
    """Build the repository's own site and take its pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch) / "site"
        build_site(ROOT, site, TODAY, handouts=True, search=True)
        with served(site) as address, launched() as browser:
            take(browser, address, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Pages that axe looks at in the colours of the low-vision version."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser

from tests.axe import FEW, NARROW, RULES, address, violations

__all__ = ["address"]

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it


@pytest.mark.parametrize("scheme", ["bw", "wb", "blue", "sepia"])
def test_the_low_vision_version_has_none_either(scheme: str, address: str, chromium: Browser) -> None:
    look = json.dumps({"on": True, "scheme": scheme, "images": "off"})
    with chromium.new_page(viewport=NARROW, locale="ru-RU") as page:
        page.add_init_script(AXE_SCRIPT)
        page.add_init_script(f"localStorage.setItem('lowvision', {json.dumps(look)})")
        found: list[str] = []
        for each in FEW if scheme == "bw" else FEW[:2]:
            page.goto(address + each)
            found += violations(page, RULES)
        assert found == []

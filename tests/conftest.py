"""What the tests share: the example site, its catalog, its templates, and the day they all look at it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.catalog import Catalog, load
from generator.settings import load_settings
from generator.templating import Templating

TODAY = date(2026, 11, 20)
EXAMPLE = Path(__file__).parent / "example"


@pytest.fixture(scope="session")
def example() -> Path:
    return EXAMPLE


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load(EXAMPLE, TODAY)


@pytest.fixture(scope="session")
def templating() -> Templating:
    return Templating(EXAMPLE, load_settings(EXAMPLE), TODAY)

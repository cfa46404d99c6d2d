"""The example builds exactly what lies in golden/; `make golden` rewrites it, and the diff is reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.catalog import Catalog
from generator.pages import pages
from generator.templating import Templating
from tests.golden import FILES, GOLDEN, OF_SHEETS, PAGES, bodies, files, whole_page

NAMES = sorted(path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    return dict([*bodies(), *files(), whole_page(tmp_path_factory.mktemp("site"))])


def test_all_that_is_built_is_golden_and_all_that_is_golden_is_built(built: Mapping[str, bytes]) -> None:
    assert sorted(built) == NAMES
    assert len(built) == len(PAGES) + len(OF_SHEETS) + len(FILES) + 1


def test_each_template_has_a_golden_page(catalog: Catalog, templating: Templating) -> None:
    # The manual is long and made of the models: test_manual.py holds it to what it is made of.
    every = [page for page in pages(catalog, templating) if not page.template.startswith("editors")]
    assert {page.template for page in every} == {
        page.template for page in every if page.address in (*PAGES, *OF_SHEETS)
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_example_builds_its_golden_file(name: str, built: Mapping[str, bytes]) -> None:
    golden = (GOLDEN / name).read_bytes()
    assert built[name].decode().splitlines() == golden.decode().splitlines()
    assert built[name] == golden


@pytest.mark.no_cover  # all of it has been built above
def test_the_same_content_and_day_give_the_same_bytes(built: Mapping[str, bytes], tmp_path: Path) -> None:
    assert dict([*bodies(), *files(), whole_page(tmp_path)]) == built

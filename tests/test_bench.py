"""The benchmark's records: the same from the same seed, and right by our own checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.catalog import load
from tests.bench.corpus import _name, make
from tests.bench.growth import exponent
from tests.bench.project import write_project
from tests.bench.records import TODAY, Size
from tests.bench.sites import PARTS

TINY = Size(ngos=5, grants=20, posts=8, meetups=3, notes=3, funders=2, documents=2)


def test_the_same_seed_makes_the_same_records() -> None:
    assert make(7, TINY) == make(7, TINY)
    assert make(7, TINY) != make(8, TINY)


def test_the_records_pass_our_checks(tmp_path: Path) -> None:
    write_project(make(7, TINY), tmp_path / "project")
    catalog = load(tmp_path / "project", TODAY)
    assert len(catalog.of("grant")) == TINY.grants
    assert len(catalog.of("post")) == TINY.posts


def test_the_calls_have_every_precision() -> None:
    found = {round_.deadline.precision for call in make(7, TINY._replace(grants=60)).grants for round_ in call.rounds}
    assert found == {"exact", "day", "month", "forecast", "rolling", "unknown"}


def test_the_power_of_growth_is_one_where_twice_as_many_cost_twice_as_much() -> None:
    assert exponent({5: 3.0, 10: 6.0, 40: 24.0}) == pytest.approx(1)
    assert exponent({1: 1.0, 2: 4.0, 4: 16.0}) == pytest.approx(2)


def test_four_regions_have_names_enough() -> None:
    names = [_name(number) for number in range(PARTS["4"].ngos)]
    assert len(set(names)) == len(names)

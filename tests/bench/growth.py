"""How the cost grows with a site: our build at half a region, one, two and four."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import linear_regression

from tests.bench.project import ROOT
from tests.bench.records import Size
from tests.bench.sites import PARTS
from tests.bench.timing import Builder

RUNS = 3
HEAD = "регионов  записей  секунд  процессор, с  память, МБ  файлов"


def growth(folder: Path, command: list[str], seed: int, runs: int | None) -> Iterator[str]:
    """Yield a table of the sizes, built in turn, and the power with which each cost grows."""
    builders = {part: Builder(part, command) for part in PARTS}
    for part in builders:
        made = [sys.executable, "-m", "tests.bench.sites", part, str(seed), str(folder / part), "proekt"]
        subprocess.run(made, cwd=ROOT, check=True)
    for number in range(runs or RUNS):
        for part, builder in builders.items():
            builder.build(folder / part / "proekt", folder / f"{part}-{number}")
            sys.stderr.write(f"  {part} региона, {number + 1}: {builder.runs[-1].seconds:.2f} с\n")
    for builder in builders.values():
        builder.clear()
    yield HEAD
    for part, builder in builders.items():
        files = builder.output.files if builder.output else 0
        yield (
            f"{part:<8}{_records(PARTS[part]):>9}{builder.middle('seconds'):>8.1f}{builder.middle('processor'):>14.1f}"
            f"{builder.middle('memory'):>12.0f}{files:>8}"
        ).replace(".", ",")
    for what, name in (("seconds", "время"), ("processor", "процессор"), ("memory", "память")):
        power = exponent({_records(PARTS[part]): builder.middle(what) for part, builder in builders.items()})
        yield f"степень роста, {name}: {power:.2f}".replace(".", ",")


def exponent(costs: dict[int, float]) -> float:
    """Return the power of the number of records with which a cost grows: 1 where twice as many cost twice as much."""
    slope, _ = linear_regression([math.log(number) for number in costs], [math.log(cost) for cost in costs.values()])
    return slope


def _records(size: Size) -> int:
    return sum(size)

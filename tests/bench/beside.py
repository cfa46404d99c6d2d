"""What a build from nothing does not show: a second build, pictures, search, paper, the preview, the disk alone."""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from PIL import Image

from tests.bench.live import edit_to_screen, free_port
from tests.bench.project import ROOT
from tests.bench.records import TODAY
from tests.bench.timing import measured

PROEKT = str(ROOT / ".venv/bin/proekt")
SEARCHED = re.compile(r"собираю поиск\s+([\d,]+) с")
EDITS = 5
POST = "content/news/post-0001.md"
PAGE = "news/post-0001/"
AGAIN = 3
EDITED = {
    "без правок": None,
    "после новости": POST,
    "после конкурса": "grants/call-0001.yml",
    "после организации": "ngos/ngo-0001.yml",
}
PHOTOGRAPHS = 60


def beside(folder: Path, hugo: str) -> Iterator[str]:
    """Yield a line for each thing measured, ratios first where there is something to compare with."""
    ours, site = folder / "proekt", folder / "whole"
    yield from _again(ours, folder / "again")
    yield from _search(ours, site)
    yield from _copying(site, folder / "copy")
    yield from _paper(ours, folder / "paper")
    yield from _preview(ours, folder / "hugo", hugo)
    yield from _photographs(ours, folder / "pictured")


def _again(ours: Path, site: Path) -> Iterator[str]:
    """Measure builds after the first: without an edit, and after one of each kind of record."""
    _build(ours, site)
    found: dict[str, list[float]] = {}
    for number in range(AGAIN):
        for name, path in EDITED.items():
            if path is not None:
                _edit(ours / path, number)
            found.setdefault(name, []).append(_build(ours, site))
    told = ", ".join(f"{name} {_number(median(seconds))} с" for name, seconds in found.items())
    yield f"Сборка ещё раз: {told}"


def _photographs(ours: Path, site: Path) -> Iterator[str]:
    """Measure what photographs cost the first time, and what they cost after a word was edited."""
    without = min(_build(ours, site), _build(ours, site))
    (ours / "content/assets").mkdir(exist_ok=True)
    for number in range(1, PHOTOGRAPHS + 1):
        noise = Image.effect_noise((320, 240), 60).resize((1600, 1200))
        noise.convert("RGB").save(ours / f"content/assets/photo-{number}.jpg", quality=88)
        with (ours / f"content/news/post-{number:04}.md").open("a", encoding="utf-8") as post:
            post.write(f"\n![Снимок](../assets/photo-{number}.jpg)\n")
    first = _build(ours, site) - without
    _edit(ours / POST, 0)
    again = _build(ours, site)
    yield f"{PHOTOGRAPHS} снимков: в первый раз на {_number(first)} с дольше, после правки слова — {_number(again)} с вся сборка"


def _edit(path: Path, number: int) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub('^title: "?', rf"\g<0>Иначе {number} ", text, count=1, flags=re.M), encoding="utf-8")


def _build(ours: Path, site: Path) -> float:
    """Return the seconds of a build in the place of the last one."""
    command = [PROEKT, "--project", str(ours), "--today", str(TODAY), "build", "--no-handouts", "--no-search"]
    return measured([*command, "--site-dir", str(site)], ours, site.with_suffix(".log")).seconds


def _search(ours: Path, site: Path) -> Iterator[str]:
    shutil.rmtree(ours / ".cache", ignore_errors=True)
    log = site.with_suffix(".log")
    command = [PROEKT, "--project", str(ours), "--today", str(TODAY), "build", "--no-handouts", "--timings"]
    measured([*command, "--site-dir", str(site)], ours, log)
    (seconds,) = (float(found.replace(",", ".")) for found in SEARCHED.findall(log.read_text(encoding="utf-8")))
    index = site.with_name("index")
    alone = measured([sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(index)], ours, log)
    yield f"Поиск: {_number(seconds / alone.seconds)} × сам Pagefind ({_number(seconds)} с против {_number(alone.seconds)} с)"


def _copying(site: Path, copy: Path) -> Iterator[str]:
    seconds = _timed(lambda: shutil.copytree(site, copy))
    yield f"Скопировать готовый сайт файл за файлом: {_number(seconds)} с"


def _paper(ours: Path, folder: Path) -> Iterator[str]:
    log = folder.with_suffix(".log")
    command = [PROEKT, "--project", str(ours), "--today", str(TODAY), "handouts", "--output", str(folder)]
    for state in ("из ничего", "второй раз"):
        run = measured(command, ours, log)
        yield f"Листы для печати, {state}: {_number(run.seconds)} с, {run.memory:.0f} МБ ({len(list(folder.iterdir()))})"


def _preview(ours: Path, theirs: Path, hugo: str) -> Iterator[str]:
    port = free_port()
    with (ours / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"\ndev_addr: 127.0.0.1:{port}\n")
    command = [PROEKT, "--project", str(ours), "--today", str(TODAY), "serve"]
    own = edit_to_screen(command, f"http://127.0.0.1:{port}/{PAGE}", ours / POST, EDITS)
    port = free_port()
    command = [hugo, "server", "--source", str(theirs), "--bind", "127.0.0.1", "--port", str(port), "--noBuildLock"]
    command += ["--clock", f"{TODAY}T23:59:00+04:00"]
    hugos = edit_to_screen(command, f"http://127.0.0.1:{port}/{PAGE}", theirs / POST, EDITS)
    yield f"От правки до экрана: {_number(own / hugos)} × Hugo ({_number(own)} с против {_number(hugos)} с)"


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")

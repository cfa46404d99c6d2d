"""Make every page and file of a site and write them, in several processes where there are many."""

from __future__ import annotations

import gc
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

from generator.artifacts import Artifact
from generator.cores import fork, join_parent, processes_for
from generator.mkdocs_plugin import framed_site
from generator.mkdocs_plugin.site import Site
from generator.pages import Page, unchanged
from generator.search import index
from generator.steps import Steps

Job = Callable[[], Iterator[Artifact]]
"""Makes some of a site's files."""
AT_ONCE = 32
"""Pages of one job."""
MANY = 300
"""From so many pages on, several processes are quicker than one."""


def build_site(  # noqa: PLR0913  # what to build, each named where it is asked for
    project: Path,
    folder: Path,
    today: date,
    *,
    handouts: bool,
    search: bool = False,
    admin: bool = False,
    steps: Steps | None = None,
) -> None:
    """Build the whole site into a folder; raise ContentError for problems in the content.

    The bytes are those of `mkdocs build`.
    """
    steps = steps or Steps()
    site = framed_site(project, today, handouts=handouts, search=search, admin=admin, steps=steps)
    steps.begin("пишу страницы")
    write_site(site, folder, processes_for(len(site.pages), MANY), steps)
    if search:
        steps.begin("собираю поиск")
        index(folder, site.searched_sheets())


def write_site(site: Site, folder: Path, processes: int, steps: Steps) -> None:
    """Make and write all that a site consists of but its search index; the bytes are the same however many work."""
    parts = (site.pages[first : first + AT_ONCE] for first in range(0, len(site.pages), AT_ONCE))
    # What takes longest goes first, so that no process waits for another's last job.
    jobs: list[Job] = [_made(output) for output in reversed(list(site.outputs()))]
    jobs += [partial(_filled, site, part) for part in parts]
    if processes == 1:
        writer = _Writer(folder)
        for job in steps.counted(jobs, len(jobs)):
            writer.write(job())
    else:
        _share_out(jobs, folder, processes, steps)
    for path in unchanged(site.catalog):
        copy = folder / path.removeprefix("content/")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site.project / path, copy)


def _share_out(jobs: Sequence[Job], folder: Path, processes: int, steps: Steps) -> None:
    """Let processes take jobs until none is left; the first failure of any is raised here."""
    # What is in memory by now stays: neither the collector nor a process of ours has to look through it again.
    gc.freeze()
    try:
        with ProcessPoolExecutor(processes, fork(), initializer=_begin, initargs=(jobs, folder)) as pool:
            deque(steps.counted(pool.map(_work, range(len(jobs))), len(jobs)), maxlen=0)
    finally:
        gc.unfreeze()


def _made(artifacts: Iterator[Artifact]) -> Job:
    return lambda: artifacts


def _filled(site: Site, pages: Sequence[Page]) -> Iterator[Artifact]:
    for page in pages:
        yield Artifact(page.path, site.fill(page).encode())


class _Writer:
    """Writes files into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self._there: set[str] = set()

    def write(self, artifacts: Iterator[Artifact]) -> None:
        for path, content in artifacts:
            file = f"{self.folder}/{path}"
            parent = file.rpartition("/")[0]
            if parent not in self._there:
                os.makedirs(parent, exist_ok=True)  # noqa: PTH103  # pathlib costs three times as much
                self._there.add(parent)
            with open(file, "wb") as opened:  # noqa: PTH123  # likewise
                opened.write(content)


_tasks: tuple[Sequence[Job], _Writer]
"""What a process of the pool works on: it begins as a copy of the one that set it."""


def _begin(jobs: Sequence[Job], folder: Path) -> None:
    global _tasks  # noqa: PLW0603  # a pool's process has no other place for what it is begun with
    join_parent()
    _tasks = jobs, _Writer(folder)


def _work(number: int) -> None:
    jobs, writer = _tasks
    writer.write(jobs[number]())

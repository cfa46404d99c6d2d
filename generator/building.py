"""Make every page and file of a site and write them, in several processes where there are many."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from generator.artifacts import Artifact
from generator.catalog.memory import Memory
from generator.cores import fork, join_parent, processes_for
from generator.images import published
from generator.ledger import Ledger
from generator.mkdocs_plugin import framed_site
from generator.mkdocs_plugin.site import Site
from generator.pages import Page, unchanged
from generator.past import Made, Past
from generator.problems import ContentError, Problem
from generator.search import index
from generator.steps import Steps

AT_ONCE = 32
"""Pages of one job, where there are many."""
MANY = 300
"""From so many pages on, several processes are quicker than one."""


class Unit(NamedTuple):
    """Files of the site that are made together."""

    name: str
    made_of: Any
    """What they are made of besides what is asked meanwhile."""
    artifacts: Iterator[Artifact]
    """Makes them as they are taken."""
    lasts: bool = False
    """Whether `made_of` is all: neither the day nor the settings nor a template has a part in them."""


def build_site(  # noqa: PLR0913  # what to build, each named where it is asked for
    project: Path,
    folder: Path,
    today: date,
    *,
    handouts: bool,
    search: bool = False,
    admin: bool = False,
    past: Past | None = None,
    steps: Steps | None = None,
) -> dict[str, Made]:
    """Build the whole site into a folder and return what was made; raise ContentError for problems in the content.

    Files that would come out as those of the last build are taken from there. The bytes are those of `mkdocs build`.
    """
    steps = steps or Steps()
    memory = Memory.of(project, keeps=True) if past else Memory()
    asked = {"handouts": handouts, "search": search, "admin": admin}
    try:
        site = framed_site(project, today, **asked, memory=memory, shelf=past.shelf if past else None, steps=steps)
        if past:
            steps.begin("ищу, что изменилось")
            past.begin(folder)
        memory.assets(project).site = folder
        made = write_site(site, folder, processes_for(len(site.pages), MANY), steps, past)
    finally:
        gc.unfreeze()
    if search:
        steps.begin("собираю поиск")
        index(folder, site.searched_sheets())
    return made


def write_site(site: Site, folder: Path, processes: int, steps: Steps, past: Past | None = None) -> dict[str, Made]:
    """Make and write all that a site consists of but its search index; the bytes are the same however many work."""
    worker = _Worker(folder, site.templating.ledger, past)
    outputs = [Unit(f"output {name}", None, output) for name, output in site.outputs()]
    units = [Unit(each.path, each.content, iter([each])) for each in site.ready()]
    units += [*_copies(site), *_pages(site)]
    made = dict(_with_pictures(site, worker, steps))
    if past:
        steps.begin("ищу, что изменилось")
        # Before there are other processes: what each of them looked at would be copied for it.
        every = (*outputs, *units)
        made |= {unit.name: same for unit in steps.counted(every, len(every)) if (same := worker.taken(unit))}
    steps.begin("пишу страницы")
    # What takes longest goes first, so that no process waits for another's last job.
    jobs = [[unit] for unit in reversed(outputs) if unit.name not in made]
    rest = [unit for unit in units if unit.name not in made]
    # Few pages in one job would let one process wait for another: a tenth of a second build after an edited call.
    size = max(1, min(AT_ONCE, len(rest) // (8 * processes)))
    jobs += [rest[first : first + size] for first in range(0, len(rest), size)]
    if min(processes, len(jobs)) <= 1:
        for job in steps.counted(jobs, len(jobs)):
            made |= worker.do(job)
    else:
        for done in _share_out(jobs, worker, processes, steps):
            made |= done
    sizes = site.templating.ledger.watched("sizes", _Sizes(folder))
    last = Unit("closing", None, site.closing(sizes.of))
    made[last.name] = worker.taken(last) or worker.made(last)
    _refuse_names_of_ours(made)
    if past:
        past.end(folder, made)
    return made


def _refuse_names_of_ours(made: Mapping[str, Made]) -> None:
    """Raise ContentError for files of content/assets that would stand where the site has a file of its own."""
    own = {path for each in made.values() if not each.lasts for path in each.files}
    problems = [
        Problem(name, 1, "", "файл с таким именем есть у самого сайта; назовите свой иначе")
        for name, each in made.items()
        if each.lasts and own & {*each.files}
    ]
    if problems:
        raise ContentError(problems)


def _with_pictures(site: Site, worker: _Worker, steps: Steps) -> Iterator[tuple[str, Made]]:
    """Make copies of the pictures of which there are none yet; yield what was made, or taken, by the units' names."""
    wanted = []
    for picture in site.pictures():
        if same := worker.taken(_of_asset(site, picture.path, picture, ())):
            yield picture.path, same
        else:
            wanted.append(picture)
    if not wanted:
        return
    steps.begin("уменьшаю картинки")
    for picture, files in zip(wanted, steps.counted(published(site.project, wanted), len(wanted)), strict=True):
        yield picture.path, worker.made(_of_asset(site, picture.path, picture, files))


def _copies(site: Site) -> Iterator[Unit]:
    for path in unchanged(site.catalog):
        yield _of_asset(site, path, None, _copied(site.project, path))


def _of_asset(site: Site, path: str, how: Any, files: Iterable[Artifact]) -> Unit:
    """Return a unit of files that are made of one file of content/assets alone."""
    return Unit(path, (how, site.templating.assets.mark(path)), iter(files), lasts=True)


def _copied(project: Path, path: str) -> Iterator[Artifact]:
    yield Artifact(path.removeprefix("content/"), (project / path).read_bytes())


def _pages(site: Site) -> Iterator[Unit]:
    for page in site.pages:
        yield Unit(page.path, site.made_of(page), _filled(site, page))


def _filled(site: Site, page: Page) -> Iterator[Artifact]:
    yield Artifact(page.path, site.fill(page).encode())
    yield from site.leading(page)


def _share_out(
    jobs: Sequence[Sequence[Unit]], worker: _Worker, processes: int, steps: Steps
) -> Iterator[dict[str, Made]]:
    """Let processes take jobs until none is left; yield what each made, or raise the first failure of any."""
    # What is in memory by now stays: neither the collector nor a process of ours has to look through it again.
    gc.freeze()
    with ProcessPoolExecutor(processes, fork(), initializer=_begin, initargs=(jobs, worker)) as pool:
        yield from steps.counted(pool.map(_work, range(len(jobs))), len(jobs))


class _Sizes:
    """How large the files in a folder are."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, path: str) -> int:
        """Return a file's bytes; raise LookupError where there is none."""
        try:
            return (self._folder / path).stat().st_size
        except FileNotFoundError:
            raise LookupError(path) from None


class _Worker:
    """Makes units of the site, or takes them from the last one, and writes them into a folder."""

    def __init__(self, folder: Path, ledger: Ledger, past: Past | None) -> None:
        self.folder = str(folder)
        self._ledger = ledger
        self._past = past
        self._there: set[str] = set()

    def do(self, units: Iterable[Unit]) -> dict[str, Made]:
        """Return what was made of what, by the units' names."""
        return {unit.name: self.made(unit) for unit in units}

    def taken(self, unit: Unit) -> Made | None:
        """Return what the last build made, if it would come out the same again, and is in its place now."""
        old = self._past.made.get(unit.name) if self._past else None
        if self._past is None or old is None or not self._ledger.stands(old.verdict, unit.made_of, old.questions):
            return None
        return old if self._past.bring(old.files, self.folder) else None

    def made(self, unit: Unit) -> Made:
        """Make a unit and write its files."""
        with self._ledger.noting() as notes:
            files = tuple(self._written(unit.artifacts))
        verdict = self._ledger.verdict(unit.made_of, notes) if self._past else None
        return Made(verdict, tuple(notes), files, unit.lasts)

    def _written(self, artifacts: Iterator[Artifact]) -> Iterator[str]:
        for path, content in artifacts:
            try:
                self._write(path, content)
            except (FileExistsError, IsADirectoryError, NotADirectoryError):
                if self._past is None:
                    raise
                self._past.make_room(path, self.folder)
                self._write(path, content)
            yield path

    def _write(self, path: str, content: bytes) -> None:
        file = f"{self.folder}/{path}"
        parent = file.rpartition("/")[0]
        if parent not in self._there:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103  # pathlib costs three times as much
            self._there.add(parent)
        if self._past is None or self._past.gives_way(path, file, content):
            with open(file, "wb") as opened:  # noqa: PTH123  # likewise
                opened.write(content)


_tasks: tuple[Sequence[Sequence[Unit]], _Worker]
"""What a process of the pool works on: it begins as a copy of the one that set it."""


def _begin(jobs: Sequence[Sequence[Unit]], worker: _Worker) -> None:
    global _tasks  # noqa: PLW0603  # a pool's process has no other place for what it is begun with
    join_parent()
    _tasks = jobs, worker


def _work(number: int) -> dict[str, Made]:
    jobs, worker = _tasks
    return worker.do(jobs[number])

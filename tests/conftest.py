"""What the tests share: the example and its site, its catalog, its templates, and the day they all look at it."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from socketserver import BaseServer
from threading import Thread
from time import monotonic, sleep

import pytest
from coverage import Coverage

from generator.catalog import Catalog, load
from generator.fonts import fonts
from generator.settings import load_settings
from generator.templating import Templating

TODAY = date(2026, 11, 20)
ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "tests/example"
PATIENCE = 120
"""Seconds in which a machine with other work does what a free one does at once: slow is not wrong."""
Once = Callable[[str, Callable[[Path], None]], Path]
"""What makes a file or a folder by its name, with a maker, unless it has been made."""


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Return what makes a thing once for all processes of the tests, whichever comes first."""
    ours = tmp_path_factory.getbasetemp()
    shared = (ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours) / "once"
    shared.mkdir(exist_ok=True)

    def made(name: str, make: Callable[[Path], None]) -> Path:
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / name).exists():
                make(shared / name)
        return shared / name

    return made


@pytest.fixture(scope="session")
def example(once: Once) -> Path:
    """A copy of the example, into which nobody writes; its fonts are cut, so that they come with further copies."""

    def make(project: Path) -> None:
        shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns(".cache"))
        with unmeasured():
            _cut_fonts(project)

    return once("example", make)


@pytest.fixture(scope="session")
def bare_example(once: Once) -> Path:
    """The example's settings and vocabulary without a single record; its fonts are cut too."""

    def make(project: Path) -> None:
        (project / "content").mkdir(parents=True)
        for name in ("mkdocs.yml", "content/topics.yml"):
            shutil.copyfile(EXAMPLE / name, project / name)
        with unmeasured():
            _cut_fonts(project)

    return once("bare-example", make)


def _cut_fonts(project: Path) -> None:
    for _ in fonts(load(project, TODAY), Templating(project, load_settings(project), TODAY)):
        pass


@pytest.fixture(scope="session")
def example_site(example: Path, once: Once) -> Path:
    """The example's site without paper and search."""
    return once("example-site", lambda site: build_apart(example, "--no-handouts", "--no-search", site=site))


@pytest.fixture(scope="session")
def whole_example(example: Path, once: Once) -> Path:
    """A folder with a project, the example with its sheets kept, and its site, paper and search included."""

    def make(folder: Path) -> None:
        build_apart(Path(shutil.copytree(example, folder / "project")), site=folder / "site")

    return once("whole-example", make)


@pytest.fixture(scope="session")
def whole_example_site(whole_example: Path) -> Path:
    return whole_example / "site"


def build_apart(project: Path, *options: str, site: Path) -> None:
    """Build a site in a process of its own: measured for coverage, that takes three times as long."""
    command = [sys.executable, "-m", "generator", "--project", str(project), "--today", str(TODAY), "build", *options]
    machine = os.environ | {"TZ": "UTC", "PYTHONHASHSEED": "4"}
    subprocess.run([*command, "--site-dir", str(site)], check=True, cwd=ROOT, env=machine, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load(EXAMPLE, TODAY)


@pytest.fixture(scope="session")
def templating(example: Path) -> Templating:
    return Templating(example, load_settings(example), TODAY)


@contextmanager
def answering(server: BaseServer) -> Iterator[None]:
    """Let a server answer; it looks often whether to end, which takes half a second where it looks by its own habit."""
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; that it never does is a failure."""
    until = monotonic() + PATIENCE
    while not holds():
        assert monotonic() < until
        sleep(0.01)


def state_of(process: int) -> str:
    """Return the state of a process (proc(5)): S while it waits, Z when it has ended, nothing when it is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return ""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """Leave unmeasured what an unmeasured test asks for: pytest-cov does so for the test alone."""
    if item.get_closest_marker("no_cover") is None:
        return (yield)
    with unmeasured():
        return (yield)


@contextmanager
def unmeasured() -> Iterator[None]:
    """Measure no coverage for a while: measured, Python runs at a third of its speed."""
    measure = Coverage.current()
    if measure is None:
        yield
        return
    measure.stop()
    try:
        yield
    finally:
        measure.start()

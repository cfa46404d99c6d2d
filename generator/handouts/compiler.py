"""Typst itself: files become a document, in this process or, where it has hundreds of pages, in one of its own."""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore, Event
from typing import Any

import font_source_sans_pro
import typst

from generator.cores import end_with_parent, usable_cores

FACES = ("Regular", "Semibold", "Bold")
HEAVY = 500_000
"""Bytes of files from which a document is made in a process of its own.

Typst remembers all that it laid out. A region's list of calls leaves 600 MB and 25 ms of clearing up to each sheet
after it; with its process all that is gone.
"""


@dataclass(frozen=True)
class Compiler:
    """Makes documents of files."""

    folder: Path
    """Where the fonts lie, and what a template may read besides the files."""
    fonts: typst.Fonts
    apart: ProcessPoolExecutor
    """Makes heavy documents, each in a process that ends with it; none is started before the first."""
    over: Event
    """Set when nobody waits for documents any more."""
    turns: BoundedSemaphore
    """As many documents are made in this process at once as there are cores: more wait for each other inside Typst.

    200 calls on two cores took 11 s two at a time, 12.5 three or four at a time.
    """

    def compiled(self, files: Mapping[str, Path | bytes], options: Mapping[str, Any]) -> bytes:
        """Return the document that `main.typ` among the files describes; raise what Typst says, a warning too.

        Raises CancelledError when it is given up.
        """
        if sum(len(content) for content in files.values() if isinstance(content, bytes)) > HEAVY:
            return self._compiled_apart(files, options)
        with self.turns:
            self._go_on()
            return _compiled(self.folder, self.fonts, files, options)

    def _compiled_apart(self, files: Mapping[str, Path | bytes], options: Mapping[str, Any]) -> bytes:
        self._go_on()
        try:
            with _deaf_to_ctrl_c():
                making = self.apart.submit(_compiled_apart, self.folder, files, options)
            if self.over.is_set():
                # Who gave it up may have come before there was a process.
                give_up(self.over)
            return making.result()
        except BrokenProcessPool:
            self._go_on()
            raise

    def _go_on(self) -> None:
        """Raise CancelledError when nobody waits for documents any more."""
        if self.over.is_set():
            raise CancelledError


@contextmanager
def open_compiler(over: Event | None = None) -> Iterator[Compiler]:
    """Set out the fonts; when `over` is set, no document is begun any more."""
    # A fork would inherit the threads' locks, but not the threads.
    apart = ProcessPoolExecutor(1, get_context("spawn"), end_with_parent, max_tasks_per_child=1)
    with TemporaryDirectory() as name, apart:
        folder = Path(name)
        # The package's folder holds each face twice, .otf and .ttf, and which of the two Typst takes is chance.
        for face in FACES:
            file = f"SourceSansPro-{face}.ttf"
            shutil.copyfile(Path(font_source_sans_pro.font_directory) / file, folder / file)
        yield Compiler(folder, _fonts(folder), apart, over or Event(), BoundedSemaphore(usable_cores()))


def give_up(over: Event) -> None:
    """Let no document be begun any more by those who look at the event, and end all processes that this one began."""
    over.set()
    for process in active_children():
        process.kill()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let what is begun meanwhile, a thread or a process, leave Ctrl-C to the one who gives it up."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _compiled_apart(folder: Path, files: Mapping[str, Path | bytes], options: Mapping[str, Any]) -> bytes:
    return _compiled(folder, _fonts(folder), files, options)


def _compiled(folder: Path, fonts: typst.Fonts, files: Mapping[str, Path | bytes], options: Mapping[str, Any]) -> bytes:
    made: Any  # the stubs take options that are not spelt out for those of a compiler that returns nothing
    made, warnings = typst.compile_with_warnings(
        dict(files), root=folder, font_paths=fonts, ignore_system_fonts=True, **options
    )
    if warnings:
        raise warnings[0]
    return bytes(made)

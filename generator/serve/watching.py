"""Know when a file of a project was saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.settings import CONFIG

FOLDERS = ("content", "grants", "ngos", "templates")
CHANGES = ("created", "modified", "deleted", "moved", "closed")
"""Events that may change what a file holds; to open one for reading is an event too."""
SETTLING = 0.05
"""Seconds to wait after a change: an editor program saves a file in several steps."""


@contextmanager
def watching(project: Path, changed: Callable[[], object]) -> Iterator[None]:
    """Call a function whenever files of the project were saved, one call at a time."""
    seen, over = Event(), Event()

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            # Many editors write a file beside and give it the name of the old one.
            touched = [Path(str(path)) for path in (event.src_path, event.dest_path) if path]
            if event.event_type in CHANGES and any(_counts(project, path) for path in touched):
                seen.set()

    def work() -> None:
        while not over.is_set():
            seen.wait()
            over.wait(SETTLING)
            seen.clear()
            if not over.is_set():
                changed()

    observer = Observer()
    observer.schedule(Handler(), str(project), recursive=False)
    for folder in FOLDERS:
        if (project / folder).is_dir():
            observer.schedule(Handler(), str(project / folder), recursive=True)
    worker = Thread(target=work, daemon=True)
    observer.start()
    worker.start()
    try:
        yield
    finally:
        over.set()
        seen.set()
        observer.stop()
        observer.join()
        worker.join()


def _counts(project: Path, path: Path) -> bool:
    """Whether a path is one that the site is made of; an editor's own files beside it are not."""
    if not path.is_relative_to(project):
        return False
    inside = path.relative_to(project).parts
    return path.name == CONFIG or (inside[:1] != () and inside[0] in FOLDERS and not path.name.startswith("."))

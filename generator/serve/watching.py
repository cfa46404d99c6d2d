"""Know when a file of a project was saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from generator.settings import CONFIG

FOLDERS = ("content", "grants", "ngos", "templates")
CHANGES = ("created", "modified", "deleted", "moved", "closed")
"""Events that may change what a file holds; to open one for reading is an event too."""
SETTLING = 0.05
"""Seconds to wait after a change: an editor program saves a file in several steps."""


class _Handler(FileSystemEventHandler):
    """Sets an event when a file that counts was saved, and notes which folders of the project are no longer those."""

    def __init__(self, project: Path, seen: Event) -> None:
        self._project, self._seen = project, seen
        self.others: set[Path] = set()

    def on_any_event(self, event: FileSystemEvent) -> None:
        # Many editors write a file beside and give it the name of the old one.
        touched = [Path(str(path)) for path in (event.src_path, event.dest_path) if path]
        if event.event_type in CHANGES and any(_counts(self._project, path) for path in touched):
            if event.event_type in ("created", "deleted", "moved"):
                self.others.update(path for path in touched if path.parent == self._project)
            self._seen.set()


class _Watches:
    """Watches the folders of a project that there are: one may come later, or another in its place."""

    def __init__(self, project: Path, seen: Event) -> None:
        self.observer = Observer()
        self._folders = [project / name for name in FOLDERS]
        self._handler = _Handler(project, seen)
        self._watches: dict[Path, ObservedWatch] = {}
        self.observer.schedule(self._handler, str(project), recursive=False)
        self.renew()

    def renew(self) -> None:
        """Watch the folders that there are now, and these alone."""
        others, self._handler.others = self._handler.others, set()
        for folder in self._folders:
            if folder in self._watches and (folder in others or not folder.is_dir()):
                self.observer.unschedule(self._watches.pop(folder))
            if folder not in self._watches and folder.is_dir():
                self._watches[folder] = self.observer.schedule(self._handler, str(folder), recursive=True)


@contextmanager
def watching(project: Path, changed: Callable[[], object]) -> Iterator[None]:
    """Call a function whenever files of the project were saved, one call at a time."""
    seen, over = Event(), Event()
    watches = _Watches(project, seen)

    def work() -> None:
        while not over.is_set():
            seen.wait()
            over.wait(SETTLING)
            seen.clear()
            if not over.is_set():
                # First, as what is saved from now on is seen, and what was saved before is read.
                # What is gone meanwhile is seen to be gone, and then looked for again.
                with suppress(OSError):
                    watches.renew()
                changed()

    worker = Thread(target=work, daemon=True)
    watches.observer.start()
    worker.start()
    try:
        yield
    finally:
        over.set()
        seen.set()
        worker.join()
        watches.observer.stop()
        watches.observer.join()


def _counts(project: Path, path: Path) -> bool:
    """Whether a path is one that the site is made of; an editor's own files beside it are not."""
    if not path.is_relative_to(project):
        return False
    inside = path.relative_to(project).parts
    return path.name == CONFIG or (inside[:1] != () and inside[0] in FOLDERS and not path.name.startswith("."))

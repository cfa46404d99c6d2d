"""Build beside the public site and exchange the two at the end: nothing half-built is ever public."""

from __future__ import annotations

import ctypes
import errno
import filecmp
import os
import shutil
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from generator.building import build_site
from generator.catalog import load
from generator.catalog.memory import Memory
from generator.compression import compress
from generator.handouts import KEPT, Order, handouts
from generator.past import Past, files_of, walked
from generator.settings import load_settings
from generator.steps import Steps
from generator.templating import Templating

OURS = ("index.html", "404.html", "feed.xml")
"""What a folder must hold to be a site of ours, which may be replaced."""
RENAME_EXCHANGE = 2
AT_FDCWD = -100


def publish(  # noqa: PLR0913  # each an option of the command line, named where it is given
    project: Path,
    site: Path,
    today: date,
    *,
    with_handouts: bool = True,
    with_search: bool = True,
    with_admin: bool = False,
    compressed: bool = False,
    steps: Steps | None = None,
) -> None:
    """Build the whole site and put it in the place of the last one; on any failure the last one stays whole.

    Raises ContentError for a problem in the content and OSError for the machine's: a full disk, missing rights.
    """
    steps = steps or Steps()
    _refuse_strange_folder(project, site)
    fresh = site.with_name(f".{site.name}.new")
    with _alone(site.with_name(f".{site.name}.lock")):
        _repair(site)
        _remove(fresh)
        try:
            asked = {"handouts": with_handouts, "search": with_search, "admin": with_admin}
            past = Past(project, site, today, tuple(asked.values()))
            made = build_site(project, fresh, today, **asked, past=past, steps=steps)
            if compressed:
                steps.begin("сжимаю файлы")
                compress(fresh, site)
            steps.begin("сверяю с прошлым сайтом")
            # Others have put files beside those that were made.
            others = chain.from_iterable(paths for _, paths in walked(fresh)) if compressed or with_search else ()
            files = files_of(made).union(others)
            _keep_what_is_the_same(fresh, site, files - past.taken)
            past.save(made, fresh, files)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        finally:
            steps.end()
        _exchange(fresh, site)
        if fresh.exists():
            past.put_aside(fresh)


def print_sheets(project: Path, today: date, order: Order, folder: Path) -> Iterator[Path]:
    """Write the sheets of an order into a folder and yield each one's path."""
    templating = Templating(project, load_settings(project), today)
    catalog = load(project, today, Memory.of(project))
    for printed in handouts(catalog, templating, order, project / KEPT):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / printed.sheet.path.rpartition("/")[2]
        path.write_bytes(printed.pdf)
        yield path


def _refuse_strange_folder(project: Path, site: Path) -> None:
    """Say no where the exchange would throw away somebody else's files."""
    if project == site or project.is_relative_to(site):
        raise NotASiteError(f"{site} — папка самого проекта; назовите другую")
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise NotASiteError(f"{site} — не папка; назовите другую")
    if site.is_dir() and any(site.iterdir()) and not all((site / name).exists() for name in OURS):
        raise NotASiteError(f"в папке {site} лежит не сайт: её содержимое пропало бы; назовите пустую или новую")


class NotASiteError(Exception):
    """The folder to publish into is not one that may be replaced: a wrong use."""


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold a lock file while building; a killed build's lock goes with its process."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    while True:
        with lock.open("a+b") as handle:
            _wait_for(handle)
            # While we waited, its last holder may have removed it, and another build made a new one.
            if not _is_still(lock, handle):
                continue
            try:
                yield
            finally:
                _remove_lock(lock)
            return


def _wait_for(handle: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        while True:
            # It asks ten times, once a second, and then gives up; another build may take longer.
            with suppress(OSError):
                msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                return
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)


def _remove_lock(lock: Path) -> None:
    # Windows lets nobody remove a file that is open; there the lock's file stays.
    with suppress(PermissionError):
        lock.unlink(missing_ok=True)


def _is_still(path: Path, handle: BinaryIO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle.fileno()))
    except FileNotFoundError:
        return False


def _repair(site: Path) -> None:
    """Put back the last good site if an exchange by two renames was cut between them."""
    old = _aside(site)
    if old.exists():
        if site.exists():
            _remove(old)
        else:
            old.rename(site)


def _aside(site: Path) -> Path:
    return site.with_name(f".{site.name}.old")


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _keep_what_is_the_same(fresh: Path, site: Path, files: Collection[str]) -> None:
    """Give files that came out as they were their time stamps back, so that a copy to a server sends what is new."""
    for path in files:
        new, old = f"{fresh}/{path}", f"{site}/{path}"
        with suppress(FileNotFoundError, NotADirectoryError):
            stat = os.stat(old)  # noqa: PTH116  # pathlib costs three times as much
            if not os.path.samefile(new, old) and filecmp.cmp(new, old, shallow=False):  # noqa: PTH121  # likewise
                os.utime(new, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _exchange(fresh: Path, site: Path) -> None:
    """Put the fresh site in place: in one step where the system has it, elsewhere in two that _repair() mends.

    After one step, the old site stands where the fresh one stood.
    """
    if not site.exists():
        fresh.rename(site)
        return
    if _swap(fresh, site):
        return
    old = _aside(site)
    site.rename(old)
    try:
        fresh.rename(site)
    except OSError:
        old.rename(site)
        raise
    # On Windows somebody may be reading a file of it; the next build clears it away.
    shutil.rmtree(old, ignore_errors=True)


def _swap(one: Path, other: Path) -> bool:
    """Exchange two folders atomically (Linux renameat2); return False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    names = (os.fsencode(one), os.fsencode(other))
    if libc.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0:
        return True
    failure = ctypes.get_errno()
    if failure in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(failure, os.strerror(failure), str(other))

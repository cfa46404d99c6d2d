"""Run a build as a process of its own and measure it: seconds, peak memory, and what it wrote."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from threading import Timer

TIMEOUT = 1800
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As on anybody's machine: where Python may not keep what it compiled, a start of ours takes half a second longer."""
LAST = 20
"""Lines of what a build printed before it failed."""


class BuildError(Exception):
    """A build that failed, was too slow, or made no page; its text is what it printed."""


@dataclass(frozen=True, slots=True)
class Run:
    """One build's cost."""

    seconds: float
    processor: float
    """Seconds of processor time, user and system, of the process and those it waited for."""
    memory: float
    """Megabytes of resident memory at the peak of its largest process."""


@dataclass(frozen=True, slots=True)
class Output:
    """What a build wrote."""

    pages: int
    files: int
    size: int


@dataclass(slots=True)
class Builder:
    """A program that builds a site, and how it did in this run."""

    name: str
    command: Sequence[str]
    """Its command; `{source}` and `{output}` stand for folders."""
    runs: list[Run] = field(default_factory=list)
    output: Output | None = None
    _left: list[Path] = field(default_factory=list)

    def build(self, source: Path, output: Path) -> None:
        """Build once from nothing into a fresh folder, which is counted and stays until `clear()`.

        ext4 passes over what was freed in the last minutes, one inode after another: where the site before had just
        been removed, to write the next took two to six seconds more, and not the same for each builder.
        """
        command = [part.format(source=source, output=output) for part in self.command]
        log, before = output.with_name(f"{output.name}.log"), output.with_name(f"{output.name}.before")
        self._left += [output, output.with_name(f"{output.name}.cache"), before]
        # What is kept between builds is not there in a build from nothing.
        with suppress(FileNotFoundError):
            (source / ".cache").rename(before)
        # What the build before has left for the disk to do is not this one's.
        os.sync()
        self.runs.append(measured(command, source, log))
        self.output = counted(output)
        if not self.output.pages:
            raise BuildError(f"{self.name}: ни одной страницы\n{log.read_text(encoding='utf-8')}")

    def clear(self) -> None:
        """Remove what all builds wrote."""
        for each in self._left:
            shutil.rmtree(each, ignore_errors=True)

    def middle(self, what: str) -> float:
        """Return the median over the runs of seconds, processor or memory."""
        return float(median(getattr(run, what) for run in self.runs))


def measured(command: Sequence[str], folder: Path, log: Path) -> Run:
    """Return what a command cost; what it printed goes into a file. Raises BuildError where it failed."""
    with log.open("wb") as stream:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
        timer = Timer(TIMEOUT, _end, (process.pid,))
        timer.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            _end(process.pid)
            process.wait()
            raise
        finally:
            timer.cancel()
        seconds = time.perf_counter() - started
    # Popen is told what wait4() took from it, or it would warn that its child still runs.
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        printed = log.read_text(encoding="utf-8", errors="replace").splitlines()
        raise BuildError("\n".join([f"{' '.join(command)}: код {process.returncode}", *printed[-LAST:]]))
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _end(pid: int) -> None:
    """End a build with all the processes it has started."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def counted(folder: Path) -> Output:
    """Return how many pages and files lie in a folder, and their bytes."""
    pages = files = size = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            files += 1
            pages += name.endswith(".html")
            size += os.lstat(os.path.join(parent, name)).st_size  # noqa: PTH118  # tens of thousands of files
    return Output(pages, files, size)

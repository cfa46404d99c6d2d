"""Measure the time from a saved file to the new page on a live preview."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from http.client import IncompleteRead
from pathlib import Path
from statistics import median

from tests.bench.timing import BuildError

PATIENCE = 300.0
"""Seconds to wait for a page."""
SETTLED = 1.0
"""Seconds between two edits: an editor's next file comes later than that."""


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def edit_to_screen(command: Sequence[str], address: str, file: Path, times: int) -> float:
    """Return the median seconds from saving a file to its words on the page, on a preview started by a command."""
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            _wait_for("", address, process)
            return median(_edited(file, f"Правка-{number}", address, process) for number in range(times))
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _edited(file: Path, word: str, address: str, process: subprocess.Popen[bytes]) -> float:
    time.sleep(SETTLED)
    begun = time.perf_counter()
    with file.open("a", encoding="utf-8") as opened:
        opened.write(f"\n{word}\n")
    _wait_for(word, address, process)
    return time.perf_counter() - begun


def _wait_for(word: str, address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until and process.poll() is None:
        with (
            # Hugo writes a page that is being read; then it ends too early.
            suppress(urllib.error.URLError, ConnectionError, TimeoutError, IncompleteRead),
            urllib.request.urlopen(address, timeout=PATIENCE) as answer,
        ):
            if word in answer.read().decode():
                return
        time.sleep(0.01)
    raise BuildError(f"{address}: страницы не дождались")

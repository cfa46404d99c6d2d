"""A process that works for another does not outlive it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

WORKERS = """
import os, time
from concurrent.futures import ProcessPoolExecutor
from generator.cores import fork, join_parent
if __name__ == "__main__":
    with ProcessPoolExecutor(2, fork(), initializer=join_parent) as pool:
        print(*{pool.submit(os.getpid).result(), *pool._processes}, flush=True)
        time.sleep(60)
"""


def test_the_workers_of_a_killed_build_are_gone() -> None:
    with subprocess.Popen([sys.executable, "-c", WORKERS], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        workers = process.stdout.readline().split()
        assert len(workers) == 2
        process.kill()
    until = time.monotonic() + 20
    while any(_works(worker) for worker in workers) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [worker for worker in workers if _works(worker)]


def _works(worker: str) -> bool:
    """Whether a process is there and has not ended: one that has may wait for its parent to notice."""
    try:
        state = Path(f"/proc/{worker}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"

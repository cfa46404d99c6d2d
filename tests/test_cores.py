"""A process that works for another does not outlive it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import state_of, wait_until

WORKERS = """
import os, sys, time
from concurrent.futures import ProcessPoolExecutor
from generator.cores import fork, join_parent

def at_once(parent):
    join_parent()
    os.write(1, b"%d\\n" % os.getpid())

def late(parent):
    os.write(1, b"%d\\n" % os.getpid())
    while os.getppid() == parent:
        time.sleep(0.01)
    join_parent()

if __name__ == "__main__":
    with ProcessPoolExecutor(2, fork(), initializer=globals()[sys.argv[1]], initargs=[os.getpid()]) as pool:
        pool.submit(os.getpid)
        time.sleep(600)
"""


@pytest.mark.parametrize("joined", ["at_once", "late"])
def test_the_workers_of_a_killed_build_are_gone(joined: str) -> None:
    with subprocess.Popen([sys.executable, "-c", WORKERS, joined], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            workers = [int(process.stdout.readline()) for _ in range(2)]
        finally:
            process.kill()
    # One that has ended may wait for its new parent to notice.
    wait_until(lambda: all(state_of(worker) in ("", "Z") for worker in workers))

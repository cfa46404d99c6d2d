"""How many processes of this machine may share a work."""

from __future__ import annotations

import os
import sys
import threading
from multiprocessing import get_context
from multiprocessing.context import ForkContext


def processes_for(pieces: int, many: int) -> int:
    """Return in how many processes to do so many pieces of work: one unless they are `many`, or it is not safe.

    A process begins as a copy of this one, which has all that it needs. Only Linux does that well, and only while no
    other thread can hold a lock that the copy would wait for.
    """
    if pieces < many or sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def fork() -> ForkContext:
    """Return the way to begin a process as a copy of this one."""
    if sys.platform == "win32":
        raise NotImplementedError
    return get_context("fork")

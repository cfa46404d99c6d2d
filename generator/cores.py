"""How many processes of this machine may share a work."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext  # Python for Windows has none

PR_SET_PDEATHSIG = 1


def processes_for(pieces: int, many: int) -> int:
    """Return in how many processes to do so many pieces of work: one unless they are `many`, or it is not safe.

    A process begins as a copy of this one, which has all that it needs. Only Linux does that well, and only while no
    other thread can hold a lock that the copy would wait for.
    """
    if pieces < many or sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return usable_cores()


def usable_cores() -> int:
    """Return on how many cores this process may run, which can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def fork() -> ForkContext:
    """Return the way to begin a process as a copy of this one."""
    if sys.platform == "win32":
        raise NotImplementedError
    return get_context("fork")


def join_parent() -> None:
    """Let this process, a copy of another, end when that one does, and leave Ctrl-C to it.

    A worker that outlived a killed build would hold the lock that it inherited, and the next build would wait for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # prctl(2): the signal comes when the thread ends that began this process.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = parent_process()
    if parent is not None and os.getppid() != parent.pid:
        os._exit(1)  # it ended before, and no signal will come


def end_with_parent() -> None:
    """Let this process, begun anew by another, end when that one does, amid its work too, and leave Ctrl-C to it.

    One that waits for work from a queue would wait for ever: it holds both ends of it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None

    def end() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=end, daemon=True).start()

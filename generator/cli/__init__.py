"""The command line: each command calls one function, and every ending has its exit status."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import NoReturn

from generator.cli import commands
from generator.cli.commands import DONE, MACHINE, PROBLEMS, USAGE
from generator.cli.parser import parser
from generator.cli.speech import UsageError, report, say
from generator.problems import ContentError
from generator.settings import CONFIG

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 problems in the content, 2 wrong use, 3 the machine."""
    _settle_output()
    options = parser().parse_args(arguments)
    try:
        status = _carry_out(options)
        # Here and not at exit: what cannot be written is told with its own status.
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read us has seen enough: `proekt check | head`.
        _forget_output()
        return DONE
    except OSError as error:
        _forget_output()
        say(f"не получилось: {error.strerror or error}{f' ({error.filename})' if error.filename else ''}")
        return MACHINE
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _settle_output() -> None:
    """Let every text be written, whatever the code page."""
    for stream in (sys.stdout, sys.stderr):
        # A console of another code page must not stop a report: what it cannot show becomes a question mark.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # both are text streams of a process
    if sys.platform == "win32" and not sys.stdout.isatty() and "PYTHONIOENCODING" not in os.environ:
        # In a file it would stay: `proekt new grant --print > grants/dvory.yml` must be what `check` reads.
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]


def _carry_out(options: argparse.Namespace) -> int:
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        options.project = options.project.resolve()
        if command is not commands.init and not (options.project / CONFIG).is_file():
            return _misused(f"в папке {options.project} нет {CONFIG}; назовите папку сайта: --project DIR")
        return command(options)
    except UsageError as error:
        return _misused(str(error))
    except ContentError as error:
        report(error.problems, "text")
        return PROBLEMS


def _forget_output() -> None:
    """Let go of what could not be written, or Python would try again at exit and end with a status of its own."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _misused(message: str) -> int:
    say(message)
    return USAGE


def run() -> NoReturn:
    """Run the command of this process; a bug keeps its traceback and ends with status 3."""
    status = MACHINE
    try:
        status = main()
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else USAGE
    finally:
        # Whatever else is on its way out is a bug of ours: Python alone would end with 1, which means «content».
        if sys.exc_info()[0] is not None:
            traceback.print_exc()
        # Python looks through all that is in memory once more as it ends: a twentieth of a town's build, for nothing.
        gc.freeze()
        sys.exit(status)

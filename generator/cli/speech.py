"""What the command line says: reports of problems, lines about itself, and a word on wrong use."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from babel.numbers import format_decimal

from generator.problems import Problem
from generator.russian import counted, plural


class UsageError(Exception):
    """The command was called in a way that cannot be carried out."""


def report(problems: Iterable[Problem], form: str) -> None:
    """Print every problem, sorted, in the form asked for."""
    found = sorted(problems)
    if form == "json":
        sys.stdout.write(json.dumps([problem._asdict() for problem in found], ensure_ascii=False, indent=1) + "\n")
    elif form == "github":
        for problem in found:
            sys.stdout.write(_annotation(problem) + "\n")
    else:
        for problem in found:
            sys.stdout.write(f"{problem}\n")
        # The list comes first on any terminal, and the count only if the list could be written.
        sys.stdout.flush()
        if found:
            say(f"всего {counted(len(found), 'ошибка', 'ошибки', 'ошибок')}")


def _annotation(problem: Problem) -> str:
    """Return a workflow command of GitHub Actions, escaped as its documentation asks."""
    message = f"{problem.field}: {problem.message}" if problem.field else problem.message
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        message = message.replace(sign, code)
    path = problem.path.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::error file={path},line={problem.line}::{message}"


def say(text: str, stream: TextIO | None = None) -> None:
    """Print a line of the program's own, to the error stream unless told."""
    (stream or sys.stderr).write(f"proekt: {text}\n")


def say_mended(mended: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Print what was done to each file; apart from the report of problems, which programs read."""
    for path, what in mended:
        say(f"{path}: исправлено: {', '.join(what)}")
    if not mended:
        say("исправлять нечего")
        return
    done = plural(len(mended), "исправлен", "исправлены", "исправлено")
    say(f"{done} {counted(len(mended), 'файл', 'файла', 'файлов')}")


def say_times(times: Mapping[str, float]) -> None:
    """Print how many seconds each step took."""
    width = max(map(len, times))
    for name, seconds in [*times.items(), ("всего", sum(times.values()))]:
        sys.stdout.write(f"{name:<{width}}{format_decimal(seconds, '0.0', locale='ru'):>8} с\n")

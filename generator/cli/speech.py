"""What the command line says: reports of problems, lines about itself, and a word on wrong use."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from babel.numbers import format_decimal

from generator.problems import Problem
from generator.russian import counted, plural


class UsageError(Exception):
    """The command was called in a way that cannot be carried out."""


def report(problems: Iterable[Problem], form: str, folder: str = "") -> None:
    """Print every problem, sorted, in the form asked for; `folder` is the project's own within its repository."""
    found = sorted(problems)
    if form == "text":
        for problem in found:
            sys.stdout.write(f"{problem}\n")
        # The list comes first on any terminal, and the count only if the list could be written.
        sys.stdout.flush()
        if found:
            say(f"всего {counted(len(found), 'ошибка', 'ошибки', 'ошибок')}")
        return
    placed = [problem._replace(path=f"{folder}/{problem.path}" if folder else problem.path) for problem in found]
    if form == "github":
        sys.stdout.write("".join(f"{_annotation(problem)}\n" for problem in placed))
    else:
        entries = list(_code_quality(placed)) if form == "gitlab" else [problem._asdict() for problem in found]
        sys.stdout.write(json.dumps(entries, ensure_ascii=False, indent=1) + "\n")
    if form in ("github", "gitlab"):
        # The log is read by people: the one host shows ten notes at most, the other takes the report to a file.
        sys.stderr.write("".join(f"{problem}\n" for problem in found))


def _annotation(problem: Problem) -> str:
    """Return a workflow command of GitHub Actions, escaped as the runner's own toolkit does."""
    path = _escaped(problem.path).replace(":", "%3A").replace(",", "%2C")
    return f"::error file={path},line={problem.line}::{_escaped(_words(problem))}"


def _escaped(text: str) -> str:
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(sign, code)
    return text


def _code_quality(problems: Iterable[Problem]) -> Iterator[dict[str, Any]]:
    """Yield the entries of GitLab's Code Quality report."""
    seen: Counter[str] = Counter()
    for problem in problems:
        # By its fingerprint GitLab knows a problem again on another line; of two alike it would show but one.
        name = "\0".join((problem.path, problem.field, problem.message))
        seen[name] += 1
        yield {
            "description": _words(problem),
            "check_name": problem.field or "proekt",
            "fingerprint": hashlib.sha256(f"{name}\0{seen[name]}".encode()).hexdigest(),
            "severity": "blocker",
            "location": {"path": problem.path, "lines": {"begin": problem.line}},
        }


def _words(problem: Problem) -> str:
    return f"{problem.field}: {problem.message}" if problem.field else problem.message


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

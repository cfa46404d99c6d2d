"""Carry an import out: tell of it, write its files, and check what they make of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple, TextIO

from generator.catalog import Examined, examine
from generator.catalog.memory import Memory
from generator.importers.writing import write
from generator.problems import Problem


class Carried(NamedTuple):
    """What an import tells and writes."""

    report: Iterable[str]
    files: Mapping[str, bytes]
    was: Mapping[str, bytes]
    """What those of the files hold now that are there already."""
    say: Callable[..., str]
    """Returns a sentence of the import's by its name."""
    only_shown: bool


def carry_out(project: Path, today: date, out: TextIO, planned: Callable[[Examined], Carried]) -> tuple[Problem, ...]:
    """Do what is planned for a project as it is, and return what the check finds that it did not find before."""
    memory = Memory.of(project)
    before = examine(project, today, memory)
    report, files, was, say, only_shown = planned(before)
    out.writelines(f"{each}\n" for each in report)
    if only_shown or not files:
        out.write(f"\n{say('shown' if only_shown else 'nothing')}\n")
        return ()
    write(project, files, was)
    out.write(f"\n{say('written', count=len(files))}\n")
    known = {(problem.path, problem.field, problem.message) for problem in before.problems}
    after = examine(project, today, memory).problems
    found = tuple(each for each in after if (each.path, each.field, each.message) not in known)
    if found:
        out.write(f"{say('wrong_now')}\n")
    out.flush()
    return found

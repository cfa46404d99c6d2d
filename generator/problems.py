"""What is wrong with the content, told to whoever edits it: path, line, field, what must hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake in one file. Sorts by place."""

    path: str
    """The file, relative to the project, with forward slashes."""
    line: int
    """Counted from 1."""
    field: str
    """The field's name as it stands in the file, or an empty string when the whole line or file is meant."""
    message: str
    """What must hold and what was found, in the editor's language."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: "
        return place + (f"{self.field}: " if self.field else "") + self.message


class ContentError(Exception):
    """The content breaks rules: every problem found, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[ContentError], tuple[tuple[Problem, ...]]]:
        """Return what makes it anew where it arrives from another process."""
        return ContentError, (self.problems,)

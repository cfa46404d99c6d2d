"""What long work is at: a line on a terminal, and where the time went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TextIO, TypeVar

Each = TypeVar("Each")

OFTEN = 0.1
"""Seconds between two counts on a terminal."""


class Steps:
    """Follows work from step to step."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.times: dict[str, float] = {}
        """Seconds that each finished step took."""
        self._terminal = stream if stream is not None and stream.isatty() else None
        self._name = ""
        self._begun = self._told = 0.0
        self._width = 0

    def begin(self, name: str) -> None:
        """End the last step, if there is one, and begin another."""
        self.end()
        self._name, self._begun = name, monotonic()
        self._tell(f"{name}…")

    def counted(self, work: Iterable[Each], total: int | None = None) -> Iterator[Each]:
        """Yield each piece of work, and tell how many are done."""
        for number, each in enumerate(work, 1):
            if monotonic() - self._told > OFTEN:
                self._tell(f"{self._name}: {number}" + (f" из {total}" if total else ""))
            yield each

    def end(self) -> None:
        """End the step and leave a clean line."""
        if self._name:
            self.times[self._name] = self.times.get(self._name, 0.0) + monotonic() - self._begun
            self._name = ""
            self._tell("")

    def _tell(self, line: str) -> None:
        if self._terminal is None:
            return
        blank = " " * (self._width - len(line))
        self._terminal.write(f"\r{line}{blank}" + ("" if line else "\r"))
        self._terminal.flush()
        self._width, self._told = len(line), monotonic()

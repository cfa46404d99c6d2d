"""Tell a person at a terminal how far long work is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import TypeVar

Each = TypeVar("Each")
PATIENCE = 1.0
"""Seconds that pass without a word."""


def watched(work: Sequence[Each], say: Callable[..., str]) -> Iterator[Each]:
    """Yield each piece of work; `say` makes a line of how many are done and how many there are."""
    begun, width = monotonic(), 0
    for number, each in enumerate(work):
        if sys.stderr.isatty() and monotonic() - begun > PATIENCE:
            line = say(done=number, total=len(work))
            width = max(width, len(line))
            sys.stderr.write(f"\r{line:<{width}}")
            sys.stderr.flush()
        yield each
    if width:
        sys.stderr.write(f"\r{'':<{width}}\r")
        sys.stderr.flush()

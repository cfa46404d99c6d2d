"""What each sheet was made of when it was last printed: where that is the same, nobody puts it together again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from generator.handouts.press import Press, Print
from generator.ledger import Ledger, Notes, Question
from generator.shelf import Shelf

SHEETS = "sheets"
Paged = tuple[Print, int]
"""A finished sheet, and how many pages it has."""


class _Known(NamedTuple):
    """A sheet that was printed before."""

    verdict: bytes
    """Names all that it was made of."""
    questions: Sequence[Question]
    """What was asked of the content for it."""
    key: str
    """Under which it is kept."""
    pages: int


class Register:
    """The sheets of the last build and of this one; empty where nobody notes what is asked, or nothing is kept."""

    def __init__(self, ledger: Ledger, shelf: Shelf | None) -> None:
        self._ledger = ledger
        self._shelf = shelf
        self._last: dict[str, _Known] = (shelf.load(SHEETS) if shelf else None) or {}
        self._now: dict[str, _Known] = {}

    def same(self, name: str, made_of: Any, press: Press) -> Paged | None:
        """Return a sheet of the last build that would be the same now, if it is kept."""
        last = self._last.get(name)
        if last is None or not self._ledger.stands(last.verdict, made_of, last.questions):
            return None
        again = press.again(last.key)
        if again is None:
            return None
        self._now[name] = last
        return again, last.pages

    def entered(self, name: str, made_of: Any, notes: Notes, made: Paged) -> Paged:
        """Return a sheet that was made, and remember it if all that it is made of can be named."""
        verdict = self._ledger.verdict(made_of, notes) if self._shelf else None
        if verdict is not None:
            self._now[name] = _Known(verdict, tuple(notes), made[0].key, made[1])
        return made

    def save(self) -> None:
        """Keep it for the next build."""
        if self._shelf and self._now != self._last:
            self._shelf.save(SHEETS, self._now)

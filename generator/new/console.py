"""The terminal on which an editor is asked: a line out, a line in."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from generator.source import Misread, decode
from generator.source.letters import strays


class Console:
    """Standard input and output, when somebody sits there."""

    def __init__(self) -> None:
        if isinstance(sys.stdin, TextIOWrapper):
            # Bytes of another code page must reach the question, which is asked again, and not stop the program.
            sys.stdin.reconfigure(errors="surrogateescape")

    @property
    def is_interactive(self) -> bool:
        """Whether there is somebody to answer."""
        return isinstance(sys.stdin, TextIOWrapper) and sys.stdin.isatty()

    def tell(self, text: str = "") -> None:
        """Show a text."""
        sys.stdout.write(f"{text}\n")

    def ask(self, default: str = "") -> str:
        """Return what is typed, on one line and without the spaces around it; EOFError where the input ends."""
        sys.stdout.write(f"[{default}] > " if default else "> ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return " ".join(line.split())


def unreadable(text: str) -> str | None:
    """Return what keeps typed text from standing in a file: «» for letters of another encoding, or None."""
    try:
        found = decode(text.encode())
    except UnicodeEncodeError:
        return ""
    if isinstance(found, Misread):
        return found.message
    return next((stray.message for stray in strays(found)), None)

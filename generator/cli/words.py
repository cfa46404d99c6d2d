"""A parser of command lines that speaks Russian: argparse has its own words, and no translation of them is shipped."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import NoReturn

from generator.fields.base import nearest

_HELP = {
    "usage: ": "как писать: ",
    "positional arguments:": "что указать:",
    "options:": "по желанию:",
    "show this help message and exit": "показать эту справку",
}


def _choice(found: re.Match[str]) -> str:
    known = re.findall(r"[\w-]+", found[3])
    return f"{found[1]}: бывает {', '.join(known)}; здесь «{found[2]}»{nearest(found[2], known)}"


_ERRORS: dict[str, Callable[[re.Match[str]], str]] = {
    r"the following arguments are required: (.+)": lambda found: f"не хватает: {found[1]}",
    r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.+)\)": _choice,
    r"unrecognized arguments: (.+)": lambda found: f"лишнее: {found[1]}",
    r"argument (.+?): expected .+": lambda found: f"{found[1]}: нужно значение",
    r"argument (.+?): ignored explicit argument '(.*)'": lambda found: f"{found[1]}: значение не нужно: {found[2]}",
    r"ambiguous option: (.+?) could match (.+)": lambda found: (
        f"{found[1]} может значить {found[2]}; напишите полностью"
    ),
    r"argument (.+?): (.+)": lambda found: f"{found[1]}: {found[2]}",
}
"""What argparse says, and how an editor reads it; the last are messages of our own."""


class Parser(argparse.ArgumentParser):
    """A parser whose help and complaints are in Russian."""

    def format_help(self) -> str:
        """Return the help."""
        return _in_russian(super().format_help())

    def format_usage(self) -> str:
        """Return how the command is written."""
        return _in_russian(super().format_usage())

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and leave with 2."""
        found = ((re.fullmatch(pattern, message), words) for pattern, words in _ERRORS.items())
        told = next((words(match) for match, words in found if match), message)
        self.exit(2, f"{self.prog}: {told}\n{self.format_usage()}подробнее: {self.prog} -h\n")


def _in_russian(text: str) -> str:
    for words, ours in _HELP.items():
        text = text.replace(words, ours)
    return text

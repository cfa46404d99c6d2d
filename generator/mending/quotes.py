"""Straight quotation marks as the site shows them: «ёлочки»."""

from __future__ import annotations

import re

from generator.mending.lines import prose_lines
from generator.source import Source

_PAIR = re.compile(r'(?<![:\-?,\[{=|>&*!])(?<=[ (])"(?=[\w«„(])([^"\n]*[\w»“).!?…%])"(?![\w"])')
"""Two marks around words, where YAML takes neither for its own."""
_OF_MACHINES = re.compile(r"[`<=\\]|\]\(|^ *[|>]")


def in_russian(path: str, text: str, source: Source) -> str:
    """Return a file's text with «ёлочки» for the pairs of straight marks that surely are such."""
    lines = text.split("\n")
    for index in prose_lines(path, lines, source):
        if '"' in lines[index] and not _OF_MACHINES.search(lines[index]):
            lines[index] = _PAIR.sub("«\\1»", lines[index])
    return "\n".join(lines)

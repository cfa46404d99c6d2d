"""How words look: bold, italic and struck out by tags, and by styles, which undo tags too."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.importers.html_tree import Node
from generator.importers.prose import NO_MARKS

TAGS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("s", "strike", "del"), "strike"),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), "code"),
}
BOLD_FROM = 600
"""CSS Fonts, 2.2: lighter weights look regular beside 400."""


class Look(NamedTuple):
    """The look of words at a place in the tree."""

    marks: frozenset[str] = NO_MARKS
    href: str = ""

    def within(self, node: Node) -> Look:
        """Return the look inside a tag."""
        marks = self.marks | {TAGS[node.tag]} if node.tag in TAGS else self.marks
        if style := node.get("style"):
            marks = _styled(marks, style.lower())
        return Look(marks, node.get("href") or self.href if node.tag == "a" else self.href)


def _styled(marks: frozenset[str], style: str) -> frozenset[str]:
    declared = dict(re.findall(r"([\w-]+)\s*:\s*([^;]+)", style))
    font = declared.get("font", "")
    weight = declared.get("font-weight", "bold" if re.search(r"\bbold\b", font) else "").strip()
    slant = declared.get("font-style", "italic" if re.search(r"\bitalic\b", font) else "").strip()
    if weight:
        is_bold = weight.startswith("bold") or (weight[:3].isdecimal() and int(weight[:3]) >= BOLD_FROM)
        marks = marks | {"bold"} if is_bold else marks - {"bold"}
    if slant:
        marks = marks | {"italic"} if slant.startswith(("italic", "oblique")) else marks - {"italic"}
    if "line-through" in declared.get("text-decoration", "") + declared.get("text-decoration-line", ""):
        marks = marks | {"strike"}
    return marks

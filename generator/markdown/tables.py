"""Tables of a text: each in a frame of its own to scroll in, its columns aligned by classes."""

from __future__ import annotations

from collections.abc import Sequence

OPENING = '<div class="scroll" tabindex="0"><table class="table">\n<thead>\n<tr>\n'
HEAD_END = "</tr>\n</thead>\n"


class Table:
    """One table, as one goes through its cells."""

    def __init__(self, aligned: Sequence[str]) -> None:
        # What a page may load (CSP 3) leaves no room for styles in its HTML.
        self._classes = ["" if side == "None" else f' class="to-{side.lower()}"' for side in aligned]
        self._column = 0
        self._tag = "th"
        self._has_rows = False

    def row(self) -> str:
        """Return the opening tag of a row below the head."""
        opening = "<tr>\n" if self._has_rows else "<tbody>\n<tr>\n"
        self._has_rows, self._column, self._tag = True, 0, "td"
        return opening

    def cell(self) -> str:
        """Return the opening tag of the next cell."""
        self._column += 1
        return f"<{self._tag}{self._classes[self._column - 1]}>"

    def end_cell(self) -> str:
        """Return the closing tag of a cell."""
        return f"</{self._tag}>\n"

    def end(self) -> str:
        """Return the closing tags of the table."""
        return "</tbody>\n</table></div>\n" if self._has_rows else "</table></div>\n"

"""The HTML of a text while it is being written."""

from __future__ import annotations

from generator.images.figures import framed
from generator.markdown.tags import plain

BEFORE_PICTURES = ("<img ", "<a ")
CHECKED = ' checked="checked"'


class Output:
    """Tags and words in order, and where among them the blocks begin that become others as one reads on."""

    def __init__(self) -> None:
        self.parts = ["\n"]
        self.questions: list[str] = []
        self._outer: list[tuple[str, list[str]]] = []
        """The label of the footnote that the place is in, and what was written around it."""
        self._block = 0
        """Where the last block begins."""
        self._item = 0
        """Where the last item of a list begins."""
        self._lists: list[int] = []
        """Where the lists begin that the place is in."""
        self._task = 0
        """Where the words of a task begin; 0 outside of one."""

    def add(self, html: str) -> None:
        """Go on writing where the place is."""
        self.parts.append(html)

    def block(self, html: str) -> None:
        """Begin a block, on a line of its own."""
        if self._task:
            self._end_task()
        if not self.parts[-1].endswith("\n"):
            self.parts.append("\n")
        self._block = len(self.parts)
        self.parts.append(html)

    def words(self) -> list[str]:
        """Return what is in the block that ends, a paragraph or a heading."""
        if self._task:
            self._end_task()
        return self.parts[self._block + 1 :]

    def reopen(self, html: str) -> None:
        """Give another opening tag to the block that has begun."""
        self.parts[self._block] = html

    def end_paragraph(self) -> None:
        """End a paragraph: as a figure or a gallery where it holds nothing but pictures."""
        words = self.words()
        if words and words[0].startswith(BEFORE_PICTURES) and (html := framed(words)):
            self.parts[self._block :] = [html]
        else:
            self.parts.append("</p>\n")

    def list(self, html: str) -> None:
        """Begin a list."""
        self.block(html)
        self._lists.append(self._block)

    def end_list(self, html: str) -> None:
        """End a list."""
        self._lists.pop()
        self.parts.append(html)

    def item(self) -> None:
        """Begin an item of a list."""
        self._item = len(self.parts)
        self.parts.append("<li>")

    def end_item(self) -> None:
        """End an item of a list."""
        if self._task:
            self._end_task()
        self.parts.append("</li>\n")

    def task(self, *, is_done: bool) -> None:
        """Make the item that has begun a task: its first words become the label of a box."""
        self.parts[self._item] = '<li class="task-list-item enabled">'
        around = self.parts[self._lists[-1]]
        if "class=" not in around:
            self.parts[self._lists[-1]] = around.replace(">", ' class="contains-task-list">')
        checked = CHECKED if is_done else ""
        self.parts.append(f'<label><input class="task-list-item-checkbox"{checked}  type="checkbox"> ')
        self._task = len(self.parts)

    def _end_task(self) -> None:
        if words := plain("".join(self.parts[self._task :])).strip():
            self.questions.append(words)
            self.parts.append("</label>")
        else:
            # As on GitHub: a box of nothing is no box.
            self.parts[self._item] = "<li>"
            self.parts[self._task - 1] = "[ ]"
        self._task = 0

    def note(self, label: str) -> None:
        """Begin a footnote: what follows stands elsewhere."""
        if self._task:
            self._end_task()
        self._outer.append((label, self.parts))
        self.parts = ["\n"]

    def end_note(self) -> tuple[str, str]:
        """End a footnote, and return its label and its text."""
        html = "".join(self.parts).lstrip("\n")
        label, self.parts = self._outer.pop()
        return label, html

"""What the import of a blog says, and how it guesses: templates/text/import_blog.yml, a site's own over ours."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from generator.templating import Templating

FILE = "text/import_blog.yml"


class BlogWords:
    """The file of words."""

    def __init__(self, templating: Templating) -> None:
        self.templating = templating

    @cached_property
    def texts(self) -> dict[str, Any]:
        """Everything in the file: the shipped one, and over it the site's own."""
        return self.templating.texts(FILE)

    def say(self, name: str, /, **facts: object) -> str:
        """Return one sentence with its facts."""
        return str(self.texts["said"][name]).format(**facts)

    def note(self, name: str, found: str) -> str:
        """Return what is said of one thing that was not carried over as it stood."""
        return str(self.texts["notes"][name]).format(found=found).strip()

    def left(self, name: str) -> str:
        """Return how an entry that is no post is called."""
        return str(self.texts["left"].get(name, self.texts["left"]["unknown"]))

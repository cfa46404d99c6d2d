"""What `proekt new` says: words and examples from templates/text/new/, a site's own over the shipped ones."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from generator.shapes import EXAMPLES, Shape, example
from generator.templating import Texts

FILE = "text/new/words.yml"


class Words:
    """The texts of the file of words, filled in."""

    def __init__(self, templating: Texts) -> None:
        self.templating = templating

    @cached_property
    def texts(self) -> dict[str, Any]:
        """Everything in the file: the shipped one, and over it the site's own."""
        return {**self.templating.texts(FILE), **self.templating.texts(EXAMPLES)}

    def say(self, group: str, name: str, /, **facts: object) -> str:
        """Return one text with its facts."""
        return str(self.texts[group][name]).format(**facts).strip()

    def label(self, group: str, name: str) -> str:
        """Return how visitors read a word of a closed list, or the word itself."""
        return str(self.templating.words.get(group, {}).get(name, name))

    def example(self, shape: Shape) -> str:
        """Return an example of a field's value, or nothing where none helps."""
        return example(shape, self.texts)

    def key(self, index: int) -> str:
        """Return the name offered for an entry of a list whose entries have names."""
        first = str(self.texts["examples"]["key"])
        return first if index == 0 else f"{first}-{index + 1}"

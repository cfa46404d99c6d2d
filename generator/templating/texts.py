"""Files of words: the shipped ones, and over them a site's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.problems import ContentError, Problem
from generator.source import read

WORDS = "text/words.yml"
ONE = "здесь стоит одно значение, а нужны строки вида «имя: слова»"
MANY = "здесь стоят строки вида «имя: слова», а нужно одно значение"


def shipped_templates() -> Path:
    """Return the folder of the templates that come with the program."""
    package = Path(__file__).parents[1]
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


class Texts:
    """The words that lie in folders of templates, the first of which goes before the others."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = folders

    @cached_property
    def words(self) -> dict[str, Any]:
        """The names of closed lists, statuses and moments: a site's own words over the shipped ones."""
        return self.texts(WORDS)

    def texts(self, name: str) -> dict[str, Any]:
        """Return a file of words, group by group: the shipped one, and over it the site's own."""
        texts: dict[str, Any] = {}
        for folder in dict.fromkeys(reversed(self.folders)):
            if not (folder / name).exists():
                continue
            source, problems = read(folder / name, folder)
            problems += tuple(
                source.problem((group,), ONE if isinstance(texts[group], dict) else MANY)
                for group, named in source.values.items()
                if group in texts and isinstance(texts[group], dict) != isinstance(named, dict)
            )
            if problems:
                raise ContentError(Problem(f"templates/{found.path}", *found[1:]) for found in problems)
            for group, named in source.values.items():
                texts[group] = {**texts.get(group, {}), **named} if isinstance(named, dict) else named
        return texts

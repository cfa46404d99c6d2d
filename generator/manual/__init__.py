"""The manual for editors: how things are done, every field, every message of the check; for the site and for paper."""

from __future__ import annotations

from functools import cached_property

from generator.manual.fields import Field, Group, groups
from generator.manual.guide import guide, screens
from generator.manual.messages import Chapter, Message, chapters
from generator.markdown import Body
from generator.templating import Templating

__all__ = ["Chapter", "Field", "Group", "Manual", "Message", "chapters", "groups", "guide", "screens"]


class Manual:
    """The whole manual; each part is made when asked for."""

    def __init__(self, templating: Templating) -> None:
        self._templating = templating

    def stamp(self) -> bytes:
        """Return what names it: there is one for a program, its templates and its settings."""
        return b"manual"

    @cached_property
    def guide(self) -> Body:
        """The steps, as a text."""
        return guide(self._templating)

    @cached_property
    def groups(self) -> list[Group]:
        """Every field that an editor may write."""
        return groups(self._templating)

    @property
    def titles(self) -> dict[str, str]:
        """What each group of fields is called, by its name."""
        return {group.name: group.title for group in self.groups}

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The messages of the check, sort by sort."""
        return chapters(self._templating)

"""What a field is called for an editor: in the web form, and beside its name in the manual."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import BaseModel

from generator.shapes import Shape
from generator.templating import Texts

WORDS = "text/admin/words.yml"
FLAG = re.compile(r"yes, (?:если|пока) ")
ENDS = re.compile(r"[;:(,.]")


class Labels:
    """The names of fields: ours, or how their documentation begins."""

    def __init__(self, texts: Texts) -> None:
        self._ours: Mapping[str, str] = texts.texts(WORDS)["labels"]

    def of(self, model: type[BaseModel], shape: Shape) -> str:
        """Return a field's name."""
        ours = said_of(self._ours, model, shape.name)
        if ours is not None:
            return ours
        begun = ENDS.split(FLAG.sub("", shape.words))[0].strip()
        return begun[:1].upper() + begun[1:]


def said_of(words: Mapping[str, str], model: type[BaseModel], name: str) -> str | None:
    """Return what words say of a field: as «model.field» first, then as «field»."""
    names = (*(f"{each.__name__.lower()}.{name}" for each in model.__mro__), name)
    return next((words[each] for each in names if each in words), None)

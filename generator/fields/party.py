"""Who takes part in something: a local organisation of the directory, or somebody else by name."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import model_validator

from generator.fields.base import Part, Refers, wrong
from generator.fields.text import Line, Slug


class Party(Part):
    """One side of an agreement, one partner of a project."""

    in_one_line: ClassVar[tuple[str, ...]] = ("name",)

    ngo: Annotated[Slug, Refers("ngo")] | None = None
    """Имя записи из ngos/, если это местная НКО."""
    name: Line | None = None
    """Название, если записи нет."""
    role: Line | None = None
    """Роль: «выступление», «даёт зал»."""

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: Any) -> Any:
        """Accept a name alone."""
        return {"name": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _named_once(self) -> Party:
        if bool(self.ngo) == bool(self.name):
            raise wrong("у участника есть или ngo, или name: одно из двух")
        return self

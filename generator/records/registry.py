"""The library's list of organisations that may not be named, or only with a mark."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from generator.fields.base import Part, one_or_more
from generator.fields.contact import Inn, Ogrn
from generator.fields.text import Day, Flag, Host, Line


class Listed(Part):
    """One organisation of content/registry.yml."""

    title: Line
    """Название, под которым она в реестре."""
    names: Annotated[tuple[Annotated[Line, Field(min_length=4)], ...], BeforeValidator(one_or_more)] = ()
    """Как ещё её называют; ищутся в записях целыми словами."""
    sites: Annotated[tuple[Host, ...], BeforeValidator(one_or_more)] = ()
    """Сайты: имя без https:// и косых черт, example.org; ссылки на них и их части не допускаются."""
    inn: Inn | None = None
    """ИНН."""
    ogrn: Ogrn | None = None
    """ОГРН."""
    foreign_agent: Flag = False
    """yes, если это иностранный агент: называть можно, но в записи нужно поле foreign_agent; иначе называть нельзя."""
    since: Day | None = None
    """С какого дня в реестре."""
    source: Line
    """Откуда известно: решение, реестр, ссылка."""

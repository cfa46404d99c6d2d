"""The public report of a year: figures that no other record holds, and totals to check the others by."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator

from generator.fields.base import one_or_more, shown, wrong
from generator.fields.text import Count, Line, Roubles
from generator.records.record import Record


class Report(Record):
    """A year's figures, typed once with their source; what records can tell is counted from them."""

    kind = "report"
    folder = "content/results"
    section = "/results/"
    shares_page = True

    visits: Count | None = None
    """Сколько раз обратились к сайту или блогу за год: этого записи не знают."""
    old_posts: Count = 0
    """Сколько записей вышло в старом блоге и на этот сайт не перенесено."""
    meetups: Count | None = None
    """Сколько прошло митапов, для сверки; внеплановые не считаются."""
    ngos: Count | None = None
    """Сколько НКО участвовало в митапах, для сверки."""
    people: Count | None = None
    """Сколько человек пришло на митапы, для сверки."""
    consultations: Count | None = None
    """Сколько консультаций дали, для сверки."""
    posts: Count | None = None
    """Сколько вышло записей блога вместе со старыми, для сверки."""
    projects: Count | None = None
    """Сколько проектов получили деньги, для сверки."""
    money: Roubles | None = None
    """Сколько денег выиграли, ₽, для сверки."""
    source: Annotated[tuple[Line, ...], Field(min_length=1), BeforeValidator(one_or_more)]
    """Откуда числа: ссылка или название документа; можно несколько."""

    @field_validator("slug")
    @classmethod
    def _is_a_year(cls, value: str) -> str:
        if not re.fullmatch(r"(19|20|21)\d\d", value):
            raise wrong(f"отчёт называют годом: content/results/2019.md; здесь {shown(value)}")
        return value

    def year_of(self) -> int:
        """Return the year that the report is of."""
        return int(self.slug)

    def sort_key(self) -> Any:
        """Order the latest first."""
        return -int(self.slug)

"""A piece of news."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import field_validator

from generator.fields.base import Called, Refers, wrong
from generator.fields.moment import Clock
from generator.fields.text import Day, Flag, Line, Slug
from generator.markdown import Body
from generator.records.record import Record

NOON = dt.time(12)
NOT_FOR_LISTS = re.compile(r'<sup class="footnote-ref">.*?</sup>|<img [^>]*>|</?a\b[^>]*>')
"""What a paragraph loses when it stands in a list: notes, pictures and links, whose words stay."""


class Post(Record):
    """A post of the blog."""

    kind = "post"
    folder = "content/news"
    section = "/news/"
    per_page: ClassVar[int] = 20

    date: Day
    """День публикации; с будущим днём запись выйдет сама."""
    time: Clock = NOON
    """Час публикации по времени библиотеки; если не назван, полдень."""
    rubric: Annotated[Literal["grants", "methodology", "funders", "documents", "ngos", "centre"], Called("rubric")]
    """Рубрика: конкурсы и гранты, методика, фонды, документы, НКО города, дела центра."""
    age: Literal["0+", "6+", "12+", "16+", "18+"] | None = None
    """Возрастная метка, если она другая, чем у сайта."""
    guid: Line | None = None
    """Прежняя постоянная метка записи в лентах, если она пришла с другого сайта."""
    grants: tuple[Annotated[Slug, Refers("grant")], ...] = ()
    """О каких конкурсах: их карточки встанут под текстом."""
    ngos: tuple[Annotated[Slug, Refers("ngo")], ...] = ()
    """О каких организациях."""
    meetups: tuple[Annotated[Slug, Refers("meetup")], ...] = ()
    """О каких встречах."""
    documents: tuple[Annotated[Slug, Refers("document")], ...] = ()
    """О каких документах."""
    pinned: Flag = False
    """yes, если запись стоит над остальными на первой странице новостей."""
    pinned_until: Day | None = None
    """До какого дня включительно она там стоит; потом вернётся на своё место сама."""

    @field_validator("pinned_until")
    @classmethod
    def _pinned_for_a_while(cls, value: dt.date | None, info: Any) -> dt.date | None:
        if value is None:
            return value
        if info.data.get("pinned") is False:
            raise wrong("нужно и pinned: yes, иначе запись не закреплена")
        if (day := info.data.get("date")) is not None and value < day:
            raise wrong(f"не может быть раньше, чем date ({day})")
        return value

    @property
    def opening(self) -> Body:
        """The first paragraph of the text, for a list in which the post has no summary of its own."""
        found = re.search(r"<p>(.*?)</p>", self.body.html, re.DOTALL)
        return Body(NOT_FOR_LISTS.sub("", found[1]).strip() if found else "")

    def is_pinned(self, today: dt.date) -> bool:
        """Say yes until the last day that is named, if one is."""
        return self.pinned and (self.pinned_until is None or today <= self.pinned_until)

    @property
    def old_guid(self) -> str | None:
        """The name under which feeds of another site knew the post."""
        return self.guid

    def is_public(self, today: dt.date) -> bool:
        """Say yes from the post's day on."""
        return super().is_public(today) and self.date <= today

    def news(self) -> dt.datetime:
        """Return when it came out, on the library's clock."""
        return dt.datetime.combine(self.date, self.time)

    def sort_key(self) -> Any:
        """Order posts newest first."""
        moment = dt.datetime.combine(self.date, self.time)
        return (-moment.timestamp(), self.slug)

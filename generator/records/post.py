"""A piece of news."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from generator.fields.base import Refers
from generator.fields.moment import Clock
from generator.fields.text import Day, Line, Slug
from generator.records.record import Record

NOON = dt.time(12)


class Post(Record):
    """A post of the blog."""

    kind = "post"
    folder = "content/news"
    section = "/news/"
    per_page = 20

    date: Day
    """День публикации; с будущим днём запись выйдет сама."""
    time: Clock = NOON
    """Час публикации по времени библиотеки; если не назван, полдень."""
    rubric: Literal["grants", "methodology", "funders", "documents", "ngos", "centre"]
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

"""A sheet for today's audience: calls of one topic, for one kind of applicant, with deadlines in certain months."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from generator.fields.base import nearest
from generator.fields.eligibility import APPLICANTS
from generator.records.grant import Grant
from generator.records.rounds import Round


class Choice(NamedTuple):
    """What a reader asks for; None asks nothing."""

    topic: str | None = None
    applicant: str | None = None
    first: date | None = None
    """The first day of the first month."""
    last: date | None = None
    """The first day of the last month."""

    def unfit(self, topics: Collection[str]) -> str | None:
        """Return what cannot be asked for, as whoever asks reads it; None where all can."""
        if self.topic is not None and self.topic not in topics:
            return f"нет такой темы: {self.topic}{nearest(self.topic, topics)}; бывает {', '.join(topics)}"
        if self.applicant is not None and self.applicant not in APPLICANTS:
            return (
                f"нет такого заявителя: {self.applicant}{nearest(self.applicant, APPLICANTS)}; "
                f"бывает {', '.join(APPLICANTS)}"
            )
        if self.first and self.last and self.last < self.first:
            return f"последний месяц ({self.last:%Y-%m}) раньше первого ({self.first:%Y-%m})"
        return None

    def takes(self, grant: Grant, round_: Round) -> bool:
        """Whether a round answers the choice; what is taken all year answers any months, an unnamed day none."""
        if self.topic is not None and self.topic not in grant.topics:
            return False
        if self.applicant is not None and grant.applicants[self.applicant].may == "no":
            return False
        if (self.first is None and self.last is None) or round_.deadline.precision == "rolling":
            return True
        month = round_.deadline.date and round_.deadline.date.replace(day=1)
        return month is not None and (self.first or month) <= month <= (self.last or month)

    @property
    def query(self) -> str:
        """What the page of all calls is asked for the same: `?who=nko&topic=ecology`; empty where it cannot be."""
        asked = {"who": self.applicant, "topic": self.topic}
        named = {name: value for name, value in asked.items() if value is not None}
        return f"?{urlencode(named)}" if named else ""


EVERYTHING = Choice()
"""No choice: all calls."""

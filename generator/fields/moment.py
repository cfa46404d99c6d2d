"""A dated moment of a call or meetup: exact, a day, a month, a forecast, at any time, or unknown."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import cache
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import BeforeValidator, field_validator, model_validator

from generator.fields.base import Called, Part, Written, nearest, shown, wrong
from generator.fields.slips import meant_day, odd_sign
from generator.fields.text import DAY, MONTH, Day, Flag, Line, Link, parse_day

MOSCOW = "Europe/Moscow"

KINDS_OF_MOMENT = "нужна дата: 2026-10-15 23:30, 2026-10-15, 2026-10, rolling или unknown"

DOTTED = re.compile(r"\W*([01]?\d|2[0-3])[.:\- ]([0-5]\d)\W*", re.ASCII)
"""An hour and its minutes as people write them too: «9.30»."""
CLOCK = r"([01]\d|2[0-3]):[0-5]\d"

Precision = Literal["exact", "day", "month", "forecast", "rolling", "unknown"]


@cache
def zone_info(name: str) -> ZoneInfo:
    """Return a zone of the IANA database by its name."""
    return ZoneInfo(name)


def _zone(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        zone_info(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise wrong(
            f"пояс называют по базе IANA: Europe/Moscow, Europe/Samara; здесь {shown(value)}"
            f"{nearest(value, available_timezones())}{odd_sign(value)}"
        ) from None
    return value


def _clock(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(CLOCK, value, re.ASCII):
        return dt.time.fromisoformat(value)
    if value == "24:00":
        raise wrong("24:00 — это 00:00 следующего дня; если до конца дня, время не пишут")
    text = str(value)
    right = f"{dotted[1]:0>2}:{dotted[2]}" if (dotted := DOTTED.fullmatch(text)) else "23:30"
    raise wrong(f"время пишут так: {right}; здесь {shown(value)}{odd_sign(text)}")


Zone = Annotated[
    str,
    Written(r"[A-Za-z_]+(/[\w+-]+)*", "пояс называют по базе IANA: Europe/Moscow, Europe/Samara"),
    BeforeValidator(_zone),
]
"""A time zone by its IANA name."""
Clock = Annotated[dt.time, Written(CLOCK, "время пишут так: 23:30"), BeforeValidator(_clock)]
"""Hours and minutes: `23:30`."""


class Moved(Part):
    """A date that held before the organiser moved it."""

    date: Day
    """День, который стоял раньше."""
    time: Clock | None = None
    """Час, который стоял раньше, если был назван."""
    moved: Day | None = None
    """Когда организатор сообщил о переносе, если это известно."""
    source: Link | None = None
    """Где об этом сказано."""


class OtherDate(Part):
    """A date that another source gives for the same moment."""

    date: Day
    """День по другому источнику."""
    time: Clock | None = None
    """Час по другому источнику."""
    source: Link
    """Где об этом сказано."""


class Moment(Part):
    """When something happens, as exactly as it is known, and never more exactly."""

    as_words: ClassVar[Written] = Written(f"{MONTH}|{DAY}( +{CLOCK})?|rolling|unknown", KINDS_OF_MOMENT)
    """How it is written as one line."""

    date: Annotated[Day, Written(f"{MONTH}|{DAY}", "день 2026-10-15 или месяц 2026-10")] | None = None
    """День; для месяца и прогноза — самый ранний, по нему запись стоит в списке."""
    time: Clock | None = None
    """Час; если его нет, срок действует до конца дня."""
    zone: Zone = MOSCOW
    """Часовой пояс организатора; обычно Europe/Moscow."""
    precision: Annotated[Precision, Called("precision")]
    """Точность: exact, day, month, forecast, rolling (идёт постоянно), unknown."""
    words: Line | None = None
    """Слова организатора о неточной дате: «не ранее середины июня 2027 года»."""
    by: Flag = False
    """yes, если это не сам день, а «не позднее»."""
    was: tuple[Moved, ...] = ()
    """Прежние даты, от ранней к поздней, если срок переносили."""
    disputed: tuple[OtherDate, ...] = ()
    """Что называют другие источники, если они расходятся."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        """Accept `2026-10-15 23:30`, `2026-10-15`, `2026-10`, `rolling` and `unknown` for a mapping."""
        if not isinstance(value, (str, dict)):
            raise wrong(KINDS_OF_MOMENT)
        found = from_words(value) if isinstance(value, str) else dict(value)
        text = found.get("date")
        if isinstance(text, str) and ":" in text:
            raise wrong("время пишут отдельным полем time")
        given = found.get("precision")
        month = isinstance(text, str) and re.fullmatch(r"\d{4}-\d{2}", text, re.ASCII)
        if month:
            parse_day(f"{text}-01")
            found["date"] = f"{text}-01"
        if given in (None, "exact", "day", "month"):
            natural = "month" if month else "exact" if found.get("time") else "day"
            if text is None:
                raise wrong("нужно поле date или precision: rolling, unknown")
            if given not in (None, natural):
                raise wrong(f"precision: {given} не сходится с датой: по ней выходит {natural}")
            found["precision"] = natural
        return found

    @field_validator("precision")
    @classmethod
    def _precision_agrees(cls, value: str, info: Any) -> str:
        if value in ("rolling", "unknown") and info.data.get("date"):
            raise wrong(f"при precision: {value} даты не пишут; для примерной есть forecast")
        if value == "forecast" and not info.data.get("date"):
            raise wrong("прогнозу нужна примерная date (хотя бы месяц: 2027-06); если неизвестна и она — unknown")
        return value

    @field_validator("was")
    @classmethod
    def _moves_in_order(cls, value: tuple[Moved, ...]) -> tuple[Moved, ...]:
        days = [moved.moved for moved in value if moved.moved]
        if days != sorted(days):
            raise wrong("переносы пишут по порядку, от раннего к позднему")
        return value

    @property
    def is_dated(self) -> bool:
        """Whether a day is known: only then is there a countdown, an event, a cell in the calendar."""
        return self.precision in ("exact", "day")

    @property
    def tzinfo(self) -> ZoneInfo:
        """The organiser's zone."""
        return zone_info(self.zone)

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which the moment may be: of a month, its last."""
        if self.date is None or self.precision not in ("month", "forecast"):
            return self.date
        return self.date.replace(day=calendar.monthrange(self.date.year, self.date.month)[1])

    def start(self) -> dt.datetime | None:
        """Return the instant at which something opens: a day without an hour opens at its midnight."""
        if not self.is_dated or self.date is None:
            return None
        return dt.datetime.combine(self.date, self.time or dt.time(0), self.tzinfo)

    def end(self) -> dt.datetime | None:
        """Return the instant at which something closes: a day without an hour lasts to 23:59:59."""
        if not self.is_dated or self.date is None:
            return None
        return dt.datetime.combine(self.date, self.time or dt.time(23, 59, 59), self.tzinfo)

    def sort_key(self) -> tuple[bool, dt.datetime]:
        """Return a key for order in time; what has no date at all comes last."""
        day = self.date or dt.date.max - dt.timedelta(days=2)
        return self.date is None, dt.datetime.combine(day, self.time or dt.time(23, 59, 59), self.tzinfo)


def from_words(text: str) -> dict[str, str]:
    """Return the mapping that a moment written as one line stands for."""
    if text in ("rolling", "unknown"):
        return {"precision": text}
    if (right := meant_day(text)) and right != " ".join(text.split()):
        parse_day(text)  # which says how it is written
    if not text[:1].isdigit():
        raise wrong(f"{KINDS_OF_MOMENT}; здесь {shown(text)}")
    day, _, clock = text.partition(" ")
    return {"date": day, "time": clock.strip()} if clock else {"date": day}

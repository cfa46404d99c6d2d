"""Hours of the week: days with times between which a place is open, as fields or as one line of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import time
from itertools import pairwise
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field, field_validator

from generator.fields.base import Called, Part, Written, shown, wrong
from generator.fields.moment import Clock

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

NAMES: dict[str, tuple[Weekday, ...]] = {
    "пн": ("mon",), "вт": ("tue",), "ср": ("wed",), "чт": ("thu",), "пт": ("fri",), "сб": ("sat",), "вс": ("sun",),
    "понедельник": ("mon",), "вторник": ("tue",), "среда": ("wed",), "четверг": ("thu",), "пятница": ("fri",),
    "суббота": ("sat",), "воскресенье": ("sun",),
    "ежедневно": WEEKDAYS, "будни": WEEKDAYS[:5], "выходные": WEEKDAYS[5:],
}  # fmt: skip
"""What people write for days of the week."""
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?"
_WORD = re.compile(
    rf"\s*(?:(?P<span>(?:с\s+)?{_CLOCK}\s*(?:[-–—]|до)\s*{_CLOCK})|(?P<off>[-–—]?\s*выходн(?:ой|ые)\b(?!\s*:?\s*(?:с\s*)?\d))"
    r"|(?P<pause>обед|перерыв)|(?P<word>[а-яё]+)\.?|(?P<sign>[-–—,;и:]))",
    re.IGNORECASE,
)
HOW = "часы пишут так: пн–чт 10:00–19:00; сб 10:00–17:00"


class Hours(Part):
    """When it is open on some days of the week."""

    days: Annotated[tuple[Annotated[Weekday, Called("weekday")], ...], Field(min_length=1)]
    """Дни недели: mon, tue, wed, thu, fri, sat, sun."""
    opens: Clock
    """Открывается в."""
    closes: Clock
    """Закрывается в."""

    @field_validator("closes")
    @classmethod
    def _after_opening(cls, value: Any, info: Any) -> Any:
        opens = info.data.get("opens")
        if opens is not None and value <= opens:
            raise wrong(f"не раньше и не вместе с opens ({opens:%H:%M})")
        return value


Times = tuple[tuple[time, time], ...]
"""The spans of one day in which it is open, in order; empty on a day off."""


class DaySpan(NamedTuple):
    """Neighbouring days of the week that are alike."""

    first: Weekday
    last: Weekday
    times: Times


def times_by_day(week: Iterable[Hours]) -> list[tuple[Weekday, Times]]:
    """Return each day of the week with its times."""
    every = tuple(week)
    return [(day, tuple(sorted((each.opens, each.closes) for each in every if day in each.days))) for day in WEEKDAYS]


def week_in_spans(week: Iterable[Hours]) -> list[DaySpan]:
    """Return the week with neighbouring days of the same times put together."""
    spans: list[DaySpan] = []
    for day, times in times_by_day(week):
        if spans and spans[-1].times == times:
            spans[-1] = DaySpan(spans[-1].first, day, times)
        else:
            spans.append(DaySpan(day, day, times))
    return spans


def _no_overlap(value: tuple[Hours, ...]) -> tuple[Hours, ...]:
    for day, times in times_by_day(value):
        if any(opens < closes for (_, closes), (opens, _) in pairwise(times)):
            raise wrong(f"часы на один день недели накладываются: {day}")
    return value


def _from_words(value: object) -> object:
    return list(hours_from_words(value)) if isinstance(value, str) else value


def hours_from_words(text: str) -> Iterator[dict[str, Any]]:
    """Yield hours as fields from «пн–чт 10:00–19:00, перерыв 13:00–14:00; сб 10:00–17:00»."""
    reading = _Reading(text)
    place = 0
    while text[place:].strip(" .;,"):
        found = _WORD.match(text, place)
        if found is None:
            raise wrong(f"{HOW}; здесь {shown(text)}")
        reading.take(found)
        place = found.end()
    yield from reading.finished()


class _Reading:
    """A line of hours, word by word: days are gathered until their times come."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.days: list[Weekday] = []
        self.is_range = self.is_pause = self.has_times = False
        self.found: list[dict[str, Any]] = []

    def take(self, word: re.Match[str]) -> None:
        if word["span"]:
            self._times(*word.groups()[1:5])
        elif word["off"] is not None:
            self._unless(bool(self.days))
            self.days = []
        elif word["pause"]:
            self.is_pause = True
        elif word["sign"] is not None:
            self.is_range = word["sign"] in "-–—"
        elif word["word"].lower() not in ("и", "с", "в", "по", "до"):
            self._day(word["word"].lower())

    def finished(self) -> list[dict[str, Any]]:
        self._unless(bool(self.found) and (self.has_times or not self.days) and not self.is_pause)
        return self.found

    def _day(self, word: str) -> None:
        days = NAMES.get(word, ())
        self._unless(bool(days))
        if self.has_times:
            self.days, self.has_times = [], False
        if self.is_range and self.days:
            first, last = WEEKDAYS.index(self.days[-1]), WEEKDAYS.index(days[0])
            self._unless(first < last)
            days = WEEKDAYS[first + 1 : last + 1]
        self.days += [day for day in days if day not in self.days]
        self.is_range = False

    def _times(self, *parts: str | None) -> None:
        opens, closes = (f"{int(hour or 0):02d}:{minute or '00'}" for hour, minute in (parts[:2], parts[2:]))
        self._unless(bool(self.days))
        if self.is_pause:
            last = self.found.pop() if self.found else {}
            self._unless(bool(last) and last["opens"] < opens < closes < last["closes"])
            self.found += [{**last, "closes": opens}, {**last, "opens": closes}]
        else:
            self.found.append({"days": list(self.days), "opens": opens, "closes": closes})
        self.has_times, self.is_pause = True, False

    def _unless(self, understood: bool) -> None:
        if not understood:
            raise wrong(f"{HOW}; здесь {shown(self.text)}")


Week = Annotated[
    tuple[Hours, ...], Written(r".*[А-Яа-яё].*\d.*", HOW), BeforeValidator(_from_words), AfterValidator(_no_overlap)
]
"""The hours of a week: a list of parts, or words: `пн–чт 10:00–19:00; сб 10:00–17:00`."""

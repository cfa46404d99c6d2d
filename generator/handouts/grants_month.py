"""The sheets `grants-month-<yyyy-mm>`: a month as a grid, its deadlines overleaf; in large type, a list by day."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, time
from itertools import accumulate, count, repeat, takewhile
from typing import Any

from generator import russian
from generator.catalog.months import months, next_month
from generator.fields.moment import Moment
from generator.handouts.sheet import Subject
from generator.handouts.wording import Due, Wording
from generator.records.meetup import Meetup

MORNING = time(6)
"""What closes before it, on the next day here, closes in the night."""


def each_month(wording: Wording) -> Iterator[Subject]:
    """Yield the months from this one to that of the last deadline, the next one at least; of them those asked for."""
    first, last = wording.choice.first, wording.choice.last
    this = wording.today.replace(day=1)
    dues = (due.round.deadline.date for due in wording.rounds())
    end = max([next_month(this), *(day.replace(day=1) for day in dues if day)])
    every = list(takewhile(lambda month: month <= end, accumulate(repeat(this), lambda month, _: next_month(month))))
    asked = [month for month in every if (first or month) <= month <= (last or month)]
    on_site = {month.first for month in months(wording.catalog)}
    for month in asked or [last or first or this]:
        page = f"/calendar/{month:%Y-%m}/" if month in on_site else "/calendar/"
        yield Subject(f"grants-month-{month:%Y-%m}", page, f"{russian.month_name(month)} {month.year}", month)


def grants_month(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return a month's weeks with what falls on each day, what is awaited without a day, and what comes next."""
    month: date = subject.of
    dues = wording.rounds()
    here = [due for due in dues if _is_in(due.round.deadline, month)]
    meetups = [each for each in wording.catalog.of("meetup") if each.status != "cancelled" and _is_in(each.date, month)]
    later = (due for due in dues if due.round.deadline.is_dated and _is_later(due.round.deadline, month, wording.today))
    return {
        "month": russian.in_month_words(month),
        "weekdays": list(wording.words["weekday"].values()),
        "weeks": list(_weeks(wording, month, here, _stages(wording, dues), meetups)),
        "awaited": [wording.due(due) for due in here if not due.round.deadline.is_dated],
        "meetups": [_meetup(wording, meetup) for meetup in meetups if not meetup.date.is_dated],
        "next": next((wording.due(due) for due in later), None),
    }


def _is_in(moment: Moment, month: date) -> bool:
    return moment.date is not None and moment.date.replace(day=1) == month


def _is_later(moment: Moment, month: date, today: date) -> bool:
    return moment.date is not None and moment.date >= max(next_month(month), today)


def _stages(wording: Wording, dues: list[Due]) -> dict[date, list[dict[str, Any]]]:
    """Return the steps before a deadline that have a day of their own, by that day."""
    found: dict[date, list[dict[str, Any]]] = {}
    for due in dues:
        for stage in due.round.stages:
            if stage.deadline.is_dated and stage.deadline.date:
                told = {"step": stage.title, **_call(wording, due), "deadline": wording.moment(stage.deadline)}
                found.setdefault(stage.deadline.date, []).append(told | {"clocks": _clocks(wording, stage.deadline)})
    return found


def _weeks(
    wording: Wording, month: date, dues: list[Due], stages: dict[date, list[dict[str, Any]]], meetups: list[Meetup]
) -> Iterator[list[Any]]:
    """Yield a month's weeks, Monday first; None for a day of a neighbouring month."""
    dated = [due for due in dues if due.round.deadline.is_dated]
    numbers = count(1)
    for week in calendar.Calendar().monthdatescalendar(month.year, month.month):
        yield [
            {
                "day": day.day,
                "words": russian.day_words(day),
                "weekday": russian.weekday_short(day),
                "passed": day < wording.today,
                "meetups": [_meetup(wording, each) for each in meetups if each.date.is_dated and each.date.date == day],
                "stages": stages.get(day, []),
                "calls": [
                    {"number": next(numbers), **_call(wording, due)} for due in dated if due.round.deadline.date == day
                ],
            }
            if day.month == month.month
            else None
            for day in week
        ]


def _call(wording: Wording, due: Due) -> dict[str, Any]:
    """Return what stands of a call in a cell and in the list."""
    return {"name": due.grant.calendar_name, "clocks": _clocks(wording, due.round.deadline), **wording.call(due)}


def _meetup(wording: Wording, meetup: Meetup) -> dict[str, Any]:
    hours = [clock["hour"] for clock in _clocks(wording, meetup.date)]
    return {
        "title": meetup.title,
        "example": meetup.example,
        "place": meetup.place,
        "when": meetup.date.words or russian.month_words(meetup.date.date) if meetup.date.date else None,
        "hours": "–".join([*hours[-1:], *([russian.clock_words(meetup.ends)] if hours and meetup.ends else [])]),
    }


def _clocks(wording: Wording, moment: Moment) -> list[dict[str, Any]]:
    """Return Moscow's clock, then ours where it differs: the hour, and the day where it is not that of the cell."""
    extra = wording.settings.extra
    rows = enumerate(russian.clocks(moment, extra.place.town, extra.time_zone))
    return [
        {
            "hour": russian.clock_words(row.time),
            "day": row.day.day if row.shifted else None,
            "at_night": bool(moment.date and row.day > moment.date and row.time < MORNING),
        }
        for number, row in rows
        if number == 0 or row.place == extra.place.town
    ]

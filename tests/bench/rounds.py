"""The dated part of the records: rounds of calls, in every precision that a moment has, and days of meetings."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.bench.records import TODAY, Cancelled, Moment, Moved, Round

SEASONS = ("зима", "весна", "лето", "осень")
CLOCKS = ("10:00", "17:00", "18:00", "23:30", "23:59")
ZONES = ("", "", "", "", "Europe/Samara", "Asia/Yekaterinburg")


def rounds(chance: Random) -> tuple[Round, ...]:
    """Return one to four rounds, their deadlines within a year of today."""
    count = chance.choices((1, 2, 3, 4), (60, 25, 10, 5))[0]
    step = 730 // count
    first = TODAY - timedelta(365) + timedelta(chance.randrange(step))
    return tuple(_round(chance, number, first + timedelta(number * step)) for number in range(count))


def meeting(chance: Random, day: date) -> Moment:
    """Return when a meeting is: mostly a day with an hour."""
    form = chance.random()
    if form < 0.8:
        return Moment("exact", day, "16:00", "Europe/Samara")
    return Moment("day", day) if form < 0.9 else Moment("month", day.replace(day=1))


def _round(chance: Random, number: int, closes: date) -> Round:
    deadline = _deadline(chance, closes)
    rolling = deadline.precision in ("rolling", "unknown")
    opens = closes - timedelta(chance.randint(20, 60))
    results = closes + timedelta(chance.randint(30, 60))
    start = results + timedelta(15)
    end = start + timedelta(chance.randint(90, 330))
    detailed = not rolling and chance.random() < 0.7
    return Round(
        key=f"r{number + 1}",
        title=f"{SEASONS[closes.month % 12 // 3]} {closes.year}",
        opens=Moment("exact", opens, "09:00") if chance.random() < 0.3 else Moment("day", opens),
        recommended=Moment("day", closes - timedelta(7)) if deadline.precision == "exact" else None,
        deadline=deadline,
        results=None
        if rolling
        else Moment("month", results.replace(day=1))
        if chance.random() < 0.3
        else Moment("day", results),
        start=Moment("day", start) if detailed else None,
        end=Moment("day", end) if detailed else None,
        report=Moment("day", end + timedelta(30)) if detailed else None,
        cancelled=Cancelled(closes - timedelta(10), "организатор не собрал средства")
        if chance.random() < 0.03
        else None,
    )


def _deadline(chance: Random, closes: date) -> Moment:
    precision = chance.choices(("exact", "day", "month", "forecast", "rolling", "unknown"), (45, 25, 8, 10, 6, 6))[0]
    if precision in ("rolling", "unknown"):
        return Moment(precision)
    if precision == "month":
        return Moment(precision, closes.replace(day=1))
    if precision == "forecast":
        return Moment(precision, closes, words=f"не ранее середины {closes.year} года")
    moved = (Moved(closes - timedelta(14), closes - timedelta(20)),) if chance.random() < 0.1 else ()
    return Moment(
        precision, closes, chance.choice(CLOCKS) if precision == "exact" else "", chance.choice(ZONES), was=moved
    )

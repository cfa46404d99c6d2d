"""Kinds of records: statuses, moments and rules that golden files don't show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from generator.fields.base import field_docs
from generator.fields.eligibility import APPLICANTS, Place
from generator.records import KINDS, Setting, parse
from generator.records.centre import Centre
from generator.records.grant import Grant
from generator.records.meetup import Meetup
from generator.records.post import Post
from generator.records.record import Record
from generator.records.rounds import Round
from generator.source import Source

TODAY = date(2026, 11, 20)
CALL = {
    "slug": "call",
    "path": "grants/call.yml",
    "title": "Конкурс",
    "level": "private",
    "funder": "fund",
    "applicants": {"others": "yes"},
    "added": "2026-11-12",
    "checked": "2026-11-12",
}
OFF = {"date": "2026-11-01"}


def grant(*rounds: Mapping[str, object], **fields: object) -> Grant:
    named = [{"key": f"r{number}", **round_} for number, round_ in enumerate(rounds)]
    return Grant.model_validate({**CALL, "rounds": named, **fields})


def round_of(**moments: object) -> Round:
    return Round.model_validate({"key": "main", **moments})


def meetup(day: object, **fields: object) -> Meetup:
    about = {"slug": "a", "path": "content/meetups/a.md", "title": "А", "status": "planned", "checked": "2026-11-12"}
    return Meetup.model_validate({**about, "date": day, **fields})


@pytest.mark.parametrize(
    ("days_left", "status"),
    [(30, "open"), (8, "open"), (7, "closing"), (1, "closing"), (0, "closing"), (-1, "closed"), (-400, "closed")],
)
@pytest.mark.parametrize("hour", ["", " 00:00", " 23:59"])
def test_a_round_is_closing_for_the_last_seven_days_and_the_day_itself(days_left: int, status: str, hour: str) -> None:
    assert round_of(deadline=f"{TODAY + timedelta(days=days_left)}{hour}").status(TODAY) == status


@pytest.mark.parametrize(
    ("moments", "status"),
    [
        ({"opens": "2026-11-21", "deadline": "2026-12-31"}, "upcoming"),
        ({"opens": "2026-11-21", "deadline": "2026-11-22"}, "upcoming"),
        ({"opens": "2026-11-20 23:00", "deadline": "2026-12-31"}, "open"),
        ({"opens": "unknown", "deadline": "2026-12-31"}, "open"),
        ({"opens": "2026-11-21", "deadline": "rolling"}, "upcoming"),
        ({"opens": "2026-11-20", "deadline": "rolling"}, "rolling"),
        ({"deadline": "unknown"}, "forecast"),
        ({"deadline": "2026-11"}, "forecast"),
        ({"opens": "2026-11-01", "deadline": "2026-12"}, "forecast"),
        ({"deadline": {"date": "2020-01-01", "precision": "forecast"}}, "forecast"),
        ({"deadline": "2026-11-25", "cancelled": OFF}, "cancelled"),
        ({"deadline": "rolling", "cancelled": OFF}, "cancelled"),
    ],
)
def test_a_round_has_the_status_of_its_moments(moments: dict[str, object], status: str) -> None:
    assert round_of(**moments).status(TODAY) == status


def test_a_leap_day_is_a_deadline_like_any_other() -> None:
    leap = round_of(deadline="2028-02-29")
    assert [leap.status(date(2028, 2, 29)), leap.status(date(2028, 3, 1))] == ["closing", "closed"]


@pytest.mark.parametrize(
    ("rounds", "status"),
    [
        (["2026-01-01", "2026-11-25", "2027-11-25", "rolling"], "closing"),
        (["2026-01-01", "2026-12-31", "rolling"], "open"),
        (["2026-01-01", "rolling", "unknown"], "rolling"),
        (["2026-01-01", "unknown"], "forecast"),
        (["2026-01-01", "2025-01-01"], "closed"),
    ],
)
def test_a_call_has_the_first_status_of_its_rounds(rounds: list[str], status: str) -> None:
    assert grant(*({"deadline": deadline} for deadline in rounds)).status(TODAY) == status
    assert grant(*({"deadline": deadline} for deadline in reversed(rounds))).status(TODAY) == status


def test_a_call_is_cancelled_when_all_its_rounds_are() -> None:
    off = {"deadline": "2026-11-25", "cancelled": OFF}
    assert grant(off, off | {"deadline": "rolling"}).status(TODAY) == "cancelled"
    assert grant(off, {"deadline": "2026-01-01"}).status(TODAY) == "closed"


def test_a_round_that_is_still_to_open_is_upcoming_before_a_forecast() -> None:
    opening = {"opens": "2026-12-01", "deadline": "2026-12-31"}
    assert grant(opening, {"deadline": "unknown"}).status(TODAY) == "upcoming"


def test_a_deadline_in_the_month_or_on_the_day_of_the_opening_is_right() -> None:
    assert round_of(opens="2026-12-15", deadline="2026-12")
    assert round_of(opens="2026-12-15", deadline="2026-12-15")
    assert round_of(opens="2026-12", deadline="2026-12-15")
    assert round_of(opens="rolling", deadline="2026-12-15")
    assert round_of(deadline="2026-12-15", results="2026-12")


def test_moments_of_a_round_come_in_order_of_time() -> None:
    stage = {"key": "town", "title": "город", "deadline": "2026-12-01"}
    call = grant({"opens": "2026-11-01", "recommended": "2026-12-08", "stages": [stage], "deadline": "2026-12-15"})
    assert [stone.what for stone in call.milestones()] == ["opens", "stage", "recommended", "deadline"]


def test_a_moment_s_key_is_unique_in_its_record_and_holds_no_date() -> None:
    stages = [{"key": name, "title": name, "deadline": "2026-12-01"} for name in ("town", "land")]
    every = {"opens": "2026-11-01", "stages": stages, "deadline": "2026-12-15", "results": "2027-01-15"}
    keys = [stone.key for stone in grant(every, every).milestones()]
    assert len(keys) == len(set(keys)) == 10
    assert "r1/stage-town" in keys
    assert not any("202" in key for key in keys)


def test_cancelled_moments_say_so() -> None:
    call = grant({"deadline": "2026-12-15", "cancelled": OFF}, {"deadline": "2026-12-16"})
    assert [stone.cancelled for stone in call.milestones()] == [True, False]


def test_calls_are_listed_by_their_last_deadline_the_latest_first_and_undated_before_them() -> None:
    calls = {
        "past": grant({"deadline": "2026-01-01"}),
        "far": grant({"deadline": "2020-01-01"}, {"deadline": "2027-01-01 10:00"}),
        "later": grant({"deadline": "2027-01-01"}),
        "rolling": grant({"deadline": "2028-01-01"}, {"deadline": "rolling"}),
    }
    assert sorted(calls, key=lambda name: calls[name].sort_key()) == ["rolling", "later", "far", "past"]


def test_a_call_names_its_applicants_by_answer_in_the_usual_order() -> None:
    call = grant(
        {"deadline": "rolling"}, applicants={"library": "yes", "nko": "yes", "person": "partner", "others": "no"}
    )
    assert [entry.who for entry in call.who("yes")] == ["nko", "library"]
    assert [entry.who for entry in call.who("partner")] == ["person"]
    assert len(call.who("no")) == len(APPLICANTS) - 3


def test_a_call_has_a_short_address_and_a_short_name() -> None:
    call = grant({"deadline": "rolling"}, short="Мост")
    assert list(call.short_addresses()) == ["/g/call/"]
    assert (call.calendar_name, grant({"deadline": "rolling"}).calendar_name) == ("Мост", "Конкурс")


def test_a_call_suits_a_town_within_its_limits() -> None:
    call = grant({"deadline": "rolling"}, limits={"population_to": 50_000})
    assert call.suits(Place("Малый", "Пермский край", 50_000))
    assert not call.suits(Place("Большой", "Пермский край", 50_001))


def test_a_record_changed_on_the_later_of_two_days() -> None:
    assert grant({"deadline": "rolling"}).changed == date(2026, 11, 12)
    assert grant({"deadline": "rolling"}, updated="2026-11-18").changed == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("day", "status", "ahead"),
    [
        ("2026-11-20", "planned", True),
        ("2026-11-19", "planned", False),
        ("2026-11", "planned", True),
        ("2026-10", "moved", False),
        ("unknown", "moved", True),
        ("2026-12-01", "cancelled", False),
        ("2026-12-01", "held", False),
    ],
)
def test_a_meetup_is_ahead_until_its_last_day_is_over(day: str, status: str, ahead: bool) -> None:
    assert meetup(day, status=status).is_ahead(TODAY) is ahead


def test_a_meetup_knows_its_year_however_little_else_is_known() -> None:
    assert meetup("2026-04").year_of() == 2026
    assert meetup("unknown", year="2019").year_of() == 2019
    assert meetup("unknown").year_of() is None


def test_a_post_without_an_hour_came_out_at_noon() -> None:
    fields = {"slug": "a", "path": "content/news/a.md", "title": "А", "date": "2026-11-20", "rubric": "centre"}
    assert str(Post.model_validate(fields).news()) == "2026-11-20 12:00:00"
    early, late = (Post.model_validate(fields | {"time": hour}) for hour in ("09:00", "18:30"))
    assert late.sort_key() < early.sort_key()


def centre(*hours: tuple[list[str], str, str]) -> Centre:
    about = {"slug": "a", "path": "content/centre/a.md", "title": "А", "short_address": "А", "contacts": {}}
    return Centre.model_validate(
        {**about, "hours": [{"days": days, "opens": opens, "closes": closes} for days, opens, closes in hours]}
    )


def test_neighbouring_days_of_the_same_hours_are_put_together() -> None:
    week = centre(
        (["mon", "tue", "thu"], "10:00", "13:00"), (["mon", "tue"], "14:00", "18:00"), (["sun"], "11:00", "15:00")
    )
    assert [(span.first, span.last, len(span.times)) for span in week.week_in_spans()] == [
        *(("mon", "tue", 2), ("wed", "wed", 0), ("thu", "thu", 1), ("fri", "sat", 0), ("sun", "sun", 1)),
    ]


def parsed(text: dict[str, Any], kind: type[Record] = KINDS["page"]) -> list[str]:
    source = Source("content/pages/a.md", text, {(name,): line for line, name in enumerate(text, 2)})
    return [str(problem) for problem in parse(source, kind, Setting({}, lambda path: False, "Europe/Moscow")).problems]


@pytest.mark.parametrize("name", ["slug", "path", "body"])
@pytest.mark.parametrize("value", ["a", None, ["a"]])
def test_what_the_reader_sets_cannot_stand_in_a_file(name: str, value: object) -> None:
    assert parsed({"title": "А", name: value}) == [f"content/pages/a.md:3: {name}: такого поля нет"]


def test_each_kind_is_known_by_its_own_word_folder_and_address() -> None:
    assert all(name == kind.kind for name, kind in KINDS.items())
    assert len({kind.folder for kind in KINDS.values()}) == len(KINDS)
    assert len({kind.section for kind in KINDS.values()}) == len(KINDS)


def test_each_field_of_each_kind_says_in_russian_what_it_is_for() -> None:
    silent = [
        f"{kind.__name__}.{name}"
        for kind in KINDS.values()
        for name in kind.model_fields
        if not field_docs(kind).get(name)
    ]
    assert silent == []

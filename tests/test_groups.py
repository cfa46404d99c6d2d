"""The lists that outputs show: calls by month, news by page and month, the calendar's tables."""

from __future__ import annotations

from datetime import date

import pytest

from generator.catalog import Catalog, groups
from generator.catalog.months import months, next_month
from generator.fields.eligibility import Place
from generator.markdown import Body
from generator.records.grant import Grant
from generator.records.meetup import Meetup
from generator.records.post import Post
from generator.records.record import Record

TODAY = date(2026, 11, 20)
TOWN = Place("Самоцветск", "Свердловская область", 24_000)


def grant(slug: str, *deadlines: object, **fields: object) -> Grant:
    rounds = [{"key": f"r{n}", "deadline": deadline} for n, deadline in enumerate(deadlines)]
    return Grant.model_validate(
        {
            "slug": slug,
            "path": f"grants/{slug}.yml",
            "title": slug,
            "level": "private",
            "funder": "fund",
            "applicants": {"others": "yes"},
            "added": "2026-11-12",
            "checked": "2026-11-12",
            "rounds": rounds,
            **fields,
        }
    )


def post(slug: str, day: str) -> Post:
    return Post.model_validate(
        {"slug": slug, "path": f"content/news/{slug}.md", "title": slug, "date": day, "rubric": "centre"}
    )


def meetup(slug: str, day: str, **fields: object) -> Meetup:
    return Meetup.model_validate(
        {
            "slug": slug,
            "path": f"content/meetups/{slug}.md",
            "title": slug,
            "date": day,
            "status": "planned",
            "checked": "2026-11-12",
            **fields,
        }
    )


def slugs(found: groups.MonthGroup) -> tuple[date, list[str]]:
    return found.month, [record.slug for record in found.entries]


def test_calls_are_grouped_by_the_month_of_the_nearest_deadline_ahead() -> None:
    calls = groups.calls(
        [
            grant("late", "2027-01-31"),
            grant("today", "2026-11-20"),
            grant("rounds", "2026-03-01", "2026-12-31", "2027-01-01"),
            grant("soon", "2026-11-20 10:00"),
        ],
        TODAY,
    )
    assert [slugs(group) for group in calls.coming] == [
        (date(2026, 11, 1), ["soon", "today"]),
        (date(2026, 12, 1), ["rounds"]),
        (date(2027, 1, 1), ["late"]),
    ]
    assert len(calls.ahead + calls.over) == 4


def test_calls_without_a_day_ahead_are_rolling_then_forecast_then_past() -> None:
    forecast = {"date": "2027-06", "precision": "forecast"}
    calls = groups.calls(
        [
            grant("both", "2026-01-01", "rolling", "unknown"),
            grant("unknown", "unknown"),
            grant("month", "2027-03"),
            grant("forecast", "2026-01-01", forecast),
            grant("yesterday", "2026-11-19"),
            grant("older", "2026-11-01", "2026-02-28"),
            grant("leap", "2024-02-29"),
        ],
        TODAY,
    )
    assert calls.coming == ()
    assert [record.slug for record in calls.rolling] == ["both"]
    assert [record.slug for record in calls.forecast] == ["month", "forecast", "unknown"]
    assert [slugs(group) for group in calls.past] == [
        (date(2026, 11, 1), ["yesterday", "older"]),
        (date(2024, 2, 1), ["leap"]),
    ]
    assert len(calls.ahead + calls.over) == 7


def test_a_forecast_stands_by_the_date_that_is_awaited_and_not_by_one_that_passed() -> None:
    forecast = {"date": "2027-06", "precision": "forecast"}
    calls = groups.calls([grant("a", "2026-01-01", forecast), grant("b", "2027-03")], TODAY)
    assert [record.slug for record in calls.forecast] == ["b", "a"]


def test_a_call_with_all_rounds_cancelled_is_past() -> None:
    off = {"date": "2026-11-01"}
    rounds = [
        {"key": "a", "deadline": "2027-02-01", "cancelled": off},
        {"key": "b", "deadline": "rolling", "cancelled": off},
    ]
    calls = groups.calls([grant("off", rounds=rounds)], TODAY)
    assert (calls.coming, calls.rolling, calls.forecast) == ((), (), ())
    assert len(calls.ahead + calls.over) == 1


def test_no_calls_make_no_groups() -> None:
    assert not groups.calls([], TODAY).ahead


@pytest.mark.parametrize(("count", "sizes"), [(0, [0]), (1, [1]), (20, [20]), (21, [20, 1]), (41, [20, 20, 1])])
def test_a_long_list_is_cut_into_pages_and_an_empty_one_has_a_page(count: int, sizes: list[int]) -> None:
    sheets = groups.sheets([post(f"p{n}", "2026-01-01") for n in range(count)], 20)
    assert [len(sheet.entries) for sheet in sheets] == sizes
    assert [sheet.number for sheet in sheets] == list(range(1, len(sizes) + 1))
    assert {sheet.of for sheet in sheets} == {len(sizes)}


def test_news_is_grouped_by_month_the_latest_first() -> None:
    found = groups.by_month([post("c", "2027-01-01"), post("b", "2026-12-31"), post("a", "2024-02-29")])
    assert [slugs(group) for group in found] == [
        (date(2027, 1, 1), ["c"]),
        (date(2026, 12, 1), ["b"]),
        (date(2024, 2, 1), ["a"]),
    ]


def test_nearest_are_the_calls_open_to_the_town_each_by_its_next_round() -> None:
    elsewhere = {"regions": ["Удмуртская Республика"]}
    found = groups.nearest(
        [
            grant("rounds", "2026-01-01", "2026-12-20", "2026-12-10"),
            grant("past", "2026-11-19"),
            grant("elsewhere", "2026-11-21", limits=elsewhere),
            grant("today", "2026-11-20"),
            *(grant(f"later-{n}", f"2027-01-0{n}") for n in range(1, 6)),
        ],
        TOWN,
        TODAY,
    )
    assert [(record.slug, key) for record, key in found] == [
        *(("today", "r0"), ("rounds", "r2"), ("later-1", "r0"), ("later-2", "r0"), ("later-3", "r0")),
    ]


def shelved(*records: Record, most: int = 12) -> list[tuple[str, list[str], list[str]]]:
    found = groups.shelves(records, TODAY, most)
    return [
        (shelf.kind, [record.slug for record in shelf.first], [record.slug for record in shelf.rest]) for shelf in found
    ]


def test_records_are_apart_by_kind_in_the_order_in_which_kinds_come() -> None:
    records = (grant("a", "rolling"), post("b", "2026-01-01"), grant("c", "rolling"))
    assert shelved(*records) == [("grant", ["a", "c"], []), ("post", ["b"], [])]
    assert [shelf.section for shelf in groups.shelves(records, TODAY)] == ["/grants/", "/news/"]


def test_a_shelf_shows_so_many_in_full_and_counts_the_rest() -> None:
    records = [post(f"p{n}", "2026-01-01") for n in range(5)]
    assert shelved(*records, most=2) == [("post", ["p0", "p1"], ["p2", "p3", "p4"])]
    assert groups.shelves(records, TODAY, 2)[0].total == 5


def test_calls_that_are_over_stand_among_the_rest_however_few_there_are() -> None:
    records = (grant("over", "2026-11-19"), grant("later", "2026-12-31"), grant("soon", "2026-11-21"))
    assert shelved(*records) == [("grant", ["soon", "later"], ["over"])]
    assert shelved(records[0]) == [("grant", [], ["over"])]


def test_of_meetups_the_latest_comes_first() -> None:
    assert shelved(meetup("a", "2025-12-31"), meetup("b", "2026-02-01")) == [("meetup", ["b", "a"], [])]


def test_meetups_are_apart_by_year_the_latest_first_and_without_a_year_last() -> None:
    found = groups.by_year(
        [meetup("a", "2025-12-31"), meetup("b", "2026-01"), meetup("c", "2026-02-01"), meetup("d", "unknown")]
    )
    assert [(year, [record.slug for record in records]) for year, records in found] == [
        (2026, ["c", "b"]),
        (2025, ["a"]),
        (None, ["d"]),
    ]


def test_the_next_meetup_is_the_first_that_has_not_passed() -> None:
    ahead = [
        meetup("passed", "2026-11-19"),
        meetup("off", "2026-11-21", status="cancelled"),
        meetup("month", "2026-11"),
        meetup("later", "2026-12-05"),
    ]
    found = groups.next_planned(ahead, TODAY)
    assert found is ahead[2]
    assert groups.next_planned(ahead[:2], TODAY) is None


def catalog_of(today: date, *records: Record) -> Catalog:
    return Catalog(today, records, {})


def test_a_leap_february_has_its_day() -> None:
    found = months(catalog_of(date(2028, 2, 1), grant("leap", "2028-02-29")))
    assert [month.first for month in found] == [date(2028, 2, 1)]
    days = [day.day for week in found[0].weeks for day in week if day.day]
    assert len(days) == 29
    assert [(day.day, len(day.events)) for day in found[0].busy_days] == [(date(2028, 2, 29), 1)]


def test_months_run_on_over_the_year_s_edge_and_know_their_neighbours() -> None:
    found = months(catalog_of(TODAY, grant("a", "2027-02-28")))
    assert [(month.before, month.first, month.after) for month in found] == [
        (None, date(2026, 11, 1), date(2026, 12, 1)),
        (date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)),
        (date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)),
        (date(2027, 1, 1), date(2027, 2, 1), None),
    ]


def test_each_week_has_seven_days_from_monday_and_days_of_other_months_are_blank() -> None:
    (january,) = months(catalog_of(date(2027, 1, 15)))
    assert {len(week) for week in january.weeks} == {7}
    assert [day.day for day in january.weeks[0]] == [*(None,) * 4, date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)]
    assert january.weeks[-1][-1].day == date(2027, 1, 31)


def test_an_event_stands_in_one_month_only() -> None:
    found = months(catalog_of(date(2027, 1, 15), grant("a", "2027-02-01")))
    assert [[day.day for day in month.busy_days] for month in found] == [[], [date(2027, 2, 1)]]


def test_the_calendar_goes_two_years_back_and_no_further() -> None:
    found = months(catalog_of(TODAY, grant("old", "2024-10-31"), grant("kept", "2024-11-01")))
    assert found[0].first == date(2024, 11, 1)
    assert found[-1].first == date(2026, 11, 1)


def test_the_calendar_of_an_empty_catalog_is_this_month() -> None:
    assert [month.first for month in months(catalog_of(date(2028, 2, 29)))] == [date(2028, 2, 1)]


def test_the_month_after_december_is_january() -> None:
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert next_month(date(2027, 1, 1)) == date(2027, 2, 1)


def test_a_record_made_without_a_text_has_an_empty_one() -> None:
    assert grant("a", "rolling").body == Body()

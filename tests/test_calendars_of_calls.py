"""Calendars by topic, by applicant, of one call, of meetups: an event is one and the same in all of them."""

from __future__ import annotations

import re
from collections import Counter
from cProfile import Profile
from datetime import date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest

from generator.calendars import calendars
from generator.catalog import Catalog, load
from generator.fields.eligibility import APPLICANTS
from generator.records.grant import Grant
from generator.settings import load_settings
from generator.templating import Templating
from generator.typography import typeset
from tests.conftest import TODAY
from tests.test_calendars import Component, read, text_of

pytest_plugins = ("tests.browser",)

CALL = """\
title: {title}
level: private
funder: kamennyy-poyas
topics: [{topics}]
applicants: {{{applicants}}}
rounds:
{rounds}
source: https://example.org/
checked: 2026-11-12
added: 2026-11-12
"""
MEETUP = """\
---
title: Встреча {slug}
date: {date}
status: {status}
checked: 2026-11-12
{fields}
---
О встрече.
"""


def made(project: Path, today: date = TODAY) -> dict[str, Component]:
    templating = Templating(project, load_settings(project), today)
    return {found.path: read(found.content) for found in calendars(load(project, today), templating)}


def write_call(
    project: Path, slug: str, *rounds: str, applicants: str = "others: yes", topics: str = "town", title: str = ""
) -> None:
    lines = "\n".join(f"  - {round_}" for round_ in rounds)
    text = CALL.format(title=title or f"Конкурс {slug}", topics=topics, applicants=applicants, rounds=lines)
    (project / f"grants/{slug}.yml").write_text(text)


def write_meetup(project: Path, slug: str, day: str, status: str = "planned", fields: str = "") -> None:
    text = MEETUP.format(slug=slug, date=day, status=status, fields=fields)
    (project / f"content/meetups/{slug}.md").write_text(text)


def events(calendar: Component) -> dict[str, Component]:
    """Return a calendar's events by what stands before the @ in their UID."""
    return {event.value("UID").partition("@")[0]: event for event in calendar.named("VEVENT")}


@pytest.fixture
def empty(project: Path) -> Path:
    """The example with no calls and no meetups."""
    for path in [*project.glob("grants/*"), *project.glob("content/*/*.md"), *project.glob("ngos/*")]:
        if path.parent.name not in ("centre", "funders"):
            path.unlink()
    return project


@pytest.fixture(scope="session")
def own(own_site: Path) -> dict[str, Component]:
    """Every calendar of the repository's own site, by its path."""
    return {path.relative_to(own_site).as_posix(): read(path.read_bytes()) for path in sorted(own_site.rglob("*.ics"))}


def test_each_calendar_stands_at_its_address(own: dict[str, Component], own_catalog: Catalog) -> None:
    assert set(own) == {
        "calendar.ics",
        "calendars/meetups.ics",
        *(f"calendars/topics/{topic}.ics" for topic in own_catalog.topics_with_calls),
        *(f"calendars/applicants/{who}.ics" for who in APPLICANTS),
        *(f"grants/{call.slug}/deadline.ics" for call in own_catalog.of("grant") if _is_dated(call)),
        *(f"meetups/{meetup.slug}/event.ics" for meetup in own_catalog.of("meetup") if _is_dated(meetup)),
    }


def test_somebody_elses_parser_reads_calendars(own_site: Path, own: dict[str, Component]) -> None:
    for path, calendar in own.items():
        foreign = icalendar.Calendar.from_ical((own_site / path).read_bytes())
        assert [str(event["uid"]) for event in foreign.walk("VEVENT")] == [
            event.value("UID") for event in calendar.named("VEVENT")
        ]
        assert not [event.errors for event in foreign.walk() if event.errors]


def test_an_event_is_the_same_in_calendars(own: dict[str, Component]) -> None:
    found: dict[str, list[Component]] = {}
    for calendar in own.values():
        for uid, event in events(calendar).items():
            found.setdefault(uid, []).append(event)
    assert max(map(len, found.values())) > 5
    for versions in found.values():
        assert all(version == versions[0] for version in versions)


def test_a_uid_stands_once_in_a_calendar(own: dict[str, Component]) -> None:
    for calendar in own.values():
        uids = Counter(event.value("UID") for event in calendar.named("VEVENT"))
        assert not uids or max(uids.values()) == 1


def test_every_calendar_names_itself_and_explains_its_zones(own: dict[str, Component]) -> None:
    names = [text_of(calendar.value("X-WR-CALNAME")) for calendar in own.values()]
    assert len(set(names)) == len(names)
    for calendar in own.values():
        assert calendar.value("NAME") == calendar.value("X-WR-CALNAME")
        assert calendar.line("REFRESH-INTERVAL") == ("REFRESH-INTERVAL", {"VALUE": "DURATION"}, "PT12H")
        lines = [line for event in calendar.named("VEVENT") for line in event.lines]
        used = {line.parameters["TZID"] for line in lines if "TZID" in line.parameters}
        assert sorted(used) == [zone.value("TZID") for zone in calendar.named("VTIMEZONE")]
    assert text_of(own["calendars/topics/culture.ics"].value("NAME")) == typeset(
        "Проект+: сроки конкурсов — Культура и искусство"
    )


def test_a_topics_calendar_holds_the_calls_on_that_topic(own: dict[str, Component], own_catalog: Catalog) -> None:
    whole = events(own["calendar.ics"])
    for topic in own_catalog.topics_with_calls:
        calls = {call.slug for call in own_catalog.of("grant") if topic in call.topics}
        wanted = [uid for uid in whole if uid.split("/")[1] in calls]
        assert list(events(own[f"calendars/topics/{topic}.ics"])) == wanted


def test_an_applicants_calendar_holds_what_it_may_apply_for(own: dict[str, Component], own_catalog: Catalog) -> None:
    whole = events(own["calendar.ics"])
    for who in APPLICANTS:
        calls = {
            call.slug
            for call in own_catalog.of("grant")
            if isinstance(call, Grant) and call.applicants[who].may != "no"
        }
        wanted = [uid for uid in whole if uid.split("/")[1] in calls]
        assert list(events(own[f"calendars/applicants/{who}.ics"])) == wanted


def test_who_needs_a_partner_is_told_so(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-12-20}", applicants="nko: yes, library: partner, others: no")
    found = made(empty)
    assert [who for who in APPLICANTS if events(found[f"calendars/applicants/{who}.ics"])] == ["nko", "library"]
    (event,) = events(found["calendars/applicants/library.ics"]).values()
    assert "Кому можно: НКО. Через партнёра: библиотека." in text_of(event.value("DESCRIPTION"))


def test_a_town_that_may_not_apply_is_told_so(project: Path) -> None:
    found = events(made(project)["calendar.ics"])
    about = {uid: text_of(event.value("DESCRIPTION")) for uid, event in found.items()}
    assert (
        typeset("Самоцветску не подходит: только Удмуртская Республика.") in about["grant/knizhnyy-most/osen/deadline"]
    )
    assert "не подходит" not in about["grant/dvor-2026/main/deadline"]


def test_a_call_that_is_over_keeps_its_events_in_its_own_calendar_only(empty: Path) -> None:
    write_call(empty, "a", "{key: main, opens: 2018-02-01, deadline: 2018-03-26 23:30}")
    found = made(empty)
    assert list(events(found["grants/a/deadline.ics"])) == ["grant/a/main/opens", "grant/a/main/deadline"]
    assert events(found["calendar.ics"]) == events(found["calendars/topics/town.ics"]) == {}


def test_a_zones_rules_reach_back_to_the_oldest_event(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2013-07-01 23:30}")
    templating = Templating(empty, load_settings(empty), TODAY)
    files = {found.path: found.content for found in calendars(load(empty, TODAY), templating)}
    (zone,) = icalendar.Calendar.from_ical(files["grants/a/deadline.ics"]).walk("VTIMEZONE")
    assert isinstance(zone, icalendar.Timezone)
    # Until October 2014 Moscow was four hours ahead of Greenwich.
    assert datetime(2013, 7, 1, 23, 30, tzinfo=zone.to_tz()).utcoffset() == timedelta(hours=4)
    assert datetime(2016, 7, 1, 23, 30, tzinfo=zone.to_tz()).utcoffset() == timedelta(hours=3)


def test_a_call_without_a_day_has_no_calendar_of_its_own_but_its_topic_has_one(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: rolling}")
    found = made(empty)
    assert "grants/a/deadline.ics" not in found
    assert found["calendars/topics/town.ics"].inside == []
    assert found["calendars/applicants/nko.ics"].value("VERSION") == "2.0"


def test_a_project_with_nothing_in_it_has_its_calendars_all_the_same(empty: Path) -> None:
    found = made(empty)
    assert set(found) == {
        "calendar.ics",
        "calendars/meetups.ics",
        *(f"calendars/applicants/{who}.ics" for who in APPLICANTS),
    }
    assert all(calendar.inside == [] for calendar in found.values())


def test_a_moved_deadline_moves_in_every_calendar_that_holds_it(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-12-20}")
    before = made(empty)
    write_call(empty, "a", "{key: main, deadline: {date: 2027-01-10, was: [{date: 2026-12-20, moved: 2026-11-19}]}}")
    after = made(empty)
    holding = [path for path, calendar in before.items() if events(calendar)]
    assert len(holding) == 1 + 1 + len(APPLICANTS) + 1
    for path in holding:
        (old,), (new,) = events(before[path]).values(), events(after[path]).values()
        assert old.value("UID") == new.value("UID")
        assert int(new.value("SEQUENCE")) > int(old.value("SEQUENCE"))
        assert (old.value("DTSTART"), new.value("DTSTART")) == ("20261220", "20270110")


def test_an_update_replayed_by_uid_and_sequence_leaves_one_event_on_the_new_day(empty: Path) -> None:
    book: dict[str, Component] = {}
    moved = "{key: main, deadline: {date: 2027-01-10, was: [{date: 2026-12-20, moved: 2026-11-19}]}}"
    for round_ in ("{key: main, deadline: 2026-12-20}", moved):
        write_call(empty, "a", round_)
        for uid, event in events(made(empty)["calendar.ics"]).items():
            if uid not in book or int(event.value("SEQUENCE")) > int(book[uid].value("SEQUENCE")):
                book[uid] = event
    assert [(uid, event.value("DTSTART")) for uid, event in book.items()] == [("grant/a/main/deadline", "20270110")]


def test_an_opening_without_an_hour_is_a_day_and_not_the_end_of_one(empty: Path) -> None:
    write_call(empty, "a", "{key: main, opens: 2026-12-01, deadline: 2026-12-20}")
    about = [text_of(event.value("DESCRIPTION")) for event in events(made(empty)["calendar.ics"]).values()]
    opens, deadline = (text.replace("\xa0", " ") for text in about)
    assert "Приём открывается: 1 декабря 2026 года, вт." in opens
    assert "Приём закрывается: до конца дня 20 декабря 2026 года, по Москве." in deadline


def test_each_remark_of_a_description_stands_in_a_line_of_its_own(project: Path) -> None:
    event = events(made(project)["calendar.ics"])["grant/knizhnyy-most/osen/deadline"]
    lines = text_of(event.value("DESCRIPTION")).replace("\xa0", " ").split("\n")
    assert lines[0] == "Книжный мост, осень (пример)."
    assert "Срок перенесён 18 ноября 2026 года, раньше был 30 ноября 2026 года." in lines
    assert "Источники расходятся: другой называет 14 декабря 2026 года. Проверьте у организатора." in lines
    assert ["", ""] not in [lines[at : at + 2] for at in range(len(lines))]


@pytest.mark.parametrize(
    ("day", "fields", "start", "end"),
    [
        (
            "{date: 2026-12-10, time: '16:00', zone: Europe/Samara}",
            "ends: '17:30'",
            "20261210T160000",
            "20261210T173000",
        ),
        ("{date: 2026-12-10, time: '16:00', zone: Europe/Samara}", "", "20261210T160000", "20261210T180000"),
        (
            "{date: 2026-12-31, time: '22:00', zone: Europe/Samara}",
            "ends: '01:00'",
            "20261231T220000",
            "20270101T010000",
        ),
        ("{date: 2026-12-31, time: '23:00', zone: Europe/Samara}", "", "20261231T230000", "20270101T010000"),
        ("2026-12-10", "", "20261210", "20261211"),
    ],
)
def test_a_meetup_lasts_as_long_as_it_says_or_two_hours(
    day: str, fields: str, start: str, end: str, empty: Path
) -> None:
    write_meetup(empty, "m", day, fields=fields)
    found = made(empty)
    (event,) = events(found["calendars/meetups.ics"]).values()
    assert event.value("UID") == "meetup/m/meetup@bereg.example.org"
    assert [event.value(name) for name in ("DTSTART", "DTEND")] == [start, end]
    assert events(found["meetups/m/event.ics"]) == {"meetup/m/meetup": event}


def test_a_meetup_says_where_it_is_and_when_by_both_clocks(project: Path) -> None:
    (event,) = events(made(project)["meetups/2026-12-05-zayavka/event.ics"]).values()
    about = text_of(event.value("DESCRIPTION")).replace("\xa0", " ")
    assert text_of(event.value("LOCATION")) == "Читальный зал"
    assert "Намечена: 5 декабря 2026 года, сб, 15:00 по Москве; в Самоцветске 17:00, закончится в 19:00." in about
    assert [alarm.value("TRIGGER") for alarm in event.named("VALARM")] == ["-P7D", "-P1D"]


def test_a_cancelled_meetup_stays_and_says_so(empty: Path) -> None:
    write_meetup(empty, "m", "2026-12-10", "cancelled")
    (event,) = events(made(empty)["calendars/meetups.ics"]).values()
    assert (event.value("STATUS"), event.value("SEQUENCE")) == ("CANCELLED", "1")
    assert text_of(event.value("SUMMARY")).startswith("Отменён")
    assert event.named("VALARM") == []


def test_a_meetup_whose_day_is_not_known_is_in_no_calendar(empty: Path) -> None:
    write_meetup(empty, "m", "2026-12")
    write_meetup(empty, "n", "unknown")
    found = made(empty)
    assert found["calendars/meetups.ics"].inside == []
    assert not [path for path in found if path.startswith("meetups/")]


def test_a_past_meetup_leaves_the_calendar_after_twelve_months_but_not_its_own(empty: Path) -> None:
    write_meetup(empty, "m", "2025-11-19", "held")
    found = made(empty)
    assert events(found["calendars/meetups.ics"]) == {}
    assert list(events(found["meetups/m/event.ics"])) == ["meetup/m/meetup"]


def test_the_same_content_and_day_give_the_same_calendars(project: Path) -> None:
    assert made(project) == made(project)


def test_a_passing_day_changes_no_event(project: Path) -> None:
    before, after = made(project), made(project, TODAY + timedelta(days=40))
    assert {path: events(calendar) for path, calendar in before.items()} == {
        path: events(calendar) for path, calendar in after.items()
    }


def test_long_names_fold_between_letters(empty: Path) -> None:
    title = "Ж" * 180
    write_call(empty, "a" * 60, "{key: main, deadline: 2026-12-20 23:30}", title=title)
    found = made(empty)
    (event,) = events(found[f"grants/{'a' * 60}/deadline.ics"]).values()
    assert text_of(event.value("SUMMARY")) == f"Подать заявку: {title}"
    assert event.value("UID") == f"grant/{'a' * 60}/main/deadline@bereg.example.org"


def test_a_hundred_calls_in_fourteen_calendars_cost_little(empty: Path) -> None:
    for number in range(100):
        write_call(empty, f"a{number}", "{key: main, opens: 2026-12-01 10:00, deadline: 2026-12-20 23:30}")
    catalog, templating = load(empty, TODAY), Templating(empty, load_settings(empty), TODAY)
    work = Profile()
    found = work.runcall(list, calendars(catalog, templating))
    # Calls of functions, of which a busy machine makes no more; events made anew in every calendar take 1,500,000.
    assert sum(each.callcount for each in work.getstats()) < 500_000
    assert sum(len(re.findall(rb"BEGIN:VEVENT", file.content)) for file in found) == 200 * (1 + 1 + 12 + 1)


def _is_dated(record: object) -> bool:
    assert hasattr(record, "milestones")
    shown = ("opens", "stage", "deadline", "meetup")
    return any(stone.moment.is_dated and stone.what in shown for stone in record.milestones())

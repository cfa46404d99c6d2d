"""The deadline calendar, read by the rules of RFC 5545 and by somebody else's parser, and held against the pages."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

import icalendar
import pytest
from icalendar.parser import Contentline
from icalendar.prop import vText
from pypdf import PdfReader

from generator.calendars import calendars
from generator.calendars.lines import text_line
from generator.catalog import load
from generator.russian import month_of
from generator.settings import load_settings
from generator.templating import Templating
from generator.typography import typeset
from tests.conftest import TODAY

pytest_plugins = ("tests.browser",)

CALL = """\
title: {title}
level: private
funder: kamennyy-poyas
applicants: {{others: yes}}
rounds:
{rounds}
source: https://example.org/
checked: {checked}
added: 2026-10-01
"""
MONTHS = [month_of(date(2026, month, 1)) for month in range(1, 13)]
PRINTED = re.compile(
    r"Подать не позже (?:(?P<year>\d{4}) )?(?P<day>\d+) (?P<month>[а-я]+), [а-я]{2}\b(?P<clocks>.*?)"
    r"proekt-plus\.example\.org/g/(?P<call>[a-z0-9-]+)"
)
"""What stands on the printed list about a call with a day; the short address ends its entry."""


class Line(NamedTuple):
    """A content line of iCalendar, taken apart (RFC 5545, 3.1)."""

    name: str
    parameters: dict[str, str]
    value: str


class Component(NamedTuple):
    """A component of iCalendar: its name, lines and what stands inside it."""

    name: str
    lines: list[Line]
    inside: list[Component]

    def value(self, name: str) -> str:
        return self.line(name).value

    def line(self, name: str) -> Line:
        (found,) = [line for line in self.lines if line.name == name]
        return found

    def named(self, name: str) -> list[Component]:
        return [component for component in self.inside if component.name == name]


class Due(NamedTuple):
    """A round of a call and its last instant, or its last day where no hour is named."""

    call: str
    round: str
    until: datetime | date


def read(ics: bytes) -> Component:
    """Read a calendar as strictly as RFC 5545 is written."""
    assert ics.endswith(b"\r\n")
    physical = ics[:-2].split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in physical)
    assert max(len(line) for line in physical) <= 75
    assert all(line.decode().strip() for line in physical)  # no letter is cut in two by a fold
    lines = [_line(text) for text in "\r\n".join(line.decode() for line in physical).replace("\r\n ", "").split("\r\n")]
    assert lines[0] == ("BEGIN", {}, "VCALENDAR")
    root, left = _component(lines)
    assert left == []
    return root


def _component(lines: list[Line]) -> tuple[Component, list[Line]]:
    first, lines = lines[0], lines[1:]
    made = Component(first.value, [], [])
    while lines[0].name != "END":
        if lines[0].name == "BEGIN":
            child, lines = _component(lines)
            made.inside.append(child)
        else:
            made.lines.append(lines[0])
            lines = lines[1:]
    assert lines[0].value == made.name
    return made, lines[1:]


def _line(text: str) -> Line:
    found = re.fullmatch(r"([A-Z0-9-]+)((?:;[A-Z-]+=(?:\"[^\"]*\"|[^\";:,]*))*):(.*)", text)
    assert found, text
    name, parameters, value = found.groups()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", value)
    return Line(name, dict(each.split("=", 1) for each in parameters.split(";")[1:]), value)


def text_of(value: str) -> str:
    """Return a text without its escapes, or fail at one that RFC 5545, 3.3.11 does not know."""
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value), value
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def made(project: Path, today: date = TODAY) -> Component:
    templating = Templating(project, load_settings(project), today)
    found = {artifact.path: artifact.content for artifact in calendars(load(project, today), templating)}
    return read(found["calendar.ics"])


def write_call(project: Path, slug: str, *rounds: str, title: str = "", checked: str = "2026-11-12") -> None:
    lines = "\n".join(f"  - {round_}" for round_ in rounds)
    text = CALL.format(title=title or f"Конкурс {slug}", rounds=lines, checked=checked)
    (project / f"grants/{slug}.yml").write_text(text)


@pytest.fixture
def empty(project: Path) -> Path:
    """The example with none of its calls."""
    shutil.rmtree(project / "grants")
    (project / "grants").mkdir()
    for path in [*project.glob("content/*/*.md"), *project.glob("ngos/*")]:
        if path.parent.name not in ("centre", "funders"):
            path.unlink()
    return project


@pytest.fixture(scope="session")
def own(own_site: Path) -> Component:
    return read((own_site / "calendar.ics").read_bytes())


@pytest.fixture(scope="session")
def on_pages(own_pages: dict[str, Element]) -> dict[Due, str]:
    """What the list of calls says: each round with a deadline, and its status."""
    return {
        _due(call.attrib["data-call"], round_): round_.attrib["data-status"]
        for call in own_pages["/grants/"].findall(".//*[@data-call]")
        for round_ in call.findall(".//*[@data-deadline]")
    }


def test_the_calendar_says_what_it_is_and_how_often_to_ask(own: Component) -> None:
    assert own.value("VERSION") == "2.0"
    assert own.value("PRODID")
    assert own.value("METHOD") == "PUBLISH"
    assert own.value("X-WR-CALNAME") == own.value("NAME") == "Проект+: сроки конкурсов"
    assert own.line("REFRESH-INTERVAL") == ("REFRESH-INTERVAL", {"VALUE": "DURATION"}, "PT12H")


def test_somebody_elses_parser_reads_the_same_events(own_site: Path, own: Component) -> None:
    foreign = icalendar.Calendar.from_ical((own_site / "calendar.ics").read_bytes())
    assert [str(event["uid"]) for event in foreign.walk("VEVENT")] == [event.value("UID") for event in _events(own)]
    assert [str(event["summary"]) for event in foreign.walk("VEVENT")] == [
        text_of(event.value("SUMMARY")) for event in _events(own)
    ]
    assert not [event.errors for event in foreign.walk() if event.errors]


def test_every_zone_in_use_is_explained_in_the_calendar(own: Component) -> None:
    zones = [zone.value("TZID") for zone in own.named("VTIMEZONE")]
    used = {line.parameters["TZID"] for event in _events(own) for line in event.lines if "TZID" in line.parameters}
    assert len(used) > 1
    assert sorted(used) == sorted(zones)
    for zone in own.named("VTIMEZONE"):
        for rule in zone.inside:
            assert all(rule.value(name) for name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"))


def test_zones_stand_in_one_order_whatever_the_machine(empty: Path) -> None:
    zones = ["Asia/Kamchatka", "Asia/Omsk", "Asia/Tomsk", "Asia/Yakutsk", "Europe/Moscow", "Europe/Samara"]
    for number, zone in enumerate(reversed(zones)):
        write_call(empty, f"a{number}", f'{{key: main, deadline: {{date: 2026-12-02, time: "10:00", zone: {zone}}}}}')
    assert [zone.value("TZID") for zone in made(empty).named("VTIMEZONE")] == zones


def test_every_event_has_what_rfc_5545_asks_for(own: Component) -> None:
    for event in _events(own):
        assert re.fullmatch(r"\d{8}T\d{6}Z", event.value("DTSTAMP"))
        assert re.fullmatch(r"\d+", event.value("SEQUENCE"))
        assert event.value("STATUS") in ("CONFIRMED", "CANCELLED")
        assert event.value("DTSTART")
        assert text_of(event.value("SUMMARY"))
        assert text_of(event.value("DESCRIPTION")).count("\n") > 1
        assert len(Counter(line.name for line in event.lines)) == len(event.lines)


def test_a_uid_is_made_of_kind_call_round_and_moment_and_is_nobody_elses(own: Component) -> None:
    uids = [event.value("UID") for event in _events(own)]
    form = r"grant/[a-z0-9-]+/[a-z0-9-]+/(opens|deadline|stage-[a-z0-9-]+)@proekt-plus\.example\.org"
    assert [uid for uid in uids if not re.fullmatch(form, uid)] == []
    assert len(uids) == len(set(uids))


def test_an_event_leads_to_its_calls_page(own: Component, own_pages: dict[str, Element]) -> None:
    for event in _events(own):
        slug = event.value("UID").split("/")[1]
        assert event.value("URL") == f"https://proekt-plus.example.org/grants/{slug}/"
        assert f"/grants/{slug}/" in own_pages


def test_a_deadline_with_an_hour_is_an_instant_in_the_organisers_zone(empty: Path) -> None:
    write_call(empty, "a", '{key: main, deadline: {date: 2026-12-02, time: "10:00", zone: Asia/Kamchatka}}')
    (event,) = _events(made(empty))
    assert event.line("DTSTART") == ("DTSTART", {"TZID": "Asia/Kamchatka"}, "20261202T100000")


def test_a_deadline_without_an_hour_is_the_whole_day(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-12-31}")
    (event,) = _events(made(empty))
    assert event.line("DTSTART") == ("DTSTART", {"VALUE": "DATE"}, "20261231")
    assert event.line("DTEND") == ("DTEND", {"VALUE": "DATE"}, "20270101")


def test_a_leap_day_is_a_day(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2028-02-29}")
    (event,) = _events(made(empty))
    assert (event.value("DTSTART"), event.value("DTEND")) == ("20280229", "20280301")


def test_the_opening_day_and_a_stage_are_events_of_their_own(empty: Path) -> None:
    stage = "{key: town, title: отзыв города, deadline: 2026-12-05}"
    write_call(empty, "a", f"{{key: main, opens: 2026-12-01, stages: [{stage}], deadline: 2026-12-20}}")
    found = {_key(event): event.value("DTSTART") for event in _events(made(empty))}
    assert found == {"a/main/opens": "20261201", "a/main/stage-town": "20261205", "a/main/deadline": "20261220"}


def test_every_round_has_events_of_its_own(empty: Path) -> None:
    write_call(empty, "a", "{key: spring, deadline: 2027-03-01}", "{key: autumn, deadline: 2027-09-01}")
    assert [_key(event) for event in _events(made(empty))] == ["a/spring/deadline", "a/autumn/deadline"]


def test_a_calendar_reminds_seven_days_and_one_day_before_a_deadline(own: Component) -> None:
    for event in _events(own):
        alarms = [(alarm.value("TRIGGER"), alarm.value("ACTION")) for alarm in event.named("VALARM")]
        ahead = "/opens@" not in event.value("UID") and event.value("STATUS") == "CONFIRMED"
        assert alarms == ([("-P7D", "DISPLAY"), ("-P1D", "DISPLAY")] if ahead else [])
        assert all(alarm.value("DESCRIPTION") for alarm in event.named("VALARM"))


def test_a_moved_deadline_keeps_its_uid_and_grows_its_sequence(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-12-20}")
    moved = "{{key: main, deadline: {{date: {}, was: [{}]}}}}"
    first, second = "{date: 2026-12-20, moved: 2026-11-13}", "{date: 2026-12-25, moved: 2026-11-19}"
    steps = [_events(made(empty))[0]]
    for day, was in (("2026-12-25", first), ("2027-01-20", f"{first}, {second}")):
        write_call(empty, "a", moved.format(day, was))
        steps.append(_events(made(empty))[0])
    assert {event.value("UID") for event in steps} == {"grant/a/main/deadline@bereg.example.org"}
    assert [event.value("SEQUENCE") for event in steps] == ["0", "1", "2"]
    assert [event.value("DTSTART") for event in steps] == ["20261220", "20261225", "20270120"]
    assert "раньше был 25 декабря" in text_of(steps[2].value("DESCRIPTION")).replace("\xa0", " ")


def test_a_cancelled_round_stays_and_says_so(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-12-20}")
    before = _events(made(empty))[0]
    write_call(empty, "a", "{key: main, deadline: 2026-12-20, cancelled: {date: 2026-11-18}}")
    after = _events(made(empty))[0]
    assert (before.value("STATUS"), after.value("STATUS")) == ("CONFIRMED", "CANCELLED")
    assert before.value("UID") == after.value("UID")
    assert int(after.value("SEQUENCE")) > int(before.value("SEQUENCE"))
    assert text_of(after.value("SUMMARY")).startswith("Отменён")


def test_a_past_event_is_kept_for_twelve_months_and_no_longer(empty: Path) -> None:
    write_call(empty, "a", "{key: kept, deadline: 2025-11-20}", "{key: gone, deadline: 2025-11-19}")
    assert [_key(event) for event in _events(made(empty))] == ["a/kept/deadline"]
    assert _events(made(empty, date(2026, 11, 21))) == []


@pytest.mark.parametrize(
    "deadline",
    ["rolling", "unknown", "2026-12", "{precision: forecast, date: 2027-06, words: в июне}"],
)
def test_what_has_no_day_has_no_event(deadline: str, empty: Path) -> None:
    write_call(empty, "a", f"{{key: main, deadline: {deadline}}}")
    calendar = made(empty)
    assert calendar.inside == []
    assert calendar.value("VERSION") == "2.0"


def test_a_draft_is_not_in_the_calendar(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-12-20}")
    path = empty / "grants/a.yml"
    path.write_text(f"{path.read_text()}draft: yes\n")
    assert _events(made(empty)) == []


def test_long_cyrillic_lines_and_signs_with_a_meaning_survive(empty: Path) -> None:
    title = "Ы" * 180 + ", «а; б» \\ n: «Ё»"
    write_call(empty, "a", "{key: main, deadline: 2026-12-20}", title=f"'{title}'")
    (event,) = _events(made(empty))
    assert text_of(event.value("SUMMARY")) == typeset(f"Подать заявку: {title}")


def test_a_stamp_comes_from_the_record_and_not_from_the_clock(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-12-20}", checked="2026-11-03")
    today, later = made(empty, TODAY), made(empty, date(2026, 12, 1))
    assert _events(today) == _events(later)
    assert _events(today)[0].value("DTSTAMP") == "20261103T000000Z"


def test_the_calendar_has_the_same_deadlines_as_the_pages(own: Component, on_pages: dict[Due, str]) -> None:
    kept = {due: status for due, status in on_pages.items() if _day(due) >= date(2025, 11, 20)}
    found = {due: event for event in _events(own) for due in _deadlines(event)}
    assert len(kept) > 20
    assert sorted(map(str, found)) == sorted(map(str, kept))
    for due, event in found.items():
        assert (event.value("STATUS") == "CANCELLED") == (kept[due] == "cancelled"), due


def test_a_calls_own_page_has_the_same_deadlines_as_the_list(
    own_pages: dict[str, Element], on_pages: dict[Due, str]
) -> None:
    calls = [page.find(".//*[@data-call]") for address, page in own_pages.items() if re.match("/grants/.", address)]
    single = {_due(call.attrib["data-call"], round_) for call in calls if call is not None for round_ in _dated(call)}
    assert single == set(on_pages)


def test_the_printed_list_has_the_same_open_deadlines_as_the_pages(own_site: Path, on_pages: dict[Due, str]) -> None:
    open_ = [due for due, status in on_pages.items() if status not in ("closed", "cancelled")]
    wanted = Counter((due.call, _day(due), _moscow_clock(due)) for due in open_)
    assert len(open_) > 5
    assert Counter(_printed(_pdf_text(own_site / "handouts/grants-list.pdf"))) == wanted


def test_the_printed_list_names_every_open_call(own_site: Path, own_pages: dict[str, Element]) -> None:
    printed = _letters(_pdf_text(own_site / "handouts/grants-list.pdf"))
    calls = own_pages["/grants/"].findall(".//*[@data-call]")
    statuses = {call: {round_.attrib["data-status"] for round_ in call.findall(".//*[@data-round]")} for call in calls}
    for call, found in statuses.items():
        title = call.find(".//h3/a")
        assert title is not None
        assert (_letters("".join(title.itertext())) in printed) == bool(found - {"closed", "cancelled"}), title.text


def _events(calendar: Component) -> list[Component]:
    return calendar.named("VEVENT")


def _key(event: Component) -> str:
    return event.value("UID").partition("@")[0].removeprefix("grant/")


def _dated(call: Element) -> list[Element]:
    return call.findall(".//*[@data-deadline]")


def _due(call: str, round_: Element) -> Due:
    until = datetime.fromisoformat(round_.attrib["data-deadline"])
    key = round_.attrib["data-round"]
    return Due(call, key, until.date()) if f"{until:%S}" == "59" else Due(call, key, until.astimezone(UTC))


def _deadlines(event: Component) -> Iterator[Due]:
    _, call, key, what = event.value("UID").partition("@")[0].split("/")
    if what == "deadline":
        found = icalendar.Event.from_ical(f"BEGIN:VEVENT\r\n{_source(event.line('DTSTART'))}\r\nEND:VEVENT\r\n")
        assert isinstance(found, icalendar.Event)
        start = found.start
        yield Due(call, key, start.astimezone(UTC) if isinstance(start, datetime) else start)


def _source(line: Line) -> str:
    return ";".join([line.name, *(f"{name}={value}" for name, value in line.parameters.items())]) + f":{line.value}"


def _day(due: Due) -> date:
    """The last day; of an instant, the one that it is in Moscow."""
    return (due.until + timedelta(hours=3)).date() if isinstance(due.until, datetime) else due.until


def _moscow_clock(due: Due) -> str | None:
    return f"{due.until + timedelta(hours=3):%H:%M}" if isinstance(due.until, datetime) else None


def _pdf_text(path: Path) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
    # A break in a word is a soft hyphen at a line's end; a hyphen of the text comes out as a soft one too.
    text = text.replace("\u200b", "").replace("\xad\n", "").replace("\xad", "-")
    return " ".join(text.split())


def _printed(text: str) -> Iterator[tuple[str, date, str | None]]:
    for entry in PRINTED.finditer(text):
        day = date(int(entry["year"] or TODAY.year), MONTHS.index(entry["month"]) + 1, int(entry["day"]))
        clock = re.match(r" Москва [а-я]{2}, \d+ [а-я]+ (\d\d:\d\d)", entry["clocks"])
        yield entry["call"], day, clock[1] if clock else None


def _letters(text: str) -> str:
    return re.sub(r"[^а-яёa-z0-9]", "", text.lower())


def test_lines_fold_where_icalendar_folds_them() -> None:
    folded: Any = Contentline
    dice = random.Random(3)
    for length in (*range(60, 90), 150, 223, 700):
        for signs in ("a", "ж", "aж€😀", "\\^ж;,\n"):
            text = "".join(dice.choices(signs, k=length))
            assert text_line("SUMMARY", text) == folded(b"SUMMARY:" + vText(text).to_ical()).to_ical() + b"\r\n"

"""Open data: the calls as JSON and as a table, held against the pages and the calendars, round by round."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

import icalendar
import pytest

from generator.catalog import Catalog, load
from generator.fields.eligibility import APPLICANTS
from generator.opendata import SETS
from generator.settings import Settings, load_settings
from generator.templating import Templating
from tests.conftest import TODAY

pytest_plugins = ("tests.browser",)

CALL = """\
title: {title}
level: private
funder: kamennyy-poyas
applicants: {{nko: yes, library: {{may: partner, note: письмо поддержки}}, others: no}}
rounds:
{rounds}
source: https://example.org/
checked: {checked}
added: 2026-11-12
"""


class Due(NamedTuple):
    """A round of a call and its last instant, or its last day where no hour is named."""

    call: str
    round: str
    until: str

    @classmethod
    def of(cls, call: str, key: str, instant: str, *, whole_day: bool) -> Due:
        until = datetime.fromisoformat(instant)
        return cls(call, key, f"{until:%Y-%m-%d}" if whole_day else f"{until.astimezone(UTC):%Y-%m-%dT%H:%M}")


class Files(NamedTuple):
    """The open data of a project on a day."""

    json: bytes
    csv: bytes

    @property
    def whole(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.json)
        return found

    @property
    def calls(self) -> dict[str, dict[str, Any]]:
        return {call["id"]: call for call in self.whole["calls"]}

    @property
    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.csv.decode("utf-8-sig"), newline=""), delimiter=";"))


def made(project: Path, today: date = TODAY) -> Files:
    templating = Templating(project, load_settings(project), today)
    catalog = load(project, today)
    found = {
        each.path: each.content for row in SETS.values() for make in row.make for each in make(catalog, templating)
    }
    return Files(found["data/grants.json"], found["data/grants.csv"])


def write_call(project: Path, slug: str, *rounds: str, title: str = "", checked: str = "2026-11-12") -> None:
    lines = "\n".join(f"  - {round_}" for round_ in rounds)
    text = CALL.format(title=title or f"Конкурс {slug}", rounds=lines, checked=checked)
    (project / f"grants/{slug}.yml").write_text(text)


def only_round(project: Path, round_: str) -> dict[str, Any]:
    write_call(project, "a", round_)
    (found,) = made(project).calls["a"]["rounds"]
    assert isinstance(found, dict)
    return found


@pytest.fixture
def empty(project: Path) -> Path:
    """The example with none of its calls."""
    for path in [*project.glob("grants/*"), *project.glob("content/*/*.md"), *project.glob("ngos/*")]:
        if path.parent.name not in ("centre", "funders"):
            path.unlink()
    return project


@pytest.fixture(scope="session")
def own(own_site: Path) -> Files:
    return Files(*((own_site / f"data/grants.{kind}").read_bytes() for kind in ("json", "csv")))


@pytest.fixture(scope="session")
def in_json(own: Files) -> list[Due]:
    return sorted(
        Due.of(call["id"], round_["key"], round_["deadline"], whole_day=not round_["has_time"])
        for call in own.calls.values()
        for round_ in call["rounds"]
        if round_["deadline"]
    )


def test_the_table_has_the_same_deadlines(own: Files, in_json: list[Due]) -> None:
    assert len(in_json) > 40
    assert in_json == sorted(
        Due.of(row["Код"], row["Окно"], row["Приём закрывается"], whole_day=row["Точность срока"] == "до дня")
        for row in own.rows
        if row["Приём закрывается"]
    )


def test_the_calls_own_calendars_have_the_same_deadlines(own_site: Path, in_json: list[Due]) -> None:
    assert sorted(due for path in own_site.glob("grants/*/deadline.ics") for due in _deadlines(path)) == in_json


def test_the_calendar_of_all_calls_has_those_of_the_last_twelve_months(own_site: Path, in_json: list[Due]) -> None:
    kept = [due for due in in_json if due.until[:10] >= "2025-11-20"]
    assert sorted(_deadlines(own_site / "calendar.ics")) == kept


def test_the_list_of_calls_has_the_same_deadlines(own_pages: dict[str, Element], in_json: list[Due]) -> None:
    assert sorted(_on_page(own_pages["/grants/"])) == in_json


def test_each_calls_page_has_the_same_deadlines(own_pages: dict[str, Element], in_json: list[Due]) -> None:
    pages = {f"/grants/{due.call}/" for due in in_json}
    assert sorted(due for address in pages for due in set(_on_page(own_pages[address]))) == in_json


def test_openings_are_the_same_on_the_pages_in_the_data_and_in_the_table(
    own_pages: dict[str, Element], own: Files
) -> None:
    on_page = {
        (call.attrib["data-call"], round_.attrib["data-round"], round_.attrib["data-opens"])
        for call in own_pages["/grants/"].findall(".//*[@data-call]")
        for round_ in call.findall(".//*[@data-opens]")
    }
    in_data = {
        (call["id"], round_["key"], round_["opens"])
        for call in own.calls.values()
        for round_ in call["rounds"]
        if round_["opens"]
    }
    in_table = {(row["Код"], row["Окно"], row["Приём открывается"]) for row in own.rows if row["Приём открывается"]}
    assert on_page == in_data == in_table


def test_every_public_call_and_round_is_there_once(own: Files, own_catalog: Catalog) -> None:
    calls = own_catalog.of("grant")
    assert list(own.calls) == [call.slug for call in calls]
    assert len(own.whole["calls"]) == len(calls)
    rounds = [(call["id"], round_["key"]) for call in own.calls.values() for round_ in call["rounds"]]
    assert [(row["Код"], row["Окно"]) for row in own.rows] == rounds
    assert len(set(rounds)) == len(rounds)


def test_the_data_says_when_it_changed_and_what_may_be_done_with_it(own: Files, own_settings: Settings) -> None:
    assert list(own.whole) == ["updated", "licence", "calls"]
    assert own.whole["licence"] == own_settings.extra.licence
    assert date.fromisoformat(own.whole["updated"]) <= TODAY


def test_a_call_has_its_facts(project: Path) -> None:
    call = made(project).calls["knizhnyy-most"]
    assert list(call)[:5] == ["id", "title", "url", "summary", "funder"]
    assert call["url"] == "https://bereg.example.org/grants/knizhnyy-most/"
    assert (call["funder"], call["funder_title"]) == ("chitayushchiy-ural", "Союз «Читающий Урал»")
    assert (call["topics"], call["topic_titles"][0]) == (["library", "projects"], "Библиотеки и чтение")
    assert (call["level"], call["nature"], call["suits"], call["example"]) == ("federal", "grant", False, True)
    assert call["money"] | {"nominations": 0, "note": 0} == {
        **{"least": 50000, "most": 500000, "fund": 10000000},
        **{"note": 0, "cofinancing": "от 10 % сметы", "nominations": 0},
    }
    assert (call["added"], call["checked"], call["updated"]) == ("2026-11-12", "2026-11-12", "2026-11-18")
    assert made(project).calls["dvor-2026"]["suits"] is True


def test_all_twelve_applicants_have_their_answer(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-12-20}")
    applicants = made(empty).calls["a"]["applicants"]
    assert tuple(applicants) == APPLICANTS
    assert applicants["nko"] == {"may": "yes", "note": None}
    assert applicants["library"] == {"may": "partner", "note": "письмо поддержки"}
    assert applicants["person"] == {"may": "no", "note": None}


def test_a_day_without_an_hour_opens_at_its_beginning_and_closes_at_its_end(empty: Path) -> None:
    day = "{date: 2026-12-20, zone: Asia/Kamchatka}"
    found = only_round(empty, f"{{key: main, opens: 2026-12-01, deadline: {day}}}")
    assert (found["opens"], found["deadline"]) == ("2026-12-01T00:00:00+03:00", "2026-12-20T23:59:59+12:00")
    assert (found["precision"], found["has_time"], found["zone"]) == ("day", False, "Asia/Kamchatka")


def test_an_hour_is_kept_with_its_offset(empty: Path) -> None:
    found = only_round(empty, "{key: main, opens: 2026-12-01 10:00, deadline: 2026-12-20 23:30}")
    assert (found["opens"], found["deadline"]) == ("2026-12-01T10:00:00+03:00", "2026-12-20T23:30:00+03:00")
    assert (found["precision"], found["has_time"]) == ("exact", True)


@pytest.mark.parametrize(
    ("deadline", "precision", "expected", "words"),
    [
        ("rolling", "rolling", None, None),
        ("unknown", "unknown", None, None),
        ("2026-12", "month", "2026-12", None),
        ("{date: 2027-06-15, precision: forecast, words: в июне}", "forecast", "2027-06", "в июне"),
    ],
)
def test_what_has_no_day_is_null_and_says_how_far_it_is_known(
    deadline: str, precision: str, expected: str | None, words: str | None, empty: Path
) -> None:
    found = only_round(empty, f"{{key: main, deadline: {deadline}}}")
    assert (found["opens"], found["deadline"]) == (None, None)
    assert (found["precision"], found["expected"], found["words"]) == (precision, expected, words)
    (row,) = made(empty).rows
    assert (row["Приём закрывается"], row["Последний день"]) == ("", "")


def test_a_moved_disputed_and_cancelled_deadline_tells_its_story(project: Path) -> None:
    autumn, _, summer, _ = made(project).calls["knizhnyy-most"]["rounds"]
    assert autumn["was"] == [{"deadline": "2026-11-30T23:59:59+03:00", "moved": "2026-11-18", "source": None}]
    assert autumn["disputed"] == [{"deadline": "2026-12-14T23:59:59+03:00", "source": "https://news.example.org/most"}]
    assert (autumn["cancelled"], summer["cancelled"]["date"]) == (None, "2026-07-01")


def test_the_other_moments_of_a_round_are_told_too(project: Path) -> None:
    stones = {stone["what"]: stone for stone in made(project).calls["knizhnyy-most"]["rounds"][0]["milestones"]}
    assert list(stones) == ["opens", "stage", "recommended", "results", "report"]
    assert (stones["stage"]["key"], stones["stage"]["at"]) == ("gorod", "2026-12-01T18:00:00+05:00")
    assert (stones["results"]["not_later"], stones["report"]["at"]) == (True, None)


def test_nothing_in_the_data_depends_on_the_day(project: Path) -> None:
    assert made(project, TODAY) == made(project, TODAY + timedelta(days=200))


def test_the_day_of_change_is_the_newest_of_the_records(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-12-20}", checked="2026-11-15")
    write_call(empty, "b", "{key: main, deadline: 2026-12-20}", checked="2026-11-13")
    assert made(empty).whole["updated"] == "2026-11-15"


def test_without_calls_the_data_is_valid(empty: Path) -> None:
    found = made(empty)
    assert (found.whole["updated"], found.whole["calls"], found.rows) == (None, [], [])
    assert found.csv.startswith("\ufeffКод;Название;".encode())


def test_a_draft_is_not_in_the_data(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-12-20}")
    path = empty / "grants/a.yml"
    path.write_text(f"{path.read_text()}draft: yes\n")
    assert made(empty).calls == {}


def test_the_table_is_one_that_a_russian_spreadsheet_program_opens(own: Files) -> None:
    assert own.csv.startswith(b"\xef\xbb\xbf")
    assert own.csv.count(b"\n") == own.csv.count(b"\r\n") == len(own.rows) + 1
    head, *lines = csv.reader(io.StringIO(own.csv.decode("utf-8-sig"), newline=""), delimiter=";")
    assert {len(line) for line in lines} == {len(head)}
    assert len(set(head)) == len(head)
    assert all(name[0].isupper() for name in head)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_cell_is_never_a_formula(sign: str, empty: Path) -> None:
    title = f"{sign}HYPERLINK(1); «а»"
    write_call(empty, "a", "{key: main, deadline: 2026-12-20}", title=f"'{title}'")
    found = made(empty)
    assert found.calls["a"]["title"] == title
    assert [row["Название"] for row in found.rows] == [f"'{title}"]


def test_a_row_speaks_russian(project: Path) -> None:
    row = made(project).rows[0]
    assert (row["Кто даёт"], row["Уровень"], row["Вид"]) == ("Союз «Читающий Урал»", "федеральный", "грант")
    assert (row["Кому можно"], row["Нам подходит"]) == ("НКО, Муниципальное учреждение, Библиотека", "нет")
    assert (row["Последний день"], row["Прежний последний день"]) == ("15.12.2026", "30.11.2026")


def _deadlines(path: Path) -> Iterator[Due]:
    for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
        _, call, key, what = str(event["uid"]).partition("@")[0].split("/")
        if what == "deadline":
            start: date | datetime = event.decoded("dtstart")
            yield Due.of(call, key, start.isoformat(), whole_day=not isinstance(start, datetime))


def _on_page(page: Element) -> Iterator[Due]:
    for call in page.findall(".//*[@data-call]"):
        for round_ in call.findall(".//*[@data-deadline]"):
            deadline = round_.attrib["data-deadline"]
            yield Due.of(
                call.attrib["data-call"], round_.attrib["data-round"], deadline, whole_day=deadline[17:19] == "59"
            )

"""What the directory and the centre show: letters, years of projects, schedules, special days, calls open to an NGO."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from generator.catalog import directory, load
from generator.catalog.open_calls import OpenCalls
from generator.fields.eligibility import Place
from generator.pages import make, pages
from generator.records.centre import Centre
from generator.records.grant import Grant
from generator.records.ngo import Ngo
from generator.records.project import Project
from generator.settings import load_settings
from generator.templating import Templating
from tests.conftest import EXAMPLE

TODAY = date(2026, 11, 20)
TOWN = Place("Самоцветск", "Свердловская область", 24_000)


MARKED = '<p class="lead"> <span class="tag">пример</span></p>'


def ngo(title: str, **fields: object) -> Ngo:
    known = {"slug": "dvor", "path": "ngos/dvor.yml", "title": title, "legal_name": title, "form": "ano"}
    return Ngo.model_validate(known | fields)


def project(slug: str, year: int, sum_: int | None) -> Project:
    return Project.model_validate(
        {"slug": slug, "path": f"content/projects/{slug}.md", "title": slug, "ngo": "dvor", "funder": "fund"}
        | {"year": str(year), "sum": None if sum_ is None else str(sum_)}
    )


def centre(**fields: object) -> Centre:
    return Centre.model_validate(
        {
            "slug": "bereg",
            "path": "content/centre/bereg.md",
            "title": "Берег",
            "short_address": "Самоцветск",
            "contacts": {},
            "hours": "пн–пт 10:00–18:00",
            **fields,
        }
    )


def grant(slug: str, deadline: object, **fields: object) -> Grant:
    return Grant.model_validate(
        {
            "slug": slug,
            "path": f"grants/{slug}.yml",
            "title": slug,
            "level": "private",
            "funder": "fund",
            "applicants": {"nko": "yes", "others": "no"},
            "added": "2026-11-12",
            "checked": "2026-11-12",
            "rounds": [{"key": "main", "deadline": deadline}],
            **fields,
        }
    )


def open_to(who: Ngo, *calls: Grant) -> list[str]:
    return [chance.record.slug for chance in OpenCalls(calls, TOWN, TODAY).nearest_to(who)]


def test_organisations_stand_under_the_first_letter_quotes_aside_and_yo_is_ye() -> None:
    records = [ngo("21 век"), ngo("7 нот"), ngo("Ель"), ngo("«Ёж»"), ngo("„Ясень“"), ngo("Art")]
    found = directory.by_letter(records)
    assert [(each.letter, each.anchor, len(each.entries)) for each in found] == [
        ("0–9", "letter-30", 2),
        ("Е", "letter-415", 2),
        ("Я", "letter-42f", 1),
        ("A", "letter-41", 1),
    ]
    assert directory.by_letter([]) == []
    assert directory.by_letter([ngo("«…»")])[0].letter == "…"


def test_projects_stand_by_year_with_what_they_won_together() -> None:
    found = directory.supported([project("a", 2025, 100), project("b", 2026, 50), project("c", 2025, None)])
    assert [(each.year, [one.slug for one in each.projects], each.money, each.is_least) for each in found] == [
        (2026, ["b"], 50, False),
        (2025, ["a", "c"], 100, True),
    ]


def test_days_of_one_time_stand_together_and_days_off_nowhere() -> None:
    hours = centre(hours="вт 17:00–19:00; ср–чт 10:00–12:00; сб 17:00–19:00").hours
    found = directory.schedule(hours)
    assert [[(span.first, span.last) for span in each.days] for each in found] == [
        [("tue", "tue"), ("sat", "sat")],
        [("wed", "thu")],
    ]
    assert directory.schedule(()) == []


def test_special_days_in_a_row_are_one_line_and_of_monthly_ones_only_the_next_is_told() -> None:
    found = directory.days_ahead(
        centre(
            exceptions=[
                {"date": "2026-12-30", "note": "короткий день", "opens": "10:00", "closes": "13:00"},
                {"date": "2026-12-31", "note": "каникулы"},
                {"date": "2027-01-01", "until": "2027-01-08", "note": "каникулы"},
                {"date": "2026-11-19", "note": "прошло"},
            ],
            monthly=[{"week": "last", "day": "fri", "note": "санитарный день"}],
        ),
        TODAY,
    )
    assert [(each.first, each.last, each.note) for each in found] == [
        (date(2026, 11, 27), date(2026, 11, 27), "санитарный день"),
        (date(2026, 12, 30), date(2026, 12, 30), "короткий день"),
        (date(2026, 12, 31), date(2027, 1, 8), "каникулы"),
    ]


def test_an_organisation_is_shown_three_calls_its_own_topics_first_then_by_deadline() -> None:
    calls = (
        grant("far", "2027-01-31", topics=["town"]),
        grant("near", "2026-11-21"),
        grant("always", "rolling"),
        grant("next", "2026-11-30"),
    )
    assert open_to(ngo("Двор", topics=["town"]), *calls) == ["far", "near", "next"]
    assert open_to(ngo("Двор"), *calls) == ["near", "next", "far"]
    assert open_to(ngo("Двор"), *calls[1:]) == ["near", "next", "always"]


def test_no_call_is_shown_that_is_shut_to_the_organisation() -> None:
    assert open_to(ngo("Двор"), grant("over", "2026-11-19"), grant("unknown", "unknown")) == []
    assert open_to(ngo("Двор"), grant("far", "2026-12-01", limits={"population_to": "20000"})) == []
    assert open_to(ngo("Двор"), grant("report", "2026-12-01", nature="duty")) == []
    assert open_to(ngo("Двор", form="tos"), grant("a", "2026-12-01")) == []
    assert open_to(ngo("Двор", status="closed"), grant("a", "2026-12-01")) == []
    later = {"key": "main", "opens": "2026-11-21", "deadline": "2026-12-01"}
    assert open_to(ngo("Двор"), grant("later", None, rounds=[later])) == []


def test_an_organisation_must_have_stood_long_enough_by_the_deadline() -> None:
    call = grant("a", "2026-12-15", limits={"months_registered": "12"})
    assert open_to(ngo("Двор", registered="2025-12-15"), call) == ["a"]
    assert open_to(ngo("Двор", registered="2025-12-16"), call) == []
    (unknown,) = OpenCalls([call], TOWN, TODAY).nearest_to(ngo("Двор"))
    assert unknown.months == 12
    always = grant("b", "rolling", limits={"months_registered": "1"})
    assert open_to(ngo("Двор", registered="2026-10-20"), always) == ["b"]
    assert open_to(ngo("Двор", registered="2026-10-21"), always) == []


def test_of_several_open_rounds_the_one_that_closes_first_is_named() -> None:
    rounds = [{"key": "late", "deadline": "2027-03-01"}, {"key": "soon", "deadline": "2026-12-01"}]
    (chance,) = OpenCalls([grant("a", None, rounds=rounds)], TOWN, TODAY).nearest_to(ngo("Двор"))
    assert chance.key == "soon"


def test_an_organisation_whose_full_name_is_its_title_is_named_by_it_once(tmp_path: Path) -> None:
    project = Path(shutil.copytree(EXAMPLE, tmp_path / "project"))
    record = project / "ngos/svetlyy-dvor.yml"
    text = record.read_text("utf-8").replace("example: yes\n", "")
    full = "АНО «Светлый двор»"
    for written, lead in (
        (text, f'<p class="lead">{full}</p>'),
        (text.replace(f"legal_name: {full}", "legal_name: Светлый двор"), ""),
        (text.replace(f"legal_name: {full}", "legal_name: Светлый двор\nexample: yes"), MARKED),
    ):
        record.write_text(written, "utf-8")
        catalog = load(project, TODAY)
        templating = Templating(project, load_settings(project), TODAY)
        page = next(page for page in pages(catalog, templating) if page.address == "/ngos/svetlyy-dvor/")
        body = make(page, catalog, templating).body.replace("\u00a0", " ")
        assert "".join(line for line in body.split("\n") if 'class="lead"' in line) == lead

"""Figures by year, and awards that cannot have been: counted from records, held against what is typed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.catalog import examine, load
from generator.catalog.results import Bar, Figure, Indicator, bars, whole, years
from tests.conftest import TODAY


@pytest.fixture
def project(example: Path, tmp_path: Path) -> Path:
    """Return the example without its own meetups, projects, posts and reports."""
    copied = shutil.copytree(example, tmp_path / "project")
    for folder in ("results", "projects", "news", "meetups"):
        shutil.rmtree(copied / "content" / folder)
    return copied


def write(project: Path, name: str, text: str) -> None:
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{text}\n---\n" if name.endswith(".md") else text)


def meetup(project: Path, day: str, *fields: str) -> None:
    head = (f"title: Встреча {day}", f"date: {day}", "status: held", "checked: 2026-11-12")
    write(project, f"content/meetups/m{day}.md", "\n".join((*head, *fields)))


def problems(project: Path) -> list[str]:
    return [str(problem) for problem in examine(project, TODAY).problems]


def figure(project: Path, year: int, indicator: Indicator) -> Figure:
    (found,) = (each for each in years(load(project, TODAY)) if each.year == year)
    return found.figures[indicator]


CAME = "participants:\n  - {ngo: svetlyy-dvor, role: гость}\n  - {name: Школа, role: гость}"
BOTH = "participants:\n  - {ngo: svetlyy-dvor, role: гость}\n  - {ngo: knigonoshi, role: гость}"


def test_a_year_is_counted_from_its_records(project: Path) -> None:
    meetup(project, "2025-03-01", CAME, "figures: {people: 20, ngos: 1, consultations: 3}")
    meetup(project, "2025-06-01", BOTH, "figures: {people: 30, ngos: 2, consultations: 4}")
    meetup(project, "2025-07-01", "unscheduled: yes", "figures: {people: 5, ngos: 0, consultations: 0}")
    meetup(project, "2026-01-10", BOTH, "figures: {people: 10, ngos: 2, consultations: 1}")
    write(project, "content/meetups/ahead.md", "title: Будет\ndate: 2026-12-01\nstatus: planned\nchecked: 2026-11-12")
    write(project, "content/news/a.md", "title: А\ndate: 2025-05-05\nrubric: centre")
    assert figure(project, 2025, "meetups") == Figure(2)
    assert figure(project, 2025, "ngos") == Figure(2)
    assert figure(project, 2025, "people") == Figure(55)
    assert figure(project, 2025, "consultations") == Figure(7)
    assert figure(project, 2025, "posts") == Figure(1)
    assert figure(project, 2025, "visits") == Figure(None)
    catalog = load(project, TODAY)
    total = whole(catalog, years(catalog))
    assert (total["meetups"], total["people"], total["visits"]) == (Figure(3), Figure(65), Figure(None))
    assert total["ngos"] == Figure(2), "an organisation that came in both years counts once"


def test_what_some_records_do_not_tell_makes_a_figure_the_least(project: Path) -> None:
    meetup(project, "2025-03-01", CAME, "figures: {people: 20, ngos: 7}")
    meetup(project, "2025-06-01", BOTH)
    assert figure(project, 2025, "people") == Figure(20, is_least=True)
    assert figure(project, 2025, "ngos") == Figure(7, is_least=True)


def test_where_no_record_tells_a_figure_is_unknown(project: Path) -> None:
    meetup(project, "2025-03-01", BOTH)
    assert figure(project, 2025, "people").number is None
    assert figure(project, 2025, "meetups") == Figure(1)


def test_a_typed_total_fills_what_records_do_not_tell(project: Path) -> None:
    meetup(project, "2025-03-01", CAME, "figures: {people: 20}")
    meetup(project, "2025-06-01", BOTH)
    write(project, "content/results/2025.md", "title: Год\npeople: 200\nngos: 15\nsource: отчёт")
    assert problems(project) == []
    assert figure(project, 2025, "people") == Figure(200)
    catalog = load(project, TODAY)
    assert whole(catalog, years(catalog))["ngos"] == Figure(15, is_least=True)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("meetups: 2", "meetups: записи года складываются в 1; здесь 2"),
        ("people: 19", "people: записи года складываются в не меньше 20; здесь 19"),
        ("posts: 5\nold_posts: 4", "posts: записи года складываются в 4; здесь 5"),
        ("projects: 1", "projects: записи года складываются в 0; здесь 1"),
    ],
)
def test_a_typed_total_that_differs_is_a_problem(typed: str, message: str, project: Path) -> None:
    meetup(project, "2025-03-01", "figures: {people: 20}")
    meetup(project, "2025-03-02", "unscheduled: yes")
    write(project, "content/results/2025.md", f"title: Год\nsource: отчёт\n{typed}")
    assert problems(project) == [f"content/results/2025.md:4: {message}"]


def test_bars_are_shares_of_the_tallest_from_the_earliest_year(project: Path) -> None:
    meetup(project, "2024-03-01", "figures: {people: 10}")
    meetup(project, "2026-03-01", "figures: {people: 40}")
    write(project, "content/news/a.md", "title: А\ndate: 2025-05-05\nrubric: centre")
    shown = bars(years(load(project, TODAY)), "people")
    assert shown == [Bar(2024, Figure(10), 0.25), Bar(2025, Figure(None), 0), Bar(2026, Figure(40), 1)]
    assert {bar.share for bar in bars(years(load(project, TODAY)), "visits")} == {0}


def test_a_year_of_which_no_record_tells_is_unknown_and_not_nought(project: Path) -> None:
    write(project, "content/news/a.md", "title: А\ndate: 2025-05-05\nrubric: centre")
    assert figure(project, 2025, "posts") == Figure(1)
    assert figure(project, 2025, "meetups") == figure(project, 2025, "people") == figure(project, 2025, "money")
    assert figure(project, 2025, "money") == Figure(None)


def test_a_site_without_records_has_no_years(project: Path) -> None:
    catalog = load(project, TODAY)
    assert years(catalog) == []
    assert set(whole(catalog, []).values()) == {Figure(None)}


# Awards.

CALL = """title: Конкурс
level: private
funder: kamennyy-poyas
applicants: {nko: %s, tos: yes, others: no}
limits: {months_registered: 12}
rounds:
  - {key: main, opens: 2026-01-10, deadline: 2026-03-01}
checked: 2026-11-12
added: 2026-01-10
"""
AWARD = "title: Проект\nngo: novaya\ngrant: konkurs\nyear: 2026"


def ngo(project: Path, *fields: str) -> None:
    write(project, "ngos/novaya.yml", "\n".join(("title: Новая", "legal_name: Новая", *fields, "")))


@pytest.mark.parametrize(
    ("may", "form", "registered", "message"),
    [
        ("yes", "ano", "2025-03-01", None),
        ("partner", "ano", "2020-01-01", None),
        ("no", "tos", "2020-01-01", None),
        ("no", "ano", "2020-01-01", "в grants/konkurs.yml applicants.nko — no"),
        ("yes", "ano", "2025-03-02", "к 2026-03-01 ей было 11 мес., нужно 12 мес. (ngos/novaya.yml)"),
        ("yes", "ano", "2026-04-01", "к 2026-03-01 она ещё не была зарегистрирована (ngos/novaya.yml)"),
    ],
)
def test_an_organisation_wins_only_where_it_could_apply(
    may: str, form: str, registered: str, message: str | None, project: Path
) -> None:
    write(project, "grants/konkurs.yml", CALL % may)
    ngo(project, f"form: {form}", f"registered: {registered}")
    write(project, "content/projects/new.md", AWARD)
    expected = [f"content/projects/new.md:3: ngo: эта организация не могла подать: {message}"] if message else []
    assert problems(project) == expected


def test_projects_are_shown_by_whom_they_name_and_by_the_funder_of_their_call(example: Path) -> None:
    catalog = load(example, TODAY)
    slugs = {
        (kind, slug): [project.slug for project in catalog.projects_of(record)]
        for kind, slug in (("ngo", "svetlyy-dvor"), ("funder", "kamennyy-poyas"), ("grant", "dvor-2026"))
        if (record := catalog.get(kind, slug))
    }
    assert slugs == {
        ("ngo", "svetlyy-dvor"): ["lavochka"],
        ("funder", "kamennyy-poyas"): ["polka", "lavochka"],
        ("grant", "dvor-2026"): ["polka"],
    }
    (polka,) = (project for project in catalog.of("project") if project.slug == "polka")
    assert catalog.funder_of(polka) == catalog.get("funder", "kamennyy-poyas")


def test_a_partner_has_not_won(project: Path) -> None:
    fields = "title: Общий\nngo: knigonoshi\nfunder: chitayushchiy-ural\nyear: 2026\npartners:\n  - {ngo: svetlyy-dvor}"
    write(project, "content/projects/obshchiy.md", fields)
    catalog = load(project, TODAY)
    partner, winner = catalog.get("ngo", "svetlyy-dvor"), catalog.get("ngo", "knigonoshi")
    assert partner
    assert winner
    assert catalog.projects_of(partner) == []
    assert [each.slug for each in catalog.projects_of(winner)] == ["obshchiy"]
    assert [each.slug for each in catalog.referring(partner, "project")] == ["obshchiy"]

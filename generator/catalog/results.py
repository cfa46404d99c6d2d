"""What the centre did, in numbers by year: counted from records where they tell, from the year's report where not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from generator.catalog.catalog import Catalog
from generator.records.meetup import Meetup
from generator.records.post import Post
from generator.records.project import Project
from generator.records.report import Report

Indicator = Literal["meetups", "ngos", "people", "consultations", "posts", "visits", "projects", "money"]
INDICATORS: tuple[Indicator, ...] = (
    "meetups", "ngos", "people", "consultations", "posts", "visits", "projects", "money",
)  # fmt: skip


class Figure(NamedTuple):
    """One number of one year, or of the whole time."""

    number: int | None
    """None where nobody knows."""
    is_least: bool = False
    """Whether it was more, and by how much nobody knows: some records do not tell."""


class Year(NamedTuple):
    """The figures of one year."""

    year: int
    figures: dict[Indicator, Figure]
    report: Report | None
    has_examples: bool
    """Whether records made for show are counted in."""


class Bar(NamedTuple):
    """One bar of a chart."""

    year: int
    figure: Figure
    share: float
    """Of the tallest bar: 0 to 1."""


class Disagreement(NamedTuple):
    """A typed total that is not what the records come to."""

    report: Report
    indicator: Indicator
    typed: int
    counted: Figure


def years(catalog: Catalog) -> list[Year]:
    """Return the figures of every year that has any, the latest first."""
    reports = {report.year_of(): report for report in catalog.of("report")}
    known = {post.date.year for post in catalog.of("post")} | {project.year for project in catalog.of("project")}
    known |= {meetup.held_in for meetup in _held(catalog) if meetup.held_in} | set(reports)
    return [_year(catalog, year, reports.get(year)) for year in sorted(known, reverse=True)]


def whole(catalog: Catalog, by_year: Iterable[Year]) -> dict[Indicator, Figure]:
    """Return the figures of the whole time; an organisation that came in several years counts once."""
    every = list(by_year)
    found = {indicator: _sum([year.figures[indicator] for year in every]) for indicator in INDICATORS}
    named = len(_ngos(_held(catalog)))
    yearly = [year.figures["ngos"].number or 0 for year in every]
    exact = all(year.figures["ngos"] == _counted(catalog, year.year)["ngos"] for year in every)
    most = max([named, *yearly])
    found["ngos"] = Figure(most or None, is_least=bool(most) and not exact)
    return found


def bars(by_year: Iterable[Year], indicator: Indicator) -> list[Bar]:
    """Return an indicator's bars, the earliest year first."""
    every = sorted(by_year)
    tallest = max((year.figures[indicator].number or 0 for year in every), default=0)
    return [
        Bar(year.year, year.figures[indicator], (year.figures[indicator].number or 0) / tallest if tallest else 0)
        for year in every
    ]


def disagreements(catalog: Catalog) -> Iterator[Disagreement]:
    """Yield the typed totals that differ from what records come to, or fall short of it where some do not tell."""
    for report in catalog.of("report"):
        for indicator, counted in _counted(catalog, report.year_of(), report.old_posts).items():
            typed: int | None = getattr(report, indicator)
            number = counted.number or 0
            if typed is not None and (typed < number if counted.is_least else typed != number):
                yield Disagreement(report, indicator, typed, counted)


def _year(catalog: Catalog, year: int, report: Report | None) -> Year:
    figures: dict[Indicator, Figure] = {}
    counted = _counted(catalog, year, report.old_posts if report else 0)
    meetups, posts, projects = _held(catalog, year), _posts(catalog, year), _projects(catalog, year)
    told = {"posts": posts, "projects": projects, "money": projects}
    for indicator in INDICATORS:
        typed: int | None = getattr(report, indicator) if report else None
        # Where no record of the year tells anything, nobody knows: that is not nought.
        known = counted.get(indicator, Figure(None)) if told.get(indicator, meetups) else Figure(None)
        figures[indicator] = Figure(typed) if typed is not None else known
    records = (*meetups, *posts, *projects)
    return Year(year, figures, report, any(record.example for record in (*records, *filter(None, [report]))))


def _counted(catalog: Catalog, year: int, old_posts: int = 0) -> dict[Indicator, Figure]:
    """Return what the records of a year come to."""
    meetups, projects = _held(catalog, year), _projects(catalog, year)
    named = _ngos(meetups)
    came = [meetup.figures.ngos for meetup in meetups]
    is_named = all(each == len(_ngos([meetup])) for each, meetup in zip(came, meetups, strict=True))
    return {
        "meetups": Figure(sum(not meetup.unscheduled for meetup in meetups)),
        "ngos": Figure(max([len(named), *(each or 0 for each in came)]), is_least=not is_named),
        "people": _told([meetup.figures.people for meetup in meetups]),
        "consultations": _told([meetup.figures.consultations for meetup in meetups]),
        "posts": Figure(len(_posts(catalog, year)) + old_posts),
        "projects": Figure(len(projects)),
        "money": _told([project.sum for project in projects]),
    }


def _held(catalog: Catalog, year: int | None = None) -> list[Meetup]:
    held = [meetup for meetup in catalog.of("meetup") if meetup.status == "held"]
    return [meetup for meetup in held if year is None or meetup.held_in == year]


def _posts(catalog: Catalog, year: int) -> list[Post]:
    return [post for post in catalog.of("post") if post.date.year == year]


def _projects(catalog: Catalog, year: int) -> list[Project]:
    return [project for project in catalog.of("project") if project.year == year]


def _ngos(meetups: Iterable[Meetup]) -> set[str]:
    return {each.ngo for meetup in meetups for each in meetup.parties if each.ngo}


def _told(numbers: list[int | None]) -> Figure:
    """Return the sum of what records tell; where none does, nobody knows."""
    known = [number for number in numbers if number is not None]
    return Figure(sum(known) if known or not numbers else None, is_least=len(known) < len(numbers))


def _sum(figures: list[Figure]) -> Figure:
    known = [figure.number for figure in figures if figure.number is not None]
    return Figure(sum(known) if known else None, is_least=any(figure.is_least for figure in figures))

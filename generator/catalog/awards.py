"""Whether what is told of supported projects agrees with the calls they won and the organisations that won them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.catalog.checks import Read
from generator.fields.eligibility import Place
from generator.problems import Problem
from generator.records.grant import Grant
from generator.records.ngo import Ngo
from generator.records.project import Project
from generator.records.record import Record


def awards(found: Iterable[Read], place: Place | None) -> Iterator[Problem]:
    """Find projects that cannot have been supported as their records say."""
    read = list(found)
    records = {(record.kind, record.slug): record for record, _ in read}
    for project, source in read:
        if isinstance(project, Project):
            for field, message in _mistakes(project, records, place):
                yield source.problem((field,), message)


def _mistakes(
    project: Project, records: Mapping[tuple[str, str], Record], place: Place | None
) -> Iterator[tuple[str, str]]:
    grant = records.get(("grant", project.grant or ""))
    if not isinstance(grant, Grant):
        return
    if project.funder is not None and project.funder != grant.funder:
        yield "funder", f"не сходится с {grant.path}: там funder {grant.funder}; при grant это поле не нужно"
    if project.sum is not None and grant.money.most is not None and project.sum > grant.money.most:
        yield "sum", f"больше, чем дают на конкурсе: в {grant.path} money.most — {grant.money.most}"
    last = max((round_.deadline.date for round_ in grant.rounds if round_.deadline.date), default=None)
    if (
        last is not None
        and project.year < min(round_.deadline.date for round_ in grant.rounds if round_.deadline.date).year
    ):
        yield "year", f"раньше, чем кончился приём заявок: в {grant.path} срок — {last}"
    ngo = records.get(("ngo", project.ngo or ""))
    if not isinstance(ngo, Ngo):
        return
    if grant.applicants[ngo.applies_as].may == "no":
        yield "ngo", f"эта организация не могла подать: в {grant.path} applicants.{ngo.applies_as} — no"
    if place is not None and not grant.suits(place):
        yield "ngo", f"организация отсюда не могла подать: в {grant.path} limits закрывают {place.town}"
    months = grant.limits.months_registered or 0
    age = ngo.months_registered(last) if last else None
    if age is not None and age < months:
        stood = f"ей было {age} мес., нужно {months} мес." if age >= 0 else "она ещё не была зарегистрирована"
        yield "ngo", f"эта организация не могла подать: к {last} {stood} ({ngo.path})"

"""`proekt agenda`: what is due is told on its day, with the file to open, and nothing else is."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.agenda import Waiting, agenda, agenda_of, agenda_text, drafts
from generator.catalog import Catalog, load
from generator.cli import main
from generator.settings import load_settings
from generator.templating import Templating
from tests.conftest import TODAY

QUIET = "Срочных дел нет"
CALL = """title: Проба {slug}
level: private
funder: kamennyy-poyas
applicants: {{nko: yes, others: no}}
checked: {checked}
added: 2026-01-01
rounds:
  - key: main
    {dates}
{more}
"""


@pytest.fixture
def project(example: Path, tmp_path: Path) -> Path:
    """A project with funders and topics, and nothing that could be due."""
    path = Path(shutil.copytree(example, tmp_path / "project"))
    emptied = ("news", "meetups", "documents", "methodology", "experts", "projects", "agreements", "results")
    for folder in ("grants", "ngos", *(f"content/{name}" for name in emptied)):
        shutil.rmtree(path / folder)
        (path / folder).mkdir()
    for folder in ("funders", "pages", "centre"):
        for file in (path / "content" / folder).iterdir():
            lines = file.read_text().splitlines(keepends=True)
            file.write_text("".join(line for line in lines if not line.startswith(("source:", "  - http", "checked:"))))
    return path


def call(project: Path, slug: str, *dates: str, checked: date = TODAY, more: str = "") -> str:
    """Write a call with one window; return its path."""
    text = CALL.format(slug=slug, checked=checked, dates="\n    ".join(dates), more=more)
    (project / f"grants/{slug}.yml").write_text(text)
    return f"grants/{slug}.yml"


def told(project: Path, today: date = TODAY) -> str:
    """Return the agenda with plain spaces."""
    assert load(project, today)
    return agenda_of(project, today).replace("\u00a0", " ")


def in_days(days: int) -> date:
    return TODAY + timedelta(days)


def test_an_editor_with_nothing_to_do_is_told_so_kindly(project: Path) -> None:
    call(project, "dalekiy", "opens: 2026-10-01", "deadline: 2027-03-01", "results: 2027-05-01")
    assert told(project) == (
        "Что сделать: 20 ноября 2026 года, пятница\n\n"
        "Срочных дел нет: сроки, записи и черновики в порядке. Хорошего дня!\n"
    )


@pytest.mark.parametrize(
    ("days", "words"), [(0, "(сегодня)"), (1, "(завтра)"), (3, "(через 3 дня)"), (14, "(через 14 дней)")]
)
def test_a_deadline_within_14_days_is_told_under_its_day(days: int, words: str, project: Path) -> None:
    path = call(project, "blizkiy", f"deadline: {in_days(days)} 23:30", "results: unknown")
    lines = told(project).splitlines()
    assert any(line.endswith(words) for line in lines)
    assert any(line.strip().startswith(f"{path} — Проба blizkiy, Москва 23:30, Самоцветск 01:30") for line in lines)


@pytest.mark.parametrize("days", [-1, 15])
def test_a_deadline_that_passed_or_is_further_off_is_not(days: int, project: Path) -> None:
    call(project, "dalekiy", f"deadline: {in_days(days)}", "results: 2027-05-01")
    assert QUIET in told(project)


def test_deadlines_stand_by_day_and_those_of_one_day_together(project: Path) -> None:
    for slug, days in (("c", 5), ("a", 3), ("b", 5)):
        call(project, slug, f"deadline: {in_days(days)}", "results: unknown")
    text = told(project)
    assert text.count("(через 5 дней)") == 1
    assert text.index("(через 3 дня)") < text.index("grants/a.yml") < text.index("(через 5 дней)")
    assert text.index("(через 5 дней)") < text.index("grants/b.yml") < text.index("grants/c.yml")


def test_an_opening_within_14_days_is_told(project: Path) -> None:
    path = call(project, "skoro", f"opens: {in_days(14)}", "deadline: 2027-03-01", "results: unknown")
    text = told(project)
    assert "Приём открывается" in text
    assert f"{path} — Проба skoro" in text
    assert "Приём закрывается" not in text


def test_a_cancelled_window_asks_for_nothing(project: Path) -> None:
    call(project, "net", f"deadline: {in_days(3)}", "cancelled: {date: 2026-11-01}")
    call(project, "davno", "deadline: 2026-09-01", "cancelled: {date: 2026-09-01}")
    assert QUIET in told(project)


@pytest.mark.parametrize(
    ("month", "words"), [("2026-12", "декабрь 2026 года"), ("2026-10", "октябрь 2026 года; подтверждения не было")]
)
def test_a_forecast_whose_time_has_come_wants_confirming(month: str, words: str, project: Path) -> None:
    path = call(project, "prognoz", f"deadline: {{date: {month}, precision: forecast}}", "results: unknown")
    text = told(project)
    assert "Подтвердите даты" in text
    assert f"{path} — Проба prognoz: приём закрывается, примерно {words}\n" in text


def test_a_forecast_whose_time_is_far_does_not(project: Path) -> None:
    call(project, "prognoz", "deadline: {date: 2027-01, precision: forecast}", "results: unknown")
    assert QUIET in told(project)


def test_a_deadline_not_named_wants_asking_when_the_opening_is_near_or_a_month_has_passed(project: Path) -> None:
    call(project, "rano", "opens: 2027-02-01", "deadline: unknown")
    assert QUIET in told(project)
    near = call(project, "skoro", f"opens: {in_days(30)}", "deadline: unknown")
    old = call(project, "davno", "deadline: unknown", checked=in_days(-31))
    text = told(project)
    assert f"{near} — Проба skoro: приём закрывается, дата ещё не названа" in text
    assert f"{old} — Проба davno: приём закрывается, дата ещё не названа; сверяли 20 октября (31 день назад)" in text
    assert "rano" not in text


def test_a_rolling_call_asks_for_nothing(project: Path) -> None:
    call(project, "vsegda", "deadline: rolling", checked=in_days(-180))
    assert QUIET in told(project)


def test_a_closed_call_without_results_is_told_after_30_days_and_for_a_year(project: Path) -> None:
    path = call(project, "konchilsya", "deadline: 2026-09-01")
    assert QUIET in told(project, date(2026, 10, 1))
    assert f"{path} — Проба konchilsya: приём закрыт 1 сентября (31 день назад), день итогов" in told(
        project, date(2026, 10, 2)
    )
    assert path in told(project, date(2027, 9, 1)).partition("Не сверяли")[0]
    assert path not in told(project, date(2027, 9, 2)).partition("Не сверяли")[0]


def test_a_call_whose_results_are_due_is_told_until_they_are_written_down(project: Path) -> None:
    dates = ("deadline: 2026-09-01", "results: 2026-11-20")
    path = call(project, "itogi", *dates)
    assert QUIET in told(project, date(2026, 11, 19))
    assert f"{path} — Проба itogi: приём закрыт 1 сентября (80 дней назад), итоги ждали 20 ноября (сегодня)" in told(
        project
    )
    call(project, "itogi", *dates, more="history: [{date: 2026-11-20, text: Победили двое}]")
    assert QUIET in told(project)
    call(project, "itogi", *dates, more="updated: 2026-11-20")
    assert QUIET in told(project)


def test_a_duty_has_no_results_to_wait_for(project: Path) -> None:
    call(project, "otchet", "deadline: 2026-09-01", more="nature: duty")
    assert QUIET in told(project)


def test_a_record_not_checked_for_more_than_180_days_is_told(project: Path) -> None:
    call(project, "svezhiy", "deadline: 2027-05-01", checked=in_days(-180))
    assert QUIET in told(project)
    path = call(project, "staryy", "deadline: 2027-05-01", checked=in_days(-181))
    assert f"  Конкурсы\n    {path} — Проба staryy: сверяли 23 мая\n" in told(project)


def test_a_record_with_a_source_that_was_never_checked_is_told_and_news_are_not(project: Path) -> None:
    source = "source: https://example.org/\n"
    (project / "content/methodology/a.md").write_text(f"---\ntitle: А\nstage: idea\n{source}---\n")
    (project / "content/news/b.md").write_text(f"---\ntitle: Б\ndate: 2026-01-01\nrubric: centre\n{source}---\n")
    text = told(project)
    assert "content/methodology/a.md — А: не сверяли ни разу" in text
    assert "content/news/b.md" not in text


def test_of_many_old_records_20_are_told_those_in_use_first(project: Path) -> None:
    call(project, "a-proshlo", "deadline: 2020-05-01", "results: 2020-06-01", checked=date(2020, 6, 1))
    for number in range(31):
        call(project, f"k{number:02}", "deadline: 2027-05-01", checked=in_days(-200))
    lines = [line.strip() for line in told(project).splitlines()]
    shown = [line.partition(" ")[0] for line in lines if line.startswith("grants/")]
    assert shown == [f"grants/k{number:02}.yml" for number in range(20)]
    assert "и ещё 12" in lines


@pytest.mark.parametrize(("status", "due"), [("planned", True), ("moved", True), ("held", False), ("cancelled", False)])
def test_a_meetup_whose_day_has_passed_wants_its_report(status: str, due: bool, project: Path) -> None:
    text = f"---\ntitle: Встреча\ndate: {in_days(-1)} 16:00\nstatus: {status}\nchecked: {TODAY}\n---\n"
    (project / "content/meetups/v.md").write_text(text)
    found = told(project)
    assert ("content/meetups/v.md — Встреча: 19 ноября (вчера)" in found) is due
    assert (QUIET in found) is not due


def test_a_meetup_to_come_asks_for_nothing_until_its_day_must_be_named(project: Path) -> None:
    path = project / "content/meetups/v.md"
    text = "---\ntitle: Встреча\ndate: {}\nstatus: planned\nchecked: 2026-11-20\n---\n"
    path.write_text(text.format(in_days(0)))
    assert QUIET in told(project)
    path.write_text(text.format("2026-12"))
    assert "content/meetups/v.md — Встреча: встреча, декабрь 2026 года" in told(project)


def test_a_draft_waits(project: Path) -> None:
    (project / "content/news/d.md").write_text(
        "---\ntitle: Недописанное\ndraft: yes\ndate: 2026-11-01\nrubric: centre\n---\n"
    )
    assert "Черновики ждут:\n    content/news/d.md — Недописанное\n" in told(project)


def test_mistakes_in_the_content_are_counted_and_the_rest_is_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(project, "blizkiy", f"deadline: {in_days(3)}", "results: unknown")
    (project / "ngos/broken.yml").write_text("title: Сломанная\n")
    assert main(["agenda", "--project", str(project), "--today", str(TODAY)]) == 0
    text = capsys.readouterr().out.replace("\u00a0", " ")
    assert "В записях 2 ошибки" in text
    assert "grants/blizkiy.yml" in text


def test_an_empty_project_has_nothing_to_do(example: Path) -> None:
    templating = Templating(example, load_settings(example), TODAY)
    assert QUIET in agenda_text(Catalog(TODAY, (), {}), templating, Waiting([], []))


def test_the_agenda_is_the_same_whenever_it_is_asked_for(example: Path) -> None:
    assert agenda_of(example, TODAY) == agenda_of(example, TODAY)
    catalog = load(example, TODAY)
    waiting = Waiting(list(drafts(example)), [])
    assert [day for day, _ in agenda(catalog, waiting).closing] == [date(2026, 11, 27), date(2026, 12, 1)]


def test_an_agreement_that_ends_soon_or_has_just_ended_is_told(project: Path) -> None:
    for slug, until, more in (
        ("skoro", in_days(30), ""), ("proshlo", in_days(-30), ""), ("neskoro", in_days(31), ""),
        ("prekrashcheno", in_days(5), f"ended: {in_days(-5)}"),
    ):  # fmt: skip
        fields = f"title: Соглашение {slug}\ndate: 2020-01-01\nuntil: {until}\nparties: [Музей]\nsubject: мир\n{more}"
        (project / f"content/agreements/{slug}.md").write_text(f"---\n{fields}\n---\n")
    text = told(project)
    assert "content/agreements/skoro.md — Соглашение skoro: 20 декабря (через 30 дней)" in text
    assert "content/agreements/proshlo.md" in text
    assert "neskoro" not in text
    assert "prekrashcheno" not in text


def test_an_expert_without_consent_is_told_to_editors_alone(project: Path) -> None:
    fields = "title: Пётр Примеров\nrole: юрист\ncompetence: устав\nhow: visit\npro_bono: yes\n"
    (project / "content/experts/yurist.md").write_text(f"---\n{fields}---\n")
    text = told(project)
    assert "Нет согласия на публикацию" in text
    assert "content/experts/yurist.md — Пётр Примеров" in text
    (project / "content/experts/yurist.md").write_text(f"---\n{fields}consent: 2026-11-01\n---\n")
    assert QUIET in told(project)

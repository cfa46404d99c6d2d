"""Ordering sheets at the command line: by name, for whom, in large type; and keeping what is the same."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.cli import main
from generator.handouts.choice import Choice
from generator.handouts.order import Order
from tests.conftest import EXAMPLE
from tests.sheets import printed, text_of

DAY = "2026-11-20"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "town", ignore=shutil.ignore_patterns(".cache")))


def order(project: Path, *options: str) -> tuple[int, list[str]]:
    """Carry out an order; return its exit status and the names of the files."""
    folder = project.parent / "paper"
    shutil.rmtree(folder, ignore_errors=True)
    status = main(["--project", str(project), "--today", DAY, "handouts", *options, "--output", str(folder)])
    return status, sorted(path.name for path in folder.glob("*")) if folder.is_dir() else []


def test_a_name_means_the_usual_edition_and_large_the_other(project: Path) -> None:
    assert order(project, "grants-list") == (0, ["grants-list.pdf"])
    assert order(project, "grants-list", "--large") == (0, ["grants-list-large.pdf"])
    assert order(project, "grants-list-large") == (0, ["grants-list-large.pdf"])


def test_without_a_folder_sheets_go_to_that_of_their_site(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--project", str(project), "--today", DAY, "handouts", "cards"]) == 0
    printed_to = project / "handouts/cards.pdf"
    assert capsys.readouterr().out == f"proekt: {printed_to}\n"
    assert printed_to.read_bytes().startswith(b"%PDF")


def test_a_family_means_all_its_sheets(project: Path) -> None:
    status, names = order(project, "memo")
    assert status == 0
    assert names
    assert all(name.startswith("memo-") for name in names)


def test_only_an_order_of_everything_lets_other_kept_sheets_go() -> None:
    assert Order([]).is_all
    assert not any(each.is_all for each in (Order(["cards"]), Order(large=True), Order(choice=Choice(topic="town"))))


def test_a_large_sheet_does_not_tell_what_is_seen(project: Path) -> None:
    text = text_of(printed(project, "grants-list-large"))
    assert "крупным шрифтом" not in text


def test_a_step_before_the_deadline_stands_on_its_day_of_the_month(project: Path) -> None:
    assert "1 этап Книжный мост: отзыв администрации города" in text_of(printed(project, "grants-month-2026-12"))
    large = text_of(printed(project, "grants-month-2026-12-large"))
    assert large.index("1 декабря, вт этап Отзыв администрации города") < large.index("Самоцветск вт, 1 декабря 18:00")


def test_a_choice_alone_prints_only_what_can_be_chosen(project: Path) -> None:
    status, names = order(project, "--topic", "town", "--from", "2026-12", "--to", "2026-12")
    assert status == 0
    assert "grants-list.pdf" in names
    assert not {"ngos.pdf", "cards.pdf", "documents.pdf"} & set(names)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("grants-lst",), "нет такого листа: grants-lst; похоже на «grants-list»"),
        (("cards", "--large"), "лист cards не печатается крупным шрифтом"),
        (("cards", "--topic", "town"), "лист cards не печатается по теме, заявителю или месяцам"),
        (("--topic", "twn"), "нет такой темы: twn; похоже на «town»"),
        (("--applicant", "нко"), "нет такого заявителя: нко; бывает nko"),
        (("--from", "2027-02", "--to", "2026-12"), "последний месяц (2026-12) раньше первого (2027-02)"),
    ],
)
def test_an_order_that_cannot_be_met_is_wrong_use(
    project: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], told: str
) -> None:
    assert order(project, *options) == (2, [])
    assert told in capsys.readouterr().err


def test_a_month_is_written_in_numbers(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        order(project, "--from", "декабрь")
    assert ending.value.code == 2
    assert "нужен месяц вида 2026-12" in capsys.readouterr().err


def test_what_was_chosen_stands_on_the_sheet(project: Path) -> None:
    choice = Choice("town", "tos", date(2026, 11, 1), date(2026, 12, 1))
    text = text_of(printed(project, "grants-list", choice=choice))
    assert "Здесь не всё: только где можно ТОС; тема" in text
    assert "сроки с ноября 2026 года по декабрь 2026 года" in text
    assert "Двор нашей мечты" in text
    assert "Книжный мост" not in text


def test_a_sheet_is_made_again_only_when_something_in_it_changed(project: Path) -> None:
    order(project, "cards", "documents")
    kept = {path.name: path.stat().st_mtime_ns for path in (project / ".cache/handouts").glob("*.pdf")}
    assert len(kept) == 2
    order(project, "cards", "documents")
    assert {path.name: path.stat().st_mtime_ns for path in (project / ".cache/handouts").glob("*.pdf")} == kept
    record = next((project / "content/documents").glob("*.md"))
    record.write_text(record.read_text("utf-8").replace("title: ", "title: Новый "), "utf-8")
    order(project, "cards", "documents")
    assert len(list((project / ".cache/handouts").glob("*.pdf"))) == 3


def test_what_is_kept_may_be_deleted_or_be_out_of_reach(project: Path) -> None:
    before = order(project, "cards")
    shutil.rmtree(project / ".cache")
    (project / ".cache").write_text("не папка", "utf-8")
    assert order(project, "cards") == before

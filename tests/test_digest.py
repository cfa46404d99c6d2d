"""`proekt digest`: a message with what is new and what closes, short enough to send, true whenever it is read."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import html5lib  # type: ignore[import-untyped]  # it has no types
import pytest

from generator.cli import main
from generator.digest import digest_of
from tests.conftest import TODAY
from tests.test_agenda import call
from tests.test_feeds import write_post

EMPTIED = ("news", "meetups", "documents", "methodology", "experts", "projects", "agreements", "results")
SITE = "https://bereg.example.org"


@pytest.fixture
def project(example: Path, tmp_path: Path) -> Path:
    """A project with nothing new and nothing at hand."""
    path = Path(shutil.copytree(example, tmp_path / "project"))
    for folder in ("grants", "ngos", *(f"content/{name}" for name in EMPTIED)):
        shutil.rmtree(path / folder)
        (path / folder).mkdir()
    return path


def told(project: Path, days: int = 7, today: date = TODAY, form: str = "text") -> str:
    """Return the digest with plain spaces."""
    return digest_of(project, today, days, form).replace("\u00a0", " ")


def part(text: str, heading: str) -> str:
    """Return one part of the text: from its heading to the next."""
    found = re.search(rf"{heading}\n(.*?)(?=\n\n\S+ [А-Я ]{{6,}}\n|\Z)", text, re.DOTALL)
    return found[1] if found else ""


def new_call(project: Path, slug: str, *dates: str, added: date = TODAY) -> None:
    path = project / call(project, slug, *dates)
    path.write_text(path.read_text().replace("added: 2026-01-01", f"added: {added}"))


def test_a_call_that_closes_within_the_days_is_told_with_both_clocks(project: Path) -> None:
    call(project, "soon", "deadline: 2026-11-26 23:30")
    call(project, "later", "deadline: 2026-12-10")
    text = part(told(project), "ПРИЁМ ЗАКРЫВАЕТСЯ")
    assert "Проба soon" in text
    assert "26 ноября 2026 года, чт, 23:30 по Москве" in text
    assert "это уже 27 ноября 2026 года, 01:30" in text
    assert f"{SITE}/grants/soon/" in text
    assert "Проба later" not in text
    assert "Проба later" in told(project, days=20)


def test_a_new_call_is_told_and_an_old_or_closed_one_is_not(project: Path) -> None:
    new_call(project, "new", "deadline: 2027-02-01")
    new_call(project, "sixth", "deadline: 2027-02-01", added=TODAY - timedelta(days=6))
    new_call(project, "eighth", "deadline: 2027-02-01", added=TODAY - timedelta(days=7))
    new_call(project, "over", "deadline: 2026-11-01")
    text = part(told(project), "НОВЫЕ КОНКУРСЫ")
    assert "Проба new" in text
    assert "Проба sixth" in text
    assert "Проба eighth" not in text
    assert "Проба over" not in text


def test_a_new_call_that_closes_soon_is_told_once(project: Path) -> None:
    new_call(project, "both", "deadline: 2026-11-24")
    assert told(project).count("Проба both") == 1


def test_new_posts_of_the_days_and_the_next_meetup_are_told(project: Path) -> None:
    write_post(project, "fresh", date="2026-11-18")
    write_post(project, "stale", date="2026-11-01")
    write_post(project, "soon", date="2026-11-21")
    (project / "content/meetups/next.md").write_text(
        "---\ntitle: Встреча соседей\ndate: 2026-12-05 15:00\nstatus: planned\nchecked: 2026-11-12\nplace: Зал\n---\n"
    )
    text = told(project)
    assert "Новость fresh" in part(text, "НОВОЕ НА САЙТЕ")
    assert "Новость stale" not in text
    assert "Новость soon" not in text
    assert "Встреча соседей" in part(text, "БЛИЖАЙШАЯ ВСТРЕЧА")
    assert "5 декабря 2026 года" in text


def test_when_nothing_is_new_it_says_so(project: Path) -> None:
    text = told(project)
    assert "За 7 дней нового не было, и до 27 ноября 2026 года ничего не закрывается." in text
    assert f"{SITE}/grants/" in text


@pytest.mark.parametrize("count", [5, 40, pytest.param(150, marks=pytest.mark.no_cover)])
def test_the_text_fits_a_message_and_loses_whole_entries(count: int, project: Path) -> None:
    for number in range(count):
        new_call(project, f"n{number:03}", "deadline: 2027-02-01 23:30")
        write_post(project, f"p{number:03}", date="2026-11-19")
    text = told(project)
    assert len(text) <= 4096
    shown = {kind: len(re.findall(rf"{SITE}/{kind}/[np]\d{{3}}/\n", text)) for kind in ("grants", "news")}
    for kind in ("grants", "news"):
        more = re.search(rf"…и ещё (\d+) — на сайте: {SITE}/{kind}/\n", text)
        assert shown[kind] + (int(more[1]) if more else 0) == count
        assert shown[kind] >= min(count, 5)


def test_nothing_in_it_goes_stale(project: Path) -> None:
    call(project, "soon", "deadline: 2026-11-21")
    assert re.search(r"осталось|завтра|сегодня", told(project)) is None


def test_the_letter_has_no_pictures_no_scripts_and_whole_addresses(project: Path) -> None:
    call(project, "soon", "deadline: 2026-11-26 23:30")
    write_post(project, "fresh", title='"Гранты <5 000 ₽ & больше"', summary="Кратко.")
    html = told(project, form="html")
    page: Any = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False).parse(
        html
    )
    tags = {element.tag for element in page.iter()}
    assert not tags & {"img", "script", "link", "style", "table"}
    addresses = [link.attrib["href"] for link in page.iter("a")]
    assert addresses
    assert all(address.startswith(f"{SITE}/") for address in addresses)
    assert "Гранты <5 000 ₽ & больше" in "".join(page.itertext())
    assert "это уже 27 ноября 2026 года, 01:30" in "".join(page.itertext())


def test_the_command_prints_the_text_and_ends_with_0(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_post(project, "fresh")
    assert main(["--project", str(project), "digest", "--today", str(TODAY), "--days", "3"]) == 0
    assert "Новость fresh" in capsys.readouterr().out
    assert main(["--project", str(project), "digest", "--today", str(TODAY), "--format", "html"]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")


@pytest.mark.parametrize("days", ["0", "367", "-1", "неделя"])
def test_days_that_make_no_sense_are_a_wrong_use(days: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(["--project", str(project), "digest", f"--days={days}"])
    assert ending.value.code == 2
    assert "от 1 до 366" in capsys.readouterr().err


def test_problems_in_the_content_are_told_and_end_with_1(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "content/news/bad.md").write_text("---\ntitle: Без даты\n---\n")
    assert main(["--project", str(project), "digest", "--today", str(TODAY)]) == 1
    assert "content/news/bad.md" in capsys.readouterr().out

from __future__ import annotations

import io
import re
import shutil
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from generator.catalog import load
from generator.handouts import HANDOUTS, handouts, sheets
from generator.problems import ContentError
from generator.settings import load_settings
from generator.templating import Templating, shipped_templates
from tests.sheets import printed, text_of

TODAY = date(2026, 11, 20)

SHEETS = ("grants-list", "grants-year")
"""Sheets that stand alone; those of months, calls and meetups have tests of their own."""

CALLS = {
    "night": """
        title: Гранты ночью
        level: federal
        rounds: [{key: a, opens: 2026-11-01, deadline: 2026-11-25 23:30}]
        applicants:
          nko: {may: yes, note: работает год}
          municipal: {may: no, note: мешает учредитель}
          state: {may: no, note: мешает учредитель}
          library: {may: partner, note: заявку подаёт НКО}
          others: no
        money: {least: 100000, most: 500000}
    """,
    "day": """
        title: Премия двора
        level: municipal
        nature: contest
        rounds: [{key: a, opens: 2026-12-01, deadline: {date: 2026-12-13, zone: Europe/Samara}}]
        applicants: {person: yes, others: no}
        limits: {population_to: 50000, age_from: 14, age_to: 35}
        example: yes
    """,
    "extended": """
        title: Помощь соседям
        level: regional
        rounds:
          - key: spring
            title: весна
            deadline:
              date: 2026-12-20
              was: [{date: 2026-12-09, moved: 2026-11-10}]
              disputed: [{date: 2026-12-19, source: https://example.org/a}]
          - {key: autumn, title: осень, deadline: 2027-10-01 18:00}
          - {key: past, title: лето, deadline: 2026-08-01}
          - {key: off, title: зима, deadline: 2027-01-15, cancelled: {date: 2026-11-01}}
        applicants: {others: yes}
    """,
    "forecast": """
        title: Молодёжный форум
        level: federal
        rounds: [{key: a, deadline: {date: 2027-06-15, precision: forecast, words: не ранее середины июня}}]
        applicants: {youth: yes, others: no}
    """,
    "stale": """
        title: Осенняя субсидия
        level: regional
        rounds: [{key: a, deadline: {date: 2026-10-01, precision: forecast, words: ждали в октябре}}]
        applicants: {nko: yes, others: no}
    """,
    "unknown": """
        title: Будущая премия
        level: private
        rounds: [{key: a, deadline: unknown}]
        applicants: {nko: yes, others: no}
    """,
    "always": """
        title: Малая поддержка
        level: private
        rounds: [{key: a, deadline: rolling}]
        applicants: {group: yes, others: no}
    """,
}

CENTRE = """---
title: Центр при библиотеке
short_address: Глазов, ул. Примерная, 1
contacts: {phones: +7 34141 2-34-56, emails: centre@example.org}
hours:
  - {days: [mon, tue, wed, thu], opens: "10:00", closes: "19:00"}
  - {days: [sat], opens: "10:00", closes: "17:00"}
---
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with one funder, seven calls and a centre."""
    root = Path(__file__).parent.parent
    shutil.copy(root / "mkdocs.yml", tmp_path)
    for folder in ("grants", "content/funders", "content/centre"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(root / "content/topics.yml", tmp_path / "content")
    (tmp_path / "content/funders/fund.md").write_text("---\ntitle: Фонд «Город»\nnature: local\n---\n", "utf-8")
    (tmp_path / "content/centre/centre.md").write_text(CENTRE, "utf-8")
    for name, fields in CALLS.items():
        write_call(tmp_path, name, fields)
    return tmp_path


def write_call(project: Path, name: str, fields: str) -> None:
    lines = [line.removeprefix(" " * 8) for line in fields.strip("\n").splitlines()]
    text = "\n".join([*lines, "funder: fund", "checked: 2026-11-12", "added: 2026-11-01", ""])
    (project / f"grants/{name}.yml").write_text(text, "utf-8")


def templating_of(project: Path) -> Templating:
    return Templating(project, load_settings(project), TODAY)


@pytest.mark.no_cover
def test_every_sheet_is_listed_with_its_title_and_made(project: Path) -> None:
    catalog, templating = load(project, TODAY), templating_of(project)
    listed = list(sheets(catalog, templating))
    families = list(dict.fromkeys(sheet.family for sheet in listed))
    assert families == [family for family in HANDOUTS if family in families]
    assert set(SHEETS) <= set(families)
    assert [sheet.path for sheet in listed] == [each.sheet.path for each in handouts(catalog, templating)]
    (year,) = (sheet for sheet in listed if sheet.name == "grants-year")
    assert year.title == "Сроки конкурсов: ноябрь 2026 — октябрь 2027"
    assert all(sheet.description for sheet in listed)


def test_the_list_has_every_open_and_coming_round_once(project: Path) -> None:
    text = text_of(printed(project, "grants-list"))
    once = ("Гранты ночью", "Премия двора", "Молодёжный форум", "Осенняя субсидия", "Будущая премия", "Малая поддержка")
    assert {title: text.count(title) for title in once} == dict.fromkeys(once, 1)
    assert text.count("Помощь соседям") == 2
    assert "весна" in text
    assert "осень" in text
    assert text.count("proekt-plus.example.org/g/extended") == 2
    assert "лето" not in text
    assert "зима" not in text


def test_both_clocks_and_both_days_are_written_out(project: Path) -> None:
    for name in SHEETS:
        text = text_of(printed(project, name))
        assert "Москва ср, 25 ноября 23:30" in text
        assert "Глазов чт, 26 ноября 00:30" in text
        assert "Москва пт, 1 октября 18:00" in text
        assert "Глазов пт, 1 октября 19:00" in text


def test_a_day_without_an_hour_gets_no_minute(project: Path) -> None:
    for name in SHEETS:
        text = text_of(printed(project, name))
        assert "до конца дня 13 декабря, по времени Глазова" in text
        assert "до конца дня 20 декабря, по Москве" in text
        assert "23:59" not in text


def test_moved_disputed_and_unsure_dates_are_told_in_words(project: Path) -> None:
    text = text_of(printed(project, "grants-list"))
    assert "Срок продлён, был 9 декабря" in text
    assert "Другой источник называет 19 декабря" in text
    assert "Не ранее середины июня" in text
    assert "Ждали в октябре Подтверждения не было." in text
    assert "срок не назван" in text
    assert "весь год" in text


def test_the_list_says_who_may_and_who_may_not(project: Path) -> None:
    text = text_of(printed(project, "grants-list"))
    assert "Можно: НКО (работает год)" in text
    assert "Через партнёра: библиотекам (заявку подаёт НКО)" in text
    assert "Нельзя: муниципальным учреждениям, государственным учреждениям (мешает учредитель); казённым" in text
    assert "Глазову не подходит: только города до 50 000 жителей" in text
    assert "Условия: возраст 14–35" in text
    assert "от 100 000 ₽ до 500 000 ₽" in text
    assert text.count("пример ") == 1


def test_every_sheet_tells_its_day_address_and_centre(project: Path) -> None:
    for name, page in (("grants-list", "/grants"), ("grants-year", "/calendar")):
        text = text_of(printed(project, name))
        assert "Состояние на 20 ноября 2026 года" in text
        assert f"proekt-plus.example.org{page} " in text
        assert "Центр при библиотеке, Глазов, ул. Примерная, 1." in text
        assert "пн–чт 10:00–19:00, сб 10:00–17:00." in text
        assert "+7 34141 2-34-56, centre@example.org" in text
        assert re.search(r"\b1 из \d", text)


def test_the_year_has_a_number_in_the_cell_of_each_deadline(project: Path) -> None:
    first = PdfReader(io.BytesIO(printed(project, "grants-year"))).pages[0].extract_text()
    cells = " ".join(first.split())
    assert "25 1 26" in cells
    assert "13 2" in cells
    assert "20 3" in cells
    assert cells.count("пн вт ср чт пт сб вс") == 12


def test_the_year_lists_what_has_no_day_in_words(project: Path) -> None:
    text = text_of(printed(project, "grants-year"))
    undated = text[text.index("Без точного срока") :]
    assert "Молодёжный форум — не ранее середины июня" in undated
    assert "Осенняя субсидия — ждали в октябре; подтверждения не было" in undated
    assert "Малая поддержка — постоянно" in undated


def test_many_deadlines_of_a_day_are_counted_and_the_year_stays_on_its_page(project: Path) -> None:
    for number in range(12):
        write_call(project, f"more-{number}", CALLS["night"].replace("Гранты ночью", f"Ещё один грант {number}"))
    pages = PdfReader(io.BytesIO(printed(project, "grants-year"))).pages
    assert "+12" in pages[0].extract_text()
    assert "Сроки по\u00a0номерам" in pages[1].extract_text()


def test_a_deadline_that_passed_this_month_says_so(project: Path) -> None:
    assert "прошёл" in text_of(printed(project, "grants-year", date(2026, 11, 27)))


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_tagged_pdf_ua(project: Path, name: str) -> None:
    with pikepdf.open(io.BytesIO(printed(project, name))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "ru"
        assert "/StructTreeRoot" in pdf.Root
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"]
        tagged = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/S" in found]
        assert {"/H1", "/H2", "/Figure"} <= {str(element.S) for element in tagged}
        assert all(str(element.Alt) for element in tagged if element.S == "/Figure")


def test_nothing_is_smaller_than_ten_points(project: Path) -> None:
    sizes: list[float] = []

    def visit(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        if text.strip():
            sizes.append(size)

    for name in SHEETS:
        for page in PdfReader(io.BytesIO(printed(project, name))).pages:
            page.extract_text(visitor_text=visit)
    assert min(sizes) >= 10


@pytest.mark.parametrize("name", SHEETS)
def test_the_same_day_gives_the_same_bytes(project: Path, name: str) -> None:
    assert printed(project, name, anew=True) == printed(project, name, anew=True)


def test_an_empty_catalog_gives_sheets_that_say_so(project: Path) -> None:
    shutil.rmtree(project / "grants")
    (project / "content/centre/centre.md").unlink()
    for name in SHEETS:
        text = text_of(printed(project, name))
        assert "Открытых конкурсов сейчас нет" in text
        assert "Проект+" in text


def test_long_names_break_and_characters_without_a_glyph_are_left_out(project: Path) -> None:
    long = "Многопользовательский" * 6
    write_call(project, "long", CALLS["night"].replace("Гранты ночью", f"{long} 😀 ✔ 漢 16\u2011е"))
    for name in SHEETS:
        pdf = printed(project, name)
        assert "? 16-е" in text_of(pdf)
        for page in PdfReader(io.BytesIO(pdf)).pages:
            assert not re.search(r"\w{80}", page.extract_text())


def test_a_mistake_in_a_sites_own_template_is_told_with_its_line(project: Path) -> None:
    own = project / "templates/handouts"
    own.mkdir(parents=True)
    (own / "grants-list.typ").write_text('#import "lib.typ": *\n#show: sheet\n#mistaken\n', "utf-8")
    with pytest.raises(ContentError) as error:
        printed(project, "grants-list")
    (problem,) = error.value.problems
    assert (problem.path, problem.line) == ("templates/handouts/grants-list.typ", 3)
    assert "mistaken" in problem.message
    printed(project, "grants-year")


def test_a_warning_in_a_sites_own_template_is_a_mistake(project: Path) -> None:
    own = project / "templates/handouts"
    own.mkdir(parents=True)
    (own / "grants-list.typ").write_text('#import "lib.typ": *\n#show: sheet\n#text(font: "Arial")[да]', "utf-8")
    with pytest.raises(ContentError, match=r"templates/handouts/grants-list\.typ:3: .*arial"):
        printed(project, "grants-list")


def test_a_site_may_override_what_all_sheets_share(project: Path) -> None:
    own = project / "templates/handouts"
    own.mkdir(parents=True)
    shared = (shipped_templates() / "handouts/lib.typ").read_text("utf-8")
    (own / "lib.typ").write_text(shared.replace("Свежее — на сайте", "Смотрите на сайте"), "utf-8")
    assert "Смотрите на сайте" in text_of(printed(project, "grants-year"))


def test_a_site_may_rename_a_sheet(project: Path) -> None:
    own = project / "templates/text"
    own.mkdir(parents=True)
    (own / "handouts.yml").write_text("grants-list:\n  title: Куда подать заявку\n", "utf-8")
    assert next(sheets(load(project, TODAY), templating_of(project))).title == "Куда подать заявку"
    assert "Куда подать заявку" in text_of(printed(project, "grants-list"))


def test_broken_words_of_a_site_are_told_with_their_line(project: Path) -> None:
    own = project / "templates/text"
    own.mkdir(parents=True)
    (own / "handouts.yml").write_text("grants-list:\n  title: раз\n  title: два\n", "utf-8")
    with pytest.raises(ContentError, match=r"templates/text/handouts\.yml:3: "):
        list(sheets(load(project, TODAY), templating_of(project)))


def test_a_qr_leads_to_the_calls_short_address(project: Path) -> None:
    sheet = pypdfium2.PdfDocument(printed(project, "grants-list"))
    pictures = [page.render(scale=150 / 72).to_pil() for page in sheet]
    found = {code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)}
    assert {f"https://proekt-plus.example.org/g/{name}/" for name in CALLS} <= found

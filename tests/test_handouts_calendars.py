"""The calendars of deadlines and the list of calls on paper."""

from __future__ import annotations

import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import ImageFilter
from pypdf import PdfReader

from generator.catalog import load
from generator.handouts import sheets
from generator.handouts.choice import Choice
from generator.handouts.packing import packed
from generator.handouts.wording import Due, Wording
from generator.settings import load_settings
from generator.templating import Templating
from tests.sheets import TODAY, pages_of, printed, text_of

pytest_plugins = ("tests.browser",)

ROOT = Path(__file__).parent.parent
THIS = TODAY.replace(day=1)
FAMILIES = ("grants-list", "grants-month", "grants-quarter", "grants-year")

CALL = """
title: {title}
short: {short}
level: federal
funder: fund
checked: 2026-11-12
added: 2026-11-01
rounds: [{{key: a, opens: 2026-11-01, deadline: {deadline}}}]
applicants: {{nko: yes, library: {{may: partner, note: заявку подаёт НКО}}, others: no}}
money: {{least: 100000, most: 500000}}
"""
MEETUP = "---\ntitle: {title}\ndate: {date}\nstatus: {status}\nends: '18:00'\nplace: Зал\nchecked: 2026-11-12\n---\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with a funder and nothing else."""
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    for folder in ("grants", "content/funders", "content/meetups"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(ROOT / "content/topics.yml", tmp_path / "content")
    (tmp_path / "content/funders/fund.md").write_text("---\ntitle: Фонд «Город»\nnature: local\n---\n", "utf-8")
    return tmp_path


def write_call(project: Path, name: str, deadline: str, title: str = "", short: str = "") -> None:
    fields = CALL.format(title=title or f"Конкурс {name}", short=short or f"Коротко {name}", deadline=deadline)
    (project / f"grants/{name}.yml").write_text(fields, "utf-8")


def write_meetup(project: Path, name: str, day: str, status: str = "planned") -> None:
    text = MEETUP.format(title=f"Встреча «{name}»", date=day, status=status)
    (project / f"content/meetups/{name}.md").write_text(text, "utf-8")


def forty(project: Path) -> None:
    """Write forty calls of a month, nine of them on one day, with names as long as any."""
    long = "Конкурс имени «Общества друзей „Библиотеки“» для некоммерческих организаций малых городов, выпуск"
    for number in range(40):
        day = 8 if number < 9 else (8 + number - 8) % 29 + 1
        clock = " 23:30" if number % 2 else ""
        write_call(project, f"c{number}", f"2026-12-{day:02}{clock}", f"{long} {number}", f"Гранты соседям, {number}")


def sizes_of(pdf: bytes) -> Iterator[float]:
    found: list[float] = []

    def visit(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        if text.strip():
            found.append(round(size, 2))

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=visit)
    yield from found


def called(text: str) -> Counter[str]:
    """Return how often the short address of each call stands in a text."""
    return Counter(re.findall(r"/g/([a-z0-9-]+)", text))


def letters(text: str) -> str:
    return re.sub(r"[^а-яёa-z0-9]", "", text.lower())


@pytest.fixture(scope="module")
def own(own_site: Path) -> dict[str, str]:
    """Return what stands on each sheet of this very site, editions in large type too."""
    templating = Templating(ROOT, load_settings(ROOT), TODAY)
    names = [sheet.name for sheet in sheets(load(ROOT, TODAY), templating) if sheet.family in FAMILIES]
    return {name: text_of((own_site / f"handouts/{name}.pdf").read_bytes()) for name in names}


@pytest.fixture(scope="module")
def dues() -> list[Due]:
    """Return every round of this very site that was not called off."""
    return Wording(load(ROOT, TODAY), Templating(ROOT, load_settings(ROOT), TODAY)).rounds()


def month_of(due: Due) -> date | None:
    return due.round.deadline.date and due.round.deadline.date.replace(day=1)


def test_the_list_has_each_open_and_coming_round_once(own: dict[str, str], dues: list[Due]) -> None:
    ahead = Counter(due.grant.slug for due in dues if due.round.status(TODAY) != "closed")
    assert len(ahead) > 15
    assert called(own["grants-list"]) == called(own["grants-list-large"]) == ahead


def test_the_months_together_have_each_deadline_once(own: dict[str, str], dues: list[Due]) -> None:
    dated = [due for due in dues if due.round.deadline.is_dated and (month_of(due) or THIS) >= THIS]
    for suffix in ("", "-large"):
        names = [name for name in own if re.fullmatch(rf"grants-month-\d{{4}}-\d\d{suffix}", name)]
        assert len(names) > 4
        for name in names:
            here = Counter(due.grant.slug for due in dated if f"{month_of(due):%Y-%m}" in name)
            assert called(own[name]) == here, name
    assert {f"grants-month-{month_of(due):%Y-%m}" for due in dated} <= set(own)


def test_a_month_tells_in_words_what_is_awaited_in_it(own: dict[str, str], dues: list[Due]) -> None:
    awaited = [due for due in dues if not due.round.deadline.is_dated and (month_of(due) or date.min) >= THIS]
    assert len(awaited) > 3
    for due in awaited:
        for suffix in ("", "-large"):
            text = own[f"grants-month-{month_of(due):%Y-%m}{suffix}"]
            assert letters(text[text.index("Ожидаются в этом месяце") :]).count(letters(due.grant.title)) == 1


def test_the_quarter_has_each_round_of_three_months_once(own: dict[str, str], dues: list[Due]) -> None:
    months = {date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)}
    ahead = [due for due in dues if due.round.status(TODAY) != "closed"]
    here = [due for due in ahead if due.round.deadline.precision == "rolling" or month_of(due) in months]
    assert called(own["grants-quarter"]) == Counter(due.grant.slug for due in here)
    assert len(ahead) > len(here)
    assert "Есть и позже" in own["grants-quarter"]


def test_the_year_has_each_round_once(own: dict[str, str], dues: list[Due]) -> None:
    shown = [due for due in dues if not due.round.deadline.is_dated or (month_of(due) or THIS) >= THIS]
    titles = Counter(letters(due.grant.title) for due in shown)
    for name in ("grants-year", "grants-year-a3"):
        text = letters(own[name])
        assert {title: text.count(title) for title in titles} == titles


def test_a_meetup_is_told_from_a_deadline_by_its_word(project: Path) -> None:
    write_call(project, "a", "2026-12-10 23:30")
    write_meetup(project, "warm", "{date: 2026-12-10, time: '16:00', zone: Europe/Samara}")
    write_meetup(project, "off", "2026-12-11", "cancelled")
    write_meetup(project, "later", "2026-12")
    grid, overleaf = pages_of(printed(project, "grants-month-2026-12"))
    assert "10 встреча 16:00–18:00 Встреча «warm» 1 Коротко a: до 23:30 мск, ночь на 11-е, 00:30" in grid
    assert "Встречи: 10 декабря, чт, 16:00–18:00 — Встреча «warm»; Зал; декабрь 2026 года — Встреча «later»" in grid
    assert "off" not in grid + overleaf
    large = text_of(printed(project, "grants-month-2026-12-large"))
    assert "10 декабря, чт встреча 16:00–18:00 Встреча «warm»" in large


def test_a_cell_says_the_hour_as_both_clocks_show_it(project: Path) -> None:
    write_call(project, "a", "2026-12-10 18:00")
    write_call(project, "b", "2026-12-11")
    write_call(project, "c", "{date: 2026-12-14, time: '02:00', zone: Asia/Irkutsk}")
    grid = pages_of(printed(project, "grants-month-2026-12"))[0]
    assert "10 1 Коротко a: до 18:00 мск, у нас 19:00" in grid
    assert "11 2 Коротко b 12" in grid
    assert "14 3 Коротко c: до 13-го, 21:00 мск, у нас 13-го, 22:00" in grid


def test_a_crowded_month_says_where_the_rest_is(project: Path) -> None:
    forty(project)
    first, *rest = pages_of(printed(project, "grants-month-2026-12"))
    assert "1 из" in first
    assert called(first) == {}
    hidden = [(int(count), int(a), int(b)) for count, a, b in re.findall(r"и ещё (\d+): № (\d+)–(\d+)", first)]
    assert any(count > 3 for count, _, _ in hidden)
    assert all(b - a + 1 == count for count, a, b in hidden)
    assert called(" ".join(rest)) == {f"c{number}": 1 for number in range(40)}
    assert all(f" {number} " in " ".join(rest) for number in range(1, 41))
    assert all("№ Последний день Час" in page for page in rest)


def test_what_does_not_fit_under_the_grid_is_overleaf(project: Path) -> None:
    for number in range(12):
        write_call(project, f"f{number}", "{date: 2026-12-01, precision: forecast, words: в декабре}")
    grid, overleaf = pages_of(printed(project, "grants-month-2026-12"))
    assert "Ожидаемые конкурсы и встречи — на обороте" in grid
    assert overleaf.count(" — в декабре") == 12


def test_a_month_that_has_begun_strikes_its_past_days_out(project: Path) -> None:
    write_call(project, "a", "2026-11-12")
    grid, overleaf = pages_of(printed(project, "grants-month-2026-11"))
    assert "Перечёркнутые дни прошли" in grid
    assert "12 ноября, чт прошёл" in overleaf
    assert "Перечёркнутые" not in pages_of(printed(project, "grants-month-2026-12"))[0]


def test_there_is_a_sheet_for_this_month_and_the_next_at_least(project: Path) -> None:
    def months() -> dict[str, str]:
        listed = sheets(load(project, TODAY), Templating(project, load_settings(project), TODAY))
        return {each.name[-7:]: each.subject.address for each in listed if re.search(r"month-\d{4}-\d\d$", each.name)}

    # The site has no page of a month to which nothing belongs yet.
    assert months() == {"2026-11": "/calendar/2026-11/", "2026-12": "/calendar/"}
    write_call(project, "a", "2027-02-01")
    assert list(months()) == ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert months()["2027-01"] == "/calendar/2027-01/"


def test_a_month_without_deadlines_says_so_and_names_the_next(project: Path) -> None:
    write_call(project, "a", "2027-02-01")
    (only,) = pages_of(printed(project, "grants-month-2026-12"))
    assert "В декабре 2026 года сроков подачи пока нет. Ближайший после него — 1 февраля 2027 года: Конкурс a." in only
    assert "В эти три месяца сроков пока нет. Есть позже" in text_of(printed(project, "grants-quarter"))
    (project / "grants/a.yml").unlink()
    assert "Как только узнаем о новом конкурсе" in text_of(printed(project, "grants-month-2026-12-large"))
    assert "Открытых конкурсов сейчас нет" in text_of(printed(project, "grants-quarter"))


@pytest.mark.parametrize("name", ["grants-list", "grants-month-2026-11", "grants-quarter", "grants-year"])
def test_a_choice_that_leaves_nothing_says_so_and_leads_on(project: Path, name: str) -> None:
    write_call(project, "a", "2026-12-10")
    text = text_of(printed(project, name, choice=Choice(applicant="school")))
    assert "По этому выбору ничего не нашлось. Остальные конкурсы — на сайте: proekt-plus.example.org/" in text
    assert "Конкурс a" not in text


def test_months_that_were_asked_for_are_those_that_are_printed(project: Path) -> None:
    write_call(project, "a", "2026-12-10")
    write_call(project, "b", "2027-03-10")
    asked = Choice(first=date(2027, 2, 1), last=date(2027, 3, 1))
    templating = Templating(project, load_settings(project), TODAY)
    names = [each.name for each in sheets(load(project, TODAY), templating, asked) if each.family == "grants-month"]
    assert names[::2] == ["grants-month-2027-02", "grants-month-2027-03"]
    quarter = text_of(printed(project, "grants-quarter", choice=asked))
    assert "Конкурсы: февраль 2027 — апрель 2027" in quarter
    assert called(quarter) == {"b": 1}
    beyond = Choice(first=date(2030, 5, 1))
    assert "grants-month-2030-05" in {each.name for each in sheets(load(project, TODAY), templating, beyond)}


def test_a_qr_of_the_quarter_is_read_from_a_poor_copy(project: Path) -> None:
    for number in range(6):
        write_call(project, f"rather-long-name-{number}", f"2026-12-{10 + number}")
    found = set()
    for page in pypdfium2.PdfDocument(printed(project, "grants-quarter")):
        copy = page.render(scale=100 / 72).to_pil().convert("L").filter(ImageFilter.GaussianBlur(0.8))
        found |= {code.text for code in zxingcpp.read_barcodes(copy)}
    assert {f"https://proekt-plus.example.org/g/rather-long-name-{number}/" for number in range(6)} <= found


@pytest.mark.parametrize("name", ["grants-list", "grants-month-2026-12", "grants-quarter", "grants-year"])
def test_a_qr_is_read_at_a_hundred_dots_an_inch(project: Path, name: str) -> None:
    write_call(project, "a", "2026-12-10")
    page = pypdfium2.PdfDocument(printed(project, name))[0].render(scale=100 / 72).to_pil().convert("L")
    found = {code.text for code in zxingcpp.read_barcodes(page)}
    assert any(code.startswith("https://proekt-plus.example.org/") for code in found)
    if name in ("grants-list", "grants-quarter"):
        assert "https://proekt-plus.example.org/g/a/" in found


def test_large_type_is_sixteen_points_and_no_type_is_below_ten(project: Path) -> None:
    write_call(project, "a", "2026-12-10 23:30")
    write_call(project, "f", "{date: 2026-12-01, precision: forecast, words: в декабре}")
    write_meetup(project, "m", "2026-12-11")
    for name in ("grants-list-large", "grants-month-2026-12-large"):
        assert min(sizes_of(printed(project, name))) >= 16
    for name in ("grants-list", "grants-month-2026-12", "grants-quarter", "grants-year"):
        assert min(sizes_of(printed(project, name))) >= 10


def test_editions_have_their_formats(project: Path) -> None:
    write_call(project, "a", "2026-12-10")
    formats = {
        "grants-month-2026-12": (842, 595),
        "grants-month-2026-12-large": (595, 842),
        "grants-year-a3": (842, 1191),
        "grants-quarter": (595, 842),
    }
    for name, (width, height) in formats.items():
        box = PdfReader(io.BytesIO(printed(project, name))).pages[0].mediabox
        assert (round(box.width), round(box.height)) == (width, height)


def test_the_year_is_one_page_and_a_table_for_each_month(project: Path) -> None:
    forty(project)
    for name in ("grants-year", "grants-year-a3"):
        pdf = printed(project, name)
        first, second, *_ = pages_of(pdf)
        assert "Октябрь 2027" in first
        assert "Сроки по номерам" in second
        assert elements(pdf)["/Table"] == 13
        assert elements(pdf)["/TH"] == 12 * 7 + 4


def test_a_month_is_a_table_with_a_header_of_weekdays(project: Path) -> None:
    write_call(project, "a", "2026-12-10")
    pdf = printed(project, "grants-month-2026-12")
    assert elements(pdf)["/Table"] == 2
    assert elements(pdf)["/TH"] == 7 + 5
    assert elements(pdf)["/H1"] == 1


def elements(pdf: bytes) -> Counter[str]:
    """Return how many parts of each kind a tagged file has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return Counter(str(each.S) for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each)


@pytest.mark.parametrize("name", ["grants-list", "grants-list-large", "grants-quarter"])
def test_an_entry_is_not_split_between_pages(project: Path, name: str) -> None:
    forty(project)
    pages = pages_of(printed(project, name))
    assert sum(map(called, pages), Counter()) == {f"c{number}": 1 for number in range(40)}
    for page in pages:
        assert page.count("Конкурс имени") == sum(called(page).values())


@pytest.mark.no_cover
def test_three_entries_and_more_stand_on_a_page_of_the_list(project: Path) -> None:
    forty(project)
    assert len(pages_of(printed(project, "grants-list"))) <= 13


@pytest.mark.no_cover
def test_a_hundred_calls_are_less_than_400_kilobytes_and_packing_loses_nothing(project: Path) -> None:
    for number in range(100):
        write_call(
            project, f"call-{number}", f"2026-12-{number % 31 + 1:02} 23:30", f"Конкурс соседских проектов {number}"
        )
    pdf = printed(project, "grants-list")
    small = packed(pdf)
    assert len(small) < 400 * 1024
    assert packed(small) == small
    assert called(text_of(small)) == {f"call-{number}": 1 for number in range(100)}
    assert elements(small) == elements(pdf)
    with pikepdf.open(io.BytesIO(small)) as opened:
        assert opened.check_pdf_syntax() == []

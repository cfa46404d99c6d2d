from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.catalog import load
from generator.handouts import HANDOUTS, Printed, by_address, handouts, shelves
from generator.handouts.printed import SERIES
from generator.handouts.sheet import LARGE, MOST_PICTURES, PLAIN, Edition, Handout, Sheet, Subject, alone, pictured
from generator.images import weight_words
from generator.pages import make, pages
from generator.settings import load_settings
from generator.templating import Templating
from tests.conftest import EXAMPLE, TODAY

PICTURE = Path(__file__).parent / "example/content/assets/lavochka.png"
LISTED = Handout(lambda _wording, _subject: {}, alone("made-up", "/grants/"), editions=(PLAIN, LARGE))
ADDRESS = "/handouts/"


def templating_of(project: Path = EXAMPLE) -> Templating:
    return Templating(project, load_settings(project), TODAY)


@pytest.fixture(scope="module")
def printed() -> list[Printed]:
    """Return every sheet of the example."""
    return list(handouts(load(EXAMPLE, TODAY), templating_of()))


def page(address: str, printed: Iterable[Printed]) -> str:
    """Return a page of the example as it reads with these sheets made."""
    catalog, templating = load(EXAMPLE, TODAY), templating_of()
    templating.sheets = by_address(printed)
    (found,) = (each for each in pages(catalog, templating) if each.address == address)
    return make(found, catalog, templating).body.replace("\u00a0", " ")


def made_up(number: int, family: str = "grant", edition: Edition = PLAIN, pages: int = 1) -> Printed:
    """Return a sheet of a family that nobody made."""
    subject = Subject(f"{family}-{number}", f"/grants/call-{number}/", f"Конкурс № {number} городского сообщества")
    sheet = Sheet(
        name=f"{subject.name}{edition.suffix}",
        family=family,
        title=f"Лист: {subject.title}",
        description="Возьмите на собрание.",
        paper="А4",
        handout=LISTED,
        subject=subject,
        edition=edition,
        family_title="Лист",
        edition_words="крупным шрифтом" if edition.large else "",
    )
    return Printed(sheet, b"%PDF" * 21_504, pages, PICTURE.read_bytes())


def test_the_page_leads_to_every_sheet_once_and_says_what_it_is(printed: list[Printed]) -> None:
    body = page(ADDRESS, printed)
    printed = [each for each in printed if not each.sheet.handout.internal]
    weights = templating_of().words["weight"]
    assert {each.sheet.family for each in printed} >= {"grants-list", "grants-year"}
    for each in printed:
        assert body.count(f'href="/{each.sheet.path}"') == 1
        assert f", {weight_words(len(each.pdf), weights)}".replace("\u00a0", " ") in body
    assert "состояние на 20 ноября 2026 года" in body


def test_every_picture_has_its_size_and_a_text_and_waits_to_be_seen(printed: list[Printed]) -> None:
    body = page(ADDRESS, printed)
    shown = [each for each in printed if each.picture is not None and not each.sheet.handout.internal]
    assert body.count("<img ") == body.count('loading="lazy"') == len(shown) > 0
    for each in shown:
        width, height = each.picture_size
        assert f'src="/{each.sheet.picture_path}" width="{width}" height="{height}" alt="Первая страница: ' in body


def test_pages_are_counted_as_people_count_them() -> None:
    body = page(ADDRESS, [made_up(pages, "unheard-of", pages=pages) for pages in (1, 2, 5)])
    for words in ("PDF, А4, 1 страница, 84 КБ", "2 страницы, 84 КБ", "5 страниц, 84 КБ"):
        assert words in body.replace('<span class="nb">А4</span>', "А4")


def test_a_held_sideways_sheet_says_so(printed: list[Printed]) -> None:
    sideways = [each for each in printed if each.sheet.orientation == "landscape"]
    assert ("альбомный" in page(ADDRESS, printed)) == bool(sideways)


def test_editions_stand_with_their_sheet() -> None:
    body = page(ADDRESS, [made_up(1), made_up(1, edition=LARGE, pages=2)])
    assert body.count("<li>") == body.count("<h3>") == 1
    assert 'Ещё: <a href="/handouts/grant-1-large.pdf" type="application/pdf">крупным шрифтом</a> (2 страницы' in body


def test_every_family_has_a_shelf_and_a_stranger_stands_on_the_last_one() -> None:
    templating = templating_of()
    templating.sheets = by_address([made_up(1), made_up(2, "unheard-of")])
    assert [shelf.title for shelf in shelves(templating)] == ["Ещё листы", "Один конкурс на листе"]
    templating.sheets = by_address(made_up(1, family) for family, row in HANDOUTS.items() if not row.internal)
    assert "Ещё листы" not in [shelf.title for shelf in shelves(templating)]


def test_a_site_may_arrange_its_shelves(tmp_path: Path) -> None:
    own = Path(shutil.copytree(EXAMPLE, tmp_path / "own"))
    (own / "templates/text").mkdir(parents=True, exist_ok=True)
    (own / "templates/text/handouts.yml").write_text("shelf:\n  call: {title: Куда подать, of: [grant]}\n", "utf-8")
    templating = templating_of(own)
    templating.sheets = by_address([made_up(1)])
    assert [shelf.title for shelf in shelves(templating)] == ["Куда подать"]


def test_many_sheets_of_a_family_are_a_series_with_one_description() -> None:
    few = page(ADDRESS, map(made_up, range(SERIES - 1)))
    assert few.count("Возьмите на собрание.") == few.count("<h3>") == SERIES - 1
    many = page(ADDRESS, map(made_up, range(SERIES)))
    assert many.count("Возьмите на собрание.") == 1
    assert many.count("<img ") == SERIES
    assert "Показать 40 листов" in page(ADDRESS, map(made_up, range(40)))


@pytest.mark.parametrize(("number", "pictures"), [(60, 60), (MOST_PICTURES + 1, 0), (1000, 0)])
def test_the_page_stays_light(number: int, pictures: int) -> None:
    sheets = [made_up(each) for each in range(number)]
    shown = pictured(each.sheet for each in sheets)
    body = page(ADDRESS, (each if each.sheet.name in shown else each._replace(picture=None) for each in sheets))
    assert body.count("<img ") == pictures
    assert len(gzip.compress(body.encode())) < 60 * 1024
    assert body.index("grant-0.pdf") < body.index(f"grant-{number - 1}.pdf")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/grants/", "grants-list.pdf"),
        ("/calendar/", "grants-year.pdf"),
        ("/calendar/2026/", "grants-year.pdf"),
        ("/ngos/", "ngos.pdf"),
        ("/documents/", "documents.pdf"),
        ("/methodology/pyat-voprosov/", "memo-pyat-voprosov.pdf"),
        ("/meetups/2026-12-05-zayavka/", "meetup-2026-12-05-zayavka-poster.pdf"),
    ],
)
def test_a_page_offers_its_own_sheet_without_a_button(address: str, name: str, printed: list[Printed]) -> None:
    body = page(address, printed)
    assert f'<a href="/handouts/{name}" type="application/pdf">' in body
    assert 'class="paper"' in body
    assert "Распечатать</button>" not in body


def test_a_lone_sheet_is_offered_in_one_line() -> None:
    sheet = made_up(1).sheet
    of_call = replace(sheet, subject=sheet.subject._replace(address="/grants/dvor-2026/"))
    body = page("/grants/dvor-2026/", [made_up(1)._replace(sheet=of_call)])
    assert (
        'Распечатать: <a href="/handouts/grant-1.pdf" type="application/pdf">лист А4</a>, PDF, 1 страница, 84 КБ'
        in body
    )


def test_without_sheets_nothing_is_offered_and_nothing_is_broken() -> None:
    catalog, templating = load(EXAMPLE, TODAY), templating_of()
    for each in pages(catalog, templating):
        body = make(each, catalog, templating).body
        assert "/handouts/editors.pdf" not in body
        assert ".pdf" not in body or each.address.startswith("/editors/")  # there, files of examples are named
        assert "Распечатать:" not in body.replace("\u00a0", " ")
    assert "Листов пока нет" in page(ADDRESS, ())
    assert "data-print" in page("/grants/dvor-2026/", ())


def test_only_the_first_edition_is_pictured(printed: list[Printed]) -> None:
    for each in printed:
        assert each.picture is None or each.sheet.edition == each.sheet.handout.editions[0]


def test_the_day_of_the_sheets_is_the_day_of_the_build() -> None:
    templating = Templating(EXAMPLE, load_settings(EXAMPLE), date(2027, 2, 1))
    catalog = load(EXAMPLE, date(2027, 2, 1))
    templating.sheets = by_address([made_up(1)])
    (found,) = (each for each in pages(catalog, templating) if each.address == ADDRESS)
    assert "1\u00a0февраля 2027\u00a0года" in make(found, catalog, templating).body

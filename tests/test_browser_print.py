"""Pages of the site printed from Chromium: what stands on the paper, and what does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, ViewportSize

from generator.catalog import Catalog
from generator.markdown import Surroundings, render
from tests.test_browser import reader

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

FORMATS = ("A4", "A5")
MARGIN = 15 / 25.4 * 72
"""Points on each side of the paper that stay white."""
SHEET = ViewportSize(width=794, height=1123)
"""A4 as a screen of 96 dots an inch."""
PRINTED = (
    "/",
    "/grants/",
    "/grants/fpg-2027-2/",
    "/grants/rubtsovsk-2026/",
    "/calendar/",
    "/calendar/2026-12/",
    "/ngos/",
    "/ngos/nash-dvor/",
    "/meetups/2026-12-10-smeta-i-plan/",
    "/methodology/project-viability/",
    "/news/2019-12-31-itogi-pervogo-goda/",
    "/documents/",
    "/centre/",
    "/handouts/",
)
PRESSED = (
    *(
        "Меню",
        "Сразу к содержанию",
        "Фильтры",
        "Показать",
        "Сначала ближний",
        "Добавить",
        "Распечатать",
        "Взять на бумаге",
    ),
    *(
        "Сообщить об ошибке",
        "По этой теме",
        "Все конкурсы",
        "Все встречи",
        "Все новости",
        "Все месяцы",
        "На этой странице",
    ),
)
"""Words of what is pressed, chosen or followed: none is of use on paper."""
COUNTED = re.compile(r"остал(ся|ось) \d|До встречи \d|через \d+ д|Сегодня\.")
"""What is untrue tomorrow."""
SMALLEST = """() => {
    const sizes = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const around = texts.currentNode.parentElement;
        const seen = around.getClientRects().length && !around.closest(".vh, script, style, svg");
        if (seen && texts.currentNode.data.trim()) { sizes.push(parseFloat(getComputedStyle(around).fontSize)); }
    }
    return Math.min(...sizes);
}"""


@pytest.fixture(scope="module")
def example_address(example_site: Path, serve: Callable[[Path], str]) -> str:
    """The example served on this machine: its centre has a phone."""
    return serve(example_site)


def paper(chromium: Browser, address: str, form: str = "A4", **options: Any) -> pypdfium2.PdfDocument:
    """Return a page as the browser prints it."""
    with reader(chromium, **options) as page:
        page.goto(address)
        return pypdfium2.PdfDocument(page.pdf(format=form))


def sheets_of(pdf: pypdfium2.PdfDocument) -> Iterator[str]:
    """Yield the words of each sheet."""
    for sheet in pdf:
        yield " ".join(sheet.get_textpage().get_text_range().replace("\ufffe", "-").split())


def words_of(pdf: pypdfium2.PdfDocument) -> str:
    return " ".join(sheets_of(pdf))


@pytest.fixture(scope="module", params=FORMATS)
def papers(request: pytest.FixtureRequest, chromium: Browser, own_address: str) -> dict[str, pypdfium2.PdfDocument]:
    """Every kind of page as the browser prints it."""
    with reader(chromium) as page:
        found = {}
        for address in PRINTED:
            page.goto(own_address + address)
            found[address] = pypdfium2.PdfDocument(page.pdf(format=request.param))
    return found


def test_paper_has_nothing_that_is_pressed_or_grows_old(papers: dict[str, pypdfium2.PdfDocument]) -> None:
    for address, pdf in papers.items():
        words = words_of(pdf)
        assert (address, [word for word in PRESSED if word in words]) == (address, [])
        assert (address, COUNTED.search(words)) == (address, None)


def test_paper_ends_with_its_day_its_address_and_where_the_centre_is(
    papers: dict[str, pypdfium2.PdfDocument],
) -> None:
    for address, pdf in papers.items():
        closing = words_of(pdf).rpartition("Состояние на 20 ноября 2026 года. Свежее — на сайте: ")[2].replace(" ", "")
        assert closing.startswith(f"proekt-plus.example.org{address}".rstrip("/"))
        assert "им.В.Г.Короленко,Глазов,ул.Примерная,1.Пн–чт10:00–19:00,сб10:00–17:00;пт,вс—выходные" in closing
        assert f"{len(pdf)} из {len(pdf)}" in words_of(pdf)


def test_nothing_stands_in_the_margins(papers: dict[str, pypdfium2.PdfDocument]) -> None:
    for address, pdf in papers.items():
        for sheet in pdf:
            width, _height = sheet.get_size()
            text = sheet.get_textpage()
            boxes = [text.get_rect(number) for number in range(text.count_rects())]
            assert (address, min(left for left, *_ in boxes) >= MARGIN - 1) == (address, True)
            assert (address, max(right for _, _, right, _ in boxes) <= width - MARGIN + 1) == (address, True)


def test_the_closing_lines_tell_the_phone(chromium: Browser, example_address: str) -> None:
    words = words_of(paper(chromium, f"{example_address}/grants/"))
    assert "Самоцветск, ул. Книжная, 3. Пн–пт 10:00–" in words
    assert "Телефон: +7 34300 2-34-56" in words


def test_a_link_out_is_followed_by_its_address_and_a_link_within_is_not(chromium: Browser, own_address: str) -> None:
    words = words_of(paper(chromium, f"{own_address}/about/"))
    assert "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/deed.ru)" in words
    assert "(/" not in words
    assert "127.0.0.1" not in words


def test_an_address_is_printed_once_and_as_people_read_it(chromium: Browser, own_address: str) -> None:
    around = Surroundings("content/news/a.md", {}, lambda _path: False)
    body, _ = render("[Фонд](https://гранты.рф/путь) и https://example.org/a.", around)
    with reader(chromium) as page:
        page.goto(f"{own_address}/about/")
        page.evaluate("html => { document.querySelector('.prose').innerHTML = html }", body.html)
        words = words_of(pypdfium2.PdfDocument(page.pdf(format="A4")))
    assert "Фонд (https://гранты.рф/путь) и https://example.org/a. " in words


def test_where_to_apply_and_whom_to_write_to_stays_on_paper(chromium: Browser, own_address: str) -> None:
    words = words_of(paper(chromium, f"{own_address}/grants/fpg-2027-2/"))
    assert "Подать на президентскиегранты.рф" in words
    assert "напишите нам (centre@example.org)" in words


def test_no_call_is_cut_between_two_sheets(papers: dict[str, pypdfium2.PdfDocument], own_catalog: Catalog) -> None:
    (many,) = (grant.title for grant in own_catalog.of("grant") if len(grant.rounds) > 3)
    for sheet in sheets_of(papers["/grants/"]):
        begun = sum(f" {grant.title} ".replace("\u00a0", " ") in f" {sheet} " for grant in own_catalog.of("grant"))
        ended = len(re.findall("Глазову (?:не )?подходит", sheet))
        assert begun <= ended or many.partition(",")[0] in sheet


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_black_on_white_whatever_the_scheme(scheme: str, chromium: Browser, own_address: str) -> None:
    for address in ("/", "/grants/rubtsovsk-2026/", "/centre/"):
        pdf = paper(chromium, own_address + address, color_scheme=scheme)
        picture = pdf[0].render(scale=1).to_pil().convert("RGB")
        colours = picture.getcolors(1 << 20) or []
        assert max(colours)[1] == (255, 255, 255)
        assert all(max(colour) - min(colour) < 9 for _, colour in colours)
        assert min(colour for _, colour in colours) < (40, 40, 40)


def test_nothing_on_paper_is_smaller_than_ten_points(chromium: Browser, own_address: str) -> None:
    small = {}
    with reader(chromium, viewport=SHEET) as page:
        page.emulate_media(media="print")
        for address in PRINTED:
            page.goto(own_address + address)
            if (size := page.evaluate(SMALLEST)) < 10 / 72 * 96 - 0.01:
                small[address] = size
    assert small == {}


def test_a_month_is_a_list_on_upright_paper_and_a_table_on_paper_held_sideways(
    chromium: Browser, own_address: str
) -> None:
    with reader(chromium) as page:
        page.goto(f"{own_address}/calendar/2026-12/")
        upright = words_of(pypdfium2.PdfDocument(page.pdf(format="A4")))
        sideways = words_of(pypdfium2.PdfDocument(page.pdf(format="A4", landscape=True)))
    assert "понедельник" not in upright
    assert "понедельник вторник среда" in sideways
    for words in (upright, sideways):
        assert words.count("Читаем у воды") == 1


def test_what_is_folded_on_the_screen_is_open_on_paper(chromium: Browser, own_address: str) -> None:
    with reader(chromium) as page:
        page.goto(f"{own_address}/grants/fpg-2027-2/")
        page.evaluate(
            """document.querySelector(".who").insertAdjacentHTML(
                "afterend", "<details class=rest><summary>Ещё</summary><p>сложенное</p></details>")"""
        )
        assert "сложенное" in words_of(pypdfium2.PdfDocument(page.pdf(format="A5")))

"""Searching as a visitor does: forms of words, typos, kinds and topics, today's statuses, the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

NOW = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Europe/Samara"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, own_site: Path, serve: Callable[[Path], str]) -> str:
    """The repository's own site with its index, in a sub-folder of a host."""
    host = tmp_path_factory.mktemp("host")
    (host / "library").mkdir()
    (host / "library/site").symlink_to(own_site)
    return serve(host) + "/library/site"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(timezone_id="Europe/Samara", viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.clock.set_fixed_time(NOW)
        yield page


def ask(page: Page, address: str, query: str) -> list[str]:
    """Return the titles that are found."""
    page.goto(f"{address}/search/?q={quote(query)}")
    expect(page.locator("[data-found]")).to_contain_text("По запросу")
    return [title.replace("\u00a0", " ") for title in page.locator("[data-result] h3").all_inner_texts()]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("грантами президента", "Фонд президентских грантов"),
        ("отчет", "Отчёты: по гранту и в Минюст"),
        ("отчётами", "Отчёты: по гранту и в Минюст"),
        ("перечнем", "Начался блог «Проект +»"),
        ("СМЕТЫ", "Смета: от дел к рублям"),
    ],
)
def test_any_form_of_a_word_finds_it(page: Page, address: str, query: str, title: str) -> None:
    assert title in ask(page, address, query)


def test_a_typo_is_mended_and_told(page: Page, address: str) -> None:
    assert ask(page, address, "гратн") == ask(page, address, "грант")
    ask(page, address, "гратн")
    expect(page.locator("[data-near]")).to_have_text("По слову «гратн» ничего нет, показываем «грант».")


def test_nothing_found_says_so_and_what_is_near(page: Page, address: str) -> None:
    assert ask(page, address, "шахматы в подвале") == []
    expect(page.locator("[data-found]")).to_have_text("По запросу «шахматы в подвале» ничего нет.")
    page.get_by_role("link", name="шахматы").click()
    expect(page.locator("[data-result]").first).to_be_visible()
    assert ask(page, address, "щщщъъъ") == []
    expect(page.locator("[data-results]")).to_contain_text("Проверьте, нет ли опечатки")


def test_results_stand_by_kind_and_can_be_narrowed(page: Page, address: str) -> None:
    ask(page, address, "библиотека")
    kinds = page.locator("[data-results] h2").count()
    assert kinds > 3
    page.get_by_role("radio", name="Конкурсы").check()
    expect(page.locator("[data-results] h2")).to_have_count(1)
    expect(page).to_have_url(re.compile("kind=grant"))
    page.get_by_label("Тема").select_option("library")
    expect(page).to_have_url(re.compile("topic=library"))
    expect(page.locator("[data-result]").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("radio", name="Конкурсы")).to_be_checked()


def test_more_results_come_at_a_press_and_take_the_focus(page: Page, address: str) -> None:
    ask(page, address, "грант")
    part = page.locator("[data-results] section").first
    part.get_by_role("button", name="Показать ещё").click()
    expect(part.locator("[data-result]").nth(5).get_by_role("link")).to_be_focused()


def test_a_calls_status_is_that_of_the_moment_of_looking(page: Page, address: str) -> None:
    query = f"{address}/search/?q={quote('двор зимой')}&kind=grant"
    for now, words in ((NOW, "осталось"), (NOW.replace(month=12, day=20), "Приём окончен")):
        page.clock.set_fixed_time(now)
        page.goto(query)
        expect(page.locator("[data-result]", has_text="Двор зимой").first).to_contain_text(words)


def test_the_slash_leads_to_the_search_and_into_its_field(page: Page, address: str) -> None:
    page.goto(f"{address}/grants/")
    word = page.get_by_label("Слово в конкурсе")
    word.press("/")
    assert word.input_value() == "/"
    page.locator("h1").click()
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    expect(page.get_by_label("Что найти")).to_be_focused()
    page.keyboard.type("устав")
    expect(page.locator("[data-result]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/search/?q={quote('устав')}")


def test_what_stands_only_on_a_sheet_leads_to_its_pdf(page: Page, address: str) -> None:
    ask(page, address, "даём взамен")
    sheet = page.get_by_role("link", name="Предложение партнёру").first
    assert sheet.evaluate("link => link.href") == f"{address}/handouts/partner-offer.pdf"
    assert page.request.get(f"{address}/handouts/partner-offer.pdf").ok
    ask(page, address, "фонд культурных инициатив")
    call = page.locator("[data-result]", has=page.locator("a[href$='/grants/pfki-2027-2/']"))
    own = call.get_by_role("link", name="лист А4")
    assert own.evaluate("link => link.href") == f"{address}/handouts/grant-pfki-2027-2.pdf"


def test_without_scripts_the_page_names_other_ways(chromium: Browser, address: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/search/")
        expect(page.get_by_role("link", name="архив новостей")).to_be_visible()

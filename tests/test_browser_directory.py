"""The directory in Chromium: whether the centre is open, lists sifted, sent to somebody and taken away."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from generator.building import build_site
from generator.catalog import Catalog, load
from generator.records.ngo import Ngo
from tests.conftest import TODAY, wait_until
from tests.test_browser import NARROW, SIDEWAYS, WIDE, reader, stop_clock

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

NOON = datetime.fromisoformat("2026-11-25T12:00:00+05:00")
HOURS = "hours: пн–ср 10:00–19:00; чт 10:00–19:00, перерыв 13:00–14:00; пт 10:00–19:00"
SPECIAL = """\
exceptions:
  - {date: 2026-12-31, note: Работаем до обеда, opens: "10:00", closes: "13:00"}
  - {date: 2027-01-01, until: 2027-01-08, note: новогодние каникулы}
  - {date: 2026-12-16, note: 'Книги & „дети“: "праздник"'}
  - {date: 2026-12-18, note: Переезжаем в соседний зал и ждём вас после выходных}
monthly:
  - {week: last, day: fri, note: санитарный день}
"""
SAID = {
    "2026-11-24 09:59": ("Откроется сегодня в 10:00", "Откроется в 10:00"),
    "2026-11-24 10:00": ("Сегодня открыто до 19:00", "Открыто до 19:00"),
    "2026-11-24 18:59": ("Сегодня открыто до 19:00", "Открыто до 19:00"),
    "2026-11-24 19:00": ("Закрыто, откроется завтра в 10:00", "Откроется завтра в 10:00"),
    "2026-11-24 23:59": ("Закрыто, откроется завтра в 10:00", "Откроется завтра в 10:00"),
    "2026-11-25 00:00": ("Откроется сегодня в 10:00", "Откроется в 10:00"),
    "2026-11-21 12:00": ("Закрыто, откроется в понедельник в 10:00", "Откроется в понедельник в 10:00"),
    "2026-11-22 12:00": ("Закрыто, откроется завтра в 10:00", "Откроется завтра в 10:00"),
    "2026-11-26 11:00": ("Сегодня открыто до 19:00, перерыв 13:00–14:00", "Открыто до 13:00"),
    "2026-11-26 13:00": ("Перерыв до 14:00", "Перерыв до 14:00"),
    "2026-11-26 14:00": ("Сегодня открыто до 19:00", "Открыто до 19:00"),
    "2026-11-26 19:00": ("Закрыто, откроется в понедельник в 10:00", "Откроется в понедельник в 10:00"),
    "2026-11-27 12:00": ("Санитарный день, откроется в понедельник в 10:00", "Откроется в понедельник в 10:00"),
    "2026-12-16 12:00": ('Книги & „дети“: "праздник", откроется завтра в 10:00', "Откроется завтра в 10:00"),
    "2026-12-18 12:00": ("Закрыто, откроется в понедельник в 10:00", "Откроется в понедельник в 10:00"),
    "2026-12-31 12:59": ("Сегодня открыто до 13:00", "Открыто до 13:00"),
    "2026-12-31 13:00": ("Закрыто, откроется 11 января в 10:00", "Откроется 11 января в 10:00"),
    "2027-01-04 12:00": ("Новогодние каникулы, откроется 11 января в 10:00", "Откроется 11 января в 10:00"),
    "2027-01-05 12:00": ("Новогодние каникулы, откроется в понедельник в 10:00", "Откроется в понедельник в 10:00"),
}
"""What is said at an hour of the centre, at length and on a phone."""
SHOWN = """[...document.querySelectorAll("[data-list] [data-entry]")].filter(each => each.getClientRects().length)
    .map(each => each.querySelector("a").pathname.split("/").at(-2))"""
CHOICES = """() => {
    const controls = [...document.querySelectorAll("form[data-filters] :is(select, [type=checkbox])")];
    const number = text => text.match(/(\\d+)\\)?$/)[1];
    return controls.flatMap(each => [...each.options || [each]].filter(choice => choice.value)
        .map(choice => [each.name, choice.value, number((choice.text || each.closest("label").innerText).trim())]));
}"""
GO_BACK_TO = """query => {
    history.replaceState(null, "", query);
    dispatchEvent(new PopStateEvent("popstate"));
}"""
BARE_HEADINGS = """() => [...document.querySelectorAll("[data-list]")]
    .filter(list => !list.querySelector("[data-entry]:not([hidden])"))
    .map(list => list.previousElementSibling).filter(each => each?.matches("h2, h3") && each.checkVisibility())
    .map(heading => heading.textContent)"""
FORMS, WISHES, TOPICS = ("ano", "fund", "public"), ("volunteers", "space", "partners"), ("town", "library", "projects")
NGO = """\
title: Клуб {number:02} „{name}“
legal_name: Автономная некоммерческая организация «{name}»
form: {form}
status: {status}
topics: [{topic}]
audiences: [{audience}]
needs:
  - {{what: {need}, note: "{note}"}}
checked: 2026-11-12
source: https://example.org/
example: yes
text: |
  Строка «первая»; "вторая".

  Строка третья.
"""


@pytest.fixture(scope="session")
def town(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's town with thirty organisations more, and a centre of many special days."""
    project = Path(shutil.copytree(example, tmp_path_factory.mktemp("town") / "project"))
    for number in range(30):
        record = NGO.format(
            number=number,
            name=("Ёлка", "Подъезд", "Речка")[number % 3],
            form=FORMS[number % 3],
            status="closed" if number % 7 == 0 else "active",
            topic=f"{TOPICS[number % 3]}, {TOPICS[(number // 2) % 2]}" if number % 4 == 1 else TOPICS[number % 3],
            audience=("children", "seniors, families")[number % 2],
            need=WISHES[number % 3],
            note="зимой снегоход" if number == 5 else "что-нибудь",
        )
        (project / f"ngos/klub-{number:02}.yml").write_text(record)
    centre = project / "content/centre/bereg.md"
    before, _, after = centre.read_text().partition("exceptions:\n")
    before = before.replace("hours: пн–пт 10:00–18:00", HOURS)
    services = re.sub(r"monthly:\n.*\n", "", after[after.index("services:") :])
    centre.write_text(before + SPECIAL + services)
    return project


@pytest.fixture(scope="session")
def ngos(town: Path) -> dict[str, Ngo]:
    catalog: Catalog = load(town, TODAY)
    return {record.slug: record for record in catalog.of("ngo")}


@pytest.fixture(scope="session")
def site(town: Path) -> Path:
    build_site(town, town.parent / "site", TODAY, handouts=False)
    return town.parent / "site"


@pytest.fixture(scope="session")
def address(site: Path, serve: Callable[[Path], str]) -> str:
    return serve(site)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _strip(page: Page) -> str:
    return _plain(page.locator(".strip [data-hours]").inner_text())


def _shown(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SHOWN)
    return found


def _found(page: Page) -> str:
    return _plain(page.locator("[data-found]").inner_text())


def _query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.evaluate("location.href")).query)


def _choose(page: Page, name: str, value: str) -> None:
    page.locator(f"form[data-filters] [name={name}]").select_option(value)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "360"])
@pytest.mark.parametrize("zone", ["Asia/Yekaterinburg", "Asia/Vladivostok", "Europe/Moscow"])
def test_the_strip_says_by_the_centres_clock_whether_it_is_open(
    zone: str, viewport: ViewportSize, chromium: Browser, address: str
) -> None:
    said, tall = {}, set()
    with reader(chromium, NOON, timezone_id=zone, viewport=viewport) as page:
        page.goto(f"{address}/topics/")
        for at in SAID:
            page.clock.set_fixed_time(datetime.fromisoformat(f"{at}+05:00"))
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            said[at] = _strip(page)
            tall.add(page.locator(".strip").evaluate("strip => strip.getBoundingClientRect().height"))
    assert said == {at: words[viewport is NARROW] for at, words in SAID.items()}
    assert len(tall) == 1


def test_the_strip_keeps_up_while_the_page_stays_open(chromium: Browser, address: str) -> None:
    with reader(chromium, NOON) as page:
        stop_clock(page, datetime.fromisoformat("2026-11-24T18:59:30+05:00"))
        page.goto(f"{address}/")
        assert _strip(page) == "Сегодня открыто до 19:00"
        page.clock.run_for(60_000)
        assert _strip(page) == "Закрыто, откроется завтра в 10:00"
        page.clock.run_for(5 * 3600 * 1000)
        assert _strip(page) == "Откроется сегодня в 10:00"


def test_the_centres_page_says_the_same_beside_its_hours(chromium: Browser, address: str) -> None:
    with reader(chromium, NOON, viewport=NARROW) as page:
        page.goto(f"{address}/centre/")
        assert _plain(page.locator("[data-hours-today]").inner_text()) == "Сегодня открыто до 19:00"


def test_without_scripts_the_weeks_hours_stand_there(chromium: Browser, address: str) -> None:
    with reader(chromium, NOON, java_script_enabled=False) as page:
        page.goto(f"{address}/centre/")
        assert _strip(page).startswith("Пн–ср 10:00–19:00")
        assert _strip(page) in _plain(page.locator(".md-footer").inner_text())
        assert page.locator("[data-hours-today]").is_hidden()


def test_each_condition_leaves_the_organisations_that_answer(
    chromium: Browser, address: str, ngos: dict[str, Ngo]
) -> None:
    answers = {
        "topic=library": [slug for slug, ngo in ngos.items() if "library" in ngo.topics],
        "form=public": [slug for slug, ngo in ngos.items() if ngo.form == "public"],
        "status=closed": [slug for slug, ngo in ngos.items() if ngo.status == "closed"],
        "audience=families": [slug for slug, ngo in ngos.items() if "families" in ngo.audiences],
        "needs=space": [slug for slug, ngo in ngos.items() if any(wish.what == "space" for wish in ngo.needs)],
        "topic=library&needs=space&status=active": [
            slug
            for slug, ngo in ngos.items()
            if "library" in ngo.topics and ngo.status == "active" and any(wish.what == "space" for wish in ngo.needs)
        ],
        "q=ЕЛКА": [slug for slug, ngo in ngos.items() if "Ёлка" in ngo.title],
        "q=подъезд клуб 01": ["klub-01"],
        "topic=martians&needs=%22%3E&form=": list(ngos),
    }
    with reader(chromium, NOON) as page:
        for query, wanted in answers.items():
            page.goto(f"{address}/ngos/?{query}")
            assert wanted
            assert sorted(_shown(page)) == sorted(wanted), query


def test_the_number_found_is_said_aloud_with_right_endings(
    chromium: Browser, address: str, ngos: dict[str, Ngo]
) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{address}/ngos/")
        assert page.locator("[data-found]").get_attribute("aria-live") == "polite"
        assert _found(page) == "32 организации по алфавиту"
        said = {"клуб 01": "Найдена 1 организация", "клуб 3": "Найдены 3 организации", "клуб": "Найдено 30 организаций"}
        for words, wanted in said.items():
            page.locator("[name=q]").fill(words)
            assert _found(page) == f"{wanted} из {len(ngos)}"
        page.locator("[name=q]").fill("")
        assert _found(page) == "32 организации по алфавиту"


def test_every_choice_of_every_list_names_how_many_would_be_shown(chromium: Browser, own_address: str) -> None:
    sifted = {}
    with reader(chromium, NOON) as page:
        for name in ("ngos", "funders", "documents", "experts", "projects"):
            page.goto(f"{own_address}/{name}/")
            assert (page.locator("form[data-filters]").count() == 1) is (page.locator("[data-entry]").count() > 10)
            choices: list[list[str]] = page.evaluate(CHOICES)
            for facet, value, number in choices:
                page.evaluate(GO_BACK_TO, f"?{facet}={value}")
                assert len(_shown(page)) == int(number) > 0, (name, facet, value)
                assert page.evaluate(BARE_HEADINGS) == []
            sifted[name] = len(choices)
    assert sifted["ngos"] > 20
    assert sifted["funders"] > 10


def test_a_short_list_has_no_form_and_loads_no_script_for_it(
    chromium: Browser, example_site: Path, serve: Callable[[Path], str]
) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{serve(example_site)}/ngos/?topic=town")
        assert len(_shown(page)) == 2
        assert page.locator("form[data-filters]").count() == 0
        assert page.locator("script[src*=list]").count() == 0


def test_a_chosen_list_goes_into_the_address_and_back_undoes_it(chromium: Browser, address: str) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{address}/ngos/")
        whole = _shown(page)
        _choose(page, "topic", "town")
        town = _shown(page)
        _choose(page, "form", "ano")
        page.locator("[name=q]").press_sequentially("клуб 0")
        asked = _query(page)
        assert asked == {"topic": ["town"], "form": ["ano"], "q": ["клуб 0"]}
        last = _shown(page)
        with reader(chromium, NOON) as other:
            other.goto(page.evaluate("location.href"))
            assert _shown(other) == last
            assert other.locator("[name=form]").input_value() == "ano"
            assert other.locator("[name=q]").input_value() == "клуб 0"
        page.go_back()
        page.go_back()
        wait_until(lambda: _shown(page) == town)
        assert page.locator("[name=form]").input_value() == ""
        page.go_back()
        wait_until(lambda: _shown(page) == whole)
        page.go_forward()
        wait_until(lambda: _shown(page) == town)


def test_chips_name_what_is_chosen_and_go_by_keyboard(chromium: Browser, address: str, ngos: dict[str, Ngo]) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{address}/ngos/?topic=town&needs=volunteers&q=клуб")
        chips = page.locator(".chip")
        assert [_plain(chip.inner_text()) for chip in chips.all()] == [
            "«клуб» — убрать",
            "Тема: Город и двор — убрать",
            "Ищет: Волонтёры — убрать",
        ]
        chips.nth(1).focus()
        page.keyboard.press("Enter")
        assert _query(page) == {"needs": ["volunteers"], "q": ["клуб"]}
        assert page.evaluate("document.activeElement.textContent").startswith("Ищет")
        page.get_by_text("Сбросить всё").click()
        assert len(_shown(page)) == len(ngos)
        assert chips.count() == 0
        assert page.evaluate("document.activeElement.hasAttribute('data-found')")


def test_nothing_found_says_what_was_asked_and_what_to_give_up(chromium: Browser, address: str) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{address}/ngos/?needs=space&q=снегоход двор")
        empty = page.locator(".list > .empty")
        assert _plain(empty.inner_text()).startswith("Нет организаций: слова «снегоход двор», ищет — «Помещение».")
        assert _shown(page) == []
        assert page.locator(".list :is(h2, h3):visible").count() == 0
        way = empty.get_by_text("Без условия «снегоход двор»")
        number = int(re.findall(r"— (\d+)", _plain(way.inner_text()))[0])
        way.click()
        assert len(_shown(page)) == number > 0
        assert empty.is_hidden()
        page.goto(f"{address}/ngos/?q=абракадабра")
        assert "Проверьте, нет\u00a0ли опечатки." in empty.inner_text()
        empty.get_by_text("Показать все 32").click()
        assert page.locator("[name=q]").input_value() == ""


def test_a_choice_that_leaves_nothing_cannot_be_made(chromium: Browser, address: str) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{address}/ngos/?form=ano")
        left: dict[str, bool] = page.evaluate(
            """() => Object.fromEntries([...document.querySelector("[name=needs]").options]
                .map(each => [each.textContent, each.disabled]))"""
        )
        assert left == {
            "Что угодно": False,
            "Помещение (0)": True,
            "Волонтёры (10)": False,
            "Партнёры (0)": True,
            "Другое (1)": False,
        }
        page.locator("[name=form]").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == "status"


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_list_scrolls_sideways_with_its_filters_open(width: int, chromium: Browser, own_address: str) -> None:
    with reader(chromium, NOON, viewport={"width": width, "height": 740}) as page:
        for name in ("ngos", "funders", "projects"):
            page.goto(f"{own_address}/{name}/?q=длинноедлинноедлинноедлинноедлинноедлинноеслово")
            page.evaluate("document.querySelector('details.filters').open = true")
            assert page.evaluate(SIDEWAYS) == []


def test_on_a_phone_the_filters_are_folded_and_lead_to_what_was_found(chromium: Browser, address: str) -> None:
    with reader(chromium, NOON, viewport=NARROW) as page:
        page.goto(f"{address}/ngos/?topic=town")
        form = page.locator("form[data-filters]")
        assert form.is_hidden()
        assert _plain(page.locator(".filters summary").inner_text()) == "Фильтры: Город и двор"
        page.locator(".filters summary").click()
        _choose(page, "needs", "volunteers")
        button = form.locator("[data-submit]")
        assert _plain(button.inner_text()) == f"Показать {len(_shown(page))} организаций"
        button.click()
        assert form.is_hidden()
        assert page.evaluate("document.activeElement.hasAttribute('data-found')")


def test_without_scripts_the_whole_list_stands_and_nothing_is_dead(
    chromium: Browser, address: str, ngos: dict[str, Ngo]
) -> None:
    with reader(chromium, NOON, java_script_enabled=False) as page:
        page.goto(f"{address}/ngos/?form=ano")
        assert page.locator("[data-entry]:visible").count() == len(ngos)
        assert page.locator("main :is(input, select, button, summary):visible").count() == 0
        assert page.get_by_text("Скачать отобранное").count() == 0


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def _downloaded(page: Page) -> tuple[str, bytes]:
    with page.expect_download() as started:
        page.get_by_text("Скачать отобранное").click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def test_what_was_chosen_can_be_taken_away_as_a_table(chromium: Browser, address: str, site: Path) -> None:
    whole = (site / "data/ngos.csv").read_bytes().decode()
    with reader(chromium, datetime.fromisoformat("2026-11-25T23:59:00+05:00"), timezone_id="Asia/Tokyo") as page:
        page.goto(f"{address}/ngos/?form=fund")
        name, content = _downloaded(page)
        shown = _shown(page)
    assert name == "ngos-2026-11-25.csv"
    assert content.startswith("\ufeff".encode())
    wanted = [row for number, row in enumerate(_rows(whole)) if not number or row[0] in shown]
    assert len(wanted) == len(shown) + 1 == 11
    assert any('Строка «первая»; "вторая".\n' in cell for cell in wanted[1])
    assert _rows(content.decode()) == wanted


def test_chosen_calls_are_taken_away_with_all_their_rounds(chromium: Browser, own_address: str, own_site: Path) -> None:
    whole = (own_site / "data/grants.csv").read_bytes().decode()
    with reader(chromium, NOON) as page:
        page.goto(f"{own_address}/grants/?who=tos&status=now")
        name, content = _downloaded(page)
        shown: list[str] = page.evaluate(
            "[...document.querySelectorAll('[data-groups] [data-call]:not([hidden])')].map(call => call.dataset.call)"
        )
    assert name == "grants-2026-11-25.csv"
    assert shown
    assert _rows(content.decode()) == [row for at, row in enumerate(_rows(whole)) if not at or row[0] in shown]


def test_the_whole_list_is_the_sites_own_file(chromium: Browser, address: str, site: Path) -> None:
    with reader(chromium, NOON) as page:
        page.goto(f"{address}/ngos/")
        link = page.get_by_text("Скачать всё")
        assert link.evaluate("link => link.href") == f"{address}/data/ngos.csv"
        with page.expect_download() as started:
            link.click()
        assert Path(started.value.path()).read_bytes() == (site / "data/ngos.csv").read_bytes()


def test_on_a_flash_drive_a_list_is_sifted_and_the_link_leads_to_the_whole_table(chromium: Browser, site: Path) -> None:
    page = chromium.new_page()
    page.goto(f"{(site / 'ngos/index.html').as_uri()}?form=fund")
    assert len(_shown(page)) == 10
    link = page.get_by_text("Скачать всё")
    assert link.evaluate("link => link.href") == (site / "data/ngos.csv").as_uri()
    _choose(page, "form", "public")
    assert len(_shown(page)) == 10
    page.close()

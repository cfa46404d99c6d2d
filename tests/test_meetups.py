"""A meetup as visitors see it, before and after, its number in the year, and what an editor may not say of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from generator.catalog import examine, load
from generator.pages import make, pages
from generator.publish import publish
from generator.settings import load_settings
from generator.templating import Templating
from tests.conftest import TODAY, build_apart

pytest_plugins = ("tests.browser",)

PICTURE = "lyudi.png"
AHEAD = """date: 2026-12-05 17:00
status: planned
ends: "19:00"
seats: 20
signup: {phone: "+7 495 000-00-00", email: centre@example.org, until: 2026-12-03}
organisers:
  - {name: Читальный зал, role: проводит}
  - {ngo: knigonoshi, role: "партнёр: чай"}
programme:
  - {time: "17:00", title: Знакомимся}
  - {time: "17:20", title: Смета, note: возьмите черновик, speaker: {name: Имя Без-Согласия, role: бухгалтер}}"""
REPORT = f"""date: 2026-04-10
status: held
organisers:
  - {{ngo: knigonoshi, role: ведущие}}
participants:
  - {{ngo: svetlyy-dvor, role: рассказ о дворе}}
questions:
  - {{question: Кому сдавать отчёт?, answer: Фонду и Минюсту., who: бухгалтер}}
decisions:
  - Встречаться раз в полгода
  - {{what: Собрать общий список, who: читальный зал, until: 2026-05-01}}
figures: {{people: 21, ngos: 2, consultations: 0}}
photos:
  - {{file: {PICTURE}, alt: Люди за столом, caption: Разбираем смету, consent: 2026-04-10}}
materials:
  - {{title: Образец сметы, link: "https://example.org/smeta"}}"""


def write(project: Path, name: str, fields: str) -> None:
    path = project / f"content/meetups/{name}.md"
    path.write_text(f"---\ntitle: Встреча {name}\nchecked: 2026-11-12\n{fields}\n---\n")


def write_report(project: Path, fields: str = REPORT) -> None:
    """Write the report and the picture that it shows."""
    Image.new("RGB", (800, 600), "gray").save(project / "content/assets" / PICTURE)
    write(project, "report", fields)


def page(project: Path, address: str) -> str:
    templating = Templating(project, load_settings(project), TODAY)
    catalog = load(project, TODAY)
    (found,) = (each for each in pages(catalog, templating) if each.address == address)
    return make(found, catalog, templating).body


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


@pytest.fixture
def bare(project: Path) -> Path:
    """The example without its own meetups, and without the news of them."""
    for path in (*(project / "content/meetups").iterdir(), *(project / "content/news").iterdir()):
        path.unlink()
    return project


def test_before_its_day_a_meetup_says_how_to_come(project: Path) -> None:
    write(project, "ahead", AHEAD)
    html = page(project, "/meetups/ahead/")
    said = words(html)
    assert "Записаться письмом" in said
    assert "Запись до 3 декабря включительно" in said
    assert 'href="tel:+74950000000"' in html
    assert 'href="/meetups/ahead/event.ics"' in html
    assert 'href="/centre/"' in html
    assert "17:20 Смета Возьмите черновик" in said
    assert "партнёр: чай" in said
    assert 'href="/ngos/knigonoshi/"' in html


def test_a_speaker_without_consent_has_no_name_in_the_programme(project: Path) -> None:
    write(project, "ahead", AHEAD)
    html = page(project, "/meetups/ahead/")
    assert "Без-Согласия" not in html
    assert "Бухгалтер — контакт по запросу" in words(html)


def test_after_its_day_a_meetup_is_a_report(project: Path) -> None:
    write_report(project)
    html = page(project, "/meetups/report/")
    said = words(html)
    assert "Пришли 21 человек" in said
    assert "Дали советов 0 консультаций" in said
    assert "Кому сдавать отчёт? Фонду и Минюсту. Бухгалтер" in said
    assert "Собрать общий список читальный зал 1 мая" in said
    assert "Встречаться раз в полгода — —" in said
    assert 'alt="Люди за столом"' in html
    assert "<figcaption>Разбираем смету</figcaption>" in html
    assert 'href="https://example.org/smeta"' in html
    assert "Записаться" not in said
    assert "event.ics" not in html


def test_a_photo_without_consent_is_nowhere(project: Path) -> None:
    write_report(project, REPORT.replace(", consent: 2026-04-10", ""))
    assert examine(project, TODAY).problems == ()
    assert f"content/assets/{PICTURE}" not in load(project, TODAY).assets()
    assert "Люди за столом" not in page(project, "/meetups/report/")


def test_a_photo_of_nobody_needs_no_consent(project: Path) -> None:
    write_report(project, REPORT.replace("consent: 2026-04-10", "nobody: yes"))
    assert f"content/assets/{PICTURE}" in load(project, TODAY).assets()
    assert "Люди за столом" in page(project, "/meetups/report/")


def test_a_photo_is_published_in_the_sizes_that_its_page_asks_for(project: Path, tmp_path: Path) -> None:
    write_report(project)
    publish(project, tmp_path / "site", TODAY, with_handouts=False, with_search=False)
    html = (tmp_path / "site/meetups/report/index.html").read_text()
    (tag,) = re.findall(r'<img [^>]*alt="Люди за столом"[^>]*>', html)
    (source,) = re.findall(r'src="([^"]+)"', tag)
    (choice,) = re.findall(r'srcset="([^"]+)"', tag)
    for address in (source, *(each.split()[0] for each in choice.split(","))):
        assert (tmp_path / "site/meetups/report" / address).resolve().is_file(), address


def test_numbers_follow_the_year_and_leave_out_what_has_none(bare: Path) -> None:
    write(bare, "first", "date: 2025-03-01\nstatus: held")
    write(bare, "extra", "date: 2025-04-01\nstatus: held\nunscheduled: yes")
    write(bare, "off", "date: 2025-05-01\nstatus: cancelled")
    write(bare, "second", "date: unknown\nyear: 2025\nafter: first\nstatus: held")
    write(bare, "third", "date: unknown\nyear: 2025\nafter: second\nstatus: held")
    write(bare, "next-year", "date: 2026-01-10\nstatus: held")
    assert load(bare, TODAY).meetup_numbers == {"first": 1, "second": 2, "third": 3, "next-year": 1}
    assert "Митап № 3 в 2025 году" in words(page(bare, "/meetups/third/"))
    assert "Внеочередная встреча 2025 года" in words(page(bare, "/meetups/extra/"))
    assert "Митап №" not in page(bare, "/meetups/off/")


def test_a_moved_meetup_shows_the_day_it_was_set_for(bare: Path) -> None:
    write(bare, "moved", "date: {date: 2026-12-12, was: [{date: 2026-12-01, time: '18:00'}]}\nstatus: moved")
    for address in ("/meetups/moved/", "/meetups/"):
        said = words(page(bare, address))
        assert "Перенесена" in said
        assert "Раньше была назначена на 1 декабря, 18:00" in said


def test_the_list_sums_up_each_year(bare: Path) -> None:
    write(bare, "one", "date: 2025-03-01\nstatus: held\nfigures: {people: 21}")
    write(bare, "two", "date: 2025-04-01\nstatus: held\nfigures: {people: 30}")
    write(bare, "old", "date: 2024-04-01\nstatus: held\nfigures: {people: 21}")
    write(bare, "older", "date: 2024-03-01\nstatus: held")
    said = words(page(bare, "/meetups/"))
    for line in ("2025 год 2 встречи, 51 человек", "2024 год 2 встречи, не меньше 21 человека"):
        assert line in said
    assert "День следующей встречи ещё не назван" in said


def test_the_next_meetup_stands_on_top(bare: Path) -> None:
    write(bare, "later", "date: 2027-02-01\nstatus: planned")
    write(bare, "sooner", "date: 2026-12-01\nstatus: planned")
    said = words(page(bare, "/meetups/"))
    assert re.search(r"Ближайшая встреча 1 декабря .*?Встреча sooner", said)


def test_a_list_without_meetups_says_so(bare: Path) -> None:
    said = words(page(bare, "/meetups/"))
    assert "Встреч пока не было" in said
    assert "Ближайшая" not in said


@pytest.mark.parametrize("moment", ["2026-11-21", "2026-12", "unknown\nyear: 2027"])
def test_what_is_ahead_has_not_been_held(moment: str, bare: Path) -> None:
    write(bare, "early", f"date: {moment}\nstatus: held")
    (problem,) = examine(bare, TODAY).problems
    assert "её день ещё впереди" in str(problem)


@pytest.mark.parametrize("moment", ["2026-11-20", "2026-11", "unknown\nyear: 2026", "unknown"])
def test_what_has_come_may_have_been_held(moment: str, bare: Path) -> None:
    write(bare, "held", f"date: {moment}\nstatus: held")
    assert examine(bare, TODAY).problems == ()
    assert "Прошла" in words(page(bare, "/meetups/held/"))


def test_an_organiser_counts_among_those_who_came(bare: Path) -> None:
    write_report(bare)
    html = page(bare, "/ngos/knigonoshi/")
    assert 'href="/meetups/report/"' in html
    assert "ведущие" in html


@pytest.fixture(scope="module")
def served(example: Path, tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    project = Path(shutil.copytree(example, tmp_path_factory.mktemp("served") / "project"))
    write(project, "ahead", AHEAD)
    build_apart(project, "--no-handouts", "--no-search", site=project / "site")
    return serve(project / "site")


@pytest.mark.no_cover  # what a browser shows is measured by what built it
def test_the_countdown_goes_by_the_clock_of_the_meetup(served: str, chromium: Browser) -> None:
    said = {}
    start = datetime.fromisoformat("2026-12-05T17:00:00+05:00")
    for before in (timedelta(days=15), timedelta(days=2), timedelta(hours=17, minutes=1), timedelta(hours=16)):
        said[before] = countdown(served, chromium, start - before)
    assert list(said.values()) == [
        "До встречи 15 дней",
        "До встречи 2 дня",
        "Встреча завтра в 17:00",
        "Встреча сегодня в 17:00",
    ]
    assert countdown(served, chromium, start + timedelta(minutes=1)) == "Встреча идёт"
    assert countdown(served, chromium, start + timedelta(hours=3)) == "Встреча прошла"


@pytest.mark.no_cover  # what a browser shows is measured by what built it
def test_without_a_script_there_is_no_countdown(served: str, chromium: Browser) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto(f"{served}/meetups/ahead/")
        assert not tab.locator("[data-meetup]").is_visible()
        assert tab.get_by_text("5 декабря, 17:00").first.is_visible()


def countdown(address: str, chromium: Browser, now: datetime) -> str:
    with chromium.new_context(timezone_id="Asia/Kamchatka") as context:
        tab = context.new_page()
        tab.clock.set_fixed_time(now)
        tab.goto(f"{address}/meetups/ahead/")
        return tab.locator("[data-meetup]").inner_text().replace("\u00a0", " ")

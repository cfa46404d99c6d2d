"""Methodology: the steps, how long a note takes, what changed in it, what its ticks come to, the calls it helps."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.catalog import load
from generator.pages import make, pages
from generator.records.note import Note
from generator.settings import load_settings
from generator.templating import Templating
from tests.conftest import TODAY, build_apart

pytest_plugins = ("tests.browser",)

CHECKLIST = """verdicts:
  - {least: 0, text: Рано}
  - {least: 2, text: Почти готово}
  - {least: 3, text: Подавайте}
---

- [ ] Есть цель
- [ ] Есть команда
- [ ] Есть смета
"""


def write(project: Path, name: str, fields: str, text: str = "") -> None:
    if "---" not in fields:
        fields = f"{fields}\n---\n{text}\n"
    (project / f"content/methodology/{name}.md").write_text(f"---\ntitle: Памятка {name}\n{fields}")


def page(project: Path, address: str) -> str:
    templating = Templating(project, load_settings(project), TODAY)
    catalog = load(project, TODAY)
    (found,) = (each for each in pages(catalog, templating) if each.address == address)
    return make(found, catalog, templating).body


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


def note(project: Path, name: str) -> Note:
    found = load(project, TODAY).get("note", name)
    assert isinstance(found, Note)
    return found


@pytest.mark.parametrize(("length", "minutes"), [(0, 1), (1, 1), (180, 1), (181, 2), (900, 5)])
def test_reading_takes_a_minute_for_every_180_words(length: int, minutes: int, project: Path) -> None:
    write(project, "long", "stage: idea", "слово " * length)
    assert note(project, "long").reading_minutes == minutes


def test_addresses_and_remarks_are_not_read(project: Path) -> None:
    write(project, "seen", "stage: idea", "[закон](https://example.org/a/b/c) <!-- три слова тут -->")
    write(project, "plain", "stage: idea", "закон " * 180 + "<!-- этого не видно -->")
    assert note(project, "seen").reading_minutes == note(project, "plain").reading_minutes == 1
    assert "1 минута чтения" in words(page(project, "/methodology/plain/"))


def test_a_note_tells_what_changed_in_it(project: Path) -> None:
    changes = "changes:\n  - {date: 2026-11-10, text: Новая таблица}\n  - {date: 2026-03-01, text: Новый закон}"
    write(project, "new", f"stage: idea\n{changes}")
    said = words(page(project, "/methodology/new/"))
    assert "Обновлено 10 ноября: Новая таблица." in said
    assert "1 марта: Новый закон." in said


def test_the_list_goes_step_by_step(project: Path) -> None:
    write(project, "second", "stage: idea\norder: 20")
    write(project, "report", "stage: report")
    said = words(page(project, "/methodology/"))
    order = ["1. Идея", "Пять вопросов к идее", "Памятка second", "2. Заявка", "Смета", "4. Отчёт", "Памятка report"]
    places = [said.index(each) for each in order]
    assert places == sorted(places)
    assert "3. Реализация" not in said


def test_a_long_list_is_sifted_by_topic_and_step(project: Path) -> None:
    assert "data-filters" not in page(project, "/methodology/")
    for number in range(9):
        write(project, f"n{number}", "stage: idea\ntopics: [projects]")
    html = page(project, "/methodology/")
    assert 'data-filters="methodology"' in html
    assert 'name="stage"' in html
    assert html.count('data-topic="projects"') >= 9


def test_an_empty_list_says_so(project: Path) -> None:
    for path in (*(project / "content/methodology").iterdir(), *(project / "content/news").iterdir()):
        path.unlink()
    for path in (project / "grants").iterdir():
        path.write_text(re.sub(r"^notes:.*\n", "", path.read_text(), flags=re.MULTILINE))
    assert "Памяток пока нет" in words(page(project, "/methodology/"))


def test_neighbours_go_by_the_steps(project: Path) -> None:
    assert words(page(project, "/methodology/smeta/")).count("Раньше: идея Пять вопросов к идее") == 1
    first = page(project, "/methodology/pyat-voprosov/")
    assert 'rel="next" href="/methodology/smeta/"' in first
    assert 'rel="prev"' not in first


def test_a_note_shows_the_calls_it_helps_with(project: Path) -> None:
    write(project, "own", "stage: application")
    call = next(path for path in sorted((project / "grants").iterdir()))
    text = re.sub(r"^notes:.*\n", "", call.read_text(), flags=re.MULTILINE)
    call.write_text(f"{text}notes: [own]\n")
    html = page(project, "/methodology/own/")
    assert "Пригодится на этих конкурсах" in words(html)
    assert f"/grants/{call.stem}/" in html
    assert 'href="/methodology/own/"' in page(project, f"/grants/{call.stem}/")


def test_verdicts_are_printed_in_full_with_their_ranges(project: Path) -> None:
    write(project, "check", f"stage: idea\n{CHECKLIST}")
    said = words(page(project, "/methodology/check/"))
    assert "Отметок из 3 Вывод 0–1 Рано. 2 Почти готово. 3 Подавайте." in said
    assert "3 пункта для самопроверки" in said


@pytest.fixture(scope="module")
def served(example: Path, tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    project = Path(shutil.copytree(example, tmp_path_factory.mktemp("served") / "project"))
    write(project, "check", f"stage: idea\n{CHECKLIST}")
    build_apart(project, "--no-handouts", "--no-search", site=project / "site")
    return serve(project / "site")


@pytest.fixture
def checklist(served: str, chromium: Browser) -> Iterator[Page]:
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.goto(f"{served}/methodology/check/")
        yield tab


@pytest.mark.no_cover  # what a browser shows is measured by what built it
def test_ticks_are_counted_kept_and_come_to_a_verdict(checklist: Page) -> None:
    said, row = checklist.locator(".ticks"), checklist.locator("[data-verdicts] tr[aria-current]")
    assert "Отмечено 0 из 3." in said.inner_text().replace("\xa0", " ")
    assert row.count() == 0
    checklist.get_by_label("Есть цель").check()
    assert "Отмечено 1 из 3. Рано." in said.inner_text().replace("\xa0", " ")
    checklist.get_by_label("Есть смета").check()
    assert "Отмечено 2 из 3. Почти готово." in said.inner_text().replace("\xa0", " ")
    checklist.reload()
    assert checklist.get_by_label("Есть смета").is_checked()
    assert "Отмечено 2 из 3. Почти готово." in said.inner_text().replace("\xa0", " ")
    assert row.inner_text().split("\t")[0].strip() == "2"


@pytest.mark.no_cover  # what a browser shows is measured by what built it
def test_ticks_can_be_emptied(checklist: Page) -> None:
    checklist.get_by_label("Есть цель").check()
    checklist.get_by_role("button", name="Очистить").click()
    assert "Отмечено 0 из 3." in checklist.locator(".ticks").inner_text().replace("\xa0", " ")
    checklist.reload()
    assert not checklist.get_by_label("Есть цель").is_checked()
    assert checklist.locator("[data-verdicts] tr[aria-current]").count() == 0

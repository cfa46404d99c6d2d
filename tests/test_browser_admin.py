"""The web form in Chromium, on a folder: what is added and changed in it is right, and nothing else is."""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.catalog import load
from generator.settings import CONFIG
from tests.conftest import EXAMPLE, ROOT, TODAY, build_apart
from tests.form import (
    Texts,
    begin,
    choose,
    field,
    open_folder,
    opened,
    pick,
    put_folder,
    records_of,
    save,
    site_files_of,
    write,
)
from tests.test_browser import NOON

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

TRIP = """async (files) => {
  const { formOf } = await import("./records.js");
  const told = async (name) => (await fetch(name)).json();
  const [config, kinds] = await Promise.all(["config.json", "kinds.json"].map(told));
  const found = { kept: {}, anew: {} };
  const places = config.collections.flatMap((each) => each.files ?? [{ ...each, file: `${each.folder}/` }]);
  for (const [path, text] of Object.entries(files)) {
    const { format } = places.find((each) => path.startsWith(each.file));
    const form = formOf(kinds.find((each) => each.format === format));
    const read = form.fromFile(text.trim());
    found.kept[path] = `${form.toFile(read).trim()}\\n`;
    found.anew[path] = `${form.toFile({ ...read, _source: "" }).trim()}\\n`;
  }
  return found;
}"""
CHANGE = """async ([text, changes, format = "ngo-record"]) => {
  const { formOf } = await import("./records.js");
  const kinds = await (await fetch("kinds.json")).json();
  const form = formOf(kinds.find((each) => each.format === format));
  try {
    return form.toFile({ ...form.fromFile(text), ...changes });
  } catch (error) {
    return error.message;
  }
}"""
WATCH = """window.seen = [];
const look = () => {
  if (document.body && getComputedStyle(document.body).visibility !== "hidden") seen.push(document.body.innerText);
  requestAnimationFrame(look);
};
look();"""
REMARKED = """\
# Проверено по телефону.
title: Проба  # зовут так
# по уставу
legal_name: 'Проба'
form: ano

# контакты дежурного
contacts:
  # до шести
  phones: "+7 34141 2-34-56"   # Пётр
  emails: [a@example.org]
  # звонить заранее

# чего не знаем
unknown_field: {а: б}
# конец
"""
MENDED = """\
# Проверено по телефону.
title: Опыт # зовут так
# по уставу
legal_name: 'Проба'
form: ano
inn: "7707083893"

# контакты дежурного
contacts:
  # до шести
  phones: "+7 34141 2-34-56" # Пётр
  emails: [c@example.org]
  # звонить заранее

# чего не знаем
unknown_field: {а: б}
# конец
"""
ADDED = {
    "content/funders/fond-gorod-sad.md": """\
---
title: Фонд «Город-сад»
nature: local
---
""",
    "content/news/otkryta-masterskaya-prikhodite.md": """\
---
title: "Открыта мастерская: приходите"
date: 2026-11-19
rubric: centre
---

Чиним вместе.
""",
    "grants/masterskie-vo-dvorakh.yml": """\
title: Мастерские во дворах
checked: 2026-11-20
added: 2026-11-20
level: municipal
funder: fond-gorod-sad
applicants:
  nko: yes
  others: no
rounds:
  - key: main
    deadline: 2026-12-15 18:00
""",
    "ngos/tyopliy-dom.yml": """\
title: Тёплый дом
legal_name: Автономная некоммерческая организация «Тёплый дом»
form: ano
inn: "7707083893"
text: |
  Вяжем пледы.
""",
}
CHANGED = """\
-time: "18:30"
+time: "19:00"
-    deadline: 2026-11-27 23:30
+    deadline: 2026-12-04 23:30
-summary: Чинит лавочки и сажает тополя.
+summary: Чинит лавочки, сажает тополя, зовёт соседей.
""".splitlines()


@pytest.fixture
def form(chromium: Browser, form_site: Path, serve: Callable[[Path], str]) -> Iterator[Page]:
    """The form, opened on a folder with the example's files."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 6000}, locale="en-US", timezone_id="Europe/Samara"
    )
    page = context.new_page()
    page.clock.set_fixed_time(NOON)
    asked: list[str] = []
    complaints: list[str] = []
    address = serve(form_site)
    put_folder(page, address, records_of(EXAMPLE))
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(f"{line.text} {line.location}") if line.type == "error" else None)
    page.goto(f"{address}/admin/")
    open_folder(page)
    yield page
    assert {urlsplit(each).netloc for each in asked if each.startswith("http")} == {urlsplit(address).netloc}
    assert complaints == []
    context.close()


def test_what_is_added_in_the_form_is_right_and_stands_on_the_site(form: Page, tmp_path: Path, example: Path) -> None:
    begin(form, "post")
    write(form, "title", "Открыта мастерская: приходите")
    write(form, "date", "2026-11-19")
    pick(form, "rubric", "Дела центра")
    write(form, "body", "Чиним вместе.")
    save(form)
    begin(form, "ngo")
    write(form, "title", "Тёплый дом")
    write(form, "legal_name", "Автономная некоммерческая организация «Тёплый дом»")
    pick(form, "form", "АНО")
    write(form, "inn", "7707083893")
    write(form, "text", "Вяжем пледы.")
    save(form)
    begin(form, "grant")
    write(form, "title", "Мастерские во дворах")
    choose(form, "level", "муниципальный")
    form.get_by_role("button", name=re.compile("Добавить: .фонд")).click()
    funder = form.get_by_role("dialog")
    write(funder, "title", "Фонд «Город-сад»")
    field(funder, "nature").get_by_role("combobox").click()
    form.get_by_role("option", name="местный фонд").click()
    funder.get_by_role("button", name="Добавить", exact=True).click()
    choose(form, "applicants.nko", "может")
    write(form, "rounds.0.deadline.when", "2026-12-15 18:00")
    save(form)
    opened(form, "post", "2026-11-10-otkryt-konkurs")
    write(form, "time", "19:00")
    save(form)
    opened(form, "grant", "dvor-2026")
    write(form, "rounds.0.deadline.when", "2026-12-04 23:30")
    save(form)
    opened(form, "ngo", "svetlyy-dvor")
    write(form, "summary", "Чинит лавочки, сажает тополя, зовёт соседей.")
    files, before = save(form), records_of(EXAMPLE)
    assert {path: text for path, text in files.items() if path not in before} == ADDED
    assert [line for path in sorted(before) for line in difference(before[path], files[path])] == CHANGED
    project = Path(shutil.copytree(example, tmp_path / "project"))
    for path, text in files.items():
        (project / path).write_text(text)
    build_apart(project, "--no-handouts", "--no-search", site=tmp_path / "site")
    pages = (
        "news/otkryta-masterskaya-prikhodite",
        "ngos/tyopliy-dom",
        "grants/masterskie-vo-dvorakh",
        "grants/dvor-2026",
    )
    shown = [(tmp_path / "site" / page / "index.html").read_text() for page in pages]
    words = (
        "<p>Чиним вместе.</p>",
        "Вяжем пледы.",
        'data-deadline="2026-12-15T18:00',
        'data-deadline="2026-12-04T23:30',
    )
    assert [word for word, page in zip(words, shown, strict=True) if word not in page] == []


def difference(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize("project", [EXAMPLE, ROOT], ids=["example", "own"])
def test_a_form_holds_every_record_whole_and_leaves_it_as_it_is_written(
    chromium: Browser, form_site: Path, serve: Callable[[Path], str], project: Path, tmp_path: Path
) -> None:
    before = records_of(project) | site_files_of(project)
    page = chromium.new_page()
    page.goto(f"{serve(form_site)}/admin/config.json")
    texts: dict[str, Texts] = page.evaluate(TRIP, before)
    page.close()
    assert texts["kept"] == before
    # Even written anew from nothing but what the form holds, a record says the same.
    shutil.copytree(project / "content", tmp_path / "content")
    shutil.copyfile(project / CONFIG, tmp_path / CONFIG)
    # The form has not all of the settings; what it has not stays only where it was.
    for path, text in texts["anew"].items() - {(CONFIG, texts["anew"][CONFIG])}:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    assert told(tmp_path) == told(project)


def test_a_change_leaves_the_remarks_around_it_and_what_the_form_does_not_know(
    chromium: Browser, form_site: Path, serve: Callable[[Path], str]
) -> None:
    page = chromium.new_page()
    page.goto(f"{serve(form_site)}/admin/config.json")
    contacts = {"phones": ["+7 34141 2-34-56"], "emails": ["c@example.org"]}
    changes = {"title": "Опыт", "inn": "7707083893", "contacts": contacts}
    assert page.evaluate(CHANGE, [REMARKED, changes]) == MENDED
    longer = page.evaluate(CHANGE, [REMARKED, {"contacts": {"phones": ["+7 34141 2-34-56", "8 800 100-00-00"]}}])
    assert '    - "+7 34141 2-34-56" # Пётр\n    - 8 800 100-00-00\n' in longer
    assert page.evaluate(CHANGE, ["{title: А, form: ano}", {"title": "Б"}]) == "title: Б\nform: ano\n"
    # What cannot be read whole would be lost in writing.
    assert "не читается" in page.evaluate(CHANGE, ["title: А\ntitle: Б", {"form": "ano"}])
    page.close()


def test_the_form_speaks_russian_from_its_first_word_on(
    chromium: Browser, form_site: Path, serve: Callable[[Path], str]
) -> None:
    def late(route: Route) -> None:
        sleep(0.5)
        route.continue_()

    page = chromium.new_page(locale="en-US")
    page.add_init_script(WATCH)
    page.route("**/locales/ru.json", late)
    page.goto(f"{serve(form_site)}/admin/")
    expect(page.get_by_role("button", name="Открыть папку на этом компьютере")).to_be_visible()
    seen: list[str] = page.evaluate("seen")
    assert [words for words in seen if re.search("Work with|Sign In|Powered by", words)] == []
    page.close()


def test_topics_and_settings_are_changed_line_by_line(
    chromium: Browser, form_site: Path, serve: Callable[[Path], str]
) -> None:
    page = chromium.new_page()
    page.goto(f"{serve(form_site)}/admin/config.json")
    topics = (
        "# Темы.\nold: {title: Старое}\n# Двор.\ntown:\n  title: Двор  # так\n  color: red\nart:\n  title: Искусство\n"
    )
    entries = [{"id": "town", "title": "Город"}, {"id": "new", "title": "Новое"}, {"id": "art", "title": "Искусство"}]
    assert page.evaluate(CHANGE, [topics, {"entries": entries}, "topics-file"]) == (
        "# Темы.\n# Двор.\ntown:\n  title: Город # так\n  color: red\nnew:\n  title: Новое\nart:\n  title: Искусство\n"
    )
    before = (EXAMPLE / CONFIG).read_text()
    changes = {"site_name": "Берег", "extra": {"subtitle": "Центр", "lamp": {"light": "#1c4a7a", "dark": "#9cc9f5"}}}
    extra = {"library": "Самоцветская городская библиотека", "report_to": "bereg@example.org"}
    place = {
        **{"town": "Самоцветск", "town_in": "в Самоцветске", "town_of": "Самоцветска", "town_to": "Самоцветску"},
        **{"region": "Свердловская область", "region_in": "в Свердловской области", "population": 24500},
    }
    changes["extra"] |= extra | {"place": place}  # type: ignore[operator]  # a part of it is text
    assert difference(before, page.evaluate(CHANGE, [before, changes, "settings-file"])) == [
        "-site_name: Берег добра",
        "+site_name: Берег",
        "-  subtitle: Ресурсный центр библиотеки, Самоцветск",
        "+  subtitle: Центр",
        "-    population: 24000",
        "+    population: 24500",
    ]
    page.close()


def told(project: Path) -> dict[str, object]:
    """Return what a project's records and topics say, but for the lines on which a record's text stands."""
    catalog = load(project, TODAY)
    records = {each.path: (each.model_dump(exclude={"body"}), each.body.written.strip()) for each in catalog.records}
    return {**records, "topics": catalog.topics}

"""The web form in Chromium, on a folder: what is added and changed in it is right, and nothing else is."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from generator.catalog import load
from tests.conftest import EXAMPLE, ROOT, TODAY, build_apart
from tests.form import Texts, begin, choose, open_folder, opened, pick, put_folder, records_of, save, write
from tests.test_browser import NOON

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

TRIP = """async (files) => {
  const { formOf } = await import("./records.js");
  const told = async (name) => (await fetch(name)).json();
  const [config, kinds] = await Promise.all(["config.json", "kinds.json"].map(told));
  const found = { kept: {}, anew: {} };
  for (const [path, text] of Object.entries(files)) {
    const { format } = config.collections.find((each) => path.startsWith(`${each.folder}/`));
    const form = formOf(kinds.find((each) => each.format === format));
    const read = form.fromFile(text.trim());
    found.kept[path] = `${form.toFile(read).trim()}\\n`;
    found.anew[path] = `${form.toFile({ ...read, _source: "" }).trim()}\\n`;
  }
  return found;
}"""
CHANGE = """async ([text, changes]) => {
  const { formOf } = await import("./records.js");
  const kinds = await (await fetch("kinds.json")).json();
  const form = formOf(kinds.find((each) => each.format === "ngo-record"));
  try {
    return form.toFile({ ...form.fromFile(text), ...changes });
  } catch (error) {
    return error.message;
  }
}"""
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
funder: kamennyy-poyas
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
    choose(form, "funder", "Фонд «Каменный пояс»")
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
    before = records_of(project)
    page = chromium.new_page()
    page.goto(f"{serve(form_site)}/admin/config.json")
    texts: dict[str, Texts] = page.evaluate(TRIP, before)
    page.close()
    assert texts["kept"] == before
    # Even written anew from nothing but what the form holds, a record says the same.
    shutil.copytree(project / "content", tmp_path / "content")
    shutil.copyfile(project / "mkdocs.yml", tmp_path / "mkdocs.yml")
    for path, text in texts["anew"].items():
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


def told(project: Path) -> dict[str, object]:
    """Return what each record of a project says, but for the lines on which its text stands."""
    return {
        record.path: (record.model_dump(exclude={"body"}), record.body.written.strip())
        for record in load(project, TODAY).records
    }

"""The web form in Chromium, on a folder of this machine: what is added and changed in it is right, and nothing else is.

Only the window in which a browser asks for a folder is replaced: by a folder of the browser's own, which the test fills
with a project's files and reads afterwards (File System Standard, 5: the origin private file system).
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from generator.admin import KEPT, admin
from generator.catalog import Catalog, load
from generator.records import KINDS
from generator.settings import load_settings
from generator.templating import Templating
from tests.conftest import EXAMPLE, ROOT, TODAY, Once, build_apart
from tests.test_browser import NOON

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

ASK = "window.showDirectoryPicker = () => navigator.storage.getDirectory();"
PUT = """async (files) => {
  const root = await navigator.storage.getDirectory();
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split("/");
    let folder = root;
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
    const file = await (await folder.getFileHandle(parts.at(-1), { create: true })).createWritable();
    await file.write(typeof text === "string" ? text : new Uint8Array(text));
    await file.close();
  }
}"""
GET = """async () => {
  const found = {};
  const walk = async (folder, path) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === "directory") await walk(handle, `${path}${name}/`);
      else if (/\\.(md|yml)$/.test(name)) found[path + name] = await (await handle.getFile()).text();
    }
  };
  await walk(await navigator.storage.getDirectory(), "");
  return found;
}"""
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
Texts = dict[str, str]
PICTURE = "content/assets/lavochka.png"
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


def records_of(project: Path) -> Texts:
    """Return the texts of a project's records by their paths."""
    paths = (path for kind in KINDS.values() for path in sorted((project / kind.folder).glob(f"*{kind.suffix}")))
    return {path.relative_to(project).as_posix(): path.read_text() for path in paths}


@pytest.fixture(scope="session")
def form_site(example: Path, example_site: Path, catalog: Catalog, once: Once) -> Path:
    """The example's site with the web form; what npm brings is kept with the repository's own."""

    def make(site: Path) -> None:
        project = site.with_name("form-project")
        (ROOT / KEPT).mkdir(parents=True, exist_ok=True)
        (project / KEPT).parent.mkdir(parents=True)
        (project / KEPT).symlink_to(ROOT / KEPT)
        shutil.copytree(example_site, site)
        for path, content in admin(catalog, Templating(project, load_settings(example), TODAY)):
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(content)

    return once("form-site", make)


@pytest.fixture
def form(chromium: Browser, form_site: Path, serve: Callable[[Path], str]) -> Iterator[Page]:
    """The form, opened on a folder with the example's files."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 6000}, locale="en-US", timezone_id="Europe/Samara"
    )
    page = context.new_page()
    page.clock.set_fixed_time(NOON)
    page.add_init_script(ASK)
    asked: list[str] = []
    complaints: list[str] = []
    address = serve(form_site)
    page.goto(f"{address}/admin/config.json")
    page.evaluate(PUT, {**records_of(EXAMPLE), PICTURE: list((EXAMPLE / PICTURE).read_bytes())})
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(f"{line.text} {line.location}") if line.type == "error" else None)
    page.goto(f"{address}/admin/")
    page.get_by_role("button", name="Открыть папку на этом компьютере").click()
    expect(page.get_by_role("treeitem", name="Конкурсы")).to_be_visible()
    yield page
    assert {urlsplit(each).netloc for each in asked if each.startswith("http")} == {urlsplit(address).netloc}
    assert complaints == []
    context.close()


def field(form: Page, path: str) -> Locator:
    # The second of them is in the preview.
    return form.locator(f'section.field[data-key-path="{path}"]').first


def write(form: Page, path: str, text: str) -> None:
    field(form, path).get_by_role("textbox").fill(text)


def choose(form: Page, path: str, option: str) -> None:
    field(form, path).get_by_role("radio", name=option, exact=True).click()


def pick(form: Page, path: str, option: str) -> None:
    field(form, path).get_by_role("combobox").click()
    form.get_by_role("option", name=option, exact=True).click()


def save(page: Page) -> Texts:
    page.get_by_role("button", name="Сохранить", exact=True).click()
    # The list of the kind is shown once the file is written.
    expect(page.get_by_role("grid", name="Записи")).to_be_visible()
    expect(page.get_by_role("button", name="Сохранить", exact=True)).to_be_hidden()
    found: Texts = page.evaluate(GET)
    return found


def begin(page: Page, kind: str) -> None:
    page.evaluate(f"location.hash = '#/collections/{kind}/new'")
    expect(field(page, "title")).to_be_visible()


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


def opened(page: Page, kind: str, slug: str) -> None:
    page.evaluate(f"location.hash = '#/collections/{kind}/entries/{slug}'")
    expect(field(page, "title")).to_be_visible()


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

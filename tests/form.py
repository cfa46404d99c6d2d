"""What drives the web form in Chromium: a site with it, a folder of the browser's own, its fields by their paths.

Only the window in which a browser asks for a folder is replaced: by a folder of the browser's own, which is filled with
a project's files and read afterwards (File System Standard, 5: the origin private file system).
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from generator.admin import KEPT, admin
from generator.catalog import Catalog
from generator.catalog.checks import REGISTRY, TOPICS
from generator.records import KINDS
from generator.settings import CONFIG, Settings
from generator.templating import Templating
from tests.conftest import EXAMPLE, ROOT, TODAY

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
Texts = dict[str, str]
PICTURE = "content/assets/lavochka.png"


def records_of(project: Path) -> Texts:
    """Return the texts of a project's records by their paths."""
    paths = (path for kind in KINDS.values() for path in sorted((project / kind.folder).glob(f"*{kind.suffix}")))
    return {path.relative_to(project).as_posix(): path.read_text() for path in paths}


def site_files_of(project: Path) -> Texts:
    """Return the texts of a project's files that are no records: vocabularies and settings."""
    names = (TOPICS, REGISTRY, CONFIG)
    return {name: (project / name).read_text() for name in names if (project / name).exists()}


def add_form(site: Path, catalog: Catalog, settings: Settings) -> None:
    """Write the web form into a site; what npm brings is kept with the repository's own."""
    project = site.with_name("form-project")
    (ROOT / KEPT).mkdir(parents=True, exist_ok=True)
    (project / KEPT).parent.mkdir(parents=True)
    (project / KEPT).symlink_to(ROOT / KEPT)
    for path, content in admin(catalog, Templating(project, settings, TODAY)):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)


def put_folder(page: Page, address: str, files: Texts) -> None:
    """Fill the folder that the form at an address will open: some files, and the example's picture."""
    page.add_init_script(ASK)
    page.goto(f"{address}/admin/config.json")
    page.evaluate(PUT, {**files, PICTURE: list((EXAMPLE / PICTURE).read_bytes())})


def open_folder(page: Page) -> None:
    """Open the folder in the form."""
    page.get_by_role("button", name="Открыть папку на этом компьютере").click()
    expect(page.get_by_role("treeitem", name="Конкурсы")).to_be_visible()


def field(form: Page | Locator, path: str) -> Locator:
    # The second of them is in the preview.
    return form.locator(f'section.field[data-key-path="{path}"]').first


def write(form: Page | Locator, path: str, text: str) -> None:
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
    _go(page, kind, "new")


def opened(page: Page, kind: str, slug: str) -> None:
    _go(page, kind, f"entries/{slug}")


def _go(page: Page, kind: str, place: str) -> None:
    # By way of the list: the fields of the record before it must not be taken for this one's.
    page.evaluate(f"location.hash = '#/collections/{kind}'")
    expect(page.get_by_role("grid", name="Записи")).to_be_visible()
    page.evaluate(f"location.hash = '#/collections/{kind}/{place}'")
    expect(field(page, "title")).to_be_visible()

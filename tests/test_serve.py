"""The live preview: what is shown is what a build would give, at once and by itself."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from http.client import HTTPConnection
from multiprocessing import active_children
from pathlib import Path
from signal import SIGINT
from socket import socket
from threading import Event, Thread

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from generator.artifacts import Artifact
from generator.catalog import Catalog, examine
from generator.catalog.memory import Memory
from generator.handouts import Order, handouts
from generator.handouts.printed import Printed
from generator.images import pictures
from generator.mkdocs_plugin import framed_site
from generator.mkdocs_plugin.site import OUTPUTS
from generator.serve import Preview, open_server
from generator.serve.watching import watching
from generator.templating import Templating
from tests.conftest import EXAMPLE, PATIENCE, TODAY, answering, state_of, wait_until
from tests.sheets import text_of

pytest_plugins = ("tests.browser",)

POST = "---\ntitle: {}\nrubric: centre\ndate: 2026-11-{:02}\ntopics: [town]\n---\n\n{}\n"
ENDLESS = "#for x in range(99999) { for y in range(99999) {} }\n"
HEAVY_FROM_NOTHING = """
import signal
from generator.cli import run
from generator.handouts import compiler

compiler.HEAVY = 0
# Who was begun in the background is deaf to Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
run()
"""
MAIN = re.compile(rb"<main.*</main>", re.DOTALL)
RELOADS = re.compile(rb'<script defer src="/[^"]*" data-version="\d+"></script>\n')


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "project", ignore=shutil.ignore_patterns(".cache")))


def built(project: Path, *, with_handouts: bool = False) -> dict[str, bytes]:
    """Return every page and file that a build would write."""
    site = framed_site(project, TODAY, handouts=with_handouts, search=False)
    return {page.path: site.fill(page).encode() for page in site.pages} | dict(site.artifacts())


def edits(project: Path, chance: random.Random) -> Iterator[str]:
    """Edit, add, rename and delete records, a template and a style sheet at random; yield what was done."""
    for number in range(7):
        news = sorted((project / "content/news").glob("new-*.md"))
        doing = chance.choice(["add", "edit", "rename", "delete", "template", "style"]) if news else "add"
        words = "Слово " * chance.randint(1, 9)
        if doing == "add":
            path = project / f"content/news/new-{number}.md"
            path.write_text(POST.format(f"Новость {number}", chance.randint(1, 20), words), encoding="utf-8")
        elif doing == "edit":
            path = chance.choice(news)
            path.write_text(path.read_text(encoding="utf-8") + f"\n{words}\n", encoding="utf-8")
        elif doing == "rename":
            chance.choice(news).rename(project / f"content/news/new-{number}.md")
        elif doing == "delete":
            chance.choice(news).unlink()
        else:
            name = "site/partials/footer.html" if doing == "template" else "site/assets/site.css"
            own = project / "templates" / name
            own.parent.mkdir(parents=True, exist_ok=True)
            own.write_text(f"<!-- {number} -->" if doing == "template" else f"p {{ margin: {number}px }}\n", "utf-8")
        yield f"{number}: {doing}"


@pytest.mark.no_cover
def test_after_any_edit_the_preview_is_what_a_build_would_give(copied: Path) -> None:
    # It begins with what a build has read.
    examine(copied, TODAY, Memory.of(copied, keeps=True))
    preview = Preview(copied, lambda: TODAY, with_handouts=False)
    assert not preview.refresh()
    for edit in edits(copied, random.Random(8)):
        assert not preview.refresh(), edit
        for path, content in built(copied).items():
            assert RELOADS.sub(b"", preview.answer(path).content) == content, f"{path} after {edit}"


@pytest.mark.no_cover
@pytest.mark.usefixtures("patient")
def test_with_its_paper_too_the_preview_shows_what_a_build_would_give(whole_example: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(whole_example / "project", tmp_path / "project"))
    preview = Preview(project, lambda: TODAY, with_handouts=True)
    assert not preview.refresh()
    made = built(project, with_handouts=True)
    assert "handouts/cards.pdf" in made
    for path, content in made.items():
        # Pictures for networks are left out: nobody shares a page of his own computer.
        if path.startswith("handouts/") and not path.endswith(".html"):
            assert preview.answer(path).content == content, path
        elif path.endswith(".html"):
            assert MAIN.findall(preview.answer(path).content) == MAIN.findall(content), path


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page wait for its sheets however long they take."""
    monkeypatch.setattr("generator.serve.offered.AT_FIRST", PATIENCE)


def children_of(process: int) -> list[str]:
    """Return the command lines of the processes that one has begun."""
    children, found = [], []
    # One may end before it is looked at, a thread too.
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            children += thread.read_text(encoding="utf-8").split()
    for child in children:
        with suppress(OSError):
            found.append(Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8"))
    return found


@contextmanager
def served(project: Path, *, with_handouts: bool = False) -> Iterator[tuple[Preview, HTTPConnection]]:
    preview = Preview(project, lambda: TODAY, with_handouts=with_handouts)
    preview.refresh()
    with closing(preview), open_server(preview, ("127.0.0.1", 0)) as server, answering(server):
        host, port = str(server.server_address[0]), server.server_port
        with closing(HTTPConnection(host, port, timeout=PATIENCE)) as connection:
            yield preview, connection


def get(connection: HTTPConnection, path: str) -> tuple[int, dict[str, str], str]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read().decode(errors="replace")


def test_a_browser_gets_pages_files_and_their_types(copied: Path) -> None:
    with served(copied) as (_, connection):
        status, headers, text = get(connection, "/grants/")
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert "<h1>" in text
        assert get(connection, "/feed.xml")[1]["Content-Type"].startswith("application/xml")
        assert get(connection, "/calendar.ics")[1]["Content-Type"] == "text/calendar; charset=utf-8"
        assert get(connection, "/assets/lavochka.png")[1]["Content-Type"] == "image/png"
        assert get(connection, "/grants")[1]["Location"] == "/grants/"
        status, _, text = get(connection, "/net-takoy/")
        assert status == 404
        assert "нет" in text


def test_of_many_pictures_the_one_that_is_asked_for_is_made(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    copies = pictures.copies

    def noted(path: Path) -> Mapping[int, bytes]:
        made.append(path.name)
        return copies(path)

    monkeypatch.setattr(pictures, "copies", noted)
    for name in ("one", "two"):
        Image.new("RGB", (900, 400), "teal").save(copied / f"content/assets/{name}.720.jpg")
        text = POST.format(f"Новость {name}", 3, f"![Снимок](../assets/{name}.720.jpg)")
        (copied / f"content/news/{name}.md").write_text(text, encoding="utf-8")
    with served(copied) as (_, connection):
        assert "two.720.jpg.360.webp" in get(connection, "/news/two/")[2]
        status, headers, _ = get(connection, "/assets/two.720.jpg.360.webp")
        assert (status, headers["Content-Type"], made) == (200, "image/webp", ["two.720.jpg"])
        assert get(connection, "/assets/two.720.jpg.361.webp")[0] == 404


def test_a_picture_that_is_broken_inside_is_told_of_in_the_preview(copied: Path) -> None:
    path = copied / "content/assets/zal.jpg"
    Image.effect_noise((1600, 900), 60).save(path)
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"\xff\xda")] + b"\xff\xd9")
    text = POST.format("Зал", 20, "![Снимок](../assets/zal.jpg)")
    (copied / "content/news/zal.md").write_text(text, encoding="utf-8")
    with served(copied) as (_, connection):
        status, _, _ = get(connection, "/feed.xml")
        assert status == 503
        assert "картинка внутри испорчена" in get(connection, "/grants/")[2]


def test_old_addresses_and_the_designs_own_pages_are_found_too(copied: Path) -> None:
    old = {"documents/polozhenie-2020": "/old/about.php, /old/about/", "agreements/2026-dvor": "/old/dvor.html"}
    for record, addresses in old.items():
        file = copied / f"content/{record}.md"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("---\n", f"---\naliases: [{addresses}]\n", 1), encoding="utf-8")
    (copied / "templates/site/assets").mkdir(parents=True)
    (copied / "templates/site/assets/note.html").write_text("Заметка", encoding="utf-8")
    with served(copied) as (_, connection):
        for path in ("/old/about.php", "/old/about/", "/assets/note.html"):
            assert get(connection, path)[0] == 200, path
        assert "url=../agreements/#2026-dvor" in get(connection, "/old/dvor.html")[2]


@pytest.mark.no_cover
@pytest.mark.usefixtures("patient")
def test_a_sheet_is_made_when_it_is_asked_for(copied: Path) -> None:
    with served(copied, with_handouts=True) as (_, connection):
        assert "/handouts/documents.pdf" in get(connection, "/documents/")[2].replace("../", "/")
        assert get(connection, "/handouts/documents.pdf")[2].startswith("%PDF")


class Desk:
    """Prints when it is let."""

    def __init__(self) -> None:
        self.may_print = Event()
        self.begun: list[Collection[str]] = []
        self.done: list[str] = []

    def print(
        self, catalog: Catalog, templating: Templating, order: Order, keep: Path, *, over: Event
    ) -> Iterator[Printed]:
        self.begun.append(order.names)
        wait_until(lambda: self.may_print.is_set() or over.is_set())
        for printed in handouts(catalog, templating, order, keep, over=over):
            self.done.append(printed.sheet.name)
            yield printed


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    desk = Desk()
    monkeypatch.setattr("generator.serve.offered.handouts", desk.print)
    for patience in ("SOON", "AT_FIRST"):
        monkeypatch.setattr(f"generator.serve.offered.{patience}", 0.0)
    yield desk
    desk.may_print.set()


def test_a_page_does_not_wait_for_its_sheets_and_is_shown_with_them_when_they_are_there(
    copied: Path, desk: Desk
) -> None:
    document = copied / "content/documents/polozhenie-2020.md"
    with served(copied, with_handouts=True) as (preview, connection):
        assert "handouts/documents.pdf" not in get(connection, "/documents/")[2]
        desk.may_print.set()
        assert preview.wait_for_newer(1, PATIENCE) == 2
        assert "handouts/documents.pdf" in get(connection, "/documents/")[2]
        first = preview.answer("handouts/documents.pdf").content

        desk.may_print.clear()
        document.write_text(document.read_text("utf-8").replace("title: ", "title: Новое ", 1), "utf-8")
        preview.refresh()
        # Until the new sheet is there, the page offers that of before.
        at_once = get(connection, "/documents/")[2]
        assert "Новое" in at_once
        assert "handouts/documents.pdf" in at_once
        desk.may_print.set()
        assert preview.wait_for_newer(3, PATIENCE) == 4
        assert "handouts/documents.pdf" in get(connection, "/documents/")[2]
        second = preview.answer("handouts/documents.pdf").content
        assert "Новое" in text_of(second)
        assert "Новое" not in text_of(first)


def test_while_a_sheet_is_waited_for_others_get_their_pages(copied: Path, desk: Desk) -> None:
    with served(copied, with_handouts=True) as (preview, connection):
        waiting = Thread(target=preview.answer, args=("handouts/documents.pdf",))
        waiting.start()
        wait_until(lambda: desk.begun == [["documents"]])
        assert get(connection, "/documents/polozhenie-2020/")[0] == 200
        assert waiting.is_alive()
        # What an edit has overtaken is waited for anew, and still holds up nobody.
        preview.refresh()
        wait_until(lambda: desk.begun == [["documents"], ["documents"]])
        assert get(connection, "/documents/polozhenie-2020/")[0] == 200
        assert waiting.is_alive()
        desk.may_print.set()
        waiting.join(PATIENCE)
        assert not waiting.is_alive()


def test_what_an_edit_has_overtaken_is_printed_no_more(copied: Path, desk: Desk) -> None:
    with served(copied, with_handouts=True) as (preview, connection):
        waiting = Thread(target=get, args=(connection, "/handouts/"))
        waiting.start()
        wait_until(lambda: len(desk.begun) == 1)
        assert len(desk.begun[0]) > 10
        preview.refresh()
        desk.may_print.set()
        wait_until(lambda: len(desk.begun) == 2)
        waiting.join(PATIENCE)
        assert len(desk.done) == len(desk.begun[1])


@pytest.mark.parametrize("words", ["grants-list: [", "grants-list: Календарь", "edition: {}\nmemo: []"])
def test_a_mistake_in_the_words_of_the_sheets_is_told_at_once(words: str, copied: Path) -> None:
    own = copied / "templates/text/handouts.yml"
    own.parent.mkdir(parents=True)
    own.write_text(words, encoding="utf-8")
    with served(copied, with_handouts=True) as (preview, connection):
        assert [problem.path for problem in preview.problems] == ["templates/text/handouts.yml"]
        assert "templates/text/handouts.yml" in get(connection, "/handouts/")[2]


@pytest.mark.parametrize("asked", ["/documents/", "/handouts/documents.pdf"])
def test_a_mistake_in_the_template_of_a_sheet_is_told_whoever_waits(asked: str, copied: Path, desk: Desk) -> None:
    own = copied / "templates/handouts/documents.typ"
    own.parent.mkdir(parents=True)
    own.write_text("#mistaken", encoding="utf-8")
    desk.may_print.set()
    with served(copied, with_handouts=True) as (preview, connection):
        if get(connection, asked)[0] == 200:
            # It did not wait, and is told of what came meanwhile.
            assert preview.wait_for_newer(1, PATIENCE) == 2
        assert get(connection, asked)[0] == 503
        assert "templates/handouts/documents.typ" in get(connection, "/documents/")[2]
        own.unlink()
        preview.refresh()
        assert get(connection, "/handouts/documents.pdf")[2].startswith("%PDF")


@pytest.mark.parametrize("asked", ["/documents/", "/handouts/documents.pdf"])
def test_ctrl_c_ends_a_preview_that_prints_what_somebody_waits_for(asked: str, copied: Path) -> None:
    own = copied / "templates/handouts/documents.typ"
    own.parent.mkdir(parents=True)
    own.write_text(ENDLESS, encoding="utf-8")
    with (copied / "mkdocs.yml").open("a", encoding="utf-8") as settings, socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        settings.write(f"\ndev_addr: 127.0.0.1:{port}\n")
    command = [sys.executable, "-c", HEAVY_FROM_NOTHING, "--project", str(copied), "--today", str(TODAY), "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if "сайт готов" in line:
                    break
            with closing(HTTPConnection("127.0.0.1", port)) as connection:
                connection.request("GET", asked)
                wait_until(lambda: "spawn_main" in " ".join(children_of(process.pid)))
                process.send_signal(SIGINT)
                said, _ = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    assert (process.returncode, said) == (130, "")


def test_an_edit_ends_a_sheet_that_takes_long(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # From the first byte on, a sheet has a process of its own.
    monkeypatch.setattr("generator.handouts.compiler.HEAVY", 0)
    own = copied / "templates/handouts/documents.typ"
    own.parent.mkdir(parents=True)
    own.write_text(ENDLESS, encoding="utf-8")
    before = set(active_children())
    with served(copied, with_handouts=True) as (preview, connection):
        waiting = Thread(target=get, args=(connection, "/documents/"))
        waiting.start()
        wait_until(lambda: set(active_children()) != before)
        (printing,) = set(active_children()) - before
        own.unlink()
        preview.refresh()
        wait_until(lambda: state_of(printing.pid or 0) in ("", "Z"))
        waiting.join(PATIENCE)
        assert preview.answer("handouts/documents.pdf").content.startswith(b"%PDF")


@pytest.mark.usefixtures("patient")
def test_what_is_asked_for_is_made_and_nothing_else(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unasked, orders = [], []

    def made(*_: object) -> Iterator[Artifact]:
        unasked.append("feeds, calendars or data")
        yield from ()

    for name in ("feeds", "calendars", "data: ngos_xlsx"):
        monkeypatch.setitem(OUTPUTS, name, made)

    def handed_out(
        catalog: Catalog, templating: Templating, order: Order, keep: Path, *, over: Event
    ) -> Iterable[Printed]:
        orders.append(order)
        return handouts(catalog, templating, order, keep, over=over)

    monkeypatch.setattr("generator.serve.offered.handouts", handed_out)
    with served(copied, with_handouts=True) as (_, connection):
        for nowhere in ("/net-takoy/", "/favicon.ico", "/.well-known/appspecific/com.chrome.devtools.json"):
            assert get(connection, nowhere)[0] == 404
        assert get(connection, "/documents/polozhenie-2020/")[0] == 200
        assert get(connection, "/assets/site.css")[0] == 200
        assert orders == []
        assert get(connection, "/handouts/grant-dvor-2026.pdf")[2].startswith("%PDF")
        assert get(connection, "/handouts/grant-dvor-2026.webp")[0] == 200
        assert orders == [Order(["grant-dvor-2026"])]
    assert unasked == []


def test_mistakes_are_shown_until_they_are_mended(copied: Path) -> None:
    post = copied / "content/news/new.md"
    with served(copied) as (preview, connection):
        post.write_text(POST.format("Проба", 3, "[Никуда](nowhere.md)"), encoding="utf-8")
        assert [problem.path for problem in preview.refresh()] == ["content/news/new.md"]
        status, _, text = get(connection, "/grants/")
        assert status == 503
        assert "content/news/new.md, строка 8" in text
        assert "нет такой записи или файла: «nowhere.md»" in text
        post.write_text(POST.format("Проба", 3, "Теперь верно."), encoding="utf-8")
        preview.refresh()
        assert "Теперь верно." in get(connection, "/news/new/")[2]


def test_a_new_day_is_read_once_though_there_is_a_mistake(copied: Path) -> None:
    days, record = [TODAY], copied / "content/news/new.md"
    with closing(Preview(copied, lambda: days[-1], with_handouts=False)) as preview:
        assert not preview.refresh()
        record.write_text("title: без шапки\n", encoding="utf-8")
        days.append(TODAY + timedelta(days=1))
        assert "new.md" in preview.answer("").content.decode()
        version = preview.version
        # Else one open page would let another load again, and that one the first, for ever.
        assert "new.md" in preview.answer("news/").content.decode()
        assert preview.version == version
        record.unlink()
        assert not preview.refresh()
        assert "на 21 ноября" in preview.answer("").content.decode().replace("\u00a0", " ")


def test_a_setting_that_mkdocs_refuses_is_shown_until_it_is_mended(copied: Path) -> None:
    config = copied / "mkdocs.yml"
    right = config.read_text(encoding="utf-8")
    with served(copied) as (preview, connection):
        config.write_text(right.replace("name: material", "name: nosuch"), encoding="utf-8")
        assert [problem.field for problem in preview.refresh()] == ["theme"]
        assert "mkdocs.yml, строка 8" in get(connection, "/grants/")[2]
        config.write_text(right, encoding="utf-8")
        assert not preview.refresh()
        assert get(connection, "/grants/")[0] == 200


def test_a_mistake_in_the_sites_own_template_is_shown_too(copied: Path) -> None:
    own = copied / "templates/site/grants.html"
    own.parent.mkdir(parents=True)
    own.write_text('{% set title = "А" %}\n{% set description = "Б" %}\n{{ nichego }}\n', encoding="utf-8")
    with served(copied) as (_, connection):
        status, _, text = get(connection, "/grants/")
        assert status == 503
        assert "templates/site/grants.html, строка 3" in text


def test_a_page_waits_for_what_is_newer(copied: Path) -> None:
    with served(copied) as (preview, connection):
        assert get(connection, "/proekt-preview?version=0")[2] == "1"
        Thread(target=preview.refresh).start()
        assert get(connection, "/proekt-preview?version=1")[2] == "2"


def save_beside(file: Path, text: str, project: Path) -> None:
    """Save a file as many editors do, written beside and put in the old one's place: nobody ever reads half of it."""
    beside = project / "beside.tmp"
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


@pytest.mark.parametrize("is_beside", [False, True], ids=["in-its-place", "beside"])
@pytest.mark.parametrize("file", ["mkdocs.yml", "content/news/new.md", "templates/site/assets/site.css"])
def test_a_file_is_seen_that_an_editor_writes(copied: Path, file: str, is_beside: bool) -> None:
    (copied / "templates/site/assets").mkdir(parents=True)
    seen = Event()
    with watching(copied, seen.set):
        if is_beside:
            save_beside(copied / file, "", copied)
        else:
            (copied / file).write_text("", encoding="utf-8")
        assert seen.wait(PATIENCE)


@pytest.mark.parametrize("was_there", [False, True], ids=["new", "in-the-place-of-another"])
def test_a_file_is_seen_in_a_folder_that_came_later(copied: Path, was_there: bool) -> None:
    folder = copied / "templates/site/assets"
    style, read = folder / "site.css", [""]

    def saved(text: str) -> None:
        style.write_text(text, encoding="utf-8")
        wait_until(lambda: read[-1] == text)

    if was_there:
        folder.mkdir(parents=True)
    with watching(copied, lambda: read.append(style.read_text(encoding="utf-8") if style.exists() else "")):
        if was_there:
            # At once another, which the disk may give the number of the old one.
            shutil.rmtree(copied / "templates")
        folder.mkdir(parents=True)
        saved("one")
        saved("two")


@contextmanager
def shown(project: Path) -> Iterator[str]:
    """Run `proekt serve` on a port that nobody uses; yield its address once the site is ready."""
    with closing(socket()) as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + f"\ndev_addr: {address}\n", encoding="utf-8")
    command = [sys.executable, "-m", "generator", "--project", str(project), "--today", str(TODAY), "serve"]
    with subprocess.Popen([*command, "--no-handouts"], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            next(line for line in process.stdout if "сайт готов" in line)
            yield f"http://{address}"
        finally:
            process.terminate()


@pytest.mark.no_cover
def test_a_saved_record_is_on_the_screen_by_itself_and_the_page_keeps_its_place(
    chromium: Browser, copied: Path
) -> None:
    long = copied / "content/news/dlinnaya.md"
    long.write_text(POST.format("Длинная", 3, "Абзац.\n\n" * 200), encoding="utf-8")
    with shown(copied) as address:
        page = chromium.new_page()
        page.goto(f"{address}/news/dlinnaya/")
        page.evaluate("scrollTo(0, 2000)")
        save_beside(long, long.read_text(encoding="utf-8") + "\n## Дописано сейчас\n", copied)
        page.get_by_role("heading", name="Дописано сейчас").wait_for(state="attached")
        expect(page.locator("html")).to_have_js_property("scrollTop", 2000)
        page.close()

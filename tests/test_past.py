"""What a second build takes from the first one is always what a build from nothing would make."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import generator.handouts
from generator.building import build_site
from generator.catalog.memory import KEPT
from generator.handouts.sheet import Sheet
from generator.handouts.wording import Wording
from generator.past import BEFORE_LAST, Past, files_of, walked
from tests.conftest import EXAMPLE, TODAY

pytestmark = pytest.mark.no_cover  # twenty builds: what they run is covered by one

POST = "---\ntitle: {}\nrubric: centre\ndate: 2026-11-{:02}\ntopics: [{}]\n---\n\n{}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "project"))


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def build(project: Path, site: Path, *, handouts: bool = False, today: date = TODAY) -> None:
    """Build a site in the place of the last one."""
    fresh = site.with_name("fresh")
    past = Past(project, site, today, (handouts,))
    made = build_site(project, fresh, today, handouts=handouts, past=past)
    past.save(made, fresh, files_of(made))
    if site.exists():
        past.put_aside(site)
    fresh.rename(site)


def made_again(project: Path, site: Path, today: date = TODAY) -> set[str]:
    """Build and return the names of what was not taken from the last site."""
    inodes = {path: path.stat().st_ino for path in site.rglob("*") if path.is_file()}
    build(project, site, today=today)
    return {
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and path.stat().st_ino != inodes.get(path)
    }


def from_nothing(project: Path, folder: Path, *, handouts: bool = False, today: date = TODAY) -> dict[str, bytes]:
    shutil.rmtree(folder, ignore_errors=True)
    build_site(project, folder, today, handouts=handouts)
    return tree(folder)


def draw(project: Path, name: str, width: int, colour: str) -> None:
    """Put a picture among the assets, or in the place of the one of that name."""
    Image.new("RGB", (width, 400), colour).save(project / "content/assets" / name)


def set_field(path: Path, name: str, value: str) -> None:
    """Give a record's field another value, or a record another field; its title stands on the line after that."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    titled = next(index for index, line in enumerate(lines) if line.startswith("title:"))
    lines.insert(titled, f"{name}: {value}\n")
    path.write_text(
        "".join(line for index, line in enumerate(lines) if index == titled or not line.startswith(f"{name}:")),
        encoding="utf-8",
    )


def edits(project: Path, chance: random.Random) -> Iterator[str]:
    """Edit, add, rename and delete records of all kinds at random; yield what was done."""
    topics = [line.partition(":")[0] for line in (project / "content/topics.yml").read_text("utf-8").splitlines()]
    slugs = [topic for topic in topics if topic and not topic.startswith((" ", "#"))]
    records = [path for path in project.rglob("*") if path.suffix in (".yml", ".md") and path.name != "topics.yml"]
    records = sorted(path for path in records if path.relative_to(project).parts[0] in ("content", "grants", "ngos"))
    draw(project, "new.jpg", 1500, "teal")
    ways = ["title", "title", "title", "add", "add", "rename", "delete", "picture", "rename picture", "remove picture"]
    ways += ["aliases"] * 3
    for number in range(15):
        (picture,) = (project / "content/assets").glob("new*.jpg")
        news = sorted((project / "content/news").glob("new-*.md"))
        doing = chance.choice(ways) if number else "add"
        if doing in ("title", "aliases"):
            path = chance.choice(records)
            value = f"Иначе названное, {number}" if doing == "title" else f"[/old/{number}.php, /old/{number}/]"
            set_field(path, doing, value)
            doing += f" of {path.name}"
        elif doing == "add" or not news:
            words = "Слово " * number + f"\n\n{chance.choice(['', '!', '!'])}[Снимок](../assets/{picture.name})"
            text = POST.format(f"Новость {number}", chance.randint(1, 20), chance.choice(slugs), words)
            (project / f"content/news/new-{number}.md").write_text(text, encoding="utf-8")
        elif doing == "remove picture":
            picture.unlink()
            for post in (post for post in news if picture.name in post.read_text(encoding="utf-8")):
                post.unlink()
            draw(project, f"new-{number}.jpg", 900, "teal")
        elif doing == "rename picture":
            picture.rename(picture.with_name(f"new-{number}.jpg"))
            for post in news:
                text = post.read_text(encoding="utf-8").replace(picture.name, f"new-{number}.jpg")
                post.write_text(text, encoding="utf-8")
        elif doing == "picture":
            draw(project, picture.name, chance.choice([300, 700, 1500]), chance.choice(["navy", "olive", "maroon"]))
        elif doing == "rename":
            chance.choice(news).rename(project / f"content/news/new-{number}.md")
        else:
            chance.choice(news).unlink()
        yield f"{number}: {doing}"


def test_after_any_edit_the_site_is_what_a_build_from_nothing_would_give(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, processes = tmp_path / "site", iter([1, 2, 1] * 99)
    monkeypatch.setattr("generator.building.processes_for", lambda *_: next(processes))
    build(project, site)
    for number, edit in enumerate(edits(project, random.Random(11))):
        day, last = TODAY + timedelta(days=number // 5), tree(site)
        build(project, site, today=day)
        assert tree(site) == from_nothing(project, tmp_path / "nothing", today=day), edit
        # Its files are the new site's too, and none was written into.
        assert tree(project / KEPT / BEFORE_LAST) == last, edit


def test_only_sheets_that_tell_of_an_edited_record_are_put_together_again(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def noted(sheet: Sheet, wording: Wording) -> dict[str, Any]:
        asked.append(sheet.name)
        return facts(sheet, wording)

    def asked_after(path: str) -> set[str]:
        file = project / path
        file.write_text(file.read_text("utf-8").replace("title: ", "title: Иначе ", 1), encoding="utf-8")
        asked.clear()
        build(project, tmp_path / "site", handouts=True)
        return set(asked)

    asked: list[str] = []
    facts = generator.handouts._facts
    monkeypatch.setattr("generator.handouts._facts", noted)
    build(project, tmp_path / "site", handouts=True)
    every = set(asked)
    asked.clear()
    page = tmp_path / "site/handouts/index.html"
    before = page.stat().st_ino
    build(project, tmp_path / "site", handouts=True)
    assert asked == []
    assert page.stat().st_ino == before
    winner = {"grant-knizhnyy-most", *(name for name in every if name.startswith("ngos"))}
    assert asked_after("ngos/svetlyy-dvor.yml") == winner
    post, page = project / "content/news/new.md", tmp_path / "site/documents/fz-7/index.html"
    post.write_text(POST.format("Новость", 3, "town", "Слово."), encoding="utf-8")
    before = page.stat().st_ino
    again = asked_after("grants/dvor-2026.yml")
    assert page.stat().st_ino == before
    assert {"grants-list", "grant-dvor-2026"} <= again
    assert not {name for name in again if name.startswith(("meetup-", "memo-", "ngos", "documents", "cards"))}
    assert tree(tmp_path / "site") == from_nothing(project, tmp_path / "nothing", handouts=True)


def test_only_what_depends_on_an_edited_record_is_made_again(project: Path, tmp_path: Path) -> None:
    build(project, tmp_path / "site")
    assert made_again(project, tmp_path / "site") == set()
    organisation = project / "ngos/svetlyy-dvor.yml"
    organisation.write_text(organisation.read_text("utf-8").replace("title: ", "title: Очень ", 1), "utf-8")
    again = made_again(project, tmp_path / "site")
    assert {"ngos/svetlyy-dvor/index.html", "ngos/index.html", "data/ngos.json"} <= again
    assert not {path for path in again if path.startswith(("calendar", "documents/", "methodology/"))}
    # It is made of all records, and came out as it was.
    assert "assets/source-sans-400.woff2" not in again
    call = project / "grants/dvor-2026.yml"
    call.write_text(call.read_text("utf-8").replace("title: ", "title: Иной ", 1), "utf-8")
    again = made_again(project, tmp_path / "site")
    assert {
        "grants/dvor-2026/index.html",
        "calendar/2026-11/index.html",
        "data/grants.json",
        "data/index.json",
    } <= again
    assert {path for path in again if path.endswith("/deadline.ics")} == {"grants/dvor-2026/deadline.ics"}
    assert not {
        path for path in again if path.startswith(("calendar/2026-12/", "data/ngos", "data/hsds", "ngos/index"))
    }


CHANGES: dict[str, Callable[[str], str]] = {
    "mkdocs.yml": lambda text: text.replace("site_name: ", "site_name: Новый "),
    "content/topics.yml": lambda text: f"{text}# слово\n",
    "templates/site/partials/footer.html": lambda text: f"{text}<p>Иной</p>",
}


def test_an_old_address_may_become_a_folder_and_a_file_again(project: Path, tmp_path: Path) -> None:
    record = project / "ngos/svetlyy-dvor.yml"
    for address in ("/old/a.php", "/old/a.php/x/y/", "/old/a.php"):
        set_field(record, "aliases", f"[{address}]")
        # What the last two sites have in common stands in the new one's folder from the beginning.
        for _ in range(2):
            build(project, tmp_path / "site")
            assert tree(tmp_path / "site") == from_nothing(project, tmp_path / "nothing"), address


def remembered(*of_past: Any) -> set[str]:
    """Return the names of what a build would know from the last one, copies of pictures aside."""
    return {name for name, made in Past(*of_past).made.items() if not made.lasts}


def test_what_all_pages_depend_on_makes_all_anew(project: Path, tmp_path: Path) -> None:
    for path in CHANGES:
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).touch()
    site = tmp_path / "site"
    build(project, site)
    assert remembered(project, site, TODAY, (False,))
    assert not remembered(project, site, TODAY + timedelta(days=1), (False,))
    assert not remembered(project, site, TODAY, (True,))
    for path, change in CHANGES.items():
        file, before = project / path, (project / path).read_text(encoding="utf-8")
        stat = file.stat()
        file.write_text(change(before), encoding="utf-8")
        assert not remembered(project, site, TODAY, (False,)), path
        file.write_text(before, encoding="utf-8")
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert remembered(project, site, TODAY, (False,))


def test_a_new_photograph_changes_what_shows_it_and_nothing_else(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in ("one", "two"):
        draw(project, f"{name}.jpg", 1500, "teal")
        shown = f"![Снимок](../assets/{name}.jpg)\n\n[План](../assets/plan.txt)"
        text = POST.format(f"Новость {name}", 3, "town", shown)
        (project / f"content/news/{name}.md").write_text(text, encoding="utf-8")
    (project / "content/assets/plan.txt").write_text("План", encoding="utf-8")
    build(project, site)
    draw(project, "one.jpg", 1600, "navy")
    again = made_again(project, site)
    copies = {f"assets/one.jpg.{width}.webp" for width in (360, 720, 1280)}
    assert {*copies, "news/one/index.html", "feed.xml"} <= again
    assert not {
        path for path in again if path.startswith(("assets/two", "assets/plan", "news/two/", "ngos/", "calendar"))
    }
    (project / "content/assets/plan.txt").write_text("План " * 1000, encoding="utf-8")
    again = made_again(project, site)
    assert {"assets/plan.txt", "news/one/index.html", "news/two/index.html"} <= again
    assert not {path for path in again if path.endswith(".webp")}
    assert tree(site) == from_nothing(project, tmp_path / "nothing")


def test_a_picture_is_published_as_it_is_used_now(project: Path, tmp_path: Path) -> None:
    site, post, centre = tmp_path / "site", project / "content/news/one.md", project / "content/centre/bereg.md"
    alone, agreed = centre.read_text("utf-8"), "consent: 2026-09-01"
    draw(project, "one.jpg", 1500, "teal")
    for shown, photo, files in (
        ("![Снимок](../assets/one.jpg)", "", {".360.webp", ".720.webp", ".1280.webp"}),
        ("[Снимок](../assets/one.jpg)", "", {""}),
        ("Слово.", f"{agreed}\n    photo: one.jpg", {".360.webp"}),
        ("[Снимок](../assets/one.jpg)", f"{agreed}\n    photo: one.jpg", {"", ".360.webp"}),
        ("Слово.", "photo: one.jpg", set()),
    ):
        post.write_text(POST.format("Новость", 3, "town", shown), encoding="utf-8")
        centre.write_text(alone.replace(agreed, photo) if photo else alone, encoding="utf-8")
        build(project, site)
        assert {path.name.removeprefix("one.jpg") for path in site.rglob("one.jpg*")} == files, (shown, photo)
        assert tree(site) == from_nothing(project, tmp_path / "nothing")
    centre.write_text(alone, encoding="utf-8")
    post.write_text(POST.format("Новость", 3, "town", "[Снимок](../assets/one.jpg)"), encoding="utf-8")
    build(project, site)
    for path in (post, project / "content/assets/one.jpg"):
        path.unlink()
    for _ in range(2):
        build(project, site)
        assert tree(site) == from_nothing(project, tmp_path / "nothing")


def test_a_logo_that_was_drawn_anew_is_published(project: Path, tmp_path: Path) -> None:
    settings, logo = project / "mkdocs.yml", project / "content/assets/logo.svg"
    settings.write_text(settings.read_text("utf-8").replace("extra:\n", "extra:\n  logo: logo.svg\n", 1), "utf-8")
    for colour in ("teal", "navy"):
        logo.write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" fill="{colour}"/>', encoding="utf-8"
        )
        build(project, tmp_path / "site")
        assert any(colour.encode() in content for content in tree(tmp_path / "site").values())
        assert tree(tmp_path / "site") == from_nothing(project, tmp_path / "nothing")


def test_copies_of_pictures_outlast_the_day_and_are_looked_at_once(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(project, "one.jpg", 1500, "teal")
    text = POST.format("Новость", 3, "town", "![Снимок](../assets/one.jpg)")
    (project / "content/news/one.md").write_text(text, encoding="utf-8")
    build(project, tmp_path / "site")

    def opened(path: Path) -> None:
        raise AssertionError(f"{path} has not changed and was opened")

    for name in ("assets.flaw_of", "assets.size_of", "pictures.copies"):
        monkeypatch.setattr(f"generator.images.{name}", opened)
    again = made_again(project, tmp_path / "site", TODAY + timedelta(days=1))
    assert "news/one/index.html" in again
    assert not {path for path in again if path.startswith(("assets/one", "assets/lavochka"))}


def test_a_site_that_was_put_aside_is_looked_through_only_where_somebody_touched_it(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, looked = tmp_path / "site", []

    def look(folder: Path) -> Iterator[tuple[str, list[str]]]:
        looked.append(folder)
        return walked(folder)

    monkeypatch.setattr("generator.past.walked", look)
    for _ in range(4):
        build(project, site)
    assert looked == []
    (project / KEPT / BEFORE_LAST / "ngos/more.html").write_text("чужое", encoding="utf-8")
    build(project, site)
    assert len(looked) == 1
    assert not (site / "ngos/more.html").exists()
    (site / "more").mkdir()
    for _ in range(3):
        build(project, site)
    assert not any(folder.exists() for folder in (site / "more", project / KEPT / BEFORE_LAST / "more"))


def test_what_somebody_touched_is_made_anew(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.building.processes_for", lambda *_: 2)
    site, page = tmp_path / "site", tmp_path / "site/ngos/svetlyy-dvor/index.html"
    aside = project / KEPT / BEFORE_LAST
    build(project, site)
    build(project, site)
    before = tree(site)
    touches: dict[str, Callable[[], object]] = {
        "edited": lambda: page.write_text("чужое", encoding="utf-8"),
        "deleted": page.unlink,
        "edited aside": lambda: (aside / "index.html").write_text("чужое", encoding="utf-8"),
        "added aside": lambda: (aside / "index.html").with_name("more.html").write_text("чужое", encoding="utf-8"),
        "kept no more": lambda: shutil.rmtree(project / KEPT),
        "kept badly": lambda: [
            path.write_bytes(path.read_bytes()[:-9]) for path in (project / KEPT).glob("*[0-9e]") if path.is_file()
        ],
    }
    for name, touch in touches.items():
        touch()
        build(project, site)
        assert tree(site) == before, name

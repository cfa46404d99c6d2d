"""What a second build takes from the first one is always what a build from nothing would make."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from generator.building import build_site
from generator.past import KEPT, Made, Past
from tests.conftest import EXAMPLE, TODAY

pytestmark = pytest.mark.no_cover  # twenty builds: what they run is covered by one

POST = "---\ntitle: {}\nrubric: centre\ndate: 2026-11-{:02}\ntopics: [{}]\n---\n\n{}\n"
TEMPLATE = "templates/site/partials/footer.html"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "project"))


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def build(project: Path, site: Path, *, day: int = 0) -> tuple[dict[str, Made], dict[str, Made]]:
    """Build a site in the place of the last one; return what the last one was made of, and this one."""
    today = TODAY + timedelta(days=day)
    fresh = site.with_name("fresh")
    past = Past(project, site, today, [False])
    made = build_site(project, fresh, today, handouts=False, past=past)
    past.save(made, fresh)
    shutil.rmtree(site, ignore_errors=True)
    fresh.rename(site)
    return past.made, made


def made_again(project: Path, site: Path) -> set[str]:
    """Build and return the names of what was not taken from the last site."""
    inodes = {path: path.stat().st_ino for path in site.rglob("*") if path.is_file()}
    build(project, site)
    return {
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and path.stat().st_ino != inodes.get(path)
    }


def from_nothing(project: Path, folder: Path) -> dict[str, bytes]:
    shutil.rmtree(folder, ignore_errors=True)
    build_site(project, folder, TODAY, handouts=False)
    return tree(folder)


def edits(project: Path, chance: random.Random) -> Iterator[str]:
    """Edit, add, rename and delete records of all kinds at random; yield what was done."""
    topics = [line.partition(":")[0] for line in (project / "content/topics.yml").read_text("utf-8").splitlines()]
    slugs = [topic for topic in topics if topic and not topic.startswith((" ", "#"))]
    records = [path for path in project.rglob("*") if path.suffix in (".yml", ".md") and path.name != "topics.yml"]
    records = sorted(path for path in records if path.relative_to(project).parts[0] in ("content", "grants", "ngos"))
    for number in range(12):
        news = sorted((project / "content/news").glob("new-*.md"))
        doing = chance.choice(["title", "title", "title", "add", "rename", "delete"]) if number else "add"
        if doing == "title":
            path = chance.choice(records)
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            titled = next(index for index, line in enumerate(lines) if line.startswith("title:"))
            lines[titled] = f"title: Иначе названное, {number}\n"
            path.write_text("".join(lines), encoding="utf-8")
            doing += f" of {path.name}"
        elif doing == "add" or not news:
            text = POST.format(f"Новость {number}", chance.randint(1, 20), chance.choice(slugs), "Слово " * number)
            (project / f"content/news/new-{number}.md").write_text(text, encoding="utf-8")
        elif doing == "rename":
            chance.choice(news).rename(project / f"content/news/new-{number}.md")
        else:
            chance.choice(news).unlink()
        yield f"{number}: {doing}"


def test_after_any_edit_the_site_is_what_a_build_from_nothing_would_give(project: Path, tmp_path: Path) -> None:
    build(project, tmp_path / "site")
    for edit in edits(project, random.Random(11)):
        build(project, tmp_path / "site")
        assert tree(tmp_path / "site") == from_nothing(project, tmp_path / "nothing"), edit


def test_only_what_depends_on_an_edited_record_is_made_again(project: Path, tmp_path: Path) -> None:
    build(project, tmp_path / "site")
    assert made_again(project, tmp_path / "site") == set()
    organisation = project / "ngos/svetlyy-dvor.yml"
    organisation.write_text(organisation.read_text("utf-8").replace("title: ", "title: Очень ", 1), "utf-8")
    again = made_again(project, tmp_path / "site")
    assert {"ngos/svetlyy-dvor/index.html", "ngos/index.html", "data/ngos.json"} <= again
    assert not {path for path in again if path.startswith(("calendar", "documents/", "methodology/"))}


CHANGES: dict[str, Callable[[Path, Path], object]] = {
    "the settings": lambda project, site: (project / "mkdocs.yml").write_text(
        (project / "mkdocs.yml").read_text("utf-8").replace("site_name: ", "site_name: Новый "), "utf-8"
    ),
    "a template": lambda project, site: _write(project / TEMPLATE, "<footer>Иной</footer>"),
    "a picture": lambda project, site: os.utime(project / "content/assets/lavochka.png", (1, 1)),
    "a topic": lambda project, site: _write(
        project / "content/topics.yml", (project / "content/topics.yml").read_text("utf-8") + "# слово\n"
    ),
}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("change", CHANGES)
def test_what_all_pages_depend_on_makes_all_anew(project: Path, tmp_path: Path, change: str) -> None:
    site = tmp_path / "site"
    build(project, site)
    CHANGES[change](project, site)
    assert build(project, site)[0] == {}
    assert tree(site) == from_nothing(project, tmp_path / "nothing")


def test_another_day_makes_all_anew(project: Path, tmp_path: Path) -> None:
    build(project, tmp_path / "site")
    assert build(project, tmp_path / "site", day=1)[0] == {}


@pytest.mark.parametrize("spoil", ["edited", "deleted", "no cache", "broken cache"])
def test_what_somebody_touched_is_made_anew(project: Path, tmp_path: Path, spoil: str) -> None:
    site = tmp_path / "site"
    build(project, site)
    before = tree(site)
    if spoil == "edited":
        (site / "ngos/svetlyy-dvor/index.html").write_text("чужое", encoding="utf-8")
    elif spoil == "deleted":
        (site / "ngos/svetlyy-dvor/index.html").unlink()
    elif spoil == "no cache":
        shutil.rmtree(project / KEPT)
    else:
        for path in (project / KEPT).iterdir():
            path.write_bytes(path.read_bytes()[:-9])
    build(project, site)
    assert tree(site) == before

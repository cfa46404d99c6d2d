"""Reading with a memory of the last time says what reading anew does, whatever changed in between."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.catalog.law import plain
from generator.catalog.loading import Examined, examine
from generator.catalog.memory import KEPT, Memory
from generator.cli import main
from generator.shelf import Shelf
from generator.source import Reading, read
from tests.conftest import EXAMPLE, TODAY

NO_RECORDS = ("mkdocs.yml", "content/topics.yml", "content/registry.yml")
POST = "---\ntitle: Проба {}\nrubric: centre\ndate: 2026-11-01\n---\n\n{}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    shutil.copytree(EXAMPLE, folder)
    write(folder, "content/news/record.md", "[Конкурс](../../grants/knizhnyy-most.yml)")
    write(folder, "content/news/page.md", "[Соглашения](/agreements/) и [карта](/ngos/svetlyy-dvor/)")
    write(folder, "content/news/file.md", "![Лавочка](../assets/lavochka.png)")
    return folder


def write(project: Path, path: str, text: str) -> None:
    (project / path).write_text(POST.format(path, text), encoding="utf-8")


def told(found: Examined) -> object:
    return found.problems, [record.model_dump() for record in found.catalog.records]


CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda project: None,
    "a text": lambda project: write(project, "content/news/record.md", "Иначе."),
    "a new record": lambda project: write(project, "content/news/later.md", "Ещё."),
    "a record that others link to": lambda project: (project / "grants/knizhnyy-most.yml").rename(
        project / "grants/drugoy-most.yml"
    ),
    "a page that is linked to by its address": lambda project: (project / "ngos/svetlyy-dvor.yml").unlink(),
    "a picture": lambda project: (project / "content/assets/lavochka.png").unlink(),
    "a mistake": lambda project: write(project, "content/news/record.md", "[Никуда](nowhere.md)"),
    "the registry": lambda project: (project / "content/registry.yml").write_text(
        "film:\n  title: Тополя\n  source: решение\n", "utf-8"
    ),
    "a name of the registry": lambda project: write(project, "content/news/record.md", "Фильм «Запретная зона»."),
    "the zone": lambda project: (project / "mkdocs.yml").write_text(
        (project / "mkdocs.yml").read_text(encoding="utf-8").replace("Asia/Yekaterinburg", "Asia/Omsk"), "utf-8"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_remembered_is_what_would_be_read(project: Path, change: str) -> None:
    memory = Memory()
    examine(project, TODAY, memory)
    CHANGES[change](project)
    assert told(examine(project, TODAY, memory)) == told(examine(project, TODAY))


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("change", CHANGES)
def test_what_a_folder_keeps_is_what_would_be_read(
    project: Path, change: str, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.catalog.memory.processes_for", lambda *_: processes)
    examine(project, TODAY, Memory(Shelf(project / ".cache")))
    CHANGES[change](project)
    for _ in range(2):
        assert told(examine(project, TODAY, Memory(Shelf(project / ".cache")))) == told(examine(project, TODAY))


def test_a_check_reads_what_changed_since_the_last_build_and_keeps_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def kept() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in (project / KEPT).iterdir()}

    def noted(path: Path, of: Path) -> Reading:
        reads.append(path.name)
        return read(path, of)

    reads: list[str] = []
    examine(project, TODAY, Memory.of(project, keeps=True))
    before = kept()
    write(project, "content/news/record.md", "[Никуда](nowhere.md)")
    monkeypatch.setattr("generator.catalog.memory.read", noted)
    for _ in range(2):
        reads.clear()
        assert main(["--project", str(project), "--today", str(TODAY), "check"]) == 1
        assert "content/news/record.md:7" in capsys.readouterr().out
        assert reads == ["record.md"]
    assert kept() == before


def test_a_folder_with_another_name_is_read_anew(project: Path) -> None:
    examine(project, TODAY, Memory.of(project, keeps=True))
    moved = project.rename(project.with_name("moved"))
    (moved / "ngos/svetlyy-dvor.yml").unlink()
    found = examine(moved, TODAY, Memory.of(moved)).problems
    assert found
    assert found == examine(moved, TODAY).problems


def test_a_mistake_is_gone_when_what_was_missing_is_there(project: Path) -> None:
    memory = Memory()
    picture = project / "content/assets/lavochka.png"
    aside = picture.rename(project / "aside.png")
    assert examine(project, TODAY, memory).problems
    aside.rename(picture)
    assert not examine(project, TODAY, memory).problems


def test_a_text_is_looked_through_for_names_once_and_read_for_them_only_where_one_may_stand(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    again: list[str] = []

    def look(text: str) -> str:
        looked.append(text)
        return plain(text)

    def reread(path: Path, of: Path) -> Reading:
        again.append(path.name)
        return read(path, of)

    monkeypatch.setattr("generator.catalog.memory.plain", look)
    monkeypatch.setattr("generator.catalog.checks.read", reread)
    count = sum(1 for path in project.rglob("*") if path.suffix in (".md", ".yml")) - len(NO_RECORDS)
    for text, texts, is_read in (
        ("Слово.", count, False),
        ("Слово.", 0, False),
        ("Другое слово.", 1, False),
        ("Зона, но не запретная.", 1, True),
    ):
        write(project, "content/news/record.md", text)
        looked.clear()
        again.clear()
        assert examine(project, TODAY, Memory(Shelf(project / ".cache"))).problems == ()
        assert (len(looked), "record.md" in again, len(set(again)) < count / 4) == (texts, is_read, True)

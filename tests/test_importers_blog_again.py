from __future__ import annotations

import re
import shutil
import sys
import time
from io import StringIO
from pathlib import Path

import pytest

from generator.importers.progress import PATIENCE, watched
from tests import blog_export
from tests.conftest import TODAY
from tests.test_importers_blog import brought, drawn, files, one, picture, posts, project

__all__ = ["project"]

HTML = f"<p>До</p>{picture('a.png', 'Двор')}<p>Между</p>{picture('b.png', 'Сад')}<p>После</p>"


@pytest.fixture
def album(tmp_path: Path) -> Path:
    (tmp_path / "album").mkdir()
    return tmp_path / "album"


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def put(album: Path, *names: str) -> None:
    """Save pictures, no two of them alike."""
    for name in names:
        (album / name).write_bytes(drawn("PNG") + name.encode())


def record(project: Path) -> Path:
    """Return the file of the only post."""
    (post,) = posts(project).values()
    return project / post.path


def test_pictures_that_come_later_stand_where_they_would_have_stood_at_once(project: Path, album: Path) -> None:
    fresh = Path(shutil.copytree(project, project.parent / "fresh"))
    brought(project, one(HTML))
    put(album, "b.png")
    assert "картинок и файлов добавлено: 1" in brought(project, one(HTML), pictures=album)
    put(album, "a.png")
    assert "картинок и файлов добавлено: 1" in brought(project, one(HTML), pictures=album)
    brought(fresh, one(HTML), pictures=album)
    assert {path.relative_to(project): content for path, content in files(project).items()} == {
        path.relative_to(fresh): content for path, content in files(fresh).items()
    }


def test_with_pictures_brought_later_the_next_run_changes_no_byte(project: Path, album: Path) -> None:
    brought(project, one(HTML))
    put(album, "a.png")
    brought(project, one(HTML), pictures=album)
    before = files(project)
    for options in ({"pictures": album}, {}):
        assert "Записывать нечего" in brought(project, one(HTML), **options)
    assert files(project) == before


def test_pictures_of_two_folders_come_one_after_another(project: Path, album: Path) -> None:
    put(album, "a.png")
    brought(project, one(HTML), pictures=album)
    other = album.with_name("other")
    other.mkdir()
    put(other, "b.png")
    brought(project, one(HTML), pictures=other)
    assert record(project).read_text().count("](../assets/news/") == 2


def test_a_file_that_somebody_touched_stays_and_its_pictures_are_told_of(project: Path, album: Path) -> None:
    brought(project, one(HTML))
    path = record(project)
    path.write_text(path.read_text().replace("Между", "Между тем"))
    put(album, "a.png")
    before = files(project)
    told = brought(project, one(HTML), pictures=album)
    assert files(project) == before
    line = next(n for n, words in enumerate(path.read_text().split("\n"), 1) if "a.png" in words)
    assert f"скопируйте {album / 'a.png'} в content/assets/news/{path.stem}/a.png; в строке {line}" in told
    assert f"впишите ![описание](../assets/news/{path.stem}/a.png)" in told
    path.write_text(path.read_text().replace("a.png", "x.png"))
    assert "ссылки" in brought(project, one(HTML), pictures=album)


def test_a_record_that_was_deleted_comes_again_over_its_pictures(project: Path, album: Path) -> None:
    put(album, "a.png", "b.png")
    brought(project, one(HTML), pictures=album)
    before = files(project)
    record(project).unlink()
    brought(project, one(HTML), pictures=album)
    assert files(project) == before


def test_a_mapping_that_an_editor_mended_changes_what_nobody_touched(project: Path) -> None:
    text = blog_export.blogger(
        0, "".join(blog_export.entry(number, "<p>а</p>", labels=("Разное",)) for number in (1, 2))
    )
    brought(project, text)
    touched = project / posts(project)["tag:blogger.com,1999:blog-1.post-2"].path
    touched.write_text(f"{touched.read_text()}\nЕщё.\n")
    kept = touched.read_bytes()
    (project / "import-mapping.yml").write_text("labels:\n  Разное: {rubric: funders, topics: [town]}\n")
    told = brought(project, text)
    found = posts(project)["tag:blogger.com,1999:blog-1.post-1"]
    assert (found.rubric, found.topics) == ("funders", ("town",))
    assert touched.read_bytes() == kept
    assert "рубрика и темы — по файлу меток" in told
    assert "по файлу меток рубрика и темы теперь такие: funders, town" in told
    before = files(project)
    brought(project, text)
    assert files(project) == before


def test_a_draft_without_a_day_keeps_the_day_of_its_import(project: Path, album: Path) -> None:
    undated = re.sub(r"<wp:post_date>.*?</wp:post_date>", "", blog_export.wp_item(1, HTML, status="draft"))
    brought(project, blog_export.wordpress(undated), form="wordpress")
    (path,) = (project / "content/news").glob("*-zapis-delo-1-drugie.md")
    as_before = path.with_name("2026-11-02-zapis-delo-1-drugie.md")
    as_before.write_text(path.read_text().replace(f"{TODAY}", "2026-11-02"))
    path.unlink()
    put(album, "a.png")
    told = brought(project, blog_export.wordpress(undated), form="wordpress", pictures=album)
    assert "картинок и файлов добавлено: 1" in told
    assert "date: 2026-11-02" in as_before.read_text()


def test_a_terminal_sees_how_far_long_work_is(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    for number in watched(range(3), "Проверено {done} из {total}".format):
        time.sleep(0 if number else PATIENCE)
    assert terminal.getvalue().split("\r")[-4:] == ["Проверено 1 из 3", "Проверено 2 из 3", " " * 16, ""]


def test_what_is_no_terminal_sees_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(watched([1, 2], "{done}".format)) == [1, 2]
    assert capsys.readouterr() == ("", "")

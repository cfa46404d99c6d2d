"""Publishing: whatever happens to a build, the public site stays whole, and the next build mends what is left."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path

import pytest

from generator.cli import main, run
from generator.problems import ContentError
from generator.publish import NotASiteError, publish
from tests.conftest import EXAMPLE, PATIENCE, TODAY

pytest_plugins = ("tests.browser",)

POST = "content/news/2026-11-18-vstrecha.md"
KILLED = 8
"""How many builds are cut off."""
APART = get_context("forkserver")
APART.set_forkserver_preload([__name__])
Tree = dict[str, bytes]


def tree(folder: Path) -> Tree:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


class Build:
    """`proekt build` in a process of its own, forked from one that has imported all it needs."""

    def __init__(self, project: Path, *options: str, largest: int | None = None) -> None:
        """Start the build; no file may grow over so many bytes."""
        self.errors = project.with_name("errors.txt")
        arguments = ["build", "--today", str(TODAY), "--project", str(project), *options]
        self.process = APART.Process(target=_carry_out, args=(arguments, self.errors, largest))
        self.process.start()

    def is_done(self, within: float = 0) -> bool:
        self.process.join(within)
        return self.process.exitcode is not None

    def kill(self) -> None:
        self.process.kill()
        self.process.join()

    def finish(self) -> tuple[int | None, str]:
        """Wait for the build; return its exit status and what it complained of."""
        self.process.join()
        return self.process.exitcode, self.errors.read_text()


def _carry_out(arguments: list[str], errors: Path, largest: int | None) -> None:
    sys.argv[1:] = arguments
    with errors.open("a", encoding="utf-8") as sys.stderr, Path(os.devnull).open("w", encoding="utf-8") as sys.stdout:
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
        run()


def build_here(project: Path, *options: str) -> int:
    return main(["build", "--no-handouts", "--no-search", "--today", str(TODAY), "--project", str(project), *options])


def edit(project: Path, words: str) -> None:
    """Put words into a post, in place of those of the last edit."""
    path = project / POST
    path.write_text(path.read_text().partition("\n\nПравка: ")[0].rstrip() + f"\n\nПравка: {words}.\n")


def leftovers(project: Path) -> list[str]:
    return sorted(path.name for path in project.iterdir() if path.name.startswith(".site"))


@pytest.fixture(scope="module")
def standing(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Path(shutil.copytree(example, tmp_path_factory.mktemp("standing") / "project"))
    publish(project, project / "site", TODAY, with_handouts=False, with_search=False)
    return project


@pytest.fixture
def built(standing: Path, tmp_path: Path) -> Path:
    """A project whose site stands."""
    return Path(shutil.copytree(standing, tmp_path / "project"))


def test_a_problem_in_the_content_leaves_the_last_site_as_it_was(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(built / "site")
    path = built / "grants/dvor-2026.yml"
    path.write_text(path.read_text().replace("deadline: 2026-11-27", "deadline: 2026-10-27"))
    assert build_here(built) == 1
    assert capsys.readouterr().out.startswith("grants/dvor-2026.yml:20: rounds[1].deadline: ")
    assert tree(built / "site") == before
    assert leftovers(built) == []


def test_a_problem_in_the_first_build_leaves_no_site(project: Path) -> None:
    (project / "grants/broken.yml").write_text("title: Без остального\n")
    with pytest.raises(ContentError):
        publish(project, project / "site", TODAY)
    assert not (project / "site").exists()
    assert leftovers(project) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("name: material", "name: nosuch", ":8: theme: MkDocs этого не принимает: Unrecognised theme name: 'nosuch'."),
        ("nav:", "sections:", ":1: нужен список разделов nav: иначе в меню попадёт каждая страница"),
        ("  - proekt", "  - search", ":13: plugins: в списке нужна строка «- proekt»"),
    ],
)
def test_what_mkdocs_refuses_is_told_with_its_line(
    project: Path, old: str, new: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    config = project / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace(f"{old}\n", f"{new}\n"), encoding="utf-8")
    assert build_here(project) == 1
    assert capsys.readouterr().out.startswith(f"mkdocs.yml{told}")


def test_a_removed_record_leaves_the_site(built: Path) -> None:
    address = built / "site/documents/polozhenie-2020/index.html"
    assert address.exists()
    (built / "content/documents/polozhenie-2020.md").unlink()
    assert build_here(built) == 0
    assert not address.exists()


def test_an_old_address_may_become_a_folder_and_a_file_again(built: Path) -> None:
    record = built / "ngos/svetlyy-dvor.yml"
    text = record.read_text()
    for address, file in (("/old/a.php", "a.php"), ("/old/a.php/x/", "a.php/x/index.html"), ("/old/a.php", "a.php")):
        record.write_text(f"{text}\naliases: [{address}]\n")
        assert build_here(built) == build_here(built) == 0
        assert [path for path in (built / "site/old").rglob("*") if path.is_file()] == [built / "site/old" / file]


def test_a_file_that_did_not_change_keeps_its_time_stamp(built: Path) -> None:
    site = built / "site"
    for path in site.rglob("*"):
        os.utime(path, (1_000_000, 1_000_000))
    before = tree(site)
    edit(built, "новая")
    assert build_here(built) == 0
    changed = {name for name, content in tree(site).items() if before.get(name) != content}
    assert f"news/{Path(POST).stem}/index.html" in changed
    assert len(changed) < len(before) / 2
    assert {name for name in before if (site / name).stat().st_mtime != 1_000_000} == changed


@pytest.mark.no_cover  # both are built in other processes
def test_two_machines_build_the_same_bytes_paper_included(whole_example_site: Path, tmp_path: Path) -> None:
    # The second project lies elsewhere, so that no path of the machine gets into the site; nothing is kept in it.
    project = shutil.copytree(EXAMPLE, tmp_path / "project", ignore=shutil.ignore_patterns(".cache"))
    machine = os.environ | {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
    command = [sys.executable, "-m", "generator", "build", "--today", str(TODAY), "--site-dir", str(tmp_path / "site")]
    subprocess.run(command, cwd=project, env=machine, check=True, capture_output=True)
    assert tree(tmp_path / "site") == tree(whole_example_site)
    assert any(name.endswith(".pdf") for name in tree(whole_example_site))


@pytest.mark.no_cover  # other tests build in this process
def test_a_build_that_is_killed_leaves_the_last_site_or_the_new_one(built: Path, tmp_path: Path) -> None:
    versions = ("первая", "вторая")
    whole = []
    for version in versions:
        edit(built, version)
        publish(built, tmp_path / version, TODAY, with_handouts=False, with_search=False)
        whole.append(tree(tmp_path / version))
    assert whole[0] != whole[1]
    takes = _watch(Build(built, "--no-handouts", "--no-search"), built / ".site.new")
    chance = random.Random(20261120)
    for number in range(KILLED):
        edit(built, versions[number % 2])
        process = Build(built, "--no-handouts", "--no-search")
        _watch(process, built / ".site.new", until=takes * chance.uniform(0, 1.1))
        process.kill()
        assert tree(built / "site") in whole
    edit(built, versions[0])
    assert Build(built, "--no-handouts", "--no-search").finish() == (0, "")
    assert tree(built / "site") == whole[0]
    assert leftovers(built) == []


def _watch(process: Build, fresh: Path, until: float = PATIENCE) -> float:
    """Wait till a build is done, or so many seconds after it began to write; return how long it wrote."""
    began = None
    while not process.is_done(0.002) and (began is None or os.times().elapsed - began < until):
        if began is None and fresh.exists():
            began = os.times().elapsed
    return os.times().elapsed - began if began else 0


def test_a_full_disk_leaves_the_last_site_as_it_was_and_is_no_fault_of_the_content(built: Path) -> None:
    before = tree(built / "site")
    edit(built, "ещё одна")
    # A file may grow to 20 kB: what a full disk is to a style sheet of 27.
    status, errors = Build(built, "--no-handouts", largest=20_000).finish()
    assert status == 3
    assert errors.startswith("proekt: не получилось: ")
    assert "Traceback" not in errors
    assert tree(built / "site") == before
    assert build_here(built) == 0
    assert leftovers(built) == []


def test_a_site_is_not_put_in_the_place_of_somebodys_folder(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "index.html").write_text("не сайт")
    assert build_here(project, "--site-dir", str(folder)) == 2
    assert tree(folder) == {"index.html": "не сайт".encode()}
    assert "лежит не сайт" in capsys.readouterr().err


@pytest.mark.parametrize("place", [".", "..", "content", "grants", "content/news"])
def test_a_site_is_not_put_in_the_place_of_its_own_sources(place: str, project: Path) -> None:
    before = tree(project)
    assert build_here(project, "--site-dir", str(project / place)) == 2
    assert tree(project) == before


def test_a_link_or_a_file_is_no_place_for_a_site(built: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("текст")
    (tmp_path / "link").symlink_to(built / "site", target_is_directory=True)
    for name in ("file", "link"):
        with pytest.raises(NotASiteError):
            publish(built, tmp_path / name, TODAY, with_handouts=False, with_search=False)
    assert (tmp_path / "link").is_symlink()


def test_an_empty_folder_takes_a_site(project: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert build_here(project, "--site-dir", str(tmp_path / "empty")) == 0
    assert (tmp_path / "empty/index.html").exists()


def test_a_site_is_built_into_folders_that_are_not_there_yet(project: Path, tmp_path: Path) -> None:
    assert build_here(project, "--site-dir", str(tmp_path / "a/b/c")) == 0
    assert (tmp_path / "a/b/c/index.html").exists()


def test_a_half_built_site_of_a_killed_build_is_thrown_away(built: Path) -> None:
    half = built / ".site.new/grants"
    half.mkdir(parents=True)
    (half / "stranger.html").write_text("половина")
    assert build_here(built) == 0
    assert leftovers(built) == []
    assert not (built / "site/grants/stranger.html").exists()


def test_a_site_put_aside_by_a_killed_build_comes_back(built: Path) -> None:
    before = tree(built / "site")
    (built / "site").rename(built / ".site.old")
    (built / "grants/broken.yml").write_text("title: Без остального\n")
    assert build_here(built) == 1
    assert tree(built / "site") == before
    assert leftovers(built) == []


def test_an_old_site_that_was_not_thrown_away_is_when_the_new_one_stands(built: Path) -> None:
    shutil.copytree(built / "site", built / ".site.old")
    assert build_here(built) == 0
    assert leftovers(built) == []


@pytest.mark.no_cover  # other tests build in this process
def test_builds_at_one_time_wait_for_each_other(project: Path) -> None:
    first, second = (Build(project, "--no-handouts", "--no-search") for _ in range(2))
    while not (first.is_done(0.01) or second.is_done(0.01)):
        pass
    # The third begins when one is done, while the other has the place to itself.
    third = Build(project, "--no-handouts", "--no-search")
    assert [process.finish() for process in (first, second, third)] == [(0, "")] * 3
    after = tree(project / "site")
    assert {"index.html", "404.html", "feed.xml", "calendar.ics", "sitemap.xml"} <= set(after)
    publish(project, project / "site", TODAY, with_handouts=False, with_search=False)
    assert tree(project / "site") == after
    assert leftovers(project) == []

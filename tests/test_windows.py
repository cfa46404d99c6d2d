"""On Windows: no fork and no fcntl, other line ends, names that are taken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.catalog import examine, load
from generator.fields.text import SLUG, slug_rule
from generator.settings import load_settings
from tests.conftest import TODAY

WITHOUT_LINUX = """
import multiprocessing.context, os, pathlib, pkgutil, signal, sys, types

import subprocess

# What Python for Windows lacks, and what it has instead.
del multiprocessing.context.ForkContext, os.sched_getaffinity, signal.SIGKILL
sys.modules["fcntl"] = None
sys.modules["msvcrt"] = types.ModuleType("msvcrt")
sys.modules["msvcrt"].__dict__.update(LK_LOCK=1, locking=lambda *_: None)
unlink = pathlib.Path.unlink

def unlink_closed(path, missing_ok=False):
    if path.suffix == ".lock":
        raise PermissionError(13, "open in another process", str(path))
    unlink(path, missing_ok)

pathlib.Path.unlink = unlink_closed

import generator
for module in pkgutil.walk_packages(generator.__path__, "generator."):
    if not module.name.endswith("__main__"):
        __import__(module.name)
sys.platform = "win32"
from generator.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def project(example: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(example, tmp_path / "project"))


@pytest.mark.no_cover
def test_a_site_is_built_without_what_only_linux_has(project: Path) -> None:
    (project / ".site.lock").touch()  # it stayed from the last build
    options = ["--project", str(project), "--today", str(TODAY), "--no-handouts", "--no-search"]
    command = [sys.executable, "-c", WITHOUT_LINUX, "build", *options]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    assert (project / "site/index.html").is_file()
    assert sorted(path.name for path in project.glob(".site.*")) == [".site.lock"]


def test_what_is_written_into_a_file_is_utf_8_whatever_the_code_page(project: Path) -> None:
    script = WITHOUT_LINUX.replace(
        "from generator.cli", "sys.stdout.reconfigure(encoding='cp1251')\nfrom generator.cli"
    )
    command = [sys.executable, "-c", script, "new", "grant", "--print", "--project", str(project)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONIOENCODING"}
    printed = subprocess.run(command, capture_output=True, env=environment, check=True).stdout
    assert "# Название, как его видят в списках." in printed.decode("utf-8")


def test_records_with_the_line_ends_of_windows_are_the_same(project: Path, example: Path) -> None:
    for path in project.rglob("*"):
        if path.suffix in (".yml", ".md"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    ours, theirs = (load(folder, TODAY).records for folder in (example, project))
    assert [record.model_dump(exclude={"body"}) for record in ours] == [
        record.model_dump(exclude={"body"}) for record in theirs
    ]
    assert [record.body.html for record in ours] == [record.body.html for record in theirs]
    assert load_settings(project) == load_settings(example)


@pytest.mark.parametrize("name", ["con", "nul", "aux", "prn", "com1", "lpt9"])
def test_a_name_that_windows_keeps_is_no_id(name: str) -> None:
    assert not SLUG.fullmatch(name)
    assert "заняты" in slug_rule(name)
    assert SLUG.fullmatch(f"{name}-2027")


def test_a_file_with_a_name_that_windows_keeps_is_refused_with_the_reason(project: Path) -> None:
    (project / "content/methodology/con.md").write_text("---\ntitle: Заметка\nstage: idea\n---\n", encoding="utf-8")
    [problem] = examine(project, TODAY).problems
    assert str(problem).startswith("content/methodology/con.md:1: имя файла — не con, nul, aux")

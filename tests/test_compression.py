"""Compressed copies: beside large texts only, the same in every build, made once for each text."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import brotli
import pytest

from generator.cli import main
from generator.compression import LEAST, compress
from tests.conftest import TODAY

LONG = "Очень длинная страница. " * 100


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "calendars").mkdir(parents=True)
    (folder / "index.html").write_text(LONG)
    (folder / "calendars/town.ics").write_text(LONG)
    (folder / "short.html").write_text("a" * LEAST)
    (folder / "sheet.pdf").write_text(LONG)
    return folder


def test_a_large_text_has_copies_that_hold_it(site: Path, tmp_path: Path) -> None:
    compress(site, tmp_path / "none")
    for name in ("index.html", "calendars/town.ics"):
        assert gzip.decompress((site / f"{name}.gz").read_bytes()).decode() == LONG
        assert brotli.decompress((site / f"{name}.br").read_bytes()).decode() == LONG


def test_nothing_else_has_copies(site: Path, tmp_path: Path) -> None:
    compress(site, tmp_path / "none")
    packed = {path.name for path in site.rglob("*") if path.suffix in (".gz", ".br")}
    assert packed == {"index.html.gz", "index.html.br", "town.ics.gz", "town.ics.br"}


def test_a_gzip_header_names_no_time(site: Path, tmp_path: Path) -> None:
    compress(site, tmp_path / "none")
    assert (site / "index.html.gz").read_bytes()[4:8] == bytes(4)


def test_copies_of_unchanged_texts_are_taken_over_from_the_last_site(site: Path, tmp_path: Path) -> None:
    last = tmp_path / "last"
    last.mkdir()
    (last / "index.html").write_text(LONG)
    (last / "index.html.br").write_bytes(b"packed before")
    compress(site, last)
    assert (site / "index.html.br").read_bytes() == b"packed before"
    (site / "index.html").write_text(LONG + "!")
    compress(site, last)
    assert brotli.decompress((site / "index.html.br").read_bytes()).decode() == LONG + "!"


def test_a_build_compresses_on_request_and_keeps_the_time_stamps_of_what_is_the_same(
    bare_example: Path, tmp_path: Path
) -> None:
    project = shutil.copytree(bare_example, tmp_path / "project")

    def build(*options: str) -> None:
        asked = ["--project", str(project), "--today", str(TODAY), "--no-handouts", "--no-search"]
        assert main(["build", *asked, *options]) == 0

    build("--compress")
    packed = sorted((project / "site").rglob("*.br"))
    assert project / "site/index.html.br" in packed
    before = [(path.stat().st_mtime_ns, path.stat().st_ino) for path in packed]
    build("--compress")
    assert [(path.stat().st_mtime_ns, path.stat().st_ino) for path in packed] == before
    build()
    assert not list((project / "site").rglob("*.br")) + list((project / "site").rglob("*.gz"))

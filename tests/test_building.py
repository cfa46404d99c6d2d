"""A build starts light; several processes make the same site as one, and tell of the same mistakes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.building import write_site
from generator.mkdocs_plugin import framed_site
from generator.problems import ContentError
from generator.steps import Steps
from tests.conftest import TODAY


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_build_starts_without_what_only_some_builds_need() -> None:
    heavy = {"fontTools", "icalendar", "pikepdf", "PIL", "pymorphy3", "pypdfium2", "snowballstemmer", "xlsxwriter"}
    program = "import sys, generator.publish; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "generator.handouts.press" in loaded
    assert heavy.isdisjoint(loaded)


def test_a_site_is_the_same_whether_one_process_makes_it_or_several(example: Path, tmp_path: Path) -> None:
    for processes in (1, 3):
        site = framed_site(example, TODAY, handouts=False, search=False)
        write_site(site, tmp_path / str(processes), processes, Steps())
    alone, together = (tree(tmp_path / name) for name in ("1", "3"))
    assert len(alone) > 100
    assert together == alone


@pytest.mark.parametrize("processes", [1, 2])
def test_a_mistake_in_a_template_of_the_site_is_told_with_its_line(
    example: Path, tmp_path: Path, processes: int
) -> None:
    project = tmp_path / "project"
    shutil.copytree(example, project)
    own = project / "templates/site/ngo.html"
    own.parent.mkdir(parents=True)
    own.write_text('{% set title = "НКО" %}\n{% set description = "НКО" %}\n{{ record.nothing_of_the_kind }}\n')
    site = framed_site(project, TODAY, handouts=False, search=False)
    with pytest.raises(ContentError, match=r"templates/site/ngo\.html:3: .*nothing_of_the_kind"):
        write_site(site, project / "site", processes, Steps())

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from generator.handouts.picture import bare, pages_of
from tests.sheets import printed
from tests.test_handouts_directory import project, write_many

__all__ = ["project"]

STACK = 64
"""Pages of the sheets that are folded together."""


def halves(pdf: bytes) -> list[tuple[str, str]]:
    """Return what stands on the left and on the right of each side."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        width, height = page.get_size()
        text = page.get_textpage()
        sides = ((0, 0, width / 2, height), (width / 2, 0, width, height))
        left, right = (_letters(text.get_text_bounded(*side)) for side in sides)
        found.append((left, right))
    return found


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _folded(sides: list[tuple[str, str]]) -> list[str]:
    """Return the pages as they follow when the sheets are printed on both sides, folded in half and read."""
    leaves = []
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        # Turned over the short edge, the back's left half lies behind the front's right one.
        leaves.append((front[1], back[0], back[1], front[0]))
    first = [page for leaf in leaves for page in leaf[:2]]
    last = [page for leaf in reversed(leaves) for page in leaf[2:]]
    return first + last


@pytest.mark.parametrize(("more", "services"), [(0, 0), (1, 3), (2, 9), (3, 9), (4, 9), (70, 9)])
def test_folded_sheets_make_the_directory_with_notes_before_its_back_cover(
    project: Path, more: int, services: int
) -> None:
    write_many(project, more, services)
    book = [
        _letters(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(printed(project, "ngos"))
    ]
    sides = halves(printed(project, "ngos-booklet"))
    stacks = [sides[start : start + STACK // 2] for start in range(0, len(sides), STACK // 2)]
    read = [page for stack in stacks for page in _folded(stack)]
    blank = len(read) - len(book)
    assert len(read) % 4 == 0
    assert 0 <= blank < 4
    assert read == [*book[:-1], *["Длязаметок"] * blank, book[-1]]


def test_a_directory_of_nobody_folds_too(project: Path) -> None:
    for path in (project / "ngos").iterdir():
        path.unlink()
    ((left, right), *inner) = halves(printed(project, "ngos-booklet"))
    assert "Центрприбиблиотеке" in left
    assert "Организацийвсправочникепоканет" in right
    assert inner == [("Длязаметок", "Длязаметок")]


def test_a_booklet_lies_on_its_side_and_says_what_it_is(project: Path) -> None:
    read = PdfReader(io.BytesIO(printed(project, "ngos-booklet")))
    assert {tuple(round(side) for side in page.mediabox.upper_right) for page in read.pages} == {(842, 595)}
    assert read.metadata is not None
    assert read.metadata.title == "Справочник НКО брошюрой"


def test_pages_for_folding_are_the_same_bytes_each_time(project: Path) -> None:
    book = printed(project, "ngos")
    assert bare(book) == bare(book)
    assert pages_of(bare(book)) == pages_of(book)

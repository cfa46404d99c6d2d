"""Tables of a post: simple ones stay tables, frames for layout come apart, the rest become lists of their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.importers.html_tree import Node
from generator.importers.prose import Block, Listing, Note, Paragraph, Run, Runs, Table, tidy
from generator.importers.styles import Look

Within = Callable[[Sequence[Node | str], Look], tuple[Block, ...]]
Cells = list[tuple[Block, ...]]


def table_of(table: Node, look: Look, within: Within, notes: list[Note]) -> Iterator[Block]:
    """Yield what a table becomes; what it loses is added to the notes."""
    for caption in (child for child in table.children if isinstance(child, Node) and child.tag == "caption"):
        yield from within(caption.children, look.within(caption))
    cells = [_cells(row) for row in _rows(table)]
    rows = [[within(cell.children, look.within(cell)) for cell in row] for row in cells]
    rows = [row for row in rows if any(row)]
    spans = any(cell.get(side).strip("0") not in ("", "1") for row in cells for cell in row for side in SPANS)
    width = max((len(row) for row in rows), default=0)
    if width == 1:
        yield from (block for row in rows for block in row[0])
    elif not spans and all(_is_simple(cell) for row in rows for cell in row) and len(rows) > 1:
        yield Table(tuple(tuple(_words(cell) for cell in [*row, *[()] * (width - len(row))]) for row in rows))
    elif rows:
        if len(rows) > 1:
            notes.append(Note("merged" if spans else "nested_table"))
        yield from _as_lists(rows)


SPANS = ("colspan", "rowspan")


def _rows(table: Node) -> Iterator[Node]:
    for child in table.children:
        if isinstance(child, Node) and child.tag == "tr":
            yield child
        elif isinstance(child, Node) and child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _cells(row: Node) -> list[Node]:
    return [child for child in row.children if isinstance(child, Node) and child.tag in ("td", "th")]


def _is_simple(cell: tuple[Block, ...]) -> bool:
    return all(isinstance(block, Paragraph) for block in cell)


def _words(cell: tuple[Block, ...]) -> Runs:
    """Return a cell's paragraphs as one line."""
    return tidy(
        run._replace(text=run.text.replace("\n", " "))
        for block in cell
        if isinstance(block, Paragraph)
        for run in (*block.runs, Run(" "))
    )


def _as_lists(rows: list[Cells]) -> Iterator[Block]:
    """Yield a list item for each row, its cells parted by dashes, or what is in the cells, one after another."""
    items: list[tuple[Block, ...]] = []
    for row in rows:
        if all(_is_simple(cell) for cell in row):
            words = [_words(cell) for cell in row if cell]
            dashed = tuple(run for part in words for run in (Run(" — "), *part))[1:]
            items.append((Paragraph(dashed),))
            continue
        if items:
            yield Listing(tuple(items))
            items = []
        yield from (block for cell in row for block in cell)
    if items:
        yield Listing(tuple(items))

"""The live preview: each page is made when a browser asks for it, of the records as they are on the disk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from generator.problems import Problem
from generator.serve.preview import Preview
from generator.serve.server import open_server
from generator.serve.watching import watching

__all__ = ["Preview", "open_server", "serve"]


def serve(
    project: Path,
    address: tuple[str, int],
    day: Callable[[], date],
    tell: Callable[[tuple[Problem, ...]], None],
    *,
    with_handouts: bool,
) -> None:
    """Show a site on this machine, read again whenever a file is saved, until interrupted.

    `tell` is given the problems of the content after each reading, none where there are none. Raises OSError for a
    port that is taken.
    """
    preview = Preview(project, day, with_handouts=with_handouts)
    # The first reading comes before any thread: it may be shared among processes.
    problems = preview.refresh()
    with (
        closing(preview),
        open_server(preview, address) as server,
        watching(project, lambda: tell(preview.refresh())),
    ):
        tell(problems)
        server.serve_forever()

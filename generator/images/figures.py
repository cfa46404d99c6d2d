"""Paragraphs of nothing but pictures: one is a figure, several in a row are a gallery."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

TITLE = re.compile(r' title="([^"]*)"')
CLASS = re.compile(r' class="[^"]*"')


def framed(parts: Iterable[str]) -> str | None:
    """Return the tags and words of a paragraph as a figure or a gallery; None where there is more than pictures."""
    figures = [f"<figure>{_captioned(picture)}</figure>\n" for picture in _pictures(parts)]
    if len(figures) > 1:
        return f'<div class="gallery">{"".join(figures)}</div>\n'
    return figures[0] if figures else None


def _pictures(parts: Iterable[str]) -> list[list[str]]:
    """Return the pictures, each with the link around it if it has one; none where there are words."""
    found: list[list[str]] = []
    is_linked = False
    for part in parts:
        if part.startswith("<img "):
            if not is_linked:
                found.append([part])
            elif len(found[-1]) == 1:
                found[-1].append(part)
            else:
                return []
        elif part.startswith("<a ") and not part.endswith("</a>"):
            is_linked = True
            found.append([part])
        elif part == "</a>" and len(found[-1]) > 1:
            is_linked = False
            found[-1].append(part)
        elif part.strip() and part != "<br />\n":
            return []
    return found


def _captioned(picture: Sequence[str]) -> str:
    """Return a picture; its title becomes its caption."""
    html = "".join(picture)
    title = TITLE.search(next(part for part in picture if part.startswith("<img ")))
    caption = f"<figcaption>{title[1]}</figcaption>" if title else ""
    # A picture leads to its larger self: that it is a file needs no saying.
    return CLASS.sub("", TITLE.sub("", html) if title else html) + caption

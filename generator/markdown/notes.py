"""Footnotes: numbers where a text refers to them, and the list below it."""

from __future__ import annotations

from collections.abc import Iterator

OPENING = '<section class="footnotes" role="doc-endnotes">\n<ol class="footnotes-list">\n'
CLOSING = "</ol>\n</section>\n"
END = "</p>\n"


class Notes:
    """The footnotes of one text, numbered as it refers to them; one that nothing refers to is left out."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._times: dict[str, int] = {}

    def define(self, label: str, html: str) -> None:
        """Keep a footnote's text; of two with one label the first counts, as with links (CommonMark 0.31, 6.3)."""
        self._texts.setdefault(_key(label), html)

    def reference(self, label: str) -> str:
        """Return a footnote's number as a link."""
        key = _key(label)
        times = self._times.get(key, 0)
        self._times[key] = times + 1
        again = f":{times}" if times else ""
        number = list(self._times).index(key) + 1
        return f'<sup class="footnote-ref"><a href="#fn{number}" id="fnref{number}{again}">[{number}{again}]</a></sup>'

    def written(self) -> Iterator[str]:
        """Yield the list, with a way back to each place that refers to a footnote."""
        if not self._times:
            return
        yield OPENING
        for number, (key, times) in enumerate(self._times.items(), 1):
            html = self._texts.get(key, "")
            ending = END if html.endswith(END) else ""
            back = "".join(map(_back, [f"{number}", *(f"{number}:{time}" for time in range(1, times))]))
            yield f'<li id="fn{number}" class="footnote-item">{html.removesuffix(ending)}{back}{ending}</li>\n'
        yield CLOSING


def _key(label: str) -> str:
    return " ".join(label.casefold().split())


def _back(place: str) -> str:
    return f' <a href="#fnref{place}" class="footnote-backref" role="doc-backlink">↑</a>'

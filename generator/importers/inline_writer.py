"""Write words as inline Markdown: marks where CommonMark understands them, and no sign taken for a mark."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from urllib.parse import quote

from generator.importers.prose import Run, Runs, text_of

SIGNS = {"strike": "~~", "bold": "**", "italic": "*"}
"""Marks, the outermost first where they begin together."""
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>«»\"'|]+", re.IGNORECASE)
_BEHIND_ADDRESS = ".,;:!?)]…*_~"
_LINE_START = re.compile(
    r"(?P<one>#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|(?:-\s*)+$|~{3,})|\d{1,9}(?P<two>[.)])(?=\s|$)", re.MULTILINE
)
_LINE_END = re.compile(r"#+$", re.MULTILINE)
_ENTITY = re.compile(r"&(?=(?:#\d+|#x[\da-f]+|\w+);)", re.IGNORECASE)
_TABLE_LINE = re.compile(r"^[-:| ]+$", re.MULTILINE)


# A block is written to be read back, and once more among its neighbours.
@lru_cache(256)
def inline(runs: Runs, *, in_row: bool = False) -> str:
    """Return words as Markdown; in a row of a table bars are escaped and line breaks are spaces."""
    addressed = [run for run in _addressed(runs) if run.text]
    signs = _escaped(text_of(addressed), in_row=in_row)
    parts: list[str] = []
    place = 0
    groups = [list(same) for _, same in groupby(addressed, key=lambda run: (run.href, "code" in run.marks))]
    for number, group in enumerate(groups):
        after = groups[number + 1][0] if number + 1 < len(groups) else None
        before = groups[number - 1][-1] if number else None
        end = place + len(text_of(group))
        parts.append(_group(group, signs[place:end], (before, after), in_row=in_row))
        place = end
    written = "".join(parts)
    return written.replace("\n", " " if in_row else "\\\n")


def _group(group: list[Run], signs: list[str], around: tuple[Run | None, Run | None], *, in_row: bool) -> str:
    """Return words of one link, or of none, that are all code or none of them."""
    first = group[0]
    if "code" in first.marks:
        words = _code(text_of(group), in_row=in_row)
    elif first.href:
        words = _marked(group, signs, "[", "]")
    else:
        before, after = (each and ("`" if "code" in each.marks else "]") for each in around)
        words = _marked(group, signs, before or "", after or "")
        if words.endswith("!") and after:
            words = f"{words[:-1]}\\!"
    return f"[{words}]({_destination(first.href)})" if first.href else words


def _destination(href: str) -> str:
    address = re.sub(r"[\s<>\\\x00-\x1f\x7f]", lambda found: quote(found[0]), href)
    return f"<{address}>" if re.search(r"[()]", address) else address


def _code(text: str, *, in_row: bool) -> str:
    longest = max((len(found) for found in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    inner = text.replace("\n", " ")
    padding = " " if inner.startswith(("`", " ")) or inner.endswith(("`", " ")) else ""
    # GitHub's tables take a bar for the end of a cell even in code.
    inner = inner.replace("|", r"\|") if in_row else inner
    return f"{fence}{padding}{inner}{padding}{fence}"


def _addressed(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield runs with bare addresses made links: to escape a sign in one would cut it."""
    for run in runs:
        start = 0
        found = () if run.href or "code" in run.marks else _ADDRESS.finditer(run.text)
        for each in found:
            address = each[0].rstrip(_BEHIND_ADDRESS)
            if "(" in address and each[0].startswith(f"{address})"):
                address += ")"
            yield run._replace(text=run.text[start : each.start()])
            href = address if address[:4].lower() == "http" else f"http://{address}"
            yield run._replace(text=address, href=href)
            start = each.start() + len(address)
        yield run._replace(text=run.text[start:])


def _escaped(text: str, *, in_row: bool) -> list[str]:
    """Return letters with a backslash before those that Markdown would take for signs of its own."""
    places = {found.start() for found in re.finditer(r"[\\`*\[\]<]", text)}
    places |= {found.start() for found in _ENTITY.finditer(text)}
    places |= {found.start() for found in re.finditer(r"~(?=~)|(?<=~)~", text)}
    # CommonMark, 6.2: an underscore between letters marks nothing.
    places |= {found.start() for found in re.finditer(r"_(?!(?<=[^\W_]_)[^\W_])", text)}
    if in_row:
        places |= {found.start() for found in re.finditer(r"\|", text)}
    else:
        places |= {found.start("one" if found["one"] else "two") for found in _starts(text)}
        places |= {found.start() for found in _LINE_END.finditer(text)}
        places |= {found.start() + found[0].index("|") for found in _TABLE_LINE.finditer(text) if "|" in found[0]}
    return [f"\\{letter}" if place in places else letter for place, letter in enumerate(text)]


def _starts(text: str) -> Iterator[re.Match[str]]:
    for line in re.finditer(r"^.*$", text, re.MULTILINE):
        if found := _LINE_START.match(text, line.start(), line.end()):
            yield found


def _marked(runs: list[Run], signs: list[str], before: str, after: str) -> str:
    """Return letters with the signs of their marks; `before` and `after` are what stands next to the group."""
    if not any(run.marks for run in runs):
        return "".join(signs)
    texts = [letter for run in runs for letter in run.text]
    marks = [run.marks for run in runs for _ in run.text]
    begins: list[tuple[int, int, str]] = []
    for mark in (each for each in SIGNS if any(each in run.marks for run in runs)):
        # Marks that cross are no marks: an inner one ends where an outer one does, and begins again behind it.
        walls = sorted({place for start, end, _ in begins for place in (start, end)})
        spans = _spans([mark in each for each in marks], texts, (before, after), walls)
        begins += ((start, end, mark) for start, end in spans)
    outermost: dict[int, list[tuple[int, str]]] = {}
    for start, end, mark in sorted(begins, key=lambda span: -span[1]):
        outermost.setdefault(start, []).append((end, mark))
    parts: list[str] = []
    is_open: list[tuple[int, str]] = []
    for place, sign in enumerate(signs):
        while is_open and is_open[-1][0] == place:
            parts.append(SIGNS[is_open.pop()[1]])
        for end, mark in outermost.get(place, ()):
            parts.append(SIGNS[mark])
            is_open.append((end, mark))
        parts.append(sign)
    return "".join([*parts, *(SIGNS[mark] for _, mark in reversed(is_open))])


def _spans(
    has_mark: list[bool], texts: list[str], around: tuple[str, str], walls: list[int]
) -> Iterator[tuple[int, int]]:
    """Yield where a mark begins and ends, as CommonMark's rules of flanking let it."""
    before, after = around
    covered = list(has_mark)
    for gap in re.finditer(r"\s+", "".join(texts)):
        is_within = gap.start() > 0 and gap.end() < len(texts) and has_mark[gap.start() - 1] and has_mark[gap.end()]
        covered[gap.start() : gap.end()] = [is_within] * (gap.end() - gap.start())
    for is_marked, places in groupby(range(len(texts)), key=lambda place: (covered[place], bisect_right(walls, place))):
        span = list(places)
        if not is_marked[0]:
            continue
        start, end = span[0], span[-1] + 1
        while start < end and _is_outside(texts[start], texts[start - 1] if start else before):
            start += 1
        while start < end and _is_outside(texts[end - 1], texts[end] if end < len(texts) else after):
            end -= 1
        if any(text.isalnum() for text in texts[start:end]):
            yield start, end


def _is_outside(text: str, beside: str) -> bool:
    """Whether a letter at the end of a mark belongs outside it: CommonMark, 6.2, has no mark between sign and word."""
    return text.isspace() or (not text.isalnum() and beside[-1:].isalnum())

"""The one Markdown dialect: CommonMark with GitHub's tables, task lists, strike-out and footnotes.

What an editor sees in a git host's preview is what the site shows, so there are no extensions of our own.
Raw HTML is refused (comments aside: they are left out), and every link and picture is checked.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLinkText
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from generator.images.figures import PART, frame_pictures
from generator.markdown.anchors import anchor_of
from generator.markdown.tables import frame_tables

__all__ = ["WITHHELD", "Body", "Heading", "Mistake", "Surroundings", "anchor_of", "render"]

ASSETS = "content/assets/"
BARE_LINK = re.compile(r"(?<![(<\"])(https?://|www\.)")
WITHHELD = "<span data-withheld></span>"
"""Stands where a text named a person without consent; what it says instead is the templates' to choose."""
NOTES_OPEN = '<section class="footnotes" role="doc-endnotes">\n<ol class="footnotes-list">\n'
SCHEMES = ("http://", "https://", "mailto:", "tel:")


class Heading(NamedTuple):
    """One heading of a text, for its list of contents."""

    level: int
    anchor: str
    title: str


class Mistake(NamedTuple):
    """What is wrong with a text; `line` counts from 0 at the text's first line."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Body:
    """A text as the site shows it."""

    html: str = ""
    """Links and pictures lead from the site's root: `href="/grants/fpg/"`."""
    headings: tuple[Heading, ...] = ()
    """Headings of the second and third level, in order."""
    links: tuple[tuple[int, str], ...] = ()
    """Records that the text links to: the line (from 0) and the file's path in the project."""
    assets: tuple[str, ...] = ()
    """Pictures and files that the text shows or links to, by their paths in the project."""
    pictures: tuple[str, ...] = ()
    """Those of them that the text shows."""
    files: tuple[str, ...] = ()
    """Those of them that the text links to."""
    written: str = ""
    """The text as its editor wrote it."""
    questions: tuple[str, ...] = ()
    """The items of its task lists, as plain text: the text as a checklist."""

    def __bool__(self) -> bool:
        return bool(self.html)


class Surroundings(NamedTuple):
    """What a text may link to."""

    path: str
    """The file that holds the text."""
    addresses: Mapping[str, str]
    """The site's address of each record's file."""
    exists: Callable[[str], bool]
    """Whether a path of the project is a file, letter for letter."""
    withheld: Collection[str] = ()
    """Files of records that name a person without consent: a link to one gives way to a mark."""


def render(text: str, around: Surroundings) -> tuple[Body, tuple[Mistake, ...]]:
    """Return a text as HTML, and everything that is wrong with it."""
    reading = _Reading(around)
    # Looking for bare links costs a third of the parsing, and most texts have none.
    parser = _parser(linkify=BARE_LINK.search(text) is not None)
    tokens = parser.parse(text)
    reading.walk(tokens)
    frame_pictures(tokens)
    html = parser.renderer.render(tokens, parser.options, {})
    body = Body(
        html.strip(),
        tuple(reading.headings),
        tuple(reading.links),
        tuple(sorted({*reading.pictures, *reading.files})),
        tuple(reading.pictures),
        tuple(reading.files),
        text,
        tuple(_questions(tokens)),
    )
    return body, tuple(reading.mistakes)


@cache
def _parser(*, linkify: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"linkify": linkify}).enable(["table", "strikethrough", "linkify"])
    # GitHub makes links of https://… and www.…, not of every name with a dot.
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False})  # type: ignore[union-attr]  # linkify is on
    parser.use(footnote_plugin, inline=False).use(tasklists_plugin, label=True, enabled=True)
    parser.core.ruler.before("github-tasklists", "written_html", _mark_written)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # our check names the line
    parser.add_render_rule("footnote_block_open", lambda *_: NOTES_OPEN)
    parser.add_render_rule("footnote_anchor", _note_back)
    frame_tables(parser)
    parser.add_render_rule("html_block", lambda *_: "")
    parser.add_render_rule("html_inline", _task_box)
    parser.add_render_rule(PART, lambda _self, tokens, index, *_: str(tokens[index].content))
    return parser


def _note_back(_self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    anchor = f"fnref{tokens[index].meta['id'] + 1}"
    return f' <a href="#{anchor}" class="footnote-backref" role="doc-backlink">↑</a>'


def _task_box(_self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    """Print what the task-list plugin made, and none of the writer's own HTML (comments, by now)."""
    return tokens[index].content if _is_task_box(tokens[index]) else ""


def _mark_written(state: StateCore) -> None:
    """Mark the writer's own HTML before the task-list plugin, which speaks in HTML too, adds its boxes."""
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "html_inline":
                child.meta["written"] = True


def _is_task_box(token: Token) -> bool:
    return token.type == "html_inline" and "written" not in token.meta


class _Reading:
    """One walk over a text's tokens: links made addresses, pictures and headings noted, mistakes told."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.headings: list[Heading] = []
        self.links: list[tuple[int, str]] = []
        self.pictures: list[str] = []
        self.files: list[str] = []
        self.mistakes: list[Mistake] = []
        self._anchors: set[str] = set()
        self._own: list[tuple[int, str]] = []

    def walk(self, tokens: Sequence[Token]) -> None:
        if self.around.withheld:
            for token in tokens:
                token.children = list(self._without_withheld(token.children or ()))
        line = 0
        for index, token in enumerate(tokens):
            line = token.map[0] if token.map else line
            if token.type == "heading_open":
                self._heading(token, tokens[index + 1], line)
            elif token.type == "html_block":
                self._raw(token, line)
            elif token.type == "inline":
                self._inline(token, line)
        for line, anchor in self._own:
            if anchor not in self._anchors:
                self.mistakes.append(Mistake(line, f"на этой странице нет заголовка с меткой #{anchor}"))

    def _without_withheld(self, children: Sequence[Token]) -> Iterator[Token]:
        """Yield a line's tokens with a mark in place of each link to a withheld record, its words included."""
        is_within = False
        for child in children:
            if child.type == "link_open":
                path = str(child.attrGet("href")).partition("#")[0]
                is_within = self._resolve(path) in self.around.withheld or path in {
                    self.around.addresses[file] for file in self.around.withheld
                }
                if is_within:
                    yield Token("html_inline", "", 0, content=WITHHELD)
            elif child.type == "link_close" and is_within:
                is_within = False
                continue
            if not is_within:
                yield child

    def _inline(self, token: Token, line: int) -> None:
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "link_open":
                child.attrSet("href", self._link(child, line))
            elif child.type == "image":
                self._picture(child, line)
            elif child.type == "html_inline" and not _is_task_box(child):
                self._raw(child, line)

    def _raw(self, token: Token, line: int) -> None:
        if re.sub(r"<!--.*?-->", "", token.content, flags=re.DOTALL).strip():
            tag = token.content.strip().split("\n")[0][:40]
            self.mistakes.append(Mistake(line, f"HTML в тексте не нужен: «{tag}»; пользуйтесь разметкой Markdown"))

    def _heading(self, token: Token, inline: Token, line: int) -> None:
        level = int(token.tag[1])
        if level == 1:
            self.mistakes.append(Mistake(line, "заголовок «#» — это title записи; в тексте начинайте с «##»"))
        title = _plain(inline)
        anchor = base = anchor_of(title)
        number = 2
        while anchor in self._anchors:
            anchor = f"{base}-{number}"
            number += 1
        self._anchors.add(anchor)
        token.attrSet("id", anchor)
        if level in (2, 3):
            self.headings.append(Heading(level, anchor, title))

    def _picture(self, token: Token, line: int) -> None:
        target = str(token.attrGet("src"))
        if not _plain(token).strip():
            self.mistakes.append(
                Mistake(line, f"картинке «{target}» нужно описание для тех, кто её не видит: ![что на ней]({target})")
            )
        if re.match(r"[a-z][a-z0-9+.-]*:|//", target, re.IGNORECASE):
            self.mistakes.append(Mistake(line, f"картинку «{target}» положите в content/assets/: сайт не берёт чужих"))
            return
        self.pictures.append(self._resolve(target))
        token.attrSet("src", self._asset(target, line))
        token.attrSet("loading", "lazy")

    def _link(self, link: Token, line: int) -> str:
        target = str(link.attrGet("href"))
        if target.startswith(SCHEMES):
            self._for_paper(link, target)
            return target
        if re.match(r"[a-z][a-z0-9+.-]*:|//", target, re.IGNORECASE):
            self.mistakes.append(Mistake(line, f"ссылки бывают на http(s), mailto и tel; здесь «{target}»"))
            return target
        path, _, anchor = target.partition("#")
        tail = f"#{anchor}" if anchor else ""
        if not path:
            self._own.append((line, unquote(anchor)))
            return target
        if path.startswith("/"):
            if path not in self.around.addresses.values():
                self.mistakes.append(Mistake(line, f"на сайте нет страницы {path}"))
            return target
        file = self._resolve(path)
        if file in self.around.addresses:
            self.links.append((line, file))
            return self.around.addresses[file] + tail
        link.attrSet("class", "file")
        self.files.append(file)
        return self._asset(path, line)

    @staticmethod
    def _for_paper(link: Token, target: str) -> None:
        """Mark what the style sheet cannot know: words that are the address already, an address in Punycode."""
        if link.info == "auto":
            link.attrSet("class", "url")
        elif (shown := normalizeLinkText(target)) != target:
            link.attrSet("data-address", shown)

    def _asset(self, target: str, line: int) -> str:
        file = self._resolve(target)
        if not file.startswith(ASSETS):
            self.mistakes.append(Mistake(line, f"нет такой записи или файла: «{target}»"))
        elif not self.around.exists(file):
            self.mistakes.append(Mistake(line, f"нет файла {file}"))
        return "/" + file.removeprefix("content/")

    def _resolve(self, target: str) -> str:
        folder = posixpath.dirname(self.around.path)
        return posixpath.normpath(posixpath.join(folder, unquote(target)))


def _plain(parent: Token) -> str:
    return "".join(
        child.content if child.type in ("text", "code_inline") else " " if child.type == "softbreak" else ""
        for child in parent.children or ()
    )


def _questions(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        children = token.children or ()
        if token.type == "inline" and children and _is_task_box(children[0]):
            yield _plain(token).strip()

"""Read a file of the project: text and line numbers, typed by nobody yet.

The only package that knows YAML and front matter. Scalars stay text (YAML 1.1 would read `no` as
false and `19:00` as 1140); an empty one is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import yaml  # noqa: TID251  # this is the one package that may
from frontmatter.default_handlers import BaseHandler

from generator.problems import Problem
from generator.source.building import Builder, Loc, field_name
from generator.source.damage import conflict, culprit, pasted, second_header, unopened
from generator.source.decoding import Misread, decode
from generator.source.letters import may_hold_strays, told

__all__ = ["LARGEST", "Loc", "Misread", "Reading", "Source", "decode", "field_name", "read", "read_bytes"]

LARGEST = 1_000_000
"""A source file of more bytes is refused: something was pasted into it by mistake."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read: fields as text, the Markdown body, and the line of each field."""

    path: str
    """Relative to the project, with forward slashes."""
    values: dict[str, Any] = field(default_factory=dict)
    """Nested mappings, lists and strings; None where a key has no value."""
    lines: dict[Loc, int] = field(default_factory=dict)
    """The line of each key and list entry, by its place: `("rounds", 0, "deadline")`."""
    body: str = ""
    """The Markdown below the front matter."""
    body_line: int = 1
    """The line on which the body begins."""
    may_hold_strays: bool = False
    """Whether a closer look at its letters is worth its time."""
    digest: bytes = b""
    """Names the bytes of the file; empty for what is in no file."""

    @property
    def slug(self) -> str:
        """The file's name without its ending: the record's id."""
        return self.path.rpartition("/")[2].rpartition(".")[0]

    @property
    def text_line(self) -> int:
        """The line on which the record's text begins: below the header, or after `text: |` in a YAML file."""
        return self.body_line if self.path.endswith(".md") else self.line_of(("text",)) + 1

    def line_of(self, loc: Loc) -> int:
        """Return the line of a field, or of the nearest thing around it that has one."""
        for end in range(len(loc), 0, -1):
            if (line := self.lines.get(loc[:end])) is not None:
                return line
        return 1

    def problem(self, loc: Loc, message: str) -> Problem:
        """Return a problem placed at a field."""
        return Problem(self.path, self.line_of(loc), field_name(loc), message)

    def strays(self) -> Iterator[Problem]:
        """Yield a problem for each field, and for each line of the text, that holds signs nobody sees or means."""
        if not self.may_hold_strays:
            return
        for loc, words in _texts(self.values, ()):
            if loc == ("text",) and "\n" in words:
                yield from self._strays_of_text(words, self.text_line)
            elif message := told(words):
                yield self.problem(loc, message)
        yield from self._strays_of_text(self.body, self.body_line)

    def _strays_of_text(self, text: str, first: int) -> Iterator[Problem]:
        for line, words in enumerate(text.split("\n"), first):
            if message := told(words):
                yield Problem(self.path, line, "", message)


def _texts(value: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Yield every name and every text of a file's fields, each with its place."""
    if isinstance(value, str):
        yield loc, value
        return
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value or ()):
        if isinstance(step, str):
            yield (*loc, step), step
        yield from _texts(inner, (*loc, step))


class Reading(NamedTuple):
    """A file's source, and what is wrong with it as a file."""

    source: Source
    problems: tuple[Problem, ...]


def read(path: Path, project: Path) -> Reading:
    """Read a YAML file, or a Markdown file with front matter."""
    name = path.relative_to(project).as_posix()

    def refused(message: str, line: int = 1) -> Reading:
        return Reading(Source(name), (Problem(name, line, "", message),))

    if path.is_symlink():
        return refused("это ссылка на другой файл; нужен сам файл")
    if not path.is_file():
        return refused("здесь должен быть файл, а не папка")
    if path.stat().st_size > LARGEST:
        return refused("файл больше 1 МБ; запись — это текст, картинки и документы кладут в content/assets/")
    raw = path.read_bytes()
    source, problems = read_bytes(raw, name)
    return Reading(replace(source, digest=blake2b(raw, digest_size=16).digest()), problems)


def read_bytes(raw: bytes, name: str) -> Reading:
    """Read what a file of this name holds."""
    text = decode(raw)
    if isinstance(text, Misread):
        return Reading(Source(name), (Problem(name, text.line, "", text.message),))
    if damage := conflict(text):
        return Reading(Source(name), (Problem(name, damage.line, "", damage.message),))
    source, problems = _read_markdown(name, text) if name.endswith(".md") else _read_yaml(name, text)
    return Reading(replace(source, may_hold_strays=True) if may_hold_strays(raw, text) else source, problems)


class _FrontMatter(BaseHandler):
    """Splits a file as python-frontmatter does, but leaves the header as text: our reader keeps its lines."""

    FM_BOUNDARY = re.compile(r"^---[ ]*$", re.MULTILINE)

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        return {"header": fm}


def _read_markdown(name: str, text: str) -> Reading:
    if not re.match(r"---[ ]*(\n|$)", text):
        message = f"файл начинается строкой «---», за ней поля, ещё строка «---» и текст; здесь {unopened(text)}"
        return Reading(Source(name), (Problem(name, 1, "", message),))
    handler = _FrontMatter()
    if not re.search(handler.FM_BOUNDARY, text[3:]):
        message = "поля не закончены: после них нужна строка «---»"
        return Reading(Source(name), (Problem(name, 1, "", message),))
    # The split itself and not frontmatter.parse(): that strips the body, and with it the count of lines.
    header, body = handler.split(text)
    reading = _read_yaml(name, header)
    first = 1 + header.count("\n")
    blank = len(body) - len(body.lstrip("\n"))
    source = Source(name, reading.source.values, reading.source.lines, body.strip("\n"), first + blank)
    doubled = second_header(source.body, source.body_line)
    damages = [doubled] if doubled else pasted(source.body, source.body_line)
    return Reading(source, (*reading.problems, *(Problem(name, line, "", message) for line, message in damages)))


def _read_yaml(name: str, text: str) -> Reading:
    """Read a YAML mapping. A Markdown header comes with its first line end, so lines agree with the file."""
    builder = Builder(name)
    if "\t" in text:
        builder.report(text.count("\n", 0, text.index("\t")) + 1, "табуляция; замените её пробелами")
        return Reading(Source(name), tuple(builder.problems))
    try:
        builder.feed(text)
    except yaml.MarkedYAMLError as error:
        words = _explain(error.problem or "")
        # What is not closed, and a name without its colon, is mended where it begins; the parser notices later.
        mark = error.context_mark if words.startswith(("не закрыта", "после имени")) else error.problem_mark
        line = min(mark.line if mark else 0, text.rstrip("\n").count("\n"))
        builder.report(*culprit(text.split("\n"), line) or (line + 1, words))
        return Reading(Source(name), tuple(builder.problems))
    except yaml.YAMLError:
        builder.report(1, "файл не читается как YAML; проверьте знаки в начале файла")
        return Reading(Source(name), tuple(builder.problems))
    if not builder.problems and not isinstance(builder.root, dict):
        builder.report(1, "файл состоит из полей вида «имя: значение»")
    values = builder.root if isinstance(builder.root, dict) else {}
    return Reading(Source(name, values, builder.lines), tuple(builder.problems))


def _explain(problem: str) -> str:
    """Say a parser's complaint in an editor's words."""
    words = {
        "mapping values are not allowed": "лишнее двоеточие или отступ; текст с двоеточием возьмите в кавычки",
        "cannot start any token": "значение начинается со знака, занятого в YAML; возьмите его в кавычки",
        "unexpected end of stream": "не закрыта кавычка",
        "unknown escape character": "обратная черта в двойных кавычках; возьмите значение в одинарные",
        "expected ',' or": "не закрыта скобка [ или {, или кавычка в ней",
        "expected node content": "не закрыта скобка [ или {, или кавычка в ней",
        "expected '-' indicator": "строка не на своём месте: в списке каждая начинается с «- » и того же отступа",
        "expected key": "строка не на своём месте; проверьте отступ и кавычки",
        "could not find expected ':'": "после имени поля нужно двоеточие и пробел",
    }
    found = next((say for start, say in words.items() if start in problem), None)
    return found or "строка не читается как YAML; проверьте отступы, двоеточия и кавычки"

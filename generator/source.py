"""Read a file of the project: text and line numbers, typed by nobody yet.

The only module that knows YAML and front matter. Scalars stay text (YAML 1.1 would read `no` as
false and `19:00` as 1140); an empty one is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml  # noqa: TID251  # this is the one module that may
from frontmatter.default_handlers import BaseHandler

from generator.problems import Problem

Loc = tuple[str | int, ...]

LARGEST = 1_000_000
"""A source file of more bytes is refused: something was pasted into it by mistake."""
DEEPEST = 20
"""Levels of nesting in YAML; no record needs more than six."""


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


class Reading(NamedTuple):
    """A file's source, and what is wrong with it as a file."""

    source: Source
    problems: tuple[Problem, ...]


def field_name(loc: Loc) -> str:
    """Return how a place is called in a message: `rounds[1].deadline`, counted from 1 as people do."""
    name = ""
    for step in loc:
        if isinstance(step, int):
            name += f"[{step + 1}]"
        else:
            name += f".{step}" if name else step
    return name


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
    text = decode(path.read_bytes())
    if isinstance(text, Misread):
        return refused(text.message, text.line)
    if path.suffix == ".md":
        return _read_markdown(name, text)
    return _read_yaml(name, text)


class Misread(NamedTuple):
    """Bytes that are not text, and how to mend them."""

    message: str
    line: int = 1


def decode(raw: bytes) -> str | Misread:
    """Return UTF-8 text with line feeds at line ends and without a BOM, or say what the bytes are instead."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Misread("файл в кодировке UTF-16; сохраните его как UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        try:
            cyrillic = re.search("[а-яё]{3}", raw.decode("cp1251"), re.IGNORECASE)
        except UnicodeDecodeError:
            cyrillic = None
        if cyrillic:
            return Misread("файл в кодировке Windows-1251; сохраните его как UTF-8", line)
        return Misread("файл не в кодировке UTF-8; сохраните его как UTF-8", line)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # YAML 1.2, 5.1: no other control characters; they come with text pasted from elsewhere.
    if control := re.search("[\x00-\x08\x0b-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ufeff]", text):
        line = text.count("\n", 0, control.start()) + 1
        return Misread(f"невидимый знак U+{ord(control[0]):04X}; удалите его", line)
    return text


class _FrontMatter(BaseHandler):
    """Splits a file as python-frontmatter does, but leaves the header as text: our reader keeps its lines."""

    FM_BOUNDARY = re.compile(r"^---[ ]*$", re.MULTILINE)

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        return {"header": fm}


def _read_markdown(name: str, text: str) -> Reading:
    if not re.match(r"---[ ]*(\n|$)", text):
        message = "файл начинается строкой «---», за ней поля, потом ещё строка «---» и текст"
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
    return Reading(source, reading.problems)


def _read_yaml(name: str, text: str) -> Reading:
    """Read a YAML mapping. A Markdown header comes with its first line end, so lines agree with the file."""
    builder = _Builder(name)
    if "\t" in text:
        builder.report(text.count("\n", 0, text.index("\t")) + 1, "табуляция; замените её пробелами")
        return Reading(Source(name), tuple(builder.problems))
    try:
        builder.feed(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        words = _explain(error.problem or "")
        # What is not closed is mended where it opens; the parser notices at the end.
        mark = error.context_mark if words.startswith("не закрыта") else error.problem_mark
        builder.report(min(mark.line if mark else 0, text.rstrip("\n").count("\n")) + 1, words)
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
        "expected ',' or": "не закрыта скобка [ или {",
        "expected node content": "не закрыта скобка [ или {",
        "expected '-' indicator": "строка не на своём месте: в списке каждая начинается с «- » и того же отступа",
        "expected <block end>": "строка не на своём месте; проверьте отступ и кавычки",
        "could not find expected ':'": "после имени поля нужно двоеточие и пробел",
    }
    found = next((say for start, say in words.items() if start in problem), None)
    return found or "строка не читается как YAML; проверьте отступы, двоеточия и кавычки"


class _Builder:
    """Builds text and lines from the parser's events.

    Not `yaml.compose()`: it recurses in C and takes the interpreter down on deep nesting.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.root: Any = None
        self.lines: dict[Loc, int] = {}
        self.problems: list[Problem] = []
        self._open: list[tuple[Loc, Any]] = []
        self._keys: list[str | None] = []

    def report(self, line: int, message: str, name: str = "") -> None:
        self.problems.append(Problem(self.path, line, name, message))

    def feed(self, events: Iterable[Any]) -> None:
        """Take the parser's events until the end or until nothing good can follow."""
        documents = 0
        for event in events:
            line = event.start_mark.line + 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.report(line, "в файле две записи, разделённые «---»; одна запись — один файл")
                    return
            elif isinstance(event, yaml.NodeEvent):
                if not self._node(event, line):
                    return
            elif isinstance(event, yaml.CollectionEndEvent):
                self._open.pop()
                self._keys.pop()

    def _node(self, event: Any, line: int) -> bool:
        """Take a scalar, an alias or the start of a collection; return whether to go on."""
        if isinstance(event, yaml.AliasEvent):
            self.report(line, "ссылки YAML (*имя) не нужны; напишите значение ещё раз")
            self._put("", line)
            return True
        if event.tag or event.anchor:
            self.report(line, "метки YAML (! и &) не нужны; значение, которое начинается с них, возьмите в кавычки")
        if isinstance(event, yaml.ScalarEvent):
            is_nothing = event.implicit[0] and event.value in ("", "~", "null")
            self._put(None if is_nothing else event.value, line)
            return True
        if len(self._open) == DEEPEST:
            self.report(line, "слишком много уровней вложенности")
            return False
        self._enter({} if isinstance(event, yaml.MappingStartEvent) else [], line)
        return True

    def _enter(self, collection: Any, line: int) -> None:
        if self._open and isinstance(self._open[-1][1], dict) and self._keys[-1] is None:
            self.report(line, "имя поля — одно слово латиницей")
            self._keys[-1] = "?"
        loc = self._place(collection, line)
        self._open.append((loc, collection))
        self._keys.append(None)

    def _put(self, value: str | None, line: int) -> None:
        if self._open and isinstance(self._open[-1][1], dict) and self._keys[-1] is None:
            loc, mapping = self._open[-1]
            key = value or ""
            if key in mapping:
                first = self.lines[(*loc, key)]
                self.report(line, f"поле названо дважды; первый раз — в строке {first}", field_name((*loc, key)))
            else:
                self.lines[(*loc, key)] = line
            self._keys[-1] = key
            return
        self._place(value, line)

    def _place(self, value: Any, line: int) -> Loc:
        if not self._open:
            self.root = value
            return ()
        loc, parent = self._open[-1]
        if isinstance(parent, dict):
            key = self._keys[-1] or ""
            self._keys[-1] = None
            parent.setdefault(key, value)
            return (*loc, key)
        parent.append(value)
        here = (*loc, len(parent) - 1)
        self.lines[here] = line
        return here

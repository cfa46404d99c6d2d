"""The manual for editors: it explains every field, knows every message, and its examples are as it says."""

from __future__ import annotations

import ast
import re
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.admin.collections import config
from generator.catalog import Catalog, examine
from generator.catalog.memory import Memory
from generator.fields import base
from generator.manual import Field, Message, chapters, groups, guide
from generator.mending import mend
from generator.records import KINDS
from generator.shapes import every_shape
from generator.templating import Templating
from tests.conftest import ROOT, TODAY
from tests.test_admin import described
from tests.test_catalog import INVALID, expected_problem

SAYING = ("wrong", "problem", "Problem", "refused", "report", "Misread")
"""What makes a message of its argument."""
SAID = re.compile(r"^.+?:\d+: ")
"""The place before a message."""
NOT_OF_RECORDS = ("importers", "new", "cli", "schema", "manual", "admin", "mending")
RECORDS = {
    "grant": "grants/dvor-2026.yml",
    "ngo": "ngos/svetlyy-dvor.yml",
    "centre": "content/centre/bereg.md",
    "page": "content/pages/o-nas.md",
    "post": "content/news/2026-11-10-otkryt-konkurs.md",
    "note": "content/methodology/pyat-voprosov.md",
    "meetup": "content/meetups/2026-12-05-zayavka.md",
    "project": "content/projects/lavochka.md",
    "document": "content/documents/fz-7.md",
}
"""Records of the example in which the manual's examples are put."""


def every_message(templating: Templating) -> dict[str, Message]:
    return {each.says: each for chapter in chapters(templating) for each in chapter.messages}


def sayings(templating: Templating) -> list[re.Pattern[str]]:
    return [re.compile(pattern(says)) for says in every_message(templating)]


def pattern(says: str) -> str:
    return ".*".join(map(re.escape, says.split("…")))


def is_known(message: str, known: list[re.Pattern[str]]) -> bool:
    return any(each.fullmatch(message) for each in known)


def messages_of_the_code() -> Iterator[tuple[str, str]]:
    """Yield the module and words of every message, «…» for what it fills in."""
    for path in sorted((ROOT / "generator").rglob("*.py")):
        name = path.relative_to(ROOT / "generator").as_posix()
        if name.startswith(NOT_OF_RECORDS):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            for argument in node.args if called in SAYING else ():
                if re.search("[а-яё]", words := _words(argument)):
                    yield name, words
    for words in base.WORDS.values():
        yield "fields/base.py", re.sub(r"{\w+}", "…", words)


def _words(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return ""


def test_the_manual_knows_what_is_said_of_each_broken_file(templating: Templating) -> None:
    known = sayings(templating)
    said = {path.name: SAID.sub("", expected_problem(path)) for path in INVALID.iterdir() if path.suffix != ".expected"}
    # A field's name stands before the message, where there is one.
    unknown = {
        name: words
        for name, words in said.items()
        if not is_known(words, known) and not is_known(words.partition(": ")[2], known)
    }
    assert unknown == {}


def test_the_manual_knows_every_message_of_the_code(templating: Templating) -> None:
    known = sayings(templating)
    told = [*every_message(templating)]
    unknown = {
        words: name
        for name, words in messages_of_the_code()
        if not is_known(words, known) and not any(map(re.compile(pattern(words)).fullmatch, told))
    }
    assert unknown == {}


@pytest.fixture(scope="module")
def project(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(example, tmp_path_factory.mktemp("manual") / "project")


@pytest.mark.no_cover
def test_every_example_gets_its_answer_and_the_mended_one_does_not(project: Path, templating: Templating) -> None:
    shown = [each for each in every_message(templating).values() if each.wrong]
    memory = Memory()
    wrong = {each.says: answers(project, each, each.wrong, memory) for each in shown}
    assert {says: said for says, said in wrong.items() if not any(map(re.compile(pattern(says)).fullmatch, said))} == {}
    mended = {each.says: answers(project, each, each.right, memory) for each in shown}
    assert {says: said for says, said in mended.items() if said} == {}


def answers(project: Path, message: Message, fragment: str, memory: Memory) -> list[str]:
    """Return what the check says of a record of the example with a fragment put into it."""
    path = project / RECORDS[message.kind]
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(spoiled(before, message, fragment), encoding="utf-8")
        return [problem.message for problem in examine(project, TODAY, memory).problems]
    finally:
        path.write_text(before, encoding="utf-8")


def spoiled(text: str, message: Message, fragment: str) -> str:
    """Return a record's text with some of its fields, or its text, replaced."""
    header, _, body = text.removeprefix("---\n").partition("\n---\n") if text.startswith("---") else (text, "", "")
    if message.is_text:
        body = f"\n{fragment}\n"
    else:
        if message.at:
            fields = fragment if "deadline" in fragment else f"{fragment}\ndeadline: 2026-12-01"
            fragment = f"{message.at}:\n  - key: main\n" + re.sub("(?m)^", "    ", fields.strip())
        names = re.findall(r"(?m)^(\w+)", fragment)
        header = re.sub(rf"(?m)^({'|'.join(names)}):.*\n(?:[ -].*\n)*", "", f"{header}\n") + fragment
    return f"---\n{header.strip()}\n---\n{body}" if text.startswith("---") else f"{header.strip()}\n"


def every_field(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from every_field(field.inside)


def test_every_field_of_every_kind_is_explained(templating: Templating) -> None:
    told = {field.words for group in groups(templating) for field in every_field(group.fields)}
    asked = {shape.words for kind in KINDS.values() for shape in every_shape(kind)}
    assert asked <= told
    assert {group.name for group in groups(templating)} >= {*KINDS}


def test_every_field_is_called_as_the_form_calls_it(catalog: Catalog, templating: Templating) -> None:
    told = {(field.name, field.label) for group in groups(templating) for field in every_field(group.fields)}
    records = [each for each in config(catalog, templating)["collections"] if "folder" in each]
    fields = [field for kind in records for field in described(kind)]
    in_files = {shape.name for kind in KINDS.values() for shape in every_shape(kind)}
    # In a file the conditions stand beside each answer.
    in_form_alone = {("notes", "Условия и причины")}
    assert {(each["name"], each["label"]) for each in fields if each["name"] in in_files} - told == in_form_alone


def test_the_steps_speak_of_this_site_alone(templating: Templating) -> None:
    body = guide(templating)
    assert not re.search("глазов|короленко|удмурт", body.html, re.IGNORECASE)
    assert templating.settings.extra.report_to in body.html
    for kind in ("конкурс", "новость", "встреч", "организаци"):
        assert any(kind in heading.title.lower() for heading in body.headings)


def files_of(text: str) -> list[str]:
    """Return what the steps show of files, in order."""
    shown = re.findall(r"(?ms)^( *)```\n(.*?)^\1```$", text)
    return [textwrap.dedent(lines) for _, lines in shown]


class Steps(NamedTuple):
    """What the steps show of files."""

    funder: str
    call: str
    git: str
    """What one types to publish."""
    was: str
    """A deadline before it was moved."""
    moved: str
    post: str
    report: str
    """What is added to a meetup that was held."""
    ngo: str


def steps(templating: Templating) -> Steps:
    return Steps(*files_of(guide(templating).written)[: len(Steps._fields)])


@pytest.mark.no_cover
def test_whoever_follows_the_steps_word_by_word_passes_the_check(
    example: Path, templating: Templating, tmp_path: Path
) -> None:
    project = shutil.copytree(example, tmp_path / "project")
    shown = steps(templating)
    was = shown.was.strip()
    assert was in shown.call
    assets = project / "content/assets"
    shutil.copyfile(assets / "lavochka.png", assets / "meetup-2027-02.jpg")
    header = f"title: Как считать смету\nchecked: 2026-11-06\ndate: 2026-11-05\nstatus: held\n{shown.report}"
    written = {
        "content/funders/gorod-sad.md": shown.funder,
        "grants/dvory-2027.yml": shown.call.replace(was, textwrap.indent(shown.moved, " " * 4).strip()),
        "content/news/2027-02-01-otkryt-priyom.md": shown.post,
        "ngos/svetlyy-dvor.yml": shown.ngo,
        "content/meetups/2026-11-05-smeta.md": f"---\n{header}---\n\nБыло так.\n",
    }
    for name, text in written.items():
        (project / name).write_text(text, encoding="utf-8")
    assert [each for each in mend(project) if each.path in written] == []
    assert [str(problem) for problem in examine(project, TODAY).problems] == []

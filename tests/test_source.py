"""Files as text with lines; and whatever the bytes, problems in Russian and never a traceback."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.catalog import examine
from generator.source import Misread, Reading, Source, decode, field_name, read
from tests.conftest import EXAMPLE, TODAY


def read_text(folder: Path, text: str | bytes, name: str = "a.yml") -> Reading:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(folder / name, folder)


def test_scalars_stay_text(tmp_path: Path) -> None:
    source, problems = read_text(tmp_path, "a: no\nb: 19:00\nc: 2026-13-01\nd: 007\ne: 1e3\nf: 'null'\ng: y\nh: 0x1F\n")
    assert problems == ()
    assert source.values == {
        **{"a": "no", "b": "19:00", "c": "2026-13-01", "d": "007"},
        **{"e": "1e3", "f": "null", "g": "y", "h": "0x1F"},
    }


@pytest.mark.parametrize("nothing", ["", "~", "null", " # замечание"])
def test_a_key_without_a_value_is_none(nothing: str, tmp_path: Path) -> None:
    assert read_text(tmp_path, f"a: {nothing}\n").source.values == {"a": None}


def test_each_field_and_entry_knows_its_line(tmp_path: Path) -> None:
    text = "# замечание\na: 1\n\nb:\n  - c: 2\n    d: |\n      раз\n      два\n  - e: {f: 3,\n      g: 4}\n"
    source = read_text(tmp_path, text).source
    assert source.lines == {
        ("a",): 2,
        ("b",): 4,
        ("b", 0): 5,
        ("b", 0, "c"): 5,
        ("b", 0, "d"): 6,
        ("b", 1): 9,
        ("b", 1, "e"): 9,
        ("b", 1, "e", "f"): 9,
        ("b", 1, "e", "g"): 10,
    }
    assert source.line_of(("b", 1, "e", "no", "such")) == 9
    assert source.line_of(("none",)) == 1


def test_a_place_is_named_as_people_count() -> None:
    assert field_name(("rounds", 0, "deadline", "was", 1, "date")) == "rounds[1].deadline.was[2].date"
    assert field_name(()) == ""


def test_a_text_begins_below_the_header_or_below_its_field() -> None:
    assert Source("a.md", body="раз", body_line=7).text_line == 7
    assert Source("a.yml", lines={("text",): 4}).text_line == 5


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_count_the_same(end: str, tmp_path: Path) -> None:
    text = end.join(["---", "title: Раз", "date: 2026-01-01", "---", "", "", "Текст.", "", "Ещё.", ""])
    source, problems = read_text(tmp_path, text, "a.md")
    assert problems == ()
    assert source.lines == {("title",): 2, ("date",): 3}
    assert (source.body, source.body_line) == ("Текст.\n\nЕщё.", 7)


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    assert read_text(tmp_path, b"\xef\xbb\xbf---\ntitle: a\n---\n", "a.md").source.values == {"title": "a"}
    assert read_text(tmp_path, b"\xef\xbb\xbftitle: a\n").source.lines == {("title",): 1}


def test_three_dashes_below_the_fields_are_text(tmp_path: Path) -> None:
    source = read_text(tmp_path, "---\ntitle: a\n---\nраз\n\n---\n\nдва\n", "a.md").source
    assert (source.body, source.body_line) == ("раз\n\n---\n\nдва", 4)


def test_front_matter_without_fields_is_told(tmp_path: Path) -> None:
    (problem,) = read_text(tmp_path, "---\n---\nТекст.\n", "a.md").problems
    assert problem.message == "файл состоит из полей вида «имя: значение»"


def test_the_id_is_the_file_s_name() -> None:
    assert Source("content/news/2026-11-10-a.md").slug == "2026-11-10-a"


@pytest.mark.parametrize(
    ("raw", "line"), [("а: 1\nб: раз\n".encode("cp1251"), 1), (b"a: 1\nb: " + "два".encode("cp1251") + b"\n", 2)]
)
def test_windows_1251_is_told_at_its_first_line(raw: bytes, line: int) -> None:
    assert decode(raw) == Misread("файл в кодировке Windows-1251; сохраните его как UTF-8", line)


def test_typographic_signs_are_no_control_characters() -> None:
    text = "«ёлка» — № 5\u00a0₽ 🎄 é\u0301\u2028"
    assert decode(text.encode()) == text


def test_each_duplicate_key_is_told_and_the_first_value_stays(tmp_path: Path) -> None:
    source, problems = read_text(tmp_path, "a: 1\nb: {c: 1, c: 2}\na: 3\na: {d: 4}\n")
    assert [(problem.line, problem.field) for problem in problems] == [(2, "b.c"), (3, "a"), (4, "a")]
    assert source.values == {"a": "1", "b": {"c": "1"}}


def test_ten_thousand_brackets_are_one_problem(tmp_path: Path) -> None:
    (problem,) = read_text(tmp_path, "a: " + "[" * 10_000).problems
    assert problem.message == "слишком много уровней вложенности"


# Whatever the bytes.

Mutation = Callable[[random.Random, bytes], bytes]
"""One way of spoiling a file; the same chance gives the same bytes."""


def truncate(chance: random.Random, raw: bytes) -> bytes:
    return raw[: chance.randrange(len(raw))]


def flip_bytes(chance: random.Random, raw: bytes) -> bytes:
    spoilt = bytearray(raw)
    for _ in range(chance.randrange(1, 6)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def delete_lines(chance: random.Random, raw: bytes) -> bytes:
    lines = raw.splitlines(keepends=True)
    return b"".join(line for line in lines if chance.random() > 0.2)


def double_lines(chance: random.Random, raw: bytes) -> bytes:
    return b"".join(line * chance.choice((1, 1, 1, 2)) for line in raw.splitlines(keepends=True))


def shuffle_lines(chance: random.Random, raw: bytes) -> bytes:
    lines = raw.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def change_encoding(chance: random.Random, raw: bytes) -> bytes:
    name = chance.choice(("cp1251", "utf-16", "utf-16-le", "koi8-r", "utf-8-sig", "utf-32"))
    return raw.decode("utf-8", "replace").encode(name, "replace")


def change_values(chance: random.Random, raw: bytes) -> bytes:
    values = (
        *("[]", "{}", "null", "[[1], {a: b}]", "{a: {b: [c]}}", "yes", "-1", "9" * 400, "1e999", "''", "|", "<<"),
        *("!!python/object:os.system x", "*a", "&a b", "2026-02-30", "0000-00-00", "99999-01-01", "2026-01-01 23:59"),
        *(
            "١٢٣",
            "２０２６-01-01",
            "\u202e",
            "x" * 70_000,
            "[ссылка](javascript:1)",
            "'{}{0}%s'",
            "\ud7ff",
            "https://[",
        ),
    )
    lines = raw.splitlines(keepends=True)
    for number, line in enumerate(lines):
        name, colon, _ = line.partition(b":")
        if colon and chance.random() < 0.15:
            lines[number] = name + f": {chance.choice(values)}\n".encode()
    return b"".join(lines)


def nest(chance: random.Random, raw: bytes) -> bytes:
    depth = chance.choice((3, 19, 21, 500))
    return raw.replace(b": ", b": " + b"[" * depth, 1) + b"]" * depth


def remove_signs(chance: random.Random, raw: bytes) -> bytes:
    signs = chance.sample("\"':-[]{}|#> ", 3)
    return bytes(sign for sign in raw if chr(sign) not in signs or chance.random() > 0.5)


def insert_text(chance: random.Random, raw: bytes) -> bytes:
    ranges = chance.choices(((32, 127), (0x400, 0x460), (0, 0xD800), (0x1F300, 0x1F600)), k=chance.randrange(1, 30))
    text = "".join(chr(chance.randrange(*ends)) for ends in ranges)
    place = chance.randrange(len(raw))
    return raw[:place] + text.encode() + raw[place:]


def insert_markup(chance: random.Random, raw: bytes) -> bytes:
    markup = (
        *("<script>alert(1)</script>", "<!-- без конца", "[a](<b c>)", "![](x)", "[x](//y)", "[^1]", "[^1]: [^1]"),
        *("| a |\n|---|\n| `|` |", "> " * 200, "* " * 200, "[" * 300, "`" * 99, "- [ ] " * 30, "www.а.рф", "***" * 99),
        *("[a]: javascript:1\n\n[a]", "<javascript:alert(1)>", "![a](data:,)", "[a](\\\\x)", "[a](#%FF)", "&#0;", "\\"),
    )
    return raw + b"\n\n" + chance.choice(markup).encode() + b"\n"


MUTATIONS: tuple[Mutation, ...] = (
    *(truncate, flip_bytes, delete_lines, double_lines, shuffle_lines, change_encoding),
    *(change_values, nest, remove_signs, insert_text, insert_markup),
)


class Spoilt(NamedTuple):
    name: str
    path: str
    raw: bytes


def spoilt_files() -> Iterator[tuple[Spoilt, ...]]:
    """Yield the spoilt versions of each file: spoilt in every way, and the richest more often."""
    files = sorted(path for path in EXAMPLE.rglob("*") if path.suffix in (".md", ".yml") and path.name != "mkdocs.yml")
    for file in files:
        name = file.relative_to(EXAMPLE).as_posix()
        seeds = range(6 if file.stem in ("knizhnyy-most", "bereg", "pyat-voprosov") else 1)
        chances = {(way, seed): random.Random(f"{name} {way.__name__} {seed}") for way in MUTATIONS for seed in seeds}
        yield tuple(
            Spoilt(f"{way.__name__} {seed} {name}", name, way(chance, file.read_bytes()))
            for (way, seed), chance in chances.items()
        )


def rounds() -> Iterator[dict[str, Spoilt]]:
    """Yield what is spoilt at one time, by its path: one version of some files, while the others stay whole."""
    versions = list(spoilt_files())
    count = max(map(len, versions))
    placed: list[dict[str, Spoilt]] = [{} for _ in range(count)]
    for offset, spoilt in enumerate(versions):
        # Files that have few versions are spread, so that a spoilt record meets whole ones too.
        for number, version in enumerate(spoilt):
            placed[(number * count // len(spoilt) + offset) % count][version.path] = version
    yield from placed


@pytest.mark.no_cover  # it reads the whole example again and again
def test_spoilt_files_are_problems_in_russian_with_a_line_and_never_a_traceback(tmp_path: Path) -> None:
    project = shutil.copytree(EXAMPLE, tmp_path / "project")
    seen = told = 0
    for spoilt in rounds():
        seen += len(spoilt)
        for path, version in spoilt.items():
            (project / path).write_bytes(version.raw)
        for problem in examine(project, TODAY).problems:
            name = spoilt[problem.path].name if problem.path in spoilt else f"a whole file beside {list(spoilt)}"
            told += 1
            text = (project / problem.path).read_bytes()
            lines = max(1, len(re.split(b"\r\n|\r|\n", text.strip(b"\r\n")))) if problem.path in spoilt else 1_000
            assert 1 <= problem.line <= lines, f"{name}: {problem}"
            assert re.search("[а-яё]", problem.message), f"{name}: {problem}"
            assert not re.search("Value error|Input should|Traceback|validator|None|class ", problem.message), str(
                problem
            )
        for path in spoilt:
            (project / path).write_bytes((EXAMPLE / path).read_bytes())
    assert seen > 300
    assert told > 300

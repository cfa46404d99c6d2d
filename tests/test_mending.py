"""`proekt check --fix`: what Word and Windows leave in files goes, what the files say stays, and once is enough."""

from __future__ import annotations

import random
import re
import shutil
import unicodedata
from pathlib import Path

import pytest

from generator.catalog import load
from generator.mending import mend, mended_file
from generator.records import KINDS
from generator.shapes import shapes
from tests.conftest import EXAMPLE, ROOT, TODAY
from tests.test_cli_check import check

WORD = re.compile("(?<![а-яё́/.@-])[а-яё]{5,}(?![а-яё/.@-])")
LATIN = str.maketrans("асеорхАВСЕНКМОРТХ", "aceopxABCEHKMOPTX")
OWN = [path for kind in KINDS.values() for path in sorted((ROOT / kind.folder).glob(f"*{kind.suffix}"))]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "project", ignore=shutil.ignore_patterns(".cache")))


def names(path: Path) -> tuple[str, ...]:
    kind = next(kind for kind in KINDS.values() if path.parent.as_posix().endswith(kind.folder))
    return (*(shape.name for shape in shapes(kind)), "text")


def written(project: Path) -> list[str]:
    """Return every line of the project's fields, in any order."""
    return sorted(line for path in project.glob("*/*.yml") for line in path.read_text(encoding="utf-8").split("\n"))


def spoiled(text: str, chance: random.Random) -> bytes:
    """Return a text as it comes from Word, a PDF and Windows."""

    def spoil(found: re.Match[str]) -> str:
        word = found[0]
        ways = (
            word,
            word[:2] + "\u00ad" + word[2:],
            word[:3] + "\u200b" + word[3:],
            unicodedata.normalize("NFD", word),
            word[:-1] + word[-1].translate(LATIN),
        )
        return chance.choice(ways)

    lines = WORD.sub(spoil, text).split("\n")
    lines = [line + " " if line and not line.startswith("    ") and chance.random() < 0.2 else line for line in lines]
    ending = chance.choice(("\r\n", "\n", "\r"))
    return chance.choice((b"\xef\xbb\xbf", b"")) + ending.join(lines).encode() + chance.choice((b"", b"\n\n", b" "))


def test_our_own_records_need_no_mending_and_spoiled_ones_become_what_they_were() -> None:
    chance = random.Random(9)
    for path in OWN:
        raw = path.read_bytes()
        assert mended_file(raw, path.name, names(path)) == (raw, ()), path.name
        assert mended_file(spoiled(raw.decode(), chance), path.name, names(path))[0] == raw, path.name


def test_what_the_records_say_stays_in_any_order_and_once_is_enough(project: Path) -> None:
    before, lines = load(project, TODAY).records, written(project)
    for record in before:
        file = project / record.path
        file.write_bytes(mended_file(file.read_bytes(), file.name, names(file)[::-1])[0])
    assert load(project, TODAY).records == before
    assert written(project) == lines
    assert mend(project)
    assert load(project, TODAY).records == before
    assert written(project) == lines
    assert mend(project) == []


def test_nothing_that_a_file_may_hold_stops_the_mending() -> None:
    chance = random.Random(1)
    pieces = ["\0", "---\n", "\t", "\r", "#", '"', ": ", "- ", "|\n", "{", "ё\u0308", "\u2028", "*a", "  \n", "С1c"]
    spoils = [b"\xff", *map(str.encode, pieces)]
    for number in range(400):
        path = chance.choice(OWN)
        raw = bytearray(path.read_bytes()[:1500])
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(raw))
            raw[place : place + chance.randint(0, 9)] = chance.choice(spoils)
        once, _ = mended_file(bytes(raw), path.name, names(path))
        assert mended_file(once, path.name, names(path)) == (once, ()), number


@pytest.mark.parametrize(
    ("text", "becomes", "what"),
    [
        ("b: 2\na: 1\n", "a: 1\nb: 2\n", "порядок полей"),
        (
            "# о файле\n\nb: 2  # два\n\n# про a\na:\n- 1\n# конец\n",
            "# о файле\n\n# про a\na:\n- 1\nb: 2  # два\n# конец\n",
            "порядок полей",
        ),
        ("b: |\n  раз\n\n  два\na: 1\n", "a: 1\nb: |\n  раз\n\n  два\n", "порядок полей"),
        ("b: 2\n\n# чьё это?\n\na: 1\n", None, ""),
        ("{b: 2, a: 1}\n", None, ""),
        ('a: Конкурс "Дворы" и "Город"\n', "a: Конкурс «Дворы» и «Город»\n", "кавычки"),
        ('a: "Дворы" \n', 'a: "Дворы"\n', "пробелы в конце строк"),
        ('a: ["раз", "два"]\n', None, ""),
        ("a: 'он сказал \"да\"'\n", "a: 'он сказал «да»'\n", "кавычки"),
        ('a: экран 19" и 21" по диагонали\n', None, ""),
        ("a: 1\tи 2\n", "a: 1 и 2\n", "табуляция"),
        ("a:\n\tb: 1\n", None, ""),
        ("a: 1\n\n\n", "a: 1\n", "пробелы в конце строк"),
        ("a: раз\x0bдва\n", "a: раз два\n", "буквы и невидимые знаки"),
        ("a: 1\nа: 2\n", None, ""),
    ],
)
def test_fields_are_mended_only_where_they_still_say_the_same(text: str, becomes: str | None, what: str) -> None:
    expected = (text, ()) if becomes is None else (becomes, (what,))
    made, done = mended_file(text.encode(), "x.yml", ("a", "b"))
    assert (made.decode(), done) == expected


def test_a_texts_breaks_and_code_keep_their_spaces_and_quotes() -> None:
    text = '---\ntitle: Дом \n---\n\nраз  \nдва "три" \n\n```\nкод "x" \n```\n\n    код \n[а](b "в") `"г"`\nконец  \n'
    made, _ = mended_file(text.encode(), "x.md", ("title",))
    assert made.decode() == (
        '---\ntitle: Дом\n---\n\nраз  \nдва «три»\n\n```\nкод "x" \n```\n\n    код \n[а](b "в") `"г"`\nконец\n'
    )


@pytest.mark.parametrize("raw", ["title: Дом \n".encode("cp1251"), "title: Дом\n".encode("utf-16")[:-1], b"\x00\xff"])
def test_a_file_of_another_encoding_is_left_alone(raw: bytes) -> None:
    assert mended_file(raw, "x.yml") == (raw, ())


def test_what_notepad_calls_unicode_is_written_anew() -> None:
    made, what = mended_file("title: Дом\r\n".encode("utf-16"), "x.yml")
    assert made.decode() == "title: Дом\n"
    assert what == ("кодировка UTF-16", "концы строк")


def test_hard_spaces_go_only_where_a_field_needs_plain_ones() -> None:
    made, what = mended_file("topics:\u00a0\n\u00a0\u00a0-\u00a0«5\u00a0рублей»\n".encode(), "x.yml")
    assert made.decode() == "topics:\n  - «5\u00a0рублей»\n"
    assert what == ("неразрывные пробелы", "пробелы в конце строк")


def test_the_command_says_what_it_did_and_what_is_left(
    project: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    mend(project)
    call = project / "grants/dvor-2026.yml"
    right = call.read_text(encoding="utf-8")
    call.write_bytes(b"\xef\xbb\xbf" + right.replace("title: ", "title: \u00ad", 1).replace("\n", "\r\n").encode())
    (project / "grants/old.yml").write_bytes("title: Дом".encode("cp1251"))
    call.chmod(0o640)
    assert check(project, "--fix", "--format", "json") == 1
    out, err = capsys.readouterr()
    assert err == (
        "proekt: grants/dvor-2026.yml: исправлено: метка BOM в начале, концы строк, буквы и невидимые знаки\n"
        "proekt: исправлен 1\u00a0файл\n"
    )
    assert "Windows-1251" in out
    assert call.read_text(encoding="utf-8") == right
    assert call.stat().st_mode & 0o777 == 0o640
    assert check(project, "--fix") == 1
    assert capsys.readouterr().err.startswith("proekt: исправлять нечего\n")

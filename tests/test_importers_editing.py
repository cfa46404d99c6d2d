"""Changing fields of a record's file: everything else in it stays byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.importers.editing import edited
from generator.source import read

FILE = """\
# Первая строка — для коллег.
title: "Дом"   # как зовут
legal_name: АНО «Дом»

# Форму сверили.
form: ano
contacts:
    phones:
        - +7 34300 2-00-11  # вахта
        - +7 34300 2-00-12
    # почту не менять
    emails: dom@example.org
topics: [town,
  library]
text: |
  # Заголовок

  Абзац # не примечание.
"""
CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "a value keeps the remark behind it": ({"title": "Новый дом"}, 'title: "Дом"   #', "title: Новый дом  #"),
    "a list keeps its remarks above it": (
        {"phones": ["+7 34300 2-00-13"]},
        "    phones:\n        - +7 34300 2-00-11  # вахта\n        - +7 34300 2-00-12\n",
        "    # вахта\n    phones: +7 34300 2-00-13\n",
    ),
    "a new field stands at its place by the model": (
        {"inn": "7707083893", "ogrn": "1027700132195"},
        "form: ano\n",
        'form: ano\ninn: "7707083893"\nogrn: "1027700132195"\n',
    ),
    "a new contact stands among the contacts": (
        {"sites": ["https://dom.example.org"], "address": "Самоцветск, ул. Мира, 1"},
        "contacts:\n",
        "contacts:\n    address: Самоцветск, ул. Мира, 1\n",
    ),
    "a list in brackets over two lines is changed": ({"topics": ["town"]}, "[town,\n  library]", "[town]"),
    "a text is changed": (
        {"text": "Другой текст."},
        "  # Заголовок\n\n  Абзац # не примечание.\n",
        "  Другой текст.\n",
    ),
    "a group that was not there is added": (
        {"head_name": "Имя Согласное", "head_role": "директор", "head_consent": "2026-01-01"},
        "topics: [town,\n  library]\n",
        "topics: [town,\n  library]\n",
    ),
}


def change(tmp_path: Path, raw: bytes, changes: dict[str, Any]) -> bytes | None:
    file = tmp_path / "ngos/dom.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(raw)
    return edited(raw, read(file, tmp_path)[0], changes)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("case", CASES)
def test_only_the_field_changes(tmp_path: Path, case: str, ending: str) -> None:
    changes, was, becomes = CASES[case]
    raw = b"\xef\xbb\xbf" + FILE.replace("\n", ending).encode()
    found = change(tmp_path, raw, changes)
    assert found is not None
    expected = FILE.replace(was, becomes)
    if "sites" in changes:
        expected = expected.replace("dom@example.org\n", "dom@example.org\n    sites: https://dom.example.org\n")
    if "head_name" in changes:
        head = "head: {name: Имя Согласное, role: директор, consent: 2026-01-01}\n"
        expected = expected.replace("topics: [", f"{head}topics: [")
    assert found.decode("utf-8-sig") == expected.replace("\n", ending)
    assert found.startswith(b"\xef\xbb\xbf")


def test_a_group_in_braces_is_written_anew(tmp_path: Path) -> None:
    raw = "title: Дом\ncontacts: {emails: a@b.ru}  # одна почта\nform: ano\n".encode()
    assert change(tmp_path, raw, {"phones": ["+7 34300 2-00-11"]}) == (
        "title: Дом\ncontacts: {phones: +7 34300 2-00-11, emails: a@b.ru}  # одна почта\nform: ano\n".encode()
    )


def test_a_file_without_a_line_feed_at_its_end_may_grow(tmp_path: Path) -> None:
    assert change(tmp_path, "title: Дом".encode(), {"summary": "Двор"}) == "title: Дом\nsummary: Двор\n".encode()


def test_a_field_of_a_person_who_left_is_taken_away(tmp_path: Path) -> None:
    raw = "title: Дом\nhead:\n  role: директор\n  phone: +7 34300 2-00-11\nform: ano\n".encode()
    assert change(tmp_path, raw, {"head_phone": None}) == "title: Дом\nhead:\n  role: директор\nform: ano\n".encode()


def test_what_only_a_person_can_change_is_left_alone(tmp_path: Path) -> None:
    assert change(tmp_path, "{title: Дом, form: ano}\n".encode(), {"title": "Клуб"}) is None

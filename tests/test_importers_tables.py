"""Tables as files: encodings, separators, merged cells, several sheets, and files that are not what they say."""

from __future__ import annotations

import io
import shutil
import struct
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.cli import main
from generator.importers.separated import separated_sheets
from generator.importers.table import MOST_ROWS
from generator.importers.workbook import workbook_sheets
from generator.problems import ContentError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
NOT_BOOKS = {
    "пустой": (b"", "файл пустой"),
    "текст": ("Название\nДом".encode(), "это не книга .xlsx"),
    "старый xls": (OLE, "файл старого вида .xls"),
    "с паролем": (OLE + "EncryptedPackage".encode("utf-16-le"), "книга закрыта паролем"),
    "обрывок": (b"PK\x03\x04" + bytes(50), "это не книга .xlsx"),
}


@pytest.fixture
def project(example: Path, tmp_path: Path) -> Path:
    return shutil.copytree(example, tmp_path / "project")


def bring(project: Path, form: str, file: Path, *options: str) -> int:
    return main(["import", form, str(file), "--project", str(project), "--today", "2026-11-20", *options])


def book_of(path: Path, **sheets: Sequence[Sequence[Any]]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return book


def sheet_of(book: Workbook) -> Worksheet:
    return book.worksheets[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_separated_values_are_read_in_any_encoding_and_by_any_separator(
    project: Path, tmp_path: Path, encoding: str, separator: str
) -> None:
    rows = [["Телефон", "Название", "ИНН"], ["'+7 912 111-22-33", '"Дом\r\nмастеров"', "7707083893"]]
    file = tmp_path / "нко.csv"
    file.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    assert bring(project, "csv", file) == 0
    record = (project / "ngos/dom-masterov.yml").read_text(encoding="utf-8")
    assert record.startswith("title: Дом мастеров\n")
    assert "phones: +7 912 111-22-33}\n" in record


def test_a_quote_that_is_never_closed_is_told_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "нко.csv"
    file.write_text('Название;ИНН\nДом;1\n"Клуб;2\nДвор;3\n', encoding="utf-8")
    with pytest.raises(ContentError, match=r"^нко.csv:3: кавычка открыта и не закрыта"):
        separated_sheets(file)


def test_a_table_of_too_many_rows_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "нко.csv"
    file.write_text("Название\n" + "Дом\n" * MOST_ROWS, encoding="utf-8")
    with pytest.raises(ContentError, match="строк больше 50000"):
        separated_sheets(file)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "нко.csv"
    for raw, message in (
        (b"\x98\xff\xff", "в какой кодировке"),
        (b"PK\x03\x04", "не текст"),
        (b"\xff\xfe\x00", "в какой"),
    ):
        file.write_bytes(raw)
        with pytest.raises(ContentError, match=message):
            separated_sheets(file)


@pytest.mark.parametrize("what", NOT_BOOKS)
def test_a_file_that_is_no_workbook_is_refused_with_a_remedy(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    raw, message = NOT_BOOKS[what]
    file = tmp_path / "нко.xlsx"
    file.write_bytes(raw)
    assert bring(project, "xlsx", file) == 1
    out = capsys.readouterr().out
    assert out.startswith("нко.xlsx:1: ")
    assert message in out
    assert "сохраните" in out


def test_archives_that_are_no_workbooks_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "нко.xlsx"
    for name, message in (("a.txt", "это архив, но не книга"), ("[Content_Types].xml", "книга повреждена")):
        with ZipFile(file, "w") as archive:
            archive.writestr(name, "x")
        with pytest.raises(ContentError, match=message):
            workbook_sheets(file)


def test_a_workbook_with_any_part_missing_or_cut_is_refused_or_read(tmp_path: Path) -> None:
    whole, file = tmp_path / "целая.xlsx", tmp_path / "нко.xlsx"
    book_of(whole, НКО=[["Название", "Дата"], ["Дом", date(2015, 3, 12)]])
    with ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for spoilt in parts:
        for content in (None, b"", parts[spoilt][: len(parts[spoilt]) // 2], b"<a>\xff</a>"):
            made = io.BytesIO()
            with ZipFile(made, "w") as archive:
                for name, part in parts.items():
                    if name != spoilt or content is not None:
                        archive.writestr(name, content if name == spoilt and content is not None else part)
            file.write_bytes(made.getvalue())
            with suppress(ContentError):
                workbook_sheets(file)


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "нко.xlsx"
    book_of(file, НКО=[["Название"]])
    raw = bytearray(file.read_bytes())
    # PKWARE APPNOTE, 4.3.12: the size of a part when unpacked stands 24 bytes into its entry.
    entry = raw.index(b"PK\x01\x02")
    raw[entry + 24 : entry + 28] = struct.pack("<I", 2_000_000_000)
    file.write_bytes(raw)
    with pytest.raises(ContentError, match="в распакованном виде книга больше 300 МБ"):
        workbook_sheets(file)


def test_a_file_of_too_many_bytes_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "нко.xlsx"
    with file.open("wb") as made:
        made.truncate(100_000_000)
    with pytest.raises(ContentError, match="файл больше 20 МБ"):
        workbook_sheets(file)


def test_a_missing_file_and_another_ending_are_wrong_use(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "нко.doc").write_text("x", encoding="utf-8")
    (tmp_path / "нко.csv").write_text("x", encoding="utf-8")
    for form, name, message in (
        ("xlsx", "нет.xlsx", "нет файла"),
        ("xlsx", "нко.doc", "нко.doc — не xlsx; сохраните таблицу как .xlsx или .csv"),
        ("xlsx", "нко.csv", "нко.csv — не xlsx; proekt import csv"),
        ("csv", "project", "нет файла"),
    ):
        assert bring(project, form, tmp_path / name) == 2
        assert message in capsys.readouterr().err


def test_a_table_without_a_head_says_what_it_needs(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "нко.xlsx"
    book_of(file, НКО=[["Дом", "7707083893"], ["Клуб", ""]])
    assert bring(project, "xlsx", file) == 1
    assert "нет строки с названиями столбцов" in (out := capsys.readouterr().out)
    assert "первая строка: «Дом», «7707083893»" in out
    book_of(file, НКО=[])
    assert bring(project, "xlsx", file) == 1
    assert "таблица пустая" in capsys.readouterr().out


def test_cells_become_text_whatever_the_program_made_of_them(tmp_path: Path) -> None:
    file = tmp_path / "нко.xlsx"
    book_of(file, НКО=[[1837099156.0, 12.5, True, date(2015, 3, 12), datetime.fromisoformat("2015-03-12T10:30:00")]])
    assert workbook_sheets(file)[0].rows[0].texts == ("1837099156", "12.5", "да", "2015-03-12", "2015-03-12 10:30")


def test_a_formula_nobody_worked_out_is_on_the_list(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "нко.xlsx"
    book_of(file, НКО=[["Название", "ИНН", "Сайт"], ["Дом", "=A1&B1", "#ССЫЛКА!"]])
    assert bring(project, "xlsx", file) == 0
    out = capsys.readouterr().out
    assert "строка 2, столбец «ИНН»: формула без значения" in out
    assert "строка 2, столбец «Сайт»: «#ССЫЛКА!»: формула с ошибкой" in out


def test_merged_cells_heads_of_two_rows_and_titles_between_rows_are_understood(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "нко.xlsx"
    book = book_of(
        file,
        НКО=[
            ["Организации города"],
            ["Название", "ИНН", "Контакты", None, "Адрес"],
            [None, None, "Телефон", "Почта", None],
            [1, 2, 3, 4, 5],
            ["Спорт"],
            ["Дом", "7707083893", "8 912 111-22-33", "a@b.ru", "ул. Мира, 1"],
            [None, None, "8 912 111-22-34"],
            ["Клуб", None, "8 912 111-22-35"],
        ],
    )
    for area in ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "A5:E5", "A6:A7", "E6:E8"):
        sheet_of(book).merge_cells(area)
    book.save(file)
    assert bring(project, "xlsx", file) == 0
    out = capsys.readouterr().out
    assert "План: новых 2, изменятся 0, без изменений 0, не перенесено строк 2 и ячеек 0." in out
    assert "строка 5: подзаголовок или номера столбцов: «Спорт»" in out
    house = (project / "ngos/dom.yml").read_text(encoding="utf-8")
    assert "phones:\n    - +7 912 111-22-33\n    - +7 912 111-22-34\n" in house
    assert "address: Самоцветск, ул. Мира, 1\n" in house
    assert 'address: "Самоцветск, ул. Мира, 1"' in (project / "ngos/klub.yml").read_text(encoding="utf-8")


def test_of_several_sheets_the_one_with_most_known_columns_is_taken_and_the_others_are_told(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "нко.xlsx"
    book_of(file, Архив=[["Название"], ["Старый дом"]], НКО=[["Название", "ИНН"], ["Дом"]], Пояснения=[["Что это"]])
    assert bring(project, "xlsx", file) == 0
    out = capsys.readouterr().out
    assert "Таблица нко.xlsx, лист «НКО»: заголовки в строке 1, строк с организациями: 1." in out
    assert "лист «Архив» не перенесён" in out
    assert "лист «Пояснения» не перенесён" in out

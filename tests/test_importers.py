"""`proekt import`: what becomes of a table's rows, of records that are there already, and of people in them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from generator.catalog import examine
from generator.cli import main
from generator.importers.writing import write
from generator.opendata.ngos import ngos_csv, ngos_xlsx
from generator.settings import load_settings
from generator.source import read
from generator.templating import Templating
from tests.conftest import TODAY

YARD, FREE = "6678123459", "7707083893"
"""The ИНН of the example's «Светлый двор», and one that nobody there has."""


class Import:
    """The command on a copy of the example."""

    def __init__(self, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.project, self.capsys = project, capsys
        self.ngos = project / "ngos"
        self.yard = self.ngos / "svetlyy-dvor.yml"
        self.out = ""

    def file(self, form: str, file: Path, *options: str) -> int:
        status = main(["import", form, str(file), "--project", str(self.project), "--today", str(TODAY), *options])
        self.out = self.capsys.readouterr().out
        return status

    def rows(self, *rows: str, options: tuple[str, ...] = ()) -> int:
        """Bring a table of rows, the headings first."""
        file = self.project.parent / "нко.csv"
        file.write_text("\n".join(rows), encoding="utf-8")
        return self.file("csv", file, *options)

    def update(self, *rows: str) -> int:
        return self.rows(*rows, options=("--update",))

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.ngos.iterdir()}


@pytest.fixture
def bring(example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Import:
    return Import(shutil.copytree(example, tmp_path / "project"), capsys)


def test_a_new_record_reads_as_people_write_it(bring: Import) -> None:
    table = (
        "Название;Полное название;ИНН;Дата регистрации;Чем занимается;Ищет;Телефон;Сайт;Часы;Состояние",
        f"Дом;АНО «Дом»;{FREE};12.03.2015;Поёт: хором;Волонтёры: водителя;89121112233;dom.ru;пн–пт 9–18;закрыта",
    )
    assert bring.rows(*table) == 0
    assert (bring.ngos / "dom.yml").read_text(encoding="utf-8") == (
        "title: Дом\n"
        'summary: "Поёт: хором"\n'
        "source: таблица нко.csv\n"
        "legal_name: АНО «Дом»\n"
        "form: ano\n"
        f'inn: "{FREE}"\n'
        "registered: 2015-03-12\n"
        "status: closed\n"
        "contacts: {phones: +7 912 111-22-33, sites: https://dom.ru, hours: пн–пт 9–18}\n"
        "needs:\n"
        "  - what: volunteers\n"
        "    note: водителя\n"
    )
    assert bring.out == (
        "Таблица нко.csv: заголовки в строке 1, строк с организациями: 1.\n"
        "План: новых 1, изменятся 0, без изменений 0, не перенесено строк 0 и ячеек 0.\n"
        "\nНовые:\n  строка 2: ngos/dom.yml — Дом\n\nЗаписано файлов: 1.\n"
    )


def test_a_dry_run_tells_the_same_and_writes_nothing(bring: Import) -> None:
    before = bring.files()
    assert bring.rows("Название;ИНН", f"Дом;{FREE}", options=("--dry-run",)) == 0
    assert "ngos/dom.yml — Дом" in bring.out
    assert "ничего не записано" in bring.out
    assert bring.files() == before


def test_a_record_that_is_there_stays_as_it_is_without_update(bring: Import) -> None:
    before = bring.files()
    assert bring.rows("Название;ИНН;Телефон", f"Светлый двор;{YARD};89121112233", '"Книгоноши";;') == 0
    assert "Уже есть и отличаются: 1. Без --update их не меняют." in bring.out
    assert "строка 2: ngos/svetlyy-dvor.yml — Светлый двор" in bring.out
    assert "строка 3: ngos/knigonoshi.yml" in bring.out
    assert bring.files() == before


def test_update_shows_the_difference_and_changes_nothing_else(bring: Import) -> None:
    text = bring.yard.read_text(encoding="utf-8")
    assert bring.update("Название;ИНН;КПП;Телефон;Почта;Темы", f"Светлый двор;{YARD};667801001;89121112233;;") == 0
    assert "    КПП: было пусто, стало «667801001»\n" in bring.out
    assert "    Телефон: было «+7 34300 2-00-11», стало «+7 912 111-22-33»\n" in bring.out
    changed = text.replace('"+7 34300 2-00-11"', "+7 912 111-22-33").replace(
        "inn: 6678123459\n", 'inn: 6678123459\nkpp: "667801001"\n'
    )
    assert bring.yard.read_text(encoding="utf-8") == changed


def test_what_the_table_says_in_other_words_is_no_change(bring: Import) -> None:
    before = bring.files()
    table = (
        "Название;ИНН;Дата регистрации;Телефон;Почта;Сайт;Темы;Ищет;Состояние",
        'АНО "Светлый двор";6678123459.0;2 апреля 2012 г.;8 (34300) 2-00-11;mailto:dvor@example.org;'
        "светлый-двор.example.org/;город и двор;краска;действует",
    )
    assert bring.update(*table) == 0
    assert "План: новых 0, изменятся 0, без изменений 1, не перенесено строк 0 и ячеек 0." in bring.out
    assert bring.files() == before


def test_a_short_name_does_not_change_the_full_one(bring: Import) -> None:
    text = bring.yard.read_text(encoding="utf-8").replace("АНО «", "Автономная некоммерческая организация «")
    bring.yard.write_text(text, encoding="utf-8")
    assert bring.update("Наименование;ИНН", f'АНО "Светлый двор";{YARD}') == 0
    assert "без изменений 1" in bring.out
    assert bring.update("Полное наименование;ИНН", f'АНО "Светлый двор";{YARD}') == 0
    assert "стало «АНО «Светлый двор»»" in bring.out
    assert bring.update("Наименование;ИНН", f'АНО "Тёмный двор";{YARD}') == 0
    assert "стало «АНО «Тёмный двор»»" in bring.out


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        ("Код;Название", "svetlyy-dvor;Другое имя"),
        ("Название;ИНН", f"Другое имя;{YARD}"),
        ("Название;ОГРН", "Другое имя;1126678000349"),
        ("Название;Сайт", "«СВЕТЛЫЙ  ДВОР»;"),
        ("Полное название;Сайт", 'АНО "Светлый двор";'),
    ],
)
def test_a_record_is_found_by_its_id_its_numbers_and_its_name(bring: Import, headings: str, cells: str) -> None:
    assert bring.rows(headings, cells) == 0
    assert "ngos/svetlyy-dvor.yml" in bring.out
    assert "План: новых 0" in bring.out


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["Название;ИНН", f"Светлый двор;{FREE}"], "но ИНН другой (6678123459): если это другая организация, допишите"),
        (["Название;Форма", "Светлый двор;фонд"], "уже в записи ngos/svetlyy-dvor.yml, но форма другая"),
        (["Код;Название;ИНН", f"knigonoshi;Книги;{YARD}"], "код «knigonoshi», а ИНН 6678123459 уже в записи"),
        (
            ["Код;Название", "dom;Светлый двор"],
            "код «dom», а название «Светлый двор» уже в записи ngos/svetlyy-dvor.yml",
        ),
        (["Название;ИНН", f"Дом;{FREE}", f"Клуб;{FREE}"], "строка 3: ИНН 7707083893 уже есть в строке 2"),
        (["Название;ИНН", f"Дом;{FREE}", '"Дом" ;'], "строка 3: название «Дом» уже есть в строке 2; если это другая"),
        (["Код;Название", "dom;Дом", "dom;Клуб"], "строка 3: код «dom» уже есть в строке 2"),
        (["Название;ИНН", f"Двор;{YARD}", "Светлый двор;"], "строка 3: запись ngos/svetlyy-dvor.yml уже изменяет"),
        (["Название;ИНН", ";1"], "строка 2: нет названия организации: «1»"),
        (["Название;ИНН", "Всего:;2"], "строка 2: это итог, а не организация"),
        (["Название;ИНН", f"{'Очень ' * 60};1"], "строка 2: нет названия организации"),
    ],
)
def test_a_row_that_cannot_be_placed_is_told_and_not_written(bring: Import, rows: list[str], reason: str) -> None:
    before = bring.files()
    assert bring.update(*rows) == 0
    assert any(reason in line for line in bring.out.split("Не перенесены строки:")[1].splitlines()), bring.out
    assert {name: bring.files()[name] for name in before if name != "svetlyy-dvor.yml"} == {
        name: before[name] for name in before if name != "svetlyy-dvor.yml"
    }


def test_numbers_of_two_records_in_one_row_are_refused(bring: Import) -> None:
    (bring.ngos / "dom.yml").write_text(f"title: Дом\nlegal_name: Дом\nform: ano\ninn: {FREE}\n", encoding="utf-8")
    assert bring.rows("Название;ИНН;ОГРН", f"Дом;{FREE};1126678000349") == 0
    assert "номера стоят в разных записях: ИНН — ngos/dom.yml, ОГРН — ngos/svetlyy-dvor.yml" in bring.out


def test_a_cell_that_is_understood_in_part_changes_no_record(bring: Import) -> None:
    before = bring.files()
    assert bring.update("Название;Телефон;ИНН", f'Светлый двор;"8 912 111-22-33, 2-34";{YARD}') == 0
    assert "«2-34»: нет кода города: +7 34141 2-34-56; в записи это поле не изменено" in bring.out
    assert bring.files() == before


def test_ids_are_free_and_come_from_names(bring: Import) -> None:
    (bring.ngos / "dom.yml").write_text("title: Клуб\nlegal_name: Клуб\nform: ano\n", encoding="utf-8")
    assert bring.rows("Название", "Дом", "ӦӦ", "1-й дом") == 0
    assert {"dom-2.yml", "nko.yml", "1-y-dom.yml"} <= set(bring.files())


def test_of_two_columns_with_one_field_the_more_believed_wins_and_the_other_is_told(bring: Import) -> None:
    rows = (
        "Название;Юридический адрес;Фактический адрес;Тел;Моб. телефон",
        "Дом;ул. Мира, 1;ул. Мира, 2;89121112233;89121112234",
    )
    assert bring.rows(*rows) == 0
    record = (bring.ngos / "dom.yml").read_text(encoding="utf-8")
    assert "address: Самоцветск, ул. Мира, 2\n" in record
    assert "- +7 912 111-22-33\n    - +7 912 111-22-34\n" in record
    told = "столбец «Юридический адрес»: «Самоцветск, ул. Мира, 1»: не перенесено: взят столбец «Фактический адрес»"
    assert told in bring.out


def test_a_head_is_named_only_with_consent(bring: Import) -> None:
    table = (
        "Название;Должность;ФИО руководителя;Согласие;Телефон руководителя",
        "Дом;директор;Имя Согласное;01.02.2026;89121112233",
        "Клуб;директор Имя Несогласное;;;89121112234",
        "Двор;;Имя Несогласное;;",
        "Сад;директор;;01.02.2026;",
    )
    assert bring.rows(*table) == 0
    assert "phone: +7 912 111-22-33, consent: 2026-02-01" in (bring.ngos / "dom.yml").read_text(encoding="utf-8")
    assert "head: {role: директор}\n" in (bring.ngos / "klub.yml").read_text(encoding="utf-8")
    assert "head" not in (bring.ngos / "dvor.yml").read_text(encoding="utf-8")
    assert "строка 3, столбец «Телефон руководителя»: телефон руководителя не перенесён: нужна дата" in bring.out
    assert "строка 4, столбец «ФИО руководителя»: имя руководителя не перенесено: нужна дата согласия" in bring.out
    assert "строка 5, столбец «Согласие»: согласие не перенесено" in bring.out
    assert "Несогласное" not in bring.out


def test_a_new_head_takes_nothing_over_from_the_one_before(bring: Import) -> None:
    head = "head:\n  name: Имя Прежнее\n  role: директор\n  phone: +7 34300 2-00-12\n  consent: 2025-01-01\n"
    bring.yard.write_text(f"title: Светлый двор\nlegal_name: Двор\nform: ano\n{head}", encoding="utf-8")
    assert bring.update("Название;ФИО руководителя;Согласие", "Светлый двор;Имя Новое;01.02.2026") == 0
    head = "head:\n  name: Имя Новое\n  role: директор\n  consent: 2026-02-01\n"
    assert bring.yard.read_text(encoding="utf-8") == f"title: Светлый двор\nlegal_name: Двор\nform: ano\n{head}"


def test_services_go_to_the_organisation_that_their_sheet_names(bring: Import, tmp_path: Path) -> None:
    book = Workbook()
    first = book.worksheets[0]
    first.append(["Название", "ИНН"])
    first.append(["Дом", FREE])
    sheet = book.create_sheet("Услуги")
    sheet.append(["Организация", "Услуга", "Часы", "Для кого", "Адрес", "Цена в рублях"])
    sheet.append(['"Дом"', "Совет юриста", "ср 14–18", "детям; роботам", "ул. Мира, 1", 100])
    sheet.append([FREE, "Прокат", "когда как"])
    sheet.append(["Клуб", "Кино"])
    sheet.append(["Дом", None, "ср 14–18"])
    book.save(tmp_path / "нко.xlsx")
    assert bring.file("xlsx", tmp_path / "нко.xlsx") == 0
    assert (
        (bring.ngos / "dom.yml")
        .read_text(encoding="utf-8")
        .endswith(
            "services:\n"
            "  - title: Совет юриста\n    audiences: [children]\n    hours: ср 14–18\n"
            "    place: Самоцветск, ул. Мира, 1\n"
            "  - title: Прокат\n"
        )
    )
    for told in (
        "столбец «Цена в рублях» не перенесён (лист «Услуги»), такого поля нет",
        "лист «Услуги», строка 2, столбец «Для кого»: «роботам»: бывает: всем, детям",
        "лист «Услуги», строка 3, столбец «Часы»: часы пишут так",
        "лист «Услуги», строка 4, столбец «Организация»: «Клуб»: такой организации в таблице нет",
        "лист «Услуги», строка 5, столбец «Услуга»: услуга не перенесена: обязательное поле",
    ):
        assert told in bring.out


def test_services_keep_what_their_sheet_does_not_speak_of(bring: Import, tmp_path: Path) -> None:
    services = "services:\n- title: Прокат\n  note: С паспортом\n  hours: вт 10-12\n- title: Совет\n  cost: 100\n"
    bring.yard.write_text(f"title: Светлый двор\nlegal_name: Двор\nform: ano\n{services}", encoding="utf-8")
    book = Workbook()
    book.worksheets[0].append(["Название"])
    book.worksheets[0].append(["Светлый двор"])
    sheet = book.create_sheet("Услуги")
    for row in (["НКО", "Услуга", "Стоимость"], ["Светлый двор", "прокат"], ["Светлый двор", "Совет", 200]):
        sheet.append(row)
    book.save(tmp_path / "нко.xlsx")
    assert bring.file("xlsx", tmp_path / "нко.xlsx", "--update") == 0
    record = read(bring.yard, bring.project).source
    assert record.values["services"] == [
        {"title": "прокат", "note": "С паспортом", "hours": "вт 10-12"},
        {"title": "Совет", "cost": "200"},
    ]


def test_texts_with_remarks_and_hidden_people_are_left_to_their_files(bring: Import) -> None:
    start = "title: Светлый двор\nlegal_name: Двор\nform: ano\ntext: |\n  "
    bring.yard.write_text(f"{start}Поём. <!-- спросить -->\n", encoding="utf-8")
    assert bring.update("Название;О себе", "Светлый двор;Поём.") == 0
    assert "без изменений 1" in bring.out
    assert bring.update("Название;О себе", "Светлый двор;Поём хором.") == 0
    assert "столбец «О себе»: в тексте записи есть примечания" in bring.out
    bring.yard.write_text(f"{start}Поёт [она](../content/experts/ona.md) и он.\n", encoding="utf-8")
    assert bring.update("Название;О себе", "Светлый двор;Поёт контакт по запросу и он.") == 0
    assert "без изменений 1, не перенесено строк 0 и ячеек 0" in bring.out
    assert bring.update("Название;О себе", "Светлый двор;Поёт контакт по запросу.") == 0
    assert "столбец «О себе»: в тексте записи есть имена" in bring.out
    assert bring.update("Название;О себе", "Светлый двор;<b>Поём</b> вместе.") == 0
    assert "столбец «О себе»: HTML" in bring.out


def test_a_file_that_only_a_person_can_change_is_told(bring: Import) -> None:
    bring.yard.write_text("{title: Светлый двор, legal_name: Двор, form: ano}\n", encoding="utf-8")
    assert bring.update("Название;Почта", "Светлый двор;a@b.ru") == 0
    assert (
        "строка 2: файл ngos/svetlyy-dvor.yml написан так, что изменить его может только человек: «Почта»" in bring.out
    )


def test_what_only_the_model_refuses_is_left_out_and_told(bring: Import) -> None:
    wish = "очень " * 60
    table = (
        "Название;ИНН;Ищет;Код",
        f'Дом;500100732259;"{wish}\nкраску";',
        f"Клуб;;Вещи: {wish};17",
        f"{'Я' * 301};;;",
    )
    assert bring.rows(*table) == 0
    assert "строка 2, столбец «ИНН»: «500100732259»: у организации ИНН из 10 цифр; 12 — у человека" in bring.out
    assert "строка 2, столбец «Ищет»: «очень очень" in bring.out
    assert "строка 3, столбец «Ищет»: «очень очень" in bring.out
    assert "строка 3, столбец «Код»: «17»: код — имя записи латиницей" in bring.out
    assert "needs: [краску]\n" in (bring.ngos / "dom.yml").read_text(encoding="utf-8")
    assert "needs" not in (bring.ngos / "klub.yml").read_text(encoding="utf-8")


def test_wishes_and_services_are_told_in_words(bring: Import, tmp_path: Path) -> None:
    table = exported(bring.project, tmp_path, "xlsx")
    book = load_workbook(table)
    main_sheet, services = book.worksheets
    place = next(cell for row in main_sheet for cell in row if cell.value == "краска")
    place.value = "Вещи: краска\nПомещение: зал"
    services.append(["svetlyy-dvor", "Прокат лавочек", None, "бесплатно", "детям; семьям", "Вт 10:00–12:00"])
    main_sheet.cell(row=3, column=40, value="приписка")
    book.save(table)
    assert bring.file("xlsx", table, "--update") == 0
    assert "    Ищет: было «краска», стало «Вещи: краска»; «Помещение: зал»\n" in bring.out
    assert (
        "    Услуги: было пусто, стало «Прокат лавочек, бесплатно, children, families, Вт 10:00–12:00»\n" in bring.out
    )
    assert "столбец AN не перенесён, у него нет заголовка (непустых ячеек 1)" in bring.out


def test_a_site_may_have_words_of_its_own(bring: Import) -> None:
    own = bring.project / "templates/text/import.yml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("columns:\n  title: [Как зовут]\nrole: глава\n", encoding="utf-8")
    assert bring.rows("Как зовут;ИНН", f"Дом;{FREE}") == 0
    assert "ngos/dom.yml — Дом" in bring.out
    own.write_text("columns: [\n", encoding="utf-8")
    assert bring.rows("Как зовут;ИНН", "Клуб;") == 1
    assert bring.out.startswith("templates/text/import.yml:")


def test_problems_that_new_records_bring_are_told_and_others_are_not(bring: Import) -> None:
    (bring.project / "content/registry.yml").write_text("zapret:\n  title: Дом\n  source: решение\n", encoding="utf-8")
    (bring.project / "content/stray.txt").write_text("x", encoding="utf-8")
    assert bring.rows("Название", "Дом") == 1
    assert "Записано, но в записях есть что исправить:\nngos/dom.yml:" in bring.out
    assert "stray" not in bring.out


def test_nothing_is_written_while_a_record_of_the_directory_is_broken(bring: Import) -> None:
    (bring.ngos / ".slom.yml").write_text("", encoding="utf-8")
    (bring.ngos / "slom.yml").write_text("title: Слом\nform: ано\n", encoding="utf-8")
    (bring.ngos / "zero.yml").write_bytes("title: Нуль".encode("cp1251"))
    before = bring.files()
    assert bring.rows("Название", "Дом") == 1
    assert "ngos/slom.yml:2: form: бывает" in bring.out
    assert "ngos/zero.yml:1: файл в кодировке Windows-1251" in bring.out
    assert bring.files() == before


def test_no_file_is_written_over_one_that_came_meanwhile(bring: Import) -> None:
    before = bring.files()
    with pytest.raises(FileExistsError):
        write(bring.project, {"ngos/dom.yml": b"1", "ngos/svetlyy-dvor.yml": b"2"}, {})
    with pytest.raises(FileExistsError):
        write(bring.project, {"ngos/svetlyy-dvor.yml": b"2"}, {"ngos/svetlyy-dvor.yml": b"saved meanwhile"})
    assert bring.files() == before


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_our_own_table_comes_back_without_a_change(bring: Import, tmp_path: Path, form: str) -> None:
    before = bring.files()
    table = exported(bring.project, tmp_path, form)
    assert bring.file(form, table, "--update") == 0
    assert "План: новых 0, изменятся 0, без изменений 2, не перенесено строк 0 и ячеек 0." in bring.out
    assert bring.files() == before


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_our_own_table_makes_the_records_anew(bring: Import, tmp_path: Path, form: str) -> None:
    table = exported(bring.project, tmp_path, form)
    shutil.rmtree(bring.ngos)
    assert bring.file(form, table) == 0
    assert examine(bring.project, TODAY).problems == ()
    assert exported(bring.project, tmp_path / "again", form).read_bytes() == table.read_bytes()


@pytest.mark.no_cover  # our example makes the same round under measure
def test_the_repositorys_own_directory_makes_the_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = Path(__file__).parents[1]
    for name in ("content", "ngos", "grants"):
        shutil.copytree(root / name, tmp_path / "project" / name)
    shutil.copy(root / "mkdocs.yml", tmp_path / "project")
    bring = Import(tmp_path / "project", capsys)
    before = bring.files()
    table = exported(bring.project, tmp_path, "xlsx")
    assert bring.file("xlsx", table, "--update") == 0
    assert "План: новых 0, изменятся 0, " in bring.out
    assert "не перенесено строк 0 и ячеек 0." in bring.out
    assert bring.files() == before
    shutil.rmtree(bring.ngos)
    assert bring.file("xlsx", table) == 0
    assert exported(bring.project, tmp_path / "again", "xlsx").read_bytes() == table.read_bytes()
    assert all(not read(path, bring.project).problems for path in bring.ngos.iterdir())


def exported(project: Path, folder: Path, form: str) -> Path:
    """Return the table of organisations that the site gives."""
    templating = Templating(project, load_settings(project), TODAY)
    make = {"csv": ngos_csv, "xlsx": ngos_xlsx}[form]
    (artifact,) = make(examine(project, TODAY).catalog, templating)
    folder.mkdir(exist_ok=True)
    (folder / f"ngos.{form}").write_bytes(artifact.content)
    return folder / f"ngos.{form}"

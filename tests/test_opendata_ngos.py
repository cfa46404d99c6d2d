"""The directory as open data: JSON, a table and a workbook, as a person with Excel and a program find them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from generator.catalog import Catalog, load
from generator.fields.hours import hours_from_words
from generator.opendata import SETS
from generator.opendata.files import Cell
from generator.opendata.identifiers import licence_url
from generator.opendata.workbook import Table, workbook
from generator.records.ngo import Ngo
from generator.settings import load_settings
from generator.templating import Templating
from tests.conftest import TODAY

pytest_plugins = ("tests.browser",)

WHOLE = """\
title: "=Дом"
legal_name: АНО «Дом & сад»
form: ano
inn: "1837099220"
kpp: "667801001"
ogrn: "1221800990400"
registered: 2012-04-02
status: liquidating
summary: Чинит лавочки.
topics: [town, projects]
audiences: [illness, seniors]
contacts:
  address: 623000, Свердловская область, Самоцветск, ул. Кирова, 1, кабинет 2
  phones: ["+7 34300 2-00-11", "+7 34300 2-00-12"]
  emails: [dom@example.org, sad@example.org]
  sites: https://дом.example.org/
  pages: https://example.org/dom
  hours: пн–чт 10:00–19:00, обед 13:00–14:00; сб 10:00–15:00
  hours_note: лучше позвонить
head:
  name: Анна Примерова
  role: директор
  phone: "+7 34300 2-00-13"
  email: anna@example.org
  consent: 2026-10-01
services:
  - title: Чиним лавочки
    note: Напишите нам
    cost: бесплатно
    audiences: [seniors]
    hours: вт 17:00–19:00
    hours_note: по записи
    place: Самоцветск, ул. Мира, 2
  - title: Сажаем тополя
needs:
  - {what: volunteers, note: водителей на субботу}
  - {note: краску}
offers: [инструмент]
source: [https://example.org/, устав]
checked: 2026-11-12
updated: 2026-11-13
aliases: [/old/dom/]
foreign_agent: Общество «Сад»
example: yes
text: |
  Начали с *одной* лавочки. <!-- уточнить год -->

  - вторая; третья
"""


class Directory(NamedTuple):
    """The open data on organisations."""

    json: bytes
    csv: bytes
    xlsx: bytes

    @property
    def told(self) -> dict[str, dict[str, Any]]:
        return {ngo["id"]: ngo for ngo in json.loads(self.json)["ngos"]}

    @property
    def rows(self) -> dict[str, dict[str, str]]:
        table = csv.DictReader(io.StringIO(self.csv.decode("utf-8-sig"), newline=""), delimiter=";")
        return {row["Код"]: row for row in table}

    def sheet(self, title: str) -> Worksheet:
        sheet = openpyxl.load_workbook(io.BytesIO(self.xlsx))[title]
        assert isinstance(sheet, Worksheet)
        return sheet

    def cells(self, title: str) -> list[dict[str, Any]]:
        head, *rows = self.sheet(title).iter_rows(values_only=True)
        return [dict(zip(map(str, head), map(_day, row), strict=True)) for row in rows]


def _day(cell: object) -> object:
    return cell.date() if isinstance(cell, datetime) else cell


def made(project: Path) -> Directory:
    templating = Templating(project, load_settings(project), TODAY)
    catalog = load(project, TODAY)
    found = {
        each.path: each.content for row in SETS.values() for make in row.make for each in make(catalog, templating)
    }
    return Directory(*(found[f"data/ngos.{ending}"] for ending in Directory._fields))


@pytest.fixture
def dom(project: Path) -> Directory:
    """The data of the example with one more record, which has every field."""
    (project / "ngos/dom.yml").write_text(WHOLE)
    return made(project)


@pytest.fixture(scope="session")
def own(own_site: Path) -> Directory:
    return Directory(*((own_site / f"data/ngos.{ending}").read_bytes() for ending in Directory._fields))


def test_every_public_organisation_is_in_each_file_once(own: Directory, own_catalog: Catalog) -> None:
    ids = [ngo.slug for ngo in own_catalog.of("ngo")]
    assert [ngo["id"] for ngo in json.loads(own.json)["ngos"]] == ids
    assert list(own.rows) == ids
    assert [row["Код"] for row in own.cells("НКО")] == ids


def test_every_service_is_in_the_workbook_and_names_its_organisation(own: Directory, own_catalog: Catalog) -> None:
    services = [(ngo.slug, service.title) for ngo in own_catalog.of("ngo") for service in ngo.services]
    assert [(row["Код НКО"], row["Услуга"]) for row in own.cells("Услуги")] == services


def test_a_row_has_everything_that_is_public_of_an_organisation(dom: Directory) -> None:
    (row,) = (row for row in dom.cells("НКО") if row["Код"] == "dom")
    assert row == {
        "Код": "dom",
        "Название": "=Дом",
        "Полное название": "АНО «Дом & сад»",
        "Форма": "АНО",
        "ИНН": "1837099220",
        "КПП": "667801001",
        "ОГРН": "1221800990400",
        "Зарегистрирована": date(2012, 4, 2),
        "Состояние": "закрывается",
        "Чем занимается": "Чинит лавочки.",
        "Темы": "Город и двор; Проект и заявка",
        "Для кого": "тем, кто болеет; пожилым",
        "Адрес": "623000, Свердловская область, Самоцветск, ул. Кирова, 1, кабинет 2",
        "Телефоны": "+7 34300 2-00-11\n+7 34300 2-00-12",
        "Почта": "dom@example.org\nsad@example.org",
        "Сайты": "https://дом.example.org/",
        "Соцсети": "https://example.org/dom",
        "Часы": "Пн–чт 10:00–13:00 и 14:00–19:00, сб 10:00–15:00; пт, вс — выходные",
        "О часах": "лучше позвонить",
        "Ищет": "Волонтёры: водителей на субботу\nкраску",
        "Предлагает": "инструмент",
        "Руководитель (должность)": "директор",
        "Руководитель": "Анна Примерова",
        "Согласие": date(2026, 10, 1),
        "Телефон руководителя": "+7 34300 2-00-13",
        "Почта руководителя": "anna@example.org",
        "Источник": "https://example.org/\nустав",
        "Сверено": date(2026, 11, 12),
        "Обновлено": date(2026, 11, 13),
        "Пометка иноагента": "Общество «Сад»",
        "Прежние адреса": "/old/dom/",
        "Пример": "да",
        "О себе": "Начали с *одной* лавочки. \n\n- вторая; третья",
    }


def test_the_second_sheet_has_everything_of_a_service(dom: Directory) -> None:
    whole, bare = (row for row in dom.cells("Услуги") if row["Код НКО"] == "dom")
    assert whole == {
        "Код НКО": "dom",
        "Услуга": "Чиним лавочки",
        "Пояснение": "Напишите нам",
        "Стоимость": "бесплатно",
        "Для кого": "пожилым",
        "Часы": "Вт 17:00–19:00; пн, ср–вс — выходные",
        "Примечание к часам": "по записи",
        "Адрес": "Самоцветск, ул. Мира, 2",
    }
    assert set(bare.values()) == {"dom", "Сажаем тополя", None}


def test_the_hours_of_a_row_are_ones_that_a_record_takes(own: Directory, own_catalog: Catalog) -> None:
    for ngo in own_catalog.of("ngo"):
        words = own.rows[ngo.slug]["Часы"]
        read = list(hours_from_words(words)) if words else []
        assert _by_day(Ngo.model_validate(_least(hours=read))) == _by_day(ngo)


def _least(hours: list[dict[str, Any]]) -> dict[str, Any]:
    needed = {"slug": "a", "path": "ngos/a.yml", "title": "А", "legal_name": "А", "form": "ano"}
    return needed | {"contacts": {"hours": hours}}


def _by_day(ngo: Ngo) -> set[tuple[str, str, str]]:
    return {(day, f"{each.opens}", f"{each.closes}") for each in ngo.contacts.hours for day in each.days}


def test_the_csv_and_the_workbook_say_the_same(own: Directory) -> None:
    for row in own.cells("НКО"):
        told = {name: f"{cell:%d.%m.%Y}" if isinstance(cell, date) else cell or "" for name, cell in row.items()}
        assert {name: cell.removeprefix("'") for name, cell in own.rows[told["Код"]].items()} == told


def test_the_table_is_one_that_a_russian_spreadsheet_program_opens(dom: Directory) -> None:
    assert dom.csv.startswith("\ufeffКод;Название;Полное название;".encode())
    assert dom.csv.endswith(b"\r\n")
    assert dom.rows["dom"]["Название"] == "'=Дом"
    assert dom.rows["dom"]["Телефоны"].startswith("'+7")


def test_excel_keeps_numbers_as_text_days_as_days_and_no_formulas(dom: Directory) -> None:
    sheet = dom.sheet("НКО")
    (row,) = (row for row in sheet.iter_rows() if row[0].value == "dom")
    kept = {str(head.value): cell for head, cell in zip(sheet[1], row, strict=True)}
    assert all(kept[name].data_type == "s" and kept[name].number_format == "@" for name in ("ИНН", "КПП", "ОГРН"))
    assert kept["Зарегистрирована"].data_type == "d"
    assert kept["Зарегистрирована"].number_format == "dd\\.mm\\.yyyy"
    assert (kept["Название"].data_type, kept["Название"].number_format) == ("s", "@")
    assert kept["Почта"].alignment.wrap_text
    assert not kept["О себе"].alignment.wrap_text


def test_the_sheets_can_be_read_and_filtered(dom: Directory) -> None:
    for title, last in (("НКО", "AG"), ("Услуги", "H")):
        sheet = dom.sheet(title)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{last}{sheet.max_row}"
        assert sheet["A1"].font.b
        widths = [sheet.column_dimensions[name].width for name in ("A", "B")]
        assert all(10 < width <= 60 for width in widths)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (date(1900, 1, 31), "31.01.1900"),
        (date(1900, 3, 1), date(1900, 3, 1)),
        (date(2024, 2, 29), date(2024, 2, 29)),
        (date(2199, 12, 31), date(2199, 12, 31)),
        ("<a> & \"b\" 'c'\n д\x0b", "<a> & \"b\" 'c'\n д"),
        ("  с краёв  ", "  с краёв  "),
        ("я" * 32_767, "я" * 32_767),
        ("я" * 32_768, None),
        (0, 0),
        ("", None),
        (None, None),
    ],
)
def test_a_cell_comes_back_as_it_was(cell: Cell, read: object) -> None:
    written = workbook([Table("Лист", {"note": "Слова"}, [{"note": cell}])])
    assert _day(openpyxl.load_workbook(io.BytesIO(written))["Лист"]["A2"].value) == read


def test_json_has_every_field_of_an_organisation(dom: Directory) -> None:
    told = dom.told["dom"]
    kept_apart = {"slug": "id", "path": "url", "body": "text", "source": "sources"}
    assert {kept_apart.get(name, name) for name in Ngo.model_fields} - {"draft"} <= set(told)
    assert told["url"] == "https://bereg.example.org/ngos/dom/"
    assert told["identifiers"] == ["RU-OGRN-1221800990400", "RU-INN-1837099220"]
    assert told["contacts"]["hours"][0] == {
        **{"days": ["mon", "tue", "wed", "thu"]},
        **{"opens": "10:00", "closes": "13:00"},
    }
    assert told["head"]["name"] == "Анна Примерова"
    assert told["foreign_agent"].startswith("Настоящий материал")
    assert [service["title"] for service in told["services"]] == ["Чиним лавочки", "Сажаем тополя"]


def test_a_head_without_consent_is_a_role_alone(project: Path) -> None:
    found = made(project)
    assert found.told["svetlyy-dvor"]["head"]["name"] is None
    assert found.rows["svetlyy-dvor"]["Руководитель (должность)"] == "директор"
    assert found.rows["svetlyy-dvor"]["Руководитель"] == ""


def test_a_text_tells_no_remark_and_no_person_who_did_not_agree(project: Path) -> None:
    path = project / "ngos/knigonoshi.yml"
    links = "[бухгалтер](../content/experts/bukhgalter.md), [юрист](../content/experts/yurist.md), [она][ona][^1]"
    path.write_text(
        f"{path.read_text()}text: |\n  Помогают {links}. <!-- звонить\n  вечером -->\n\n"
        "  [ona]: ../content/experts/bukhgalter.md\n\n  [^1]: сноска\n"
    )
    found = made(project)
    first, *rest = found.told["knigonoshi"]["text"].split("\n\n")
    assert first == "Помогают контакт по запросу, [юрист](../content/experts/yurist.md), [она][ona][^1]. "
    assert rest == ["", "[^1]: сноска"]
    assert "bukhgalter" not in f"{found}"


def test_a_draft_is_not_in_the_data(project: Path) -> None:
    (project / "ngos/new.yml").write_text("title: Новая\nlegal_name: Новая\nform: ano\ndraft: yes\n")
    assert "new" not in made(project).told


def test_the_same_directory_gives_the_same_bytes(project: Path) -> None:
    assert made(project) == made(project)


@pytest.mark.parametrize(
    ("licence", "url"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("с разрешения библиотеки", None),
    ],
)
def test_a_known_licence_has_its_address(licence: str, url: str | None) -> None:
    assert licence_url(licence) == url

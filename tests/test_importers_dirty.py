"""An Excel file of three hundred dirty rows: every cell comes to a record or to the list of what did not."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import Workbook
from stdnum.ru.inn import calc_company_check_digit

from generator.catalog import examine
from generator.cli import main
from generator.source import read
from tests.conftest import TODAY

ROWS = 300
HEAD = 3
"""The row of the headings: a title and an empty row stand above."""
TOWN = "Самоцветск"


class Dirt(NamedTuple):
    """A cell as somebody typed it, and what must become of it."""

    cell: Any
    fields: Mapping[str, Any] = {}
    """What stands in the record's file, by the places of fields with dots."""
    listed: str = ""
    """What the report says of this very cell."""


Kind = Callable[[int], Dirt]


def inn(number: int, region: str = "6678") -> str:
    start = f"{region}{number:05d}"
    return start + calc_company_check_digit(start)


def ogrn(number: int) -> str:
    start = f"1{number % 20 + 2:02d}66{number:07d}"
    return start + str(int(start) % 11 % 10)


def name(number: int) -> str:
    """Return a name of two words, another for each number."""
    letters = "бвгдзклмнпрстфхцчш"
    first, second = divmod(number, len(letters))
    return f"Дом {letters[first % len(letters)].upper()}{letters[second]}ая лада{letters[(first + second) % 18]}"


NAMES: list[Kind] = [
    lambda n: Dirt(f'АНО "{name(n)}"', {"title": name(n), "legal_name": f"АНО «{name(n)}»", "form": "ano"}),
    lambda n: Dirt(f'  Фонд\u00a0""{name(n)}""  ', {"title": name(n), "form": "fund"}),
    lambda n: Dirt(f"БФ ''{name(n)}''", {"title": name(n), "legal_name": f"БФ «{name(n)}»", "form": "charity"}),
    lambda n: Dirt(f'ТОС "Двор "{name(n)}""', {"title": f"Двор «{name(n)}»", "form": "tos"}),
    lambda n: Dirt(
        f"Местная общественная\nорганизация “{name(n)}”",
        {"title": name(n), "legal_name": f"Местная общественная организация «{name(n)}»", "form": "public"},
    ),
    lambda n: Dirt(
        f'БЛАГОТВОРИТЕЛЬНЫЙ ФОНД "{name(n).upper()}"',
        {"legal_name": f"Благотворительный фонд «{name(n).capitalize()}»", "form": "charity"},
        "было заглавными буквами",
    ),
    lambda n: Dirt(f"Клуб {name(n)}\u200b", {"title": f"Клуб {name(n)}", "form": "other"}, "записано «другая форма»"),
]
INNS: list[Kind] = [
    lambda n: Dirt(inn(n), {"inn": inn(n)}),
    lambda n: Dirt(int(inn(n)), {"inn": inn(n)}),
    lambda n: Dirt(float(inn(n)), {"inn": inn(n)}),
    lambda n: Dirt(f" {inn(n)[:4]}\u00a0{inn(n)[4:]}", {"inn": inn(n)}),
    lambda n: Dirt(f"{inn(n)}/667801001", {"inn": inn(n), "kpp": "667801001"}),
    lambda n: Dirt(f"ИНН {inn(n)} КПП 667801001", {"inn": inn(n), "kpp": "667801001"}),
    lambda n: Dirt(int(inn(n, "0178")), {"inn": inn(n, "0178")}, "впереди дописан ноль"),
    lambda n: Dirt(inn(n)[:9] + str((int(inn(n)[9]) + 1) % 10), {"inn": None}, "контрольные цифры"),
    lambda n: Dirt("6,68E+09", {"inn": None}, "«6,68E+09»: программа таблиц округлила"),
    lambda n: Dirt("—", {"inn": None}),
    lambda n: Dirt("#Н/Д", {"inn": None}, "формула с ошибкой"),
]
OGRNS: list[Kind] = [
    lambda n: Dirt(ogrn(n), {"ogrn": ogrn(n)}),
    lambda n: Dirt(int(ogrn(n)), {"ogrn": ogrn(n)}),
    lambda n: Dirt(f"ОГРН {ogrn(n)}", {"ogrn": ogrn(n)}),
    lambda n: Dirt("1,12668E+12", {"ogrn": None}, "«1,12668E+12»: программа таблиц округлила"),
    lambda n: Dirt(ogrn(n)[:-1], {"ogrn": None}, "ОГРН — 13 или 15 цифр"),
]
DAYS: list[Kind] = [
    lambda n: Dirt(date(2015, 3, 12) + timedelta(n), {"registered": f"{date(2015, 3, 12) + timedelta(n)}"}),
    lambda n: Dirt("12.03.2015", {"registered": "2015-03-12"}),
    lambda n: Dirt("12/03/15", {"registered": "2015-03-12"}, "год понят как 2015"),
    lambda n: Dirt("12 марта 2015 г.", {"registered": "2015-03-12"}),
    lambda n: Dirt("2015-03-12", {"registered": "2015-03-12"}),
    lambda n: Dirt(42075, {"registered": "2015-03-12"}),
    lambda n: Dirt("31.02.2015", {"registered": None}, "«31.02.2015»: такого дня нет в календаре"),
    lambda n: Dirt(2015, {"registered": None}, "«2015»: здесь только год"),
    lambda n: Dirt("весной", {"registered": None}, "«весной»: дата не читается"),
    lambda n: Dirt("01.02.2031", {"registered": None}, "«01.02.2031»: этот день ещё не наступил"),
]
PHONES: list[Kind] = [
    lambda n: Dirt("8(34300)2-34-56, 2-34-57", {"contacts.phones": ["+7 34300 2-34-56", "+7 34300 2-34-57"]}),
    lambda n: Dirt("+7 912 111-22-33; 8 912 111-22-34", {"contacts.phones": ["+7 912 111-22-33", "+7 912 111-22-34"]}),
    lambda n: Dirt("8-912-111-22-33 8-912-111-22-34", {"contacts.phones": ["+7 912 111-22-33", "+7 912 111-22-34"]}),
    lambda n: Dirt(89121112233, {"contacts.phones": "+7 912 111-22-33"}),
    lambda n: Dirt("тел./факс: 8 (34300) 2-34-56 доб. 2", {"contacts.phones": "+7 34300 2-34-56"}, "«доб. 2»"),
    lambda n: Dirt("2-34-56", {"contacts.phones": None}, "«2-34-56»: нет кода города"),
    lambda n: Dirt("8 912 111-22-33 Приёмная", {"contacts.phones": "+7 912 111-22-33"}, "«Приёмная»"),
    lambda n: Dirt("8 912 111-22-33, a@b.ru", {"contacts.phones": "+7 912 111-22-33", "contacts.emails": "a@b.ru"}),
    lambda n: Dirt("не звонить", {"contacts.phones": None}, "«не звонить»"),
    lambda n: Dirt("8 912 111-22-3", {"contacts.phones": None}, "нужен один телефон с кодом"),
]
EMAILS: list[Kind] = [
    lambda n: Dirt(f"mailto:a{n}@b.ru", {"contacts.emails": f"a{n}@b.ru"}),
    lambda n: Dirt(f"a{n} @ b.ru; c{n}@b.ru", {"contacts.emails": [f"a{n}@b.ru", f"c{n}@b.ru"]}),
    lambda n: Dirt(f"a{n}(собака)b.ru", {"contacts.emails": None}, "нужна почта вида"),
    lambda n: Dirt("нет", {"contacts.emails": None}),
]
SITES: list[Kind] = [
    lambda n: Dirt(f"vk.com/club{n}", {"contacts.pages": f"https://vk.com/club{n}", "contacts.sites": None}),
    lambda n: Dirt(f"WWW.Dom{n}.ru/O-nas", {"contacts.sites": f"https://www.dom{n}.ru/O-nas"}),
    lambda n: Dirt("ромашка.рф", {"contacts.sites": "https://ромашка.рф"}),
    lambda n: Dirt(
        "http:// dom.ru, t.me/dom", {"contacts.sites": "http://dom.ru", "contacts.pages": "https://t.me/dom"}
    ),
    lambda n: Dirt("делаем сайт", {"contacts.sites": None}, "«делаем сайт»: нужен адрес сайта"),
]
ADDRESSES: list[Kind] = [
    lambda n: Dirt(f"г. {TOWN}, ул.Мира, д. {n}, каб. 2", {"contacts.address": f"{TOWN}, ул. Мира, {n}, кабинет 2"}),
    lambda n: Dirt(f"ул Мира д.{n}", {"contacts.address": f"{TOWN}, ул. Мира, {n}"}),
    lambda n: Dirt(f"623000, Свердловская обл., г {TOWN}, Мира ул., {n}", {
        "contacts.address": f"623000, Свердловская область, {TOWN}, ул. Мира, {n}",
    }),
    lambda n: Dirt(f"СВЕРДЛОВСКАЯ ОБЛАСТЬ, Г.О. {TOWN.upper()}, Г {TOWN.upper()}, УЛ МИРА, Д. {n}", {
        "contacts.address": f"Свердловская область, {TOWN}, ул. Мира, {n}",
    }),
    lambda n: Dirt("у рынка", {"contacts.address": None}, "адрес пишут так"),
    lambda n: Dirt(f"Мира, {n}", {"contacts.address": None}, "не видно, улица это или село"),
]  # fmt: skip
HEADS: list[Kind] = [
    lambda n: Dirt("Безымянова А. А.", {"head": None}, "имя руководителя не перенесено: нужна дата согласия"),
    lambda n: Dirt("директор Безымянова Анна Петровна", {"head.role": "директор", "head.name": None}, "нужна дата"),
    lambda n: Dirt("председатель правления", {"head.role": "председатель правления"}),
    lambda n: Dirt(None),
]
WORKS: list[Kind] = [
    lambda n: Dirt("Город и двор", {"topics": ["town"], "summary": None}),
    lambda n: Dirt("город и двор; чаепития", {"topics": ["town"], "summary": "город и двор; чаепития"}),
    lambda n: Dirt("Шахматы по средам", {"summary": "Шахматы по средам"}),
]
COLUMNS: dict[str, list[Kind]] = {
    " Наименование  организации": NAMES,
    "ИНН/КПП": INNS,
    "Огрн ": OGRNS,
    "Дата гос.регистрации": DAYS,
    "Тел.": PHONES,
    "E-mail": EMAILS,
    "САЙТ": SITES,
    "Фактический адрес:": ADDRESSES,
    "Ф. И. О. руководителя": HEADS,
    "Направления деятельности": WORKS,
}


def dirt_of(column: str, number: int) -> Dirt:
    """Return a cell: how often each kind comes differs from column to column, so that all meet all."""
    kinds = COLUMNS[column]
    return kinds[(number + number // len(kinds)) % len(kinds)](number)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Реестр НКО города"])
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(["№ п/п", *COLUMNS, "Примечание"])
    for number in range(ROWS):
        cells = [dirt_of(column, number).cell for column in COLUMNS]
        sheet.append([number + 1, *cells, "сверить" if number % 3 == 0 else None])
    sheet.append(["Итого", None, ROWS])
    sheet.append([None, 'АНО "Двойник"', inn(0)])
    path = tmp_path_factory.mktemp("dirty") / "грязная.xlsx"
    book.save(path)
    return path


class Outcome(NamedTuple):
    status: int
    project: Path
    lines: list[str]

    def of_row(self, number: int) -> list[str]:
        """Return what the report says of a row of ours."""
        return [line for line in self.lines if re.match(rf"\s+строка {number + HEAD + 1}\b", line)]


@pytest.fixture(scope="module")
def outcome(table: Path, example: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    project = shutil.copytree(example, tmp_path_factory.mktemp("site") / "project")
    with pytest.MonkeyPatch.context() as patch:
        said: list[str] = []
        patch.setattr("sys.stdout.write", said.append, raising=False)
        status = main(["import", "xlsx", str(table), "--project", str(project), "--today", str(TODAY)])
    return Outcome(status, project, "".join(said).splitlines())


def flat(values: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    yield place, values
    if isinstance(values, dict):
        for key, value in values.items():
            yield from flat(value, f"{place}.{key}".lstrip("."))


def test_every_row_becomes_a_record_and_the_project_stays_right(outcome: Outcome) -> None:
    assert outcome.status == 0
    assert examine(outcome.project, TODAY).problems == ()
    assert outcome.lines[:2] == [
        "Таблица грязная.xlsx, лист «Sheet»: заголовки в строке 3, строк с организациями: 302.",
        next(line for line in outcome.lines if line.startswith("План: новых 300, изменятся 0, без изменений 0, ")),
    ]


@pytest.mark.no_cover  # what it reads was made by the import above
def test_each_cell_is_in_the_record_as_it_should_be_or_on_the_list(outcome: Outcome) -> None:
    missed = []
    for number in range(ROWS):
        said = outcome.of_row(number)
        path = next(found[1] for line in said if (found := re.search(r"(ngos/\S+\.yml) — ", line)))
        source, problems = read(outcome.project / path, outcome.project)
        assert problems == ()
        values = dict(flat(source.values))
        wanted: dict[str, Any] = {}
        for column in COLUMNS:
            dirt = dirt_of(column, number)
            # Two cells of a row may give one field; then both are in it.
            for field, value in dirt.fields.items():
                wanted[field] = [*wanted.get(field, []), *(value if isinstance(value, list) else [value])]
            heading = " ".join(column.split())
            about = [line for line in said if f"столбец «{heading}»" in line]
            if dirt.listed and not any(dirt.listed in line for line in about):
                missed.append(f"{number} {heading}: не сказано «{dirt.listed}»: {about}")
            if not dirt.listed and about:
                missed.append(f"{number} {heading}: лишнее: {about}")
        for field, expected in wanted.items():
            found = values.get(field)
            listed = found if isinstance(found, list) else [] if found is None else [found]
            if sorted(listed) != sorted({each for each in expected if each is not None}):
                missed.append(f"{number} {field}: {found!r} вместо {expected!r}")
    assert not missed, "\n".join(missed[:40])


def test_columns_and_rows_that_have_no_place_are_told_of_once(outcome: Outcome) -> None:
    text = "\n".join(outcome.lines)
    assert text.count("столбец «№ п/п» не перенесён, такого поля нет") == 1
    assert (
        "столбец «Примечание» не перенесён, такого поля нет; похоже на «Примечание к часам» (непустых ячеек 100)"
        in text
    )
    assert "строка 1 — над заголовком: Реестр НКО города" in text
    assert f"строка {ROWS + HEAD + 1}: нет названия организации: «Итого»; «300»" in text
    assert f"строка {ROWS + HEAD + 2}: ИНН {inn(0)} уже есть в строке {HEAD + 1}" in text


def test_nobody_is_named_without_consent(outcome: Outcome) -> None:
    assert not any(
        "Безымянова" in path.read_text(encoding="utf-8") for path in (outcome.project / "ngos").glob("*.yml")
    )


@pytest.mark.no_cover  # test_importers measures an update
def test_the_same_table_again_changes_nothing(
    outcome: Outcome, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in (outcome.project / "ngos").iterdir()}
    again = partial(
        main, ["import", "xlsx", str(table), "--project", str(outcome.project), "--today", str(TODAY), "--update"]
    )
    assert again() == 0
    assert "План: новых 0, изменятся 0, без изменений 300, " in capsys.readouterr().out
    assert before == {path: path.read_bytes() for path in (outcome.project / "ngos").iterdir()}

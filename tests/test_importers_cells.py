"""What is taken from single cells: telephones, links, addresses, days, names, numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from generator.importers.cells import Around, Taken
from generator.importers.choices import audiences_taken, status_taken, topics_taken, wishes_taken
from generator.importers.days import day_taken
from generator.importers.names import form_of, named, post_of, with_quotes
from generator.importers.numbers import inn_of, kpp_of
from generator.importers.places import address_taken
from generator.importers.reach import reached
from generator.importers.vocabulary import Vocabulary
from generator.templating import Templating
from tests.conftest import TODAY


@pytest.fixture(scope="module")
def around(templating: Templating) -> Around:
    topics = {"town": "Город и двор", "library": "Библиотеки и чтение"}
    return Around(Vocabulary(templating), topics, templating.settings.extra.place, TODAY)


def parts(found: Taken) -> list[str]:
    return [each.part for each in found.lost]


@pytest.mark.parametrize(
    ("cell", "phones", "lost"),
    [
        ("8(34300)2-34-56, 2-34-57", ["+7 34300 2-34-56", "+7 34300 2-34-57"], []),
        ("8 (343-00) 2-34-56/2-34-57", ["+7 34300 2-34-56", "+7 34300 2-34-57"], []),
        ("+7 34300 2-34-56, 3-45-67", ["+7 34300 2-34-56", "+7 34300 3-45-67"], []),
        ("т/ф 8(34300)2-34-56", ["+7 34300 2-34-56"], []),
        ("8(34300)2-34-56 факс 2-34-57", ["+7 34300 2-34-56", "+7 34300 2-34-57"], ["факс"]),
        ("8(34300)23456доб.105", ["+7 34300 2-34-56"], ["доб.105"]),
        ("8 912 111-22-33, 2-34-56", ["+7 912 111-22-33"], ["2-34-56"]),
        ("89121112233 и 89121112233", ["+7 912 111-22-33"], []),
        ("8 800 100-20-30 (бесплатно)", ["+7 800 100-20-30"], ["бесплатно"]),
        ("+375 17 222-33-44", ["+375 17 222-33-44"], []),
    ],
)
def test_telephones_come_one_by_one(around: Around, cell: str, phones: list[str], lost: list[str]) -> None:
    found = reached(cell, "phones", around)
    assert (found.values.get("phones"), parts(found)) == (phones, lost)


@pytest.mark.parametrize(
    ("field", "cell", "values", "lost"),
    [
        ("emails", "mailto:a@b.ru; c @ d.ru.", {"emails": ["a@b.ru", "c@d.ru"]}, []),
        ("emails", "a(собака)b.ru", {}, ["a(собака)b.ru"]),
        ("emails", "А@b.ru", {}, [""]),
        ("sites", "HTTPS://Dom.RU/Oh, VK.COM/a", {"sites": ["https://dom.ru/Oh"], "pages": ["https://vk.com/a"]}, []),
        ("sites", "http:/дом.рф", {"sites": ["http://дом.рф"]}, []),
        ("sites", f"https://{'a' * 70}.ru", {}, [""]),
        ("pages", "ВК: vk.com/dom", {"pages": ["https://vk.com/dom"]}, []),
        ("pages", "club123", {}, ["club123"]),
        ("contacts", "8 912 111-22-33, a@b.ru, dom.ru", {
            "phones": ["+7 912 111-22-33"], "emails": ["a@b.ru"], "sites": ["https://dom.ru"],
        }, []),
        ("contacts", "в администрации", {}, ["в администрации"]),
    ],
)  # fmt: skip
def test_ways_to_reach_are_told_apart(
    around: Around, field: str, cell: str, values: dict[str, list[str]], lost: list[str]
) -> None:
    found = reached(cell, field, around)
    assert (found.values, parts(found)) == (values, lost)


def test_in_our_own_table_links_stay_where_they_are(around: Around) -> None:
    found = reached("https://vk.com/dom", "sites", around._replace(is_ours=True))
    assert found.values == {"sites": ["https://vk.com/dom"]}


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("г. Самоцветск, ул.Мира, д. 1, каб. 12", "Самоцветск, ул. Мира, 1, кабинет 12"),
        ("Россия, Свердловская обл, г.Самоцветск ул.Мира 1", "Свердловская область, Самоцветск, ул. Мира, 1"),
        ("623000, СО, г Самоцветск, ул Мира д.1", "623000, Свердловская область, Самоцветск, ул. Мира, 1"),
        ("область Свердловская, Самоцветск, проспект Мира 5-12", "Свердловская область, Самоцветск, пр-т Мира, 5-12"),
        ("623000, ул. Мира, 1", "623000, Самоцветск, ул. Мира, 1"),
        ("623000 Самоцветск ул. 50 лет Октября 3а", "623000, Самоцветск, ул. 50 лет Октября, 3а"),
        ("Мира ул., 1, оф 5", "Самоцветск, ул. Мира, 1, офис 5"),
        ("д. Малая, ул. Мира, 3", "д. Малая, ул. Мира, 3"),
        ("Мира, 1", None),
        ("у реки", None),
    ],
)
def test_addresses_come_to_the_one_form(around: Around, cell: str, address: str | None) -> None:
    assert address_taken(cell, around).values.get("address") == address


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("«12» марта 2015 года", "2015-03-12"),
        ("12.05.2015г.", "2015-05-12"),
        ("12 мая 2015", "2015-05-12"),
        ("от 1.6.2009", "2009-06-01"),
        ("2015-03-12 00:00:00", "2015-03-12"),
        ("12.03.98", "1998-03-12"),
        ("42075.5", "2015-03-12"),
        ("03/25/2015", None),
        ("март 2015", None),
        ("12 мартобря 2015", None),
        ("21.11.2026", None),
    ],
)
def test_days_are_read_as_people_here_write_them(cell: str, day: str | None) -> None:
    assert day_taken("registered", cell, TODAY).values.get("registered") == day


@pytest.mark.parametrize(
    ("cell", "quoted"),
    [
        ('АНО "Дом"', "АНО «Дом»"),
        ('АНО ""Дом""', "АНО «Дом»"),
        ("АНО ''Дом''", "АНО «Дом»"),
        ("Клуб 'Пятница'", "Клуб «Пятница»"),
        ('АНО "Центр "Дом""', "АНО «Центр „Дом“»"),
        ('АНО "Центр "Дом"', "АНО «Центр „Дом“»"),
        ("Фонд “Дом” и „Сад“", "Фонд «Дом» и «Сад»"),
        ("АНО &quot;Дом&quot;", "АНО «Дом»"),
        ("Союз «Дом „Сад“»", "Союз «Дом „Сад“»"),
        ("Дом» и сад", "Дом и сад"),
        ("Клуб Д'Артаньяна", "Клуб Д'Артаньяна"),
        ('АНО ""', "АНО"),
    ],
)
def test_quotes_become_those_of_russian_print(cell: str, quoted: str) -> None:
    assert with_quotes(cell) == quoted
    assert with_quotes(quoted) == quoted


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        (("", 'АНО "Дом"'), ("Дом", "АНО «Дом»")),
        (('АНО "Дом"', ""), ("Дом", "АНО «Дом»")),
        (('АНО "Дом"', 'Фонд помощи "Дом"'), ("Дом", "Фонд помощи «Дом»")),
        (('"Дом"', ""), ("Дом", "Дом")),
        (("Союз «Мастера» и «Подмастерья»", ""), ("Союз «Мастера» и «Подмастерья»",) * 2),
        (("НАШ ДВОР", ""), ("Наш двор", "Наш двор")),
        (("МОО ВОИ", ""), ("МОО ВОИ", "МОО ВОИ")),
        (('ТОС "ДВОР САМОЦВЕТСКА СВЕРДЛОВСКОЙ ОБЛАСТИ"', ""), (
            "Двор Самоцветска Свердловской области", "ТОС «Двор Самоцветска Свердловской области»",
        )),
    ],
)  # fmt: skip
def test_the_short_name_is_found_in_the_full_one(
    around: Around, cells: tuple[str, str], names: tuple[str, str]
) -> None:
    assert named(*cells, around)[:2] == names


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("АНО «Фонд добрых дел»", "ano"),
        ("Благотворительный фонд помощи общественным организациям", "charity"),
        ("Фонд «Дом»", "fund"),
        ("Отделение Общероссийской общественной организации ветеранов", "public"),
        ("Первичная профсоюзная организация больницы", "union"),
        ("Местная религиозная организация «Приход»", "religious"),
        ("ТОС Южный", "tos"),
        ("Клуб «АНО»", None),
    ],
)
def test_the_legal_form_stands_outside_the_quotes(around: Around, name: str, form: str | None) -> None:
    assert form_of(name, around.vocabulary) == form


@pytest.mark.parametrize(
    ("cell", "is_post", "post"),
    [
        ("директор Имярекова Анна Петровна", False, ("директор", "Имярекова Анна Петровна")),
        ("Имяреков П. П., председатель правления", False, ("председатель правления", "Имяреков П. П.")),
        ("председатель правления Имяреков Пётр", False, ("председатель правления", "Имяреков Пётр")),
        ("Анна Имярекова", True, ("", "Анна Имярекова")),
        ("ИМЯРЕКОВА АННА ПЕТРОВНА", True, ("", "ИМЯРЕКОВА АННА ПЕТРОВНА")),
        ("Генеральный Директор", True, ("Генеральный Директор", "")),
        ("и. о. заведующей", True, ("и. о. заведующей", "")),
        ("директор", False, ("директор", "")),
        ("Имярекова", False, ("", "Имярекова")),
    ],
)
def test_a_persons_name_is_told_from_a_post(around: Around, cell: str, is_post: bool, post: tuple[str, str]) -> None:
    assert post_of(cell, around.vocabulary, is_post=is_post) == post


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("6678123459\n667801001", {"inn": "6678123459", "kpp": "667801001"}),
        ("6678123459 667801001", {"inn": "6678123459", "kpp": "667801001"}),
        ("6678123459,0", {"inn": "6678123459"}),
        ("105018196", {"inn": "0105018196"}),
        ("105018197", {}),
        ("6678123459, 7707083893", {}),
    ],
)
def test_numbers_are_mended_only_where_their_check_digits_agree(cell: str, values: dict[str, str]) -> None:
    assert inn_of(cell).values == values


def test_a_lost_nought_of_a_kpp_is_put_back_and_told() -> None:
    assert kpp_of("10501001").values == {"kpp": "010501001"}
    assert kpp_of("10501001").doubts
    assert kpp_of("105").lost


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("town", "Библиотеки и чтение, город и двор"), (["town", "library"], [])),
        (("Город и двор; Горы", ""), (["town"], ["Горы"])),
    ],
)
def test_topics_are_found_by_their_titles(
    around: Around, values: Sequence[str], expected: tuple[list[str], list[str]]
) -> None:
    found = topics_taken("\n".join(values), around)
    assert (found.values["topics"], parts(found)) == expected


def test_words_of_closed_lists_are_found_by_their_names_and_others(around: Around) -> None:
    assert audiences_taken("Тем, кто болеет; дети, ПЕНСИОНЕРЫ", around).values["audiences"] == [
        "illness",
        "children",
        "seniors",
    ]
    assert status_taken("Ликвидирована", around).values == {"status": "closed"}
    assert status_taken("кажется, работает", around).lost[0].reason.startswith("бывает: работает, закрывается")
    wishes: list[Any] = [{"what": "volunteers", "note": "водителей"}, "краску: белую", "кисти"]
    assert wishes_taken("needs", "Волонтёры: водителей\nкраску: белую\nДругое: кисти", around).values["needs"] == wishes
    assert wishes_taken("needs", "краску; кисти", around).values["needs"] == ["краску", "кисти"]

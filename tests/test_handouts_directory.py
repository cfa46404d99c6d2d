from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from tests.sheets import pages_of, printed, text_of

CENTRE = """---
title: Центр при библиотеке
summary: Помогаем найти конкурс
short_address: Глазов, ул. Примерная, 1
room: кабинет 12
contacts: {phones: +7 34141 2-34-56, emails: centre@example.org}
hours: пн–чт 10:00–19:00; сб 10:00–17:00
rooms: [{title: зал для встреч, seats: 65}]
---
"""
NGOS = {
    "park": """
        title: Тихий парк
        legal_name: Фонд «Тихий парк»
        form: fund
        topics: [ecology, town]
        audiences: [everyone, children]
        contacts:
          address: Глазов, ул. Примерная, 20
          phones: +7 34141 0-00-01
          emails: park@example.org
          sites: https://тихий-парк.example.org/
          hours: вт, чт 10:00–16:00
          hours_note: лучше позвонить
        head: {name: Имя Согласное, role: директор, phone: +7 34141 0-00-02, consent: 2026-01-10}
        services:
          - title: Прогулка с определителем
            note: возьмите лупу
            cost: бесплатно
            audiences: [children]
            hours: сб 11:00–13:00
            place: Глазов, ул. Лесная, 2
        needs: [{what: volunteers, note: двоих на субботу}, {what: money, note: на саженцы}]
        offers: [беседки]
        checked: 2026-11-12
        example: yes
    """,
    "dvor": """
        title: «Наш двор»
        legal_name: АНО «Наш двор»
        form: ano
        status: closed
        topics: [town]
        head: {name: Имя Тайное, role: директор}
    """,
    "club": """
        title: 12 стульев
        legal_name: Клуб „12 стульев“
        form: other
        status: liquidating
    """,
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with three organisations and a centre."""
    root = Path(__file__).parent.parent
    shutil.copy(root / "mkdocs.yml", tmp_path)
    for folder in ("ngos", "content/centre"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(root / "content/topics.yml", tmp_path / "content")
    (tmp_path / "content/centre/centre.md").write_text(CENTRE, "utf-8")
    for name, fields in NGOS.items():
        write_ngo(tmp_path, name, fields)
    return tmp_path


def write_ngo(project: Path, name: str, fields: str) -> None:
    text = "\n".join(line.removeprefix(" " * 8) for line in fields.strip("\n").splitlines())
    (project / f"ngos/{name}.yml").write_text(f"{text}\n", "utf-8")


def write_many(project: Path, count: int, services: int = 3) -> None:
    """Add organisations whose entries take about a third of a page each."""
    for number in range(count):
        fields = NGOS["park"].replace("Тихий парк", f"{'АБВГ'[number % 4]}арк {number}")
        kept = fields.partition("        services:")[0] + "        services:\n"
        service = "          - {title: Услуга, note: Приходите сами или с родными и приносите всё что есть дома}\n"
        write_ngo(project, f"park-{number}", kept + service * services)


def numbers(text: str) -> dict[str, int]:
    """Return the lines of a contents or an index: a name, dots, a page."""
    return {name.strip(): int(number) for name, number in re.findall(r"([^.]+?)(?: ?\.)+ ?(\d+)", text)}


def test_the_directory_tells_what_people_need_of_an_organisation(project: Path) -> None:
    text = text_of(printed(project, "ngos"))
    entry = text[text.index("Тихий парк пример") : text.index("Указатель", text.index("Тихий парк пример"))]
    for told in (
        "Фонд «Тихий парк»",
        "Кому всем, детям",
        "Прогулка с определителем. Возьмите лупу. Детям. Бесплатно. Сб 11:00–13:00. Глазов, ул. Лесная, 2.",
        "Ищет волонтёры — двоих на субботу; деньги — на саженцы",
        "Может дать беседки",
        "Где Глазов, ул. Примерная, 20",
        "Когда Вт, чт 10:00–16:00; лучше позвонить",
        "+7 34141 0-00-01, park@example.org, тихий-парк.example.org",
        "Кого спросить Имя Согласное, директор, +7 34141 0-00-02",
        "На сайте proekt-plus.example.org/ngos/park",
        "Сверено в ноябре 2026 года",
    ):
        assert told in entry


def test_the_directory_names_nobody_without_consent_and_marks_what_is_closed(project: Path) -> None:
    text = text_of(printed(project, "ngos"))
    assert "Тайное" not in text
    assert "«Наш двор» закрыта АНО «Наш двор» Связь контакт по запросу" in text
    assert "12 стульев закрывается" in text


def test_an_organisation_stands_once_and_its_other_topics_refer_to_it(project: Path) -> None:
    text = text_of(printed(project, "ngos"))
    assert text.count("Фонд «Тихий парк»") == 1
    assert re.search(r"Город и двор Ещё по этой теме: Тихий парк — с\. 3\.", text)
    assert "Другие организации 12 стульев" in text


def test_contents_and_index_have_the_right_pages(project: Path) -> None:
    write_many(project, 30)
    read = pages_of(printed(project, "ngos"))
    first = next(place for place, page in enumerate(read) if page.startswith("Указатель"))
    contents, index = numbers(read[1].removeprefix("Содержание")), numbers(" ".join(read[first:-1]))
    assert {"Природа и животные", "Город и двор", "Другие организации", "Указатель по названиям"} <= set(contents)
    for title, number in contents.items():
        assert title in read[number - 1]
    found = {re.sub(r".*\b(?=[АБВГ]арк)", "", name): number for name, number in index.items()}
    assert {f"{'АБВГ'[number % 4]}арк {number}" for number in range(30)} <= set(found)
    for name, number in found.items():
        if "арк " in name:
            assert f"Фонд «{name}»" in read[number - 1]


def test_the_index_has_only_letters_that_begin_a_name(project: Path) -> None:
    index = pages_of(printed(project, "ngos"))[-2]
    assert re.findall(r"(?<!\w)(0–9|[А-Я])(?= [«\w])", index.partition("названиям")[2]) == ["0–9", "Н", "Т"]


def test_an_entry_stays_on_one_page_unless_it_is_longer(project: Path) -> None:
    write_many(project, 10, services=8)
    read = pages_of(printed(project, "ngos"))
    for number in range(10):
        (place,) = (place for place, page in enumerate(read) if f"Фонд «{'АБВГ'[number % 4]}арк {number}»" in page)
        assert read[place].count(f"ngos/park-{number} ") == 1
    write_many(project, 1, services=60)
    assert text_of(printed(project, "ngos")).count("Услуга.") == 60 + 9 * 8


def test_the_margin_at_the_spine_is_the_wider_one(project: Path) -> None:
    write_many(project, 6)
    _, *inner, _ = pypdfium2.PdfDocument(printed(project, "ngos"))
    for number, page in enumerate(inner, 2):
        picture = page.render(scale=1, grayscale=True).to_pil().point(lambda grey: 255 * (grey < 200))
        left, _, right, _ = picture.getbbox()
        beside = (left, picture.width - right)
        spine, edge = beside if number % 2 else beside[::-1]
        assert 52 <= spine <= 55
        assert 35 <= edge <= 38


def test_every_page_but_the_covers_has_its_number(project: Path) -> None:
    read = pages_of(printed(project, "ngos"))
    assert all(f"{number} из {len(read)}" in page for number, page in enumerate(read[1:-1], 2))
    assert "Состояние на 20 ноября 2026 года" in read[0]
    assert "Центр при библиотеке Помогаем найти конкурс. Глазов, ул. Примерная, 1, кабинет 12" in read[-1]


def test_both_covers_lead_to_the_directory_from_a_poor_copy(project: Path) -> None:
    cover, *_, back = pypdfium2.PdfDocument(printed(project, "ngos"))
    for page in (cover, back):
        (code,) = zxingcpp.read_barcodes(page.render(scale=100 / 72, grayscale=True).to_pil())
        assert code.text == "https://proekt-plus.example.org/ngos/"


@pytest.mark.parametrize(("kept", "count"), [((), 2), (("dvor",), 5)])
def test_a_directory_of_few_is_short(project: Path, kept: tuple[str, ...], count: int) -> None:
    for path in (project / "ngos").iterdir():
        if path.stem not in kept:
            path.unlink()
    read = pages_of(printed(project, "ngos"))
    assert len(read) == count
    assert ("Организаций в справочнике пока нет" in read[0]) == (not kept)


def test_cards_are_ten_alike_with_a_title_that_only_a_program_sees(project: Path) -> None:
    pdf = printed(project, "cards")
    (card,) = pages_of(pdf)
    for told in ("Помогаем найти конкурс", "кабинет 12", "пн–чт 10:00–19:00", "+7 34141 2-34-56", "centre@example.org"):
        assert card.count(told) == 10
    assert "Визитки" not in card
    about = PdfReader(io.BytesIO(pdf)).metadata
    assert about is not None
    assert about.title == "Визитки центра"
    (page,) = pypdfium2.PdfDocument(pdf)
    codes = zxingcpp.read_barcodes(page.render(scale=100 / 72, grayscale=True).to_pil())
    assert [code.text for code in codes] == ["https://proekt-plus.example.org/"] * 10


def test_marks_stand_outside_the_cards_and_nothing_is_cut(project: Path) -> None:
    (page,) = pypdfium2.PdfDocument(printed(project, "cards"))
    picture = page.render(scale=3, grayscale=True).to_pil()
    dots = picture.width / 210

    def ink(*millimetres: float) -> bool:
        darkest, _ = picture.crop(tuple(round(place * dots) for place in millimetres)).getextrema()
        return bool(darkest < 128)

    for x in (15, 105, 195):
        assert ink(x - 0.5, 15, x + 0.5, 20)
        assert ink(x - 0.5, 277, x + 0.5, 282)
        assert not ink(x - 2, 22, x + 2, 275)
    for row in range(6):
        y = 23.5 + 50 * row
        assert ink(7, y - 0.5, 11, y + 0.5)
        assert ink(199, y - 0.5, 203, y + 0.5)
        assert not ink(14, y - 2, 196, y + 2)


def test_a_card_leaves_out_what_it_has_no_room_for(project: Path) -> None:
    centre = CENTRE.replace("Помогаем найти конкурс", "Помогаем " + "всем и каждому " * 20)
    (project / "content/centre/centre.md").write_text(centre, "utf-8")
    (card,) = pages_of(printed(project, "cards"))
    assert "всем и каждому" not in card
    assert card.count("centre@example.org") == 10


def test_a_screen_reader_hears_one_card(project: Path) -> None:
    with pikepdf.open(io.BytesIO(printed(project, "cards"))) as pdf:
        tagged = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/S" in found]
        assert sum(found.S == "/H1" for found in tagged) == 1


@pytest.mark.parametrize("help_", ["Помогаем", "Помогаем " + "всем и каждому " * 30])
def test_an_offer_is_one_page_with_the_facts_of_the_centre(project: Path, help_: str) -> None:
    centre = CENTRE.replace("Помогаем найти конкурс", help_)
    (project / "content/centre/centre.md").write_text(centre, "utf-8")
    (form,) = pages_of(printed(project, "partner-offer"))
    for told in ("Зал для встреч, мест: 65", "Помещение", "Ждём ответа до", "За партнёра", "Почта:"):
        assert told in form
    assert form.count("Центр при библиотеке") == 2


def test_sheets_of_a_site_without_a_centre_are_still_made(project: Path) -> None:
    shutil.rmtree(project / "content/centre")
    for name in ("ngos", "cards", "partner-offer"):
        assert "Проект" in text_of(printed(project, name))

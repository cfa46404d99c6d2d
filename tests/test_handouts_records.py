"""The sheets of a call, of a checklist and of the official documents."""

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

from generator.catalog import load
from generator.handouts import sheets
from generator.settings import load_settings
from generator.templating import Templating
from tests.sheets import TODAY, printed, text_of

GRANT = """
title: Гранты «Двор и «Сад»»
level: regional
foreign_agent: Фонд Примеров
summary: На одно лето.
rounds:
  - key: a
    title: зима
    opens: 2026-11-01
    recommended: 2026-11-28
    stages: [{key: town, title: заявка координатору, deadline: 2026-11-27}]
    deadline: {date: 2026-12-01, time: "23:30", was: [{date: 2026-11-20, moved: 2026-11-10}]}
    results: {date: 2027-01-20, by: yes}
  - {key: past, title: осень, opens: 2026-08-01, deadline: 2026-09-01, results: 2026-12-15}
  - {key: off, title: лето, deadline: 2027-06-01, cancelled: {date: 2026-11-02, reason: нет денег}}
applicants:
  nko: {may: yes, note: работает год}
  library: {may: partner, note: заявку подаёт НКО}
  others: no
limits: {population_to: 50000, age_to: 35, months_registered: 6, note: без долгов}
money: {least: 1000, most: 50000, fund: 1000000, cofinancing: от 10 %, nominations: [{title: Сад, to: 50000}]}
purposes: [деревья]
papers: [{title: Смета, note: с ценами}, {title: Письмо}]
apply: https://xn--80afcdbalict6afooklqi5o.xn--p1ai/
rules: https://example.org/rules
source: [Положение о конкурсе]
topics: [ecology]
text: |
  Спросите нас.

  ## Подробно

  - [ ] Позвонить
"""
NOTE = """---
title: Пять вопросов
stage: idea
verdicts:
  - {least: 0, text: Рано}
  - {least: 2, text: Пишите}
checked: 2026-11-12
---

Отвечайте [вслух](https://example.org/a).

## О людях

- [ ] Кто?
- [ ] Сколько?

#### Дальше

- [ ] Когда?
"""
DOCUMENT = """---
title: Федеральный закон «О примере»
short: Закон о примере
summary: О том, как бывает
nature: law
number: 1-ФЗ
date: 2001-02-03
authority: Дума
checked: 2026-11-12
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with a call, a checklist, a note without boxes and two documents."""
    root = Path(__file__).parent.parent
    shutil.copy(root / "mkdocs.yml", tmp_path)
    for folder in ("grants", "content/funders", "content/methodology", "content/documents"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(root / "content/topics.yml", tmp_path / "content")
    files = {
        "content/funders/fund.md": "---\ntitle: Фонд «Город»\nnature: local\n---\n",
        "content/methodology/five.md": NOTE,
        "content/methodology/plain.md": "---\ntitle: Просто\nstage: idea\nchecked: 2026-11-12\n---\n\nТекст.\n",
        "content/documents/new.md": f"{DOCUMENT}---\n",
        "content/documents/old.md": DOCUMENT.replace("примере", "прежнем").replace("1-ФЗ", "№ 2")
        + "in_force: no\nended: 2010-01-01\nreplaced_by: new\n---\n",
    }
    for path, text in files.items():
        (tmp_path / path).write_text(text, "utf-8")
    write_call(tmp_path, "yard", GRANT)
    return tmp_path


def write_call(project: Path, name: str, fields: str) -> None:
    text = f"{fields.strip()}\nfunder: fund\nchecked: 2026-11-12\nadded: 2026-11-01\n"
    (project / f"grants/{name}.yml").write_text(text, "utf-8")


def names(project: Path, family: str) -> list[str]:
    templating = Templating(project, load_settings(project), TODAY)
    return [sheet.name for sheet in sheets(load(project, TODAY), templating) if sheet.family == family]


def pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def plain(pdf: bytes) -> str:
    return text_of(pdf).replace("\u00a0", " ").replace("\u200b", "")


def test_a_call_has_a_sheet_until_it_is_over(project: Path) -> None:
    some = "level: private\napplicants: {others: yes}\nrounds"
    write_call(project, "over", f"title: Поздно\n{some}: [{{key: a, deadline: 2026-11-19}}]")
    write_call(project, "any", f"title: Всегда\n{some}: [{{key: a, deadline: rolling}}]")
    assert names(project, "grant") == ["grant-yard", "grant-any"]
    assert "весь год" in plain(printed(project, "grant-any"))


def test_a_call_tells_all_that_its_page_tells(project: Path) -> None:
    pdf = printed(project, "grant-yard")
    text = plain(pdf)
    for words in (
        "иностранным агентом Фонд Примеров",
        "Гранты «Двор и „Сад“»",
        "Подать не позже 1 декабря, вт Москва вт, 1 декабря 23:30 Глазов ср, 2 декабря 00:30",
        "В Глазове будет уже следующий день.",
        "Приём идёт с 1 ноября",
        "Срок продлён, был 20 ноября",
        "27 ноября заявка координатору",
        "28 ноября организатор советует успеть",
        "до переноса 10 ноября было: 20 ноября",
        "до 20 января 2027 года итоги",
        "1 сентября приём закрыт",
        "Лето — отменён 2 ноября: нет денег 1 июня 2027 года срок был",
        "Глазову не подходит: только города и сёла до 50 000 жителей",
        "НКО — работает год",
        "библиотекам — заявку подаёт НКО",
        "от 1 000 ₽ до 50 000 ₽",
        "Всего раздают 1 000 000 ₽",
        "от 10 %",
        "до 35 лет включительно",
        "не меньше 6 месяцев назад",
        "без долгов",
        "Сад до 50 000 ₽",
        "Смета с ценами",
        "Подать на президентскиегранты.рф",
        "example.org/rules",
        "Сверили 12 ноября.",
        "Позвонить",
        "Состояние на 20 ноября 2026 года",
    ):
        assert words in text, words
    assert pages(pdf) <= 2


def test_a_calls_qr_is_its_short_address_even_on_a_photocopy(project: Path) -> None:
    page = pypdfium2.PdfDocument(printed(project, "grant-yard"))[0].render(scale=100 / 72, grayscale=True).to_pil()
    (code,) = zxingcpp.read_barcodes(page)
    assert code.text == "https://proekt-plus.example.org/g/yard/"
    assert "proekt-plus.example.org/g/yard " in plain(printed(project, "grant-yard"))


def test_a_call_of_many_rounds_nominations_and_papers_keeps_its_order(project: Path) -> None:
    rounds = "\n".join(f"  - {{key: r{month}, title: окно {month}, deadline: 2027-0{month}-15}}" for month in (1, 2, 3))
    lines = ", ".join(f"{{title: Номинация {number} с длинным именем, to: 100000}}" for number in range(12))
    papers = ", ".join(f"{{title: Бумага {number} о том, note: где её взять}}" for number in range(20))
    write_call(
        project,
        "many",
        f"title: {'Многословный конкурс ' * 6}\nlevel: federal\nrounds:\n{rounds}\n"
        f"applicants: {{others: yes}}\nmoney: {{nominations: [{lines}]}}\npapers: [{papers}]",
    )
    pdf = printed(project, "grant-many")
    text = plain(pdf)
    assert text.count("Подать не позже") == 3
    assert text.index("Номинация 0 ") < text.index("Номинация 11") < text.index("Бумага 0 ") < text.index("Бумага 19")
    assert pages(pdf) == 2


def test_only_a_note_with_boxes_is_a_memo(project: Path) -> None:
    assert names(project, "memo") == ["memo-five"]


def test_a_memo_is_a_tool(project: Path) -> None:
    text = plain(printed(project, "memo-five"))
    for words in ("Проект или организация", "Дата", "Отметок из 3", "вслух (example.org/a)", "0–1 Рано", "2–3 Пишите"):
        assert words in text, words
    assert (
        text.index("Кто?") < text.index("Сколько?") < text.index("Когда?") < text.index("Рано") < text.index("Заметки")
    )


def test_a_long_memo_runs_on_numbered_pages(project: Path) -> None:
    more = "\n".join(f"- [ ] Вопрос {number}?" for number in range(60))
    (project / "content/methodology/five.md").write_text(f"{NOTE}{more}\n", "utf-8")
    pdf = printed(project, "memo-five")
    text = plain(pdf)
    assert f"1 из {pages(pdf)}" in text
    assert all(text.count(f"Вопрос {number}?") == 1 for number in range(60))


def test_documents_tell_number_day_matter_and_page(project: Path) -> None:
    text = plain(printed(project, "documents"))
    now, past = text.split("Больше не действуют")
    for words in ("Закон о примере", "О том, как бывает", "№ 1-ФЗ от 3 февраля 2001 года", "/documents/new"):
        assert words in now, words
    assert "№ 2 от" in past
    assert "Не действует с 1 января 2010 года" in past
    assert "Вместо него — Закон о примере" in past


def test_a_centre_of_a_long_name_leaves_the_day_its_room(project: Path) -> None:
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    text = re.sub("(?m)^site_name: .*", "site_name: Ресурсный центр «Открытое общение»", text)
    text = re.sub("(?m)^  subtitle: .*", "  subtitle: Ресурсный центр библиотеки, Петропавловск-Камчатский", text)
    config.write_text(text, encoding="utf-8")
    [first, *_] = PdfReader(io.BytesIO(printed(project, "documents"))).pages
    head = first.extract_text().replace("\u00a0", " ").partition("Официальные")[0]
    assert "Состояние на 20 ноября 2026 года\n" in head


def test_no_documents_are_told_so(project: Path) -> None:
    shutil.rmtree(project / "content/documents")
    assert "Документов пока нет" in plain(printed(project, "documents"))


@pytest.mark.parametrize("name", ["grant-yard", "memo-five", "documents"])
def test_the_sheet_is_tagged_with_headings_in_order(project: Path, name: str) -> None:
    with pikepdf.open(io.BytesIO(printed(project, name))) as pdf:
        tags = [str(found.S) for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/S" in found]
        assert tags.count("/H1") == 1
        assert "/H2" in tags
        assert ("/TH" in tags) == ("/Table" in tags)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"

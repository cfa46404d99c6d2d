"""Sheets of a meetup that is ahead, and the week's page: what stands on them, and that each keeps to its pages."""

from __future__ import annotations

import io
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from generator.catalog import load
from generator.handouts import sheets
from generator.handouts.picture import words_of
from generator.settings import load_settings
from generator.templating import Templating
from tests.sheets import TODAY, pages_of, printed, text_of

FULL = """
title: Митап «Смета и план»
summary: Поправим смету вместе.
date: {date: 2026-12-10, time: "16:00", was: [{date: 2026-12-03, time: "17:00", moved: 2026-11-10}]}
ends: "18:00"
status: moved
age: 12+
place: Библиотека, зал
seats: 65
signup: {link: https://forms.example.org/abc, phone: +7 34141 2-34-56, until: 2026-12-08}
organisers: [{name: Фонд «Двор», role: чай}]
speakers: [{name: Тайный Гость, role: юрист}]
programme:
  - {time: "16:00", title: Знакомство, speaker: {name: Скрытый Человек, role: ведущая}}
  - {time: "16:30", title: Смета, note: две копии, speaker: {name: Пётр Явный, consent: 2026-01-01, role: бухгалтер}}
"""
PLAIN = "title: Чай\ndate: {when}\nstatus: planned\n"
LONG = "Круглый стол «Как „Дом дружбы“, школа № 15 и клуб „Ветеран“ вместе получили грант „Наследие“» и что вышло потом"
KINDS = ("poster", "programme", "signin", "feedback")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with one meetup ahead and nothing else."""
    root = Path(__file__).parent.parent
    shutil.copy(root / "mkdocs.yml", tmp_path)
    for folder in ("grants", "content/funders", "content/meetups", "content/news"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(root / "content/topics.yml", tmp_path / "content")
    (tmp_path / "content/funders/fund.md").write_text("---\ntitle: Фонд «Город»\nnature: local\n---\n", "utf-8")
    write_meetup(tmp_path, "full", FULL)
    return tmp_path


def write_meetup(project: Path, name: str, fields: str) -> None:
    text = f"---\n{fields.strip()}\nchecked: 2026-11-12\n---\n"
    (project / f"content/meetups/{name}.md").write_text(text, "utf-8")


def write_call(project: Path, name: str, deadline: str, added: date = TODAY) -> None:
    (project / f"grants/{name}.yml").write_text(
        f"title: Конкурс {name}\nlevel: federal\nfunder: fund\nchecked: 2026-11-12\nadded: {added}\n"
        f"rounds: [{{key: a, deadline: {deadline}}}]\napplicants: {{nko: yes, others: no}}\n",
        "utf-8",
    )


def write_post(project: Path, name: str) -> None:
    text = f"---\ntitle: Новость {name}\ndate: 2026-11-19\nrubric: centre\n---\nТекст.\n"
    (project / f"content/news/{name}.md").write_text(text, "utf-8")


def photographed(pdf: bytes) -> list[str]:
    """Return where the QR codes of the first page lead, read from a grey picture of 100 dpi."""
    page = pypdfium2.PdfDocument(pdf)[0]
    codes = zxingcpp.read_barcodes(page.render(scale=100 / 72, grayscale=True).to_pil())
    return sorted(code.text for code in codes)


def names(project: Path) -> list[str]:
    templating = Templating(project, load_settings(project), TODAY)
    return [sheet.name for sheet in sheets(load(project, TODAY), templating) if sheet.name.startswith("meetup-")]


def test_only_a_meetup_that_is_ahead_has_sheets(project: Path) -> None:
    write_meetup(project, "held", PLAIN.format(when="2026-10-01").replace("planned", "held"))
    write_meetup(project, "off", PLAIN.format(when="2026-12-01").replace("planned", "cancelled").replace("Чай", "Обед"))
    write_meetup(project, "past", PLAIN.format(when="2026-11-19").replace("Чай", "Ужин"))
    editions = ("poster", "poster-a3", "poster-a5", *KINDS[1:])
    assert names(project) == [f"meetup-full-{edition}" for edition in editions]


def test_the_poster_says_when_where_what_and_how_to_come(project: Path) -> None:
    # A long address may break anywhere, at signs that nobody sees.
    text = text_of(printed(project, "meetup-full-poster")).replace("\u200b", "")
    for words in (
        "Митап «Смета и план»",
        "10 декабря",
        "четверг",
        "16:00–18:00",
        "Библиотека, зал",
        "Поправим смету вместе.",
        "Знакомство",
        "12+",
        "Запишитесь до 8 декабря включительно: +7 34141 2-34-56 или на странице встречи.",
        "Мест: 65.",
        "Фонд «Двор»",
        "Встреча перенесена: раньше была назначена на 3 декабря, 17:00",
        "proekt-plus.example.org/meetups/full",
        "Состояние на 20 ноября 2026 года",
    ):
        assert words in text
    assert text.count("10 декабря") == 1
    assert "15:00" not in text
    assert "forms.example.org" not in text


def test_a_word_broken_between_lines_is_searched_whole(project: Path) -> None:
    words = words_of(printed(project, "meetup-full-poster"))
    assert "на странице встречи" in words
    assert words.isprintable()


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2027-02", "Февраль 2027 Точный день назовём позже"),
        ("{date: 2027-06, precision: forecast, words: не ранее июня}", "Июнь 2027 Не ранее июня"),
        ("unknown", "День не назван Точный день назовём позже"),
        ("2026-12-01", "1 декабря вторник"),
        ("2027-05-05 11:00", "5 мая 2027 среда 11:00"),
        ('{date: 2026-12-01, time: "19:00", zone: Europe/Moscow}', "1 декабря вторник, по Москве 19:00"),
    ],
)
def test_a_date_is_told_as_exactly_as_it_is_known(project: Path, when: str, words: str) -> None:
    write_meetup(project, "tea", PLAIN.format(when=when))
    assert words in text_of(printed(project, "meetup-tea-poster"))
    assert "1 января" not in text_of(printed(project, "meetup-tea-programme"))


@pytest.mark.parametrize("edition", ["", "-a3", "-a5"])
def test_a_crowded_poster_keeps_to_its_page_and_to_ten_points(project: Path, edition: str) -> None:
    programme = "\n".join(f"  - Тема номер {number}, о которой хотят узнать все" for number in range(40))
    fields = FULL[: FULL.index("programme:")].replace("Митап «Смета и план»", f"'{LONG}'")
    write_meetup(project, "full", f"{fields}programme:\n{programme}\n")
    pdf = printed(project, f"meetup-full-poster{edition}")
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    sizes: list[float] = []
    page.extract_text(visitor_text=lambda text, _cm, _tm, _font, size: sizes.append(size) if text.strip() else None)
    assert min(sizes) >= 10
    assert LONG in text_of(pdf)
    assert "Всего тем — 40" in text_of(pdf)


@pytest.mark.parametrize("name", ["poster", "poster-a3", "poster-a5", "programme", "signin", "feedback"])
def test_a_photocopy_leads_to_the_meetups_page(project: Path, name: str) -> None:
    assert photographed(printed(project, f"meetup-full-{name}")) == ["https://proekt-plus.example.org/meetups/full/"]


def test_the_programme_names_those_who_agreed_and_the_others_by_their_part(project: Path) -> None:
    text = text_of(printed(project, "meetup-full-programme"))
    assert "16:00 Знакомство Ведущая" in text
    assert "16:30 Смета Две копии Пётр Явный, бухгалтер" in text
    assert "Выступают: юрист." in text
    assert "Проводят: Фонд «Двор» (чай)." in text
    assert "Для заметок" in text
    for kind in KINDS:
        assert not re.search("Скрытый|Тайный", text_of(printed(project, f"meetup-full-{kind}")))


def test_a_long_programme_repeats_its_header_and_a_missing_one_says_so(project: Path) -> None:
    points = "\n".join(
        f'  - {{time: "{10 + number // 6}:{number % 6}0", title: Тема {number}}}' for number in range(50)
    )
    write_meetup(project, "long", PLAIN.format(when='"2026-12-01 10:00"') + f"programme:\n{points}\n")
    first, second = pages_of(printed(project, "meetup-long-programme"))
    assert "Время О чём" in first
    assert second.startswith("Время О чём")
    write_meetup(project, "tea", PLAIN.format(when="2026-12-02").replace("Чай", "Обед"))
    assert "Темы по часам ещё не расписаны" in text_of(printed(project, "meetup-tea-programme"))


def test_the_list_to_sign_says_what_the_data_are_for_on_two_pages(project: Path) -> None:
    pdf = printed(project, "meetup-full-signin")
    first, second = pages_of(pdf)
    assert "Зачем мы это спрашиваем" in first
    assert "Публичная научная библиотека им. В. Г. Короленко" in first.replace("\u00a0", " ")
    header = "№ Имя и фамилия Организация Телефон или почта Согласие: подпись"
    assert header in first.replace("\u00a0", " ")
    assert second.replace("\u00a0", " ").startswith(header)
    assert re.search(r"\b24 25\b", second)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        tags = [str(found.S) for found in opened.objects if isinstance(found, pikepdf.Dictionary) and "/S" in found]
    assert tags.count("/TH") == 5
    assert tags.count("/TR") == 26


def test_the_questions_afterwards_name_every_topic_or_count_the_rest(project: Path) -> None:
    text = text_of(printed(project, "meetup-full-feedback"))
    assert "Знакомство Смета" in text
    assert "Имя писать не нужно" in text
    assert "О чём рассказать в следующий раз?" in text
    points = "\n".join(f"  - Тема {number}" for number in range(30))
    write_meetup(project, "long", PLAIN.format(when="2026-12-01") + f"programme:\n{points}\n")
    (page,) = pages_of(printed(project, "meetup-long-feedback"))
    left = re.search(r"Ещё тем — (\d+)", page.replace("\u00a0", " "))
    assert left
    assert len(re.findall(r"Тема \d+", page.replace("\u00a0", " "))) + int(left[1]) == 30


def test_a_foreign_agents_meetup_bears_its_mark(project: Path) -> None:
    write_meetup(project, "tea", PLAIN.format(when="2026-12-01") + "foreign_agent: Организация «Агент»\n")
    for kind in KINDS:
        assert "иностранным агентом Организация «Агент»" in text_of(printed(project, f"meetup-tea-{kind}"))


def test_the_week_tells_what_closes_what_is_new_and_when_we_meet(project: Path) -> None:
    write_call(project, "soon", "2026-11-26 23:30", date(2026, 1, 1))
    write_call(project, "new", "2027-02-01")
    write_call(project, "old", "2027-02-01", TODAY - timedelta(days=7))
    write_post(project, "fresh")
    pdf = printed(project, "digest")
    text = text_of(pdf)
    assert "Листок недели: 20–27 ноября" in text
    closing, calls, meetup, posts = re.split("Новые конкурсы|Ближайшая встреча|Новое на сайте", text)
    assert "Конкурс soon" in closing
    assert "Глазов пт, 27 ноября 00:30" in closing
    assert "proekt-plus.example.org/g/soon" in closing
    assert "Конкурс new" in calls
    assert "до конца дня 1 февраля 2027 года, по Москве" in calls
    assert "10 декабря четверг, 16:00–18:00" in meetup
    assert "Встреча перенесена" in meetup
    assert "Новость fresh" in posts
    assert "Конкурс old" not in text
    pages_told = ("", "g/new/", "g/soon/", "meetups/full/", "news/fresh/")
    assert photographed(pdf) == [f"https://proekt-plus.example.org/{page}" for page in pages_told]


@pytest.mark.parametrize("count", [1, 4, 40])
def test_the_week_stays_on_one_page_and_counts_what_it_leaves_out(project: Path, count: int) -> None:
    for number in range(count):
        write_call(project, f"s{number}", f"2026-11-{21 + number % 7} 23:30", date(2026, 1, 1))
        write_call(project, f"n{number}", "2027-02-01 23:30")
        write_post(project, f"p{number}")
    (page,) = pages_of(printed(project, "digest"))
    text = page.replace("\u00a0", " ")
    parts = re.split("Новые конкурсы|Ближайшая встреча|Новое на сайте", text)
    for part, found in zip(
        (parts[0], parts[1], parts[3]), (r"Конкурс s\d+", r"Конкурс n\d+", r"Новость p\d+"), strict=True
    ):
        left = re.search(r"(?:…и ещё|Всего) (\d+) — на сайте", part)
        assert len(re.findall(found, part)) + (int(left[1]) if left else 0) == count
    assert re.search(r"Конкурс s\d", text)


def test_a_quiet_week_says_so(project: Path) -> None:
    shutil.rmtree(project / "content/meetups")
    text = text_of(printed(project, "digest", date(2026, 11, 27)))
    assert "Листок недели: 27 ноября — 4 декабря" in text
    assert "За неделю нового не было, и до 4 декабря ничего не закрывается." in text

"""Hours in words and addresses of one form: what is understood, what is refused, what comes of it."""

from __future__ import annotations

from datetime import date, time

import pytest
from pydantic import TypeAdapter, ValidationError

from generator.fields.address import Address, Postal, parts_of_address, tidied_address
from generator.fields.hours import WEEKDAYS, Hours, Week, times_by_day
from generator.records.centre import Centre
from generator.templating import Templating

WEEK: TypeAdapter[tuple[Hours, ...]] = TypeAdapter(Week)
ADDRESS: TypeAdapter[str] = TypeAdapter(Address)


def week(text: str) -> dict[str, list[str]]:
    """Return the times of each day that has any: `{"mon": ["10:00–19:00"]}`."""
    days = times_by_day(WEEK.validate_python(text))
    return {day: [f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in times] for day, times in days if times}


def refusal(text: str) -> str:
    with pytest.raises(ValidationError) as caught:
        WEEK.validate_python(text)
    return caught.value.errors()[0]["msg"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("пн 10:00–19:00", {"mon": ["10:00–19:00"]}),
        ("вт и чт 10:00–16:00", {"tue": ["10:00–16:00"], "thu": ["10:00–16:00"]}),
        ("Вт, Чт: 9.30-16.00.", {"tue": ["09:30–16:00"], "thu": ["09:30–16:00"]}),
        ("пт—вс с 9 до 21", {key: ["09:00–21:00"] for key in ("fri", "sat", "sun")}),
        ("ежедневно 8:00–20:00", {key: ["08:00–20:00"] for key in WEEKDAYS}),
        (
            "будни 9-18; выходные 10-15",
            {**{key: ["09:00–18:00"] for key in WEEKDAYS[:5]}, **{key: ["10:00–15:00"] for key in WEEKDAYS[5:]}},
        ),
        ("понедельник – среда 9:00–17:00", {key: ["09:00–17:00"] for key in WEEKDAYS[:3]}),
        ("пн 9–18, обед 13–14", {"mon": ["09:00–13:00", "14:00–18:00"]}),
        ("пн 9–13 и 14–18", {"mon": ["09:00–13:00", "14:00–18:00"]}),
        ("пн–чт 10:00–19:00; пт — выходной", {key: ["10:00–19:00"] for key in WEEKDAYS[:4]}),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, expected: dict[str, list[str]]) -> None:
    assert week(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "завтра",
        "пн",
        "10:00–19:00",
        "пн 10:00",
        "чт–вт 10–19",
        "пн, обед 13–14",
        "пн 9–18, обед 8–9",
        "пн 9–18, обед",
        "по записи",
        "пн 9–18 и ещё",
    ],
)
def test_hours_that_say_too_little_are_refused_with_a_model(text: str) -> None:
    assert refusal(text).startswith("часы пишут так: пн–чт 10:00–19:00; сб 10:00–17:00; здесь ")


def test_hours_that_cannot_be_are_told_by_their_mistake() -> None:
    assert refusal("пн 25:00–26:00") == "время пишут так: 23:30; здесь «25:00»"
    assert refusal("пн 19:00–10:00") == "не раньше и не вместе с opens (19:00)"
    assert refusal("пн–пт 9–18, ср 17–20") == "часы на один день недели накладываются: wed"


@pytest.mark.parametrize(
    "text",
    ["Пн–чт 10:00–19:00, сб 10:00–17:00; пт, вс — выходные", "Ср 9:30–13:00 и 14:00–18:00; пн–вт, чт–вс — выходные"],
)
def test_hours_in_our_own_words_are_read_back(text: str, templating: Templating) -> None:
    shown = templating.week(WEEK.validate_python(text))
    assert WEEK.validate_python(shown) == WEEK.validate_python(text)
    assert templating.week(WEEK.validate_python(shown)) == shown


def centre(**fields: object) -> Centre:
    about = {"slug": "a", "path": "content/centre/a.md", "title": "А", "short_address": "А", "contacts": {}}
    return Centre.model_validate({**about, "hours": "пн–пт 10:00–18:00", **fields})


def test_special_days_are_told_for_a_year_ahead_the_named_before_the_monthly() -> None:
    special = centre(
        exceptions=[
            {"date": "2026-12-25", "note": "короткий день", "opens": "10:00", "closes": "13:00"},
            {"date": "2027-01-01", "until": "2027-01-08", "note": "каникулы"},
            {"date": "2026-11-19", "note": "прошёл"},
            {"date": "2028-01-01", "note": "нескоро"},
        ],
        monthly=[
            {"week": "last", "day": "fri", "note": "санитарный день"},
            {"week": "2", "day": "mon", "note": "учёба"},
        ],
    ).special_days(date(2026, 11, 20))
    assert list(special)[:4] == [date(2026, 11, 27), date(2026, 12, 14), date(2026, 12, 25), date(2027, 1, 1)]
    assert special[date(2026, 12, 25)].times == ((time(10), time(13)),)
    assert special[date(2026, 11, 27)].note == "санитарный день"
    assert {special[date(2027, 1, day)].note for day in range(1, 9)} == {"каникулы"}
    assert list(special)[-1] <= date(2027, 11, 21)
    assert sum(each.note == "учёба" for each in special.values()) == 12


def test_the_last_friday_of_a_leap_february_is_found() -> None:
    special = centre(monthly=[{"week": "last", "day": "tue", "note": "закрыто"}]).special_days(date(2028, 2, 1))
    assert next(iter(special)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Глазов, ул. Кирова, 1", Postal(None, None, "Глазов", "ул. Кирова", "1", None)),
        (
            "427620, Удмуртская Республика, Глазов, ул. 2-я Набережная, 12а, кабинет 3, вход со двора",
            Postal(
                "427620", "Удмуртская Республика", "Глазов", "ул. 2-я Набережная", "12а", "кабинет 3, вход со двора"
            ),
        ),
        ("с. Понино, 5", Postal(None, None, "с. Понино", None, "5", None)),
        ("Москва, б-р Яна Райниса, 2к1", Postal(None, None, "Москва", "б-р Яна Райниса", "2к1", None)),
    ],
)
def test_an_address_of_the_one_form_falls_into_parts(text: str, expected: Postal) -> None:
    assert ADDRESS.validate_python(text) == text
    assert parts_of_address(text) == expected


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("г. Глазов, улица Кирова, дом 1", "Глазов, ул. Кирова, 1"),
        ("г.Глазов,ул.Кирова,д.1,каб. 12", "Глазов, ул. Кирова, 1, кабинет 12"),
        ("город Глазов,  пр. Мира , 3 , оф.5", "Глазов, пр-т Мира, 3, офис 5"),
        ("Глазов, площадь Свободы, 1.", "Глазов, пл. Свободы, 1"),
    ],
)
def test_another_spelling_of_an_address_is_refused_with_the_right_one(text: str, tidy: str) -> None:
    assert tidied_address(text) == tidy
    with pytest.raises(ValidationError, match=f"адреса пишут одинаково; здесь так: {tidy}"):
        ADDRESS.validate_python(text)
    assert ADDRESS.validate_python(tidy) == tidy


@pytest.mark.parametrize(
    "text", ["Глазов", "ул. Кирова, 1", "Глазов, Кирова, 1", "Глазов, ул. Кирова", "12345, Глазов, 1"]
)
def test_an_address_without_a_town_a_kind_of_street_or_a_house_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="адрес пишут так: "):
        ADDRESS.validate_python(text)

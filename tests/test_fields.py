"""Fields: what is accepted, what is refused and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from generator.fields.base import WORDS, Part, mistakes, nearest, shown
from generator.fields.contact import Contacts, Email, Inn, Ogrn, Person, Phone, shown_phone
from generator.fields.eligibility import APPLICANTS, Applicants, Limits, Place
from generator.fields.moment import Moment, Zone
from generator.fields.regions import DISTRICTS, REGIONS
from generator.fields.text import Age, Cited, Count, Day, Flag, Line, Link, Roubles, Slug, host_of
from generator.records import KINDS
from generator.records.topic import Topic
from generator.settings import Settings


class Fields(Part):
    """One of each reusable field."""

    line: Line | None = None
    slug: Slug | None = None
    day: Day | None = None
    roubles: Roubles | None = None
    flag: Flag | None = None
    link: Link | None = None
    count: Count | None = None
    age: Age | None = None
    phone: Phone | None = None
    email: Email | None = None
    inn: Inn | None = None
    ogrn: Ogrn | None = None
    zone: Zone | None = None
    moment: Moment | None = None
    cited: Cited | None = None
    applicants: Applicants | None = None


def value_of(**field: object) -> Any:
    (name,) = field
    return getattr(Fields.model_validate(field), name)


def refusal_of(model: type[BaseModel] = Fields, /, **fields: object) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(fields)
    return [mistake.message for mistake in mistakes(caught.value, model)]


def moment(value: object) -> Moment:
    return Moment.model_validate(value)


# Moments.


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("2026-10-15 23:30", {"date": date(2026, 10, 15), "time": time(23, 30), "precision": "exact"}),
        ("2026-10-15   00:00", {"date": date(2026, 10, 15), "time": time(0), "precision": "exact"}),
        ("2026-10-15", {"date": date(2026, 10, 15), "precision": "day"}),
        ("2026-10", {"date": date(2026, 10, 1), "precision": "month"}),
        ("rolling", {"precision": "rolling"}),
        ("unknown", {"precision": "unknown"}),
    ],
)
def test_a_moment_in_one_line_is_the_mapping_that_it_stands_for(text: str, fields: dict[str, Any]) -> None:
    assert moment(text) == Moment.model_construct(**(moment("unknown").model_dump() | fields))


@pytest.mark.parametrize(
    ("fields", "precision"),
    [
        ({"date": "2026-10-15"}, "day"),
        ({"date": "2026-10-15", "time": "23:30"}, "exact"),
        ({"date": "2026-10"}, "month"),
        ({"date": "2026-10", "precision": "month"}, "month"),
        ({"date": "2026-10", "precision": "forecast"}, "forecast"),
        ({"date": "2026-10-15", "precision": "forecast", "words": "осенью"}, "forecast"),
        ({"precision": "unknown", "words": "назовут позже"}, "unknown"),
        ({"precision": "rolling"}, "rolling"),
    ],
)
def test_a_moment_in_fields_has_the_precision_of_its_date(fields: Mapping[str, object], precision: str) -> None:
    assert moment(fields).precision == precision


@pytest.mark.parametrize("text", ["2026-02-29", "2026-13-01", "2026-00", "2026-13", "1899-12-31", "2201-01-01"])
def test_a_day_that_the_calendar_lacks_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        moment(text)


@pytest.mark.parametrize("text", ["2026-10-15T23:30", "2026-10-15 23:30:00", "2026-10-15 9:30", "15.10.2026", "2026"])
def test_another_way_to_write_a_moment_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        moment(text)


@pytest.mark.parametrize(
    ("value", "last"),
    [
        ("2028-02", date(2028, 2, 29)),
        ("2100-02", date(2100, 2, 28)),
        ("2026-12", date(2026, 12, 31)),
        ({"date": "2027-06-15", "precision": "forecast"}, date(2027, 6, 30)),
        ("2026-10-15", date(2026, 10, 15)),
        ("2026-10-15 10:00", date(2026, 10, 15)),
        ("rolling", None),
        ("unknown", None),
    ],
)
def test_the_last_day_of_a_month_or_forecast_is_the_month_s(value: object, last: date | None) -> None:
    assert moment(value).last_day == last


def test_a_day_begins_at_its_midnight_and_ends_with_its_last_second_in_its_own_zone() -> None:
    day = moment({"date": "2026-10-15", "zone": "Asia/Yekaterinburg"})
    start, end = day.start(), day.end()
    assert start
    assert end
    assert (start.isoformat(), end.isoformat()) == ("2026-10-15T00:00:00+05:00", "2026-10-15T23:59:59+05:00")
    assert end.astimezone(UTC) == datetime(2026, 10, 15, 18, 59, 59, tzinfo=UTC)


def test_an_hour_is_the_instant_itself_and_midnight_is_an_hour() -> None:
    exact = moment("2026-10-15 00:00")
    assert exact.start() == exact.end() == datetime(2026, 10, 14, 21, tzinfo=UTC)
    assert exact.precision == "exact"


@pytest.mark.parametrize("value", ["2026-10", "rolling", "unknown", {"date": "2026-10-15", "precision": "forecast"}])
def test_what_is_not_known_to_the_day_has_no_instant(value: object) -> None:
    found = moment(value)
    assert not found.is_dated
    assert found.start() is None
    assert found.end() is None


def test_moments_are_in_order_of_instants_and_those_without_a_date_come_last() -> None:
    values: list[object] = [
        {"date": "2026-10-15", "time": "23:30", "zone": "Asia/Vladivostok"},
        "2026-10-15 23:30",
        "2026-10-15",
        "2026-10-16 00:00",
        {"date": "2026-10-15", "zone": "Europe/Kaliningrad"},
        "2200-12-31",
        "rolling",
    ]
    keys = [moment(value).sort_key() for value in values]
    assert keys == sorted(keys)
    assert moment("unknown").sort_key() == moment("rolling").sort_key()


def test_moves_without_a_known_day_keep_their_order() -> None:
    was = [{"date": "2026-10-01"}, {"date": "2026-10-02", "moved": "2026-09-01"}, {"date": "2026-10-03"}]
    assert [moved.date.day for moved in moment({"date": "2026-10-15", "was": was}).was] == [1, 2, 3]


# Words and numbers.


@pytest.mark.parametrize(
    ("text", "value"), [("500000", 500_000), ("500 000", 500_000), ("1\u00a0000\u202f000", 1_000_000), ("0", 0)]
)
def test_a_sum_may_have_spaces(text: str, value: int) -> None:
    assert value_of(roubles=text) == value


@pytest.mark.parametrize("text", ["", "-5", "5.50", "5 тыс.", "1e6", "٣", "9" * 14])
def test_what_is_not_a_whole_sum_is_refused(text: str) -> None:
    (message,) = refusal_of(roubles=text)
    assert message.startswith("сумма — целое число рублей")


def test_a_flag_is_yes_or_no() -> None:
    assert value_of(flag="yes") is True
    assert value_of(flag="no") is False
    assert refusal_of(flag="да") == ["бывает yes или no; здесь «да»"]


def test_a_line_loses_spare_spaces_and_line_ends() -> None:
    assert value_of(line="  раз \n два\u00a0 три ") == "раз два три"
    assert refusal_of(line=" \n ") == ["нужен текст; здесь пусто"]


@pytest.mark.parametrize("slug", ["a", "fpg-2026-1", "0"])
def test_a_slug_is_latin_letters_digits_and_hyphens(slug: str) -> None:
    assert value_of(slug=slug) == slug


@pytest.mark.parametrize("slug", ["-a", "a-", "a--b", "A", "а", "a_b", "a.b", "a/b", "a\n"])
def test_what_would_be_no_address_is_no_slug(slug: str) -> None:
    assert refusal_of(slug=slug)


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "https://президентскиегранты.рф/",
        "https://xn--p1ai.example.org/%D0%B0",
    ],
)
def test_a_link_is_kept_as_written(link: str) -> None:
    assert value_of(link=link) == link


@pytest.mark.parametrize(
    "link",
    [
        *("example.org", "ftp://example.org", "javascript:alert(1)", "https://", "https://example", "https://[::1]/"),
        *("https://a b.org/", 'https://example.org/"x', "https://example.org:port/", "https://10.0.0.1/"),
        *("https://example.org\\@evil.org", "https://а..рф/", "//example.org/"),
    ],
)
def test_what_is_no_link_is_refused(link: str) -> None:
    assert refusal_of(link=link)


def test_a_cyrillic_host_is_known_to_the_network_in_punycode() -> None:
    assert host_of("https://президентскиегранты.рф/a") == "xn--80afcdbalict6afooklqi5o.xn--p1ai"


@pytest.mark.parametrize("zone", ["Europe/Moscow", "Asia/Yekaterinburg", "UTC"])
def test_a_zone_is_named_as_iana_names_it(zone: str) -> None:
    assert value_of(zone=zone) == zone


@pytest.mark.parametrize(
    "zone", ["", "Moscow", "europe/", "../etc/passwd", "/etc/localtime", "МСК", "a" * 300, "Europe"]
)
def test_what_iana_does_not_name_is_no_zone(zone: str) -> None:
    assert refusal_of(zone=zone)


# Contacts.


@pytest.mark.parametrize(
    ("written", "kept", "shown_as"),
    [
        ("+7 34141 2-34-56", "+73414123456", "+7 34141 2-34-56"),
        ("8 (912) 345-67-89", "+79123456789", "+7 912 345-67-89"),
        ("8 800 200-02-00", "+78002000200", "+7 800 200-02-00"),
        ("495 123 45 67", "+74951234567", "+7 495 123-45-67"),
        ("+375 17 226 47 47", "+375172264747", "+375 17 226-47-47"),
    ],
)
def test_a_phone_is_kept_one_way_and_shown_as_people_read_it(written: str, kept: str, shown_as: str) -> None:
    assert value_of(phone=written) == kept
    assert shown_phone(kept) == shown_as


@pytest.mark.parametrize(
    "phone", ["112", "2-34-56", "+7 34141 2-34-56, 2-34-57", "+7 34141 2-34-56 доб. 3", "позвоните", "0" * 400]
)
def test_what_is_not_one_phone_is_refused(phone: str) -> None:
    assert refusal_of(phone=phone)[0].startswith("нужен один телефон с кодом")


@pytest.mark.parametrize("email", ["a@example.org", "first.last+tag@sub.example.org", "centre@центр.рф"])
def test_an_e_mail_address_is_accepted(email: str) -> None:
    assert value_of(email=email) == email


@pytest.mark.parametrize(
    "email",
    ["a@b", "a b@example.org", "a@example.org, b@example.org", "@example.org", "a@example..org", "<a@example.org>"],
)
def test_what_is_not_one_e_mail_address_is_refused(email: str) -> None:
    assert refusal_of(email=email)


@pytest.mark.parametrize("inn", ["6678123459", "500100732259"])
def test_an_inn_of_ten_or_twelve_digits_is_accepted(inn: str) -> None:
    assert value_of(inn=inn) == inn


@pytest.mark.parametrize("inn", ["6678123450", "667812345", "500100732258", "66781234590", "٦٦٧٨١٢٣٤٥٩", "0", ""])
def test_an_inn_with_a_wrong_check_digit_or_length_is_refused(inn: str) -> None:
    assert refusal_of(inn=inn)[0].startswith("ИНН — 10 или 12 цифр")


def test_an_ogrn_has_a_right_check_digit() -> None:
    assert value_of(ogrn="1126678000349") == "1126678000349"
    assert refusal_of(ogrn="1126678000340")[0].startswith("ОГРН — 13 или 15 цифр")


def test_one_phone_needs_no_list_around_it() -> None:
    one = Contacts.model_validate(
        {"phones": "+7 34141 2-34-56", "emails": "a@example.org", "sites": "https://example.org/"}
    )
    assert (one.phones, one.emails, one.sites) == (("+73414123456",), ("a@example.org",), ("https://example.org/",))


def test_without_consent_only_the_role_is_kept() -> None:
    fields = {
        "name": "Имя",
        "role": "директор",
        "phone": "+7 34141 2-34-56",
        "email": "a@example.org",
        "organisation": "АНО",
    }
    silent = Person.model_validate(fields)
    assert silent.model_dump(exclude_none=True) == {"role": "директор", "organisation": "АНО"}
    assert Person.model_validate(fields | {"consent": "2026-01-01"}).name == "Имя"


# Who may apply.


def test_others_fills_the_kinds_that_are_not_named() -> None:
    answers = value_of(applicants={"nko": "yes", "library": {"may": "partner", "note": "с НКО"}, "others": "no"})
    assert list(answers) == list(APPLICANTS)
    assert [kind for kind in APPLICANTS if answers[kind].may == "yes"] == ["nko"]
    assert (answers["library"].may, answers["library"].note) == ("partner", "с НКО")


def test_all_twelve_named_need_no_others() -> None:
    assert len(value_of(applicants=dict.fromkeys(APPLICANTS, "no"))) == 12


@pytest.mark.parametrize(
    ("limits", "refusals"),
    [
        ({}, []),
        ({"regions": ["Свердловская область"]}, []),
        ({"regions": ["Уральский федеральный округ"]}, []),
        ({"regions": ["Приволжский федеральный округ", "Курганская область"]}, ["region"]),
        ({"towns": ["Самоцветск"]}, []),
        ({"towns": ["Глазов"], "population_to": 23_999}, ["town", "population"]),
        ({"population_to": 24_000}, []),
    ],
)
def test_the_town_knows_what_shuts_it_out(limits: Mapping[str, object], refusals: list[str]) -> None:
    town = Place("Самоцветск", "Свердловская область", 24_000)
    assert list(Limits.model_validate(limits).refusals(town)) == refusals


def test_every_region_has_one_district() -> None:
    assert len(REGIONS) == sum(len(regions) for regions in DISTRICTS.values()) == 89


# Messages.


def test_the_nearest_word_is_given_as_it_is_written() -> None:
    assert nearest("europe/mosow", ["Europe/Moscow", "Asia/Omsk"]) == "; похоже на «Europe/Moscow»"
    assert nearest("библиотека", ["nko", "library"]) == ""


def test_a_found_value_is_shown_short_on_one_line() -> None:
    assert shown("раз\n  два") == "«раз два»"
    assert shown("ы" * 61) == f"«{'ы' * 60}…»"
    assert (shown(None), shown(["a"]), shown({"a": 1})) == ("пусто", "список", "вложенные поля")


def test_braces_in_a_found_value_are_only_text() -> None:
    assert refusal_of(flag="{0} {message}") == ["бывает yes или no; здесь «{0} {message}»"]


MODELS: tuple[type[BaseModel], ...] = (Fields, Topic, Settings, *KINDS.values())
OUR_OWN = {"slug", "path", "body"}
"""Set by the reader: no file can hold them."""

LENGTHS = {"min_length": "too_short", "max_length": "too_long"}
ERRORS: dict[str, tuple[set[str], dict[str, str]]] = {
    "str": (
        {"string_type"},
        {
            "min_length": "string_too_short",
            "max_length": "string_too_long",
            "pattern": "string_pattern_mismatch",
        },
    ),
    "int": (
        {"int_type", "int_parsing", "int_parsing_size"},
        {"ge": "greater_than_equal", "le": "less_than_equal"},
    ),
    "tuple": ({"tuple_type"}, LENGTHS),
    "function-before": (set(), LENGTHS),
    "dict": ({"dict_type"}, {}),
    "model": ({"model_type"}, {}),
    "model-fields": ({"missing", "extra_forbidden"}, {}),
    "literal": ({"literal_error"}, {}),
}
"""What a pydantic schema of a type may raise for text, lists and mappings: always, and by its constraints."""
SILENT = {
    *("nullable", "default", "definitions", "definition-ref", "model-field", "function-after", "date", "time", "bool")
}
"""Types that pass errors on, or whose value a validator of ours has made already."""


def schemas(schema: Any) -> Iterator[Mapping[str, Any]]:
    """Yield every schema inside a model's core schema, but those of fields that no file can hold."""
    if isinstance(schema, Mapping):
        if isinstance(schema.get("type"), str):
            yield schema
        for name, inner in schema.items():
            if name not in (*OUR_OWN, "function", "metadata", "serialization"):
                yield from schemas(inner)
    elif isinstance(schema, list | tuple):
        for inner in schema:
            yield from schemas(inner)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.__name__))
def test_each_error_that_a_model_can_raise_has_words(model: type[BaseModel]) -> None:
    possible = {"mistake"}
    for schema in schemas(model.__pydantic_core_schema__):
        kind = schema["type"]
        assert kind in ERRORS or kind in SILENT, f"{model.__name__}: what can a {kind} raise?"
        always, by_constraint = ERRORS.get(kind, (set(), {}))
        possible |= always | {error for constraint, error in by_constraint.items() if constraint in schema}
    assert possible - {"extra_forbidden", "literal_error"} <= set(WORDS)


ODD_VALUES: tuple[object, ...] = (
    *(None, "", " ", "слово", "x" * 2_000, "-1", "9" * 30, "9" * 5_000, "1.5", "2026-01-01", "²", "{}", "%s"),
    *(
        [],
        [None],
        [[]],
        ["слово"],
        ["x"] * 3,
        [{}],
        {},
        {"a": None},
        {"слово": "да"},
        {"may": "yes", "key": [], "date": {}},
    ),
)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.__name__))
def test_whatever_stands_in_a_field_is_told_in_russian(model: type[BaseModel]) -> None:
    told = set()
    for name in set(model.model_fields) - OUR_OWN:
        for value in ODD_VALUES:
            fields: dict[str, object] = {name: value, "unknown_name": value}
            told |= set(refusal_of(model, **fields))
    for message in told:
        assert re.search("[а-яё]", message), message
        assert not re.search(r"Value error|Input should|[Vv]alid |None|\bint\b|\bstr\b|\[\]", message), message


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1 .12.2026", "2026-12-01"),
        ("7 декабря 2026 г.", "2026-12-07"),
        ("1 мая 2027 года в 18.00", "2027-05-01 18:00"),
        ("2026/12/7 9:30", "2026-12-07 09:30"),
        ("2026–12–07", "2026-12-07"),
    ],
)
def test_a_day_in_other_words_is_told_as_it_is_written(text: str, meant: str) -> None:
    [told] = refusal_of(Fields, moment=text)
    assert told.startswith(f"дату пишут годом вперёд: {meant}; здесь «{text}»")


def test_signs_that_only_look_right_are_named() -> None:
    assert refusal_of(day="2026\u201112\u201107")[0].endswith("; «\u2011» — неразрывный дефис, а нужен обычный «-»")
    assert refusal_of(slug="gorod–sad")[0].endswith("; «–» — тире, а нужен дефис «-»")
    assert "типографская кавычка" in refusal_of(zone="“Europe/Samara”")[0]


@pytest.mark.parametrize("text", ["Устав, раздел 3", "prikaz.pdf", "ч. 1/2 закона", "пр.12/4", "https://пример.рф/a"])
def test_a_source_may_be_a_document_or_a_link(text: str) -> None:
    assert value_of(cited=text) == text


@pytest.mark.parametrize(
    "text", ["https://example.org/a /b", "www.example.org/a", "example.org/a", "http:/example.org", "https://a.org/b;"]
)
def test_a_source_that_is_meant_for_a_link_must_be_one(text: str) -> None:
    [told] = refusal_of(cited=text)
    assert "ссылк" in told

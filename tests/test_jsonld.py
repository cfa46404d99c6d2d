"""What pages tell machines: schema.org in JSON-LD, valid JSON, absolute addresses, nobody without consent."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.catalog import Catalog, load
from generator.opendata.jsonld import linked_data
from generator.records import KINDS
from generator.templating import Templating, shipped_templates
from tests.conftest import TODAY

ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


@pytest.fixture
def site(example_site: Path) -> Path:
    return example_site


def told(site: Path, address: str) -> dict[str, Any]:
    (found,) = ELEMENT.findall((site / address / "index.html").read_text())
    whole: dict[str, Any] = json.loads(found)
    return whole


def test_an_organisation_is_told_with_its_numbers_and_contacts(site: Path) -> None:
    ngo = told(site, "ngos/svetlyy-dvor")
    assert (ngo["@context"], ngo["@type"], ngo["name"]) == ("https://schema.org", "NGO", "Светлый двор")
    assert [each["propertyID"] for each in ngo["identifier"]] == ["RU-INN", "RU-OGRN"]
    assert ngo["telephone"] == ["+73430020011"]
    assert ngo["sameAs"] == ["https://xn----ctbbhdyn2asbn3i.example.org/"]
    assert "Без-Согласия" not in json.dumps(ngo, ensure_ascii=False)


def test_a_call_is_told_with_its_funder_and_sum(site: Path) -> None:
    call = told(site, "grants/dvor-2026")
    assert call["@type"] == "MonetaryGrant"
    assert call["funder"]["@id"] == told(site, "funders/kamennyy-poyas")["@id"]
    assert call["amount"] == {"@type": "MonetaryAmount", "currency": "RUB", "maxValue": 100000}


def test_a_meetup_is_an_event_where_its_day_is_known(site: Path) -> None:
    event = told(site, "meetups/2026-12-05-zayavka")
    assert event["@type"] == "Event"
    assert event["startDate"].startswith("2026-12-05")
    assert not ELEMENT.search((site / "meetups/2026-04-otkrytie/index.html").read_text())


def test_a_post_is_told_with_its_day(site: Path) -> None:
    post = told(site, "news/2026-11-10-otkryt-konkurs")
    assert (post["@type"], post["datePublished"]) == ("BlogPosting", "2026-11-10")
    assert post["publisher"]["@type"] == "Library"


def test_a_picture_of_a_post_is_told_of(site: Path) -> None:
    picture = told(site, "news/2026-11-10-otkryt-konkurs")["image"]
    assert picture.endswith("/assets/lavochka.png")
    assert (site / picture.partition("example.org/")[2]).is_file()


def test_the_library_is_told_with_its_hours_and_special_days(site: Path) -> None:
    library = told(site, "centre")
    (week,) = library["openingHoursSpecification"]
    assert (len(week["dayOfWeek"]), week["opens"], week["closes"]) == (5, "10:00", "18:00")
    special = {each["validFrom"]: each for each in library["specialOpeningHoursSpecification"]}
    assert special["2026-12-31"]["closes"] == "13:00"
    assert special["2026-11-27"]["opens"] == special["2026-11-27"]["closes"] == "00:00"


def test_what_is_told_has_absolute_addresses_and_no_empty_values(site: Path) -> None:
    for path in site.rglob("*.html"):
        for element in ELEMENT.findall(path.read_text()):
            whole = json.loads(element)
            assert whole["url"].startswith("https://")
            assert not {None, ""} & set(_scalars(whole))


def _scalars(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [inner for each in value.values() for inner in _scalars(each)]
    return [inner for each in value for inner in _scalars(each)] if isinstance(value, list) else [value]


def test_a_title_cannot_end_the_element(example: Path, tmp_path: Path, templating: Templating) -> None:

    (post, *_) = load(example, TODAY).of("post")
    nasty = post.model_copy(update={"title": "</script><script>alert(1)</script> & «ёлочки»"})
    told = linked_data([nasty], Catalog(date(2026, 11, 20), (nasty,), {}), templating)
    assert told.count("</script>") == 1
    assert json.loads(ELEMENT.findall(told)[0])["headline"] == nasty.title


def test_every_description_is_of_a_kind() -> None:
    names = {path.stem for path in (shipped_templates() / "text/ld").iterdir()}
    assert names <= {*KINDS, "parts"}

"""Open data by other people's standards (HSDS, 360Giving, DCAT), and the page that tells of it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5
from xml.etree.ElementTree import Element

import openpyxl
import pytest

from generator.catalog import Catalog, load
from generator.opendata import SETS, index
from generator.opendata.identifiers import uuid_of
from generator.settings import load_settings
from generator.templating import Templating
from tests.conftest import TODAY
from tests.test_opendata_ngos import WHOLE

pytest_plugins = ("tests.browser",)

HSDS = ("organizations", "services", "taxonomies", "taxonomy_terms")


class Files(dict[str, bytes]):
    """The files of open data by their names in /data/."""

    def told(self, name: str) -> Any:
        return json.loads(self[name])

    def hsds(self, name: str) -> list[dict[str, Any]]:
        contents: list[dict[str, Any]] = self.told(f"hsds/{name}.json")["contents"]
        return contents


def made(project: Path, today: date = TODAY) -> Files:
    templating = Templating(project, load_settings(project), today)
    catalog = load(project, today)
    found = {
        each.path: each.content for row in SETS.values() for make in row.make for each in make(catalog, templating)
    }
    last = index(catalog, templating, lambda path: len(found[path]))
    return Files({path.removeprefix("data/"): content for path, content in {**found, last.path: last.content}.items()})


def walk(told: Any) -> Iterator[dict[str, Any]]:
    if isinstance(told, dict):
        yield told
        told = list(told.values())
    for each in told if isinstance(told, list) else ():
        yield from walk(each)


@pytest.fixture
def dom(project: Path) -> Files:
    (project / "ngos/dom.yml").write_text(WHOLE)
    return made(project)


@pytest.fixture
def bare(example: Path, tmp_path: Path) -> Path:
    """A project of settings and a vocabulary, without a single record."""
    for name in ("mkdocs.yml", "content/topics.yml"):
        path = tmp_path / "bare" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((example / name).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path / "bare"


@pytest.fixture(scope="session")
def own(own_site: Path) -> Files:
    folder = own_site / "data"
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".html")
    return Files({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


def of_dom(dom: Files, name: str) -> list[dict[str, Any]]:
    (own,) = (each for each in dom.hsds("organizations") if each["name"] == "=Дом")
    return [each for each in dom.hsds(name) if own["id"] in (each["id"], each.get("organization_id"))]


def test_the_centre_and_every_organisation_are_in_hsds_once(own: Files, own_catalog: Catalog) -> None:
    expected = [record.title for kind in ("centre", "ngo") for record in own_catalog.of(kind)]
    assert [each["name"] for each in own.hsds("organizations")] == expected


def test_a_page_of_hsds_is_whole(own: Files) -> None:
    for name in HSDS:
        page = own.told(f"hsds/{name}.json")
        assert page["total_items"] == page["size"] == len(page["contents"])
        assert (page["page_number"], page["total_pages"], page["empty"]) == (1, 1, False)


def test_each_thing_of_hsds_has_an_id_of_its_own(own: Files) -> None:
    ids = [each["id"] for name in HSDS for thing in own.hsds(name) for each in (thing, *thing.get("phones", ()))]
    assert Counter(ids).most_common(1)[0][1] == 1
    assert {UUID(each["id"]).version for name in HSDS for each in walk(own.hsds(name)) if "id" in each} == {5}


def test_an_id_is_the_uuid_of_its_names_in_the_sites_domain(project: Path) -> None:
    settings = load_settings(project)
    domain = uuid5(NAMESPACE_DNS, "bereg.example.org")
    for name in ("a", "ngo/dom", "ngo/светлый двор"):
        assert uuid_of(settings, *name.split("/")) == str(uuid5(domain, name))


def test_what_hsds_names_by_id_is_there(own: Files) -> None:
    known = {name: {each["id"] for each in own.hsds(name)} for name in HSDS}
    known["locations"] = {place["id"] for each in own.hsds("organizations") for place in each.get("locations", ())}
    named = {
        "organization_id": "organizations",
        "service_id": "services",
        "location_id": "locations",
        "taxonomy_id": "taxonomies",
        "taxonomy_term_id": "taxonomy_terms",
    }
    for each in (thing for name in HSDS for thing in walk(own.hsds(name))):
        for field, name in named.items():
            assert field not in each or each[field] in known[name]


def test_an_organisation_of_hsds_has_its_facts(dom: Files) -> None:
    (told,) = of_dom(dom, "organizations")
    assert told["description"].startswith("Настоящий материал (информация)")
    assert told["description"].endswith("\nЗапись сделана для примера.\nЧинит лавочки.")
    assert (told["alternate_name"], told["legal_status"], told["year_incorporated"]) == ("АНО «Дом & сад»", "АНО", 2012)
    assert (told["website"], told["email"]) == ("https://xn--d1aqf.example.org/", "dom@example.org")
    assert told["uri"] == "https://bereg.example.org/ngos/dom/"
    identifiers = [(each["identifier_scheme"], each["identifier"]) for each in told["organization_identifiers"]]
    assert identifiers == [("RU-OGRN", "1221800990400"), ("RU-INN", "1837099220")]
    assert [phone["number"] for phone in told["phones"]] == ["+7 34300 2-00-11", "+7 34300 2-00-12"]
    assert [(each["name"], each["title"]) for each in told["contacts"]] == [("Анна Примерова", "директор")]
    assert [each["value"] for each in told["attributes"]][:2] == ["Город и двор", "Проект и заявка"]


def test_a_place_of_hsds_has_an_address_in_parts_and_hours(dom: Files) -> None:
    (told,) = of_dom(dom, "organizations")
    own, other = told["locations"]
    (address,) = own["addresses"]
    assert (address["postal_code"], address["state_province"], address["city"], address["country"]) == (
        *("623000", "Свердловская область"),
        *("Самоцветск", "RU"),
    )
    assert (address["address_1"], address["address_2"]) == ("ул. Кирова, 1", "кабинет 2")
    morning = own["schedules"][0]
    assert (morning["freq"], morning["byday"], morning["timezone"]) == ("WEEKLY", "MO,TU,WE,TH", 5)
    assert (morning["opens_at"], morning["closes_at"]) == ("10:00+05:00", "13:00+05:00")
    assert morning["notes"] == "лучше позвонить"
    assert other["addresses"][0]["address_1"] == "ул. Мира, 2"


def test_a_service_of_hsds_has_its_facts(dom: Files) -> None:
    whole, bare = of_dom(dom, "services")
    assert (whole["name"], whole["description"], whole["fees_description"]) == (
        "Чиним лавочки",
        "Напишите нам",
        "бесплатно",
    )
    assert (whole["status"], whole["alert"]) == ("active", "Состояние: закрывается")
    assert (whole["assured_date"], whole["last_modified"]) == ("2026-11-12", "2026-11-13T00:00:00.000Z")
    assert whole["eligibility_description"] == "пожилым"
    assert whole["schedules"][0]["byday"] == "TU"
    assert whole["service_at_locations"][0]["location"]["addresses"][0]["address_1"] == "ул. Мира, 2"
    assert bare["service_at_locations"][0]["location"]["addresses"][0]["address_1"] == "ул. Кирова, 1"
    assert bare["languages"][0]["code"] == "ru"


def test_nothing_stays_empty_in_hsds(dom: Files) -> None:
    for name in HSDS:
        for each in walk(dom.hsds(name)):
            assert None not in each.values()
            assert [] not in each.values()


def test_a_person_without_consent_is_in_no_file(project: Path) -> None:
    found = made(project)
    assert [name for name, content in found.items() if "Без-Согласия".encode() in content] == []
    book = openpyxl.load_workbook(io.BytesIO(found["ngos.xlsx"]))
    assert not [cell for sheet in book for row in sheet.values for cell in row if "Без-Согласия" in f"{cell}"]
    (dvor,) = (each for each in found.hsds("organizations") if each["name"] == "Светлый двор")
    assert "contacts" not in dvor


def test_a_grant_is_told_of_each_award_with_its_day_and_sum(own: Files, own_catalog: Catalog) -> None:
    awarded = [project.slug for project in own_catalog.of("project") if project.awarded and project.sum]
    assert [grant["id"] for grant in own.told("360giving.json")["grants"]] == [
        f"proekt-plus.example.org-project/{slug}" for slug in awarded
    ]


def test_a_grant_has_its_facts_and_says_that_it_is_an_example(project: Path) -> None:
    (grant,) = made(project).told("360giving.json")["grants"]
    assert grant["title"] == "Пример: Лавочка у подъезда"
    assert grant["description"].startswith("Запись сделана для примера.\nДвенадцать новых лавочек")
    assert (grant["currency"], grant["amountAwarded"]) == ("RUB", 85000)
    assert grant["awardDate"] == "2025-12-01T00:00:00Z"
    assert grant["recipientOrganization"][0]["id"] == "RU-OGRN-1126678000349"
    assert grant["fundingOrganization"][0]["id"] == "bereg.example.org-funder/kamennyy-poyas"
    assert grant["grantProgramme"] == [{"title": "Двор нашей мечты, 2025 год"}]
    assert "fromOpenCall" not in grant
    assert grant["actualDates"] == [{"startDate": "2026-01-10T00:00:00Z", "endDate": "2026-06-30T00:00:00Z"}]


def test_a_winner_from_outside_the_directory_has_a_name_and_an_id(project: Path) -> None:
    path = project / "content/projects/lavochka.md"
    path.write_text(path.read_text().replace("ngo: svetlyy-dvor", "applicant: Библиотека «Берег»"))
    (grant,) = made(project).told("360giving.json")["grants"]
    assert grant["recipientOrganization"] == [
        {"id": "bereg.example.org-applicant/biblioteka-bereg", "name": "Библиотека «Берег»"}
    ]


def test_without_awarded_money_there_is_no_360giving(project: Path) -> None:
    path = project / "content/projects/lavochka.md"
    path.write_text(path.read_text().replace("awarded: 2025-12-01\n", ""))
    found = made(project)
    assert "360giving.json" not in found
    assert "360giving" not in found["index.json"].decode()


def test_projects_are_told_as_json_and_as_a_table(project: Path) -> None:
    found = made(project)
    told = found.told("projects.json")["projects"]
    rows = list(csv.DictReader(io.StringIO(found["projects.csv"].decode("utf-8-sig")), delimiter=";"))
    assert [each["id"] for each in told] == [row["Код"] for row in rows] == ["polka", "lavochka"]
    polka, lavochka = told
    assert (polka["grant"], polka["competition"], polka["winner"]) == ("dvor-2026", "Двор нашей мечты", "«Книгоноши»")
    assert (lavochka["sum"], lavochka["winner_identifiers"][0]) == (85000, "RU-OGRN-1126678000349")
    assert lavochka["partners"][0]["name"] == "Домоуправление"
    assert (rows[1]["Сумма, ₽"], rows[1]["Присуждено"], rows[1]["Пример"]) == ("85000", "01.12.2025", "да")


def test_the_catalogue_lists_every_file_and_nothing_else(own: Files) -> None:
    catalogue = own.told("index.json")
    listed = {each["dct:title"]: each for found in catalogue["dcat:dataset"] for each in found["dcat:distribution"]}
    assert set(listed) == set(own) - {"index.json"}
    for name, each in listed.items():
        assert each["dcat:byteSize"]["@value"] == str(len(own[name]))
        assert each["dcat:downloadURL"]["@id"] == f"https://proekt-plus.example.org/data/{name}"
        assert each["dct:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}


def test_the_catalogue_explains_every_field(own: Files) -> None:
    fields = {
        each["dct:identifier"]: {field["name"]: field["description"] for field in each["fields"]}
        for each in own.told("index.json")["dcat:dataset"]
    }
    for name, of in (("grants", "calls"), ("ngos", "ngos"), ("projects", "projects")):
        assert list(fields[name]) == list(own.told(f"{name}.json")[of][0])
        assert all(re.search("[а-яА-Я]", words) for words in fields[name].values())


def test_the_catalogue_names_the_columns_of_tables(own: Files) -> None:
    tables = {
        each["dct:title"]: [column["csvw:titles"] for column in each["csvw:tableSchema"]["csvw:column"]["@list"]]
        for found in own.told("index.json")["dcat:dataset"]
        for each in found["dcat:distribution"]
        if "csvw:tableSchema" in each
    }
    assert set(tables) == {"grants.csv", "ngos.csv", "ngos.xlsx", "projects.csv"}
    for name in ("grants.csv", "ngos.csv", "projects.csv"):
        assert next(csv.reader(io.StringIO(own[name].decode("utf-8-sig")), delimiter=";")) == tables[name]


def test_another_licence_is_told_in_its_own_words(project: Path) -> None:
    path = project / "mkdocs.yml"
    path.write_text(path.read_text() + "  licence: с разрешения библиотеки\n")
    found = made(project)
    assert found.told("index.json")["dct:license"]["dct:title"] == "с разрешения библиотеки"
    assert "license" not in found.told("360giving.json")


def test_without_records_every_file_is_valid(bare: Path) -> None:
    found = made(bare)
    assert found.told("ngos.json") == {"updated": None, "licence": "CC BY 4.0", "ngos": []}
    assert found.hsds("organizations") == found.hsds("services") == []
    assert found["ngos.csv"].startswith("\ufeffКод;Название;".encode())
    assert [sheet.max_row for sheet in openpyxl.load_workbook(io.BytesIO(found["ngos.xlsx"]))] == [1, 1]
    assert len(found.told("index.json")["dcat:dataset"]) == 4


def test_nothing_in_the_data_depends_on_the_day(project: Path) -> None:
    assert made(project) == made(project, TODAY + timedelta(days=200))


def test_the_page_leads_to_every_file(own_pages: dict[str, Element], own: Files) -> None:
    links = {link.attrib["href"] for link in own_pages["/data/"].findall(".//main//a")}
    assert {f"../data/{name}" for name in own} <= links

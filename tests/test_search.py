"""The search index: what is in it, the same bytes for the same pages, and the words that mend what is mistyped."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from generator.catalog import Catalog
from generator.search import STATES, WORDS, index, states
from generator.search.vocabulary import other_forms, words_of
from generator.templating import Templating

pytest_plugins = ("tests.browser",)


@pytest.fixture
def site(whole_example_site: Path) -> Path:
    return whole_example_site


def indexed(site: Path) -> dict[str, str]:
    """Return the text of each page that can be found, by its address."""
    found = {}
    for path in (site / "pagefind/fragment").glob("*.pf_fragment"):
        fragment = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        found[fragment["url"]] = fragment["content"]
    return found


def test_pages_of_records_are_found_and_lists_of_them_are_not(site: Path, catalog: Catalog) -> None:
    addresses = set(indexed(site))
    own = {record.address for record in catalog.records if not record.shares_page}
    assert own <= addresses
    assert {"/handouts/", "/subscribe/", "/data/", "/agreements/"} <= addresses
    assert not {"/", "/grants/", "/ngos/", "/calendar/", "/news/", "/search/"} & addresses


def test_what_stands_on_every_page_is_not_searched(site: Path) -> None:
    pages = [text for address, text in indexed(site).items() if not address.startswith("/handouts/")]
    for text in pages:
        assert "Сообщить об ошибке" not in text
        assert "Состояние на 20" not in text


def test_without_an_index_nothing_leads_to_the_search(example_site: Path) -> None:
    pages = {path: path.read_text("utf-8") for path in example_site.rglob("*.html")}
    assert not [path for path, html in pages.items() if "search/" in html or "Найти" in html]
    assert not (example_site / "search/index.html").exists()


def test_nobody_without_consent_and_no_draft_is_in_the_index(site: Path) -> None:
    whole = " ".join([*indexed(site).values(), (site / WORDS).read_text("utf-8")])
    assert "Без-Согласия" not in whole
    assert "согласия" in whole


def test_the_words_of_a_sheet_that_no_page_has_lead_to_it(own_site: Path) -> None:
    found = indexed(own_site)
    (offer,) = (text for address, text in found.items() if address == "/handouts/partner-offer.html")
    assert "Что даём взамен" in offer
    assert not list((own_site / "handouts").glob("*-*.html"))
    assert "/handouts/partner-offer.html" in json.loads((own_site / STATES).read_text("utf-8"))
    assert "/handouts/grants-list.html" not in found


def test_the_same_pages_give_the_same_index(example_site: Path, tmp_path: Path) -> None:
    trees = []
    for name in ("one", "other"):
        again = tmp_path / name
        shutil.copytree(example_site, again)
        index(again)
        trees.append({path.relative_to(again): path.read_bytes() for path in again.rglob("*.*")})
    assert trees[0] == trees[1]
    assert Path("pagefind/pagefind-entry.json") in trees[0]


def test_only_what_the_search_page_uses_is_published(site: Path) -> None:
    assert not list((site / "pagefind").glob("pagefind-*ui*"))
    assert (site / "pagefind/pagefind.js").is_file()


def test_a_states_file_has_the_rounds_of_each_call(catalog: Catalog, templating: Templating) -> None:
    (artifact,) = states(catalog, templating)
    told = json.loads(artifact.content)
    for call in catalog.of("grant"):
        assert told[call.address].count("data-round=") == len(call.rounds)


def test_forms_with_another_stem_lead_to_a_word_of_the_site() -> None:
    forms = other_forms(["перечень", "заявка", "грант", "днями"])
    assert forms["перечнем"] == forms["перечня"] == "перечень"
    assert forms["заявок"] == "заявка"
    assert forms["день"] == "днями"
    assert not any(form.startswith("грант") for form in forms)


def test_words_come_from_the_main_part_the_most_frequent_first() -> None:
    page = "<nav>меню</nav><main data-pagefind-body><p>Отчёт, отчёт и&nbsp;смета</p><script>код</script></main>"
    assert words_of([page]) == ["отчет", "смета"]

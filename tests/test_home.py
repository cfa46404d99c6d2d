"""The home page: what closes soon, what is open to whom, the next meetup, what is new; and when there is none of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from generator.catalog import load
from generator.fields.eligibility import APPLICANTS
from generator.pages import PageContent, make, pages
from generator.settings import load_settings
from generator.templating import Templating
from tests.conftest import EXAMPLE, TODAY

pytest_plugins = ("tests.browser",)

POST = "---\ntitle: Новость {number}\ndate: 2026-11-{number}\nrubric: grants\n---\n\nТекст.\n"
MEETUP = """---
title: Встреча {slug}
date: {date}
status: {status}
checked: 2026-11-12
---
"""
CALL = """
title: Конкурс {slug}
level: private
funder: fund
applicants: {{others: yes}}
rounds: [{{key: main, deadline: {deadline}}}]
added: 2026-11-12
checked: 2026-11-12
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A site with its settings, its topics and one funder, and nothing else."""
    project = tmp_path / "project"
    (project / "content/funders").mkdir(parents=True)
    (project / "grants").mkdir()
    for name in ("mkdocs.yml", "content/topics.yml"):
        shutil.copy(EXAMPLE / name, project / name)
    (project / "content/funders/fund.md").write_text("---\ntitle: Фонд\nnature: local\n---\n", "utf-8")
    return project


def write(project: Path, path: str, text: str) -> None:
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text(text, "utf-8")


def page_of(project: Path, address: str) -> PageContent:
    catalog = load(project, TODAY)
    templating = Templating(project, load_settings(project), TODAY)
    page = next(page for page in pages(catalog, templating) if page.address == address)
    return make(page, catalog, templating)


def body_of(project: Path, address: str) -> str:
    return page_of(project, address).body.replace("\u00a0", " ")


def home(project: Path) -> str:
    return body_of(project, "/")


def test_everyone_who_may_apply_finds_a_button(own_pages: dict[str, Element]) -> None:
    (asked,) = own_pages["/"].findall(".//section[@class='who-ask']")
    links = [link.get("href") for link in asked.iter("a")]
    assert sorted(link for link in links if link and "?" in link) == sorted(
        f"./grants/?who={who}" for who in APPLICANTS
    )
    assert "./grants/" in links
    # A count that is made at build would be false tomorrow.
    assert not re.search(r"\d", re.sub("14–35", "", "".join(asked.itertext())))


def test_a_new_site_has_a_home_page_too(project: Path) -> None:
    text = home(project)
    assert "Сроков, которые нам подходят, сейчас нет" in text
    assert "День следующей встречи ещё не назван" in text
    assert "Новостей пока нет" in text
    assert "Приходите" not in text
    assert "who-ask" not in text
    assert "Прошлая:" not in text
    assert text.count("<section") == text.count("</section>") == 5


def test_calls_without_a_deadline_stand_below_those_with_one(project: Path) -> None:
    write(project, "grants/always.yml", CALL.format(slug="always", deadline="rolling"))
    text = home(project)
    assert 'Весь год, без срока: <a href="/grants/always/">Конкурс always</a>' in text
    assert "Сроков, которые нам подходят, сейчас нет" in text
    write(project, "grants/soon.yml", CALL.format(slug="soon", deadline="2026-11-25"))
    assert home(project).index("Конкурс soon") < home(project).index("Конкурс always")
    assert "сейчас нет" not in home(project)


def test_what_does_not_suit_the_town_is_not_on_its_home_page(project: Path) -> None:
    call = CALL.format(slug="far", deadline="2026-11-25") + "limits: {regions: [Алтайский край]}\n"
    write(project, "grants/far.yml", call)
    write(project, "grants/far-always.yml", call.replace("2026-11-25", "rolling").replace("Конкурс far", "Конкурс two"))
    assert "/grants/far" not in home(project)


def test_the_next_meetup_can_be_put_into_a_calendar(project: Path) -> None:
    write(project, "content/meetups/next.md", MEETUP.format(slug="next", date="2026-12-03 16:00", status="planned"))
    text = home(project)
    assert "четверг, 3 декабря, 16:00" in text
    assert 'href="/meetups/next/event.ics"' in text


def test_without_a_next_meetup_the_last_one_is_named(project: Path) -> None:
    for slug, day in (("one", "2026-04-03"), ("two", "2026-05-03")):
        write(project, f"content/meetups/{slug}.md", MEETUP.format(slug=slug, date=day, status="held"))
    assert 'Прошлая: <a href="/meetups/two/">Встреча two</a>' in home(project)
    assert "/meetups/one/" not in home(project)


@pytest.mark.parametrize(("number", "shown", "more"), [(1, 1, False), (3, 3, False), (5, 3, True)])
def test_the_three_newest_posts_stand_there(project: Path, number: int, shown: int, more: bool) -> None:
    for day in range(10, 10 + number):
        write(project, f"content/news/n{day}.md", POST.format(number=day))
    text = home(project)
    assert text.count('href="/news/n') == shown
    assert f"/news/n{9 + number}/" in text
    assert ("Все новости" in text) is more


def test_the_centres_hours_are_there_without_a_script(own_pages: dict[str, Element]) -> None:
    text = "".join(own_pages["/"].itertext()).replace("\u00a0", " ")
    come = text[text.index("Приходите") :]
    assert re.search(r"Пн–чт\s+10:00–19:00; сб\s+10:00–17:00\.", come)


def test_a_list_of_no_news_says_what_to_do(project: Path) -> None:
    assert "Новостей пока нет. Загляните позже" in body_of(project, "/news/")


def test_a_lost_visitor_can_search_and_finds_the_sections(own_pages: dict[str, Element]) -> None:
    page = own_pages["/404.html"]
    (form,) = [form for form in page.iter("form") if form.get("role") == "search"]
    assert (form.get("action"), form.get("method")) == ("/search/", "get")
    assert [field.get("name") for field in form.iter("input")] == ["q"]
    main = page.find(".//main")
    assert main is not None
    links = {link.get("href") for link in main.iter("a")}
    assert {"/grants/", "/calendar/", "/ngos/", "/news/", "/"} <= links


def test_a_call_that_is_over_or_not_for_the_town_leads_on(project: Path) -> None:
    write(project, "grants/over.yml", CALL.format(slug="over", deadline="2026-10-01"))
    write(project, "grants/far.yml", CALL.format(slug="far", deadline="2026-12-01") + "limits: {towns: [Киров]}\n")
    assert "Сюда уже не подать" in body_of(project, "/grants/over/")
    assert 'href="/grants/?suits=1"' in body_of(project, "/grants/far/")

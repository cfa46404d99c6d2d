"""Feeds of calls, closing calls, meetups and topics: an item is a record and what happened to it, once and for ever."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]  # it has no types
import pytest

from generator.catalog import Catalog, load
from generator.feeds import feeds
from generator.settings import Settings, load_settings
from generator.templating import Templating
from tests.conftest import TODAY

pytest_plugins = ("tests.browser",)

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
TAG = "tag:bereg.example.org,2026:"
CALL = """\
title: {title}
summary: О конкурсе {slug}.
level: private
funder: kamennyy-poyas
topics: [town]
applicants: {{others: yes}}
rounds:
{rounds}
source: https://example.org/
checked: 2026-11-12
added: {added}
nature: {nature}
"""
MEETUP = """\
---
title: Встреча {slug}
date: {date}
status: {status}
topics: [town]
checked: {checked}
---
О встрече.
"""


class Items(dict[str, Element]):
    """A feed's items by their guid without its tag, in the feed's order."""

    @classmethod
    def of(cls, rss: bytes) -> Items:
        found = ElementTree.fromstring(rss).findall("channel/item")
        items = cls({(item.findtext("guid") or "").partition(":")[2].partition(":")[2]: item for item in found})
        assert len(items) == len(found)
        return items

    def text(self, guid: str, name: str) -> str:
        return (self[guid].findtext(name) or "").replace("\xa0", " ")

    def html(self, guid: str) -> Element:
        fragment: Element = html5lib.parseFragment(self.text(guid, CONTENT), namespaceHTMLElements=False)
        return fragment

    @property
    def dates(self) -> list[str]:
        return [item.findtext("pubDate") or "" for item in self.values()]


def files(project: Path, today: date = TODAY) -> dict[str, bytes]:
    templating = Templating(project, load_settings(project), today)
    return {found.path: found.content for found in feeds(load(project, today), templating)}


def made(project: Path, name: str = "grants", today: date = TODAY) -> Items:
    return Items.of(files(project, today)[f"feeds/{name}.xml"])


def write_call(
    project: Path, slug: str, *rounds: str, title: str = "", added: str = "2026-11-12", nature: str = "grant"
) -> None:
    lines = "\n".join(f"  - {round_}" for round_ in rounds)
    text = CALL.format(slug=slug, title=title or f"Конкурс {slug}", added=added, rounds=lines, nature=nature)
    (project / f"grants/{slug}.yml").write_text(text)


def write_meetup(project: Path, slug: str, day: str, status: str = "planned", checked: str = "2026-11-12") -> None:
    text = MEETUP.format(slug=slug, date=day, status=status, checked=checked)
    (project / f"content/meetups/{slug}.md").write_text(text)


@pytest.fixture
def empty(project: Path) -> Path:
    """The example with nothing to tell of."""
    for path in [*project.glob("grants/*"), *project.glob("content/*/*.md"), *project.glob("ngos/*")]:
        if path.parent.name not in ("centre", "funders"):
            path.unlink()
    return project


@pytest.fixture(scope="session")
def own(own_site: Path) -> dict[str, bytes]:
    """Every feed of the repository's own site besides the news."""
    return {
        path.relative_to(own_site).as_posix(): path.read_bytes() for path in sorted(own_site.glob("feeds/**/*.xml"))
    }


def test_each_feed_stands_at_its_address(own: dict[str, bytes], own_catalog: Catalog) -> None:
    topics = [f"feeds/topics/{topic}.xml" for topic in own_catalog.by_topic]
    assert sorted(own) == sorted(["feeds/grants.xml", "feeds/deadlines.xml", "feeds/meetups.xml", *topics])


def test_every_channel_says_what_it_is_and_where(own: dict[str, bytes], own_settings: Settings) -> None:
    titles = []
    for path, rss in own.items():
        channel = ElementTree.fromstring(rss).find("channel")
        assert channel is not None
        titles.append(channel.findtext("title"))
        assert channel.findtext("language") == "ru"
        assert channel.findtext("description")
        (own_link,) = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert own_link.get("href") == own_settings.absolute(f"/{path}")
    assert len(set(titles)) == len(titles)


def test_the_page_that_a_channel_names_exists(own: dict[str, bytes], own_pages: dict[str, Element]) -> None:
    for rss in own.values():
        assert urlsplit(ElementTree.fromstring(rss).findtext("channel/link") or "").path in own_pages


def test_every_item_has_what_a_strict_validator_asks_for(own: dict[str, bytes]) -> None:
    items = [item for rss in own.values() for item in Items.of(rss).values()]
    assert len(items) > 50
    for item in items:
        for name in ("title", "link", "guid", "pubDate", "description", CONTENT):
            assert len(item.findall(name)) == 1, name
            assert item.findtext(name), name
        assert "<" not in (item.findtext("description") or "")
        assert item.find("guid[@isPermaLink='false']") is not None


def test_the_newest_stands_first_and_thirty_are_the_most(own: dict[str, bytes]) -> None:
    for rss in own.values():
        days = [parsedate_to_datetime(day) for day in Items.of(rss).dates]
        assert days == sorted(days, reverse=True)
        assert len(days) <= 30


def test_every_link_of_an_item_has_its_full_address(own: dict[str, bytes]) -> None:
    for rss in own.values():
        items = Items.of(rss)
        for guid in items:
            links = [
                each.attrib[name] for each in items.html(guid).iter() for name in ("href", "src") if name in each.attrib
            ]
            assert links or not guid.startswith(("grant/", "meetup/")), guid
            assert all(urlsplit(link).scheme in ("http", "https", "mailto", "tel") for link in links), guid


def test_an_item_is_the_same_in_every_feed(own: dict[str, bytes]) -> None:
    found: dict[str, set[bytes]] = {}
    for rss in own.values():
        for guid, item in Items.of(rss).items():
            found.setdefault(guid, set()).add(ElementTree.tostring(item).strip())
    assert {len(versions) for versions in found.values()} == {1}


def test_nothing_is_said_that_a_passing_day_makes_untrue(own: dict[str, bytes]) -> None:
    relative = re.compile(r"остал[со]|сегодня|завтра|вчера|скоро |на этой неделе|через \d+ д", re.IGNORECASE)
    for path, rss in own.items():
        for guid, item in Items.of(rss).items():
            if "/new" in guid or "closing" in guid or "moved" in guid or "cancelled" in guid:
                assert not relative.search(item.findtext("title") or ""), path
                assert not relative.search(item.findtext("description") or ""), path


def test_a_new_call_is_news_from_the_day_it_was_added(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-12-20}", added="2026-11-21")
    assert made(empty) == {}
    items = made(empty, today=date(2026, 11, 21))
    assert list(items) == ["grant/a/new"]
    assert items.text("grant/a/new", "title") == "Новый конкурс: Конкурс a"
    assert items.text("grant/a/new", "guid") == f"{TAG}grant/a/new"
    assert items.text("grant/a/new", "link") == "https://bereg.example.org/grants/a/"
    assert items.dates == ["Sat, 21 Nov 2026 12:00:00 +0500"]


@pytest.mark.parametrize(
    ("nature", "title"),
    [("subsidy", "Новая субсидия"), ("contest", "Новый творческий конкурс"), ("duty", "Новая обязанность НКО")],
)
def test_what_is_no_competition_is_not_called_one(nature: str, title: str, empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-12-20}", nature=nature)
    assert made(empty).text("grant/a/new", "title") == f"{title}: Конкурс a"


def test_a_call_that_was_over_before_it_was_added_is_no_news(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-11-11}")
    write_call(empty, "b", "{key: main, deadline: 2026-11-12}")
    assert list(made(empty)) == ["grant/b/new"]


def test_an_item_tells_the_whole_call(project: Path) -> None:
    text = _words(made(project).html("grant/dvor-2026/new"))
    assert "27 ноября 2026 года, пт, 23:30 по Москве; в Самоцветске это уже 28 ноября 2026 года, 01:30" in text
    assert "Кому можно: инициативная группа, ТОС. Через партнёра: НКО." in text
    assert "Нельзя: муниципальное учреждение," in text
    assert "Сколько: до 100 000 ₽." in text
    other = made(project).html("grant/knizhnyy-most/new")
    assert "весна: приём закрывается: не ранее середины июня 2027 года" in _words(other)
    assert "Книги едут туда, где их ждут." in _words(other)
    assert "https://bereg.example.org/ngos/svetlyy-dvor/" in [link.get("href") for link in other.iter("a")]


def test_a_moved_deadline_is_a_new_item_and_the_old_one_stays(empty: Path) -> None:
    first, second = "{date: 2026-12-20, moved: 2026-11-13}", "{date: 2026-12-25, moved: 2026-11-19}"
    steps = []
    for day, was in (("2026-12-20", ""), ("2026-12-25", first), ("2027-01-20", f"{first}, {second}")):
        write_call(empty, "a", f"{{key: main, deadline: {{date: {day}, was: [{was}]}}}}")
        steps.append(made(empty))
    moves = ["grant/a/main/deadline-moved-2", "grant/a/main/deadline-moved-1"]
    assert [list(items) for items in steps] == [["grant/a/new"], [moves[1], "grant/a/new"], [*moves, "grant/a/new"]]
    for items in steps[1:]:
        assert items.text(moves[1], "title") == "Срок продлён до 25 декабря 2026 года: Конкурс a"
        assert items.text(moves[1], "description") == (
            "Прежний срок: до конца дня 20 декабря 2026 года, по Москве. "
            "Новый срок: до конца дня 25 декабря 2026 года, по Москве."
        )
    assert steps[2].dates[:2] == ["Thu, 19 Nov 2026 12:00:00 +0500", "Fri, 13 Nov 2026 12:00:00 +0500"]


def test_a_deadline_that_came_nearer_is_not_called_extended(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: {date: 2026-12-01, was: [{date: 2026-12-20, moved: 2026-11-13}]}}")
    assert made(empty).text("grant/a/main/deadline-moved-1", "title").startswith("Срок перенесён на 1 декабря 2026")


def test_a_deadline_moved_to_a_day_not_named_says_so(empty: Path) -> None:
    moved = "{precision: unknown, was: [{date: 2026-12-20, moved: 2026-11-13}]}"
    write_call(empty, "a", f"{{key: main, deadline: {moved}}}")
    items = made(empty)
    assert items.text("grant/a/main/deadline-moved-1", "title") == "Срок перенесён: Конкурс a"
    assert "Новый срок: дата ещё не названа." in items.text("grant/a/main/deadline-moved-1", "description")


@pytest.mark.parametrize("moved", ["", ", moved: 2026-11-21"])
def test_a_move_of_an_unknown_day_or_of_one_to_come_is_no_item(moved: str, empty: Path) -> None:
    write_call(empty, "a", f"{{key: main, deadline: {{date: 2026-12-25, was: [{{date: 2026-12-20{moved}}}]}}}}")
    assert list(made(empty)) == ["grant/a/new"]


def test_an_hour_of_a_moved_deadline_is_told_by_both_clocks(empty: Path) -> None:
    was = "{date: 2026-12-20, time: '23:30', moved: 2026-11-13}"
    write_call(empty, "a", f"{{key: main, deadline: {{date: 2026-12-20, time: '23:45', was: [{was}]}}}}")
    lead = made(empty).text("grant/a/main/deadline-moved-1", "description")
    assert "20 декабря 2026 года, вс, 23:30 по Москве; в Самоцветске это уже 21 декабря 2026 года, 01:30" in lead
    assert "23:45 по Москве; в Самоцветске это уже 21 декабря 2026 года, 01:45" in lead


def test_a_cancelled_round_is_an_item_and_the_call_stays_one(empty: Path) -> None:
    write_call(
        empty,
        "a",
        "{key: spring, title: весна, deadline: 2027-03-01}",
        "{key: autumn, title: осень, deadline: 2027-09-01, cancelled: {date: 2026-11-18, reason: нет денег}}",
    )
    items = made(empty)
    assert list(items) == ["grant/a/autumn/cancelled", "grant/a/new"]
    assert items.text("grant/a/autumn/cancelled", "title") == "Отменён приём заявок: Конкурс a, осень"
    assert items.text("grant/a/autumn/cancelled", "description").endswith("18 ноября 2026 года. Причина: нет денег.")
    assert items.dates[0] == "Wed, 18 Nov 2026 12:00:00 +0500"


def test_a_call_is_closing_for_two_weeks_and_the_item_is_the_same_all_the_time(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-12-04 23:30}", added="2026-10-01")
    found = {day: made(empty, "deadlines", TODAY + timedelta(days=day)) for day in range(-1, 16)}
    assert [day for day, items in found.items() if items] == list(range(15))
    shown = {ElementTree.tostring(items["grant/a/main/closing-0"]) for items in found.values() if items}
    assert len(shown) == 1
    assert found[0].dates == ["Fri, 20 Nov 2026 00:00:00 +0300"]
    assert found[0].text("grant/a/main/closing-0", "title") == "Приём закрывается 4 декабря 2026 года: Конкурс a"


def test_a_call_added_late_is_closing_from_the_day_it_was_added(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-11-25}", added="2026-11-19")
    assert made(empty, "deadlines").dates == ["Thu, 19 Nov 2026 12:00:00 +0500"]
    assert made(empty, "deadlines", date(2026, 11, 18)) == {}


def test_a_closing_call_whose_deadline_moves_is_closing_anew(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-11-25}")
    before = made(empty, "deadlines")
    was = "{date: 2026-11-25, moved: 2026-11-20}"
    write_call(empty, "a", f"{{key: main, deadline: {{date: 2026-11-30, was: [{was}]}}}}")
    after = made(empty, "deadlines")
    assert (list(before), list(after)) == (["grant/a/main/closing-0"], ["grant/a/main/closing-1"])
    assert after.dates == ["Fri, 20 Nov 2026 12:00:00 +0500"]


@pytest.mark.parametrize(
    "round_",
    [
        "{key: main, deadline: rolling}",
        "{key: main, deadline: 2026-11}",
        "{key: main, deadline: {date: 2026-11-25, precision: forecast}}",
        "{key: main, deadline: 2026-11-19}",
        "{key: main, deadline: 2026-12-05}",
        "{key: main, deadline: 2026-11-25, cancelled: {date: 2026-11-15}}",
    ],
)
def test_what_does_not_close_within_two_weeks_is_not_closing(round_: str, empty: Path) -> None:
    write_call(empty, "a", round_)
    assert made(empty, "deadlines") == {}


def test_the_closing_calls_are_those_that_the_pages_show(own: dict[str, bytes], own_pages: dict[str, Element]) -> None:
    rounds = [
        (call.attrib["data-call"], round_.attrib["data-round"], round_.attrib["data-deadline"][:10])
        for call in own_pages["/grants/"].findall(".//*[@data-call]")
        for round_ in call.findall(".//*[@data-deadline]")
        if round_.attrib["data-status"] != "cancelled"
    ]
    near = {(call, key) for call, key, day in rounds if TODAY <= date.fromisoformat(day) <= TODAY + timedelta(days=14)}
    found = {tuple(guid.split("/")[1:3]) for guid in Items.of(own["feeds/deadlines.xml"])}
    assert len(found) > 1
    assert found == near


def test_a_planned_meetup_is_announced_and_a_held_one_reported(empty: Path) -> None:
    day = "{date: 2026-11-18, time: '16:00', zone: Asia/Yekaterinburg}"
    write_meetup(empty, "m", day, checked="2026-11-10")
    announced = made(empty, "meetups", date(2026, 11, 11))
    write_meetup(empty, "m", day, "held", checked="2026-11-20")
    reported = made(empty, "meetups")
    assert (list(announced), list(reported)) == (["meetup/m/announced"], ["meetup/m/reported"])
    assert announced.text("meetup/m/announced", "title") == "Встреча: Встреча m, 18 ноября 2026 года"
    assert (announced.dates, reported.dates) == (
        ["Tue, 10 Nov 2026 12:00:00 +0500"],
        ["Wed, 18 Nov 2026 12:00:00 +0500"],
    )
    assert "О встрече." in _words(reported.html("meetup/m/reported"))


def test_a_moved_meetup_and_a_cancelled_one_are_items(empty: Path) -> None:
    write_meetup(empty, "m", "{date: 2026-12-10, was: [{date: 2026-12-03, moved: 2026-11-16}]}", "moved")
    write_meetup(empty, "n", "2026-12-11", "cancelled", "2026-11-17")
    items = made(empty, "meetups")
    assert set(items) == {"meetup/m/announced", "meetup/m/moved-1", "meetup/n/announced", "meetup/n/cancelled"}
    assert items.text("meetup/m/moved-1", "title") == "Встреча перенесена на 10 декабря 2026 года: Встреча m"
    assert items.text("meetup/n/cancelled", "title") == "Встреча отменена: Встреча n"


def test_a_topics_feed_tells_of_every_kind_on_it_and_of_nothing_else(project: Path) -> None:
    write_call(project, "a", "{key: main, deadline: 2026-11-30}")
    write_meetup(project, "m", "2026-12-10")
    town = set(made(project, "topics/town"))
    assert {"post/2026-11-10-otkryt-konkurs", "grant/a/new", "grant/a/main/closing-0", "meetup/m/announced"} <= town
    assert not {guid for guid in town if "knizhnyy-most" in guid}
    assert "note/pyat-voprosov" in made(project, "topics/projects")


def test_a_post_has_the_same_guid_in_a_topics_feed_as_in_the_news(project: Path) -> None:
    news = Items.of(files(project)["feed.xml"])
    posts = [guid for guid in made(project, "topics/town") if guid.startswith("post/")]
    assert posts
    assert set(posts) <= set(news)


def test_guids_follow_neither_the_sites_address_nor_the_day(project: Path) -> None:
    before = made(project)
    config = project / "mkdocs.yml"
    config.write_text(
        config.read_text().replace("site_url: https://bereg.example.org/", "site_url: https://a.example/")
    )
    after = made(project, today=TODAY + timedelta(days=60))
    assert list(before) == list(after)
    assert [before.text(guid, "guid") for guid in before] == [after.text(guid, "guid") for guid in after]


def test_a_feed_without_items_is_valid(empty: Path) -> None:
    found = files(empty)
    news = {"feed.xml", "atom.xml", "feed.json"}
    assert set(found) == news | {"feeds/grants.xml", "feeds/deadlines.xml", "feeds/meetups.xml"}
    for name in ("grants", "deadlines", "meetups"):
        channel = ElementTree.fromstring(found[f"feeds/{name}.xml"]).find("channel")
        assert channel is not None
        assert Items.of(found[f"feeds/{name}.xml"]) == {}
        assert all(channel.findtext(tag) for tag in ("title", "link", "description", "lastBuildDate"))


def test_the_thirty_newest_are_told(empty: Path) -> None:
    for number in range(35):
        write_call(
            empty, f"a{number}", "{key: main, deadline: 2026-12-20}", added=f"{date(2026, 10, 1) + timedelta(number)}"
        )
    assert list(made(empty)) == [f"grant/a{number}/new" for number in range(34, 4, -1)]


def test_a_title_with_signs_of_markup_stays_text(empty: Path) -> None:
    write_call(empty, "a", "{key: main, deadline: 2026-12-20}", title="'Гранты < 5 & <b>больше</b>'")
    items = made(empty)
    assert items.text("grant/a/new", "title") == "Новый конкурс: Гранты < 5 & <b>больше</b>"
    assert items.html("grant/a/new").find(".//b") is None


def test_categories_are_the_topics_by_their_names(own: dict[str, bytes], own_catalog: Catalog) -> None:
    for guid, item in Items.of(own["feeds/grants.xml"]).items():
        call = own_catalog.get("grant", guid.split("/")[1])
        assert call is not None
        titles = [own_catalog.topics[topic].title for topic in call.topics]
        assert Counter(each.text for each in item.findall("category")) == Counter(titles)


def test_the_same_content_and_day_give_the_same_bytes(project: Path) -> None:
    assert files(project) == files(project)


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())

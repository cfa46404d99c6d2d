"""The news feeds, read by somebody else's parser: RSS 2.0 and Atom (RFC 4287), full text, no clock."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]  # it has no types
import pytest

from generator.catalog import Catalog, load
from generator.feeds import feeds
from generator.settings import Settings, load_settings
from generator.templating import Templating
from generator.typography import typeset, typeset_html
from tests.conftest import TODAY

pytest_plugins = ("tests.browser",)

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
POST = """\
---
title: {title}
date: {date}
rubric: centre
{fields}
---
{body}
"""


class Feeds(NamedTuple):
    """Both news feeds of a project on a day, as bytes."""

    rss: bytes
    atom: bytes

    @property
    def channel(self) -> Element:
        channel = ElementTree.fromstring(self.rss).find("channel")
        assert channel is not None
        return channel

    @property
    def items(self) -> list[Element]:
        return self.channel.findall("item")

    @property
    def entries(self) -> list[Element]:
        return ElementTree.fromstring(self.atom).findall(f"{ATOM}entry")

    @property
    def guids(self) -> list[str]:
        return [item.findtext("guid") or "" for item in self.items]


def made(project: Path, today: date = TODAY) -> Feeds:
    found = {found.path: found.content for found in feeds(load(project, today), _templating(project, today))}
    return Feeds(found["feed.xml"], found["atom.xml"])


def write_post(project: Path, slug: str, body: str = "Текст.", **fields: str) -> Path:
    title, day = fields.pop("title", f"Новость {slug}"), fields.pop("date", "2026-11-19")
    path = project / f"content/news/{slug}.md"
    lines = "\n".join(f"{name}: {value}" for name, value in fields.items())
    path.write_text(POST.format(title=title, date=day, fields=lines, body=body))
    return path


@pytest.fixture(scope="session")
def own(own_site: Path) -> Feeds:
    return Feeds((own_site / "feed.xml").read_bytes(), (own_site / "atom.xml").read_bytes())


@pytest.fixture
def quiet(project: Path) -> Path:
    """A project without a single post."""
    for path in (project / "content/news").iterdir():
        path.unlink()
    return project


def test_the_channel_says_what_it_is_where_and_in_what_language(own: Feeds, own_settings: Settings) -> None:
    assert ElementTree.fromstring(own.rss).attrib["version"] == "2.0"
    assert (own.channel.findtext("title") or "").startswith(own_settings.site_name)
    assert own.channel.findtext("link") == own_settings.absolute("/news/")
    assert own.channel.findtext("description")
    assert own.channel.findtext("language") == "ru"


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_a_feed_names_its_own_address(name: str, own: Feeds, own_settings: Settings) -> None:
    feed = own.channel if name == "feed.xml" else ElementTree.fromstring(own.atom)
    links = [link.attrib for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert [link["href"] for link in links] == [own_settings.absolute(f"/{name}")]


def test_every_item_of_rss_has_what_a_strict_validator_asks_for(own: Feeds, own_catalog: Catalog) -> None:
    assert len(own.items) == len(own_catalog.of("post"))
    for item in own.items:
        for name in ("title", "link", "guid", "pubDate", CONTENT):
            assert len(item.findall(name)) == 1, name
            assert item.findtext(name), name
        assert item.find("guid[@isPermaLink='false']") is not None
        assert len(item.findall("description")) <= 1


def test_every_entry_of_atom_has_what_rfc_4287_asks_for(own: Feeds) -> None:
    feed = ElementTree.fromstring(own.atom)
    for element in (feed, *own.entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
            assert element.findtext(f"{ATOM}{name}"), name
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    for entry in own.entries:
        assert [link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")] == ["alternate"]
        assert entry.find(f"{ATOM}content[@type='html']") is not None


def test_both_feeds_tell_the_same(own: Feeds) -> None:
    rss = [(item.findtext("guid"), item.findtext("title"), item.findtext("link")) for item in own.items]
    atom = [
        (entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}title"), link.get("href"))
        for entry in own.entries
        if (link := entry.find(f"{ATOM}link")) is not None
    ]
    assert rss == atom


def test_the_newest_stands_first(own: Feeds) -> None:
    days = [parsedate_to_datetime(item.findtext("pubDate") or "") for item in own.items]
    assert days == sorted(days, reverse=True)
    assert len(set(days)) > 1


def test_a_day_of_publication_is_written_by_rfc_822_with_the_librarys_zone(own: Feeds) -> None:
    dates = [item.findtext("pubDate") or "" for item in own.items]
    assert [text for text in dates if not RFC_822.fullmatch(text)] == []
    assert {text[-5:] for text in dates} == {"+0400"}
    assert dates[0] == "Tue, 17 Nov 2026 12:00:00 +0400"


def test_an_instant_of_atom_is_written_by_rfc_3339_with_a_zone(own: Feeds) -> None:
    feed = ElementTree.fromstring(own.atom)
    instants = [text for name in ("updated", "published") for text in _texts(feed, f"{ATOM}{name}")]
    assert len(instants) == 2 * len(own.entries) + 1
    assert all(datetime.fromisoformat(text).tzinfo and "T" in text for text in instants)


def test_a_guid_is_a_tag_of_the_uid_domain_and_nobody_elses(own: Feeds, own_settings: Settings) -> None:
    assert len(set(own.guids)) == len(own.guids)
    assert all(guid.startswith(f"tag:{own_settings.extra.uid_domain},2026:post/") for guid in own.guids)


def test_a_guid_does_not_follow_the_sites_address(project: Path) -> None:
    before = made(project)
    config = project / "mkdocs.yml"
    config.write_text(
        config.read_text().replace("site_url: https://bereg.example.org/", "site_url: https://new.example/a/")
    )
    after = made(project)
    assert after.guids == before.guids == [f"tag:bereg.example.org,2026:post/{slug}" for slug in _slugs(before)]
    assert all((item.findtext("link") or "").startswith("https://new.example/a/news/") for item in after.items)


def test_an_edit_of_a_post_does_not_change_its_guid(project: Path) -> None:
    write_post(project, "a")
    before = made(project)
    write_post(project, "a", "Другой текст.", title="Другое название", date="2026-11-18", updated="2026-11-20")
    after = made(project)
    assert sorted(before.guids) == sorted(after.guids)
    assert after.rss != before.rss


def test_a_post_from_another_site_keeps_the_guid_it_came_with(project: Path) -> None:
    write_post(project, "a", guid="tag:blogger.com,1999:blog-1.post-2")
    feed = made(project)
    assert feed.guids[0] == "tag:blogger.com,1999:blog-1.post-2"
    assert feed.entries[0].findtext(f"{ATOM}id") == "tag:blogger.com,1999:blog-1.post-2"


def test_a_feed_holds_the_thirty_newest(quiet: Path) -> None:
    for number in range(35):
        write_post(quiet, f"n{number}", date=str(date(2026, 10, 1) + timedelta(days=number)))
    feed = made(quiet)
    assert _slugs(feed) == [f"n{number}" for number in range(34, 4, -1)]
    assert len(feed.entries) == 30


def test_a_post_of_a_day_to_come_is_not_in_the_feed_until_that_day(project: Path) -> None:
    write_post(project, "soon", date="2026-11-21")
    assert "soon" not in _slugs(made(project))
    assert "soon" in _slugs(made(project, date(2026, 11, 21)))


def test_a_draft_is_not_in_the_feed(project: Path) -> None:
    before = made(project)
    write_post(project, "secret", draft="yes")
    assert made(project) == before


def test_without_posts_a_feed_is_empty_and_valid(quiet: Path) -> None:
    feed = made(quiet)
    atom = ElementTree.fromstring(feed.atom)
    assert feed.items == feed.entries == []
    assert all(feed.channel.findtext(name) for name in ("title", "link", "description", "lastBuildDate"))
    assert all(atom.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))


def test_the_field_updated_moves_the_entrys_and_the_feeds_instant(quiet: Path) -> None:
    write_post(quiet, "a", date="2026-11-12")
    before = made(quiet)
    write_post(quiet, "a", date="2026-11-12", updated="2026-11-17")
    after = made(quiet)
    assert [made.entries[0].findtext(f"{ATOM}updated") for made in (before, after)] == [
        "2026-11-12T12:00:00+05:00",
        "2026-11-17T12:00:00+05:00",
    ]
    assert ElementTree.fromstring(after.atom).findtext(f"{ATOM}updated") == "2026-11-17T12:00:00+05:00"
    assert before.entries[0].findtext(f"{ATOM}published") == after.entries[0].findtext(f"{ATOM}published")
    assert before.items[0].findtext("pubDate") == after.items[0].findtext("pubDate")


def test_a_passing_day_changes_nothing_in_a_feed(project: Path) -> None:
    assert made(project, TODAY) == made(project, TODAY + timedelta(days=40))


@pytest.mark.no_cover
def test_neither_the_hour_nor_the_zone_of_the_machine_changes_a_feed(project: Path, tmp_path: Path) -> None:
    before = made(project)
    site = tmp_path / "site"
    build = [
        sys.executable,
        "-m",
        "generator",
        "build",
        "--no-handouts",
        "--no-search",
        "--today",
        str(TODAY),
        "--site-dir",
        str(site),
    ]
    zone = os.environ | {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"}
    # Another process, a second later and on another day of its own calendar.
    subprocess.run([*build, "--project", str(project)], env=zone, check=True, capture_output=True)
    assert Feeds((site / "feed.xml").read_bytes(), (site / "atom.xml").read_bytes()) == before


def test_a_feed_carries_the_whole_text(own: Feeds, own_catalog: Catalog) -> None:
    for post, item in zip(own_catalog.of("post"), own.items, strict=True):
        page = _text(html5lib.parseFragment(typeset_html(post.body.html), namespaceHTMLElements=False))
        assert _text(_content(item)) == page
        assert item.findtext("description") == typeset(post.summary or "")


def test_every_link_and_picture_of_a_text_has_its_full_address(own: Feeds) -> None:
    assert [link for item in own.items for link in _addresses(_content(item)) if not _is_full(link)] == []


def test_links_pictures_and_notes_of_a_post_work_in_a_reader_program(quiet: Path) -> None:
    body = """
[Конкурс](../../grants/dvor-2026.yml) и [календарь](/calendar/), сноска[^1], [ниже](#chto-dalshe), <https://example.org/a>.

![Лавочка](../assets/lavochka.png)

## Что дальше

Пишите: [почта](mailto:bereg@example.org), [телефон](tel:+73430020011). Код: `href="/grants/"`.

[^1]: Пояснение.
"""
    write_post(quiet, "a", body)
    (item,) = made(quiet).items
    content = _content(item)
    assert [link for link in _addresses(content) if not _is_full(link)] == []
    assert {"https://bereg.example.org/grants/dvor-2026/", "https://bereg.example.org/assets/lavochka.png"} <= set(
        _addresses(content)
    )
    assert 'href="/grants/"' in _text(content)


def test_a_title_with_signs_of_markup_stays_text(quiet: Path) -> None:
    title = "Гранты < 5 000 ₽ & <b>больше</b>"
    write_post(quiet, "a", "", title=f'"{title}"')
    feed = made(quiet)
    assert feed.items[0].findtext("title") == typeset(title)
    assert feed.entries[0].findtext(f"{ATOM}title") == typeset(title)
    assert feed.entries[0].find(f"{ATOM}title").get("type", "text") == "text"  # type: ignore[union-attr]  # it is there
    assert _content(feed.items[0]).find(".//b") is None


def test_categories_are_the_topics_by_their_names(own: Feeds, own_catalog: Catalog) -> None:
    for post, item, entry in zip(own_catalog.of("post"), own.items, own.entries, strict=True):
        titles = [own_catalog.topics[topic].title for topic in post.topics]
        assert [category.text for category in item.findall("category")] == titles
        assert [category.get("label") for category in entry.findall(f"{ATOM}category")] == titles
        assert [category.get("term") for category in entry.findall(f"{ATOM}category")] == list(post.topics)


def _templating(project: Path, today: date) -> Templating:
    return Templating(project, load_settings(project), today)


def _slugs(feed: Feeds) -> list[str]:
    return [(item.findtext("link") or "").rstrip("/").rpartition("/")[2] for item in feed.items]


def _texts(root: Element, name: str) -> list[str]:
    return [element.text or "" for element in root.iter(name)]


def _content(item: Element) -> Element:
    # A post without a summary has its whole text for a description.
    html = item.findtext(CONTENT) or item.findtext("description") or ""
    fragment: Element = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return fragment


def _addresses(content: Element) -> list[str]:
    return [element.attrib[name] for element in content.iter() for name in ("href", "src") if name in element.attrib]


def _is_full(link: str) -> bool:
    parts = urlsplit(link)
    return parts.scheme in ("mailto", "tel") or (parts.scheme in ("http", "https") and bool(parts.netloc))


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())

"""JSON Feed 1.1, and the pictures and files of a post in every news feed."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib  # type: ignore[import-untyped]  # it has no types
import pytest
from PIL import Image

from generator.catalog import load
from generator.feeds import feeds
from generator.images import published
from generator.pages import pictures
from generator.settings import load_settings
from generator.templating import Templating
from tests.conftest import TODAY
from tests.test_feeds import ATOM, made, write_post

pytest_plugins = ("tests.browser",)

SITE = "https://bereg.example.org"


def json_feed(project: Path, today: date = TODAY) -> dict[str, Any]:
    templating = Templating(project, load_settings(project), today)
    (found,) = [file.content for file in feeds(load(project, today), templating) if file.path == "feed.json"]
    feed: dict[str, Any] = json.loads(found)
    return feed


@pytest.fixture
def quiet(project: Path) -> Path:
    """A project without a single post."""
    for path in (project / "content/news").iterdir():
        path.unlink()
    return project


def test_the_feed_says_what_it_is_where_and_in_what_language(project: Path) -> None:
    feed = json_feed(project)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{SITE}/feed.json"
    assert feed["home_page_url"] == f"{SITE}/news/"
    assert feed["language"] == "ru"
    assert feed["title"]
    assert feed["description"]
    assert feed["authors"][0]["name"] == load_settings(project).extra.library


def test_it_tells_the_same_as_rss_under_the_same_guids(project: Path) -> None:
    entries = json_feed(project)["items"]
    rss = made(project)
    assert [entry["id"] for entry in entries] == rss.guids
    assert [entry["title"] for entry in entries] == [item.findtext("title") for item in rss.items]
    assert [entry["url"] for entry in entries] == [item.findtext("link") for item in rss.items]


def test_an_entry_has_its_text_its_instants_and_its_topics_in_russian(project: Path) -> None:
    write_post(project, "a", "[Календарь](/calendar/)", summary="Кратко.", topics="[town]", updated="2026-11-20")
    (entry,) = [entry for entry in json_feed(project)["items"] if entry["url"] == f"{SITE}/news/a/"]
    assert f'href="{SITE}/calendar/"' in entry["content_html"]
    assert entry["summary"] == "Кратко."
    assert [tag.replace("\u00a0", " ") for tag in entry["tags"]] == [load(project, TODAY).topics["town"].title]
    assert entry["date_published"] == "2026-11-19T12:00:00+05:00"
    assert entry["date_modified"] == "2026-11-20T12:00:00+05:00"
    assert datetime.fromisoformat(entry["date_published"]).tzinfo


def test_it_holds_the_thirty_newest_and_nothing_of_a_draft_or_of_a_day_to_come(quiet: Path) -> None:
    for number in range(33):
        write_post(quiet, f"n{number}", date=str(date(2026, 10, 1) + timedelta(days=number)))
    write_post(quiet, "secret", draft="yes")
    write_post(quiet, "soon", date="2026-11-21")
    slugs = [entry["url"].split("/")[-2] for entry in json_feed(quiet)["items"]]
    assert slugs == [f"n{number}" for number in range(32, 2, -1)]


def test_an_edit_repeats_nothing_and_an_imported_post_keeps_its_old_name(quiet: Path) -> None:
    write_post(quiet, "a", guid="tag:blogger.com,1999:blog-1.post-2")
    before = json_feed(quiet)["items"]
    write_post(quiet, "a", "Иначе.", title="Другое", updated="2026-11-20", guid="tag:blogger.com,1999:blog-1.post-2")
    after = json_feed(quiet)["items"]
    assert before != after
    assert [entry["id"] for entry in before + after] == ["tag:blogger.com,1999:blog-1.post-2"] * 2
    topic = {file.path: file.content for file in feeds(load(quiet, TODAY), _templating(quiet))}
    assert b"tag:blogger.com,1999:blog-1.post-2" in topic["feed.xml"]
    assert b"tag:blogger.com,1999:blog-1.post-2" in topic["atom.xml"]


def test_the_first_picture_goes_along_with_a_post_in_every_feed(quiet: Path) -> None:
    Image.new("RGB", (1600, 900), (20, 60, 40)).save(quiet / "content/assets/zal.jpg")
    Image.new("RGB", (300, 200), (20, 60, 40)).save(quiet / "content/assets/two.png")
    write_post(quiet, "a", '![Зал](../assets/zal.jpg "Подпись")\n\n![Два](../assets/two.png)')
    wanted = pictures(load(quiet, TODAY), _templating(quiet))
    copies = {file.path: file.content for files in published(quiet, wanted) for file in files}
    feed = made(quiet)
    enclosure = feed.items[0].find("enclosure")
    assert enclosure is not None
    address = f"{SITE}/assets/zal.jpg.1280.webp"
    length = len(copies["assets/zal.jpg.1280.webp"])
    assert enclosure.attrib == {"url": address, "length": str(length), "type": "image/webp"}
    (link,) = [link for link in feed.entries[0].findall(f"{ATOM}link") if link.get("rel") == "enclosure"]
    assert (link.get("href"), link.get("type")) == (address, "image/webp")
    (entry,) = json_feed(quiet)["items"]
    assert entry["image"] == address
    shown = list(html5lib.parseFragment(entry["content_html"], namespaceHTMLElements=False).iter("img"))
    assert [picture.attrib["src"] for picture in shown] == [address, f"{SITE}/assets/two.png"]
    assert all("srcset" not in picture.attrib for picture in shown)
    assert (shown[0].attrib["width"], shown[0].attrib["height"]) == ("1280", "720")


def test_files_that_a_post_links_to_are_its_attachments(quiet: Path) -> None:
    (quiet / "content/assets/smeta.xlsx").write_bytes(b"x" * 2048)
    write_post(quiet, "a", "[Смета](../assets/smeta.xlsx)")
    (entry,) = json_feed(quiet)["items"]
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert entry["attachments"] == [
        {"url": f"{SITE}/assets/smeta.xlsx", "mime_type": sheet, "size_in_bytes": 2048},
    ]
    assert "(xlsx, 2\u00a0КБ)" in entry["content_html"]


def test_every_page_names_the_feed_and_the_subscription_page_explains_it(example_site: Path) -> None:
    for name in ("index.html", "news/index.html", "grants/dvor-2026/index.html"):
        page = html5lib.parse((example_site / name).read_bytes(), namespaceHTMLElements=False)
        (link,) = page.findall(".//link[@type='application/feed+json']")
        assert link.attrib["rel"] == "alternate"
        assert link.attrib["href"].endswith("feed.json")
    assert f"{SITE}/feed.json" in (example_site / "subscribe/index.html").read_text(encoding="utf-8")


def test_without_pictures_a_feed_has_no_enclosure(quiet: Path) -> None:
    write_post(quiet, "a")
    assert ElementTree.fromstring(made(quiet).rss).find(".//enclosure") is None
    assert "image" not in json_feed(quiet)["items"][0]


def _templating(project: Path) -> Templating:
    return Templating(project, load_settings(project), TODAY)

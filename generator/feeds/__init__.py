"""Feeds: RSS 2.0; for the news Atom (RFC 4287) and JSON Feed 1.1 too; full text, newest first, no clock in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from feedgen.feed import FeedGenerator

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.feeds.json_feed import json_feed
from generator.feeds.stories import Stories, Story
from generator.feeds.telling import Telling
from generator.templating import Templating
from generator.typography import typeset

NEWEST = 30
"""How many stories a feed holds."""


def feeds(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield every feed."""
    press = _Press(catalog, templating)
    stories = Stories(catalog, templating.settings)
    words = templating.words["feeds"]
    news, calls, closing, meetups = map(list, (stories.news(), stories.calls(), stories.closing(), stories.meetups()))
    feed = press.feed("news", words["news"], news)
    yield press.rss(feed, "feed.xml", "/news/")
    yield press.atom(feed, "atom.xml", "/news/", newest(news))
    yield Artifact("feed.json", json_feed(words["news"], newest(news), press.telling, catalog, templating.settings))
    for name, found, page in (
        ("grants", calls, "/grants/"),
        ("deadlines", closing, "/grants/"),
        ("meetups", meetups, "/meetups/"),
    ):
        yield press.rss(press.feed(name, words[name], found), f"feeds/{name}.xml", page)
    by_topic: dict[str, list[Story]] = defaultdict(list)
    for story in (*news, *calls, *closing, *meetups, *stories.notes()):
        for topic in dict.fromkeys(story.record.topics):
            by_topic[topic].append(story)
    for topic in catalog.used_topics:
        feed = press.feed(f"topics/{topic}", catalog.topics[topic].title, by_topic[topic])
        yield press.rss(feed, f"feeds/topics/{topic}.xml", f"/topics/{topic}/")


def newest(stories: Iterable[Story]) -> list[Story]:
    """Return as many of the newest stories as a feed holds."""
    return sorted(stories, key=Story.order)[:NEWEST]


class _Press:
    """Makes feeds of stories; each story is put into words once."""

    def __init__(self, catalog: Catalog, templating: Templating) -> None:
        self.catalog = catalog
        self.settings = templating.settings
        self.stories = Stories(catalog, templating.settings)
        self.telling = Telling(templating)

    def feed(self, name: str, title: str, stories: Iterable[Story]) -> Any:
        """Return a feed of the newest stories."""
        told = newest(stories)
        feed = FeedGenerator()
        feed.id(self.stories.tag(f"feed/{name}"))
        feed.title(typeset(f"{self.settings.site_name}: {title}"))
        about = typeset(self.settings.site_description)
        feed.description(about)
        feed.subtitle(about)
        feed.language("ru")
        feed.author({"name": self.settings.extra.library})
        feed.generator(self.settings.site_name)
        latest = max((story.changed for story in told), default=self.stories.noon())
        feed.updated(latest)
        feed.lastBuildDate(latest)
        for story in told:
            # feedgen puts an entry before the others unless told otherwise.
            self._fill(feed.add_entry(order="append"), story)
        return feed

    def rss(self, feed: Any, path: str, page: str) -> Artifact:
        """Return a feed as RSS, standing at a path."""
        return Artifact(path, self.at(feed, path, page).rss_str(pretty=True))

    def atom(self, feed: Any, path: str, page: str, stories: Iterable[Story]) -> Artifact:
        """Return a feed as Atom, standing at a path."""
        content = self.at(feed, path, page).atom_str(pretty=True)
        for picture in filter(None, (self.telling.told(story).picture for story in stories)):
            # feedgen 1.0 forgets what an entry's link is, and of links to the page itself there may be but one.
            link = f'<link href="{self.settings.absolute(picture.address)}"'
            said = f'{link} rel="enclosure" type="{picture.type}" length="{picture.length}"/>'
            content = content.replace(f"{link}/>".encode(), said.encode())
        return Artifact(path, content)

    def at(self, feed: Any, path: str, page: str) -> Any:
        """Return the feed saying where it stands itself, as validators ask, and which page tells the same."""
        links = {"self": f"/{path}", "alternate": page}
        feed.link(
            [{"href": self.settings.absolute(address), "rel": rel} for rel, address in links.items()], replace=True
        )
        return feed

    def _fill(self, entry: Any, story: Story) -> None:
        told = self.telling.told(story)
        entry.id(story.guid)
        entry.guid(story.guid, permalink=False)
        entry.title(told.title)
        entry.link(href=self.settings.absolute(story.record.address), rel="alternate")
        entry.published(story.at)
        entry.updated(story.changed)
        if told.summary:
            entry.summary(told.summary)
        entry.content(told.html, type="html")
        if told.picture:
            length = str(told.picture.length)
            entry.enclosure(self.settings.absolute(told.picture.address), length, told.picture.type)
        for topic in story.record.topics:
            entry.category(term=topic, label=self.catalog.topics[topic].title)

"""Feeds: RSS 2.0, and Atom (RFC 4287) for the news; full text, newest first, with no clock in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from feedgen.feed import FeedGenerator

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.feeds.stories import Stories, Story
from generator.feeds.telling import Telling
from generator.templating import Templating

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
    yield Artifact("atom.xml", press.at(feed, "atom.xml", "/news/").atom_str(pretty=True))
    for name, found, page in (
        ("grants", calls, "/grants/"),
        ("deadlines", closing, "/grants/"),
        ("meetups", meetups, "/meetups/"),
    ):
        yield press.rss(press.feed(name, words[name], found), f"feeds/{name}.xml", page)
    everything = [*news, *calls, *closing, *meetups, *stories.notes()]
    for topic in catalog.by_topic:
        chosen = (story for story in everything if topic in story.record.topics)
        feed = press.feed(f"topics/{topic}", catalog.topics[topic].title, chosen)
        yield press.rss(feed, f"feeds/topics/{topic}.xml", f"/topics/{topic}/")


class _Press:
    """Makes feeds of stories; each story is put into words once."""

    def __init__(self, catalog: Catalog, templating: Templating) -> None:
        self.catalog = catalog
        self.settings = templating.settings
        self.stories = Stories(catalog, templating.settings)
        self.telling = Telling(templating)

    def feed(self, name: str, title: str, stories: Iterable[Story]) -> Any:
        """Return a feed of the newest stories."""
        newest = sorted(stories, key=Story.order)[:NEWEST]
        feed = FeedGenerator()
        feed.id(self.stories.tag(f"feed/{name}"))
        feed.title(f"{self.settings.site_name}: {title}")
        feed.description(self.settings.site_description)
        feed.subtitle(self.settings.site_description)
        feed.language("ru")
        feed.author({"name": self.settings.extra.library})
        feed.generator(self.settings.site_name)
        latest = max((story.changed for story in newest), default=self.stories.noon())
        feed.updated(latest)
        feed.lastBuildDate(latest)
        for story in newest:
            # feedgen puts an entry before the others unless told otherwise.
            self._fill(feed.add_entry(order="append"), story)
        return feed

    def rss(self, feed: Any, path: str, page: str) -> Artifact:
        """Return a feed as RSS, standing at a path."""
        return Artifact(path, self.at(feed, path, page).rss_str(pretty=True))

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
        for topic in story.record.topics:
            entry.category(term=topic, label=self.catalog.topics[topic].title)

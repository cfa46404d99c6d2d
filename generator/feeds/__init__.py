"""Feeds: news as RSS 2.0 and Atom (RFC 4287), full text, newest first, with no clock in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from html import escape
from typing import Any

from feedgen.feed import FeedGenerator

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.fields.moment import zone_info
from generator.records.record import Record
from generator.settings import Settings
from generator.templating import Templating

NEWEST = 30
"""How many pieces of news a feed holds."""
TAG_YEAR = 2026
"""RFC 4151: the year in a tag says when its domain was ours; it never changes."""


def feeds(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield every feed."""
    records = catalog.of("post")[:NEWEST]
    feed = _feed(records, catalog, templating)
    yield Artifact("feed.xml", _with_self(feed, templating.settings, "/feed.xml").rss_str(pretty=True))
    yield Artifact("atom.xml", _with_self(feed, templating.settings, "/atom.xml").atom_str(pretty=True))


def guid(record: Record, settings: Settings) -> str:
    """Return a record's name in feeds, for ever: a tag URI (RFC 4151), or the one it came with from another site."""
    return record.old_guid or f"tag:{settings.extra.uid_domain},{TAG_YEAR}:{record.kind}/{record.slug}"


def full_text(record: Record, settings: Settings) -> str:
    """Return a record's text as HTML whose links work outside the site, those within the text too."""
    root, own = settings.absolute("/"), settings.absolute(record.address)
    html = record.body.html or f"<p>{escape(record.summary or record.title)}</p>"
    return (
        html.replace('href="/', f'href="{root}').replace('src="/', f'src="{root}').replace('href="#', f'href="{own}#')
    )


def _feed(records: Sequence[Record], catalog: Catalog, templating: Templating) -> Any:
    settings = templating.settings
    feed = FeedGenerator()
    words = templating.words["feeds"]["news"]
    feed.id(f"tag:{settings.extra.uid_domain},{TAG_YEAR}:feed/news")
    feed.title(f"{settings.site_name}: {words}")
    feed.description(settings.site_description)
    feed.subtitle(settings.site_description)
    feed.language("ru")
    feed.author({"name": settings.extra.library})
    feed.generator(settings.site_name)
    latest = max((_changed(record, settings) for record in records), default=_noon(catalog.today, settings))
    feed.updated(latest)
    feed.lastBuildDate(latest)
    for record in records:
        # feedgen puts an entry before the others unless told otherwise.
        _fill(feed.add_entry(order="append"), record, catalog, settings)
    return feed


def _fill(entry: Any, record: Record, catalog: Catalog, settings: Settings) -> None:
    address = settings.absolute(record.address)
    entry.id(guid(record, settings))
    entry.guid(guid(record, settings), permalink=False)
    entry.title(record.title)
    entry.link(href=address, rel="alternate")
    entry.published(_published(record, settings))
    entry.updated(_changed(record, settings))
    if record.summary:
        entry.summary(record.summary)
    entry.content(full_text(record, settings), type="html")
    for topic in record.topics:
        entry.category(term=topic, label=catalog.topics[topic].title)


def _with_self(feed: Any, settings: Settings, path: str) -> Any:
    """Return the feed saying where it stands itself, as validators ask."""
    feed.link(
        [
            {"href": settings.absolute(path), "rel": "self"},
            {"href": settings.absolute("/news/"), "rel": "alternate"},
        ],
        replace=True,
    )
    return feed


def _published(record: Record, settings: Settings) -> datetime:
    moment = record.news()
    if moment is None:
        raise AssertionError(f"{record.path} is not a piece of news")
    return moment.replace(tzinfo=zone_info(settings.extra.time_zone))


def _changed(record: Record, settings: Settings) -> datetime:
    """Return the instant of the last change that matters to a reader; never before it was published."""
    published = _published(record, settings)
    return max(published, _noon(record.updated, settings)) if record.updated else published


def _noon(day: date, settings: Settings) -> datetime:
    return datetime.combine(day, time(12), zone_info(settings.extra.time_zone))

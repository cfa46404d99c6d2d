"""JSON Feed 1.1: the same stories as in RSS and Atom, for programs that read JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from generator.catalog import Catalog
from generator.feeds.stories import Story
from generator.feeds.telling import Telling
from generator.settings import Settings
from generator.typography import typeset

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(title: str, stories: Iterable[Story], telling: Telling, catalog: Catalog, settings: Settings) -> bytes:
    """Return a feed of stories that stands at /feed.json."""
    feed = {
        "version": VERSION,
        "title": typeset(f"{settings.site_name}: {title}"),
        "home_page_url": settings.absolute("/news/"),
        "feed_url": settings.absolute("/feed.json"),
        "description": typeset(settings.site_description),
        "language": "ru",
        "authors": [{"name": settings.extra.library, "url": settings.absolute("/")}],
        "items": [_entry(story, telling, catalog, settings) for story in stories],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _entry(story: Story, telling: Telling, catalog: Catalog, settings: Settings) -> dict[str, Any]:
    told = telling.told(story)
    entry: dict[str, Any] = {
        "id": story.guid,
        "url": settings.absolute(story.record.address),
        "title": told.title,
        "content_html": told.html,
        "summary": told.summary,
        "date_published": story.at.isoformat(),
        "date_modified": story.changed.isoformat(),
        "tags": [catalog.topics[topic].title for topic in story.record.topics],
    }
    if told.picture:
        entry["image"] = settings.absolute(told.picture.address)
    entry["attachments"] = [
        {"url": settings.absolute(file.address), "mime_type": file.type, "size_in_bytes": file.length}
        for file in told.files
    ]
    # An empty value says no more than none at all.
    return {name: value for name, value in entry.items() if value}

"""Read a blog from WordPress: the WXR file that its export gives."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from generator.importers.exported import Entry, Export, Left, split_address, text_at, xml_of
from generator.importers.prose import Note
from generator.importers.shortcodes import Attached, html_of
from generator.importers.table import refused

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_VERSION = re.compile(r"\{(http://wordpress\.org/export/\d\.\d/)\}")
OPEN = ("publish", "future")
HALF_OPEN = ("draft", "pending", "private", "auto-draft")
"""States in which visitors do not see a post: it comes over as a draft."""


def wordpress_export(path: Path, zone: ZoneInfo) -> Export:
    """Return a blog as WordPress wrote it down; a time without a zone is taken for one of the library's."""
    channel = xml_of(path).find("channel")
    tags = (each.tag for each in channel.iter()) if channel is not None else iter(())
    version = next((found[1] for tag in tags if (found := _VERSION.match(tag))), "")
    if channel is None or not version:
        raise refused(path, "это не выгрузка WordPress: нужен файл .xml из «Инструменты → Экспорт»")
    reader = _Reader(f"{{{version}}}", f"{{{version}excerpt/}}encoded", zone, channel)
    entries: list[Entry] = []
    left: list[Left] = []
    counts: Counter[str] = Counter()
    for each in channel.findall("item"):
        kind, status = (text_at(each, f"{reader.wp}{name}") for name in ("post_type", "status"))
        title, address = _plain(text_at(each, "title")), text_at(each, "link")
        is_whole = kind == "post" or title or address
        if kind in ("post", "page") and status in OPEN + HALF_OPEN and is_whole:
            entries.append(reader.post(each, status)._replace(is_page=kind == "page"))
        elif kind in ("post", "page"):
            left.append(Left("trash" if is_whole else "page", title or address, address))
        else:
            counts["attachment" if kind == "attachment" else "unknown"] += 1
    comments = sum(1 for _ in channel.iter(f"{reader.wp}comment"))
    address = text_at(channel, f"{reader.wp}base_blog_url") or text_at(channel, "link")
    return Export(_plain(text_at(channel, "title")), address, tuple(entries), tuple(left), counts, comments)


class _Reader:
    """One export: its dialect of XML, and its files by their numbers."""

    def __init__(self, wp: str, excerpt: str, zone: ZoneInfo, channel: Element) -> None:
        self.wp = wp
        self.excerpt = excerpt
        self.zone = zone
        self.files = dict(self._files(channel))

    def post(self, item: Element, status: str) -> Entry:
        """Return one post."""
        number = text_at(item, f"{self.wp}post_id")
        link = text_at(item, "link")
        parts = split_address(link)
        meta = self._meta(item)
        inside = html_of(item.findtext(CONTENT) or "", number, self.files)
        body, notes = inside.html, list(inside.notes)
        cover = self.files.get(meta.get("_thumbnail_id", ""))
        if cover and cover.name not in body:
            body = f"{cover.html()}\n{body}"
        if status in ("private", "pending") or text_at(item, f"{self.wp}post_password"):
            notes.append(Note("closed"))
        if text_at(item, f"{self.wp}is_sticky") == "1":
            notes.append(Note("sticky"))
        labels = (
            " ".join(html.unescape(each.text or "").split())
            for each in item.findall("category")
            if each.get("domain") in ("category", "post_tag")
        )
        return Entry(
            text_at(item, "guid") or link,
            _plain(text_at(item, "title")),
            body,
            tuple(dict.fromkeys(filter(None, labels))),
            self._moment(item),
            status not in OPEN or bool(text_at(item, f"{self.wp}post_password")),
            link,
            parts.path if not parts.query and parts.path.strip("/") else "",
            _plain(item.findtext(self.excerpt) or ""),
            (f"?{parts.query}",) if parts.query else (f"?p={number}",),
            sum(1 for _ in item.iter(f"{self.wp}comment")),
            tuple(notes),
        )

    def _files(self, channel: Element) -> Iterator[tuple[str, Attached]]:
        for item in channel.findall("item"):
            if text_at(item, f"{self.wp}post_type") != "attachment":
                continue
            address = text_at(item, f"{self.wp}attachment_url") or text_at(item, "guid")
            alt = self._meta(item).get("_wp_attachment_image_alt", "")
            caption = _plain(item.findtext(self.excerpt) or "")
            parent = text_at(item, f"{self.wp}post_parent")
            yield text_at(item, f"{self.wp}post_id"), Attached(address, alt, caption, parent)

    def _meta(self, item: Element) -> Mapping[str, str]:
        return {
            text_at(each, f"{self.wp}meta_key"): text_at(each, f"{self.wp}meta_value")
            for each in item.findall(f"{self.wp}postmeta")
        }

    def _moment(self, item: Element) -> datetime | None:
        for name, zone in (("post_date_gmt", UTC), ("post_date", self.zone)):
            written = text_at(item, f"{self.wp}{name}")
            try:
                return datetime.fromisoformat(written).replace(tzinfo=zone)
            except ValueError:
                continue  # WordPress writes a year of noughts for a draft
        try:
            found = parsedate_to_datetime(text_at(item, "pubDate"))
        except (ValueError, TypeError):
            return None
        return found if found.tzinfo else found.replace(tzinfo=UTC)


def _plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())

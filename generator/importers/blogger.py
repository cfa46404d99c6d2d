"""Read a blog from Blogger: the Atom file of its own export, or `feed.atom` of Google Takeout."""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element

from generator.importers.exported import Entry, Export, Left, moment_of, split_address, text_at, xml_of
from generator.importers.prose import Note
from generator.importers.table import refused

ATOM = "{http://www.w3.org/2005/Atom}"
APP = ("{http://purl.org/atom/app#}", "{http://www.w3.org/2007/app}")
BLOGGER = "{http://schemas.google.com/blogger/2018}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
KIND = "http://schemas.google.com/g/2005#kind"
_POST_ADDRESS = re.compile(r"https?://[\w.-]+\.blogspot\.[a-z.]+(/\d{4}/\d{2}/[^\s\"'<>?#]+\.html)")


def blogger_export(path: Path) -> Export:
    """Return a blog as Blogger wrote it down."""
    feed = xml_of(path)
    if feed.tag != f"{ATOM}feed":
        raise refused(path, "это не выгрузка Blogger: нужен файл blog-….xml или feed.atom из Takeout")
    found = feed.findall(f"{ATOM}entry")
    kinds = [_kind(entry) for entry in found]
    if not any(kinds):
        raise refused(path, "записей Blogger в файле нет; выгрузка — файл blog-….xml или feed.atom из Takeout")
    comments = Counter(_parent(entry) for entry, kind in zip(found, kinds, strict=True) if kind == "comment")
    address = _alternate(feed) or _guessed(found)
    entries: list[Entry] = []
    left: list[Left] = []
    for entry, kind in zip(found, kinds, strict=True):
        if kind in ("post", "page"):
            post = _post(entry, address, comments)._replace(is_page=kind == "page")
            if text_at(entry, f"{BLOGGER}status") in ("SOFT_TRASHED", "TRASHED"):
                left.append(Left("trash", post.title or post.path or post.guid, post.address))
            elif post.is_page and not (post.title or post.address):
                left.append(Left("page", post.guid))
            else:
                entries.append(post)
    counts = Counter(kind or "unknown" for kind in kinds if kind not in ("post", "page", "comment"))
    title = text_at(feed, f"{ATOM}title")
    return Export(title, address, tuple(entries), tuple(left), counts, comments.total())


def _kind(entry: Element) -> str:
    """Return what an entry is: `post`, `page`, `comment`, `settings`, `template`; nothing where it does not say."""
    if named := text_at(entry, f"{BLOGGER}type"):
        return named.lower()
    kinds = (each.get("term", "") for each in entry.findall(f"{ATOM}category") if each.get("scheme") == KIND)
    return next(kinds, "").rpartition("#")[2]


def _parent(entry: Element) -> str:
    """Return the post that a comment is on."""
    reply = entry.find(f"{THREAD}in-reply-to")
    return reply.get("ref", "") if reply is not None else text_at(entry, f"{BLOGGER}parent")


def _post(entry: Element, blog: str, comments: Counter[str]) -> Entry:
    guid = text_at(entry, f"{ATOM}id")
    address = _address(entry, blog)
    path = text_at(entry, f"{BLOGGER}filename") or split_address(address).path
    published = moment_of(text_at(entry, f"{ATOM}published")) or moment_of(text_at(entry, f"{BLOGGER}created"))
    labels = (
        " ".join(each.get("term", "").split())
        for each in entry.findall(f"{ATOM}category")
        if each.get("scheme") != KIND
    )
    notes = [Note("place", place) for tag in ("location", "geoName") if (place := text_at(entry, f"{BLOGGER}{tag}"))]
    return Entry(
        guid,
        _plain(entry.find(f"{ATOM}title")),
        entry.findtext(f"{ATOM}content") or entry.findtext(f"{ATOM}summary") or "",
        tuple(dict.fromkeys(filter(None, labels))),
        published,
        _is_draft(entry),
        address,
        path,
        " ".join(text_at(entry, f"{BLOGGER}metaDescription").split()),
        comments=comments[guid],
        notes=tuple(notes),
    )


def _plain(title: Element | None) -> str:
    if title is None:
        return ""
    text = "".join(title.itertext())
    if title.get("type") == "html":
        text = html.unescape(re.sub(r"<[^>]*>", "", text))
    return " ".join(text.split())


def _is_draft(entry: Element) -> bool:
    controls = (entry.findtext(f"{app}control/{app}draft") for app in APP)
    return "yes" in controls or text_at(entry, f"{BLOGGER}status") == "DRAFT"


def _address(entry: Element, blog: str) -> str:
    """Return where an entry stood: Takeout gives its path alone."""
    name = text_at(entry, f"{BLOGGER}filename")
    return _alternate(entry) or (f"{blog.rstrip('/')}{name}" if blog and name else "")


def _alternate(element: Element) -> str:
    links = (each.get("href", "") for each in element.findall(f"{ATOM}link") if each.get("rel") == "alternate")
    return next(links, "")


def _guessed(entries: list[Element]) -> str:
    """Return the blog's address by the links between its posts; Takeout does not name it."""
    names = {text_at(entry, f"{BLOGGER}filename") for entry in entries} - {""}
    hosts = Counter(
        split_address(found[0]).netloc
        for entry in entries
        for found in _POST_ADDRESS.finditer(entry.findtext(f"{ATOM}content") or "")
        if found[1] in names
    )
    return f"https://{min(hosts, key=lambda host: (-hosts[host], host))}/" if hosts else ""

"""Where links lead: those within the old blog become links between records, and redirectors are left out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from generator.importers.prose import Note, Runs, together

SCHEMES = ("http", "https", "mailto", "tel")
FILES = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|txt|csv|zip|mp3)$", re.IGNORECASE)
_REDIRECTORS = {"/url": ("google.", ("q", "url")), "/away.php": ("vk.", ("to",)), "/l.php": ("facebook.", ("u",))}


class OldSite:
    """The blog that is left, and where its pages stand now."""

    def __init__(self, address: str, addresses: Iterable[str], topics: Mapping[str, str]) -> None:
        self.base = address
        hosts = {_host(each) for each in (address, *addresses)}
        self.hosts = frozenset(hosts - {""})
        self.pages: dict[str, str] = {}
        """The file of each record, by its old path or query."""
        self.topics = topics
        """The topic of each label, in small letters."""

    def add(self, file: str, places: Iterable[str]) -> None:
        """Remember where a post stood."""
        for place in places:
            if place:
                self.pages[_key(place)] = file

    def led(self, runs: Runs, folder: str, notes: list[Note], file: Callable[[str], str]) -> Runs:
        """Return words of a record in a folder with links put right; `file` finds the new place of the blog's files."""
        return together(
            run._replace(href=self._target(run.href, folder, notes, file)) if run.href else run for run in runs
        )

    def target(self, href: str, folder: str, notes: list[Note]) -> str:
        """Return where a link of a picture leads now."""
        return self._target(href, folder, notes, lambda _: "") if href else ""

    def _target(self, href: str, folder: str, notes: list[Note], file: Callable[[str], str]) -> str:
        if href.startswith("#"):
            notes.append(Note("anchor", href))
            return ""
        try:
            address = _direct(urljoin(self.base or "https:", href.strip()))
            parts = urlsplit(address)
        except ValueError:
            notes.append(Note("link", href[:200]))
            return ""
        scheme = parts.scheme.lower()
        if scheme not in SCHEMES or (scheme.startswith("http") and not parts.netloc):
            notes.append(Note("link", href[:200]))
            return ""
        # The dialect's check of links reads schemes in small letters.
        address = scheme + address[len(scheme) :]
        if not scheme.startswith("http") or _host(address) not in self.hosts:
            return address
        return self._own(parts.path, parts.query, folder) or file(address) or self._left(address, notes)

    def _own(self, path: str, query: str, folder: str) -> str:
        """Return the new place of a page of the old blog, as a link from a folder; nothing where it has none."""
        for key in (_key(path), f"?{query}"):
            if key in self.pages and (path.strip("/") or key != _key(path)):
                return posixpath.relpath(self.pages[key], folder)
        if not path.strip("/") and not query:
            return "/news/"
        label = re.fullmatch(r"/search/label/([^/]+)/?", path) or re.search(
            r"/(?:category|tag)/(?:[^/]+/)*([^/]+)/?$", path
        )
        topic = self.topics.get(unquote(label[1]).replace("+", " ").lower(), "") if label else ""
        return f"/topics/{topic}/" if topic else ""

    @staticmethod
    def _left(address: str, notes: list[Note]) -> str:
        notes.append(Note("old_link", address))
        return address


def _direct(address: str) -> str:
    """Return an address without the page that only leads on to it."""
    parts = urlsplit(address)
    host, names = _REDIRECTORS.get(parts.path, ("", ()))
    if host and host in parts.netloc:
        query = parse_qs(parts.query)
        found = next((query[name][0] for name in names if name in query), "")
        return found if found.startswith(("http://", "https://")) else address
    return address


def _key(place: str) -> str:
    if place.startswith("?"):
        return place
    return unquote(place).rstrip("/").lower() or "/"


def _host(address: str) -> str:
    """Return the host of an address; Blogger shows one blog under the endings of many countries."""
    try:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return re.sub(r"\.blogspot\..*$", ".blogspot", host)

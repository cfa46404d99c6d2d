"""Links as networks need them and as people read them."""

from __future__ import annotations

from urllib.parse import urlsplit

from generator.fields.text import host_of


def punycode(link: str) -> str:
    """Return a link with its host as the network knows it: .рф hosts in Punycode."""
    host = urlsplit(link).hostname or ""
    return link.replace(host, host_of(link), 1) if not host.isascii() else link


def shown_link(link: str) -> str:
    """Return a link as people read it: no scheme, no slash at the end, Cyrillic hosts in Cyrillic."""
    parts = urlsplit(link)
    host = (parts.hostname or "").removeprefix("www.")
    if "xn--" in host:
        host = host.encode("ascii").decode("idna")
    return (host + parts.path).rstrip("/")

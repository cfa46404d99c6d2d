"""What pages of other sites stood within a post, and where a person finds them."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from generator.importers.html_tree import Node
from generator.importers.prose import Embed

YOUTUBE = ("youtube.com", "youtube-nocookie.com", "youtu.be")
VK = ("vk.com", "vk.ru", "vkvideo.ru", "vkontakte.ru")


def embed_of(node: Node) -> Embed | None:
    """Return what an iframe, a player or an object shows, or None where it names no address."""
    inner = [each for each in node.inner() if each.tag in ("source", "embed", "param")]
    sources = [each.get("src") or each.get("data-src") or each.get("data") for each in (node, *inner)]
    sources += [each.get("value") for each in inner if each.get("name").lower() in ("movie", "src")]
    address = next((source for source in sources if source), "")
    if not address:
        return None
    if address.startswith("//"):
        address = f"https:{address}"
    if video := video_of(address):
        return Embed("video", video)
    kind = node.tag if node.tag in ("video", "audio") else "frame"
    return Embed(kind, address)


def video_of(address: str) -> str:
    """Return the page of a video by the address of its player, or nothing where it is no known one."""
    try:
        parts = urlsplit(address)
        name_of_host = parts.hostname or ""
    except ValueError:
        return ""
    host = name_of_host.removeprefix("www.").removeprefix("m.")
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if host in YOUTUBE:
        found = re.match(r"/(?:embed|v|shorts|live)/([\w-]{6,})|/([\w-]{11})/?$", parts.path)
        name = query.get("v") or (found and (found[1] or found[2]))
        return f"https://www.youtube.com/watch?v={name}" if name and name != "videoseries" else ""
    if host in VK:
        is_page = re.match(r"/(?:video|clip)-?\d+_\d+", parts.path)
        player = f"https://vk.com/video{query['oid']}_{query['id']}" if {"oid", "id"} <= query.keys() else ""
        return player or (address if is_page else "")
    found = re.match(r"/(?:play/embed|video)/(\w+)", parts.path)
    return f"https://rutube.ru/video/{found[1]}/" if host == "rutube.ru" and found else ""

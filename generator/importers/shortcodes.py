"""What WordPress makes of a post's text before showing it: paragraphs of lines, shortcodes, blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

from generator.importers.embeds import video_of
from generator.importers.prose import Note

_BLOCK_TAG = re.compile(
    r"\s*</?(?:address|article|aside|blockquote|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|"
    r"header|hr|iframe|li|ol|p|pre|script|section|style|table|tbody|td|tfoot|th|thead|tr|ul)\b",
    re.IGNORECASE,
)
_PRE = re.compile(r"<(pre|script|style)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
_DYNAMIC = re.compile(r"<!--\s*wp:([\w/-]+)(?:\s(?:(?!-->).)*)?/-->", re.DOTALL)
_CAPTION = re.compile(
    r"\[(?:wp_)?caption([^\]]*)\]\s*((?:<a\b[^>]*>)?\s*<img\b[^>]*>\s*(?:</a>)?)(.*?)\[/(?:wp_)?caption\]",
    re.IGNORECASE | re.DOTALL,
)
_PLAYER = re.compile(r"\[(embed|video|audio|youtube|vk|vimeo)\b([^\]]*)\](?:\s*([^\[\s]+)\s*\[/\1\])?", re.IGNORECASE)
_GALLERY = re.compile(r"\[gallery\b([^\]]*)\]", re.IGNORECASE)
_CODE = re.compile(r"\[(/?)([a-z][\w-]*)((?:\s[^\[\]]*)?)/?\]", re.IGNORECASE)
_LONELY_ADDRESS = re.compile(r"(?:(?<=\n)|(?<=<p>)|^)[ \t]*(https?://[^\s<\"]+)[ \t]*(?=\n|<|$)")
LINE_END = "\n"
_QUIET_BLOCKS = ("more", "nextpage", "spacer", "separator")


class Attached(NamedTuple):
    """A file of the blog's library."""

    address: str
    alt: str
    caption: str
    parent: str
    """The number of the post that it was put into."""

    @property
    def name(self) -> str:
        """The file's name without its ending: other sizes of a picture begin with it."""
        return self.address.rpartition("/")[2].rpartition(".")[0]

    def html(self) -> str:
        """Return the picture with its caption."""
        caption = f"<figcaption>{escape(self.caption)}</figcaption>" if self.caption else ""
        return f'<figure><img src="{escape(self.address)}" alt="{escape(self.alt)}">{caption}</figure>'


class Inside(NamedTuple):
    """A post's text as HTML, and what it lacks."""

    html: str
    notes: tuple[Note, ...]


def html_of(text: str, number: str, files: Mapping[str, Attached]) -> Inside:
    """Return a post's text as WordPress would show it."""
    notes = [Note("block", name) for found in _DYNAMIC.finditer(text) if (name := found[1]) not in _QUIET_BLOCKS]
    text = text.replace("\r\n", "\n")
    text = _CAPTION.sub(_figure, text)
    text = _GALLERY.sub(lambda found: _gallery(found[1], number, files, notes), text)
    text = _PLAYER.sub(_player, text)
    text = _LONELY_ADDRESS.sub(lambda found: _frame(found[1]) if video_of(found[1]) else found[0], text)
    text = _without_codes(text, notes)
    return Inside(text if "<!-- wp:" in text else "".join(_with_paragraphs(text)), tuple(notes))


def _figure(found: re.Match[str]) -> str:
    inline = re.search(r"caption=[\"']([^\"']*)", found[1])
    caption = found[3].strip() or (inline[1] if inline else "")
    return f"\n\n<figure>{found[2]}<figcaption>{caption}</figcaption></figure>\n\n"


def _gallery(attributes: str, number: str, files: Mapping[str, Attached], notes: list[Note]) -> str:
    named = re.search(r"(?:ids|include)=[\"']?([\d,\s]+)", attributes)
    numbers = re.findall(r"\d+", named[1]) if named else [each for each, file in files.items() if file.parent == number]
    notes += (Note("gallery", each) for each in numbers if each not in files)
    if not numbers:
        notes.append(Note("gallery", "—"))
    return "\n\n" + "".join(files[each].html() for each in numbers if each in files) + "\n\n"


def _player(found: re.Match[str]) -> str:
    inside = re.search(r"(?:https?:)?//[^\s\"'\]]+", found[2])
    address = found[3] or (inside[0] if inside else "")
    return f"\n\n{_frame(address)}\n\n" if address else found[0]


def _frame(address: str) -> str:
    return f'<iframe src="{escape(address.replace("&amp;", "&"))}"></iframe>'


def _without_codes(text: str, notes: list[Note]) -> str:
    """Take out shortcodes of plugins, but not words that a person put in brackets."""
    closing = {found[2].lower() for found in _CODE.finditer(text) if found[1]}

    def gone(found: re.Match[str]) -> str:
        name = found[2].lower()
        if not (name in closing or "=" in found[3] or "_" in name):
            return found[0]
        if not found[1]:
            notes.append(Note("shortcode", found[0][:80]))
        return ""

    return _CODE.sub(gone, text)


def _with_paragraphs(text: str) -> Iterator[str]:
    """Yield a text with paragraphs for its empty lines and breaks for its line ends."""
    start = 0
    for found in _PRE.finditer(text):
        yield from _paragraphs(text[start : found.start()])
        yield found[0]
        start = found.end()
    yield from _paragraphs(text[start:])


def _paragraphs(text: str) -> Iterator[str]:
    for chunk in re.split(r"\n\s*\n", text):
        if _BLOCK_TAG.match(chunk):
            yield f"{chunk}\n"
        elif words := chunk.strip():
            yield f"<p>{words.replace(LINE_END, '<br>')}</p>\n"

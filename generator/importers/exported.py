"""What an export of a blog holds, whichever program wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit
from xml.etree import ElementTree

from generator.importers.prose import Note
from generator.importers.table import refused

LARGEST = 100_000_000
"""Bytes of an export: ten years of a town's blog take a tenth of that."""
# XML 1.0, 2.2: signs that a document may not hold, and that plugins of WordPress leave in it all the same.
_UNFIT = bytes([*range(9), 11, 12, *range(14, 32)])


class Entry(NamedTuple):
    """One post of a blog, or one of its pages."""

    guid: str
    """The name under which its feeds knew it."""
    title: str
    html: str
    labels: tuple[str, ...]
    moment: datetime | None
    """When it came out, with its zone."""
    is_draft: bool
    address: str = ""
    """Where it stood, in full; empty where the export does not say."""
    path: str = ""
    """The same from the site's root; empty where it never stood anywhere."""
    summary: str = ""
    others: tuple[str, ...] = ()
    """Other addresses that led to it: `/?p=12`."""
    comments: int = 0
    notes: tuple[Note, ...] = ()
    is_page: bool = False
    """Whether it stood apart from the posts: it comes over as a draft, for nobody has looked at it since."""


class Left(NamedTuple):
    """An entry that is not carried over."""

    kind: str
    """The name of its sentence: `page` of which nothing is told but that it was there, `trash`."""
    title: str
    address: str = ""


class Export(NamedTuple):
    """A whole blog."""

    title: str
    address: str
    """Where the blog stood; empty where the export does not say."""
    entries: tuple[Entry, ...]
    left: tuple[Left, ...]
    counts: Mapping[str, int]
    """How many entries of no interest there are, by the names of their sentences: settings, templates."""
    comments: int = 0


class _Strict(ElementTree.TreeBuilder):
    """Refuses a document type: exports have none, and entities are declared nowhere else."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise _DocumentTypeError(name)


class _DocumentTypeError(Exception):
    """The file declares a document type."""


def xml_of(path: Path) -> ElementTree.Element:
    """Return the root of an export's XML, or refuse it."""
    size = path.stat().st_size
    if size > LARGEST:
        raise refused(path, f"файл больше {LARGEST // 1_000_000} МБ; выгрузите блог по частям")
    if not size:
        raise refused(path, "файл пустой; выгрузите блог ещё раз")
    raw = path.read_bytes()
    if not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raw = raw.translate(None, _UNFIT)
    parser = ElementTree.XMLParser(target=_Strict())
    try:
        parser.feed(raw)
        root = parser.close()
    except _DocumentTypeError:
        raise refused(path, "в файле объявлен DOCTYPE; выгрузки блогов без него, это что-то другое") from None
    except ElementTree.ParseError as error:
        message = "файл не читается как XML: он повреждён или скачан не до конца; выгрузите блог ещё раз"
        raise refused(path, message, error.position[0]) from None
    except (ValueError, LookupError):
        raise refused(path, "кодировка файла не читается; выгрузите блог ещё раз") from None
    if not isinstance(root, ElementTree.Element):
        raise refused(path, "в файле нет записей блога")
    return root


def text_at(element: ElementTree.Element, name: str) -> str:
    """Return the text of a child, or an empty one."""
    return (element.findtext(name) or "").strip()


def split_address(address: str) -> SplitResult:
    """Return the parts of an address; of what is none, empty ones."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def moment_of(text: str) -> datetime | None:
    """Return the moment written as ISO 8601, or None where it is none or has no zone."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else None

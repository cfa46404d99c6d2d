"""Files that go along with a story: its first picture, and the files that its text links to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from generator.images import Assets
from generator.records.record import Record

TYPES = {
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "rtf": "application/rtf",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "webp": "image/webp",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
"""IANA's names by suffix: Python's own table depends on the machine."""


class Enclosure(NamedTuple):
    """A file that a reader program may fetch with a story."""

    address: str
    """From the site's root."""
    type: str
    length: int
    """Bytes."""


def picture_of(record: Record, assets: Assets) -> Enclosure | None:
    """Return the first picture of a record's text, or None."""
    for path in record.body.pictures[:1]:
        return _enclosure(assets.plain_path(path), assets.plain_weight(path))
    return None


def files_of(record: Record, assets: Assets) -> Iterator[Enclosure]:
    """Yield the files that a record's text links to."""
    for path in dict.fromkeys(record.body.files):
        yield _enclosure(path.removeprefix("content/"), assets.whole_weight(path))


def _enclosure(path: str, length: int) -> Enclosure:
    suffix = path.rpartition(".")[2].lower()
    return Enclosure("/" + quote(path), TYPES.get(suffix, "application/octet-stream"), length)

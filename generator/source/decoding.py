"""From a file's bytes to text, or to words on what the bytes are instead."""

from __future__ import annotations

import re
from typing import NamedTuple


class Misread(NamedTuple):
    """Bytes that are not text, and how to mend them."""

    message: str
    line: int = 1


def decode(raw: bytes) -> str | Misread:
    """Return UTF-8 text with line feeds at line ends and without a BOM, or say what the bytes are instead."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Misread("файл в кодировке UTF-16; сохраните его как UTF-8 или запустите proekt check --fix")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        try:
            cyrillic = re.search("[а-яё]{3}", raw.decode("cp1251"), re.IGNORECASE)
        except UnicodeDecodeError:
            cyrillic = None
        if cyrillic:
            return Misread("файл в кодировке Windows-1251; сохраните его как UTF-8", line)
        return Misread("файл не в кодировке UTF-8; сохраните его как UTF-8", line)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # YAML 1.2, 5.1: no other control characters; they come with text pasted from elsewhere.
    if control := re.search("[\x00-\x08\x0b-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ufeff]", text):
        line = text.count("\n", 0, control.start()) + 1
        return Misread(f"невидимый знак U+{ord(control[0]):04X}; удалите его", line)
    return text

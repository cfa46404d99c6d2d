"""Nested mappings as YAML, written the way an editor would: plain where that is safe, quoted where not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

PLAIN = re.compile(r"[A-Za-zА-Яа-яЁё«/+0-9][^\n\"\\]*")
BREAKING = re.compile(r": |:$| #")
TYPED = re.compile(r"[\d:.,_+-]+|yes|no|on|off|true|false|null|y|n", re.IGNORECASE)


def yaml_text(fields: dict[str, Any]) -> str:
    """Return a mapping as YAML that ends its last line."""
    return "\n".join(_mapping(fields, "")) + "\n"


def _mapping(fields: dict[str, Any], indent: str) -> Iterator[str]:
    for key, value in fields.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _mapping(value, indent + "  ")
        elif isinstance(value, list):
            yield f"{indent}{key}:"
            yield from _list(value, indent + "  ")
        elif isinstance(value, str) and "\n" in value:
            yield f"{indent}{key}: |"
            yield from (f"{indent}  {line}" if line else "" for line in value.strip().split("\n"))
        else:
            yield f"{indent}{key}: {_scalar(value)}"


def _list(values: list[Any], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, dict):
            first, *rest = _mapping(value, indent + "  ")
            yield f"{indent}- {first.strip()}"
            yield from rest
        else:
            yield f"{indent}- {_scalar(value)}"


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | date):
        return str(value)
    if value in ("yes", "no", "partner"):
        return str(value)
    plain = PLAIN.fullmatch(value) and not BREAKING.search(value) and not TYPED.fullmatch(value)
    return value if plain else json.dumps(value, ensure_ascii=False)

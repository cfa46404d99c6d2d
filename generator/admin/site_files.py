"""The files of the whole site in the web form: its topics, the list of who may not be named, its settings."""

from __future__ import annotations

from typing import Any

from generator.admin.fields import SLUG_PATTERN, Described, Fields, written
from generator.schema import VOCABULARIES
from generator.settings import CONFIG, Extra, Settings

NAME = "site"
ENTRIES, ID = "entries", "id"
"""What the form calls the entries of a vocabulary, and the name of each."""
BY_HAND = ("site_url", "extra", "time_zone", "uid_domain", "repository")
"""Settings that are set once, by whoever keeps the site: a slip in one of them breaks more than words."""


def site_files(fields: Fields, base: str) -> dict[str, Any]:
    """Return the collection of these files; `base` is the project's folder in its repository."""
    words = fields.words[NAME]
    return {
        "name": NAME,
        "label": words["label"],
        "icon": fields.words["icons"][NAME],
        "editor": {"preview": False},
        "files": [
            {
                "name": name,
                "label": words[name],
                "file": f"{base}content/{name}.yml",
                "format": format_of(name),
                "fields": [_entries(name, fields)],
            }
            for name in VOCABULARIES
        ]
        + [
            {
                "name": "settings",
                "label": words["settings"],
                "file": f"{base}{CONFIG}",
                "format": format_of("settings"),
                "fields": [*fields.of(Settings, BY_HAND), _extra(fields)],
            }
        ],
    }


def formats() -> list[dict[str, Any]]:
    """Return how these files are read and written: what records.js works by."""
    settings = [*written(Settings, BY_HAND), {"name": "extra", "fields": list(written(Extra, BY_HAND)), "line": []}]
    return [
        {"format": format_of(name), "extension": "yml", "marked": False, ENTRIES: True, "fields": list(written(model))}
        for name, model in VOCABULARIES.items()
    ] + [{"format": format_of("settings"), "extension": "yml", "marked": False, "fields": settings}]


def format_of(name: str) -> str:
    """Return the name of a way to write a file."""
    return f"{name}-file"


def _entries(name: str, fields: Fields) -> Described:
    words = fields.words[NAME]
    slug = {"name": ID, "label": words["id"], "hint": words["id_hint"], "widget": "string", "required": True}
    return {
        "name": ENTRIES,
        "label": words[name],
        "label_singular": words["one"][name],
        "widget": "list",
        "required": False,
        "collapsed": True,
        "summary": "{{title}}",
        "fields": [
            slug | {"pattern": [SLUG_PATTERN, fields.words["slug"]["wrong"]]},
            *fields.of(VOCABULARIES[name]),
        ],
    }


def _extra(fields: Fields) -> Described:
    label = fields.words[NAME]["extra"]
    return {
        "name": "extra",
        "label": label,
        "widget": "object",
        "required": True,
        "collapsed": False,
        "fields": fields.of(Extra, BY_HAND),
    }

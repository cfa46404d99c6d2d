"""What the web form offers: a collection for every kind of record, and the place where the files are kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from generator.admin.fields import SLUG_PATTERN, Fields, written
from generator.admin.site_files import site_files
from generator.catalog import Catalog
from generator.fields.repository import Repository
from generator.fields.text import ASSETS
from generator.records import KINDS
from generator.records.record import Record
from generator.settings import Settings
from generator.templating import Templating

BACKENDS = {"github": "github", "gitlab": "gitlab", "forgejo": "gitea", "gitea": "gitea"}
"""Git hosts that Sveltia can write to, by its names for them; on others one works in a folder."""
API = {"github": "/api/v3", "gitlab": "/api/v4", "gitea": "/api/v1"}
"""Where a host's API is below its address."""
DESCRIBED = r"^(?![\s\S]*!\[\s*\]\()[\s\S]*$"
"""A text in which no picture is without words for those who cannot see it (WCAG 2.2, 1.1.1)."""
FIRST = ("title", "summary", "topics")
"""What an editor begins with, of what every record has."""
GITHUB = "https://github.com"
NOWHERE = {"name": "github", "repo": "folder/only", "auth_methods": ["token"]}
"""What stands for a host where there is none that Sveltia knows: it must have one; the page does not show it."""


def config(catalog: Catalog, templating: Templating) -> dict[str, Any]:
    """Return Sveltia's configuration."""
    settings = templating.settings
    fields = Fields(templating, {slug: topic.title for slug, topic in catalog.topics.items()})
    repository = settings.extra.repository
    base = f"{repository.folder}/" if repository and repository.folder else ""
    words = fields.words
    return {
        "backend": backend(repository),
        "app_title": words["title"].format(site=settings.site_name),
        "site_url": settings.site_url,
        "logo": {"src": f"{urlsplit(settings.site_url).path}assets/mark.svg"},
        "media_folder": f"{base}{ASSETS.rstrip('/')}",
        "public_folder": f"/{ASSETS.rstrip('/')}",
        "media_libraries": {"stock_assets": {"providers": []}, "default": {"config": {"slugify_filename": True}}},
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 60},
        "output": {"omit_empty_optional_fields": True},
        "collections": [
            *(_collection(KINDS[kind], fields, base, one) for kind, one in words["one"].items()),
            site_files(fields, base),
        ],
    }


def _collection(kind: type[Record], fields: Fields, base: str, one: str) -> dict[str, Any]:
    words = fields.words
    body = {
        "name": body_of(kind),
        "label": words["body"],
        "widget": "markdown",
        "required": False,
        "editor_components": ["picture"],
        "pattern": [DESCRIBED, words["picture"]["wrong"]],
    }
    slug = words["slug"]
    return {
        "name": kind.kind,
        "label": fields.lists["kinds"][kind.kind],
        "label_singular": one,
        "icon": words["icons"][kind.kind],
        "folder": f"{base}{kind.folder}",
        "extension": kind.suffix.lstrip("."),
        "format": _format_of(kind),
        "slug": {
            "template": "{{title}}",
            "editable": ["create"],
            "hint": slug["hint"],
            "pattern": [SLUG_PATTERN, slug["wrong"]],
        },
        "preview_path": kind.address_of("{{slug}}").strip("/"),
        "editor": {"preview": kind.suffix == ".md"},
        "fields": _arranged(kind, fields, body),
    }


def _arranged(kind: type[Record], fields: Fields, body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a kind's fields as an editor fills them in: what must be there first, what every record has last."""
    described = {field["name"]: field for field in fields.of(kind)}
    shared = [name for name in Record.model_fields if name in described]
    first = [name for name in shared if name in FIRST]
    last = [name for name in shared if name not in FIRST]
    own = [name for name in described if name not in shared]
    needed = [name for name in own if described[name]["required"]]
    rest = [name for name in own if name not in needed]
    named = [*first, *needed, body["name"], *rest] if kind.suffix == ".md" else [*first, *own, body["name"]]
    return [(described | {body["name"]: body})[name] for name in (*named, *last)]


def kinds() -> list[dict[str, Any]]:
    """Return how the files of each kind are read and written: what records.js works by."""
    return [
        {
            "format": _format_of(kind),
            "extension": kind.suffix.lstrip("."),
            "marked": kind.suffix == ".md",
            "body": body_of(kind),
            "assets": "../assets/" if kind.folder.startswith("content/") else f"../{ASSETS}",
            "fields": list(written(kind)),
        }
        for kind in KINDS.values()
    ]


def _format_of(kind: type[Record]) -> str:
    """Return the name of a way to write files; of Markdown ones Sveltia wants to know by the name what they are."""
    return f"{kind.kind}-{'frontmatter' if kind.suffix == '.md' else 'record'}"


def body_of(kind: type[Record]) -> str:
    """Return the name under which the form has a record's text; in a YAML file it is a field's."""
    return "body" if kind.suffix == ".md" else "text"


def backend(repository: Repository | None) -> dict[str, Any]:
    """Return where the form keeps its files; a person signs in with a token of their own."""
    name = BACKENDS.get(repository.host) if repository else None
    if repository is None or name is None:
        return NOWHERE
    parts = urlsplit(repository.url)
    found = {"name": name, "repo": parts.path.strip("/"), "branch": repository.branch, "auth_methods": ["token"]}
    host = f"{parts.scheme}://{parts.netloc}"
    return found if host == GITHUB else found | {"base_url": host, "api_root": host + API[name]}


def hosts(repository: Repository | None) -> list[str]:
    """Return the hosts that the form may ask: the git host's, or none."""
    found = backend(repository)
    if found is NOWHERE:
        return []
    return [found.get("base_url", "https://api.github.com")]


def root(settings: Settings) -> str:
    """Return the folder by which a browser knows that an editor chose the right one."""
    repository = settings.extra.repository
    return (repository.folder if repository and repository.folder else ASSETS).partition("/")[0]

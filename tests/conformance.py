"""Check the open data against the published schemas of its standards: `make conformance SCHEMAS=DIR`.

The folder holds the schemas as their authors publish them: `hsds-3.0/schema/` and `360giving/`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from generator.catalog import load
from generator.opendata import SETS
from generator.settings import load_settings
from generator.templating import Templating
from tests.conftest import EXAMPLE, TODAY

ROOT = Path(__file__).parent.parent
HSDS = "hsds-3.0/schema"
PAGES = {
    "organizations": ("organization", "compiled/organization_list"),
    "services": ("service", "compiled/service_list"),
    "taxonomies": ("taxonomy",),
    "taxonomy_terms": ("taxonomy_term",),
}
"""The schemas that each thing on a page of HSDS keeps to."""
PAGE = {"$ref": "openapi.json#/components/schemas/Page"}
"""The schema of the page itself, a part of the API's description."""
GIVING = "360-giving-package-schema"
FORMATS = FormatChecker()

Schemas = dict[str, Any]


@FORMATS.checks("uri", ValueError)
def is_uri(value: object) -> bool:
    """Say whether a text is an absolute address; the library asks for one more package to tell."""
    return not isinstance(value, str) or (value.isascii() and bool(urlsplit(value).scheme and urlsplit(value).hostname))


@FORMATS.checks("date-time", ValueError)
def is_instant(value: object) -> bool:
    """Say whether a text is a date with an hour and an offset (RFC 3339)."""
    return not isinstance(value, str) or ("T" in value and datetime.fromisoformat(value).tzinfo is not None)


class Checked(NamedTuple):
    """A file that was held against a schema."""

    path: str
    schema: str
    entries: int
    errors: tuple[str, ...]


def checked(files: dict[str, bytes], folder: Path) -> Iterator[Checked]:
    """Yield every file that has a schema, with everything that is wrong in it."""
    hsds, giving = _schemas(folder / HSDS), _schemas(folder / "360giving")
    for name, schemas in PAGES.items():
        path = f"data/hsds/{name}.json"
        page = json.loads(files[path])
        yield Checked(path, "Page", 1, tuple(_errors(page, PAGE, hsds)))
        for schema in schemas:
            errors = tuple(error for each in page["contents"] for error in _errors(each, hsds[schema], hsds))
            yield Checked(path, schema, len(page["contents"]), errors)
    path = "data/360giving.json"
    if path in files:
        package = json.loads(files[path])
        errors = tuple(_errors(package, giving[GIVING], giving))
        yield Checked(path, GIVING, len(package["grants"]), errors)


def made(project: Path) -> dict[str, bytes]:
    """Return a project's open data."""
    templating = Templating(project, load_settings(project), TODAY)
    catalog = load(project, TODAY)
    return {each.path: each.content for row in SETS.values() for make in row.make for each in make(catalog, templating)}


def main(folder: Path) -> int:
    """Check this repository's own data and the example's, say what was checked, and return the exit status."""
    found = [(project, each) for project in (ROOT, EXAMPLE) for each in checked(made(project), folder)]
    for project, each in found:
        mark = f"{len(each.errors)} errors" if each.errors else "valid"
        sys.stdout.write(f"{project.name}: {each.path} ({each.entries}) by {each.schema}: {mark}\n")
        sys.stdout.writelines(f"    {error}\n" for error in each.errors)
    return 1 if any(each.errors for _, each in found) else 0


def _schemas(folder: Path) -> Schemas:
    """Return every schema of a folder by its path there, without the ending."""
    paths = sorted(folder.rglob("*.json"))
    return {
        path.relative_to(folder).with_suffix("").as_posix(): json.loads(path.read_text(encoding="utf-8"))
        for path in paths
    }


def _errors(instance: Any, schema: Any, schemas: Schemas) -> Iterator[str]:
    # The standards' own drafts name their version in ways that the library does not know, so it is named here.
    validator = Draft202012Validator(schema, registry=_registry(schemas), format_checker=FORMATS)
    for error in validator.iter_errors(instance):
        yield f"{error.json_path}: {error.message[:200]}"


def _registry(schemas: Schemas) -> Registry[Any]:
    """Return the schemas by every name that the others have for them: a file's, or an address of some version."""
    named = {f"{path}.json": schema for path, schema in schemas.items()}
    asked = {ref for schema in schemas.values() for ref in _refs(schema) if ref.startswith("https://")}
    named |= {ref: schemas[Path(ref).stem] for ref in asked if Path(ref).stem in schemas}
    resources = ((name, DRAFT202012.create_resource(schema)) for name, schema in named.items())
    return Registry().with_resources(resources)


def _refs(schema: Any) -> Iterator[str]:
    match schema:
        case {"$ref": str(ref)}:
            yield ref
        case dict():
            for value in schema.values():
                yield from _refs(value)
        case list():
            for value in schema:
                yield from _refs(value)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit("make conformance SCHEMAS=DIR")
    sys.exit(main(Path(sys.argv[1])))

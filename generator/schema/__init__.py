"""JSON Schema of every file that an editor writes, for programs that complete and underline while one types.

Draft 7, which editor programs know best. The check of ours knows more than any schema can say (check digits,
what two fields have to do with each other); what the schema refuses, the check refuses too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from generator.artifacts import Artifact
from generator.records import KINDS
from generator.records.registry import Listed
from generator.records.topic import Topic
from generator.schema.snippets import snippets
from generator.schema.values import Schema, Vocabulary, of_model
from generator.settings import Settings
from generator.shapes import EXAMPLES
from generator.templating import Templating

__all__ = ["DRAFT", "Schema", "editor_files", "files", "schemas"]

DRAFT = "http://json-schema.org/draft-07/schema#"
WORDS = "text/schema.yml"
VOCABULARIES: dict[str, type[Topic | Listed]] = {"topics": Topic, "registry": Listed}
"""Files of content/ that hold many entries by their ids."""
PLACES = {
    **{name: f"{kind.folder}/*.yml" for name, kind in KINDS.items() if kind.suffix == ".yml"},
    **{name: f"content/{name}.yml" for name in VOCABULARIES},
    "mkdocs": "mkdocs.yml",
}
"""Where the YAML files of each schema lie."""


def schemas(templating: Templating, known: Mapping[str, Mapping[str, str]]) -> dict[str, Schema]:
    """Return the schema of each kind, of the vocabularies and of the settings, by their names.

    `known` are the ids that fields may name, with titles, by kind: they are offered, and others are not refused.
    """
    vocabulary = Vocabulary(templating.words, templating.texts(WORDS) | templating.texts(EXAMPLES), known)
    found: dict[str, Schema] = {}
    for name, kind in KINDS.items():
        found[name] = _titled(templating.words["kinds"][name], of_model(kind, vocabulary))
        if kind.suffix == ".yml":
            found[name]["properties"]["text"] = {"type": ["string", "null"], **vocabulary.about("text")}
    for name, model in VOCABULARIES.items():
        entries = {"type": "object", "additionalProperties": of_model(model, vocabulary)}
        found[name] = _titled(vocabulary.about(name)["title"], entries)
    settings = of_model(Settings, vocabulary) | {"additionalProperties": True}
    return found | {"mkdocs": _titled(vocabulary.about("mkdocs")["title"], settings)}


def files(templating: Templating, known: Mapping[str, Mapping[str, str]]) -> Iterator[Artifact]:
    """Yield each schema as a file of the folder in which an editor program looks for it."""
    for name, schema in schemas(templating, known).items():
        yield Artifact(f"{name}.json", _json(schema))


def editor_files(templating: Templating, known: Mapping[str, Mapping[str, str]]) -> Iterator[Artifact]:
    """Yield what makes Visual Studio Code know a site's files: schemas, the settings that name them, skeletons.

    `proekt init` writes them into a new site, `proekt upgrade` renews them. The header of a Markdown file has no
    schema there: no extension that is kept well gives it one; it has the skeletons, and the check.
    """
    for artifact in files(templating, known):
        yield Artifact(f"schema/{artifact.path}", artifact.content)
    for name in ("settings.json", "extensions.json"):
        text = templating.render(f"text/vscode/{name}", {"places": PLACES})
        yield Artifact(f".vscode/{name}", f"{text.rstrip()}\n".encode())
    yield Artifact(".vscode/proekt.code-snippets", _json(snippets(templating.words["kinds"])))


def _json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()


def _titled(title: str, schema: dict[str, Any]) -> Schema:
    return {"$schema": DRAFT, "title": title, **schema}

"""The schemas for editor programs: right records pass, wrong ones do not, and the models say the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # noqa: TID251  # reads as an editor program does, not as ours
from jsonschema import Draft7Validator
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from generator.catalog import load
from generator.catalog.known import known_names
from generator.cli import main
from generator.fields.base import models_in
from generator.records import KINDS, SET_WHEN_READ
from generator.records.record import Record
from generator.schema import Schema, editor_files, schemas
from generator.schema.values import Vocabulary, of_model
from generator.settings import Settings
from generator.shapes import EXAMPLES, shapes
from generator.source import read
from generator.templating import Templating
from tests.conftest import EXAMPLE, ROOT, TODAY
from tests.test_catalog import INVALID, expected_problem

SEEN_WHILE_TYPING = (
    *("age-too-high", "applicants-not-all", "applicants-not-fields", "bad-email", "bad-link", "bad-phone"),
    *("day-the-wrong-way", "flag-of-another-word", "hour-past-midnight", "inn-letters", "key-not-latin", "kpp-wrong"),
    *("link-with-space", "list-for-text", "missing-field", "missing-nested-field", "moment-list", "moment-word"),
    *("no-rounds", "no-such-hour", "not-in-closed-list", "number-in-words", "short-name-too-long", "sum-in-words"),
    *("text-for-fields", "text-for-list", "title-too-long", "unknown-answer", "unknown-applicant", "unknown-field"),
    *("unknown-nested-field", "unknown-region", "wish-unknown", "year-too-far", "moment-without-date"),
)
"""Broken files whose mistake an editor program underlines."""


class Editors(yaml.SafeLoader):
    """Reads YAML 1.2 as editor programs do: `yes` and a date are text, a bare number is a number."""


Editors.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", [*"~nN", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", [*"-+0123456789"]),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", [*"-+.0123456789"]),
):
    Editors.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)
# YAML 1.2, 10.3.2: a leading nought makes no octal number.
Editors.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value, 0 if node.value[1:2] in "xo" else 10))


def as_editors_see(path: Path) -> Any:
    text = path.read_text(encoding="utf-8-sig")
    header = text.split("\n---", 1)[0].removeprefix("---") if path.suffix == ".md" else text
    return yaml.load(header, Editors)


@pytest.fixture(scope="module")
def found(templating: Templating) -> dict[str, Schema]:
    return schemas(templating, known_names(EXAMPLE, load(EXAMPLE, TODAY)))


def mistakes(schema: Schema, value: Any) -> list[str]:
    checker = Draft7Validator.FORMAT_CHECKER
    return [each.message for each in Draft7Validator(schema, format_checker=checker).iter_errors(value)]


def test_the_schemas_are_of_the_draft_that_editor_programs_know(found: dict[str, Schema]) -> None:
    assert set(found) == {*KINDS, "topics", "registry", "mkdocs"}
    for schema in found.values():
        Draft7Validator.check_schema(schema)


@pytest.mark.no_cover
@pytest.mark.parametrize("project", [ROOT, EXAMPLE], ids=["site", "example"])
def test_every_record_that_passes_the_check_passes_its_schema(project: Path, found: dict[str, Schema]) -> None:
    files = [(name, path) for name, kind in KINDS.items() for path in (project / kind.folder).glob(f"*{kind.suffix}")]
    files += [(name, project / f"content/{name}.yml") for name in ("topics", "registry")]
    files.append(("mkdocs", project / "mkdocs.yml"))
    assert len(files) > 25
    validators = {name: Draft7Validator(schema) for name, schema in found.items()}
    wrong = {
        str(path): [each.message for each in validators[name].iter_errors(as_editors_see(path))]
        for name, path in files
        if path.exists()
    }
    assert {path: messages for path, messages in wrong.items() if messages} == {}


@pytest.mark.parametrize("name", SEEN_WHILE_TYPING)
def test_a_mistake_of_one_field_is_seen_while_typing(name: str, found: dict[str, Schema]) -> None:
    path = INVALID / f"{name}.yml"
    kind = {"grants": "grant", "ngos": "ngo"}[expected_problem(path).partition("/")[0]]
    assert mistakes(found[kind], as_editors_see(path))


def test_what_the_check_lets_pass_the_schema_does_too(found: dict[str, Schema]) -> None:
    values = as_editors_see(EXAMPLE / "grants/dvor-2026.yml") | {
        "title": 2027,
        "summary": None,
        "source": "Положение",
        "money": {"most": "500 000", "least": 1000},
        "limits": {"age_from": "14"},
        "topics": ["not-written-yet"],
        "rounds": [{"key": "a", "opens": "2026-10", "deadline": {"date": "2026-10", "precision": "forecast"}}],
    }
    assert mistakes(found["grant"], values) == []
    assert mistakes(found["ngo"], as_editors_see(EXAMPLE / "ngos/svetlyy-dvor.yml") | {"needs": ["Комнату"]}) == []


class _Models(GenerateJsonSchema):
    """pydantic's own schema; a rendered text has none."""

    def is_instance_schema(self, schema: core_schema.IsInstanceSchema) -> JsonSchemaValue:
        return {}

    def handle_invalid_for_json_schema(self, schema: core_schema.CoreSchema, error_info: str) -> JsonSchemaValue:
        return {}


def every_model(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for inner in models_in(field.annotation):
            yield from every_model(inner)


ROOTS: tuple[type[BaseModel], ...] = (*KINDS.values(), Settings)
MODELS = {f"{each.__module__}.{each.__name__}": each for model in ROOTS for each in every_model(model)}


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_the_schema_and_the_model_know_the_same_fields(model: type[BaseModel], templating: Templating) -> None:
    texts = templating.texts("text/schema.yml") | templating.texts(EXAMPLES)
    ours = of_model(model, Vocabulary(templating.words, texts, {}))
    theirs = model.model_json_schema(schema_generator=_Models)
    written = {name: value for name, value in theirs["properties"].items() if name not in SET_WHEN_READ}
    assert [*ours["properties"]] == [*written]
    assert {*ours["required"]} == {*theirs.get("required", ())} - {*SET_WHEN_READ}
    assert ours["additionalProperties"] is theirs["additionalProperties"] is False
    for name, value in written.items():
        for word in ("enum", "maxLength", "minimum", "maximum", "minItems"):
            assert all_of(word, ours["properties"][name]) >= all_of(word, value), (name, word)


def all_of(word: str, schema: Any) -> set[str]:
    """Return every value of a keyword at any depth, but not inside nested models."""
    if isinstance(schema, list):
        return {each for inner in schema for each in all_of(word, inner)}
    if not isinstance(schema, dict):
        return set()
    own = (
        {str([each for each in schema[word] if each is not None] if word == "enum" else schema[word])}
        if word in schema
        else set()
    )
    return own | {each for key in ("anyOf", "items") for each in all_of(word, schema.get(key))}


def test_every_field_and_entry_is_told_in_russian(found: dict[str, Schema], templating: Templating) -> None:
    for name in KINDS:
        for field, value in found[name]["properties"].items():
            assert re.search("[А-яё]", value["title"]), f"{name}.{field}"
            assert re.search("[А-яё]", value["description"]), f"{name}.{field}"
    for kind in KINDS.values():
        for model in {*every_model(kind)}:
            for shape in shapes(model):
                group = templating.words.get(shape.called, {})
                assert not shape.choices or {*group} == {*shape.choices} or shape.name == "age", shape.name


def test_every_example_is_right(found: dict[str, Schema]) -> None:
    for name, schema in found.items():
        for field, value in schema.get("properties", {}).items():
            for shown in value.get("examples", ()):
                entry = [shown] if value.get("type") == "array" else shown
                right = mistakes(value, yaml.load(shown, Editors)) == [] or mistakes(value, entry) == []
                assert right, f"{name}.{field}"


def test_a_new_site_tells_visual_studio_code_of_its_files(templating: Templating) -> None:
    made = {artifact.path: artifact.content for artifact in editor_files(templating, {})}
    settings = json.loads(made[".vscode/settings.json"])
    for schema, place in settings["yaml.schemas"].items():
        assert schema.removeprefix("./") in made
        assert [*EXAMPLE.glob(place)]
    assert "redhat.vscode-yaml" in json.loads(made[".vscode/extensions.json"])["recommendations"]
    skeletons = json.loads(made[".vscode/proekt.code-snippets"]).values()
    assert [each["prefix"] for each in skeletons] == [*KINDS]


@pytest.mark.parametrize("name", KINDS)
def test_a_skeleton_has_the_fields_that_must_be_there(name: str, templating: Templating, tmp_path: Path) -> None:
    content = {artifact.path: artifact.content for artifact in editor_files(templating, {})}[
        ".vscode/proekt.code-snippets"
    ]
    body = next(each["body"] for each in json.loads(content).values() if each["prefix"] == name)
    kind: type[Record] = KINDS[name]
    path = tmp_path / f"new{kind.suffix}"
    path.write_text(re.sub(r"\$\{\d+[:|]([^},|]*)[^}]*\}", r"\1", "\n".join(body)), encoding="utf-8")
    source, problems = read(path, tmp_path)
    assert problems == ()
    assert [*source.values] == [shape.name for shape in shapes(kind) if shape.required]


def test_the_command_prints_or_writes_the_schemas(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--project", str(example), "--today", str(TODAY), "schema"]
    assert main(command) == 0
    printed = json.loads(capsys.readouterr().out)
    assert main([*command, "--output", str(tmp_path / "schema")]) == 0
    assert {path.stem: json.loads(path.read_bytes()) for path in (tmp_path / "schema").iterdir()} == printed

"""The web form's files: Russian words for every field, a host for every repository, nothing of what was not pinned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.admin import KEPT, admin
from generator.admin.collections import backend, config, hosts, kinds, root
from generator.admin.fields import FIELD_NAME
from generator.admin.packages import YAML, NotFetchedError, files_of
from generator.admin.program import ChangedProgramError, adapted
from generator.catalog import Catalog
from generator.cli import main
from generator.fields.repository import Repository
from generator.keep import Keep
from generator.safety import safety
from generator.settings import load_settings
from generator.templating import Templating
from tests.conftest import EXAMPLE, ROOT, TODAY

MEANT = {"rolling", "unknown", "https"}
"""Words of files that stand in the form as well."""
STRANGERS = re.compile(rb"unpkg\.com/@sveltia/cms|cdn\.jsdelivr\.net|status\.json|hostedstatus")


def described(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every field of the form, nested ones too."""
    for each in told.get("collections") or told.get("files") or told.get("fields", []):
        if "widget" in each:
            yield each
        yield from described(each)


def test_every_field_and_every_word_of_a_list_is_named_in_russian(catalog: Catalog, templating: Templating) -> None:
    fields = list(described(config(catalog, templating)))
    assert len(fields) > 400
    assert [each for each in fields if not re.search("[А-ЯЁ]", each["label"])] == []
    options = [option for each in fields for option in each.get("options", [])]
    assert [each for each in options if not re.search(r"[А-яЁё]|\d\+", each["label"])] == []
    hints = [each["hint"] for each in fields if "hint" in each]
    assert [hint for hint in hints if re.search("content/", hint) or set(FIELD_NAME.findall(hint)) - MEANT] == []
    lists = [each["label_singular"] for each in fields if each["widget"] == "list"]
    assert [each for each in lists if not re.match("[а-яё]", each)] == []


def test_form_and_files_know_the_same_fields(catalog: Catalog, templating: Templating) -> None:
    for kind, shown in zip(kinds(), _by_format(config(catalog, templating)), strict=True):
        assert {each["name"] for each in kind["fields"]} | {kind["body"]} == {each["name"] for each in shown["fields"]}


def _by_format(told: dict[str, Any]) -> list[dict[str, Any]]:
    by_format = {each["format"]: each for each in told["collections"] if "format" in each}
    return [by_format[kind["format"]] for kind in kinds()]


@pytest.mark.parametrize(
    ("host", "url", "found", "asked"),
    [
        ("github", "https://github.com/library/site", {"name": "github", "repo": "library/site"}, "api.github.com"),
        (
            "gitlab",
            "https://gitlab.com/town/library/site",
            {"name": "gitlab", "repo": "town/library/site", "api_root": "https://gitlab.com/api/v4"},
            "gitlab.com",
        ),
        (
            "forgejo",
            "https://codeberg.org/library/site",
            {"name": "gitea", "base_url": "https://codeberg.org", "api_root": "https://codeberg.org/api/v1"},
            "codeberg.org",
        ),
    ],
)
def test_the_form_asks_the_git_host_of_the_site_alone(host: Any, url: str, found: dict[str, str], asked: str) -> None:
    repository = Repository(host=host, url=url)
    assert backend(repository).items() >= found.items()
    assert backend(repository)["auth_methods"] == ["token"]
    assert hosts(repository) == [f"https://{asked}"]


def test_without_a_git_host_that_it_knows_the_form_has_the_folder_alone() -> None:
    gitverse = Repository(host="gitverse", url="https://gitverse.ru/library/site")
    for repository in (None, gitverse):
        assert hosts(repository) == []
        assert backend(repository)["repo"] == "folder/only"


def test_a_project_inside_a_repository_is_known_by_its_first_folder() -> None:
    settings = load_settings(EXAMPLE)
    repository = Repository(host="forgejo", url="https://codeberg.org/library/site", folder="sites/centre")
    inside = settings.model_copy(update={"extra": settings.extra.model_copy(update={"repository": repository})})
    assert (root(settings), root(inside)) == ("content", "sites")


def test_what_is_made_asks_no_stranger_and_says_its_licences(catalog: Catalog, tmp_path: Path) -> None:
    (ROOT / KEPT).mkdir(parents=True, exist_ok=True)
    (tmp_path / ".cache").mkdir()
    (tmp_path / KEPT).symlink_to(ROOT / KEPT)
    made = dict(admin(catalog, Templating(tmp_path, load_settings(EXAMPLE), TODAY)))
    assert [path for path, content in made.items() if STRANGERS.search(content)] == []
    assert all(path.startswith("admin/") for path in made)
    assert b'name="robots" content="noindex' in made["admin/index.html"]
    assert len([path for path in made if path.endswith(".LICENSE.txt")]) == 5
    assert len(made["admin/icons.woff2"]) > 10_000


def test_servers_lay_no_rules_of_pages_on_the_form(catalog: Catalog, example: Path) -> None:
    templating = Templating(example, load_settings(example), TODAY)
    templating.with_admin = True
    (headers,) = safety(catalog, templating)
    assert b"Content-Security-Policy: frame-ancestors 'self'\n" in headers.content
    assert headers.content.endswith(b"/admin/*\n  X-Robots-Tag: noindex, nofollow\n")


def test_another_version_of_the_program_is_not_changed_blindly() -> None:
    with pytest.raises(ChangedProgramError):
        adapted("let nothing = 1", "content")


def test_other_bytes_than_the_pinned_are_refused(tmp_path: Path) -> None:
    (tmp_path / "yaml-2.9.1.tgz").write_bytes(b"something else")
    with pytest.raises(NotFetchedError, match="контрольная сумма"):
        files_of(YAML, Keep(tmp_path))


def test_without_npm_the_build_says_so(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    site = str(tmp_path / "site")
    command = ["build", "--project", str(example), "--site-dir", site, "--admin", "--no-handouts", "--no-search"]
    assert main([*command, "--today", str(TODAY)]) == 3
    assert "нужна программа npm" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("text", "right"),
    [("", True), ("![двор](a.png)\n\n[![лес](b.png)](c)", True), ("Раз\n\n![](a.png)", False), ("![ ](a.png)", False)],
)
def test_a_picture_is_not_taken_without_words(text: str, right: bool, catalog: Catalog, templating: Templating) -> None:
    post = next(kind for kind in config(catalog, templating)["collections"] if kind["name"] == "post")
    pattern, _ = next(field["pattern"] for field in post["fields"] if field["name"] == "body")
    assert bool(re.search(pattern, text)) == right

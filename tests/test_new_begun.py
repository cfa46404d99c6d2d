"""A record begun on a git host's page for a new file: what the address holds, and what comes of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.catalog import Catalog, examine
from generator.fields.repository import Host, Repository
from generator.fields.text import SLUG
from generator.mkdocs_plugin.site import Frame, Site
from generator.new import begun_at
from generator.records import KINDS
from generator.shapes import shapes
from generator.source import read_bytes
from generator.templating import Templating
from tests.conftest import EXAMPLE, TODAY
from tests.test_new_record import filled


def begun(kind: str, host: Host, catalog: Catalog, templating: Templating) -> tuple[str, dict[str, str]]:
    """Return the address at which a record of a kind is begun, and what it gives to the host's page."""
    repository = Repository(host=host, url="https://git.example.org/library/site")
    address = begun_at(repository, catalog, templating)[kind]
    return address, {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_is_begun_on_a_git_host_with_its_fields_in_an_address_that_servers_take(
    kind: str, catalog: Catalog, templating: Templating
) -> None:
    address, given = begun(kind, "github", catalog, templating)
    assert len(address) < 8191, "github/docs#4537"
    path = given["filename"]
    source, problems = read_bytes(given["value"].encode(), path)
    assert not problems
    required = {shape.name for shape in shapes(KINDS[kind]) if shape.required}
    assert required <= source.values.keys(), path
    assert path.startswith(f"{KINDS[kind].folder}/")
    assert not SLUG.fullmatch(source.slug), "a name that nobody chose is refused"
    assert "/editors/" in given["value"]


def test_what_a_git_host_does_not_take_is_not_given_to_it(catalog: Catalog, templating: Templating) -> None:
    assert begun("grant", "gitlab", catalog, templating)[1] == {"file_name": "grants/имя-латиницей.yml"}
    assert begun("grant", "gitverse", catalog, templating) == (
        "https://git.example.org/library/site/content/main/grants",
        {},
    )


def test_what_is_begun_so_passes_the_check_once_it_is_filled(
    catalog: Catalog, templating: Templating, tmp_path: Path
) -> None:
    project = Path(shutil.copytree(EXAMPLE, tmp_path / "project", ignore=shutil.ignore_patterns(".cache")))
    (project / "content/centre/bereg.md").unlink()
    for name, kind in KINDS.items():
        text = filled(begun(name, "github", catalog, templating)[1]["value"], name).replace("новое", f"новое ({name})")
        (project / kind.folder / f"{2027 if name == 'report' else 'new'}{kind.suffix}").write_text(
            text, encoding="utf-8"
        )
    assert examine(project, TODAY).problems == ()


def test_a_site_without_a_repository_offers_nothing_to_editors(catalog: Catalog, templating: Templating) -> None:
    settings = templating.settings
    extra = settings.extra.model_copy(update={"repository": None})
    alone = Templating(templating.project, settings.model_copy(update={"extra": extra}), TODAY)
    assert Site(catalog, alone).editing(Frame("/grants/", editable=False, listed="grant")) == {}
    assert Site(catalog, templating).editing(Frame("/grants/", editable=False, listed="grant")).keys() == {
        "begin",
        "new",
        "files",
    }

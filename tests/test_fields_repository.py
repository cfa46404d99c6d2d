"""The git host's pages on which the site's files are edited and begun."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.fields.repository import LONGEST_ADDRESS, Host, Repository
from generator.settings import read_settings
from tests.conftest import EXAMPLE

AT = "https://git.example.org/library/site"


def at(host: Host, branch: str = "main", folder: str = "") -> Repository:
    return Repository(host=host, url=AT, branch=branch, folder=folder)


@pytest.mark.parametrize(
    ("host", "page"),
    [
        ("github", "/edit/main/grants/dvor.yml"),
        ("gitlab", "/-/edit/main/grants/dvor.yml"),
        ("forgejo", "/_edit/main/grants/dvor.yml"),
        ("gitea", "/_edit/main/grants/dvor.yml"),
        ("gitverse", "/content/main/grants/dvor.yml"),
    ],
)
def test_a_file_is_opened_where_each_host_edits_it(host: Host, page: str) -> None:
    assert at(host).edit("grants/dvor.yml") == AT + page


def test_a_site_in_a_folder_of_its_repository_and_of_a_branch_is_found_there() -> None:
    assert at("github", "sites/centre", "docs/сайт").edit("a.yml") == (
        f"{AT}/edit/sites/centre/docs/%D1%81%D0%B0%D0%B9%D1%82/a.yml"
    )


@pytest.mark.parametrize(
    ("host", "page", "given"),
    [
        ("github", "/new/main", {"filename": ["grants/имя.yml"], "value": ["title:\n# «Дворы» & 50 %\n"]}),
        ("gitlab", "/-/new/main", {"file_name": ["grants/имя.yml"]}),
        ("forgejo", "/_new/main/grants", {"filename": ["имя.yml"], "value": ["title:\n# «Дворы» & 50 %\n"]}),
        ("gitverse", "/content/main/grants", {}),
    ],
)
def test_a_file_is_begun_with_what_each_host_takes(host: Host, page: str, given: dict[str, list[str]]) -> None:
    address = urlsplit(at(host).new("grants", "имя.yml", "title:\n# «Дворы» & 50 %\n"))
    assert address._replace(query="").geturl() == AT + page
    assert parse_qs(address.query) == given


def test_a_text_too_long_for_an_address_is_left_out() -> None:
    assert parse_qs(urlsplit(at("github").new("grants", "a.yml", "ж" * LONGEST_ADDRESS)).query) == {
        "filename": ["grants/a.yml"]
    }


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ("host: gihub", "host", "здесь «gihub»; похоже на «github»"),
        ("url: http://git.example.org/samotsvetsk/bereg", "url", "начинается с https://, в нём владелец и название"),
        ("url: https://git.example.org/bereg", "url", "в нём владелец и название"),
        ("url: git@git.example.org:samotsvetsk/bereg.git", "url", "ссылка начинается с https://"),
        ("url: https://github.com/samotsvetsk/bereg", "url", "напишите host: github"),
        ("branch: my branch", "branch", "имя ветки"),
        ("folder: /site", "folder", "без косой черты в начале"),
        ("folder: ../site", "folder", "папка внутри хранилища"),
    ],
)
def test_a_wrong_repository_is_told_with_its_line(wrong: str, field: str, told: str, tmp_path: Path) -> None:
    fields = {"host": "host: forgejo", "url": f"url: {AT}"} | {field: wrong}
    text = (EXAMPLE / "mkdocs.yml").read_text(encoding="utf-8")
    around = re.split(r"(?<=  repository:\n)(?:    .*\n)+", text)
    text = "".join(f"    {line}\n" for line in fields.values()).join(around)
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    (problem,) = read_settings(tmp_path).problems
    assert problem.field == f"extra.repository.{field}"
    assert text.splitlines()[problem.line - 1].strip() == wrong
    assert told in problem.message


def test_a_copied_clone_address_is_understood() -> None:
    assert (
        Repository(host="forgejo", url="https://codeberg.org/library/site.git/").url
        == "https://codeberg.org/library/site"
    )

"""Where the site's files are kept for its editors: a git host, and the addresses of its pages for editing."""

from __future__ import annotations

import re
from typing import Annotated, Literal, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from pydantic import BeforeValidator, StringConstraints, ValidationInfo, field_validator

from generator.fields.base import Part, shown, wrong
from generator.fields.text import Line, Link, host_of

Host = Literal["github", "gitlab", "forgejo", "gitea", "gitverse"]


class _Pages(NamedTuple):
    """The addresses of a host's pages, below the repository's own, and the names of what a new file may be given."""

    edit: str
    files: str
    new: str
    filename: str = ""
    value: str = ""


_GITEA = _Pages("/_edit/{branch}/{path}", "/src/branch/{branch}/{path}", "/_new/{branch}/{path}", "filename", "value")
PAGES: dict[Host, _Pages] = {
    # The last folder of a path before the «?» gets lost: isaacs/github#1527.
    "github": _Pages("/edit/{branch}/{path}", "/tree/{branch}/{path}", "/new/{branch}", "filename", "value"),
    # Its editor no longer takes a text from the address: gitlab-org/gitlab#594214.
    "gitlab": _Pages("/-/edit/{branch}/{path}", "/-/tree/{branch}/{path}", "/-/new/{branch}", "file_name"),
    "forgejo": _GITEA,
    "gitea": _GITEA,
    # The page of the file or folder, where the editor is one press away: its address is not published.
    "gitverse": _Pages(*("/content/{branch}/{path}",) * 3),
}
KNOWN: dict[str, Host] = {
    "github.com": "github",
    "gitlab.com": "gitlab",
    "codeberg.org": "forgejo",
    "gitea.com": "gitea",
    "gitverse.ru": "gitverse",
}
"""Hosts that everybody knows by their addresses."""
PATH = re.compile(r"[\w.-]+(/[\w.-]+)*")
LONGEST_ADDRESS = 8000
"""Bytes of an address that servers take: GitHub documents 8,191, and nginx refuses a first line of over 8 KB."""


def _address(value: object) -> object:
    """Return a repository's address without what a copied one has at its end."""
    return re.sub(r"(\.git)?/?$", "", value) if isinstance(value, str) else value


def _branch(value: object) -> object:
    # git-check-ref-format(1); names with other signs do exist, but not for a site's main branch.
    if isinstance(value, str) and not (PATH.fullmatch(value) and ".." not in value):
        raise wrong(f"имя ветки — буквы, цифры, точки и дефисы: main; здесь {shown(value)}")
    return value


def _folder(value: object) -> object:
    if isinstance(value, str) and value and not (PATH.fullmatch(value) and not {"", ".", ".."} & {*value.split("/")}):
        raise wrong(f"папка внутри хранилища, без косой черты в начале и в конце: sites/centre; здесь {shown(value)}")
    return value


class Repository(Part):
    """The repository in which the site's files are kept."""

    host: Host
    """Какой это сервер git: github, gitlab, forgejo, gitea, gitverse."""
    url: Annotated[Link, BeforeValidator(_address)]
    """Адрес хранилища, каким его открывают в браузере: https://codeberg.org/library/site."""
    branch: Annotated[Line, BeforeValidator(_branch)] = "main"
    """Ветка, из которой собирается сайт."""
    folder: Annotated[str, StringConstraints(max_length=300), BeforeValidator(_folder)] = ""
    """Папка внутри хранилища, где лежит mkdocs.yml; если он лежит прямо в хранилище, поле не нужно."""

    @field_validator("url")
    @classmethod
    def _of_a_repository(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme != "https" or parts.query or parts.fragment or not re.fullmatch(r"(/[\w.~-]+){2,}", parts.path):
            example = "https://codeberg.org/library/site"
            raise wrong(
                f"адрес хранилища начинается с https://, в нём владелец и название: {example}; здесь {shown(value)}"
            )
        return value

    @field_validator("url")
    @classmethod
    def _of_this_host(cls, value: str, info: ValidationInfo) -> str:
        known = KNOWN.get(host_of(value))
        if known and (host := info.data.get("host")) and PAGES[host] != PAGES[known]:
            raise wrong(f"это адрес на {host_of(value)}, а host — {host}; напишите host: {known}")
        return value

    def edit(self, path: str) -> str:
        """Return the address at which a file of the project is opened for editing."""
        return self._page(PAGES[self.host].edit, path)

    def files(self, folder: str) -> str:
        """Return the address at which the files of a folder are listed."""
        return self._page(PAGES[self.host].files, folder)

    def new(self, folder: str, filename: str, text: str) -> str:
        """Return the address at which a file is begun, with its name and text if the host takes them from it."""
        pages = PAGES[self.host]
        name = filename if "{path}" in pages.new else self._within(f"{folder}/{filename}")
        given = {pages.filename: name}
        if self.takes(folder, filename, text):
            given[pages.value] = text
        query = urlencode({parameter: value for parameter, value in given.items() if parameter})
        return f"{self._page(pages.new, folder)}?{query}" if query else self._page(pages.new, folder)

    @property
    def takes_text(self) -> bool:
        """Whether the host's page for a new file takes a text from its address."""
        return bool(PAGES[self.host].value)

    def takes(self, folder: str, filename: str, text: str) -> bool:
        """Whether a file can be begun with a text: no address may be too long."""
        rest = len(self.url) + len(quote(self._within(f"{folder}/{filename}"))) + len(self.branch)
        return self.takes_text and rest + len(urlencode({"value": text})) < LONGEST_ADDRESS

    def _page(self, below: str, path: str) -> str:
        return self.url + below.format(branch=quote(self.branch), path=quote(self._within(path)))

    def _within(self, path: str) -> str:
        return f"{self.folder}/{path}" if self.folder else path

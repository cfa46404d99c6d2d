"""What is published as open data: which sets, in which files, by what standard, changed when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.opendata.giving import awarded, giving_files
from generator.opendata.grants import grants_changed, grants_files
from generator.opendata.hsds import hsds_files
from generator.opendata.ngos import ngos_csv, ngos_json, ngos_xlsx
from generator.opendata.projects import projects_files
from generator.records.record import Record
from generator.templating import Templating

MEDIA = {
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Types of files by the end of their names."""


class Row(NamedTuple):
    """A row of the table of sets."""

    files: tuple[str, ...]
    """Names in /data/."""
    make: tuple[Callable[[Catalog, Templating], Iterator[Artifact]], ...]
    """Each makes some of the files; what takes long is made by several, as several processes may work."""
    changed: Callable[[Catalog], date | None]
    exists: Callable[[Catalog], bool] = lambda _: True
    columns: str | None = None
    """The group of words that names the columns of its table."""
    standard: str | None = None
    """Where the standard is written down that its files follow."""


class Dataset(NamedTuple):
    """A set that the site has."""

    name: str
    files: tuple[str, ...]
    changed: date | None
    columns: str | None
    standard: str | None


def _changed(*kinds: str) -> Callable[[Catalog], date | None]:
    def last(catalog: Catalog) -> date | None:
        records: Iterator[Record] = (record for kind in kinds for record in catalog.of(kind))
        return max((record.changed for record in records if record.changed), default=None)

    return last


SETS = {
    "grants": Row(("grants.csv", "grants.json"), (grants_files,), grants_changed, columns="columns"),
    "ngos": Row(
        ("ngos.xlsx", "ngos.csv", "ngos.json"), (ngos_xlsx, ngos_csv, ngos_json), _changed("ngo"), columns="ngo_columns"
    ),
    "projects": Row(
        ("projects.csv", "projects.json"), (projects_files,), _changed("project"), columns="project_columns"
    ),
    "hsds": Row(
        tuple(f"hsds/{name}.json" for name in ("organizations", "services", "taxonomies", "taxonomy_terms")),
        (hsds_files,),
        _changed("ngo", "centre"),
        standard="https://docs.openreferral.org/en/v3.0/",
    ),
    "360giving": Row(
        ("360giving.json",),
        (giving_files,),
        _changed("project"),
        lambda catalog: bool(awarded(catalog)),
        standard="https://standard.threesixtygiving.org/en/latest/",
    ),
}
"""Every set by its name; its words are the group `datasets`, the words of its fields the group named after it."""


def datasets(catalog: Catalog) -> Iterator[Dataset]:
    """Yield the sets that the site has."""
    for name, row in SETS.items():
        if row.exists(catalog):
            yield Dataset(name, row.files, row.changed(catalog), row.columns, row.standard)

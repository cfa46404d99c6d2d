"""Where records are begun on the git host: its pages for a new file, with the fields there already."""

from __future__ import annotations

from generator.catalog import Catalog
from generator.catalog.known import known_names
from generator.fields.repository import Repository
from generator.new.asking import ASKED
from generator.new.blank import brief_file
from generator.new.desk import Desk
from generator.new.words import Words
from generator.records import KINDS
from generator.templating import Templating

OFFERED = ASKED | {"ngo", "applicant", "funder"}
"""Fields that may be left out, yet an editor should see: of the last ones a project has to have some."""
MANUAL = "/editors/"


def begun_at(repository: Repository, catalog: Catalog, templating: Templating) -> dict[str, str]:
    """Return the address at which a record of each kind is begun, with the fields that an address can hold."""
    words = Words(templating)
    manual = templating.settings.absolute(MANUAL)
    known = known_names(templating.project, catalog)
    addresses = {}
    for name, kind in KINDS.items():
        desk = Desk(words, templating.project, kind, catalog, known)
        file = f"{words.texts['brief']['name']}{kind.suffix}"
        whole = brief_file(desk, OFFERED, manual)
        text = whole if repository.takes(kind.folder, file, whole) else brief_file(desk, (), manual)
        addresses[name] = repository.new(kind.folder, file, text)
    return addresses

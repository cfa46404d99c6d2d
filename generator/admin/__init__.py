"""The web form at /admin/: Sveltia CMS, told what a record is by the models and how our files are written by us."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.admin.collections import config, hosts, kinds, root
from generator.admin.packages import SVELTIA
from generator.admin.program import FOLDER, WORDS_FILE, program
from generator.admin.site_files import formats
from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.keep import Keep
from generator.labels import WORDS
from generator.templating import Templating

KEPT = ".cache/admin"
"""The folder of a project in which what others made is kept between builds."""
PAGES = ("index.html", "README.txt")
SCRIPTS = ("begin.js", "start.js", "records.js", "values.js", "nodes.js", "admin.css")


def admin(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield the files of the web form; raise NotFetchedError where what it is made of cannot be had."""
    words = templating.texts(WORDS)
    settings = templating.settings
    keep = Keep(templating.project / KEPT)
    yield from program(keep, root(settings), words)
    keep.forget_the_rest()
    told = config(catalog, templating)
    repository = settings.extra.repository
    policy = templating.render("text/admin/policy.txt", {"hosts": hosts(repository)})
    facts = {
        "policy": "; ".join(policy.split("\n")).rstrip("; "),
        "title": told["app_title"],
        "noscript": words["noscript"],
        "words_file": WORDS_FILE,
        "version": SVELTIA.version,
        "host": urlsplit(repository.url).netloc if repository and hosts(repository) else None,
        "name": told["backend"]["name"],
    }
    for name in PAGES:
        yield Artifact(f"{FOLDER}/{name}", templating.render(f"text/admin/{name}", facts).encode())
    for name, value in (
        ("config.json", told),
        ("kinds.json", [*kinds(), *formats()]),
        ("picture.json", words["picture"]),
    ):
        yield Artifact(f"{FOLDER}/{name}", json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
    for name in SCRIPTS:
        yield Artifact(f"{FOLDER}/{name}", templating.file(f"text/admin/{name}").read_bytes())

"""A catalogue of the open data (W3C DCAT, JSON-LD): what each set is, where its files are, what its fields mean."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.opendata.datasets import MEDIA, Dataset, datasets
from generator.opendata.identifiers import licence_url
from generator.templating import Templating, punycode

PATH = "data/index.json"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "csvw": "http://www.w3.org/ns/csvw#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "fields": {"@id": "csvw:column", "@container": "@list"},
    "name": "csvw:name",
    "description": "dct:description",
}
IANA = "https://www.iana.org/assignments/media-types/"


def index(catalog: Catalog, templating: Templating, size: Callable[[str], int]) -> Artifact:
    """Return the catalogue of the data; `size` tells the bytes of a file that is made."""
    settings, words = templating.settings, templating.words["datasets"]
    sets = list(datasets(catalog))
    changed = max((each.changed for each in sets if each.changed), default=None)
    told = {
        "@context": CONTEXT,
        "@id": _link(templating, f"/{PATH}"),
        "@type": "dcat:Catalog",
        "dct:title": f"{words['catalog']['title']}: {settings.site_name}",
        "dct:description": words["catalog"]["description"],
        "dct:language": "ru",
        "dct:publisher": _publisher(templating),
        "dct:license": _licence(templating),
        **_day("dct:modified", changed),
        "dcat:dataset": [_dataset(each, templating, size) for each in sets],
    }
    return Artifact(PATH, f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode())


def _dataset(each: Dataset, templating: Templating, size: Callable[[str], int]) -> dict[str, Any]:
    words = templating.words
    fields = words.get(f"{each.name}_fields", {})
    return {
        "@id": f"{_link(templating, '/data/')}#{each.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": each.name,
        "dct:title": words["datasets"][each.name]["title"],
        "dct:description": words["datasets"][each.name]["description"],
        "dct:language": "ru",
        "dct:publisher": _publisher(templating),
        "dct:license": _licence(templating),
        "dct:spatial": words["datasets"]["catalog"]["spatial"].format(place=templating.settings.extra.place),
        **_day("dct:modified", each.changed),
        **({"dct:conformsTo": {"@id": each.standard}} if each.standard else {}),
        "dcat:landingPage": {"@id": _link(templating, "/data/")},
        "dcat:distribution": [_distribution(each, name, templating, size) for name in each.files],
        "fields": [{"name": name, "description": told} for name, told in fields.items()],
    }


def _distribution(each: Dataset, name: str, templating: Templating, size: Callable[[str], int]) -> dict[str, Any]:
    link = _link(templating, f"/data/{name}")
    ending = name.rpartition(".")[2]
    columns = templating.words[each.columns] if each.columns and ending != "json" else {}
    told = {
        "@id": link,
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dcat:mediaType": {"@id": f"{IANA}{MEDIA[ending]}"},
        "dct:format": ending.upper(),
        "dcat:downloadURL": {"@id": link},
        "dcat:byteSize": {"@value": str(size(f"data/{name}")), "@type": "xsd:nonNegativeInteger"},
        "dct:license": _licence(templating),
    }
    if not columns:
        return told
    table = [{"csvw:name": key, "csvw:titles": title} for key, title in columns.items()]
    return told | {"csvw:tableSchema": {"csvw:column": {"@list": table}}}


def _publisher(templating: Templating) -> dict[str, Any]:
    settings = templating.settings
    homepage = {"@id": punycode(settings.site_url)}
    return {"@type": "foaf:Organization", "foaf:name": settings.extra.library, "foaf:homepage": homepage}


def _licence(templating: Templating) -> dict[str, str]:
    licence = templating.settings.extra.licence
    url = licence_url(licence)
    return {"@id": url} if url else {"@type": "dct:LicenseDocument", "dct:title": licence}


def _day(name: str, day: date | None) -> dict[str, Any]:
    return {name: {"@value": day.isoformat(), "@type": "xsd:date"}} if day else {}


def _link(templating: Templating, address: str) -> str:
    return punycode(templating.settings.absolute(address))

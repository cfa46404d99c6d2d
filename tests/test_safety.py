"""What a page may load and tell: the policy in every file's head, nothing written that it forbids, links out marked."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from generator.safety import with_relations
from generator.settings import Settings

pytest_plugins = ("tests.browser",)

POLICY = "meta[@http-equiv='Content-Security-Policy']"
DATA = {"application/json", "application/ld+json"}
SITE = "https://library.example.org/"


@pytest.mark.parametrize(
    ("link", "marked"),
    [
        (
            '<a class="btn" href="https://grants.example.org/a">',
            '<a rel="external noopener noreferrer" class="btn" href="https://grants.example.org/a">',
        ),
        (
            '<a href="http://example.org" rel="noopener">',
            '<a rel="external noopener noreferrer" href="http://example.org">',
        ),
        (f'<a href="{SITE}feed.xml">', f'<a href="{SITE}feed.xml">'),
        ('<a href="../grants/">', '<a href="../grants/">'),
        ('<a href="mailto:a@example.org">', '<a href="mailto:a@example.org">'),
        ('<link rel="canonical" href="https://example.org/">', '<link rel="canonical" href="https://example.org/">'),
    ],
)
def test_links_out_of_the_site_are_marked_and_others_are_not(link: str, marked: str) -> None:
    assert with_relations(link, SITE) == marked


def test_every_file_says_what_it_may_load_before_it_loads_anything(own_files: dict[str, Element]) -> None:
    for address, file in own_files.items():
        head = list(file.find("head") or ())
        assert [element.get("charset") for element in head[:1]] == ["utf-8"], address
        policy = head[1].get("content", "")
        assert head[1].get("http-equiv") == "Content-Security-Policy", address
        assert policy.startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "), address
        assert "unsafe-inline" not in policy, address
        assert [meta.get("content") for meta in file.findall(".//meta[@name='referrer']")] == ["same-origin"], address


def test_no_page_holds_a_script_or_a_style_of_its_own(own_files: dict[str, Element]) -> None:
    for address, file in own_files.items():
        assert not file.findall(".//style"), address
        for element in file.iter():
            assert not {name for name in element.attrib if name == "style" or name.startswith("on")}, address
        for script in file.iter("script"):
            assert script.get("src") or script.get("type") in DATA, address


def test_every_link_out_of_the_site_carries_its_relation(own_files: dict[str, Element], own_settings: Settings) -> None:
    found = [
        (address, link.get("rel"))
        for address, file in own_files.items()
        for link in file.iter("a")
        if link.get("href", "").startswith("http") and not link.get("href", "").startswith(own_settings.site_url)
    ]
    assert len(found) > 100
    assert {rel for _, rel in found} == {"external noopener noreferrer"}
    assert not [link for file in own_files.values() for link in file.iter("a") if link.get("target")]


def test_the_servers_file_says_what_the_pages_say_and_who_may_frame_them(
    own_site: Path, own_pages: dict[str, Element]
) -> None:
    whole, *headers = (own_site / "_headers").read_text().strip().split("\n")
    told = dict(header.strip().split(": ", 1) for header in headers)
    said = own_pages["/"].find(f".//{POLICY}")
    assert whole == "/*"
    assert said is not None
    assert told["Content-Security-Policy"] == f"{said.get('content')}; frame-ancestors 'self'"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "same-origin"
    assert "camera=()" in told["Permissions-Policy"]

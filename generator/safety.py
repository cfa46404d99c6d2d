"""What keeps a reader safe: what a page may load, said to browsers and to servers; links out that tell nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.templating import Templating
from generator.templating.policy import policy

OUTWARD = re.compile(r'<a\b[^>]*\bhref="https?://[^>]*>')
REL = re.compile(r' rel="[^"]*"')
RELATION = ' rel="external noopener noreferrer"'


def safety(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield `_headers`: what Netlify, Cloudflare Pages and their like send with every file."""
    headers = templating.render("text/headers.txt", {"policy": policy(templating), "with_admin": templating.with_admin})
    yield Artifact("_headers", headers.encode())


def with_relations(html: str, site_url: str) -> str:
    """Mark the links that lead out of the site: the page there gets no hold of ours, nor its address."""

    def marked(link: re.Match[str]) -> str:
        if f'href="{site_url}' in link[0]:
            return link[0]
        return f"<a{RELATION}{REL.sub('', link[0])[2:]}"

    return OUTWARD.sub(marked, html) if 'href="http' in html else html

"""A text's HTML with what only its files know: sizes of pictures and their copies, weights of files to download."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from pathlib import PurePosixPath
from urllib.parse import quote

from generator.images.assets import Assets
from generator.images.pictures import BROADEST, Sized, copy_path, is_picture, widths

PICTURE = re.compile(r'<img src="/assets/([^"]+)" alt="([^"]*)"( title="[^"]*")? loading="lazy" />')
"""A picture as our Markdown prints it."""
FILE = re.compile(r'<a href="/assets/([^"]+)"( title="[^"]*")? class="file">(.*?)</a>', re.DOTALL)
"""A link to a file as our Markdown prints it."""
GALLERY = re.compile(r'<div class="gallery">.*?</div>', re.DOTALL)
ALONE, IN_GALLERY = "(min-width: 45em) 42.5rem, 100vw", "(min-width: 45em) 21rem, 50vw"
"""How wide a picture is shown: the measure of a text, and half of it (HTML, 4.8.4.2.2)."""
FOLDER = "content/assets"
KILO = 1024


def with_files(html: str, assets: Assets, words: Mapping[str, str]) -> str:
    """Return a page's HTML, its pictures in the sizes that screens choose from, the first of them without delay."""
    if 'src="/assets/' in html:
        galleries = [match.span() for match in GALLERY.finditer(html)]
        is_first = True

        def picture(match: re.Match[str]) -> str:
            nonlocal is_first
            loading = "" if is_first else ' loading="lazy"'
            is_first = False
            within = any(start <= match.start() < end for start, end in galleries)
            return _picture(match, assets, IN_GALLERY if within else ALONE, f'{loading} decoding="async"')

        html = PICTURE.sub(picture, html)
    return _files_named(html, assets, words)


def with_files_plainly(html: str, assets: Assets, words: Mapping[str, str]) -> str:
    """Return HTML for reader programs: pictures with one address and their size, no choice among copies."""
    html = PICTURE.sub(lambda match: _picture(match, assets, None, ""), html)
    return _files_named(html, assets, words)


def _picture(match: re.Match[str], assets: Assets, sizes: str | None, loading: str) -> str:
    name, alt, title = unescape(match[1]), match[2], match[3] or ""
    if not is_picture(name):
        return f'<img src="/assets/{match[1]}" alt="{alt}"{title}{loading} />'
    size = assets.size(f"{FOLDER}/{name}")
    chosen, source = _shown_size(size), f"/assets/{match[1]}"
    if size.width > BROADEST:
        source = _copy_address(name, BROADEST)
    choice = ""
    if sizes and widths(size):
        candidates = ", ".join(f"{_copy_address(name, width)} {width}w" for width in widths(size))
        choice = f' srcset="{candidates}" sizes="{sizes}"'
    return f'<img src="{source}"{choice} width="{chosen.width}" height="{chosen.height}" alt="{alt}"{title}{loading} />'


def _shown_size(size: Sized) -> Sized:
    return size.at(min(size.width, BROADEST))


def _copy_address(name: str, width: int) -> str:
    return "/" + quote(copy_path(f"assets/{name}", width))


def _files_named(html: str, assets: Assets, words: Mapping[str, str]) -> str:
    """Return HTML in which each link to a file says of what type and how heavy it is."""
    if 'class="file"' not in html:
        return html
    return FILE.sub(lambda match: match[0] + _weight_of(match, assets, words), html)


def _weight_of(match: re.Match[str], assets: Assets, words: Mapping[str, str]) -> str:
    path = PurePosixPath(FOLDER, unescape(match[1]))
    weight = weight_words(assets.weight(f"{path}"), words)
    suffix = path.suffix.lstrip(".").lower()
    # «смета.xlsx» has said its type already.
    is_named = unescape(match[3]).lower().endswith(path.suffix.lower())
    said = weight if is_named or not suffix else f"{suffix}, {weight}"
    return f'<span class="file__weight"> ({escape(said)})</span>'


def weight_words(size: int, words: Mapping[str, str]) -> str:
    """Return a file's weight as people say it: «24 КБ», «3,5 МБ»."""
    if size < KILO * KILO:
        return words["kb"].format(number=max(1, round(size / KILO)))
    return words["mb"].format(number=f"{size / KILO / KILO:.1f}".replace(".", ",").removesuffix(",0"))

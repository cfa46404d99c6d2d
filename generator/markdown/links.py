"""Where a text leads: its links and pictures made addresses of the site, and checked."""

from __future__ import annotations

import posixpath
import re
from typing import Any
from urllib.parse import unquote

from generator.markdown.addresses import encoded, readable
from generator.markdown.bare_links import WWW_MARK
from generator.markdown.body import Mistakes, Surroundings
from generator.markdown.tags import attribute, escaped

ASSETS = "content/assets/"
SCHEMES = ("http://", "https://", "mailto:", "tel:")
OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class Links:
    """The links and pictures of one text."""

    def __init__(self, around: Surroundings, mistakes: Mistakes) -> None:
        self.records: list[tuple[int, str]] = []
        self.pictures: list[str] = []
        self.files: list[str] = []
        self._around = around
        self._folder = around.path.rpartition("/")[0]
        self._mistakes = mistakes
        self._own: list[tuple[int, str]] = []
        self._withheld = {*around.withheld, *(around.addresses[file] for file in around.withheld)}

    def opening(self, link: dict[str, Any], number: int) -> str:
        """Return a link's opening tag; nothing where it leads to a record that is withheld."""
        target = encoded(link["dest_url"])
        if self._withheld:
            path = target.partition("#")[0]
            if path in self._withheld or self._resolve(path) in self._withheld:
                return ""
        address, mark = self._leads(target, number)
        return f'<a href="{escaped(address)}"{attribute("title", link["title"])}{mark}>'

    def bare(self, link: dict[str, Any]) -> str:
        """Return a link that is written as an address and nothing else."""
        address = shown = link["dest_url"]
        if link["link_type"] == "Email":
            address = f"mailto:{shown}"
        elif shown.startswith(WWW_MARK):
            shown = shown.removeprefix(WWW_MARK)
            address = f"http://{shown}"
        target = encoded(address)
        # Words that are the address already: paper need not tell it once more.
        mark = ' class="url"' if self._is_outward(target) else ""
        return f'<a href="{escaped(target)}"{mark}>{escaped(readable(shown))}</a>'

    def picture(self, image: dict[str, Any], words: str) -> str:
        """Return a picture."""
        target = encoded(image["dest_url"])
        if not words.strip():
            what = "нужно описание для тех, кто её не видит"
            self._mistakes.tell(f"картинке «{target}» {what}: ![что на ней]({target})")
        title = attribute("title", image["title"])
        if OTHER_SCHEME.match(target):
            self._mistakes.tell(f"картинку «{target}» положите в content/assets/: сайт не берёт чужих")
            return f'<img src="{escaped(target)}" alt="{escaped(words)}"{title} />'
        file = self._resolve(target)
        self.pictures.append(file)
        address = escaped(self._asset(file, target))
        return f'<img src="{address}" alt="{escaped(words)}"{title} loading="lazy" />'

    def check_own(self, anchors: set[str]) -> None:
        """Tell which links to headings of the text itself lead to none."""
        for line, anchor in self._own:
            if anchor not in anchors:
                self._mistakes.tell(f"на этой странице нет заголовка с меткой #{anchor}", line)

    def _leads(self, target: str, number: int) -> tuple[str, str]:
        """Return where a link leads, and the attribute that says what the style sheet cannot know."""
        if self._is_outward(target):
            shown = readable(target)
            return target, "" if shown == target else attribute("data-address", shown)
        if OTHER_SCHEME.match(target):
            return target, ""
        path, sign, anchor = target.partition("#")
        if not path:
            self._own.append((self._mistakes.line, unquote(anchor)))
            return target, ""
        if path.startswith("/"):
            addresses = self._around.addresses
            if path not in addresses and path not in addresses.values():
                self._mistakes.tell(f"на сайте нет страницы {path}")
            return target, ""
        file = self._resolve(path)
        if file in self._around.addresses:
            self.records.append((number, file))
            return self._around.addresses[file] + (sign + anchor if anchor else ""), ""
        self.files.append(file)
        return self._asset(file, path), ' class="file"'

    def _is_outward(self, target: str) -> bool:
        """Whether a link leads out of the site; one of a scheme that no reader needs is told."""
        if target.startswith(SCHEMES):
            return True
        if OTHER_SCHEME.match(target):
            self._mistakes.tell(f"ссылки бывают на http(s), mailto и tel; здесь «{target}»")
        return False

    def _asset(self, file: str, target: str) -> str:
        """Return a file's address on the site."""
        if not file.startswith(ASSETS):
            self._mistakes.tell(f"нет такой записи или файла: «{target}»")
        elif not self._around.exists(file):
            self._mistakes.tell(f"нет файла {file}")
        return "/" + file.removeprefix("content/")

    def _resolve(self, target: str) -> str:
        return posixpath.normpath(posixpath.join(self._folder, unquote(target)))

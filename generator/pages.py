"""Every page of the site: what stands on it, before any engine puts it into its frame."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from generator.artifacts import Artifact
from generator.catalog import Catalog, groups
from generator.catalog.checks import TOPICS
from generator.catalog.months import months as calendar_months
from generator.handouts import shelves
from generator.images import BROADEST, NARROWEST, Wanted, is_picture, with_files
from generator.manual import Manual
from generator.markdown import Heading
from generator.opendata import datasets, licence_url
from generator.opendata.jsonld import linked_data
from generator.records import KINDS
from generator.records.post import Post
from generator.records.record import Record, file_of
from generator.safety import with_relations
from generator.settings import Settings
from generator.sharing import Shown, shown
from generator.templating import Templating
from generator.templating.policy import policy

VIEWS = (
    *("home", "calendar", "calendar_year", "topics", "topic", "archive", "handouts", "subscribe", "data", "search"),
    *("lowvision", "missing", "editors", "editors_fields", "editors_messages"),
)
"""Templates of pages that are no record's and no kind's list."""
UNFOUND = ("missing.html", "search.html", "editors.html", "editors_fields.html", "editors_messages.html")
"""Templates of pages that no search engine shall offer."""
FOUND_LATE: dict[str, dict[str, Callable[[Templating], Any]]] = {"handouts.html": {"shelves": shelves}}
"""What a template gets besides, found only when its page is made: the preview would print every sheet for its list."""
NO_INDEX = '<meta name="robots" content="noindex">'


@dataclass(frozen=True, slots=True)
class Page:
    """A page that will be made: where it stands and of what."""

    address: str
    """From the site's root: `/grants/fpg-2026-1/`."""
    template: str
    section: str
    """The address of the section it belongs to, which the menu marks."""
    context: dict[str, Any] = field(default_factory=dict)
    source: str | None = None
    """The file that an editor would change, if there is one."""
    searched_as: str | None = None
    """The kind under which a search finds it; None for a list of what has pages of its own."""

    @property
    def path(self) -> str:
        """The file of the site that holds the page."""
        return file_of(self.address)

    @property
    def subjects(self) -> Sequence[Record]:
        """The records that have no page but this one."""
        record = self.context.get("record")
        subjects: Sequence[Record] = self.context.get("subjects", (record,) if isinstance(record, Record) else ())
        return subjects

    @property
    def changed(self) -> date | None:
        """The day on which what it tells last became other than it was, where that is known."""
        record = self.context.get("record")
        if not isinstance(record, Record):
            return None
        told = record.news()
        return max((day for day in (record.changed, told and told.date()) if day), default=None)


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page as it reads, without its frame."""

    page: Page
    title: str
    """Plain text."""
    description: str
    """Plain text, one or two sentences."""
    toc: tuple[Heading, ...]
    body: str
    """HTML; links lead from the site's root."""
    linked_data: str
    """What it tells machines, as an element of the head; may be empty."""
    picture: Shown | None
    """What stands for it where it is shared."""
    searched: str
    """The attributes by which a search finds it; empty where it does not."""


def pages(catalog: Catalog, templating: Templating) -> Iterator[Page]:
    """Yield every page of the site; each is made when asked for."""
    yield from _views(catalog, templating)
    for kind in KINDS.values():
        yield from _lists(catalog, kind)
        if not kind.shares_page:
            for record in catalog.of(kind.kind):
                own = {"record": record}
                yield Page(record.address, f"{kind.kind}.html", kind.section, own, record.path, kind.kind)


def make(page: Page, catalog: Catalog, templating: Templating) -> PageContent:
    """Return a page's content; its template names its title and description."""
    made = templating.module(f"site/{page.template}", variables(page, catalog, templating))
    record = page.context.get("record")
    toc = record.body.headings if isinstance(record, Record) else ()
    picture = shown(page.address, made.title, record if isinstance(record, Record) else None, templating)
    told = linked_data(page.subjects, catalog, templating, picture and picture.address)
    if page.template in UNFOUND:
        told = f"{NO_INDEX}\n{told}"
    body = with_files(made.body, templating.assets, templating.words["weight"])
    searched = _searched(page, made.title, templating) if page.searched_as else ""
    return PageContent(page, made.title, made.description, toc, body, told, picture, searched)


def variables(page: Page, catalog: Catalog, templating: Templating) -> dict[str, Any]:
    """Return what a page's template is filled with."""
    late = {name: find(templating) for name, find in FOUND_LATE.get(page.template, {}).items()}
    return {"catalog": catalog, **page.context, **late}


def _searched(page: Page, title: str, templating: Templating) -> str:
    """Return what tells Pagefind of a page: its kind and topics to narrow by, its title, and a call's state."""
    context = {"page": page, "title": title, "record": page.context.get("record")}
    return templating.render("site/partials/searched.html", context).strip()


def base_of(address: str, settings: Settings) -> str:
    """Return what leads from a page to the site's root: `../../`."""
    if address == "/404.html":
        # It is shown at whatever address was asked for, so only a path from the host's root finds the rest.
        return urlsplit(settings.site_url).path
    return "../" * (address.count("/") - 1) or "./"


def relative(html: str, address: str, settings: Settings) -> str:
    """Make links from the site's root relative, so that it works in a sub-folder and from a disk; mark those out."""
    base = base_of(address, settings)
    # Text cannot hold these strings: in it a quotation mark is always escaped.
    for attribute in ("href", "src", "action"):
        html = html.replace(f'{attribute}="/', f'{attribute}="{base}')
    if 'srcset="/' in html:
        html = re.sub(r'srcset="[^"]+', lambda match: re.sub(r'(?<=["\s])/', base, match[0]), html)
    return with_relations(html, settings.site_url)


def redirects(record: Record, templating: Templating) -> Iterator[Artifact]:
    """Yield a small page at each other address of a record, leading to where it stands now."""
    for path in map(file_of, record.other_addresses()):
        target = base_of(f"/{path.removesuffix('index.html')}", templating.settings) + record.address.lstrip("/")
        context = {"record": record, "target": target, "policy": policy(templating)}
        yield Artifact(path, templating.prose("site/redirect.html", context).encode())


def pictures(catalog: Catalog, templating: Templating) -> Iterator[Wanted]:
    """Yield the pictures of public texts, in the sizes that pages ask for; a large original only if it is linked to."""
    shown = {path for record in catalog.records for path in record.pictures}
    portraits = {path for record in catalog.records for path in record.portraits}
    linked = {path for record in catalog.records for path in (*record.body.files, *record.attached)}
    for path in filter(is_picture, catalog.assets()):
        widest = BROADEST if path in shown else NARROWEST if path in portraits else 0
        is_small = templating.assets.size(path).width <= widest
        yield Wanted(path, widest, is_small or path in linked or not widest)


def unchanged(catalog: Catalog) -> list[str]:
    """Return the files that public records refer to and that are published unchanged."""
    return [path for path in catalog.assets() if not is_picture(path)]


def static_files(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield style sheets, scripts, pictures of the design, and the files that machines look for."""
    for name in sorted({path.name for folder in templating.folders for path in (folder / "site/assets").glob("*.*")}):
        yield Artifact(f"assets/{name}", templating.file(f"site/assets/{name}").read_bytes())
    yield Artifact("assets/tokens.css", templating.render("text/tokens.css", {}).encode())
    logo = templating.settings.extra.logo
    drawn = templating.assets.content(logo) if logo else templating.render("text/mark.svg", {}).encode()
    yield Artifact("assets/mark.svg", drawn)
    yield Artifact("assets/words.js", templating.prose("text/words.js", {}).encode())
    yield Artifact("robots.txt", templating.render("text/robots.txt", {}).encode())


def sitemap(catalog: Catalog, templating: Templating) -> Iterator[Artifact]:
    """Yield the list of pages that search engines shall offer."""
    found = {page.address: page.changed for page in pages(catalog, templating) if page.template not in UNFOUND}
    yield Artifact("sitemap.xml", templating.render("text/sitemap.xml", {"pages": found}).encode())


def _lists(catalog: Catalog, kind: type[Record]) -> Iterator[Page]:
    """Yield the page of a kind's list; pages of prose have none, and news have many of their own."""
    if kind.section == "/" or kind.per_page:
        return
    name = kind.folder.rpartition("/")[2]
    records = catalog.of(kind.kind)
    subjects = records if kind.shares_page else ()
    context = {"records": records, "subjects": subjects}
    searched = kind.kind if kind.shares_page else None
    source = records[0].path if len(subjects) == 1 else None
    yield Page(kind.section, f"{name}.html", kind.section, context, source, searched)


def _views(catalog: Catalog, templating: Templating) -> Iterator[Page]:
    yield Page("/", "home.html", "/")
    months = calendar_months(catalog)
    firsts = [month.first for month in months]
    for month in months:
        context: dict[str, Any] = {"month": month, "firsts": firsts}
        if month.first == catalog.today.replace(day=1):
            yield Page("/calendar/", "calendar.html", "/calendar/", context | {"now": True})
        yield Page(f"/calendar/{month.first:%Y-%m}/", "calendar.html", "/calendar/", context | {"now": False})
    years = sorted({first.year for first in firsts})
    for year in years:
        context = {"year": year, "months": [month for month in months if month.first.year == year], "years": years}
        yield Page(f"/calendar/{year}/", "calendar_year.html", "/calendar/", context)
    yield Page("/topics/", "topics.html", "/")
    for topic, records in catalog.by_topic.items():
        context = {"slug": topic, "topic": catalog.topics[topic], "records": records}
        yield Page(f"/topics/{topic}/", "topic.html", "/", context, TOPICS)
    yield from _news(catalog)
    yield from _archive(catalog)
    yield Page("/handouts/", "handouts.html", "/", searched_as="page")
    yield Page("/subscribe/", "subscribe.html", "/", searched_as="page")
    licence = licence_url(templating.settings.extra.licence)
    yield Page(
        "/data/", "data.html", "/", {"datasets": list(datasets(catalog)), "licence": licence}, searched_as="page"
    )
    if with_search := templating.with_search:
        yield Page("/search/", "search.html", "/")
    yield Page("/lowvision/", "lowvision.html", "/", searched_as="page")
    manual = {"manual": Manual(templating)}
    yield Page("/editors/", "editors.html", "/", manual)
    yield Page("/editors/fields/", "editors_fields.html", "/", manual)
    yield Page("/editors/messages/", "editors_messages.html", "/", manual)
    yield Page("/404.html", "missing.html", "/", {"with_search": with_search})


def _news(catalog: Catalog) -> Iterator[Page]:
    """Yield the pages of the news, all and by rubric."""
    posts = catalog.of("post")
    rubrics = Counter(post.rubric for post in posts)
    lists: list[tuple[str | None, str, Sequence[Record]]] = [
        (None, "/news/", groups.pinned_first(posts, catalog.today)),
        *((name, f"/news/rubric/{name}/", [post for post in posts if post.rubric == name]) for name in sorted(rubrics)),
    ]
    for rubric, section, records in lists:
        for sheet in groups.sheets(records, Post.per_page):
            address = section if sheet.number == 1 else f"{section}page/{sheet.number}/"
            context = {"sheet": sheet, "records": sheet.entries, "section": section}
            yield Page(address, "news.html", "/news/", context | {"rubric": rubric, "rubrics": rubrics})


def _archive(catalog: Catalog) -> Iterator[Page]:
    months = groups.by_month(catalog.of("post"))
    years = sorted({group.month.year for group in months}, reverse=True)
    # How many, and not which: a page without them stays as it is when one of them is edited.
    numbers = {group.month: len(group.entries) for group in months}
    base = {"numbers": numbers, "years": years, "year": None, "group": None}
    yield Page("/news/archive/", "archive.html", "/news/", base)
    for year in years:
        yield Page(f"/news/archive/{year}/", "archive.html", "/news/", base | {"year": year})
    for group in months:
        address = f"/news/archive/{group.month:%Y-%m}/"
        yield Page(address, "archive.html", "/news/", base | {"group": group})

"""The repository's own site, as a visitor and a machine find it: links, heads, addresses, words, moments."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import pytest

from generator.catalog import Catalog
from generator.fields.moment import Moment
from generator.records import KINDS
from generator.records.grant import Grant
from generator.records.meetup import Meetup
from generator.records.post import Post
from generator.records.rounds import Round
from generator.settings import Settings
from tests.conftest import TODAY

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what it reads has been built in another process

LINKS = ("href", "src", "action", "poster", "data", "formaction")
RELATIVE = re.compile(r"остал(?:ось|ся)\s+\d|закроется сегодня|завтра|Скоро закроется|Скоро откроется|Приём идёт")
"""Words that are true only on the day on which they are read."""
ADDRESS = re.compile(r"\S*[\w-]\.[\w-]\S*|\S+@\S+")
NAMES = frozenset(
    [
        "Alt",
        "Apple",
        "Atom",
        "BY",
        "CC",
        "Chrome",
        "Cmd",
        "Ctrl",
        "DCAT",
        "Enter",
        "Excel",
        "Firefox",
        "Giving",
        "Google",
        "HSDS",
        "JSON",
        "MIT",
        "NVDA",
        "PDF",
        "Print",
        "QR",
        "RSS",
        "Safari",
        "Screen",
        "Shift",
        "Tab",
        "TalkBack",
        "URL",
        "VoiceOver",
        "Windows",
        "cookie",
    ]
)
"""Latin words that Russian writes so: names, formats, keys of a keyboard, a licence."""
VIEWS = (
    "/",
    "/grants/",
    "/calendar/",
    "/ngos/",
    "/funders/",
    "/documents/",
    "/centre/",
    "/experts/",
    "/projects/",
    "/agreements/",
    "/results/",
    "/data/",
    "/topics/",
    "/news/",
    "/news/archive/",
    "/meetups/",
    "/methodology/",
    "/handouts/",
    "/subscribe/",
    "/lowvision/",
    "/404.html",
)
FILES = (
    "feed.xml",
    "atom.xml",
    "calendar.ics",
    "sitemap.xml",
    "robots.txt",
    "handouts/grants-list.pdf",
    "handouts/grants-year.pdf",
)


def test_every_address_of_a_view_a_feed_and_a_sheet_is_there(own_site: Path, own_pages: dict[str, Element]) -> None:
    assert set(VIEWS) <= set(own_pages)
    assert [name for name in FILES if not (own_site / name).is_file()] == []


def test_every_public_record_has_its_page(own_pages: dict[str, Element], own_catalog: Catalog) -> None:
    assert [record.path for record in own_catalog.records if record.address.partition("#")[0] not in own_pages] == []


def test_every_topic_in_use_and_no_other_has_its_page(own_pages: dict[str, Element], own_catalog: Catalog) -> None:
    found = {address.split("/")[2] for address in own_pages if re.fullmatch(r"/topics/[^/]+/", address)}
    assert found == {topic for record in own_catalog.records for topic in record.topics}


def test_every_month_with_a_deadline_of_the_last_year_or_ahead_has_its_page(
    own_pages: dict[str, Element], own_catalog: Catalog
) -> None:
    days = [round_.deadline.date for _, round_ in _rounds(own_catalog) if round_.deadline.is_dated]
    wanted = {f"/calendar/{day:%Y-%m}/" for day in days if day and day >= TODAY - timedelta(days=365)}
    assert wanted
    assert sorted(wanted - set(own_pages)) == []


def test_the_news_archive_has_every_month_and_year_of_posts(
    own_pages: dict[str, Element], own_catalog: Catalog
) -> None:
    days = [post.date for post in own_catalog.of("post") if isinstance(post, Post)]
    wanted = {f"/news/archive/{day:{form}}/" for day in days for form in ("%Y", "%Y-%m")}
    assert {address for address in own_pages if re.fullmatch(r"/news/archive/.+", address)} == wanted


def test_each_alias_and_short_address_leads_to_its_record(
    own_files: dict[str, Element], own_catalog: Catalog, own_settings: Settings
) -> None:
    old = [(alias, record) for record in own_catalog.records for alias in record.aliases]
    short = [(f"/g/{record.slug}/", record) for record in own_catalog.of("grant")]
    for address, record in (*old, *short):
        file = own_files[address if address.endswith((".html", "/")) else f"{address}/"]
        refresh = file.find(".//meta[@http-equiv='refresh']")
        canonical = file.find(".//link[@rel='canonical']")
        assert refresh is not None
        assert canonical is not None
        target = refresh.attrib["content"].partition("url=")[2]
        assert urljoin(f"https://site.example{address}", target) == f"https://site.example{record.address}"
        assert canonical.attrib["href"] == own_settings.absolute(record.address)


def test_every_internal_link_leads_to_a_file_and_every_anchor_to_an_element(
    own_site: Path, own_files: dict[str, Element], own_settings: Settings
) -> None:
    here = urlsplit(own_settings.site_url).netloc
    anchors = {address: {element.get("id") for element in page.iter()} for address, page in own_files.items()}
    broken = []
    for address, page in own_files.items():
        for link in _links(page):
            to = urlsplit(urljoin(own_settings.absolute(address), link))
            if to.scheme not in ("http", "https", "webcal") or to.netloc != here:
                continue
            path = unquote(to.path)
            file = own_site / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
            if not file.is_file() or (to.fragment and unquote(to.fragment) not in anchors[path]):
                broken.append((address, link))
    assert broken == []


def test_links_out_stand_only_in_texts_for_the_reader(own_files: dict[str, Element], own_settings: Settings) -> None:
    here = urlsplit(own_settings.site_url).netloc
    strangers = [
        (address, element.tag, link)
        for address, page in own_files.items()
        for element in page.iter()
        if element.tag != "a"
        for link in _links_of(element)
        if urlsplit(link).netloc not in ("", here)
    ]
    assert strangers == []


def test_style_sheets_and_scripts_load_nothing_from_another_host(own_site: Path) -> None:
    sheets = [path.read_text() for path in own_site.rglob("*.css")]
    # Pagefind's own scripts hold an address as an example; that they ask nobody is seen in a browser.
    scripts = [path.read_text() for path in own_site.rglob("*.js") if path.parent.name != "pagefind"]
    assert sheets
    assert scripts
    assert [text for text in sheets if re.search(r"(?:url\(|@import)\s*[\"']?\s*(?:https?:)?//", text)] == []
    assert [found for text in scripts for found in re.findall(r"https?://[^\"']+", text)] == [
        "http://www.w3.org/2000/svg"  # a namespace, which nobody asks for
    ] * sum(text.count("http://www.w3.org/2000/svg") for text in scripts)


FACTS = ("application/ld+json", "application/json")
"""Scripts that hold facts and run nothing."""


def test_no_page_has_a_script_or_a_style_inside(own_pages: dict[str, Element]) -> None:
    inside = [
        (address, element.tag)
        for address, page in own_pages.items()
        for element in page.iter()
        if (
            element.tag == "script"
            and "src" not in element.attrib
            and element.get("type") not in ("application/ld+json", "application/json")
        )
        or any(name.startswith("on") for name in element.attrib)
    ]
    assert inside == []


def test_every_page_has_one_heading_a_language_and_its_own_address(
    own_pages: dict[str, Element], own_settings: Settings
) -> None:
    for address, page in own_pages.items():
        assert page.get("lang") == "ru", address
        assert [len(page.findall(f".//{tag}")) for tag in ("h1", "main", "header", "footer")] == [1, 1, 1, 1], address
        assert _head(page, "link[@rel='canonical']", "href") == own_settings.absolute(address)
        assert _head(page, "meta[@property='og:url']", "content") == own_settings.absolute(address)


def test_headings_never_skip_a_level(own_pages: dict[str, Element]) -> None:
    skipping = []
    for address, page in own_pages.items():
        levels = [int(element.tag[1]) for element in _main(page).iter() if re.fullmatch("h[1-6]", str(element.tag))]
        if levels[0] != 1 or any(below - above > 1 for above, below in pairwise(levels)):
            skipping.append((address, levels))
    assert skipping == []


def test_no_two_elements_of_a_page_share_an_anchor(own_pages: dict[str, Element]) -> None:
    for address, page in own_pages.items():
        anchors = [element.attrib["id"] for element in page.iter() if "id" in element.attrib]
        assert len(anchors) == len(set(anchors)), address


def test_every_page_has_its_own_title(own_pages: dict[str, Element]) -> None:
    titles = Counter(" ".join("".join(page.findtext(".//title") or "").split()) for page in own_pages.values())
    assert [title for title, count in titles.items() if count > 1 or not title] == []


def test_every_page_has_its_own_description(own_pages: dict[str, Element]) -> None:
    descriptions = Counter(_head(page, "meta[@name='description']", "content") for page in own_pages.values())
    assert [words for words, count in descriptions.items() if count > 1 or len(words) < 10] == []


def test_titles_and_descriptions_are_the_same_for_other_sites(own_pages: dict[str, Element]) -> None:
    for page in own_pages.values():
        assert _head(page, "meta[@property='og:description']", "content") == _head(
            page, "meta[@name='description']", "content"
        )
        assert (page.findtext(".//title") or "").startswith(_head(page, "meta[@property='og:title']", "content"))


def test_every_page_names_its_feeds_to_a_reader_program(own_pages: dict[str, Element], own_settings: Settings) -> None:
    wanted = {
        ("application/rss+xml", own_settings.absolute("/feed.xml")),
        ("application/atom+xml", own_settings.absolute("/atom.xml")),
        ("text/calendar", own_settings.absolute("/calendar.ics")),
    }
    for address, page in own_pages.items():
        named = {
            (link.get("type"), urljoin(own_settings.absolute(address), link.attrib["href"]))
            for link in page.findall(".//link[@rel='alternate']")
        }
        assert wanted <= named, address


def test_every_page_says_where_to_report_a_mistake_in_it(own_pages: dict[str, Element], own_settings: Settings) -> None:
    for address, page in own_pages.items():
        letters = [link for link in _links(page) if link.startswith(f"mailto:{own_settings.extra.report_to}?subject=")]
        assert any(address in unquote(letter) for letter in letters), address


def test_every_record_can_be_corrected_from_its_page(
    own_pages: dict[str, Element], own_catalog: Catalog, own_settings: Settings
) -> None:
    repository = own_settings.extra.repository
    assert repository
    for record in own_catalog.records:
        if not record.shares_page:
            assert repository.edit(record.path) in _links(own_pages[record.address]), record.path


def test_a_record_of_every_kind_can_be_begun_from_its_list(
    own_pages: dict[str, Element], own_settings: Settings
) -> None:
    repository = own_settings.extra.repository
    assert repository
    for name, kind in KINDS.items():
        if kind.section == "/" or name == "centre":
            continue
        begun = [link for link in _links(own_pages[kind.section]) if link.startswith(f"{repository.url}/_new/main/")]
        assert [urlsplit(link).path.partition("/_new/main/")[2] for link in begun] == [kind.folder], name
        assert repository.files(kind.folder) in _links(own_pages[kind.section])
    assert repository.edit("content/centre/korolenko.md") in _links(own_pages["/centre/"])


def test_the_sitemap_lists_the_pages_and_nothing_else(
    own_site: Path, own_pages: dict[str, Element], own_settings: Settings
) -> None:
    root = ElementTree.parse(own_site / "sitemap.xml").getroot()
    listed = [location.text for location in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert sorted(filter(None, listed)) == sorted(
        own_settings.absolute(address)
        for address in own_pages
        if not address.startswith(("/404.html", "/search/", "/editors/"))
    )


def test_robots_are_let_in_and_told_of_the_sitemap(own_site: Path, own_settings: Settings) -> None:
    lines = (own_site / "robots.txt").read_text().splitlines()
    assert f"Sitemap: {own_settings.absolute('/sitemap.xml')}" in lines
    assert not any(line.startswith("Disallow: /") for line in lines)


def test_a_page_says_nothing_that_is_true_only_today(own_pages: dict[str, Element]) -> None:
    stale = [
        (address, found.group(), words[max(0, found.start() - 30) : found.end() + 30])
        for address, page in own_pages.items()
        for words in [_words(page)]
        for found in RELATIVE.finditer(words)
    ]
    assert stale == []


def test_everything_that_a_visitor_reads_is_in_russian(own_pages: dict[str, Element]) -> None:
    foreign = [
        (address, word)
        for address, page in own_pages.items()
        for word in re.findall(r"[A-Za-z]{2,}", ADDRESS.sub("", _words(page)))
        if word not in NAMES and not address.startswith("/editors/")  # whose pages are of the files themselves
    ]
    assert foreign == []


def test_titles_and_descriptions_are_in_russian(own_pages: dict[str, Element]) -> None:
    pages = own_pages.values()
    titles = [page.findtext(".//title") or "" for page in pages]
    descriptions = [_head(page, "meta[@name='description']", "content") for page in pages]
    words = ADDRESS.sub("", " ".join([*titles, *descriptions]))
    foreign = set(re.findall(r"[A-Za-z]{2,}", words))
    assert foreign - NAMES == set()


def test_every_round_on_a_calls_page_carries_its_moments(own_pages: dict[str, Element], own_catalog: Catalog) -> None:
    for grant in _grants(own_catalog):
        (call,) = own_pages[grant.address].findall(f".//*[@data-call='{grant.slug}']")
        _compare(call, grant, [round_.key for round_ in grant.rounds_live_first(own_catalog.today)])


def test_wherever_a_call_is_shown_its_rounds_carry_their_moments(
    own_pages: dict[str, Element], own_catalog: Catalog
) -> None:
    grants = {grant.slug: grant for grant in _grants(own_catalog)}
    shown = {address: page.findall(".//*[@data-call]") for address, page in own_pages.items()}
    assert {call.attrib["data-call"] for call in shown["/grants/"]} == set(grants)
    for calls in shown.values():
        for call in calls:
            grant = grants[call.attrib["data-call"]]
            keys = [round_.attrib["data-round"] for round_ in call.findall(".//*[@data-round]")]
            _compare(call, grant, keys)


def test_a_list_shows_every_round_of_a_call(own_pages: dict[str, Element], own_catalog: Catalog) -> None:
    grants = {grant.slug: grant for grant in _grants(own_catalog)}
    for address, page in own_pages.items():
        for call in page.findall(".//*[@data-call]") if address != "/" else ():
            keys = [round_.get("data-round") for round_ in call.findall(".//*[@data-round]")]
            grant = grants[call.attrib["data-call"]]
            ordered = grant.rounds_live_first(own_catalog.today) if address == grant.address else grant.rounds
            assert keys == [round_.key for round_ in ordered], address


def test_each_topic_and_funder_shows_its_calls_with_their_moments(
    own_pages: dict[str, Element], own_catalog: Catalog
) -> None:
    for grant in _grants(own_catalog):
        # A topic's page folds what is over into a list of links.
        topics = grant.topics if grant.status(TODAY) not in ("closed", "cancelled") else ()
        for address in (f"/funders/{grant.funder}/", *(f"/topics/{topic}/" for topic in topics)):
            assert own_pages[address].find(f".//*[@data-call='{grant.slug}']") is not None, (address, grant.slug)


def test_a_deadline_after_our_midnight_shows_both_days(own_pages: dict[str, Element], own_catalog: Catalog) -> None:
    found = [
        (grant, round_.deadline)
        for grant, round_ in _rounds(own_catalog)
        if round_.deadline.time
        and f"{round_.deadline.time:%H:%M}" == "23:30"
        and round_.deadline.zone == "Europe/Moscow"
    ]
    assert found
    for grant, moment in found:
        words = _words(own_pages[grant.address])
        assert moment.date
        after = moment.date + timedelta(days=1)
        for day, clock, place in ((moment.date, "23:30", "Москва"), (after, "00:30", "Глазов")):
            assert re.search(rf"{place}\s+\w\w, {day.day} \w+(?: {day.year} года)?\s+{clock}", words), grant.path


def test_a_date_without_an_hour_gets_none_invented(own_pages: dict[str, Element], own_catalog: Catalog) -> None:
    for grant in _grants(own_catalog):
        moments = [stone.moment for stone in grant.milestones()]
        before = [moved.time for moment in moments for moved in moment.was]
        elsewhere = [other.time for moment in moments for other in moment.disputed]
        whole_days = not any([*before, *elsewhere, *(moment.time for moment in moments)])
        # Prose may name an hour; the slips and the timeline may not.
        page = own_pages[grant.address]
        slips = [_words(element) for element in page.iter() if "slip" in (element.get("class") or "").split()]
        assert slips
        if whole_days:
            assert not re.search(r"\d\d:\d\d", " ".join(slips)), grant.path


def test_a_forecast_whose_time_has_passed_says_that_nobody_confirmed_it(
    own_pages: dict[str, Element], own_catalog: Catalog
) -> None:
    passed = [
        grant
        for grant, round_ in _rounds(own_catalog)
        if round_.deadline.precision == "forecast" and round_.deadline.last_day and round_.deadline.last_day < TODAY
    ]
    assert passed
    for grant in passed:
        assert "подтверждения не было" in _words(own_pages[grant.address]).lower(), grant.path


def test_a_moved_deadline_says_which_day_it_was(own_pages: dict[str, Element], own_catalog: Catalog) -> None:
    moved = [(grant, round_.deadline) for grant, round_ in _rounds(own_catalog) if round_.deadline.was]
    assert moved
    for grant, moment in moved:
        struck = [_words(element) for element in own_pages[grant.address].iter("s")]
        assert any(words.startswith(f"{moment.was[-1].date.day} ") for words in struck), grant.path


def test_a_record_made_for_show_says_so(own_pages: dict[str, Element], own_catalog: Catalog) -> None:
    for record in own_catalog.records:
        page = own_pages[record.address.partition("#")[0]]
        tags = [_words(tag) for tag in _main(page).findall(".//*[@class='tag']")]
        if record.kind != "centre":
            assert ("пример" in tags) or not record.example, record.path


def test_news_and_meetups_carry_an_age_mark(own_pages: dict[str, Element], own_catalog: Catalog) -> None:
    for record in (*own_catalog.of("post"), *own_catalog.of("meetup")):
        assert isinstance(record, Post | Meetup)
        marks = re.findall(r"\b\d+\+", _words(_main(own_pages[record.address])))
        assert (record.age or "6+") in marks, record.path


def test_data_for_machines_inside_pages_is_json(own_pages: dict[str, Element]) -> None:
    for page in own_pages.values():
        for script in page.findall(".//script[@type='application/ld+json']"):
            json.loads(script.text or "")


def _grants(catalog: Catalog) -> list[Grant]:
    return [record for record in catalog.of("grant") if isinstance(record, Grant)]


def _rounds(catalog: Catalog) -> Iterator[tuple[Grant, Round]]:
    for grant in _grants(catalog):
        for round_ in grant.rounds:
            yield grant, round_


def _compare(call: Element, grant: Grant, keys: list[str]) -> None:
    """Hold a shown call against what its file says, by arithmetic of the test's own."""
    wanted = {round_.key: _expected(round_) for round_ in grant.rounds}
    assert keys, grant.path
    for round_, key in zip(call.findall(".//*[@data-round]"), keys, strict=True):
        names = ("data-opens", "data-deadline", "data-status")
        assert {name: round_.get(name) for name in names} == wanted[key], grant.path
    statuses = {each["data-status"] for each in wanted.values()}
    order = ("closing", "open", "rolling", "upcoming", "forecast", "closed")
    assert call.get("data-status") == next((each for each in order if each in statuses), "cancelled"), grant.path


def _expected(round_: Round) -> dict[str, str | None]:
    opens = _iso(round_.opens, "00:00:00") if round_.opens else None
    return {
        "data-opens": opens,
        "data-deadline": _iso(round_.deadline, "23:59:59"),
        "data-status": _status(round_, datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)),
    }


def _iso(moment: Moment, clock: str) -> str | None:
    if moment.precision not in ("exact", "day"):
        return None
    assert moment.date
    at = datetime.fromisoformat(f"{moment.date}T{moment.time or clock}")
    return at.replace(tzinfo=ZoneInfo(moment.zone)).isoformat()


def _status(round_: Round, now: datetime) -> str:
    today = now.date()
    if round_.cancelled:
        return "cancelled"
    opens: date | None = round_.opens.date if round_.opens and round_.opens.is_dated else None
    ahead = opens is not None and today < opens
    if round_.deadline.precision == "rolling":
        return "upcoming" if ahead else "rolling"
    last = round_.deadline.date if round_.deadline.is_dated else None
    if last is None:
        return "forecast"
    if last < today:
        return "closed"
    return "upcoming" if ahead else "closing" if (last - today).days <= 7 else "open"


def _links(page: Element) -> list[str]:
    return [link for element in page.iter() for link in _links_of(element)]


def _links_of(element: Element) -> list[str]:
    found = [value for name, value in element.attrib.items() if name.rpartition("}")[2] in LINKS]
    if element.get("http-equiv") == "refresh":
        found.append(element.attrib["content"].partition("url=")[2])
    return found


def _head(page: Element, path: str, name: str) -> str:
    (element,) = page.findall(f".//head/{path}")
    return element.attrib[name]


def _main(page: Element) -> Element:
    main = page.find(".//main")
    assert main is not None
    return main


def _words(element: Element) -> str:
    """What is read of an element, or heard: its text and the names of pictures, as one line."""
    return " ".join(" ".join(_pieces(element)).split())


def _pieces(element: Element) -> Iterator[str]:
    if element.tag in ("head", "script", "style") or not isinstance(element.tag, str):
        return
    yield from (
        element.attrib[name] for name in ("alt", "title", "aria-label", "placeholder") if name in element.attrib
    )
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""

"""Templates: each has its place, each page speaks Russian, and nothing that a record may lack breaks a page."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from generator.building import build_site
from generator.catalog import Catalog, load
from generator.mkdocs_plugin.site import Site
from generator.pages import VIEWS, PageContent, make, pages
from generator.problems import ContentError
from generator.records import KINDS
from generator.settings import load_settings
from generator.templating import Templating, shipped_templates
from tests.conftest import EXAMPLE, TODAY

FRAME = ("base", "main", "filled", "redirect")
HEADS = {
    "grants/new.yml": """
        title: Новый конкурс
        level: private
        funder: new
        applicants: {others: yes}
        rounds: [{key: main, deadline: unknown}]
        added: 2026-11-12
        checked: 2026-11-12
    """,
    "ngos/new.yml": "title: Новая организация\nlegal_name: АНО\nform: ano\n",
    "content/funders/new.md": "title: Новый фонд\nnature: local\n",
    "content/documents/new.md": """
        title: Новый закон
        nature: law
        number: № 1
        date: 2026-01-01
        authority: Дума
        checked: 2026-11-12
    """,
    "content/meetups/new.md": "title: Новая встреча\ndate: unknown\nstatus: planned\nchecked: 2026-11-12\n",
    "content/methodology/new.md": "title: Новая памятка\nstage: growth\n",
    "content/news/new.md": "title: Новая запись\ndate: 2026-11-12\nrubric: ngos\n",
    "content/pages/new.md": "title: Новая страница\n",
    "content/experts/new.md": """
        title: Новая служба
        role: юрист
        institution: yes
        competence: устав
        how: visit
        pro_bono: no
    """,
    "content/projects/new.md": "title: Новый проект\napplicant: Библиотека\nfunder: new\nyear: 2026\n",
    "content/agreements/new.md": "title: Новое соглашение\nparties: [Музей]\nsubject: Мир\ndate: 2026-01-01\n",
    "content/results/2026.md": "title: Новый год\nsource: отчёт\n",
    "content/centre/new.md": """
        title: Новый центр
        short_address: Самоцветск
        contacts: {}
        hours: [{days: [mon], opens: "10:00", closes: "11:00"}]
    """,
}
"""A record of each kind with nothing but what it must have."""


def write(project: Path, name: str, text: str) -> None:
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_head(project: Path, name: str, head: str) -> None:
    lines = "\n".join(line.removeprefix(" " * 8) for line in head.strip("\n").split("\n")) + "\n"
    write(project, name, f"---\n{lines}---\n" if name.endswith(".md") else lines)


def made(project: Path, templating: Templating | None = None) -> dict[str, PageContent]:
    """Make every page of a project and every other file, and return the pages by their addresses."""
    catalog = load(project, TODAY)
    templating = templating or Templating(project, load_settings(project), TODAY)
    assert all(artifact.content for artifact in Site(catalog, templating).artifacts())
    return {page.address: make(page, catalog, templating) for page in pages(catalog, templating)}


@pytest.fixture
def project(example: Path, tmp_path: Path) -> Path:
    return shutil.copytree(example, tmp_path / "project")


@pytest.fixture
def bare(bare_example: Path, tmp_path: Path) -> Path:
    """A project of settings and a vocabulary, without a single record."""
    return shutil.copytree(bare_example, tmp_path / "bare")


@pytest.fixture(scope="module")
def bare_templating(bare_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Templating:
    """The templates of such a project, which are read once."""
    project = shutil.copytree(bare_example, tmp_path_factory.mktemp("bare") / "project")
    return Templating(project, load_settings(project), TODAY)


@pytest.fixture
def site(whole_example_site: Path) -> Path:
    return whole_example_site


class Words(HTMLParser):
    """What a visitor reads on a page or hears of it, and where its links lead."""

    SPOKEN: ClassVar = ("alt", "title", "aria-label", "placeholder", "content")
    SPOKEN_META: ClassVar = ("description", "og:title", "og:description", "og:site_name")
    UNSEEN: ClassVar = ("script", "style", "svg", "code")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []
        self._unseen = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self._unseen += tag in self.UNSEEN
        self.links += [named[name] for name in ("href", "src", "action") if name in named and tag != "use"]
        machine = tag == "meta" and named.get("name", named.get("property")) not in self.SPOKEN_META
        self.text += [value for name, value in named.items() if name in self.SPOKEN and not machine]

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in self.UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.text.append(data)


NAMES = (
    *("PDF", "RSS", "Atom", "CC", "BY", "Google", "Apple", "URL", "Android", "iPhone", "CSV", "JSON", "XLSX", "QR"),
    *("Excel", "DCAT", "HSDS", "hsds", "Giving"),
    *("Chrome", "Firefox", "Safari", "Windows", "NVDA", "VoiceOver", "TalkBack"),
)
"""Latin words that Russian writes so."""


def latin_words(html: str) -> set[str]:
    text = " ".join(Words(html).text)
    addresses = re.sub(r"\S+@\S+|(https?://)?[\w-]+(\.[\w-]+)+(/\S*)?", "", text)
    return set(re.findall("[A-Za-z]{2,}", addresses)) - set(NAMES)


def html_files(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))
    }


def for_visitors(site: Path) -> dict[str, str]:
    """Return every page but the manual for editors, which is of the files themselves."""
    return {name: html for name, html in html_files(site).items() if not name.startswith("editors/")}


def lost_links(site: Path) -> list[str]:
    """Return the links of a site's pages that lead to no file of it."""
    lost = []
    for name, html in html_files(site).items():
        for link in Words(html).links:
            parts = urlsplit(urljoin(f"https://site.test/{name}", link))
            if parts.hostname != "site.test" or parts.scheme != "https":
                continue
            path = unquote(parts.path).lstrip("/")
            if not (site / path / "index.html" if path.endswith("/") or not path else site / path).is_file():
                lost.append(f"{name}: {link}")
    return lost


def test_each_template_is_of_a_kind_or_of_its_list_or_a_view_or_the_frame() -> None:
    kinds = {name for kind in KINDS.values() for name in (kind.kind, kind.folder.rpartition("/")[2])}
    found = {path.stem for path in (shipped_templates() / "site").glob("*.html")}
    assert found - kinds == {*VIEWS, *FRAME}


def test_each_page_has_a_title_and_a_description_of_its_own(catalog: Catalog, templating: Templating) -> None:
    every = [make(page, catalog, templating) for page in pages(catalog, templating)]
    assert [content.page.address for content in every if not content.title or not content.description] == []
    # The calendar without a month and this month's are one page at two addresses.
    month = f"/calendar/{TODAY:%Y-%m}/"
    titles = Counter(content.title for content in every if content.page.address != month)
    assert [title for title, count in titles.items() if count > 1] == []


def test_titles_and_descriptions_are_plain_text(catalog: Catalog, templating: Templating) -> None:
    for page in pages(catalog, templating):
        content = make(page, catalog, templating)
        assert not re.search("[<>\n]|&[a-z]+;|&#", content.title + content.description), content.title


def test_each_page_has_one_heading_of_the_first_level(catalog: Catalog, templating: Templating) -> None:
    for page in pages(catalog, templating):
        assert make(page, catalog, templating).body.count("<h1") == 1, page.address


def test_all_that_a_visitor_reads_is_russian(site: Path) -> None:
    found = {name: words for name, html in for_visitors(site).items() if (words := latin_words(html))}
    assert found == {}


def test_each_link_of_the_example_leads_somewhere(site: Path) -> None:
    assert lost_links(site) == []


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    for name, html in html_files(site).items():
        assert not re.findall(r'(?:src|srcset|poster)="(?:https?:)?//[^"]*', html), name
        assert not re.findall(r'<link [^>]*rel="(?:stylesheet|preload|icon)"[^>]*href="(?:https?:)?//', html), name


def test_a_name_without_consent_is_nowhere_on_the_site(site: Path) -> None:
    leaks = [path for path in site.rglob("*") if path.is_file() and "Без-Согласия".encode() in path.read_bytes()]
    assert leaks == []
    assert "Анна Примерова" in (site / "centre/index.html").read_text(encoding="utf-8")


def test_no_source_reaches_the_site(site: Path) -> None:
    assert not list(site.rglob("*.yml"))
    assert not list(site.rglob("*.md"))
    assert "Черновик примера" not in (site / "methodology/smeta/index.html").read_text(encoding="utf-8")


def test_settings_that_are_left_out_have_their_usual_values_on_the_page(site: Path) -> None:
    (end,) = re.findall('<p class="foot-end">(.*?)</p>', (site / "index.html").read_text(encoding="utf-8"), re.DOTALL)
    assert "CC BY 4.0" in end
    assert "6+" in end


@pytest.mark.no_cover  # it builds the whole site, which others measure part by part
def test_a_site_without_records_is_whole(bare: Path, tmp_path: Path) -> None:
    assert made(bare)
    build_site(bare, tmp_path / "site", TODAY, handouts=True)
    assert lost_links(tmp_path / "site") == []
    assert not {name for name, html in for_visitors(tmp_path / "site").items() if latin_words(html)}


@pytest.mark.parametrize("name", sorted(HEADS))
def test_a_record_with_nothing_but_what_it_must_have_has_its_page(
    name: str, bare: Path, bare_templating: Templating
) -> None:
    write_head(bare, "content/funders/new.md", HEADS["content/funders/new.md"])
    write_head(bare, name, HEADS[name])
    (record,) = (record for record in load(bare, TODAY).records if record.path == name)
    body = made(bare, bare_templating)[record.address.partition("#")[0]].body
    assert record.title in body
    assert "None" not in body


MOMENTS = {
    **{words: words for words in ("2026-12-01", "2026-12-01 23:30", "2026-12", "rolling", "unknown")},
    "past": "2026-01-01",
    "forecast": "{date: 2027-06, precision: forecast}",
    "forecast in words": "{date: 2027-06, precision: forecast, words: летом}",
    "unknown in words": "{precision: unknown, words: назовут}",
    "no later": "{date: 2026-12-01, by: yes}",
    "month no later": "{date: 2026-12, by: yes}",
    "another zone": "{date: 2026-12-01, zone: Asia/Vladivostok}",
    "an hour of another zone": '{date: 2026-12-01, time: "01:00", zone: Asia/Vladivostok}',
    "moved, nobody knows when": "{date: 2026-12-01, was: [{date: 2026-11-01}]}",
    "moved twice": "{date: 2026-12-01, was: [{date: 2026-10-01, moved: 2026-09-01}, {date: 2026-11-01}]}",
    "an hour moved": '{date: 2026-12-01, time: "18:00", was: [{date: 2026-11-01, time: "10:00"}]}',
    "moved, now unknown": "{precision: unknown, was: [{date: 2026-11-01, moved: 2026-10-01}]}",
    "disputed": "{date: 2026-12-01, disputed: [{date: 2026-12-02, source: https://example.org/}]}",
    "disputed hour": '{date: 2026-12-01, disputed: [{date: 2026-12-02, time: "18:00", source: https://example.org/}]}',
}


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_a_call_with_any_moment_has_its_pages(moment: str, bare: Path, bare_templating: Templating) -> None:
    later = re.sub(r"20\d\d-", "2029-", moment)
    rounds = (
        f"deadline: {moment}, stages: [{{key: a, title: этап, deadline: {moment}}}]",
        f"deadline: {moment}, cancelled: {{date: 2026-11-01}}",
        f"deadline: {moment}, title: окно, cancelled: {{date: 2026-11-01, reason: так вышло}}",
        f"opens: {moment}, deadline: 2027-12-31, results: {later}, start: {later}, end: {later}, report: {later}",
    )
    for slug, found in (("all", rounds), *((f"only-{number}", [only]) for number, only in enumerate(rounds))):
        keyed = ", ".join(f"{{key: r{number}, {each}}}" for number, each in enumerate(found))
        head = HEADS["grants/new.yml"].replace("Новый", slug).replace("{key: main, deadline: unknown}", keyed)
        write_head(bare, f"grants/{slug}.yml", head)
    write_head(bare, "content/funders/new.md", HEADS["content/funders/new.md"])
    every = made(bare, bare_templating)
    assert "/grants/only-3/" in every
    assert [address for address, content in every.items() if "None" in content.body] == []


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_a_meetup_with_any_moment_has_its_pages(moment: str, bare: Path, bare_templating: Templating) -> None:
    head = HEADS["content/meetups/new.md"].replace("date: unknown", f"date: {moment}")
    for status in ("planned", "cancelled", "moved"):
        changed = head.replace("Новая", status).replace("status: planned", f"status: {status}")
        write_head(bare, f"content/meetups/{status}.md", changed)
    every = made(bare, bare_templating)
    assert "/meetups/moved/" in every
    assert [address for address, content in every.items() if "None" in content.body] == []


@pytest.mark.parametrize("hours", ["until: 2027-01-08", 'opens: "10:00", closes: "12:00"'])
def test_a_special_day_with_any_hours_has_its_page(hours: str, bare: Path, bare_templating: Templating) -> None:
    day = f"        exceptions: [{{date: 2026-12-31, note: канун праздника, {hours}}}]"
    write_head(bare, "content/centre/new.md", f"{HEADS['content/centre/new.md'].rstrip()}\n{day}\n")
    body = made(bare, bare_templating)["/centre/"].body
    assert "канун праздника" in body
    assert "None" not in body


def test_words_from_a_record_are_escaped_wherever_they_stand(bare: Path) -> None:
    title = "title: '<script>alert(1)</script> & \"кавычки\"'"
    for name, head in HEADS.items():
        write_head(bare, name, re.sub("title: .*", title, head, count=1))
    for address, content in made(bare).items():
        assert "<script>alert" not in content.body, address
    build_site(bare, bare / "site", TODAY, handouts=False)
    for name, html in html_files(bare / "site").items():
        assert "<script>alert" not in html, name


def test_a_site_s_own_template_stands_before_ours(project: Path) -> None:
    own = '{% set title = record.title %}{% set description = "а" %}<h1>Своя: {{ record.title }}</h1>'
    write(project, "templates/site/page.html", own)
    assert made(project)["/o-nas/"].body == "<h1>Своя: О\u00a0сайте</h1>"


def test_a_site_s_own_words_stand_over_ours(project: Path) -> None:
    write(project, "templates/text/words.yml", "form:\n  ano: автономная организация\n")
    body = made(project)["/ngos/svetlyy-dvor/"].body
    assert "автономная организация" in body
    assert "благотворительный фонд" in made(project)["/ngos/knigonoshi/"].body


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<h1>\n{{ record.title </h1>", 2),
        ("<h1>\n\n{% if %}", 3),
        ("{% set title = 1 %}\n{{ record.titel }}", 2),
        ("{{ record.title | no_such_filter }}", 1),
        ('{% include "site/no-such.html" %}', 1),
        ("\n{{ 1 / 0 }}", 2),
        ('\n{{ record.title + 1 }}', 2),
        ("<h1>{{ record.title }}</h1>", 1),
    ],
)  # fmt: skip
def test_a_mistake_in_a_site_s_own_template_is_told_with_its_line(text: str, line: int, project: Path) -> None:
    write(project, "templates/site/page.html", text)
    with pytest.raises(ContentError) as caught:
        made(project)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("templates/site/page.html", line)
    assert problem.message.startswith("шаблон не работает: ")


def test_what_is_kept_of_a_template_holds_nothing_of_the_site_that_used_it_first(tmp_path: Path) -> None:
    for name in ("first", "second"):
        project = tmp_path / name
        shutil.copytree(EXAMPLE, project)
        config = project / "mkdocs.yml"
        config.write_text(re.sub(r"site_url: .*", f"site_url: https://{name}.example.org/", config.read_text()))
        robots = Templating(project, load_settings(project), TODAY).render("text/robots.txt", {})
        assert f"https://{name}.example.org/sitemap.xml" in robots

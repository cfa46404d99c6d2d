"""How the site looks elsewhere: pictures beside its links, its sign, what it tells to search engines and machines."""

from __future__ import annotations

import json
import re
from collections import Counter
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from PIL import Image

from generator.catalog import Catalog, load
from generator.handouts.packing import HEAVIEST
from generator.problems import ContentError
from generator.settings import DARK, LIGHT, Settings, load_settings, read_settings
from generator.sharing import drawn, machines
from generator.sharing.drawing import FILLERS
from generator.sharing.shown import CARD, shown
from generator.templating import Templating
from tests.conftest import EXAMPLE, TODAY

pytest_plugins = ("tests.browser",)

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="session")
def cards() -> dict[str, bytes]:
    catalog = load(EXAMPLE, TODAY)
    return {each.path: each.content for each in drawn(catalog, Templating(EXAMPLE, load_settings(EXAMPLE), TODAY))}


def told(project: Path) -> dict[str, str]:
    """Return the texts for machines of a project, by their path."""
    templating = Templating(project, load_settings(project), TODAY)
    return {each.path: each.content.decode() for each in machines(load(project, TODAY), templating)}


def drawn_of(project: Path, keep: Path | None = None) -> dict[str, bytes]:
    templating = Templating(project, load_settings(project), TODAY)
    return {each.path: each.content for each in drawn(load(project, TODAY), templating, keep)}


def head(page: Element, tag: str, attribute: str) -> str | None:
    found = page.find(f".//head/{tag}")
    return None if found is None else found.get(attribute)


def shared(page: Element, name: str) -> str | None:
    return head(page, f"meta[@property='og:{name}']", "content")


def test_every_call_post_and_meetup_has_a_card_and_the_site_too(cards: dict[str, bytes]) -> None:
    catalog = load(EXAMPLE, TODAY)
    records = [record for kind in FILLERS for record in catalog.of(kind)]
    expected = {f"{record.address[1:]}picture.png" for record in records} | {"picture.png"}
    assert expected == {path for path in cards if path.endswith("picture.png")}


def test_cards_have_the_size_that_networks_ask_for_and_weigh_little(cards: dict[str, bytes]) -> None:
    for path in (path for path in cards if path.endswith("picture.png")):
        assert len(cards[path]) < HEAVIEST, path
        with Image.open(BytesIO(cards[path])) as picture:
            assert (picture.format, picture.size) == ("PNG", CARD)
            assert picture.convert("RGB").getpixel((5, 400)) == (255, 255, 255)


def test_the_same_content_gives_the_same_pictures_on_another_day(cards: dict[str, bytes], project: Path) -> None:
    templating = Templating(project, load_settings(project), TODAY.replace(day=21))
    again = {each.path: each.content for each in drawn(load(project, TODAY), templating)}
    assert again == cards


def test_a_kept_picture_is_only_read_and_a_changed_title_makes_a_new_one(project: Path, tmp_path: Path) -> None:
    keep = tmp_path / "kept"
    before = drawn_of(project, keep)
    marks = {path.name: path.stat().st_mtime_ns for path in keep.iterdir()}
    post = next((project / "content/news").glob("*.md"))
    text = post.read_text("utf-8")
    post.write_text(re.sub(r"(?m)^title: .*$", "title: Другое название", text, count=1), "utf-8")
    after = drawn_of(project, keep)
    assert [path for path in before if before[path] != after[path]] == [f"news/{post.stem}/picture.png"]
    now = {path.name: path.stat().st_mtime_ns for path in keep.iterdir()}
    assert len(now) == len(marks)
    assert sum(name not in marks for name in now) == 1


@pytest.mark.parametrize("title", ["Сверхдлинноеслово" * 12, "Конкурс " * 37, "Ӟеч буресь 🎉", "Да"])
def test_no_title_breaks_a_card(project: Path, title: str) -> None:
    post = next((project / "content/news").glob("*.md"))
    text = post.read_text("utf-8")
    post.write_text(re.sub(r"(?m)^title: .*$", f"title: {title}", text, count=1), "utf-8")
    card = drawn_of(project)[f"news/{post.stem}/picture.png"]
    assert len(card) < HEAVIEST


def test_a_large_photo_of_its_own_stands_for_a_post_and_a_small_one_does_not(project: Path) -> None:
    first, second = sorted((project / "content/news").glob("*.md"))[:2]
    for post, width in ((first, 1600), (second, 300)):
        head_of_post, _, _ = post.read_text("utf-8").rpartition("---")
        picture = Image.new("RGB", (width, width // 2), (20, 60, 40))
        (project / "content/assets").mkdir(exist_ok=True)
        picture.save(project / f"content/assets/{post.stem}.png")
        post.write_text(f"{head_of_post}---\n\n![Двор](../assets/{post.stem}.png)\n", "utf-8")
    cards = drawn_of(project)
    assert f"news/{first.stem}/picture.png" not in cards
    catalog = load(project, TODAY)
    templating = Templating(project, load_settings(project), TODAY)
    templating.drawn = frozenset(cards)
    by_slug = {record.slug: record for record in catalog.of("post")}
    large, small = (
        shown(by_slug[post.stem].address, by_slug[post.stem].title, by_slug[post.stem], templating)
        for post in (first, second)
    )
    assert large
    assert small
    assert large.address.startswith(f"/assets/{first.stem}")
    assert large.width == 2 * large.height >= 1200
    assert (small.address, small.width, small.height) == (f"/news/{second.stem}/picture.png", *CARD)


def test_every_page_names_a_picture_that_is_there(
    own_pages: dict[str, Element], own_site: Path, own_settings: Settings
) -> None:
    for address, page in own_pages.items():
        link = shared(page, "image") or ""
        assert link.startswith(own_settings.site_url), address
        with Image.open(own_site / link.removeprefix(own_settings.site_url)) as picture:
            assert (shared(page, "image:width"), shared(page, "image:height")) == tuple(map(str, picture.size))
        assert shared(page, "image:alt"), address
        assert head(page, "meta[@name='twitter:card']", "content") == "summary_large_image"


def test_calls_posts_and_meetups_are_shared_with_pictures_of_their_own(
    own_pages: dict[str, Element], own_catalog: Catalog
) -> None:
    for kind in FILLERS:
        links = Counter(shared(own_pages[record.address], "image") for record in own_catalog.of(kind))
        assert [link for link, count in links.items() if count > 1] == []


def test_without_paper_no_picture_is_promised(example_site: Path) -> None:
    page = (example_site / "index.html").read_text("utf-8")
    assert "og:image" not in page
    assert "apple-touch-icon" not in page
    assert not list(example_site.rglob("picture.png"))
    icons = json.loads((example_site / "manifest.webmanifest").read_text("utf-8"))["icons"]
    assert [icon["src"] for icon in icons] == ["assets/mark.svg"]


def test_every_page_has_a_title_of_its_own(own_pages: dict[str, Element]) -> None:
    titles = Counter(page.findtext(".//title") for page in own_pages.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_the_manifest_names_the_site_and_icons_that_are_there(own_site: Path, own_settings: Settings) -> None:
    manifest = json.loads((own_site / "manifest.webmanifest").read_text("utf-8"))
    assert manifest["short_name"] == own_settings.site_name
    assert manifest["name"].startswith(own_settings.site_name)
    assert manifest["lang"] == "ru"
    assert manifest["theme_color"] == own_settings.extra.lamp.light
    for icon in manifest["icons"]:
        path = own_site / icon["src"]
        assert path.is_file()
        if icon["type"] == "image/png":
            with Image.open(path) as picture:
                assert icon["sizes"] == "{}x{}".format(*picture.size)


def test_an_old_browser_finds_an_icon_and_a_telephone_too(own_site: Path, own_pages: dict[str, Element]) -> None:
    with Image.open(own_site / "favicon.ico") as icon:
        assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    assert head(own_pages["/"], "link[@rel='apple-touch-icon']", "href") == "./assets/icon-180.png"
    assert head(own_pages["/"], "link[@rel='manifest']", "href") == "./manifest.webmanifest"


def test_a_library_with_a_logo_is_shared_with_it(cards: dict[str, bytes], project: Path) -> None:
    (project / "content/assets").mkdir(exist_ok=True)
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="120" height="40"/></svg>'
    (project / "content/assets/logo.svg").write_text(logo, "utf-8")
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("extra:\n", "extra:\n  logo: logo.svg\n"), "utf-8")
    assert drawn_of(project)["picture.png"] != cards["picture.png"]


def test_a_mistake_in_a_sites_own_card_is_told_with_its_line(project: Path) -> None:
    (project / "templates/pictures").mkdir(parents=True)
    (project / "templates/pictures/icon.typ").write_text("#let side = 1\n#nothing\n", "utf-8")
    with pytest.raises(ContentError, match=r"templates/pictures/icon\.typ:2: шаблон не работает"):
        drawn_of(project)


def test_the_sitemap_holds_every_page_that_is_worth_finding(own_site: Path, own_pages: dict[str, Element]) -> None:
    tree = ElementTree.parse(own_site / "sitemap.xml")
    found = {url.findtext(f"{SITEMAP}loc", ""): url.findtext(f"{SITEMAP}lastmod") for url in tree.getroot()}
    canonical = {address: head(page, "link[@rel='canonical']", "href") for address, page in own_pages.items()}
    hidden = {"/404.html", "/search/", "/lowvision/", "/editors/", "/editors/fields/", "/editors/messages/"}
    assert set(found) <= set(canonical.values())
    assert {address for address, link in canonical.items() if link not in found} <= hidden
    days = [day for day in found.values() if day]
    assert days
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) and day <= TODAY.isoformat() for day in days)


def test_machines_read_every_open_call_with_both_clocks(own_catalog: Catalog, own_site: Path) -> None:
    text = (own_site / "llms.txt").read_text("utf-8").replace("\u00a0", " ")
    assert re.match(r"# .+\n\n> .+\n\n.+\n\n## .+\n\n- \[.+\]\(https://.+\): ", text)
    now, rest = text.split("## Приём ещё не открыт")
    open_, ahead = [], []
    for call in own_catalog.of("grant"):
        status = call.status(TODAY)
        open_ += [call.address] * (status in ("closing", "open", "rolling"))
        ahead += [call.address] * (status in ("upcoming", "forecast"))
    assert sorted(re.findall(r"example\.org(/grants/[^/]+/)\)", now)) == sorted(open_)
    assert sorted(re.findall(r"example\.org(/grants/[^/]+/)\)", rest)) == sorted(ahead)
    (line,) = (line for line in now.splitlines() if "/grants/pfki-2027-2/" in line)
    assert "23:30 по Москве; в Глазове это уже 3 декабря 2026 года, 00:30" in line
    assert "Кому можно: НКО" in line
    assert "Нельзя: " in line
    (sum_line,) = (line for line in now.splitlines() if "/grants/dvor-zimoy-2026/" in line)
    assert "Сумма: от 5 000 ₽ до 40 000 ₽." in sum_line


def test_machines_are_told_when_nothing_is_open(project: Path) -> None:
    for path in [*project.glob("*/*.yml"), *project.glob("content/*/*.md")]:
        if path.name not in ("topics.yml", "registry.yml"):
            path.unlink()
    text = told(project)["llms.txt"]
    assert "Открытых конкурсов сейчас нет" in text
    assert "\n\n\n" not in text


def test_the_grounds_that_a_colour_is_checked_on_are_those_of_the_pages(templating: Templating) -> None:
    tokens = templating.render("text/tokens.css", {})
    found = [tuple(re.findall(rf"--c-{name}: (#[0-9a-f]{{6}})", tokens)) for name in ("paper", "sheet")]
    assert list(zip(*found, strict=True)) == [LIGHT, DARK]


@pytest.mark.parametrize(
    ("ground", "colour", "ratio", "remedy"),
    [
        ("light", "#ff8800", "2,1", "темнее"),
        ("dark", "#0b5c45", "1,9", "светлее"),
        ("light", "#808080", "3,5", "темнее"),
    ],
)
def test_a_colour_that_is_hard_to_see_is_refused_with_one_that_is_not(
    project: Path, ground: str, colour: str, ratio: str, remedy: str
) -> None:
    config = project / "mkdocs.yml"
    text = re.sub(rf'(?m)^    {ground}: "#.*$', f'    {ground}: "{colour}"', config.read_text("utf-8"))
    config.write_text(text, "utf-8")
    (problem,) = read_settings(project).problems
    assert text.splitlines()[problem.line - 1].strip() == f'{ground}: "{colour}"'
    assert f"контраст {ratio}, а нужно не меньше 4,5; возьмите {remedy}" in problem.message
    better = re.findall(r"#[0-9a-f]{6}", problem.message)[-1]
    config.write_text(text.replace(f'"{colour}"', f'"{better}"'), "utf-8")
    assert read_settings(project).problems == ()

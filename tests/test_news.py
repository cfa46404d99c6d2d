"""The blog: what stands on top, what a post shows beside its text, and what nobody may see before its day."""

from __future__ import annotations

import gzip
import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]  # it has no types
import pytest

from generator.building import build_site
from generator.catalog import load
from generator.pages import make, pages
from generator.publish import publish
from generator.settings import load_settings
from generator.templating import Templating
from tests.conftest import TODAY
from tests.test_feeds import made as feeds_of
from tests.test_feeds import write_post

pytest_plugins = ("tests.browser",)


def show(project: Path, address: str, today: date = TODAY) -> Element:
    """Return a page of a project as it reads on a day."""
    catalog, templating = load(project, today), Templating(project, load_settings(project), today)
    (found,) = [page for page in pages(catalog, templating) if page.address == address]
    parsed: Element = html5lib.parse(make(found, catalog, templating).body, namespaceHTMLElements=False)
    return parsed


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def links(page: Element, within: str = ".//body") -> list[str]:
    return [link.attrib["href"] for part in page.findall(within) for link in part.iter("a")]


def listed(page: Element) -> list[str]:
    return [text(title) for title in page.iterfind(".//h2[@class='news__title']")]


def section(page: Element, title: str) -> Element | None:
    return next((part for part in page.iter("section") if text(part.find("h2") or part).startswith(title)), None)


@pytest.fixture
def quiet(project: Path) -> Path:
    """A project without a single post."""
    for path in (project / "content/news").iterdir():
        path.unlink()
    return project


def many(project: Path, count: int, **fields: str) -> None:
    for number in range(count):
        write_post(project, f"n{number}", date=str(TODAY - timedelta(days=count - number)), **fields)


def test_a_pinned_post_stands_on_top_of_the_first_page_and_once(quiet: Path) -> None:
    many(quiet, 25)
    write_post(quiet, "old", title="Закреплённая", date="2026-01-01", pinned="yes")
    first, second = listed(show(quiet, "/news/")), listed(show(quiet, "/news/page/2/"))
    assert first[:2] == ["Закреплённая", "Новость n24"]
    assert len(first) == 20
    assert [*first, *second].count("Закреплённая") == 1
    assert text(show(quiet, "/news/")).count("закреплено") == 1


def test_a_pin_goes_by_itself_after_its_last_day(quiet: Path) -> None:
    many(quiet, 2)
    write_post(quiet, "old", title="Закреплённая", date="2026-01-01", pinned="yes", pinned_until="2026-11-20")
    assert listed(show(quiet, "/news/"))[0] == "Закреплённая"
    after = show(quiet, "/news/", TODAY + timedelta(days=1))
    assert listed(after)[-1] == "Закреплённая"
    assert "закреплено" not in text(after)


def test_a_pin_moves_nothing_in_the_feeds(quiet: Path) -> None:
    many(quiet, 3)
    before = feeds_of(quiet)
    path = quiet / "content/news/n0.md"
    path.write_text(path.read_text().replace("rubric: centre", "rubric: centre\npinned: yes"))
    assert feeds_of(quiet) == before


def test_the_list_shows_the_summary_or_else_the_first_paragraph_without_its_notes(quiet: Path) -> None:
    write_post(quiet, "a", "Начало с [ссылкой](/grants/) и *сноской*[^1].\n\nДальше.\n\n[^1]: Примечание.")
    write_post(quiet, "b", "Текст.", summary="Коротко о главном.")
    page = show(quiet, "/news/")
    entries = [text(entry) for entry in page.iterfind(".//ul[@class='news']/li")]
    assert any("Начало с ссылкой и сноской. Читать далее" in entry for entry in entries)
    assert any("Коротко о главном. Читать далее" in entry for entry in entries)
    assert not any("Дальше" in entry or "Примечание" in entry for entry in entries)


def test_a_rubric_has_pages_of_its_own(quiet: Path) -> None:
    many(quiet, 22)
    other = write_post(quiet, "other", title="Другая")
    other.write_text(other.read_text().replace("rubric: centre", "rubric: funders"))
    first = show(quiet, "/news/rubric/centre/")
    assert len(listed(first)) == 20
    assert "Другая" not in listed(first)
    assert "/news/rubric/centre/page/2/" in links(first)
    assert links(show(quiet, "/news/rubric/centre/page/2/"), ".//nav[@class='months']") == ["/news/rubric/centre/"]
    assert "Дела центра 22" in text(show(quiet, "/news/"))


def test_the_archive_counts_by_year_and_by_month(quiet: Path) -> None:
    for day in ("2024-03-01", "2024-03-05", "2024-04-01", "2026-01-01"):
        write_post(quiet, f"n{day}", date=day)
    found = text(show(quiet, "/news/archive/"))
    assert "За год 3 записи" in found.replace("\u00a0", " ")
    assert "Март — 2 записи" in found.replace("\u00a0", " ")
    assert "Апрель — 1 запись" in found.replace("\u00a0", " ")


def test_a_post_shows_what_it_names_as_it_stands_today_and_they_show_the_post(project: Path) -> None:
    ngo = project / "ngos/svetlyy-dvor.yml"
    ngo.write_text(f"{ngo.read_text()}\nstatus: closed\n" if "status:" not in ngo.read_text() else ngo.read_text())
    named = {"grants": "[dvor-2026]", "ngos": "[svetlyy-dvor]", "meetups": "[2026-12-05-zayavka]"}
    write_post(project, "a", **named, documents="[fz-7]")
    page = show(project, "/news/a/")
    for title, address in (
        ("Конкурсы", "/grants/dvor-2026/"),
        ("Организации", "/ngos/svetlyy-dvor/"),
        ("Встречи", "/meetups/2026-12-05-zayavka/"),
        ("Документы", "/documents/fz-7/"),
    ):
        part = section(page, title)
        assert part is not None, title
        assert address in [link.attrib["href"] for link in part.iter("a")]
        assert "/news/a/" in links(show(project, address)), address
    call = page.find(".//li[@data-call='dvor-2026']")
    assert call is not None
    assert call.attrib["data-status"] == "closing"
    later = show(project, "/news/a/", TODAY + timedelta(days=30)).find(".//li[@data-call='dvor-2026']")
    assert later is not None
    assert later.attrib["data-status"] == "closed"


def test_a_post_leads_to_the_one_before_and_the_one_after(quiet: Path) -> None:
    many(quiet, 3)
    way = ".//nav[@class='turn part']"
    assert links(show(quiet, "/news/n1/"), way) == ["/news/n0/", "/news/n2/"]
    assert links(show(quiet, "/news/n0/"), way) == ["/news/n1/"]
    assert links(show(quiet, "/news/n2/"), way) == ["/news/n1/"]


def test_four_newest_posts_on_its_topics_stand_below_and_none_twice(quiet: Path) -> None:
    many(quiet, 7, topics="[town]")
    write_post(quiet, "a", "[Уже здесь](n6.md).", topics="[town]", date="2026-11-01")
    write_post(quiet, "alone", topics="[library]")
    part = section(show(quiet, "/news/a/"), "Ещё на эти темы")
    assert part is not None
    assert [link.attrib["href"] for link in part.iter("a")] == [f"/news/n{number}/" for number in (5, 4, 3, 2)]
    assert section(show(quiet, "/news/alone/"), "Ещё на эти темы") is None


def test_a_long_text_has_a_table_of_contents_and_a_short_one_has_none(quiet: Path) -> None:
    write_post(quiet, "long", "\n\n".join(f"## Глава {name}\n\nСлова." for name in "абвг"))
    write_post(quiet, "short", "\n\n".join(f"## Глава {name}\n\nСлова." for name in "абв"))
    contents = ".//nav[@aria-label='На этой странице']"
    assert links(show(quiet, "/news/long/"), contents) == ["#glava-a", "#glava-b", "#glava-v", "#glava-g"]
    assert show(quiet, "/news/short/").find(contents) is None


def test_a_post_names_its_age_mark_and_when_it_was_added_to(quiet: Path) -> None:
    write_post(quiet, "a", age="12+", updated="2026-11-20")
    found = text(show(quiet, "/news/a/"))
    assert "12+" in found
    assert "дополнено 20 ноября 2026 года" in found.replace("\u00a0", " ")


def _unpacked(content: bytes) -> str:
    """Return a file as text; the search index is packed."""
    return (gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content).decode(errors="replace")


@pytest.mark.no_cover  # it builds the whole site, which others measure part by part
def test_nothing_of_a_draft_or_of_a_post_to_come_is_anywhere_in_the_site(
    project: Path, whole_example_site: Path, tmp_path: Path
) -> None:
    secret = "Нераскрытая"
    body = f"{secret} тайна. ![{secret} площадь](../assets/{{0}}-ploshchad.png) [{secret}](../assets/{{0}}-smeta.xlsx)"
    for slug, fields in (("chernovik", {"draft": "yes"}), ("budushchee", {"date": "2026-11-21"})):
        shutil.copy(project / "content/assets/lavochka.png", project / f"content/assets/{slug}-ploshchad.png")
        (project / f"content/assets/{slug}-smeta.xlsx").write_bytes(b"secret")
        named = {"grants": "[dvor-2026]", "topics": "[town]", "aliases": f"[/2019/05/{slug}.html]", "pinned": "yes"}
        write_post(project, f"{slug}-post", body.format(slug), title=f"{secret} новость {slug}", **named, **fields)
    site = tmp_path / "site"
    publish(project, site, TODAY)
    names = [path.relative_to(site).as_posix() for path in site.rglob("*")]
    assert [name for name in names if re.search("chernovik|budushchee", name)] == []
    leaks = [
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and re.search(f"chernovik|budushchee|{secret.lower()}", _unpacked(path.read_bytes()).lower())
    ]
    assert leaks == []
    # Nothing else of the pages tells that there is more to come, either.
    assert (site / "news/index.html").read_bytes() == (whole_example_site / "news/index.html").read_bytes()


def test_a_post_to_come_comes_on_its_day_with_its_picture(project: Path, tmp_path: Path) -> None:
    shutil.copy(project / "content/assets/lavochka.png", project / "content/assets/new.png")
    write_post(project, "soon", "![Вид](../assets/new.png)", date="2026-11-21")
    build_site(project, tmp_path / "site", date(2026, 11, 21), handouts=False)
    assert (tmp_path / "site/news/soon/index.html").exists()
    assert (tmp_path / "site/assets/new.png").exists()

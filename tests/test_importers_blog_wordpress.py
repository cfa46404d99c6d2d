from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from generator.importers.prose import letters
from generator.pages import redirects
from generator.settings import load_settings
from generator.templating import Templating
from tests import blog_export
from tests.blog_export import wordpress, wp_item
from tests.conftest import TODAY
from tests.test_importers_blog import brought, drawn, files, posts, project, seen

__all__ = ["project"]

BLOCKS = (
    '<!-- wp:paragraph {"align":"left"} -->\n<p>Первый <strong>абзац</strong>\u00a0{n}</p>\n<!-- /wp:paragraph -->\n\n'
    '<!-- wp:heading {"level":3} -->\n<h3>Глава</h3>\n<!-- /wp:heading -->\n\n<!-- wp:list -->\n<ul><li>раз</li>'
    '<li>два</li></ul>\n<!-- /wp:list -->\n\n<!-- wp:table --><figure class="wp-block-table"><table><tbody><tr><td>а'
    "</td><td>б</td></tr><tr><td>1</td><td>2</td></tr></tbody></table><figcaption>Подпись</figcaption></figure>"
    "<!-- /wp:table --><!-- wp:latest-posts /-->"
)
CLASSIC = (
    "Первая строка {n}\nвторая строка\n\nНовый абзац &amp; <em>курсив</em>.\n<blockquote>Слова</blockquote>\n"
    '<ul>\n \t<li>раз</li>\n \t<li>два</li>\n</ul>\n<pre>a\n\n  b</pre>\nконец [sic] [button url="x"]Жми[/button]'
)


def imported(project: Path, *items: str, **options: Any) -> str:
    return brought(project, wordpress(*items), form="wordpress", **options)


def one_body(project: Path, content: str, *others: str, **options: Any) -> str:
    imported(project, wp_item(1, content), *others, **options)
    return posts(project)["https://old.example.org/?p=1"].body.written


@pytest.mark.no_cover  # two posts have the same content
def test_a_hundred_posts_keep_their_words(project: Path) -> None:
    contents = [(BLOCKS, CLASSIC)[number % 2].replace("{n}", str(number)) for number in range(100)]
    imported(project, *(wp_item(number, content) for number, content in enumerate(contents)))
    found = posts(project)
    for number, content in enumerate(contents):
        record = found[f"https://old.example.org/?p={number}"]
        bare = html.unescape(re.sub(r"<[^>]*>|\[/?button[^\]]*\]", "", re.sub(r"<!--.*?-->", "", content)))
        assert letters("".join(seen(record))) == letters(bare), record.path


def test_blocks_and_classic_text_become_paragraphs(project: Path) -> None:
    told = imported(project, wp_item(1, BLOCKS), wp_item(2, CLASSIC))
    found = posts(project)
    assert found["https://old.example.org/?p=1"].body.written == (
        "Первый **абзац** {n}\n\n## Глава\n\n- раз\n- два\n\n| а | б |\n| --- | --- |\n| 1 | 2 |\n\nПодпись"
    )
    assert found["https://old.example.org/?p=2"].body.written == (
        "Первая строка {n}\\\nвторая строка\n\nНовый абзац & *курсив*.\n\n> Слова\n\n- раз\n- два\n\n"
        "```\na\n\n  b\n```\n\nконец \\[sic\\] Жми"
    )
    assert "блок WordPress без текста не перенесён: latest-posts" in told
    assert "код WordPress убран" in told


def test_states_kinds_and_addresses(project: Path) -> None:
    told = imported(
        project,
        wp_item(1, "а"),
        wp_item(2, "б", status="draft"),
        wp_item(3, "в", status="private"),
        wp_item(4, "г", status="trash"),
        wp_item(5, "д", kind="page", title="О нас"),
        wp_item(6, "е", kind="nav_menu_item"),
        wp_item(7, "ж", more="<wp:post_password>1</wp:post_password><wp:is_sticky>1</wp:is_sticky>"),
    )
    (post,) = posts(project).values()
    assert post.aliases == ("/2019/01/delo-1/",)
    assert (str(post.date), f"{post.time:%H:%M}") == ("2019-01-13", "23:30")
    assert len(list((project / "content/news").glob("*.md"))) == 6
    for words in ("черновиков 3", "запись из корзины", "стали черновиками", "другое: 1", "была закрыта", "закреплена"):
        assert words in told


def test_an_address_in_cyrillic_leads_on_and_one_with_a_query_is_told_of(project: Path) -> None:
    cyrillic = wp_item(1, "а").replace("delo-1/", "%D0%B2%D1%81%D1%82%D1%80%D0%B5%D1%87%D0%B0-%D0%BD%D0%BA%D0%BE/")
    told = imported(
        project, cyrillic, re.sub(r"<link>.*?</link>", "<link>https://old.example.org/?p=2</link>", wp_item(2, "б"))
    )
    found = posts(project)
    meeting, other = (found[f"https://old.example.org/?p={number}"] for number in (1, 2))
    assert (meeting.aliases, other.aliases) == (("/2019/01/встреча-нко/",), ())
    assert told.count("перенаправить с него нельзя: https://old.example.org/?p=2") == 1
    templating = Templating(project, load_settings(project), TODAY)
    pages = {page.path: str(page.content, "utf-8") for page in redirects(meeting, templating)}
    assert f'href="../../../{meeting.address.strip("/")}/"' in pages["2019/01/встреча-нко/index.html"]


def test_pages_of_the_old_blog_become_drafts_of_pages(project: Path) -> None:
    items = (
        wp_item(1, "а", kind="page", title="Наш дом"),
        wp_item(2, '<a href="/2019/01/delo-3/">пост</a>', kind="page", title="News"),
        wp_item(3, "в", more="<wp:comment/><wp:comment/>"),
        wp_item(4, "г", kind="page", title="Страница").replace("/2019/01/delo-4/", "/o-nas/"),
    )
    told = imported(project, *items)
    written = {path.stem: path.read_text() for path in (project / "content/pages").glob("*.md")}
    assert {"draft: yes", "aliases: [/2019/01/delo-1/]"} <= set(written["nash-dom"].split("\n"))
    # The address of the news is the site's own.
    assert "(../news/2019-01-19-zapis-delo-3-drugie.md)" in written["news-2"]
    assert "старый адрес занят другой страницей: /o-nas/" in told
    assert "План: новых 1, из них черновиков 0" in told
    assert "комментарии не переносятся: 2" in told
    before = files(project)
    assert "Записывать нечего" in imported(project, *items)
    assert files(project) == before


def attachment(number: int, name: str, *, parent: int, alt: str = "") -> str:
    more = (
        f"<wp:attachment_url>https://old.example.org/wp-content/uploads/2019/05/{name}</wp:attachment_url>"
        f"<wp:post_parent>{parent}</wp:post_parent><wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{alt}]]></wp:meta_value></wp:postmeta>"
    )
    return wp_item(number, "", status="inherit", kind="attachment", more=more)


def test_galleries_captions_and_covers_find_their_pictures(project: Path, tmp_path: Path) -> None:
    for year, colour in (("2018", "PNG"), ("2019", "JPEG")):
        (tmp_path / "uploads" / year / "05").mkdir(parents=True)
        (tmp_path / "uploads" / year / "05" / "a.jpg").write_bytes(drawn(colour))
    (tmp_path / "uploads" / "b.png").write_bytes(drawn("PNG"))
    (tmp_path / "uploads" / "plan.pdf").write_bytes(b"%PDF-1.4")
    uploads = "https://old.example.org/wp-content/uploads/2019/05"
    content = (
        f'[caption id="x" align="alignleft" width="300"]<a href="{uploads}/a.jpg"><img src="{uploads}/a-300x200.jpg" '
        f'alt="Двор" /></a> Весной[/caption]\n\n[gallery ids="11,12,99"]\n\nhttps://youtu.be/abcdefghijk\n\n'
        f'<a href="{uploads}/plan.pdf">План</a> <a href="/?p=2">второй</a>'
    )
    others = (wp_item(2, "б"), attachment(11, "a.jpg", parent=1, alt="Сад"), attachment(12, "b.png", parent=1))
    body = one_body(project, content, *others, pictures=tmp_path / "uploads")
    slug = "2019-01-13-zapis-delo-1-drugie"
    assert body.split("\n\n") == [
        f'![Двор](../assets/news/{slug}/a.jpg "Весной")',
        f"![Сад](../assets/news/{slug}/a.jpg)",
        f"![Иллюстрация к записи „Запись: дело «№ 1» \\& другие“](../assets/news/{slug}/b.png)",
        "Видео: [https://www.youtube.com/watch?v=abcdefghijk](https://www.youtube.com/watch?v=abcdefghijk)",
        f"[План](../assets/news/{slug}/plan.pdf) [второй](2019-01-16-zapis-delo-2-drugie.md)",
    ]
    assert (project / f"content/assets/news/{slug}/a.jpg").read_bytes() == drawn("JPEG")


def test_a_second_run_changes_no_byte(project: Path) -> None:
    items = [wp_item(number, CLASSIC, status=("publish", "draft")[number % 2]) for number in range(6)]
    imported(project, *items)
    before = files(project)
    assert "уже есть 6" in imported(project, *items)
    assert files(project) == before


@pytest.mark.parametrize("text", ["<rss><channel/></rss>", "<rss/>", blog_export.blogger(1)])
def test_another_programs_file_is_refused(project: Path, text: str) -> None:
    with pytest.raises(Exception, match="не выгрузка WordPress"):
        brought(project, text, form="wordpress")

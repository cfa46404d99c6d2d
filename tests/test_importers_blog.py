from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import html5lib  # type: ignore[import-untyped]  # it has no types
import pytest
from PIL import Image

from generator.catalog import examine, load
from generator.importers.blog import BlogOrder, UnfitExportError, bring_blog
from generator.importers.prose import letters
from generator.pages import redirects
from generator.problems import ContentError
from generator.records.post import Post
from generator.records.record import Record
from generator.settings import load_settings
from generator.templating import Templating
from tests import blog_export
from tests.conftest import TODAY

PARAGRAPHS = ("p", "li", "h2", "h3", "h4", "td", "th", "pre")


@pytest.fixture
def project(tmp_path: Path, example: Path) -> Path:
    return Path(shutil.copytree(example, tmp_path / "site"))


def brought(project: Path, text: str, **options: Any) -> str:
    """Import an export, and return what was told; the check must find nothing."""
    file = project.parent / "blog.xml"
    file.write_text(text, encoding="utf-8")
    out = io.StringIO()
    order = BlogOrder(options.pop("form", "blogger"), file, **options)
    assert bring_blog(project, TODAY, order, out) == ()
    return out.getvalue()


def posts(project: Path, today: date = TODAY) -> dict[str, Post]:
    """Return the imported posts that visitors see, by their old guid."""
    return {each.guid: each for each in load(project, today).of("post") if isinstance(each, Post) and each.guid}


def seen(record: Record) -> list[str]:
    """Return the paragraphs that a visitor sees, by somebody else's parser of HTML."""
    tree = html5lib.parseFragment(record.body.html, treebuilder="etree", namespaceHTMLElements=False)
    return [words for words in _paragraphs(tree) if words.strip()]


def _paragraphs(element: Any) -> Iterator[str]:
    own = element.text or ""
    for child in element:
        if child.tag in (*PARAGRAPHS, "ul", "ol", "blockquote", "table", "div", "thead", "tbody", "tr"):
            yield own
            own = ""
            yield from _paragraphs(child)
        else:
            own += "".join(child.itertext())
        own += child.tail or ""
    yield own


def files(project: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}


def one(html: str, **options: Any) -> str:
    return blog_export.blogger(0, blog_export.entry(1, html, **options))


def body(project: Path, html: str, **options: Any) -> str:
    """Import one post, and return its Markdown."""
    brought(project, one(html), **options)
    (found,) = posts(project).values()
    return found.body.written


@pytest.mark.no_cover  # a few posts have the same pieces
def test_a_hundred_posts_keep_their_words_paragraph_by_paragraph(project: Path) -> None:
    brought(project, blog_export.blogger())
    found = posts(project)
    assert len(found) == 100
    for number in range(100):
        record = found[f"tag:blogger.com,1999:blog-1.post-{number}"]
        expected = [letters(words) for words in blog_export.seen_in(number)]
        assert [letters(words) for words in seen(record)] == expected, record.path


def test_the_clock_is_the_librarys_and_old_addresses_lead_to_the_new_ones(project: Path) -> None:
    brought(project, blog_export.blogger(3))
    post = posts(project)["tag:blogger.com,1999:blog-1.post-0"]
    # 22:30 in Samara is 23:30 in Yekaterinburg.
    assert (post.date, f"{post.time:%H:%M}", post.aliases) == (date(2019, 1, 10), "23:30", ("/2019/01/post-0.html",))
    templating = Templating(project, load_settings(project), TODAY)
    pages = {page.path: page.content for page in redirects(post, templating)}
    assert post.address.strip("/") in str(pages["2019/01/post-0.html"])


def test_a_second_run_changes_no_byte(project: Path) -> None:
    brought(project, blog_export.blogger(20))
    before = files(project)
    assert "новых 0" in brought(project, blog_export.blogger(20))
    assert files(project) == before


def test_what_an_editor_mended_stays(project: Path) -> None:
    brought(project, blog_export.blogger(2))
    path = project / next(iter(posts(project).values())).path
    path.write_text(path.read_text().replace("title:", "updated: 2026-11-01\ntitle:"))
    before = files(project)
    brought(project, blog_export.blogger(2))
    assert files(project) == before


def test_what_is_only_shown_writes_nothing(project: Path) -> None:
    before = files(project)
    assert "Показано" in brought(project, blog_export.blogger(3), only_shown=True)
    assert files(project) == before


def test_takeout_names_drafts_and_the_bin(project: Path) -> None:
    told = brought(project, blog_export.takeout())
    assert "черновиков 1" in told
    assert "запись из корзины" in told
    found = posts(project)
    assert [post.aliases for post in found.values()] == [("/2019/01/post-0.html",)]
    assert len(list((project / "content/news").glob("2019-*.md"))) == 2


def test_a_draft_of_the_old_export_stays_one(project: Path) -> None:
    brought(project, blog_export.blogger(0, blog_export.entry(1, "<p>Тайна</p>", is_draft=True)))
    assert posts(project) == {}
    assert "draft: yes" in next((project / "content/news").glob("2019-*.md")).read_text()


def test_titles_and_ids_differ(project: Path) -> None:
    same = [blog_export.entry(number, "<p>Слова</p>", title="Итоги") for number in (1, 2)]
    twins = [blog_export.entry(3, "<p>Первые слова <b>без</b> названия</p>", title="")]
    told = brought(project, blog_export.blogger(0, "".join(same + twins)))
    assert {post.title for post in posts(project).values()} == {"Итоги", "Итоги, 2019", "Первые слова без названия"}
    assert "такое название уже есть" in told


def test_labels_follow_the_file_of_meanings(project: Path) -> None:
    meanings = "rubric: funders\nlabels:\n  гранты: {rubric: grants, topics: [town, projects]}\n  Лишняя: no\n"
    (project / "import-mapping.yml").write_text(meanings)
    entries = (blog_export.entry(1, "а", labels=("Гранты", "Лишняя", "Новая")), blog_export.entry(2, "б", labels=()))
    told = brought(project, blog_export.blogger(0, "".join(entries)))
    first, second = (posts(project)[f"tag:blogger.com,1999:blog-1.post-{number}"] for number in (1, 2))
    assert (first.rubric, first.topics, second.rubric) == ("grants", ("town", "projects"), "funders")
    assert "Новая — записей 1" in told
    assert "Лишняя — записей" not in told


def test_a_wrong_meaning_is_named_with_its_line(project: Path) -> None:
    (project / "import-mapping.yml").write_text("labels:\n  а: {rubric: grant}\n  б: {topics: [twon]}\n  в: [x]\n")
    with pytest.raises(ContentError) as error:
        brought(project, blog_export.blogger(1))
    assert "import-mapping.yml:4" in str(error.value)
    (project / "import-mapping.yml").write_text("labels:\n  а: {rubric: grant}\n  б: {topics: [twon]}\n")
    with pytest.raises(ContentError) as error:
        brought(project, blog_export.blogger(1))
    assert [(each.line, "похоже на" in each.message) for each in error.value.problems] == [(2, True), (3, True)]


def test_labels_with_signs_survive_in_the_proposed_file(project: Path) -> None:
    labels = ("да: нет", "#тег", "'", '"', "yes", "2019", "- x", "a\\b", "{}")
    extra = blog_export.entry(1, "x", labels=labels)
    brought(project, blog_export.blogger(0, extra))
    assert "взяты из файла" in brought(project, blog_export.blogger(0, extra))


def drawn(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), (9, 90, 9)).save(out, form)
    return out.getvalue()


def picture(name: str, alt: str = "") -> str:
    address = f"{blog_export.PICTURE}/{name}"
    small = address.replace("s1600", "s320")
    return f'<div class="separator"><a href="{address}"><img src="{small}" alt="{alt}"/></a></div>'


def test_pictures_from_the_folder_lie_among_the_assets(project: Path, tmp_path: Path) -> None:
    album = tmp_path / "album" / "2019"
    album.mkdir(parents=True)
    (album / "Фото 1.JPG").write_bytes(drawn("JPEG"))
    (album / "two.png").write_bytes(drawn("PNG"))
    (album / "lie.png").write_bytes(b"no picture")
    caption = (
        f'<table class="tr-caption-container"><tr><td>{picture("two.png")}</td></tr>'
        '<tr><td class="tr-caption">Наш *двор*</td></tr></table>'
    )
    others = f"{picture('lie.png')}{picture('no.gif', 'Чай')}"
    html = f"<p>До</p>{picture('%D0%A4%D0%BE%D1%82%D0%BE%2B1.JPG')}{caption}{others}<p>После</p>"
    told = brought(project, one(html), pictures=tmp_path / "album")
    (post,) = posts(project).values()
    assert post.body.assets == (
        f"content/assets/news/{post.slug}/foto-1.jpg",
        f"content/assets/news/{post.slug}/two.png",
    )
    assert "![Наш \\*двор\\*]" in post.body.written
    assert '"Наш \\*двор\\*")' in post.body.written
    assert "![Иллюстрация к записи" in post.body.written
    assert f"[Чай]({blog_export.PICTURE}/no.gif)" in post.body.written
    assert "не нашлось 2" in told
    assert "файл не похож на картинку" in told


def test_players_become_links_and_scripts_are_told_of(project: Path) -> None:
    html = (
        '<iframe src="//www.youtube.com/embed/abcdefghijk?rel=0"></iframe>'
        '<iframe src="https://vk.com/video_ext.php?oid=-1&amp;id=2&amp;hash=3"></iframe>'
        '<iframe src="https://docs.google.com/forms/d/e/x/viewform"></iframe><script src="https://evil.example.org/x.js">'
        '</script><object><param name="movie" value="http://www.youtube.com/v/ABCDEFGHIJK"></object>'
    )
    told = brought(project, one(html))
    (post,) = posts(project).values()
    assert [line for line in post.body.written.split("\n") if line] == [
        "Видео: [https://www.youtube.com/watch?v=abcdefghijk](https://www.youtube.com/watch?v=abcdefghijk)",
        "Видео: [https://vk.com/video-1_2](https://vk.com/video-1_2)",
        "Вставка с другого сайта: [https://docs.google.com/forms/d/e/x/viewform](https://docs.google.com/forms/d/e/x/viewform)",
        "Видео: [https://www.youtube.com/watch?v=ABCDEFGHIJK](https://www.youtube.com/watch?v=ABCDEFGHIJK)",
    ]
    assert "скрипт убран: https://evil.example.org/x.js" in told
    assert "вставка с другого сайта стала ссылкой" in told


def test_links_within_the_blog_lead_to_records(project: Path) -> None:
    host = blog_export.HOST
    html = (
        f'<a href="{host.replace(".com", ".ru")}{blog_export.path_of(2)}?m=1#more">пост</a> <a href="{host}/">дом</a> '
        f'<a href="{host}/search/label/%D0%B1%D0%B8%D0%B1%D0%BB%D0%B8%D0%BE%D1%82%D0%B5%D0%BA%D0%B0">метка</a> '
        f'<a href="{host}/p/about.html">стр</a> <a href="{blog_export.path_of(3)}">черн</a> <a href="#x">якорь</a>'
    )
    extra = (
        blog_export.entry(1, html)
        + blog_export.entry(2, "б", labels=("библиотека",))
        + blog_export.entry(3, "в", is_draft=True)
    )
    told = brought(project, blog_export.blogger(0, extra))
    post = posts(project)["tag:blogger.com,1999:blog-1.post-1"]
    assert re.findall(r"\]\((\S+)\)", post.body.written) == [
        *("2019-01-16-zapis-delo-2-drugie.md", "/news/", "/topics/library/"),
        *(f"{host}/p/about.html", f"{host}{blog_export.path_of(3)}"),
    ]
    assert "ссылка внутри записи снята: #x" in told
    assert told.count("ссылка ведёт на старый сайт") == 2


CALL = (
    "<b>СРОК ПОДАЧИ ЗАЯВОК:</b> с 1 февраля до 15 марта 2019 года, 18:00<br>"
    "<b>Организатор</b> – Фонд «Каменный пояс»<br>"
    "<b>Регионы:</b> Свердловская область<br><br>Соседи, пора!<br><br><b>Сумма грантов:</b> до 1,5 млн рублей<br>"
    "<b>Цель конкурса:</b> дворы и соседи"
)


def test_a_post_with_a_calls_fields_is_offered_and_drafted_when_asked(project: Path) -> None:
    extra = blog_export.entry(1, CALL, title="Дворы-2019") + blog_export.entry(
        2, CALL.replace("Каменный пояс", "Неведомый"), title="Другой"
    )
    told = brought(project, blog_export.blogger(0, extra))
    assert "Похоже на конкурс: записей 2" in told
    assert "организатора «Фонд «Неведомый»» нет" in told
    assert not (project / "grants/dvory-2019.yml").exists()
    brought(project, blog_export.blogger(0, extra), with_calls=True)
    written = (project / "grants/dvory-2019.yml").read_text()
    for line in ("draft: yes", "funder: kamennyy-poyas", "opens: 2019-02-01", "2019-03-15 18:00", "most: 1500000"):
        assert line in written
    before = files(project)
    brought(project, blog_export.blogger(0, extra), with_calls=True)
    assert files(project) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "пустой"),
        ("<feed", "не читается как XML"),
        ("<a/>", "это не выгрузка Blogger"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'/>", "записей Blogger в файле нет"),
        ("<?xml version='1.0' encoding='klingon'?><a/>", "не читается"),
        ("<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><feed>&c;</feed>", "DOCTYPE"),
        ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><feed/>", "DOCTYPE"),
    ],
)
def test_a_file_that_is_no_export_is_refused(project: Path, text: str, words: str) -> None:
    with pytest.raises(ContentError, match=words):
        brought(project, text)


def test_a_file_or_folder_that_is_not_there_is_wrong_use(project: Path, tmp_path: Path) -> None:
    with pytest.raises(UnfitExportError):
        bring_blog(project, TODAY, BlogOrder("blogger", tmp_path / "no.xml"), io.StringIO())
    with pytest.raises(UnfitExportError):
        brought(project, blog_export.blogger(1), pictures=tmp_path / "no")


def test_deep_nesting_and_control_signs_keep_the_words(project: Path) -> None:
    html = "<div>" * 3000 + "глубина\u200b" + "</div>" * 3000
    brought(project, one(html).replace("глубина", "глу\x08бина"))
    (post,) = posts(project).values()
    assert "глубина" in post.body.written
    assert examine(project, TODAY).problems == ()


def test_the_editors_own_way_of_announcing_a_competition_is_seen(project: Path) -> None:
    html = (
        '<span style="font-family: georgia;"><b>Срок подачи заявок</b> до 30.11.2019</span><br /><b>Организатор: </b>'
        "Каменный пояс<br /><b>Регионы:&nbsp;</b>Российская Федерация<br /><br /><b>Цель конкурса:</b>"
        "<div>- поддержка НКО;</div><div>- развитие.</div>"
    )
    brought(project, blog_export.blogger(0, blog_export.entry(1, html, title="Соседи")), with_calls=True)
    assert "deadline: 2019-11-30" in (project / "grants/sosedi-2019.yml").read_text()
    (post,) = posts(project).values()
    assert post.body.written == (
        "**Срок подачи заявок** до 30.11.2019\\\n**Организатор:** Каменный пояс\\\n"
        "**Регионы:** Российская Федерация\n\n**Цель конкурса:**\n\n- поддержка НКО;\n- развитие."
    )


def test_an_address_that_is_none_stops_nothing(project: Path) -> None:
    wild = one('<a href="http://[x">слово</a><iframe src="//[y"></iframe><img src="http://[z/a.png">')
    told = brought(project, wild.replace(f"{blog_export.HOST}{blog_export.path_of(1)}", "http://[v"))
    (post,) = posts(project).values()
    assert post.body.written == "слово"
    for words in ("такой адрес не годится", "вставка с другого сайта", "пустая картинка"):
        assert words in told

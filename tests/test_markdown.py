"""One Markdown dialect: what it prints, what it links to, what it refuses."""

from __future__ import annotations

import re

import pytest

from generator.markdown import Body, Heading, Mistake, Surroundings, anchor_of, line_of_link, render

ADDRESSES = {
    "grants/dvor.yml": "/grants/dvor/",
    "content/pages/o-nas.md": "/o-nas/",
    "content/centre/bereg.md": "/centre/",
    "/grants/": "/grants/",
    "/": "/",
}
FILES = {"content/assets/bench.png", "content/assets/Устав НКО.pdf"}
AROUND = Surroundings("content/news/new.md", ADDRESSES, FILES.__contains__)


def html(text: str) -> str:
    body, mistakes = render(text, AROUND)
    assert mistakes == ()
    return body.html


def mistakes(text: str) -> list[Mistake]:
    return list(render(text, AROUND)[1])


def test_no_text_is_no_body() -> None:
    body, found = render("", AROUND)
    assert (body, found) == (Body(), ())
    assert not body


def test_a_table_keeps_its_alignment_and_scrolls_by_keyboard() -> None:
    found = html("| Что | Сколько |\n|---|---:|\n| Краска | 3 |\n")
    assert found.startswith('<div class="scroll" tabindex="0"><table class="table">')
    assert '<td class="to-right">3</td>' in found
    assert found.endswith("</table></div>")


def test_a_task_list_is_boxes_with_their_words_and_a_checklist() -> None:
    body, found = render("- [ ] Мы *спросили* соседей\n- [x] Смета [сошлась](https://example.org/)\n- просто\n", AROUND)
    assert found == ()
    assert body.html.count('type="checkbox"') == 2
    assert body.html.count('checked="checked"') == 1
    assert body.html.count("<label") == body.html.count("</label>") == 2
    assert body.questions == ("Мы спросили соседей", "Смета сошлась")


def test_a_footnote_stands_below_and_leads_back() -> None:
    found = html("Сколько[^n].\n\nЕщё[^n].\n\n[^n]: Столько.\n")
    assert re.findall('href="#(.*?)"', found)[0] == "fn1"
    assert '<li id="fn1"' in found
    back = re.findall('href="#(fnref.*?)" class="footnote-backref"', found)
    assert all(f'id="{anchor}"' in found for anchor in back)
    assert "Столько." in found


def test_an_address_is_kept_for_paper_as_people_read_it() -> None:
    assert 'data-address="https://гранты.рф/путь"' in html("[Фонд](https://гранты.рф/путь)")
    assert "data-address" not in html("[Фонд](https://example.org/a)")
    assert "data-address" not in html("<https://гранты.рф>")


def test_a_deleted_word_and_a_bare_address_are_as_github_shows_them() -> None:
    assert html("~~было~~ https://example.org/a, example.com и a@example.org") == (
        '<p><s>было</s> <a href="https://example.org/a" class="url">https://example.org/a</a>, '
        "example.com и a@example.org</p>"
    )


@pytest.mark.parametrize(
    ("text", "address", "shown"),
    [
        ("(https://example.org/a)", "https://example.org/a", "https://example.org/a"),
        ("«https://example.org/a».", "https://example.org/a", "https://example.org/a"),
        ("**https://example.org/_a_b**", "https://example.org/_a_b", "https://example.org/_a_b"),
        ("| т |\n|---|\n| https://example.org/a|", "https://example.org/a", "https://example.org/a"),
        ("https://пример.рф/путь", "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C", "https://пример.рф/путь"),
        ("сайт www.example.org/a,", "http://www.example.org/a", "www.example.org/a"),
    ],
)
def test_a_bare_address_is_a_link_of_its_own(text: str, address: str, shown: str) -> None:
    assert re.findall("<a .*?</a>", html(text)) == [f'<a href="{address}" class="url">{shown}</a>']


@pytest.mark.parametrize(
    "text",
    [
        *("`https://example.org`", "```\nhttps://example.org\n```", "\\www.example.org", "аwww.example.org", "www."),
        *("https://", "[r]: https://example.org", "[www.example.org", "mailto:a@example.org"),
    ],
)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    assert ("<a " in html(text)) == (text == "[www.example.org")


def test_text_is_escaped() -> None:
    assert html('1 < 2 & "три" `<b>`') == "<p>1 &lt; 2 &amp; &quot;три&quot; <code>&lt;b&gt;</code></p>"
    assert html("```\n<script>\n```") == "<pre><code>&lt;script&gt;\n</code></pre>"


def test_a_task_of_no_words_is_no_box() -> None:
    body, _ = render("- [ ]\n- [ ] а\n", AROUND)
    assert body.questions == ("а",)
    assert body.html.count("<input") == 1


def test_pictures_alone_are_figures_and_a_gallery() -> None:
    picture, shown = "![а](../assets/bench.png)", '<img src="/assets/bench.png" alt="а" loading="lazy" />'
    assert html(picture) == f"<figure>{shown}</figure>"
    assert html(f'{picture[:-1]} "«Да»")') == f"<figure>{shown}<figcaption>«Да»</figcaption></figure>"
    gallery = f'<figure>{shown}</figure>\n<figure><a href="/grants/">{shown}</a></figure>\n'
    assert html(f"{picture}\n[{picture}](/grants/)") == f'<div class="gallery">{gallery}</div>'
    assert "<figure" not in html(f"{picture} и слова") + html(f"- {picture}")


@pytest.mark.parametrize("comment", ["<!-- тайна -->", "<!-- в две\n\nстроки тайна -->", "слово <!-- тайна --> слово"])
def test_comments_are_left_out(comment: str) -> None:
    found = html(f"До.\n\n{comment}\n\nПосле.")
    assert "тайна" not in found
    assert "До." in found
    assert "После." in found


def test_a_comment_that_does_not_end_is_refused() -> None:
    assert [mistake.line for mistake in mistakes("До.\n\n<!-- тайна\n\nПосле.")] == [2]


@pytest.mark.parametrize(
    "text",
    [
        "<b>а</b>",
        "а\n<br>",
        "<div>\n\nа\n\n</div>",
        "<script>x</script>",
        "<!-- а --> <i>",
        "<!-- а -->\n<hr>",
        "<?php ?>",
    ],
)
def test_raw_html_is_refused(text: str) -> None:
    assert mistakes(text)
    assert not re.search(r"<(b|br|div|script|i|hr|\?php)\b", render(text, AROUND)[0].html)


def test_html_of_the_look_of_a_task_list_is_refused() -> None:
    for tag in ('<input class="task-list-item-checkbox" onclick="x">', '<label for="x">'):
        for text in (f"а {tag}", f"- [ ] а {tag}", f"- {tag}", tag):
            assert len(mistakes(text)) == 1
            assert tag not in render(text, AROUND)[0].html


@pytest.mark.parametrize(
    "link",
    [
        *("javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,a", "vbscript:a", "file:///etc/passwd"),
        *("ftp://example.org", "//example.org/", "java&#115;cript:alert(1)", "webcal://example.org/a.ics"),
    ],
)
@pytest.mark.parametrize("form", ["[а]({})", "[а][b]\n\n[b]: {}", "<{}>"])
def test_a_link_of_another_scheme_is_refused(form: str, link: str) -> None:
    if form == "<{}>" and not re.match("[a-z]+:", link, re.IGNORECASE):
        assert "href" not in html(form.format(link))
        return
    (mistake,) = mistakes(form.format(link))
    assert mistake.message.startswith("ссылки бывают на http(s), mailto и tel")


@pytest.mark.parametrize(
    "link", ["http://example.org/", "https://example.org/?a=b&c=d", "mailto:a@example.org", "tel:+73414123456"]
)
def test_links_of_the_four_schemes_are_kept(link: str) -> None:
    assert f'href="{link.replace("&", "&amp;")}"' in html(f"[а]({link})")


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("../../grants/dvor.yml", "/grants/dvor/"),
        ("../../grants/dvor.yml#srok", "/grants/dvor/#srok"),
        ("./../pages/o-nas.md", "/o-nas/"),
        ("../centre/bereg.md", "/centre/"),
        ("/grants/", "/grants/"),
        ("/", "/"),
    ],
)
def test_a_link_to_a_record_s_file_leads_to_its_page(link: str, address: str) -> None:
    assert f'href="{address}"' in html(f"[а]({link})")


def test_links_to_records_are_known_with_their_lines() -> None:
    text = "раз [а](../../grants/dvor.yml)\nдва [б](../pages/o-nas.md)\n\n[в](../../grants/dvor.yml)"
    body, _ = render(text, AROUND)
    assert [path for _, path in body.links] == ["grants/dvor.yml", "content/pages/o-nas.md", "grants/dvor.yml"]
    assert [line_of_link(text, number) for number, _ in body.links] == [0, 1, 3]


def test_links_that_lead_elsewhere_do_not_move_the_lines_of_others() -> None:
    text = "https://a.example\n![x [y](z)](../assets/bench.png) <https://b.example>\n\n[а](../../grants/dvor.yml)"
    ((number, _),) = render(text, AROUND)[0].links
    assert line_of_link(text, number) == 3


@pytest.mark.parametrize(
    "link", ["o-nas.md", "../../grants/Dvor.yml", "../../../secret", "/grants/no/", "../assets/no.png", ".."]
)
def test_a_link_that_leads_nowhere_is_refused(link: str) -> None:
    assert len(mistakes(f"[а]({link})")) == 1


def test_files_and_pictures_are_found_whether_or_not_their_names_are_encoded() -> None:
    body, found = render("![Скамья](../assets/bench.png) [устав](<../assets/Устав НКО.pdf>)", AROUND)
    assert found == ()
    assert body.assets == ("content/assets/bench.png", "content/assets/Устав НКО.pdf")
    assert '<img src="/assets/bench.png" alt="Скамья" loading="lazy" />' in body.html


def test_a_picture_is_told_with_the_line_it_stands_on() -> None:
    assert [
        mistake.line for mistake in mistakes("раз\nдва ![](../assets/bench.png)\nтри ![ ](../assets/bench.png)")
    ] == [1, 2]


def test_headings_of_the_second_and_third_level_are_the_contents() -> None:
    body, found = render("## Что *взять*?\n\n### Что взять\n\n#### Мелочь\n\n## 1\n\n## №\n", AROUND)
    assert found == ()
    assert body.headings == (
        Heading(2, "chto-vzyat", "Что взять?"),
        Heading(3, "chto-vzyat-2", "Что взять"),
        Heading(2, "1", "1"),
        Heading(2, "razdel", "№"),
    )
    assert all(f'id="{heading.anchor}"' in body.html for heading in body.headings)


def test_a_link_leads_to_a_heading_above_or_below_and_to_no_other() -> None:
    assert 'href="#nizhe"' in html("[а](#nizhe)\n\n## Ниже\n")
    assert [mistake.line for mistake in mistakes("## Ниже\n\nраз\n[а](#vyshe)")] == [3]


@pytest.mark.parametrize(
    ("title", "anchor"),
    [("Щука, ёж & Co", "shchuka-ezh-co"), ("Объём", "obem"), ("  «Да»  ", "da"), ("№ 5", "5"), ("???", "razdel")],
)
def test_an_anchor_is_the_heading_in_latin_letters(title: str, anchor: str) -> None:
    assert anchor_of(title) == anchor


def test_mistakes_are_on_their_lines_in_lists_quotes_and_tables() -> None:
    text = "- раз\n- [а](x.md)\n\n> два\n> [б](y.md)\n\n| т |\n|---|\n| [в](z.md) |\n"
    assert [mistake.line for mistake in mistakes(text)] == [1, 4, 8]


def test_nesting_that_nobody_could_read_is_told_once() -> None:
    for text in ("раз\n" + "> " * 500 + "а", "раз " + "*" * 500 + "а" + "*" * 500):
        assert [mistake.message for mistake in mistakes(text)] == ["слишком много уровней вложенности"]


def test_a_deep_or_long_text_is_no_trouble() -> None:
    assert html("> " * 50 + "а")
    assert html("[" * 5_000)
    assert html("*" * 5_000 + "а")

"""One Markdown dialect: what it prints, what it links to, what it refuses."""

from __future__ import annotations

import re

import pytest

from generator.markdown import Body, Heading, Mistake, Surroundings, anchor_of, render

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


def test_text_is_escaped() -> None:
    assert html('1 < 2 & "три" `<b>`') == "<p>1 &lt; 2 &amp; &quot;три&quot; <code>&lt;b&gt;</code></p>"
    assert html("```\n<script>\n```") == "<pre><code>&lt;script&gt;\n</code></pre>"


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
    assert body.links == ((0, "grants/dvor.yml"), (1, "content/pages/o-nas.md"), (3, "grants/dvor.yml"))


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


def test_a_deep_or_long_text_is_no_trouble() -> None:
    assert html("> " * 500 + "а")
    assert html("[" * 5_000)
    assert html("*" * 5_000 + "а")

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest

from generator.catalog import Catalog
from generator.fields.base import Part
from generator.pages import make, pages, variables
from generator.templating import Templating
from generator.typography import NBSP, typeset, typeset_html

ROOT = Path(__file__).parents[1]
PLAIN = [
    # Short words hold to the next; ~ is a space that does not break.
    ("Идём в дом и на работу", "Идём в~дом и~на~работу"),
    ("В доме", "В~доме"),
    ("Не до него", "Не~до~него"),
    ("(в доме) и «в саду»", "(в~доме) и~«в~саду»"),
    ("для НКО, без НКО, при НКО", "для~НКО, без~НКО, при~НКО"),
    ("из-за дома, кто-то ещё", "из-за дома, кто-то ещё"),
    ("сахар, сова, ворона", "сахар, сова, ворона"),
    ("да, и но, и или", "да, и~но, и~или"),
    # Particles hold to the word before.
    ("он же знал ли, пришёл бы", "он~же знал~ли, пришёл~бы"),
    ("сказал б, да ж", "сказал~б, да~ж"),
    ("то желание, бывший лист", "то желание, бывший лист"),
    # A number and what it counts.
    ("5 дней и 21 день", "5~дней и~21~день"),
    ("5 НКО из 7 ТОС", "5~НКО из~7~ТОС"),
    ("15 октября 2026 года", "15~октября 2026~года"),
    ("2026 г. Город решил", "2026~г. Город решил"),
    ("в 2025 и 2026 гг.", "в~2025 и~2026~гг."),
    ("10 % и 5 ₽", "10~% и~5~₽"),
    ("3 кг, 5 м, 2 ч, 7 км", "3~кг, 5~м, 2~ч, 7~км"),
    ("10 млн рублей, 5 тыс. руб.", "10~млн~рублей, 5~тыс.~руб."),
    ("500 000 ₽ и 1 000 000 рублей", "500~000~₽ и~1~000~000~рублей"),
    ("XXI век и XIX в.", "XXI~век и~XIX~в."),
    ("в 2026 или в 2027", "в~2026 или в~2027"),
    # Signs and words cut short.
    ("№ 5, § 15", "№~5, §~15"),
    ("ст. 15, п. 2, ч. 1, гл. 3", "ст.~15, п.~2, ч.~1, гл.~3"),
    ("г. Глазов, ул. Кирова, д. 5, кв. 7", "г.~Глазов, ул.~Кирова, д.~5, кв.~7"),
    ("пер. Малый, корп. 2, каб. 12, тел. 2-34-56", "пер.~Малый, корп.~2, каб.~12, тел.~2-34-56"),
    ("библиотека им. В. Г. Короленко", "библиотека им.~В.~Г.~Короленко"),
    ("В.Г. Короленко", "В.Г.~Короленко"),
    ("читали Короленко В. Г. вслух", "читали Короленко~В.~Г. вслух"),
    ("и т. д. Следующее", "и~т.~д. Следующее"),
    ("и т. п., т. е. так, в т. ч. дети", "и~т.~п., т.~е. так, в~т.~ч.~дети"),
    ("клубы, кружки и др.", "клубы, кружки и~др."),
    ("в III в. до н. э.", "в~III~в. до~н.~э."),
    # Dashes.
    ("Двор - это мы", "Двор~— это мы"),
    ("Двор – это мы", "Двор~— это мы"),
    ("Двор -- это мы", "Двор~— это мы"),
    ("Двор — это мы", "Двор~— это мы"),
    ("«Кто?» - спросили", "«Кто?»~— спросили"),
    ("по-русски, чёрно-белый", "по-русски, чёрно-белый"),
    ("- первое\n- второе", "- первое\n- второе"),
    ("минус -5", "минус -5"),
    # Ranges, where they are surely ranges.
    ("5-10 дней", "5–10~дней"),
    ("молодёжь 14-35 лет", "молодёжь 14–35~лет"),
    ("2025-2026 годы", "2025–2026~годы"),
    ("(2019-2024)", "(2019–2024)"),
    ("10-15%", "10–15%"),
    ("10:00-19:00", "10:00–19:00"),
    ("01.02-15.03", "01.02–15.03"),
    ("XIX-XX века", "XIX–XX~века"),
    ("5 - 10 дней", "5~– 10~дней"),
    # What only looks like one.
    ("2026-10-15", "2026-10-15"),
    ("2026-10", "2026-10"),
    ("8-800-555-35-35", "8-800-555-35-35"),
    ("8 800 555 35 35", "8 800 555 35 35"),
    ("+7 912 345 67 89", "+7 912 345 67 89"),
    ("тел. 5-55 звоните", "тел.~5-55~звоните"),
    ("д. 12-15 этаж", "д.~12-15~этаж"),
    ("№ 10-15 приказа", "№~10-15~приказа"),
    ("273-ФЗ и 7-ФЗ", "273-ФЗ и~7-ФЗ"),
    ("ИНН 1829012345, ОГРН 1021800000000", "ИНН 1829012345, ОГРН 1021800000000"),
    # Addresses.
    ("на example.org/a-b", "на~example.org/a-b"),
    ("https://example.org/5-10/x...y?a=5-10", "https://example.org/5-10/x...y?a=5-10"),
    ("a-b@example.org", "a-b@example.org"),
    # Dots.
    ("Ну...", "Ну…"),
    ("Да?.. Нет!..", "Да?.. Нет!.."),
    ("слово....", "слово...."),
    # Quotation marks.
    ('"Слово"', "«Слово»"),
    ("“Слово” и „дело“", "«Слово» и~«дело»"),
    ("«АНО «Радость»»", "«АНО „Радость“»"),
    ('АНО "Центр "Радость""', "АНО «Центр „Радость“»"),
    ('«АНО "Радость"», "Свет"', "«АНО „Радость“», «Свет»"),
    ("«АНО „Радость“»", "«АНО „Радость“»"),
    ("«АНО «Радость»", "«АНО «Радость»"),
    ('экран 5" и "окно"', 'экран 5" и~«окно»'),
    ('"не закрыта', '"не~закрыта'),
    ('сказал:"Да"', "сказал:«Да»"),
    ('"Одна\nдругая"', '"Одна\nдругая"'),
    ("O'Neil и д'Артаньян", "O'Neil и~д'Артаньян"),
    ("", ""),
    (" в ", " в~"),
    ("a < b и b > c", "a < b и~b > c"),
]
HTML = [
    ("<p>в <b>доме</b> и <b>в</b> саду</p>", "<p>в~<b>доме</b> и~<b>в</b>~саду</p>"),
    ("<p>в\nдоме\n- так</p>", "<p>в~доме~— так</p>"),
    ("<b>5</b> дней, 5 <em>дней</em>", "<b>5</b>~дней, 5~<em>дней</em>"),
    ("<em><b>из</b></em> дома", "<em><b>из</b></em>~дома"),
    ("<b>Слово</b> - дело", "<b>Слово</b>~— дело"),
    ("<p>&quot;<b>Слово</b>&quot; и &#34;дело&#34;</p>", "<p>«<b>Слово</b>» и~«дело»</p>"),
    ('<p>"<a href="/a b/?в дом">Слово</a>"</p>', '<p>«<a href="/a b/?в дом">Слово</a>»</p>'),
    ("<p>«<b>АНО</b> «Радость»»</p>", "<p>«<b>АНО</b> „Радость“»</p>"),
    ("<p>Строка<br>&quot;цитата&quot;</p>", "<p>Строка<br>«цитата»</p>"),
    ("<p>&quot;не закрыта</p><p>другая&quot;</p>", "<p>&quot;не~закрыта</p><p>другая&quot;</p>"),
    (
        "<p>&quot;<code>a - b</code>&quot; в <code>в доме</code></p>",
        "<p>«<code>a - b</code>» в~<code>в доме</code></p>",
    ),
    ('<pre>в доме - "а"...</pre> в доме', '<pre>в доме - "а"...</pre> в~доме'),
    ('<script>var a = "в доме";</script>в доме', '<script>var a = "в доме";</script>в~доме'),
    ("<style>a::after { content: 'в доме' }</style>", "<style>a::after { content: 'в доме' }</style>"),
    ("<svg><text>в доме</text></svg> и в доме", "<svg><text>в доме</text></svg> и~в~доме"),
    ("<textarea>в доме</textarea>", "<textarea>в доме</textarea>"),
    ("<!-- в доме --><p>в доме</p>", "<!-- в доме --><p>в~доме</p>"),
    (
        '<img alt="в доме - &quot;окно&quot; 5-10 лет..." src="a-1.png">',
        '<img alt="в доме - &quot;окно&quot; 5-10 лет..." src="a-1.png">',
    ),
    ('<button aria-label="и в доме">и в доме</button>', '<button aria-label="и в доме">и~в~доме</button>'),
    ('<time datetime="2026-10-15">15 октября</time>', '<time datetime="2026-10-15">15~октября</time>'),
    ("<b>5-10</b> дней", "<b>5–10</b>~дней"),
    ("<p>&lt;в доме&gt; &amp; в саду&nbsp;есть</p>", "<p>&lt;в~доме&gt; &amp; в~саду&nbsp;есть</p>"),
    ("<td>5</td>\n<td>дней</td>", "<td>5</td>\n<td>дней</td>"),
    ("<ul>\n<li> - раз</li>\n</ul>", "<ul>\n<li> - раз</li>\n</ul>"),
    ('<a href="https://example.org/a-b">example.org/a-b</a>', '<a href="https://example.org/a-b">example.org/a-b</a>'),
    ('<i style="margin: 0 100px; width: 5 %">а</i>', '<i style="margin: 0 100px; width: 5 %">а</i>'),
]


class Reading(HTMLParser):
    """A page as two lists: what is markup, and what is text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.markup: list[object] = []
        self.texts: list[str] = []
        self._left_alone = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.markup.append((tag, attrs))
        self._left_alone += tag in ("script", "style", "svg", "pre", "code")

    def handle_endtag(self, tag: str) -> None:
        self.markup.append(f"/{tag}")
        self._left_alone -= tag in ("script", "style", "svg", "pre", "code")

    def handle_data(self, data: str) -> None:
        if self._left_alone:
            self.markup.append(data)
        else:
            self.texts.append(data)


def said(text: str) -> str:
    """Return what a text says, without what typography may change."""
    return re.sub(r"[\s\"«»„“”–—-]", "", text.replace("…", "..."))


@pytest.mark.parametrize(("before", "after"), PLAIN)
def test_a_text_is_set_as_russian_is_printed(before: str, after: str) -> None:
    assert typeset(before).replace(NBSP, "~") == after
    assert typeset(typeset(before)) == typeset(before)


@pytest.mark.parametrize(("before", "after"), HTML)
def test_only_the_text_of_html_is_set(before: str, after: str) -> None:
    assert typeset_html(before).replace(NBSP, "~") == after
    assert typeset_html(typeset_html(before)) == typeset_html(before)


def texts_of(part: object) -> list[str]:
    if isinstance(part, str):
        return [part]
    if isinstance(part, Part):
        return [text for name in type(part).model_fields for text in texts_of(getattr(part, name))]
    return [text for each in part for text in texts_of(each)] if isinstance(part, tuple) else []


def test_every_text_of_the_records_is_set_once_and_for_all(catalog: Catalog) -> None:
    for record in catalog.records:
        for text in texts_of(record):
            assert said(typeset(text)) == said(text)
            assert typeset(typeset(text)) == typeset(text)
        html = typeset_html(record.body.html)
        assert typeset_html(html) == html


def test_every_file_of_this_site_is_set_once_and_for_all() -> None:
    files = [path for folder in ("content", "ngos", "grants") for path in (ROOT / folder).rglob("*.[my][dm]*")]
    assert len(files) > 50
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert said(typeset(text)) == said(text), path
        assert typeset(typeset(text)) == typeset(text), path


@pytest.mark.no_cover  # the cases above go through the same code
def test_whatever_stands_side_by_side_is_set_once_and_for_all() -> None:
    chance = Random(1)
    pieces = [
        *'"«»„“”- –—.…5',
        "...",
        " ",
        "\n",
        NBSP,
        "в",
        "же",
        "дом",
        "ст.",
        "№",
        "А.",
        "2026",
        "10:00",
        "%",
        "т.",
        "д.",
    ]
    tags = ["<b>", "</b>", "<p>", "</p>", "<br>", "&quot;", "&amp;", "<code>в - в</code>", '<a title="в доме - 5">']
    for _ in range(8000):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 14)))
        once = typeset(text)
        assert typeset(once) == once, text
        assert said(once) == said(text), text
        html = "".join(chance.choices(pieces + tags, k=chance.randint(1, 14)))
        once = typeset_html(html)
        assert typeset_html(once) == once, html
        assert Reading(once).markup == Reading(html).markup, html


def test_no_page_loses_a_word_or_a_tag(catalog: Catalog, templating: Templating) -> None:
    for page in pages(catalog, templating):
        template = templating.environment.get_template(f"site/{page.template}")
        raw = str(template.make_module(variables(page, catalog, templating)))
        before, after = Reading(raw), Reading(typeset_html(raw))
        assert after.markup == before.markup, page.address
        assert said("".join(after.texts)) == said("".join(before.texts)), page.address
        body = make(page, catalog, templating).body
        assert typeset_html(body) == body, page.address


def test_no_short_word_ends_a_line_of_the_whole_site(example_site: Path) -> None:
    loose = re.compile(r"(?<![\w-])(?:[вксоиаяВКСОИАЯ]|на|по|не|до|из|от|для) (?=[\w«])")
    for path in sorted(example_site.rglob("*.html")):
        reading = Reading(path.read_text(encoding="utf-8"))
        assert [text for text in reading.texts if loose.search(text)] == [], path
    for name in ("feed.xml", "atom.xml", "feeds/grants.xml"):
        texts = re.findall(r"<(?:title|description)>([^<]*)<", (example_site / name).read_text(encoding="utf-8"))
        assert [text for text in texts if loose.search(text)] == [], name


def test_open_data_keeps_the_spaces_of_its_records(example_site: Path) -> None:
    for name in ("data/grants.json", "data/grants.csv", "data/ngos.csv"):
        records = (example_site / name).read_text(encoding="utf-8")
        assert not re.search(rf"(?<!\w)(?:в|и|на|с|для){NBSP}", records), name

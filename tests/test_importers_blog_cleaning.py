from __future__ import annotations

import random

import pytest

from generator.importers.cleaning import clean
from generator.importers.embeds import video_of
from generator.importers.markdown_writer import said, write_markdown
from generator.importers.prose import Embed, Listing, Note, Paragraph, Quote, Run, lines_of, parted, tidy

CASES = {
    "<b>жирный </b>текст": "**жирный** текст",
    "<b>Срок:</b>слово": "**Срок**:слово",
    "<b>а <i>б</i></b><i> в</i>": "**а *б*** *в*",
    '<b style="font-weight:normal">как <span style="font:bold 12px Arial">есть</span></b>': "как **есть**",
    '<i style="font-style:normal">прямо</i> <span style="text-decoration:line-through">нет</span>': "прямо ~~нет~~",
    "<code>a|b`c</code>": "``a|b`c``",
    "<table><tr><th>а</th><th>б</th></tr><tr><td><code>x|y</code></td></tr></table>": (
        "| а | б |\n| --- | --- |\n| `x\\|y` |   |"
    ),
    "<table><caption>Имя</caption><tbody><tr><td><p>один</p><p>два</p></td></tr></tbody></table>": (
        "Имя\n\nодин\n\nдва"
    ),
    "<table><tr><td>а</td><td>б</td></tr><tr><td><ul><li>в</li></ul></td><td>г</td></tr></table>": "- а — б\n- в\n\nг",
    "<ol start=3><li>три</li></ol><ol start=4><li>четыре</li></ol>": "3. три\n4. четыре",
    "<ul><li>а</li></ul><ol><li>б</li></ol>": "- а\n\n1) б",
    "<ul><li><p>а</p><p>б</p></li><li>в</li></ul>": "- а\n\n  б\n\n- в",
    "<li>потерян</li>": "- потерян",
    "<h2>Один</h2><h4>Два<br>строки</h4><h1></h1>": "## Один\n\n#### Два строки",
    "<h4>Только</h4>": "## Только",
    "<p>сказал <q>да</q></p>": "сказал «да»",
    "<p>x<sup>2</sup>, H<sub>2</sub>O, слово<sup>прим</sup></p>": "x², H₂O, словоприм",
    "<pre>```\nкод\n```</pre>": "````\n```\nкод\n```\n````",
    '<img class="emoji" alt="🙂" src="https://s.w.org/emoji/1.png"> да': "🙂 да",
    "&amp;copy; 5 &lt; 6 &#35; a&shy;b\u200b": "\\&copy; 5 \\< 6 # ab",
    "- одна": "\\- одна",
    "- одна<br>- две": "- одна\n- две",
    "привет!<a href='https://example.org/a(b)'>там</a>": "привет\\![там](<https://example.org/a(b)>)",
    "пишите на www.example.org.": "пишите на [www.example.org](http://www.example.org).",
    "<object data='x'><p>нет проигрывателя</p></object>": "нет проигрывателя",
}


@pytest.mark.parametrize(("html", "expected"), CASES.items())
def test_html_becomes_clean_markdown(html: str, expected: str) -> None:
    found = clean(html)
    written = write_markdown([block for block in found.noted.blocks if not isinstance(block, Embed)], [])
    assert (written, found.is_whole) == (expected, True)


@pytest.mark.parametrize(
    ("html", "note"),
    [
        ('<img src="x.gif" width="1">', Note("tiny", "x.gif")),
        ("<iframe></iframe>", Note("empty_frame")),
        ("<select><option>а</option></select>", Note("form", "а")),
        ('<audio src="https://example.org/a.mp3"></audio>', Note("frame", "https://example.org/a.mp3")),
        ('<table><tr><td rowspan="2">а</td><td>б</td></tr><tr><td>в</td></tr></table>', Note("merged")),
    ],
)
def test_what_has_no_place_in_markdown_is_noted(html: str, note: Note) -> None:
    assert note in clean(html).noted.notes


@pytest.mark.parametrize(
    ("player", "page"),
    [
        ("https://youtu.be/abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("https://www.youtube-nocookie.com/embed/abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("https://www.youtube.com/embed/videoseries?list=x", ""),
        ("https://rutube.ru/play/embed/1a2b", "https://rutube.ru/video/1a2b/"),
        ("https://vk.com/video-1_2", "https://vk.com/video-1_2"),
        ("https://example.org/video", ""),
        ("http://[", ""),
    ],
)
def test_the_page_of_a_video_is_found_by_its_player(player: str, page: str) -> None:
    assert video_of(player) == page


@pytest.mark.no_cover  # three hundred times the same lines of code
def test_no_words_are_lost_or_gained_whatever_the_signs() -> None:
    dice = random.Random(5)
    signs = "аб1 *_[]()<>`~#-+=|!&;:\\.«»\n  хT"
    marks = ["bold", "italic", "strike", "code"]
    for _ in range(300):
        runs = [
            Run(
                "".join(dice.choices(signs, k=dice.randint(1, 6))),
                frozenset(dice.sample(marks, dice.choice([0, 0, 1, 1, 2]))),
                dice.choice(["", "", "http://example.org/c_d(e)"]),
            )
            for _ in range(dice.randint(1, 6))
        ]
        for part in parted(tidy(runs), r"\n\n+"):
            for block in (Paragraph(part), Listing(((Paragraph(part),),)), Quote((Paragraph(part),))):
                meant = "".join("".join(lines_of([block])).split())
                assert "".join(said(write_markdown([block], [])).split()) == meant

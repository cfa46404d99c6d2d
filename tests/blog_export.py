"""Exports of made-up blogs, a hundred posts each, with the dirt of every editor, and the words a reader saw in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

SAMARA = timezone(timedelta(hours=4))
HOST = "http://bereg-plus.blogspot.com"
PICTURE = f"{HOST.replace('bereg-plus', '1.bp')}/-abc/Xyz/AAAA/s1600"


class Piece(NamedTuple):
    """A piece of a post: its HTML, and the paragraphs that a reader saw."""

    html: str
    seen: tuple[str, ...]


PIECES = (
    Piece(
        '<div dir="ltr" style="text-align: left;" trbidi="on">Библиотека объявляет набор № {n} &#171;соседских&#187; '
        "дел.<br /><br />Приходите&nbsp;&nbsp; &nbsp;в субботу,<br />в 12:00!</div>",
        ("Библиотека объявляет набор № {n} «соседских» дел.", "Приходите в субботу, в 12:00!"),
    ),
    Piece(
        '<div class="MsoNormal" style="margin: 0cm 0cm 0pt; text-align: justify;"><b style="mso-bidi-font-weight: '
        'normal;"><span style="font-family: &quot;Times New Roman&quot;; font-size: 14pt;">Срок подачи:</span></b>'
        '<span style="font-size: 14.0pt;">до <i>15 марта</i> {n}<o:p></o:p></span></div>'
        '<div class="MsoNormal"><o:p>&nbsp;</o:p></div><!--[if gte mso 9]><xml><w:V>x</w:V></xml><![endif]-->',
        ("Срок подачи: до 15 марта {n}",),
    ),
    Piece(
        '<p class="MsoListParagraphCxSpFirst" style="mso-list: l0 level1 lfo1;"><!--[if !supportLists]--><span '
        'style="font-family: Symbol;">·<span style="font: 7.0pt &quot;Arial&quot;;">&nbsp;&nbsp;&nbsp; </span>'
        "</span><!--[endif]-->устав НКО {n};</p>"
        '<p class="MsoListParagraphCxSpLast" style="mso-list: l0 level1 lfo1;"><span style="font-family: Symbol;">·'
        '<span style="font: 7.0pt;">&nbsp;&nbsp; </span></span>смета проекта.</p>',
        ("устав НКО {n};", "смета проекта."),
    ),
    Piece("<div>·\tпервое дело<br />·\tвторое дело {n}</div>", ("первое дело", "второе дело {n}")),
    Piece(
        '<table border="1"><tbody><tr><td><p class="MsoNormal"><b>Фонд</b></p></td><td><p>Сумма | ₽</p></td></tr>'
        "<tr><td>Соседи</td><td>100&nbsp;000</td></tr></tbody></table>",
        ("Фонд", "Сумма | ₽", "Соседи", "100 000"),
    ),
    Piece(
        '<table><tr><td colspan="2">Итоги {n}</td></tr><tr><td>заявок</td><td>12</td></tr></table>',
        ("Итоги {n}", "заявок — 12"),
    ),
    Piece(
        "<h1>Глава *первая* {n}</h1><div>Текст_с_чертами, 5 * 3 = 15, [скобки], &lt;тег&gt;, ~~волна~~ и `код`.</div>"
        "<h3>Часть # 2</h3><div># не заголовок</div><div>1. не список</div><div>- и это не он</div><div>+ и это</div>",
        (
            *("Глава *первая* {n}", "Текст_с_чертами, 5 * 3 = 15, [скобки], <тег>, ~~волна~~ и `код`."),
            *("Часть # 2", "# не заголовок", "1. не список", "- и это не он", "+ и это"),
        ),
    ),
    Piece(
        '<blockquote class="tr_bq">Так и было 😀👩‍👧.<blockquote>А это — внутри.</blockquote></blockquote>'
        "<pre>a  = {n}\n"
        "  b</pre><a name='more'></a><hr />",
        ("Так и было 😀👩‍👧.", "А это — внутри.", "a  = {n}\n  b"),
    ),
    Piece(
        "<ol><li>раз</li><li>два<ul><li>два с половиной</li></ul></li><ul><li>криво вложено {n}</li></ul></ol>"
        '<span style="font-weight: bold;">Жирный <span style="font-style: italic;">и косой</span></span>, '
        "<b>«кавычки»</b>впритык, сл<b>ов</b>о, <s>нет</s>, 10 м<sup>2</sup>.",
        (
            *("раз", "два", "два с половиной", "криво вложено {n}"),
            "Жирный и косой, «кавычки»впритык, слово, нет, 10 м2.",
        ),
    ),
    Piece(
        '<p>Подробно: https://example.org/a_b_c?x=1&amp;y=_{n}_, <a href="https://www.google.com/url?q=https://'
        'example.org/ok&amp;sa=D">там</a>, <a href="javascript:alert(1)">тут</a>.</p><script>bad()</script>'
        '<style>p {{ color: red }}</style><div style="display:none">невидимое</div>',
        ("Подробно: https://example.org/a_b_c?x=1&y=_{n}_, там, тут.",),
    ),
    Piece(
        "<div><div><div><span><div>Вложенный {n}</div>хвост</span></div></div><p></p><br /></div>",
        ("Вложенный {n}", "хвост"),
    ),
)
"""What editors leave: Blogger's, Word's, those of people who draw lists with signs."""


def pieces_of(number: int) -> tuple[Piece, ...]:
    """Return the pieces of a post, other ones for each number."""
    chosen = (
        PIECES[number % len(PIECES)],
        PIECES[(number * 3 + 1) % len(PIECES)],
        PIECES[(number * 5 + 4) % len(PIECES)],
    )
    return tuple(
        Piece(
            piece.html.replace("{{", "{").replace("}}", "}").replace("{n}", str(number)),
            tuple(seen.replace("{n}", str(number)) for seen in piece.seen),
        )
        for piece in dict.fromkeys(chosen)
    )


def html_of(number: int) -> str:
    return "".join(piece.html for piece in pieces_of(number))


def seen_in(number: int) -> list[str]:
    return [seen for piece in pieces_of(number) for seen in piece.seen]


def moment_of(number: int) -> datetime:
    return datetime(2019, 1, 10, 22, 30, tzinfo=SAMARA) + timedelta(days=number * 3)


def title_of(number: int) -> str:
    return "Итоги конкурса" if number in (7, 8) else f"Запись: дело «№ {number}» & другие"


def path_of(number: int) -> str:
    return f"/{moment_of(number):%Y/%m}/post-{number}.html"


LABELS = (("гранты", "Конкурс: НКО"), ("Методика",), ("Разное",), (), ("библиотека", "гранты"))

KIND = "http://schemas.google.com/blogger/2008/kind#"


def blogger(posts: int = 100, extra: str = "") -> str:
    """Return a file of Blogger's own export."""
    entries = [entry(number, html_of(number)) for number in range(posts)]
    others = "".join(
        f"<entry><id>tag:blogger.com,1999:blog-1.{kind}-9</id><category scheme='http://schemas.google.com/g/2005#kind' "
        f"term='{KIND}{kind}'/><title type='text'>О блоге</title><content type='html'>x</content></entry>"
        for kind in ("template", "settings", "page", "comment")
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href='x.css' type='text/css'?>"
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'>"
        "<id>tag:blogger.com,1999:blog-1.archive</id><title type='text'>Берег плюс</title>"
        f"<link rel='alternate' type='text/html' href='{HOST}/'/>{others}{''.join(entries)}{extra}</feed>"
    )


def entry(
    number: int, html: str, *, title: str | None = None, is_draft: bool = False, labels: tuple[str, ...] | None = None
) -> str:
    """Return one post of Blogger's own export."""
    moment = moment_of(number)
    named = labels if labels is not None else LABELS[number % len(LABELS)]
    terms = "".join(f"<category scheme='http://www.blogger.com/atom/ns#' term={quoteattr(label)}/>" for label in named)
    draft = "<app:control xmlns:app='http://purl.org/atom/app#'><app:draft>yes</app:draft></app:control>"
    link = f"<link rel='alternate' type='text/html' href='{HOST}{path_of(number)}'/>"
    return (
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><published>{moment.isoformat('T', 'milliseconds')}"
        f"</published><category scheme='http://schemas.google.com/g/2005#kind' term='{KIND}post'/>{terms}"
        f"<title type='text'>{escape(title_of(number) if title is None else title)}</title>"
        f"<content type='html'>{escape(html)}</content>{draft if is_draft else link}</entry>"
    )


def takeout(posts: int = 3) -> str:
    """Return `feed.atom` of Takeout."""
    states = ("LIVE", "DRAFT", "SOFT_TRASHED")
    entries = "".join(
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><blogger:type>POST</blogger:type><blogger:status>"
        f"{states[number % 3]}</blogger:status><title>{escape(title_of(number))}</title><content type='html'>"
        f"{escape(html_of(number))}</content><blogger:created>2019-01-01T00:00:00Z</blogger:created>"
        f"<published>{moment_of(number).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</published>"
        f"<category scheme='tag:blogger.com,1999:blog-1' term='гранты'/><blogger:filename>{path_of(number)}"
        "</blogger:filename></entry>"
        for number in range(posts)
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:blogger='http://schemas.google.com/blogger/2018'><title>Берег плюс</title>"
        f"{entries}</feed>"
    )


WP = "http://wordpress.org/export/1.2/"


def wordpress(*items: str) -> str:
    """Return a WXR file."""
    return (
        '<?xml version="1.0" encoding="UTF-8" ?><rss version="2.0" '
        'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="{WP}"><channel>'
        "<title>Берег на WordPress</title><link>https://old.example.org</link>"
        f"<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example.org</wp:base_blog_url>"
        f"{''.join(items)}</channel></rss>"
    )


def wp_item(
    number: int, content: str, *, status: str = "publish", kind: str = "post", more: str = "", title: str | None = None
) -> str:
    """Return one item of a WXR file."""
    moment = moment_of(number)
    utc = "0000-00-00 00:00:00" if status == "draft" else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    return (
        f"<item><title>{escape(title_of(number) if title is None else title)}</title>"
        f"<link>https://old.example.org/{moment:%Y/%m}/delo-{number}/</link><pubDate></pubDate>"
        f'<guid isPermaLink="false">https://old.example.org/?p={number}</guid>'
        f"<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>{moment:%Y-%m-%d %H:%M:%S}</wp:post_date>"
        f"<wp:post_date_gmt>{utc}</wp:post_date_gmt><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>"
        f'<category domain="category" nicename="grants"><![CDATA[Гранты]]></category>{more}</item>'
    )

"""Russian typography: words that hold together, dashes, «quotes» with „quotes“ inside; twice is the same as once.

The rules run over HTML as it stands and ask of each place they would change whether it is text: to take a page
apart into tags and texts costs more than all the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

NBSP = "\u00a0"
# Unicode 23.7: no text has these signs; they are free for a program's own use.
HIDDEN, HIDDEN_WORD = "<\ufdd0>", "<\ufdd1>"
"""Tags that stand in a text for what is not to be touched: a picture or a script, and code, which is a word."""

_INLINE = "a|abbr|b|cite|em|i|mark|s|small|span|strong|sub|sup|time|u"
_BLOCK = re.compile(
    r"(</?(?:address|article|aside|blockquote|body|button|caption|dd|details|div|dl|dt|figcaption|figure|footer|form"
    r"|h[1-6]|head|header|hr|html|label|li|link|main|meta|nav|ol|option|p|section|select|summary|table|tbody|td|tfoot"
    r"|th|thead|title|tr|ul)\b[^>]*>)"
)
_LEFT_ALONE = re.compile(
    "(<(?:!--(?s:.*?)--"
    + "".join(
        rf"|{name}\b(?s:.*?)</{name}\s*"
        for name in ("code", "kbd", "math", "pre", "samp", "script", "style", "svg", "textarea")
    )
    + ")>)"
)
_PLACES = re.compile(f"{HIDDEN}|{HIDDEN_WORD}")
_WORDS_OF_MACHINES = ("<code", "<kbd", "<samp")

_SHORT = (
    "[АаВвИиКкОоСсУуЯя]",
    "(?:[Вв]о|[Дд][ао]|[Зз]а|[Ии]з|[Кк]о|[Нн][аеио]|[Оо][бт]|[Пп]о|[Сс]о)",
    "(?:[Бб]ез|[Дд]ля|[Ии]зо|[Нн]ад|[Оо]бо|[Пп]од|[Пп]ри|[Пп]ро)",
)
"""Prepositions, conjunctions and particles, by length: a line does not end with one."""
_HELD = re.compile(" (?=—)|" + "|".join(rf"(?<=[^\w-]{words}) " for words in _SHORT))
_CUT = (
    "[гдмпстч]",
    "(?:[Гг]л|[Ии]м|[Кк]в|[Оо]ф|[Пп][глпр]|[Сс][мт]|[Уу]л)",
    "(?:[Дд]ер|[Кк]аб|[Пп]ер|[Пп]ос|[Рр]ис|[Сс]тр|[Тт]ел)",
    "(?:[Кк]орп|[Пп]роф|[Тт]абл)",
)
"""Words cut short before a name or a number, by length: «ул. Кирова», «ст. 15»."""
_COUNTED = (
    r"(?:(?!(?:без|где|для|или|как|что|при|про|над|под|это|она|они|оно|все)\b)[а-яё]{3}"
    r"|[А-ЯЁ]{2}|[₽%‰°]|(?:гг?|вв?|га|кг|км|мм?|см|мл|кв|шт|[рлтчэ])\b)"
)
"""The beginning of what a number counts: «дней», «НКО», «₽», «г.»."""
_COUNTED_HERE = re.compile(rf"(?:<(?:{_INLINE})\b[^>]*>)?{_COUNTED}")
_COUNTED_NEXT = re.compile(rf"(?:</(?:{_INLINE})>)*(?:[ \n{NBSP}](?:<(?:{_INLINE})\b[^>]*>)?{_COUNTED}|%)")
_ENDED = re.compile(rf"(?:(?<![\w-])(?:{'|'.join(_SHORT)})|(\d))(?:</(?:{_INLINE})>)+\Z")
"""The end of a text in closing tags: a short word, or a number."""
_CLOSED = tuple(
    re.compile(
        rf">{gap}(?:(?<=</[abisu]>{gap})|(?<=</em>{gap})|(?<=</(?:span|time|cite|mark|abbr)>{gap})"
        rf"|(?<=</strong>{gap})|(?<=</small>{gap})|(?<=</su[bp]>{gap}))(?!\s)"
    )
    for gap in (" ", "\n")
)

_NUMBER = r"\d{1,2}:\d{2}|\d{1,2}\.\d{2}(?:\.\d{4})?|\d{1,4}|[IVX]+"
_FROM = re.compile(rf"(?<![\w.,:/+)№§-])(?<!№[ {NBSP}])({_NUMBER})\Z")
_TO = re.compile(rf"({_NUMBER})(?![\w/-]|[.,:]\d)")
_NAMED_BY_NUMBER = re.compile(rf"(?:\b[Тт]ел(?:\.|ефон\w*)|\b(?:[Дд]|кв)\.|\b[Дд]ом):?[ {NBSP}][\d]+\Z")
_FREE_CALL = re.compile(r"8-\d{3}")
_YEARS = re.compile(r"(?:19|20)\d\d-(?:19|20)\d\d")
_WORD_BEFORE, _WORD_AFTER = re.compile(r"[^\s<>]*\Z"), re.compile(r"[^\s<>]*")

# In a tag a quotation mark follows «=», or is followed by what ends an attribute.
_STRAIGHT = re.compile(r'"(?<!=")(?![\s/>])')
_NESTED = re.compile("«[^»]*«")
_SIGN = '(?P<sign>&quot;|&\\#34;|["«»„“”])'
_SIGNS = re.compile(_SIGN)
_SIGNS_AND_TAGS = re.compile(rf"{_SIGN}|(?P<tag><[^>]*>)|(?P<gap>&nbsp;|&\#160;)")
_NEXT = re.compile(r"(?:<[^>]*>)*(?:(?P<gap>\s|&nbsp;|&\#160;|\Z)|(?P<letter>\w)|)")
_BEFORE_OPENING = frozenset(" \n\t\u00a0\u202f([{<—–/")
_FAMILY = {"«": "angles", "»": "angles", "„": "marks", "“": "marks", "”": "marks"}


def typeset(text: str) -> str:
    """Return plain text with Russian typography; addresses and numbers that are names stay as they are."""
    if '"' in text or _may_need_quotes(text):
        text = "\n".join(_quoted(line, _SIGNS) for line in text.split("\n"))
    return _spaced(text, _rules(in_html=False))


def held(source: str) -> str:
    """Return a sheet's template with its own words held together; every sign stays where a message looks for it."""
    return _HELD.sub(NBSP, source)


def typeset_html(html: str) -> str:
    """Return HTML with Russian typography in its text, and in nothing else: no tag, script, picture or code."""
    parts = _LEFT_ALONE.split(html)
    hidden = parts[1::2]
    if hidden:
        parts[1::2] = [HIDDEN_WORD if part.startswith(_WORDS_OF_MACHINES) else HIDDEN for part in hidden]
        html = "".join(parts)
    if "&quot;" in html or "&#34;" in html or _may_need_quotes(html) or _STRAIGHT.search(html):
        html = "".join(_quoted(block, _SIGNS_AND_TAGS) for block in _BLOCK.split(html))
    html = _spaced(html, _rules(in_html=True))
    for closed in _CLOSED:
        html = closed.sub(_hold_over_tags, html)
    if not hidden:
        return html
    parts = _PLACES.split(html)
    return "".join(part for pair in zip(parts, [*hidden, ""], strict=True) for part in pair)


class _Rules(NamedTuple):
    """What is done to spaces, dashes and dots, in plain text or in HTML."""

    spaces: tuple[re.Pattern[str], ...]
    dashes: tuple[re.Pattern[str], ...]
    ranges: re.Pattern[str]
    dots: re.Pattern[str]


@cache
def _rules(*, in_html: bool) -> _Rules:
    # A place of HTML is text if the next angle bracket opens a tag.
    text = r"(?=[^<>]*(?:<|\Z))" if in_html else ""
    tag = rf"(?:<(?:{_INLINE})\b[^>]*>)?" if in_html else ""
    # A pattern that begins with one certain sign is found four times as fast as one that begins with a choice.
    gaps = (" ", "\n") if in_html else (" ",)
    return _Rules(
        tuple(re.compile(_held_space(gap, tag) + text) for gap in gaps),
        tuple(re.compile(rf"{gap}(?:-{{1,3}}(?=\s)|[–—](?=\s|<|\Z)){text}") for gap in (*gaps, NBSP)),
        re.compile(r"-(?<=[\dIVX]-)(?=[\dIVX])" + text),
        re.compile(r"\.\.\.(?<!\.\.\.\.)(?!\.)" + text),
    )


def _held_space(gap: str, tag: str) -> str:
    """Return the pattern of a space at which a line may not be broken; what rules most spaces out stands first."""
    short = "|".join(rf"(?<=[^\w-]{words}{gap})" for words in _SHORT)
    cut = "|".join(rf"(?<=\W{words}\.{gap})(?<!\d[ {NBSP}]{words}\.{gap})" for words in _CUT)
    group = rf"(?=\d{{3}}(?:[ {NBSP}]\d{{3}})*(?![ {NBSP}-]?\d))(?<!\d{{4}}{gap})(?<!\+\d{gap})"
    after_letter = rf"{short}|(?<=м(?:лн|рд){gap})(?=[а-яё₽])|(?<=[IVX]{gap})(?=век|вв?\.)"
    after_dot = (
        rf"(?<![тТ]\.[ {NBSP}][дп]\.{gap})(?:{cut})|(?<=\W[А-ЯЁ]\.{gap})(?=[А-ЯЁ\d])"
        rf"|(?<=\Wн\.{gap})(?=э\.)|(?<=тыс\.{gap})(?=[а-яё₽])"
    )
    particle = r"(?=(?:бы?|же?|ли)(?![\w.-]))"
    initials = rf"(?=[А-ЯЁ]\.[ {NBSP}]?[А-ЯЁ]\.(?![ {NBSP}]?[А-ЯЁ]))(?<=[а-яё]{gap})"
    return (
        rf"{gap}(?:(?<![а-яёa-z\"]{{4}}{gap})(?!\s)(?:(?<=[а-яА-ЯIVX]{gap})(?:{after_letter})"
        rf"|(?<=\d{gap})(?:(?={tag}{_COUNTED})|{group})|(?<=\.{gap})(?:{after_dot})|(?<=[№§]{gap}))"
        rf"|(?=[бжлА-ЯЁ])(?:{particle}|{initials}))"
    )


def _spaced(text: str, rules: _Rules) -> str:
    if "..." in text:
        text = rules.dots.sub(_ellipsis, text)
    for dash in rules.dashes:
        text = dash.sub(_dash, text)
    text = rules.ranges.sub(_range, text)
    # The sign before the text gives its first word an edge, as all others have.
    text = f"\n{text}"
    for space in rules.spaces:
        text = space.sub(NBSP, text)
    return text[1:]


def _ellipsis(found: re.Match[str]) -> str:
    before, after = _WORD_BEFORE.search(found.string, 0, found.start()), _WORD_AFTER.match(found.string, found.end())
    is_address = any(sign in part[0] for part in (before, after) if part for sign in "/@")
    return found[0] if is_address else "…"


def _dash(found: re.Match[str]) -> str:
    """Return the dash between two words, or of a list of things, or a hyphen that begins a line."""
    before = found.string[max(0, found.start() - 200) : found.start()]
    tag = before[before.rfind("<") :] if before.endswith(">") else ""
    if not before or before[-1].isspace() or (tag and not tag.startswith("</")):
        return found[0]
    sign = found[0][1:]
    is_between_numbers = before[-1].isdigit() and found.string[found.end() + 1 : found.end() + 2].isdigit()
    return NBSP + (("—" if sign == "—" else "–") if is_between_numbers else "—")


def _range(found: re.Match[str]) -> str:
    """Return a dash between the ends of what is surely a range, and the hyphen of everything else."""
    text, place = found.string, found.start()
    first, last = _FROM.search(text[max(0, place - 13) : place]), _TO.match(text, found.end())
    if not (first and last):
        return "-"
    ends = first[1], last[1]
    if any(sign in ends[0] and sign in ends[1] for sign in ":.") or all(end.isalpha() for end in ends):
        return "–"
    if not all(end.isdigit() for end in ends) or int(ends[0]) >= int(ends[1]):
        return "-"
    if _YEARS.fullmatch("-".join(ends)):
        return "–"
    is_name = _NAMED_BY_NUMBER.search(text[max(0, place - 30) : place]) or _FREE_CALL.fullmatch("-".join(ends))
    return "–" if _COUNTED_NEXT.match(text, last.end()) and not is_name else "-"


def _hold_over_tags(found: re.Match[str]) -> str:
    """Return the end of a tag with the space after it held, if what the tag closes holds it."""
    place = found.end() - 1
    before = _ENDED.search(found.string, max(0, place - 60), place)
    is_held = before and (not before[1] or _COUNTED_HERE.match(found.string, found.end()))
    return f">{NBSP}" if is_held else found[0]


def _may_need_quotes(text: str) -> bool:
    return "„" in text or "“" in text or "”" in text or _NESTED.search(text) is not None


class _Quote(NamedTuple):
    """A quotation mark in its place."""

    found: re.Match[str]
    opens: bool


def _quoted(text: str, signs: re.Pattern[str]) -> str:
    """Return a paragraph with its pairs of quotation marks as they are written in Russian; a straight one may stay."""
    quotes = list(_quotes(text, signs))
    pairs = dict(_pairs(quotes))
    closing = set(pairs.values())
    # Where «marks» of the printed kinds make no pairs, nobody but the editor knows what they enclose.
    if any(quote.found[0] in _FAMILY and number not in closing | {*pairs} for number, quote in enumerate(quotes)):
        return text
    written, end, depth = [], 0, 0
    for number, (found, _) in enumerate(quotes):
        if number in pairs:
            sign = "„" if depth else "«"
            depth += 1
        elif number in closing:
            depth -= 1
            sign = "“" if depth else "»"
        else:
            sign = found[0]
        written += [text[end : found.start()], sign]
        end = found.end()
    return "".join([*written, text[end:]])


def _quotes(text: str, signs: re.Pattern[str]) -> Iterator[_Quote]:
    """Yield the quotation marks of a paragraph that can be told to open or to close."""
    before, end, straight = " ", 0, 0
    for found in signs.finditer(text):
        before = text[found.start() - 1] if found.start() > end else before
        end = found.end()
        if found.lastgroup == "sign":
            opens = _opens(found[0], before, _NEXT.match(text, end), is_open=straight > 0)
            if opens is not None:
                yield _Quote(found, opens)
                if found[0] not in _FAMILY:
                    straight = max(0, straight + (1 if opens else -1))
            before = "(" if opens else ")"
        elif found.lastgroup == "gap" or found[0].startswith(("<br", "<img", "<input", HIDDEN)):
            before = " "
        elif found[0] == HIDDEN_WORD:
            before = "x"


def _opens(sign: str, before: str, after: re.Match[str] | None, *, is_open: bool) -> bool | None:
    """Return whether a quotation mark opens, or None where it stands alone between spaces."""
    if sign in "«„":
        return True
    if sign in "»”":
        return False
    is_gap_next, is_letter_next = (bool(after and after[group] is not None) for group in ("gap", "letter"))
    if before in _BEFORE_OPENING:
        return None if is_gap_next else True
    return sign != "“" and not is_open and is_letter_next and not before.isalnum() and before != ")"


def _pairs(quotes: list[_Quote]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of quotation marks that open and close one quotation."""
    waiting: list[int] = []
    for number, (found, opens) in enumerate(quotes):
        if opens:
            waiting.append(number)
            continue
        family = _FAMILY.get(found[0])
        for place in reversed(range(len(waiting))):
            opened = _FAMILY.get(quotes[waiting[place]].found[0])
            if opened == family:
                yield waiting[place], number
                del waiting[place:]
            if opened in (family, "angles", "marks"):
                # Quotations do not cross: only a straight mark may be left alone within one.
                break

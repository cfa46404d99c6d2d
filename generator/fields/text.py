"""Fields of text: words, slugs, sums, links, and who gave the fact."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, StringConstraints

from generator.fields.base import Written, shown, wrong
from generator.fields.slips import meant_day, odd_sign
from generator.source.letters import disguised

EARLIEST, LATEST = 1900, 2200
"""Years that a record may speak of."""
ASSETS = "content/assets/"
MONTH = r"(19\d\d|2[01]\d\d|2200)-(0[1-9]|1[0-2])"
DAY = rf"{MONTH}-(0[1-9]|[12]\d|3[01])"
DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that Windows keeps for devices: no file or folder may have them, with whatever ending."""
LINKED = re.compile(r"https?:|www\.|(?:[\w-]+\.)+(?:[a-z]{2,}|рф)/\S*$", re.IGNORECASE)
"""How what is meant for a link begins, whether it is one or not."""
SLUG = re.compile(rf"(?!(?:{DEVICES.pattern})$)[a-z0-9]+(-[a-z0-9]+)*")


def _one_line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _slug(value: object) -> object:
    if isinstance(value, str) and not SLUG.fullmatch(value):
        raise wrong(f"имя записи — {slug_rule(value)}; здесь {shown(value)}{odd_sign(value)}")
    return value


def slug_rule(slug: str) -> str:
    """Return what an id must be, to be told of one that is not."""
    if DEVICES.fullmatch(slug):
        return "не con, nul, aux, com1 и подобные: в Windows они заняты, и такого файла там не будет"
    return "латинские строчные буквы, цифры и дефисы"


def _day(value: object) -> object:
    if not isinstance(value, str):
        raise wrong("нужна дата вида 2026-10-15")
    return parse_day(value)


def parse_day(text: str) -> date:
    """Return the day written as 2026-10-15, or say what is wrong with it."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        right = meant_day(text) or "2026-10-15"
        raise wrong(f"дату пишут годом вперёд: {right}; здесь {shown(text)}{odd_sign(text)}")
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise wrong(f"такого дня нет в календаре: {shown(text)}") from None
    if not EARLIEST <= found.year <= LATEST:
        raise wrong(f"год от {EARLIEST} до {LATEST}; здесь {shown(text)}")
    return found


def _roubles(value: object) -> object:
    if not isinstance(value, str):
        raise wrong("нужна сумма в рублях, целым числом: 500000")
    digits = re.sub(r"[\s_\u00a0\u202f]", "", value)
    if not re.fullmatch(r"\d{1,13}", digits, re.ASCII):
        raise wrong(f"сумма — целое число рублей без знаков и слов: 500000; здесь {shown(value)}")
    return int(digits)


def _flag(value: object) -> object:
    if value in ("yes", "no"):
        return value == "yes"
    raise wrong(f"бывает yes или no; здесь {shown(value)}")


def host_of(link: str) -> str:
    """Return a link's host as the network knows it: in Punycode (RFC 3492)."""
    return (urlsplit(link).hostname or "").encode("idna").decode("ascii")


def _link(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not re.match(r"https?://", value):
        raise wrong(f"ссылка начинается с https:// или http://; здесь {shown(value)}")
    if re.search(r"[\s<>\"\\^`{|}]", value):
        raise wrong(f"в ссылке не бывает пробелов, кавычек и скобок <>; здесь {shown(value)}")
    if value.endswith((",", ";", "»")):
        raise wrong(f"в конце ссылки лишний знак «{value[-1]}»; уберите его; здесь {shown(value)}")
    try:
        host = host_of(value)
        _ = urlsplit(value).port
    except (UnicodeError, ValueError):
        host = ""
    if "." not in host or not re.fullmatch(r"[a-z0-9.-]+\.[a-z][a-z0-9-]+", host):
        raise wrong(f"в ссылке нет имени сайта вида example.org; здесь {shown(value)}")
    refuse_disguised(urlsplit(value).hostname or "")
    return value


def _cited(value: object) -> object:
    """Return a document's name or a link as it is; what is surely meant for a link must be one."""
    text = _one_line(value)
    is_meant = isinstance(text, str) and LINKED.match(text)
    return _link(text) if is_meant else text


def refuse_disguised(host: str) -> None:
    """Say that a part of a site's name is in letters of another alphabet, if one is."""
    if part := disguised(host):
        raise wrong(f"«{part}» набрано русскими буквами, похожими на латинские; наберите латиницей; здесь «{host}»")


def _host(value: object) -> object:
    if not isinstance(value, str):
        return value
    if "/" in value:
        raise wrong(f"нужно имя сайта без https:// и косых черт: example.org; здесь {shown(value)}")
    return host_of(str(_link(f"https://{value.lower()}")))


def _asset(value: object) -> object:
    if isinstance(value, str):
        if value.startswith("/") or not re.fullmatch(r"[\w./-]+", value) or ".." in value.split("/"):
            raise wrong(f"нужно имя файла в content/assets/: people/portret.jpg; здесь {shown(value)}")
        return ASSETS + value.removeprefix(ASSETS)
    return value


Line = Annotated[str, StringConstraints(min_length=1, max_length=300), BeforeValidator(_one_line)]
"""One line of text: a title, a name, a remark."""
Cited = Annotated[str, StringConstraints(min_length=1, max_length=300), BeforeValidator(_cited)]
"""Where a fact comes from: a link, or the name of a document."""
Text = Annotated[str, StringConstraints(min_length=1, max_length=1500), BeforeValidator(_one_line)]
"""A few sentences in one paragraph."""
Slug = Annotated[
    str,
    Written(SLUG.pattern, "имя записи — латинские строчные буквы, цифры и дефисы: fpg-2026-1"),
    StringConstraints(min_length=1, max_length=80),
    BeforeValidator(_slug),
]
"""The name of a record: `fpg-2026-1`."""
Day = Annotated[date, Written(DAY, "дату пишут годом вперёд: 2026-10-15"), BeforeValidator(_day)]
"""A calendar day: `2026-10-15`."""
Roubles = Annotated[
    int,
    Written(r"[\s_]*\d([\s_]*\d){0,12}[\s_]*", "сумма — целое число рублей без знаков и слов: 500000"),
    BeforeValidator(_roubles),
]
"""A whole sum in roubles; spaces between digits are allowed."""
Asset = Annotated[
    str,
    Written(r"[^/\s\\][^\s\\:]*", "нужно имя файла в content/assets/: people/portret.jpg"),
    BeforeValidator(_asset),
]
"""A file of content/assets/, by its path in the project."""
Flag = Annotated[bool, BeforeValidator(_flag)]
"""`yes` or `no`."""
Link = Annotated[
    str,
    Written(r"https?://[^\s<>\"\\^`{|}]+", "ссылка начинается с https:// или http://, пробелов в ней нет"),
    StringConstraints(max_length=1000),
    BeforeValidator(_link),
]
"""An address on the web, http or https; Cyrillic hosts are written in Cyrillic."""
Host = Annotated[str, Written(r"[^\s/]+\.[^\s/]+", "нужно имя сайта: example.org"), BeforeValidator(_host)]
"""A site's name as the network knows it, given in any letters: `example.org`."""
Count = Annotated[int, Field(ge=0, le=10_000_000)]
"""How many."""
Age = Annotated[int, Field(ge=0, le=120)]
"""Years of a person's age."""

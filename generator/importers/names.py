"""Names of organisations and of their heads: quotes, capitals, legal forms, the short name inside the full one."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from generator.importers.cells import Around, Lost
from generator.importers.spaces import QUOTES, alike, line
from generator.importers.vocabulary import Vocabulary
from generator.settings import Names

_OPENING, _CLOSING, _EITHER = "«„‹", "»”›", '"“‟″'
_ONE_LETTER_QUOTES = re.compile(r"(?<!\w)['’‘`´]([^'’‘`´]+)['’‘`´](?!\w)")
_TWICE = re.compile("«„([^«»„“]*)“»")
_LEAST_CALMED = 6
"""A single word of fewer capitals is an abbreviation."""
_PERSON = re.compile(
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
    r"|(?:[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+){1,2}[А-ЯЁ][а-яё]*(?:вич|вна|чна|ьич|оглы|кызы)\b(?:\s+[А-ЯЁ][а-яё]+)?"
    r"|(?:[А-ЯЁ]{2,}(?:-[А-ЯЁ]+)?\s+){1,2}[А-ЯЁ]+(?:ВИЧ|ВНА|ЧНА|ЬИЧ)\b"
)
"""A surname with initials, or a name with its patronymic."""
_TWO_NAMES = re.compile(r"[А-ЯЁ][а-яё]+\s+[А-ЯЁ]")


def with_quotes(text: str) -> str:
    """Return a text with quotes as Russian print has them: «outer „inner“»."""
    text = re.sub(r"''|``|´´|,,(?=\w)", '"', html.unescape(text))
    text = _ONE_LETTER_QUOTES.sub(r'"\1"', text)
    found: list[str] = []
    depth, last_opened = 0, False
    for place, sign in enumerate(text):
        if sign not in _OPENING + _CLOSING + _EITHER:
            found.append(sign)
            last_opened = False
            continue
        before = text[place - 1] if place else " "
        starts = before in " (-–—/\n" or (last_opened and before in _OPENING + _EITHER)
        if sign in _OPENING or (sign in _EITHER and starts):
            found.append("„" if depth else "«")
            depth, last_opened = depth + 1, True
        elif depth:
            depth, last_opened = depth - 1, False
            found.append("“" if depth else "»")
    found += ["“" if rest > 1 else "»" for rest in range(depth, 0, -1)]
    return re.sub(r"«\s*»|„\s*“", "", _TWICE.sub(r"«\1»", "".join(found))).strip()


def calmed(text: str, vocabulary: Vocabulary, place: Names) -> str:
    """Return a name that shouts in usual letters; the names of the site's own town and region keep their capitals."""
    letters = [sign for sign in text if sign.isalpha()]
    words = re.findall(r"\w+", text)
    if any(sign.islower() for sign in letters) or len(letters) < _LEAST_CALMED or _are_short(words, vocabulary):
        return text
    proper = {
        word[:-1].lower()
        for name in (place.town, place.town_of, place.region)
        for word in name.split()
        if word[0].isupper()
    }
    kept = {*vocabulary.texts["capitals"]}

    def calm(found: re.Match[str]) -> str:
        word = found[0]
        before = text[: found.start()].rstrip()
        is_name = any(word.lower().startswith(stem[:-1] if stem.endswith("а") else stem) for stem in proper)
        if word in kept and not is_name:
            return word
        return word.capitalize() if is_name or not before or before[-1] in QUOTES else word.lower()

    return re.sub(r"\w+", calm, text)


def _are_short(words: list[str], vocabulary: Vocabulary) -> bool:
    return all(word in vocabulary.texts["capitals"] or word.isdecimal() for word in words)


def form_of(text: str, vocabulary: Vocabulary) -> str | None:
    """Return the legal form that a name says outside its quotes, the first that it says."""
    bare = alike(re.sub("«.*»", " ", with_quotes(text)))
    found = [
        (match.start(), -len(match[0]), form) for form, pattern in vocabulary.forms if (match := pattern.search(bare))
    ]
    return min(found)[2] if found else None


class Named(NamedTuple):
    """The two names of an organisation."""

    title: str
    legal_name: str
    doubts: tuple[Lost, ...] = ()


def named(short: str, full: str, around: Around) -> Named:
    """Return an organisation's names from the columns for the short one and the full one, of which one may be empty."""
    if around.is_ours:
        return Named(line(short) or line(full), line(full) or line(short))
    doubts = []
    tidy = []
    for text in (line(short), line(full)):
        quoted = with_quotes(text)
        quiet = calmed(quoted, around.vocabulary, around.place)
        if quiet != quoted:
            doubts.append(Lost(text, f"было заглавными буквами; записано так: {quiet}"))
        tidy.append(quiet)
    legal = tidy[1] or tidy[0]
    title = short_name(tidy[0] or legal, around.vocabulary)
    legal = title if legal == f"«{title}»" else legal
    return Named(title, legal, tuple(doubts))


def short_name(legal: str, vocabulary: Vocabulary) -> str:
    """Return how people call an organisation: what stands in quotes behind its legal form."""
    quoted = re.findall("«([^«»]+)»", legal)
    outside = re.sub("«[^«»]+»", " ", legal)
    if len(quoted) == 1 and (form_of(outside, vocabulary) or not outside.strip()):
        return str(quoted[0]).replace("„", "«").replace("“", "»").strip()
    return legal


class Post(NamedTuple):
    """A head of an organisation as a cell tells of one."""

    role: str
    name: str


def post_of(text: str, vocabulary: Vocabulary, *, is_post: bool) -> Post:
    """Return the post and the person that a cell names: «директор Иванова А. П.».

    What may be a person's name is taken for one: a post that is lost does less harm than a name that is published.
    """
    if person := _PERSON.search(text):
        before, after = (part.strip(" ,;:()–—-") for part in (text[: person.start()], text[person.end() :]))
        return Post(before or after, " ".join(person[0].split()))
    found = vocabulary.role.match(text)
    rest = text[found.end() :] if found else text
    if is_person := _TWO_NAMES.search(rest):
        return Post(
            (text[: len(text) - len(rest)] + rest[: is_person.start()]).strip(" ,;:–—-"), rest[is_person.start() :]
        )
    return Post(text, "") if found or is_post else Post("", text)

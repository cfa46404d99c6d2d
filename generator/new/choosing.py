"""What an answer may be chosen from: numbers, names and beginnings of titles are understood alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.fields.base import nearest
from generator.fields.text import SLUG
from generator.new.words import Words
from generator.shapes import Shape

SHOWN_ALIKE = 10
"""So many entries that an answer may mean are named."""
WORD = re.compile(r"[\w+−-]+")
LISTED = 60
"""A vocabulary of more entries is not shown whole."""


class Resolved(NamedTuple):
    """What an answer means, or why it means nothing."""

    value: str
    complaint: str = ""


@dataclass(frozen=True)
class Choosing:
    """The closed lists of fields, and what an answer means among them."""

    words: Words

    def options(self, shape: Shape) -> dict[str, str]:
        """Return what a field's value may be chosen from, with titles; nothing where it is free."""
        labels = {choice: self.words.label(shape.called, choice) for choice in shape.choices}
        return {choice: "" if label == choice else label for choice, label in labels.items()}

    def resolve(self, answer: str, options: Mapping[str, str]) -> Resolved:
        """Return the id that a number means, or the beginning of an id, of a title or of a word in it."""
        ids = list(options)
        if answer in options:
            return Resolved(answer)
        if answer.isdecimal() and 0 < int(answer) <= len(ids):
            return Resolved(ids[int(answer) - 1])
        meant = _bare(answer)
        begins: tuple[Callable[[str], bool], ...] = (
            lambda slug: _bare(options[slug] or slug).startswith(meant),
            lambda slug: f"/{meant}" in f"/{slug.casefold()}",
            lambda slug: any(word.startswith(meant) for word in WORD.findall(_bare(options[slug]))),
        )
        begun = next((found for begin in begins if meant and (found := [slug for slug in ids if begin(slug)])), [])
        exact = [slug for slug in begun if _bare(options[slug]) == meant]
        if len(exact or begun) > 1:
            return Resolved(answer, self.words.say("said", "ambiguous", found=", ".join(begun[:SHOWN_ALIKE])))
        if begun:
            return Resolved((exact or begun)[0])
        if SLUG.fullmatch(answer) or not any(options.values()):
            return Resolved(answer)  # the validators and the look-up of names say it best
        titles = {title: slug for slug, title in options.items() if title}
        return Resolved(answer, self.words.say("said", "nothing", found=answer, nearest=nearest(answer, titles)))

    def resolve_all(self, answers: Iterable[str], options: Mapping[str, str]) -> tuple[list[str], str]:
        """Return the ids that several answers mean, each once, and the first complaint."""
        found = [self.resolve(answer.strip(), options) for answer in answers if answer.strip()]
        complaint = next((each.complaint for each in found if each.complaint), "")
        return list(dict.fromkeys(each.value for each in found)), complaint


def _bare(title: str) -> str:
    return title.casefold().replace("ё", "е").strip("«»„“\"' ")

"""The cases of a town's or a region's name, as a dictionary of Russian has them: offered, for a person to put right."""

from __future__ import annotations

import re

IN, OF, TO = "loct", "gent", "datv"
"""«В Глазове», «Глазова», «Глазову», as the dictionary calls the cases."""
# «Во Владимире», «во Франкфурте»: before two consonants of which the first is в or ф.
_ROUNDED = re.compile("[вф][бвгджзйклмнпрстфхцчшщ]", re.IGNORECASE)


def in_case(name: str, case: str) -> str:
    """Return a place's name in a case: its adjectives and its first noun; what follows them stays as it is."""
    import pymorphy3

    morphology = pymorphy3.MorphAnalyzer()
    words = []
    is_over = False
    for whole in name.split(" "):
        # «Камень-на-Оби»: the river is in its case already.
        word = whole.partition("-на-")[0]
        readings = [reading for reading in morphology.parse(word) if "nomn" in reading.tag]
        if is_over or not readings:
            words.append(whole)
            continue
        # Towns are known to the dictionary as such: «Орёл» need not be a bird.
        reading = next((each for each in readings if "Geox" in each.tag), readings[0])
        inflected = reading.inflect({case})
        words.append(_as_big(word, inflected.word if inflected else word) + whole.removeprefix(word))
        is_over = reading.tag.POS == "NOUN"
    return " ".join(words)


def inside(name: str) -> str:
    """Return where one is: «в Глазове», «во Владимире»."""
    return f"{'во' if _ROUNDED.match(name) else 'в'} {in_case(name, IN)}"


def _as_big(word: str, inflected: str) -> str:
    """Return an inflected word with the capitals of the one that it is of: «Ростове-на-Дону»."""
    was, parts = word.split("-"), inflected.split("-")
    if len(was) != len(parts):
        return inflected.capitalize()
    return "-".join(part.capitalize() if old[:1].isupper() else part for old, part in zip(was, parts, strict=True))

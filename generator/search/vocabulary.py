"""The words of a site, and the forms of them that a stemmer takes for other words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import unescape

MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
NO_TEXT = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
WORD = re.compile(r"[а-я]{3,}")
MOST = 20_000
"""Words that a browser is given; the rarest of a region's stay out."""
DECLINED = ("NOUN", "ADJF")
"""OpenCorpora's parts of speech whose forms people search for; a verb's hundred forms would be nine tenths of all."""


def words_of(pages: Iterable[str]) -> list[str]:
    """Return the Russian words of pages, the most frequent first; ё is е, as the reader may write it."""
    found: Counter[str] = Counter()
    for page in pages:
        for part in MAIN.findall(page) if "<main" in page else ():
            found.update(WORD.findall(unescape(NO_TEXT.sub(" ", part)).lower().replace("ё", "е")))
    return [word for word, _ in sorted(found.items(), key=lambda each: (-each[1], each[0]))[:MOST]]


def other_forms(words: Sequence[str]) -> dict[str, str]:
    """Return forms that no page has and that a stemmer would not lead to it: «перечнем» → «перечень».

    Pagefind cuts endings as Snowball does; where a vowel comes and goes, the forms of a word have two stems.
    """
    import pymorphy3
    import snowballstemmer

    morphology, stem = pymorphy3.MorphAnalyzer(), snowballstemmer.stemmer("russian").stemWord
    place = {word: number for number, word in enumerate(words)}
    found: dict[str, str] = {}
    seen: set[str] = set()
    # Words of one stem are forms of one word, or as good as that: the most frequent stands for them.
    for word in {stem(word): word for word in reversed(words)}.values():
        (parsed, *_) = morphology.parse(word)
        if parsed.tag.POS not in DECLINED or parsed.normal_form in seen:
            continue
        seen.add(parsed.normal_form)
        forms = {form.word.replace("ё", "е") for form in parsed.lexeme if form.tag.POS in DECLINED}
        here = sorted((form for form in forms if form in place), key=place.__getitem__)
        stems = {stem(form) for form in here}
        found |= {form: here[0] for form in sorted(forms) if form not in place and stem(form) not in stems}
    return dict(sorted(found.items()))

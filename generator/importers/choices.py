"""Cells that choose from closed lists: form, status, topics, audiences, wishes, yes and no."""

from __future__ import annotations

import re
from typing import Any

from generator.fields.base import nearest
from generator.importers.cells import Around, Lost, Taken, lost
from generator.importers.names import form_of
from generator.importers.spaces import alike, line, lines
from generator.importers.vocabulary import Vocabulary


def form_taken(text: str, around: Around) -> Taken:
    """Return the legal form that a cell names."""
    found = around.vocabulary.code(text, "form") or form_of(text, around.vocabulary)
    return Taken({"form": found}) if found else _unknown(text, around.vocabulary.words["form"].values())


def status_taken(text: str, around: Around) -> Taken:
    """Return the state of an organisation."""
    found = around.vocabulary.code(text, "ngo_status", "statuses")
    return Taken({"status": found}) if found else _unknown(text, around.vocabulary.words["ngo_status"].values())


def flag_taken(field: str, text: str, around: Around) -> Taken:
    """Return a yes or a no."""
    found = around.vocabulary.code(text, "answer")
    return Taken({field: found}) if found else _unknown(text, around.vocabulary.words["answer"].values())


def topics_taken(text: str, around: Around) -> Taken:
    """Return the topics that a cell names by their titles."""
    known = {alike(title): slug for slug, title in around.topics.items()} | {slug: slug for slug in around.topics}
    found, others = _several(text, known)
    missed = tuple(
        Lost(other, f"такой темы нет в content/topics.yml{nearest(other, around.topics.values())}") for other in others
    )
    return Taken({"topics": found} if found else {}, missed)


def activity_taken(text: str, around: Around) -> Taken:
    """Return the topics in a description of what an organisation does, and the description where it says more."""
    known = {alike(title): slug for slug, title in around.topics.items()}
    found, others = _several(text, known)
    values: dict[str, Any] = {"topics": found} if found else {}
    return Taken(values | ({"summary": line(text)} if others else {}))


def audiences_taken(text: str, around: Around) -> Taken:
    """Return for whom an organisation works."""
    vocabulary = around.vocabulary
    known = {alike(word): code for code, words in vocabulary.texts["audiences"].items() for word in words}
    known |= {alike(title): code for code, title in vocabulary.words["audience"].items()}
    found, others = _several(text, known)
    missed = tuple(_unknown(other, vocabulary.words["audience"].values()).lost[0] for other in others)
    return Taken({"audiences": found} if found else {}, missed)


def wishes_taken(field: str, text: str, around: Around) -> Taken:
    """Return what an organisation looks for or can share, a line each: «Волонтёры: водителей на субботу»."""
    found = lines(text)
    if len(found) == 1 and not around.is_ours:
        found = [part.strip() for part in found[0].split(";") if part.strip()]
    return Taken({field: [wish(each, around.vocabulary) for each in found]})


def wish(text: str, vocabulary: Vocabulary) -> str | dict[str, str]:
    """Return a wish as records write it: a kind and words, or the words alone."""
    kind, sign, note = text.partition(": ")
    code = vocabulary.code(kind, "wish") if sign else None
    if code is None or not note.strip():
        return text
    return note.strip() if code == "other" else {"what": code, "note": note.strip()}


def _several(text: str, known: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return what the parts of a cell mean, each once, and the parts that mean nothing.

    Semicolons and lines part them; a comma does where the whole is no title that has one.
    """
    found: list[str] = []
    others: list[str] = []
    for part in re.split(r"[;\n]", text):
        whole = line(part)
        pieces = [whole] if alike(whole) in known else [line(piece) for piece in whole.split(",")]
        for piece in filter(None, pieces):
            if code := known.get(alike(piece)):
                found.append(code)
            else:
                others.append(piece)
    return list(dict.fromkeys(found)), others


def _unknown(text: str, titles: Any) -> Taken:
    allowed = [str(title) for title in titles]
    return Taken(lost=(lost(text, f"бывает: {', '.join(allowed)}{nearest(text, allowed)}"),))

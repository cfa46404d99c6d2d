"""What a table says otherwise than the directory does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.fields.hours import Hours, times_by_day
from generator.fields.service import Service
from generator.importers.names import short_name
from generator.importers.rows import NAMES, Entry
from generator.importers.shapes import modelled, place_of, record_values
from generator.importers.shelf import Held
from generator.importers.spaces import QUOTES, alike, line, visible
from generator.importers.vocabulary import Vocabulary
from generator.records.ngo import Ngo

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_UNQUOTED = str.maketrans("", "", QUOTES)


class Difference(NamedTuple):
    """One field of a record that a row would change."""

    field: str
    heading: str
    was: Any
    becomes: Any


def comparable(entry: Entry, held: Held, vocabulary: Vocabulary) -> Entry:
    """Return an entry less what cannot be compared with the record: the record keeps that."""
    if "services" in entry.fields:
        entry = entry._replace(fields={**entry.fields, "services": _services(entry, held)})
    text, old = entry.fields.get("text"), str(held.source.values.get("text") or "")
    if text is None or _same_text(str(text), old, vocabulary):
        return entry
    if _COMMENT.search(old):
        return entry.without(
            "text", "в тексте записи есть примечания <!-- -->, которых в таблице нет; правьте его в файле"
        )
    if vocabulary.words["withheld"] in str(text) and vocabulary.words["withheld"] not in old:
        return entry.without("text", "в тексте записи есть имена, которых в таблице нет; правьте его в файле")
    return entry


def _services(entry: Entry, held: Held) -> list[dict[str, Any]]:
    """Return a row's services, each with what the record says of it and the table does not."""
    known = {alike(each["title"]): each for each in held.source.values.get("services", ())}
    found = []
    for service in entry.fields["services"]:
        old = known.get(alike(service["title"]), {})
        both = {**old, **service}
        is_same = bool(old) and _service(old) == _service(both)
        found.append(old if is_same else both)
    return found


def _service(values: dict[str, Any]) -> Any:
    return _meant((Service.model_validate(values),))


def differences(entry: Entry, held: Held, vocabulary: Vocabulary) -> Iterator[Difference]:
    """Yield the fields that a row speaks of, wholly understood, and says otherwise than the record."""
    partly = {note.field for note in entry.lost} | {
        field for field in entry.fields if entry.headings.get(field) in {note.heading for note in entry.lost}
    }
    fields = {
        field: value
        for field, value in entry.fields.items()
        if field != "id" and field not in entry.guessed and field not in partly
    }
    new = modelled(record_values(fields, held.source.values), held.record.slug)
    for field, value in fields.items():
        if isinstance(new, Ngo) and not _same(field, entry, held, new, vocabulary):
            yield Difference(field, entry.headings.get(field, field), _at(held.source.values, field), value)


def _same(field: str, entry: Entry, held: Held, new: Ngo, vocabulary: Vocabulary) -> bool:
    value, old = entry.fields[field], held.record
    if field in NAMES:
        return _same_name(field, entry, old, vocabulary)
    if field == "text":
        return _same_text(str(value), str(held.source.values.get("text") or ""), vocabulary)
    if field in ("needs", "offers"):
        return [wish_line(each, vocabulary) for each in getattr(old, field)] == [
            wish_line(each, vocabulary) for each in getattr(new, field)
        ]
    if field.startswith("head_"):
        name = field.removeprefix("head_")
        return value is not None and getattr(old.head, name, None) == getattr(new.head, name, None)
    of_old, of_new = (record.contacts if place_of(field)[0] == "contacts" else record for record in (old, new))
    return bool(_meant(getattr(of_old, field)) == _meant(getattr(of_new, field)))


def _meant(value: Any) -> Any:
    """Return a value by which two are compared: hours are alike however their days are put together."""
    if not isinstance(value, tuple):
        return value
    if value and isinstance(value[0], Hours):
        return times_by_day(value)
    return [
        (each.model_copy(update={"hours": ()}), times_by_day(each.hours)) if isinstance(each, Service) else each
        for each in value
    ]


def _same_name(field: str, entry: Entry, old: Ngo, vocabulary: Vocabulary) -> bool:
    """Whether a name says what the record says: quotes aside, and capitals where the table had nothing else."""
    new, known = str(entry.fields[field]), str(getattr(old, field))
    if "id" in entry.fields:
        return line(new) == line(known)
    if field == "legal_name" and "title" in entry.guessed:
        # What stands in the one column is a name by which the organisation is known.
        called = new if entry.has_full_name else short_name(new, vocabulary)
        if alike(called) == alike(old.title):
            return True
    if any(note.field in NAMES for note in entry.doubts) and alike(new) == alike(known):
        return True
    if field == "title" and alike(new) == alike(short_name(known, vocabulary)):
        return True
    return line(new).translate(_UNQUOTED) == line(known).translate(_UNQUOTED)


def _same_text(new: str, old: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is what our own table makes of the record's: no remarks, no links to people who did not agree."""
    told, known = visible(new).strip(), visible(_COMMENT.sub("", old)).strip()
    if _unspaced(told) == _unspaced(known):
        return True
    hidden = vocabulary.words["withheld"]
    anything = rf"(?:\[[^\]]*\]\([^)]*\)|{re.escape(hidden)})"
    pattern = anything.join(re.escape(part) for part in _unspaced(told).split(hidden))
    return hidden in told and re.fullmatch(pattern, _unspaced(known)) is not None


def _unspaced(text: str) -> str:
    return "\n".join(each.rstrip() for each in text.split("\n"))


def wish_line(wish: Any, vocabulary: Vocabulary) -> str:
    """Return a wish as tables have it."""
    if isinstance(wish, str):
        return wish
    what, note = (wish["what"], wish["note"]) if isinstance(wish, dict) else (wish.what, wish.note)
    return str(note) if what == "other" else f"{vocabulary.words['wish'][what]}: {note}"


def _at(values: Any, field: str) -> Any:
    for step in place_of(field):
        values = values.get(str(step)) if isinstance(values, dict) else None
    return values

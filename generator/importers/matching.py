"""Which record of the directory a row means: by its id, its numbers, its name; or why that cannot be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.importers.rows import Entry
from generator.importers.shelf import Held, Shelf
from generator.importers.spaces import alike

NUMBERS = {"inn": "ИНН", "ogrn": "ОГРН"}


def match(entry: Entry, shelf: Shelf) -> Held | str | None:
    """Return the record that a row means, None for a new one, or why the row cannot be carried over."""
    slug = entry.fields.get("id")
    by_slug = shelf.by_slug.get(str(slug)) if slug else None
    by_number = {
        found.record.slug: (field, found)
        for field in NUMBERS
        if (found := shelf.by_number.get((field, str(entry.fields.get(field)))))
    }
    if len(by_number) > 1:
        places = ", ".join(f"{NUMBERS[field]} — {found.source.path}" for field, found in by_number.values())
        return f"номера стоят в разных записях: {places}"
    for field, found in by_number.values():
        if slug and found is not by_slug:
            return f"код «{slug}», а {NUMBERS[field]} {entry.fields[field]} уже в записи {found.source.path}"
        return found
    named = shelf.by_title.get(alike(entry.title))
    if slug:
        if named is not None and named is not by_slug:
            return f"код «{slug}», а название «{entry.title}» уже в записи {named.source.path}"
        return by_slug
    return _by_name(entry, shelf)


def _by_name(entry: Entry, shelf: Shelf) -> Held | str | None:
    names = (alike(entry.title), alike(str(entry.fields.get("legal_name", ""))))
    alikes = {held.record.slug: held for name in names for held in shelf.by_name.get(name, ())}
    fitting = [held for held in alikes.values() if not any(_differing(entry, held))]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        places = ", ".join(held.source.path for held in fitting)
        return f"по названию подходят несколько записей: {places}; впишите в таблицу ИНН или столбец «Код»"
    if namesake := shelf.by_title.get(alike(entry.title)):
        differing = ", ".join(_differing(entry, namesake))
        return (
            f"название «{entry.title}» уже в записи {namesake.source.path}, но {differing}: если это другая"
            f" организация, допишите к названию, чем она отличается: «{entry.title} (2)»; если та же, впишите её код"
        )
    return None


def _differing(entry: Entry, held: Held) -> Iterator[str]:
    """Yield what shows that a row of the same name is of another organisation."""
    for field, word in NUMBERS.items():
        known, told = getattr(held.record, field), entry.fields.get(field)
        if known and told and known != told:
            yield f"{word} другой ({known})"
    form = entry.fields.get("form")
    if "other" not in (form, held.record.form) and form != held.record.form:
        yield "форма другая"


class Seen:
    """The rows above, which no row below may repeat."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], int] = {}

    def repeated(self, entry: Entry, found: Held | None) -> str:
        """Return what a row repeats of a row above, or nothing; and remember it."""
        keys = list(_keys(entry, found))
        for (what, value), told in keys:
            if (row := self._rows.get((what, value))) is not None:
                return told.format(row=row)
        self._rows |= dict.fromkeys((key for key, _ in keys), entry.row)
        return ""


def _keys(entry: Entry, found: Held | None) -> Iterable[tuple[tuple[str, str], str]]:
    for field, word in NUMBERS.items():
        if number := entry.fields.get(field):
            yield (field, str(number)), f"{word} {number} уже есть в строке {{row}}"
    if found is not None:
        yield ("id", found.record.slug), f"запись {found.source.path} уже изменяет строка {{row}}"
    elif slug := entry.fields.get("id"):
        yield ("id", str(slug)), f"код «{slug}» уже есть в строке {{row}}"
    title = entry.title.replace("{", "{{").replace("}", "}}")
    advice = f"если это другая организация, допишите к названию, чем она отличается: «{title} (2)»"
    yield ("title", alike(entry.title)), f"название «{title}» уже есть в строке {{row}}; {advice}"

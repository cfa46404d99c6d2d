"""What an answer is held against: the model's own validators, and what the project holds already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from generator.catalog import Catalog
from generator.catalog.checks import Read, broken_references, duplicates, taken_addresses
from generator.catalog.known import known_names
from generator.catalog.loading import VIEWS
from generator.fields.base import Mistake, mistakes
from generator.fields.text import SLUG
from generator.markdown import Body, anchor_of
from generator.new.choosing import Choosing
from generator.records import KINDS
from generator.records.record import Record
from generator.shapes import Shape, shapes
from generator.source import Loc, Source

LONGEST_SLUG = 80
OFFERED_SLUG = 60
"""An id made from a title is not longer; it becomes an address."""


@dataclass(frozen=True)
class Desk(Choosing):
    """A project, and the kind of record that is being made for it."""

    project: Path
    kind: type[Record]
    catalog: Catalog
    looked_up: dict[str, dict[str, str]] | None = None
    """The ids that a field may name, where somebody has looked them up already."""

    @cached_property
    def known(self) -> dict[str, dict[str, str]]:
        """The ids that a field may name, by kind, with their titles."""
        return self.looked_up or known_names(self.project, self.catalog)

    def options(self, shape: Shape) -> dict[str, str]:
        """Return what a field's value may be chosen from, with titles; nothing where it is free."""
        return self.known[shape.refers] if shape.refers else super().options(shape)

    def mistakes(self, values: Mapping[str, Any], slug: str = "") -> list[Mistake]:
        """Return everything that `check` would say of a record with these fields."""
        try:
            self.kind.model_validate({**values, "slug": slug, "path": self.path(slug), "body": Body()})
        except ValidationError as error:
            found = list(mistakes(error, self.kind))
        else:
            found = []
        if not slug:
            found = [mistake for mistake in found if mistake.loc != ("slug",)]
        told = {mistake.loc[:1] for mistake in found}
        return found + [mistake for mistake in self._shared(values, slug) if mistake.loc[:1] not in told]

    def mistakes_at(self, loc: Loc, values: Mapping[str, Any]) -> list[Mistake]:
        """Return what is wrong with one field and what is inside it."""
        return [mistake for mistake in self.mistakes(values) if mistake.loc[: len(loc)] == loc]

    def slug_complaint(self, slug: str) -> str:
        """Return why a new record cannot have this id, or nothing."""
        if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
            return self.words.say("said", "slug", slug=slug)
        if (self.project / self.path(slug)).exists():
            return self.words.say("said", "occupied", path=self.path(slug))
        if own := [mistake.message for mistake in self.mistakes({}, slug) if mistake.loc == ("slug",)]:
            return own[0]
        sections = (kind.section for kind in KINDS.values())
        fixed = {*VIEWS, *sections, *(f"/topics/{topic}/" for topic in self.catalog.topics)}
        taken = list(
            taken_addresses([Read(self._sketch({}, slug), self.project, unwritten=Source(self.path(slug)))], fixed)
        )
        return taken[0].message if taken else ""

    def path(self, slug: str) -> str:
        """Return where a record of the kind lies in the project."""
        return f"{self.kind.folder}/{slug}{self.kind.suffix}"

    def _shared(self, values: Mapping[str, Any], slug: str) -> list[Mistake]:
        """Return what only the whole can tell: names that lead nowhere, and what another record has already."""
        new = Read(self._sketch(values, slug), self.project, unwritten=Source(self.path(slug)))
        written = {kind: frozenset(options) for kind, options in self.known.items()}
        found = list(broken_references([new], written, frozenset()))
        if values.get("title"):
            kin = (record for record in self.catalog.of(self.kind.kind) if record.path != new.record.path)
            others = (Read(record, self.project) for record in kin)
            found += [problem for problem in duplicates([*others, new]) if problem.path == new.record.path]
        return [Mistake((re.split(r"[.\[]", problem.field)[0],), problem.message) for problem in found]

    def _sketch(self, values: Mapping[str, Any], slug: str) -> Record:
        """Return a record of answers so far, unchecked: enough to ask which names it holds and what must be unique."""
        fields: dict[str, Any] = dict.fromkeys(shape.name for shape in shapes(self.kind) if shape.required)
        for name, value in values.items():
            fields[name] = tuple(value) if isinstance(value, list) else value
        return self.kind.model_construct(**{**fields, "slug": slug, "path": self.path(slug)})


def slug_of(title: str) -> str:
    """Return an id made of a title's whole words, or nothing where it has no letters."""
    if not re.search("[a-zа-яё0-9]", title.lower()):
        return ""
    slug = anchor_of(title)
    return slug if len(slug) <= OFFERED_SLUG else slug[: OFFERED_SLUG + 1].rpartition("-")[0] or slug[:OFFERED_SLUG]

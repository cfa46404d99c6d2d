"""What stands beside a record of a list that is read one after another: the newer, the older, those on its topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import islice

from generator.records.record import Record


class Neighbours:
    """The records of a list that is read one after another, as the page of each needs them."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        self._places = {record.slug: place for place, record in enumerate(records)}

    def newer(self, record: Record) -> Record | None:
        """Return the record that stands before this one."""
        place = self._places[record.slug]
        return self._records[place - 1] if place else None

    def older(self, record: Record) -> Record | None:
        """Return the record that stands after this one."""
        place = self._places[record.slug] + 1
        return self._records[place] if place < len(self._records) else None

    def alike(self, record: Record, shown: Collection[Record] = (), most: int = 4) -> list[Record]:
        """Return the first records that share a topic with this one and are not shown beside it already."""
        known = {record.slug, *(each.slug for each in shown if each.kind == record.kind)}
        found = {
            each.slug
            for topic in record.topics
            for each in islice((each for each in self._by_topic[topic] if each.slug not in known), most)
        }
        return [self._records[place] for place in sorted(map(self._places.__getitem__, found))[:most]]

    @cached_property
    def _by_topic(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self._records:
            for topic in record.topics:
                found[topic].append(record)
        return found

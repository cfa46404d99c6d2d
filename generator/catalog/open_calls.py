"""What a local organisation may apply for now: the calls open to it, those on its own topics first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from generator.fields.eligibility import Place
from generator.records.grant import Grant
from generator.records.ngo import Ngo

MOST = 3
"""How many calls an organisation's page names."""
OPEN = ("closing", "open", "rolling")
"""The statuses of a round in which one may apply."""


class Chance(NamedTuple):
    """A call that is open to an organisation."""

    record: Grant
    key: str
    """The key of its open round that closes first."""
    months: int
    """How many months it must have been registered, where nobody knows whether it has; 0 where that is settled."""


class OpenCalls:
    """The calls open to a town on a day, put in order once, as each of its organisations asks for its own."""

    def __init__(self, calls: Iterable[Grant], place: Place, today: date) -> None:
        self.today = today
        found = []
        for call in calls:
            windows = [round_ for round_ in call.rounds if round_.status(today) in OPEN]
            # To report in time is no chance, though its day stands in the calendar like any other.
            if windows and call.nature != "duty" and call.suits(place):
                first = min(windows, key=lambda round_: round_.deadline.sort_key())
                found.append((first.deadline.sort_key(), call.slug, Chance(call, first.key, 0)))
        self._every: dict[str, list[Chance]] = defaultdict(list)
        self._by_topic: dict[tuple[str, str], list[int]] = defaultdict(list)
        for _, _, chance in sorted(found):
            for eligible in chance.record.who("yes"):
                every = self._every[eligible.who]
                for topic in chance.record.topics:
                    self._by_topic[eligible.who, topic].append(len(every))
                every.append(chance)

    def nearest_to(self, ngo: Ngo, most: int = MOST) -> list[Chance]:
        """Return the calls that an organisation may apply for: on its topics first, then by deadline."""
        found: list[Chance] = []
        if ngo.status in ("closed", "liquidating"):
            return found
        for chance in self._in_order(ngo):
            months = self._months_to_ask(chance, ngo)
            if months is not None:
                found.append(chance._replace(months=months))
            if len(found) == most:
                break
        return found

    def _in_order(self, ngo: Ngo) -> Iterator[Chance]:
        every = self._every.get(ngo.applies_as, [])
        own = {number for topic in ngo.topics for number in self._by_topic.get((ngo.applies_as, topic), ())}
        yield from (every[number] for number in sorted(own))
        yield from (chance for number, chance in enumerate(every) if number not in own)

    def _months_to_ask(self, chance: Chance, ngo: Ngo) -> int | None:
        """Return the months of standing that nobody knows of, 0 where there is enough, None where there is not."""
        needed = chance.record.limits.months_registered or 0
        stood = ngo.months_registered(chance.record.round(chance.key).deadline.date or self.today)
        if not needed or stood is None:
            return needed
        return 0 if stood >= needed else None

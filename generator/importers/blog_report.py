"""What the import of a blog tells its editor: the plan, and by post everything that was not carried over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.importers.blog_again import Grown, Known
from generator.importers.blog_calls import Call
from generator.importers.blog_records import Made
from generator.importers.blog_words import BlogWords
from generator.importers.exported import Entry, Export
from generator.importers.prose import Note


class Told(NamedTuple):
    """What a report is about."""

    name: str
    """The export's file."""
    export: Export
    made: tuple[Made, ...]
    known: tuple[Known, ...]
    grown: tuple[Grown, ...]
    twice: tuple[Entry, ...]
    aimless: Mapping[str, int]
    """Labels that mean nothing here, with the number of their posts."""
    calls: tuple[Call, ...]
    offered: tuple[bool, str, bool]
    """Whether the meanings of labels were guessed, the file of them, and whether calls are drafted."""


def blog_report(told: Told, words: BlogWords) -> Iterator[str]:
    """Yield the lines of the report, the plan first."""
    say, export = words.say, told.export
    brought = [made for made in told.made if not made.refusal]
    new = [made for made in brought if not made.named.entry.is_page]
    refused = [made for made in told.made if made.refusal]
    drafts = sum(made.named.entry.is_draft for made in new)
    missing = sum(note.name == "missing" for made in brought for note in made.notes)
    posts = sum(not entry.is_page for entry in export.entries)
    yield say("blog", title=export.title, name=told.name, count=posts)
    counts = {"known": sum(not each.entry.is_page for each in told.known), "refused": len(refused) + len(told.twice)}
    yield say("plan", new=len(new), drafts=drafts, **counts)
    yield say("pictures", shown=sum(made.pictures for made in brought), missing=missing)
    is_guess, mapping, with_calls = told.offered
    yield say("guessed" if is_guess else "by_mapping", path=mapping)
    aimless = (say("label", label=label, count=count) for label, count in told.aimless.items())
    yield from _group(say("aimless"), aimless)
    yield from _group(say("new"), (line for made in new for line in _post(made, words)))
    pages = [made for made in brought if made.named.entry.is_page]
    yield from _group(say("pages"), (line for made in pages for line in _post(made, words)))
    failed = [say("refusal", title=made.named.title, reason=made.refusal) for made in refused]
    failed += [say("refusal", title=entry.title, reason=say("twice")) for entry in told.twice]
    yield from _group(say("refused"), failed)
    for name, is_kept in (("grown", False), ("by_hand_only", True)):
        lines = (line for each in told.grown if each.is_kept == is_kept for line in _grown(each, words))
        yield from _group(say(name), lines)
    more = {each.path for each in told.grown}
    same = (each for each in told.known if each.source.path not in more)
    yield from _group(say("known"), (say("known_line", path=each.source.path, title=each.entry.title) for each in same))
    yield from _group(say("left"), _left(export, words))
    yield from _group(say("calls", count=len(told.calls)), _calls(told.calls, words, drafted=with_calls))


def _group(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = [f"  {each}" for each in lines]
    if found:
        yield from ("", title, *found)


def _post(made: Made, words: BlogWords) -> Iterator[str]:
    name = "draft_line" if made.named.is_draft else "new_line"
    yield words.say(name, path=made.named.path, title=made.named.title)
    yield from _notes(made.notes, words)


def _grown(grown: Grown, words: BlogWords) -> Iterator[str]:
    yield words.say("known_line", path=grown.path, title=grown.title)
    yield from _notes(grown.notes, words)


def _notes(notes: Iterable[Note], words: BlogWords) -> Iterator[str]:
    told: dict[Note, int] = {}
    for note in notes:
        told[note] = told.get(note, 0) + 1
    for note, times in told.items():
        line = words.note(note.name, note.found)
        yield f"  – {line}" + (f" ({words.say('times', count=times)})" if times > 1 else "")


def _left(export: Export, words: BlogWords) -> Iterator[str]:
    for each in export.left:
        yield words.say("left_line", kind=words.left(each.kind), title=each.title, address=each.address).rstrip()
    for kind, count in export.counts.items():
        yield words.say("left_count", kind=words.left(kind), count=count)
    if export.comments:
        yield words.say("left_count", kind=words.left("comment"), count=export.comments)


def _calls(calls: Iterable[Call], words: BlogWords, *, drafted: bool) -> Iterator[str]:
    for call in calls:
        offer = call.offered
        outcome = words.say("drafted" if drafted else "draftable", path=offer.path) if offer.text else offer.refusal
        yield words.say("call", title=offer.title, outcome=outcome)

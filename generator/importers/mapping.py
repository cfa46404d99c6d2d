"""Which rubric and topics the labels of an old blog mean: read from a file, or guessed and offered as one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

from pydantic import ValidationError

from generator.fields.base import Part, mistakes, nearest, shown
from generator.fields.text import Line, Slug
from generator.importers.blog_words import BlogWords
from generator.importers.exported import Entry
from generator.importers.spaces import alike
from generator.new.writing import comment_lines, scalar
from generator.problems import ContentError
from generator.records.post import Post
from generator.source import read

FILE = "import-mapping.yml"
RUBRICS: tuple[str, ...] = get_args(Post.model_fields["rubric"].annotation)
USUAL = "centre"
"""The rubric of posts whose labels name none."""
IGNORED = "no"
STEM = 5
"""Letters by which words of one root are known, near enough for a guess."""


class Target(Part):
    """What one label means."""

    rubric: Line | None = None
    topics: tuple[Slug, ...] = ()


class Labels(Part):
    """The file of meanings."""

    rubric: Line = USUAL
    """The rubric of posts whose labels name none."""
    labels: Mapping[str, Target] = MappingProxyType({})


class Meanings(NamedTuple):
    """What labels mean, and which mean nothing."""

    usual: str
    targets: Mapping[str, Target]
    """By the label in small letters."""
    ignored: frozenset[str] = frozenset()

    def rubric(self, labels: Iterable[str]) -> str | None:
        """Return the first of the site's rubrics that labels name."""
        found = {self.targets[label.lower()].rubric for label in labels if label.lower() in self.targets}
        return next((rubric for rubric in RUBRICS if rubric in found), None)

    def topics(self, labels: Iterable[str]) -> list[str]:
        """Return the topics of labels, each once."""
        named = (self.targets[label.lower()].topics for label in labels if label.lower() in self.targets)
        return list(dict.fromkeys(topic for topics in named for topic in topics))

    def aimless(self, counts: Mapping[str, int]) -> list[str]:
        """Return the labels that mean neither a rubric nor a topic, and were not said to be ignored."""
        named = {label for label, target in self.targets.items() if target.rubric or target.topics}
        return [label for label in counts if label.lower() not in named | self.ignored]


def counted_labels(entries: Iterable[Entry]) -> dict[str, int]:
    """Return how many posts have each label, the most used first."""
    counts = Counter(label for entry in entries for label in entry.labels)
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0].lower(), each[0])))


def read_meanings(path: Path, topics: Iterable[str]) -> Meanings:
    """Return what a file says labels mean, or raise ContentError."""
    source, problems = read(path, path.parent)
    if problems:
        raise ContentError(problems)
    values: dict[str, Any] = dict(source.values)
    written = values.get("labels")
    if isinstance(written, dict):
        values["labels"] = {label: {} if target in (None, IGNORED) else target for label, target in written.items()}
    try:
        found = Labels.model_validate(values)
    except ValidationError as error:
        told = mistakes(error, Labels)
        raise ContentError(source.problem(mistake.loc, mistake.message) for mistake in told) from None
    known = list(topics)
    wrong = [source.problem(("rubric",), _no_rubric(found.rubric))] if found.rubric not in RUBRICS else []
    for label, target in found.labels.items():
        if target.rubric and target.rubric not in RUBRICS:
            wrong.append(source.problem(("labels", label, "rubric"), _no_rubric(target.rubric)))
        for topic in target.topics:
            if topic not in known:
                message = f"в content/topics.yml нет темы {shown(topic)}{nearest(topic, known)}"
                wrong.append(source.problem(("labels", label, "topics"), message))
    if wrong:
        raise ContentError(wrong)
    ignored = {label.lower() for label, target in (written or {}).items() if target == IGNORED}
    return Meanings(found.rubric, {name.lower(): each for name, each in found.labels.items()}, frozenset(ignored))


def guessed(counts: Mapping[str, int], topics: Mapping[str, str], words: BlogWords) -> Meanings:
    """Return what labels probably mean, by the titles of the site's topics and by words of the trade."""
    found: dict[str, Target] = {}
    for label in counts:
        text = alike(label)
        rubrics = _meant(text, words.texts["rubrics"])
        named = [slug for slug, title in topics.items() if _is_akin(text, alike(title))]
        named += (slug for slug in _meant(text, words.texts["topics"]) if slug in topics)
        target = Target(rubric=next((each for each in RUBRICS if each in rubrics), None), topics=tuple(_once(named)))
        found.setdefault(label.lower(), target)
    return Meanings(USUAL, found)


def mapping_file(meanings: Meanings, counts: Mapping[str, int], words: BlogWords, topics: Iterable[str]) -> str:
    """Return the text of a file that says what labels mean, for an editor to mend."""
    remark = words.say("mapping", rubrics=", ".join(RUBRICS), topics=", ".join(topics))
    lines = [*comment_lines(remark), f"rubric: {meanings.usual}", "labels:" if counts else "labels: {}"]
    written: set[str] = set()
    for label, count in counts.items():
        if label.lower() in written:
            continue
        written.add(label.lower())
        target = meanings.targets[label.lower()]
        fields = [f"rubric: {target.rubric}"] if target.rubric else []
        fields += [f"topics: [{', '.join(target.topics)}]"] if target.topics else []
        lines.append(f"  {scalar(label)}: {{{', '.join(fields)}}}  # {words.say('posts', count=count)}")
    return "\n".join(lines) + "\n"


def _no_rubric(rubric: str) -> str:
    return f"бывает {', '.join(RUBRICS)}; здесь {shown(rubric)}{nearest(rubric, RUBRICS)}"


def _meant(text: str, meanings: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the names whose words a label has; a star in a word is any ending."""
    return [
        name
        for name, phrases in meanings.items()
        if any(re.search(rf"\b{re.escape(alike(each)).replace(chr(92) + '*', WORD)}\b", text) for each in phrases)
    ]


WORD = r"\w*"


def _is_akin(label: str, title: str) -> bool:
    if label == title:
        return True
    roots = {word[:STEM] for word in re.findall(r"\w+", title) if len(word) >= STEM}
    return any(word[:STEM] in roots for word in re.findall(r"\w+", label) if len(word) >= STEM)


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))

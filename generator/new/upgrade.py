"""Move a site to this version of the program: renew what is the program's, leave what the library changed, tell all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from generator.new import program
from generator.new.note import Note, read_note, templates
from generator.new.site import tell_of_program
from generator.new.skeleton import Made, Skeleton, digest
from generator.new.words import Words
from generator.settings import load_settings
from generator.templating import Texts, shipped_templates

BESIDE = ".new"
"""Ends the name of a new file put beside one that the library changed."""
_VERSION = re.compile(r"^## (\S+)", re.MULTILINE)


def upgrade(project: Path, today: date, tell: Callable[[str], None]) -> None:
    """Renew the program's files in a site and tell what was done; what the library changed stays as it is."""
    settings = load_settings(project)
    words = Words(Texts([shipped_templates()]))
    note = read_note(project)
    version = program.version()
    kept_up = {made.path: made for made in Skeleton(project, settings, today).kept_up()}

    def say(name: str, /, **facts: object) -> None:
        tell(words.say("upgrade", name, **facts))

    say("moved" if note.version else "unknown", old=note.version, new=version)
    done = False
    for name, path in (*_renewed(project, note, kept_up), *_own_templates(project, note)):
        say(name, path=path, beside=f"{path}{BESIDE}")
        done = True
    if not done:
        say("nothing")
    if news := changes_since(note.version, program.changes().read_text(encoding="utf-8")):
        say("news")
        tell(news)
    carried = {path: known for path, known in note.files.items() if path == program.file()}
    Note(version, carried | {path: made.digest for path, made in kept_up.items()}, templates()).write(project)
    tell_of_program(project, words, tell)
    say("next")


def _renewed(project: Path, note: Note, kept_up: dict[str, Made]) -> Iterator[tuple[str, str]]:
    """Yield what was done to each of the program's files, and its path."""
    for made in kept_up.values():
        path = project / made.path
        before = note.files.get(made.path)
        now = digest(path.read_bytes()) if path.is_file() else None
        if made.digest in (before, now):
            continue  # the program has nothing new to say, whatever the library made of the file
        if now is None and before is not None:
            yield "left_out", made.path
            continue
        is_ours = now in (None, before)
        target = path if is_ours else path.with_name(path.name + BESIDE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made.content)
        yield ("added" if now is None else "renewed" if is_ours else "changed"), made.path
    for name in sorted(set(note.files) - set(kept_up)):
        path = project / name
        if name == program.file():
            continue  # the very one that builds the site, though this machine runs it from its sources
        if path.is_file() and digest(path.read_bytes()) == note.files[name]:
            path.unlink()
            yield "removed", name
        elif path.is_file():
            yield "needless", name


def _own_templates(project: Path, note: Note) -> Iterator[tuple[str, str]]:
    """Yield the site's own templates whose shipped ones are not what they were."""
    shipped = templates()
    own = project / "templates"
    for path in sorted(path for path in own.rglob("*") if path.is_file()):
        name = path.relative_to(own).as_posix()
        before = note.templates.get(name)
        if before is not None and shipped.get(name) != before:
            yield ("template" if name in shipped else "orphan"), f"templates/{name}"


def changes_since(version: str, changes: str) -> str:
    """Return what is new in the versions after one, as the list of changes tells it."""
    heads = list(_VERSION.finditer(changes))
    later = [head for head in heads if _ordered(head[1]) > _ordered(version)]
    if not later:
        return ""
    following = next((head.start() for head in heads if head.start() > later[-1].start()), len(changes))
    return changes[later[0].start() : following].strip()


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))

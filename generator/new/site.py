"""Begin the site of another library: its settings asked for, examples of every kind, recipes for publishing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from generator.fields.base import Mistake
from generator.new import program
from generator.new.console import Console
from generator.new.given import UnfitOrderError
from generator.new.note import Note, templates
from generator.new.questions import Questions
from generator.new.skeleton import Made, Skeleton
from generator.new.town import QUESTIONS, Question, Town, TownChoosing
from generator.new.words import Words
from generator.settings import Settings
from generator.templating import Texts, shipped_templates


class OccupiedFolderError(Exception):
    """The folder holds something already: nothing is overwritten."""


def begin(folder: Path, today: date, given: Sequence[str], console: Console) -> None:
    """Write a site into a new or empty folder; its settings are given, asked for on a terminal, or offered."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OccupiedFolderError(f"папка {folder} не пустая; назовите новую")
    words = Words(Texts([shipped_templates()]))
    town = Town(words)
    town.take(given)
    if console.is_interactive:
        try:
            _ask(town, Questions(TownChoosing(words, today), console))
        except EOFError:
            raise UnfitOrderError(words.say("site", "ended")) from None
    write_site(folder, town.settings(), today)
    console.tell(words.say("site", "begun", folder=folder))
    unsaid = [name for name in QUESTIONS if town.is_asked(name)]
    if guessed := [f"{name}: {town.value(name)}" for name in unsaid if town.follows(name)]:
        console.tell(words.say("site", "guessed", values="; ".join(guessed)))
    if left := [name for name in unsaid if not town.follows(name)]:
        console.tell(words.say("site", "left", names=", ".join(left)))
    tell_of_program(folder, words, console.tell)
    console.tell(words.say("site", "next", folder=folder))


def tell_of_program(project: Path, words: Words, tell: Callable[[str], None]) -> None:
    """Tell how the program's own file gets into a site that lacks it."""
    if program.is_lacking(project):
        told = "wheel" if program.sources() else "wheel_lost"
        folder, file = project / program.FOLDER, Path(program.file()).name
        tell(words.say("site", told, folder=folder, sources=program.sources(), file=file))


def write_site(folder: Path, settings: Settings, today: date) -> None:
    """Write the files of a new site and the note of what is the program's among them."""
    skeleton = Skeleton(folder, settings, today)
    _write(folder, skeleton.own())
    kept_up = list(skeleton.kept_up())
    _write(folder, kept_up)
    Note(program.version(), {made.path: made.digest for made in kept_up}, templates()).write(folder)


def _write(folder: Path, files: Iterable[Made]) -> None:
    for made in files:
        path = folder / made.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.content)


def _ask(town: Town, questions: Questions) -> None:
    """Ask for every setting that was not given, each answer checked as mkdocs.yml will be."""
    questions.say("site", "head")
    for question in QUESTIONS.values():
        # An answer may make a later question needless.
        if town.is_asked(question.name):
            questions.console.tell()
            questions.explain(question.shape, (question.name,))
            _ask_one(town, question, questions)


def _ask_one(town: Town, question: Question, questions: Questions) -> None:
    while True:
        answer, complaint = questions.answer(question.shape, town.offered(question.name))
        town.answers[question.name] = str(answer)
        wrong = [Mistake((), complaint)] if complaint else town.mistakes()
        if not wrong:
            return
        questions.complain(wrong, ())

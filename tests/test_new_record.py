"""`proekt new`: a record asked for, given as options, taken over from last season, or left blank to fill in."""

from __future__ import annotations

import os
import random
import re
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from generator.catalog import examine, load
from generator.cli import main
from generator.fields.base import mistakes
from generator.fields.moment import Moment
from generator.new.writing import Layout, scalar, whole_file
from generator.records import KINDS
from generator.records.grant import Grant
from generator.shapes import every_shape, shapes
from generator.source import Loc, read
from tests.conftest import PATIENCE, TODAY, state_of, wait_until

NASTY = (
    "Дворы: новое",
    "решётка # не примечание",
    "#начало",
    "- тире впереди",
    "— длинное тире",
    "-1",
    "«Ёлочки» и „лапки“",
    "\"кавычки\" и 'апострофы'",
    "обратная \\ черта \\n",
    "yes",
    "No",
    "null",
    "~",
    "2027",
    "1_000",
    "18:00",
    "2026-10-15",
    "0x1F",
    ".inf",
    "true",
    "? вопрос",
    "[скобки]",
    "{фигурные}, и запятая",
    "a: b, c: {d}",
    "*звезда",
    "&знак",
    "!воскл",
    "%проц",
    "@собака",
    "`кавычка",
    "|",
    "> цитата",
    "двоеточие:",
    " пробел впереди",
    "пробел в конце ",
    "---",
    "...",
    "<<",
    "=",
    "\u00a0неразрывный\u00a0",
    "разделитель\u2028строк\u0085",
    "невидимый\u200bпробел и \ufeffметка",
    "табуляция\tвнутри",
    "эмодзи 🎈",
    "две\nстроки",
    "абзац\n\nещё абзац\n",
    "\nпервая пустая",
    "  отступ\nи нет",
    "# заголовок\n- список\nключ: значение\n",
    "пробелы\n   \nв пустой строке",
    "много концов\n\n\n",
    "https://example.org/?a=1&b=2#c",
    "",
)
"""Strings that YAML reads as something else when nobody takes care."""

REQUIRED: dict[str, tuple[str, ...]] = {
    "grant": ("level=private", "funder=kamennyy-poyas", "applicants=nko, tos", "deadline=2027-03-01 23:30"),
    "funder": ("nature=company",),
    "ngo": ("legal_name=АНО «Новая»", "form=ano"),
    "meetup": ("date=2026-12-20", "status=planned"),
    "note": ("stage=idea",),
    "post": ("date=2026-11-20", "rubric=centre"),
    "document": ("nature=law", "number=1-ФЗ", "date=2026-01-01", "authority=Государственная Дума"),
    "project": ("applicant=Библиотека", "funder=kamennyy-poyas", "year=2026"),
    "expert": ("role=юрист", "competence=устав", "how=visit", "pro_bono=yes"),
    "agreement": ("parties.name=Музей", "subject=Вместе проводим встречи", "date=2026-11-20"),
    "report": ("source=отчёт", "id=2027"),
    "centre": ("contacts.emails=a@example.org", "short_address=ул. Новая, 1", "hours=пн, вт 10:00–18:00"),
    "page": (),
}
"""What each kind must have besides its title."""


@pytest.fixture
def project(example: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(example, tmp_path / "project"))


def new(project: Path, kind: str, *options: str) -> int:
    return main(["new", kind, *options, "--today", str(TODAY), "--project", str(project)])


def given(*answers: str) -> list[str]:
    return [part for answer in answers for part in ("--set", answer)]


def files(project: Path) -> dict[str, bytes]:
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in project.rglob("*") if path.is_file()}


Talking = Callable[..., tuple[int, str]]


class Process:
    """`proekt new` as a process on a terminal of its own, answered line by line."""

    def __init__(self, project: Path, *options: str) -> None:
        self.screen, keyboard = os.openpty()
        command = [sys.executable, "-m", "generator", "new", *options, "--today", str(TODAY)]
        own = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            command,
            cwd=project,
            stdin=keyboard,
            stdout=keyboard,
            stderr=keyboard,
            env=own,
            start_new_session=True,
            # Tests that run in a shell's background inherit an interrupt that is ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # no thread here
        )
        os.close(keyboard)
        self._raw = b""

    def answer(self, *lines: str | bytes) -> None:
        for line in lines:
            self._wait()
            os.write(self.screen, (line.encode() if isinstance(line, str) else line) + b"\n")
            self._raw += b"\r\n"

    def _wait(self) -> None:
        """Read until a question stands on the screen."""
        while not self._raw.endswith(b"> "):
            found = self._read()
            assert found, self._raw.decode()
            self._raw += found

    def _read(self) -> bytes:
        ready, _, _ = select.select([self.screen], [], [], PATIENCE)
        assert ready, f"nothing came after {self._raw.decode(errors='replace')}"
        return os.read(self.screen, 65536)

    def interrupt(self) -> None:
        """Press Ctrl-C once an answer is waited for: before that it is heard with the next key."""
        self._wait()
        wait_until(lambda: state_of(self.process.pid) == "S")
        self.process.send_signal(signal.SIGINT)

    def hang_up(self) -> None:
        """End the input as Ctrl-D does."""
        self._wait()
        os.write(self.screen, b"\x04")

    def end(self) -> tuple[int, str]:
        """Return the exit status and all that was on the screen."""
        try:
            while found := self._read():
                self._raw += found
        except OSError:
            pass  # EIO: Linux says so where the other side is closed
        status = self.process.wait(PATIENCE)
        os.close(self.screen)
        return status, self._raw.decode(errors="replace").replace("\r\n", "\n")


@pytest.fixture
def talk(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Talking]:
    """Answer `proekt new` on a terminal; after the last answer the input ends, as by Ctrl-D."""
    screen, keyboard = os.openpty()
    with open(keyboard, encoding="utf-8") as stdin:  # noqa: PTH123  # a terminal is no path
        monkeypatch.setattr(sys, "stdin", stdin)

        def answered(options: Sequence[str], *answers: str | bytes) -> tuple[int, str]:
            for answer in answers:
                os.write(screen, (answer.encode() if isinstance(answer, str) else answer) + b"\n")
            os.write(screen, b"\x04")
            status = new(project, *options)
            told = capsys.readouterr()
            return status, told.out + told.err

        yield answered
    os.close(screen)


# What is written is read back.


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("kind", ["grant", "note"])
def test_what_is_written_is_read_back(kind: str, text: str, tmp_path: Path) -> None:
    values: dict[str, Any] = {
        "title": text,
        "topics": [text, "town"],
        "source": [text, text],
        "limits": {"note": text, "age_from": "18"},
        "applicants": {"nko": {"may": "yes", "note": text}, "others": "no"},
        "rounds": [{"title": text, "key": "main"}, {"key": "b", "stages": [{"title": text, "key": "c"}]}],
        "papers": [{"title": text, "note": text}],
        "text": text,
    }
    path = tmp_path / f"a{KINDS[kind].suffix}"
    comments = {(): "Заметка", ("rounds", 0, "key"): "Ещё: одна", ("title",): "И ещё"}
    path.write_text(whole_file(KINDS[kind], values, Layout(comments, "Текст")), encoding="utf-8", newline="\n")
    source, problems = read(path, tmp_path)
    assert problems == ()
    assert source.values == values


@pytest.mark.no_cover  # the texts above go through the same code
def test_any_letters_at_all_are_read_back(tmp_path: Path) -> None:
    chance = random.Random(3)
    letters = "абв yn01 :#-'\"\\[]{},&*!|>%@`?~=<.\n\t\u00a0\u2028\u0085\u200b🎈"
    for _ in range(1500):
        text = "".join(chance.choices(letters, k=chance.randint(0, 12)))
        values = {"title": text, "source": [text, text], "money": {"note": text, "most": "1"}, "text": text}
        path = tmp_path / "a.yml"
        path.write_text(whole_file(Grant, values, Layout()), encoding="utf-8", newline="\n")
        source, problems = read(path, tmp_path)
        assert (problems, source.values) == ((), values), repr(text)


def test_text_that_other_programs_would_read_as_something_else_is_quoted_and_typed_values_are_not() -> None:
    for text in ("yes", "No", "2027", "18:00", "2026-10-15", "1e3", "0o17", ".inf"):
        assert scalar(text) == f'"{text}"'
        assert scalar(text, is_words=False) == text
    assert scalar("null", is_words=False) == '"null"'
    assert scalar("Обычное название, с запятой") == "Обычное название, с запятой"


def test_fields_stand_in_the_models_order_and_short_lists_in_a_row() -> None:
    values = {"stage": "idea", "topics": ["town", "library"], "title": "Б", "source": ["Книга, том 1", "Другая"]}
    assert whole_file(KINDS["note"], values, Layout(body="Текст")) == (
        "---\ntitle: Б\ntopics: [town, library]\nsource:\n  - Книга, том 1\n  - Другая\nstage: idea\n---\n\nТекст\n"
    )


# The blank.


def blank(kind: str, project: Path, capsys: pytest.CaptureFixture[str]) -> str:
    before = files(project)
    assert new(project, kind, "--print") == 0
    assert files(project) == before
    return capsys.readouterr().out


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_says_what_each_field_is_and_what_it_may_be(
    kind: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = re.sub(r"\s+#?\s*", " ", re.sub(r"\n\s*# ", " ", blank(kind, project, capsys)))
    told = [*every_shape(KINDS[kind])]
    if any(shape.type is Moment for shape in told):
        told += [inner for shape in shapes(Moment) for inner in (shape, *(shapes(shape.part) if shape.part else ()))]
    for shape in told:
        assert shape.words, shape.name
        assert shape.words in words, shape.name
        assert ", ".join(shape.choices) in words


def filled(text: str, kind: str) -> str:
    """Return a blank with right values in its required fields."""
    answers = dict(answer.split("=", 1) for answer in REQUIRED[kind])
    known = {name.rpartition(".")[2]: value for name, value in answers.items()}
    known |= {"title": "Совсем новое", "others": "no", "address": "Глазов, ул. Новая, 1"}
    known |= {"ngo": "knigonoshi"}
    known.pop("applicants", None)  # a table: `others` answers for all
    known |= {name: f'"{value}"' for name, value in known.items() if re.fullmatch(r"\d\d:\d\d", value)}

    def fill(line: re.Match[str]) -> str:
        return f"{line[0]} {known[line[2]]}" if line[2] in known else line[0]

    text = re.sub(r"^( *(?:- )?)([a-z_]+):$", fill, text, flags=re.MULTILINE)
    for either in ("applicant", "funder") if kind == "project" else ():
        text = re.sub(rf"^#{either}:.*", f"{either}: {known[either]}", text, flags=re.MULTILINE)
    return text


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_with_its_required_fields_filled_passes_the_check(
    kind: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = filled(blank(kind, project, capsys), kind)
    if kind == "centre":
        (project / "content/centre/bereg.md").unlink()
    name = "2027" if kind == "report" else "new"
    (project / KINDS[kind].folder / f"{name}{KINDS[kind].suffix}").write_text(text)
    assert examine(project, TODAY).problems == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_with_every_sign_taken_away_has_only_known_fields_and_right_examples(
    kind: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = re.sub(r"^( *)#(?=[a-z_]+:|- |  )", r"\1", blank(kind, project, capsys), flags=re.MULTILINE)
    path = project / KINDS[kind].folder / f"new{KINDS[kind].suffix}"
    path.write_text(text)
    source, problems = read(path, project)
    assert problems == ()
    values = {name: value for name, value in source.values.items() if name != "text"}
    try:
        KINDS[kind].model_validate({**values, "slug": "2027", "path": "new"})
    except ValidationError as error:
        found = list(mistakes(error, KINDS[kind]))
    else:
        found = []
    # What has no example is left empty for the editor; of two fields that shut each other out a blank shows both.
    left = [mistake for mistake in found if "одно из двух" not in mistake.message]
    assert [mistake for mistake in left if at(values, mistake.loc) is not None] == []


def at(values: Any, loc: Loc) -> Any:
    for step in loc:
        values = values[step]
    return values


# Answers as options.


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_of_any_kind_is_made_of_options_alone(kind: str, project: Path) -> None:
    if kind == "centre":
        (project / "content/centre/bereg.md").unlink()
    assert new(project, kind, *given("title=Совсем новая запись", *REQUIRED[kind])) == 0
    name = "2027" if kind == "report" else "sovsem-novaya-zapis"
    path = project / KINDS[kind].folder / f"{name}{KINDS[kind].suffix}"
    assert path.exists()
    assert examine(project, TODAY).problems == ()


def test_a_record_made_of_options_holds_what_was_said(project: Path) -> None:
    answers = given(
        "title=Дворы: новое",
        *REQUIRED["grant"],
        "applicants.library=partner",
        "topics=town, library",
        "source=Письмо, 1 ноября",
        "source=https://example.org/",
        "money.most=100 000",
        "rounds[2].key=osen",
        "rounds[2].deadline.date=2027-10",
        "rounds[2].deadline.precision=forecast",
        "id=dvory",
    )
    assert new(project, "grant", *answers) == 0
    grant = load(project, TODAY).get("grant", "dvory")
    assert isinstance(grant, Grant)
    assert (grant.title, grant.topics, grant.checked, grant.added) == (
        "Дворы: новое",
        ("town", "library"),
        TODAY,
        TODAY,
    )
    assert grant.source == ("Письмо, 1 ноября", "https://example.org/")
    assert [each.who for each in grant.who("yes")] == ["nko", "tos"]
    assert [each.who for each in grant.who("partner")] == ["library"]
    assert grant.money.most == 100_000
    assert [(each.key, each.deadline.precision) for each in grant.rounds] == [("main", "exact"), ("osen", "forecast")]


def test_a_text_given_as_an_option_stands_below_the_fields(project: Path) -> None:
    text = "## Заголовок\n\nСтрока: с двоеточием.\n\tС табуляцией."
    assert new(project, "note", *given("title=Заметка", "stage=idea", f"text={text}")) == 0
    assert new(project, "grant", *given("title=Конкурс", *REQUIRED["grant"], f"text={text}")) == 0
    catalog = load(project, TODAY)
    for kind, slug in (("note", "zametka"), ("grant", "konkurs")):
        record = catalog.get(kind, slug)
        assert record is not None
        assert "Строка: с двоеточием." in record.body.html


def test_a_markdown_record_invites_to_write_and_the_invitation_is_not_public(project: Path) -> None:
    assert new(project, "page", *given("title=Новая страница")) == 0
    assert "Здесь напишите текст" in (project / "content/pages/novaya-stranitsa.md").read_text()
    page = load(project, TODAY).get("page", "novaya-stranitsa")
    assert page is not None
    assert "напишите" not in page.body.html


def test_what_is_missing_is_told_in_the_words_of_the_check_and_nothing_is_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(project)
    assert new(project, "grant", *given("title=Новый", "level=private")) == 2
    told = capsys.readouterr().err.splitlines()[1:]
    assert told == [f"{name}: обязательное поле; его нет" for name in ("funder", "applicants", "rounds[1].deadline")]
    assert files(project) == before


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("funder=kamenny", "funder: в content/funders/ нет записи «kamenny»; похоже на «kamennyy-poyas»"),
        ("title=двор нашей мечты", "title: то же значение уже есть в grants/dvor-2026.yml: «двор нашей мечты»"),
        ("level=50 % от, всех", "level: бывает federal, regional, municipal, private; здесь «50 % от, всех»"),
        ("opens=2027-04-01", "rounds[1].deadline: не может быть раньше, чем opens (2027-04-01)"),
        ("applicants=librari", "applicants: нет такого заявителя: «librari»; похоже на «library»"),
        ("applicants.librari=yes", "applicants.librari: такого поля нет; похоже на «library»"),
        ("topics=town, net", "topics: в content/topics.yml нет записи «net»"),
        ("titel=А", "titel: такого поля нет; похоже на «title»"),
        ("rounds=2027-04-01", "rounds: у этого поля есть вложенные: key, title"),
        ("title.x=1", "title.x: у этого поля нет вложенных"),
        ("rounds[4].key=a", "rounds[4].key: записей в списке пока 1; следующая — 2"),
        ("rounds[0].key=a", "rounds[0].key: записей в списке пока 1; следующая — 2"),
        ("без знака", "нужно имя поля, знак = и значение"),
        ("title=а\x1bб", "title: невидимый знак U+001B; удалите его"),
        ("title=Cпорт", "title: буква «C» латинская, первая в слове «Cпорт»; наберите её по-русски"),
        ("title=а\udcd0б", "title: не удалось разобрать буквы"),
        ("id=Двор", "имя записи — латинские строчные буквы"),
        ("id=" + "a" * 81, "не длиннее 80 знаков"),
        ("id=dvor-2026", "файл grants/dvor-2026.yml уже есть"),
        ("title=«…»", "из названия не выходит имя латиницей"),
    ],
)
def test_a_wrong_option_is_told_and_nothing_is_written(
    answer: str, told: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(project)
    assert new(project, "grant", *given("title=Новый", *REQUIRED["grant"], answer)) == 2
    assert told in capsys.readouterr().err
    assert files(project) == before


def test_a_page_does_not_take_an_address_of_the_site(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(project, "page", *given("title=Новая", "id=grants")) == 2
    assert "по адресу /grants/ стоит страница самого сайта" in capsys.readouterr().err


def test_a_kind_that_is_not_there_is_told_with_the_nearest(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(project, "grantt") == 2
    assert "здесь «grantt»; похоже на «grant»" in capsys.readouterr().err


def test_a_record_is_never_written_over_another(project: Path) -> None:
    path = project / "grants/dvor-2027.yml"
    path.write_text("чужое")
    assert new(project, "grant", *given("title=Двор 2027", *REQUIRED["grant"])) == 2
    assert path.read_text() == "чужое"


def test_only_problems_of_the_new_record_are_told_after_it_is_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "ngos/broken.yml").write_text("title: Сломанная\n")
    assert new(project, "note", *given("title=Заметка", "stage=idea")) == 0
    assert "broken" not in capsys.readouterr().out
    assert new(project, "note", *given("title=Вторая", "stage=idea", "text=[тут](net.md)")) == 1
    out = capsys.readouterr().out
    assert "content/methodology/vtoraya.md" in out
    assert "broken" not in out


def test_a_new_site_takes_its_first_funder_and_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "library"
    assert main(["init", "--today", str(TODAY), str(site)]) == 0
    for example in site.rglob("primer-*"):
        example.unlink()
    assert new(site, "funder", *given("title=Фонд", "nature=company")) == 0
    answers = [answer for answer in REQUIRED["grant"] if "funder" not in answer]
    assert new(site, "grant", *given("title=Конкурс", *answers, "funder=fond")) == 0
    assert main(["check", "--today", str(TODAY), "--project", str(site)]) == 0
    assert "proekt serve" in capsys.readouterr().out


# The next season.


def test_the_next_season_keeps_what_holds_and_none_of_the_dates(project: Path) -> None:
    path = project / "grants/knizhnyy-most.yml"
    path.write_text(path.read_text().replace("title: Книжный мост\n", "title: Книжный мост, 2026 год\n", 1))
    path.rename(path.with_name("most-2026-1.yml"))
    assert new(project, "grant", "--from", "most-2026-1") == 0
    catalog = load(project, TODAY)
    old, grant = (catalog.get("grant", slug) for slug in ("most-2026-1", "most-2027-1"))
    assert isinstance(old, Grant)
    assert isinstance(grant, Grant)
    assert grant.title == "Книжный мост, 2027 год"
    same = (
        "funder",
        "competition",
        "applicants",
        "limits",
        "money",
        "papers",
        "topics",
        "notes",
        "documents",
        "source",
    )
    assert [name for name in same if getattr(grant, name) != getattr(old, name)] == []
    assert grant.body.html == old.body.html
    assert [(each.key, each.title) for each in grant.rounds] == [(each.key, each.title) for each in old.rounds]
    assert {stone.moment.precision for stone in grant.milestones()} == {"unknown"}
    assert (grant.history, grant.aliases, grant.example, grant.updated) == ((), (), False, None)
    assert not any(round_.cancelled for round_ in grant.rounds)
    assert (grant.checked, grant.added) == (TODAY, TODAY)


def test_the_next_season_says_what_to_fill_in(project: Path) -> None:
    assert new(project, "grant", "--from", "dvor-2026", *given("title=Двор, ещё раз")) == 0
    text = (project / "grants/dvor-2027.yml").read_text()
    assert text.startswith("# Следующий сезон; прошлый — grants/dvor-2026.yml.")
    assert "# Впишите, когда объявят. В прошлый раз было так: opens 2026-11-02, deadline 2026-11-27 23:30" in text
    assert "# Это источники прошлого сезона" in text


def test_what_is_said_at_once_needs_no_remark(project: Path) -> None:
    answers = given("title=Двор, ещё раз", "deadline=2027-11-26", "source=Новое положение")
    assert new(project, "grant", "--from", "dvor-2026", *answers) == 0
    text = (project / "grants/dvor-2027.yml").read_text()
    assert "deadline: 2027-11-26" in text
    assert "Новое положение" in text
    assert "dvor/rules" not in text
    assert "Впишите" not in text
    assert "источники" not in text


def test_seasons_are_tied_though_the_first_was_not(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(project, "grant", "--from", "dvor-2026", *given("title=Двор, ещё раз")) == 0
    assert "competition: dvor-2026\n" in (project / "grants/dvor-2027.yml").read_text()
    assert "добавьте в grants/dvor-2026.yml строку: competition: dvor-2026" in capsys.readouterr().out


def test_a_season_whose_year_is_taken_becomes_the_one_after_it(project: Path) -> None:
    for year in (2027, 2028):
        assert new(project, "grant", *given(f"title=Двор {year}", *REQUIRED["grant"], f"id=dvor-{year}")) == 0
    assert new(project, "grant", "--from", "dvor-2027") == 0
    assert "title: Двор 2029\n" in (project / "grants/dvor-2029.yml").read_text()


def test_a_season_whose_title_has_no_year_wants_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(project)
    assert new(project, "grant", "--from", "dvor-2026") == 2
    assert "title: обязательное поле; его нет" in capsys.readouterr().err
    assert files(project) == before


def test_an_earlier_record_that_is_not_there_is_told_with_the_nearest(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(project, "grant", "--from", "dvor-202") == 2
    assert "в grants/ нет записи «dvor-202»; похоже на «dvor-2026»" in capsys.readouterr().err


def test_a_broken_record_has_no_next_season(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "grants/broken.yml").write_text("title: Сломанная\nlevel: своя\n")
    assert new(project, "grant", "--from", "broken") == 1
    assert "grants/broken.yml:2: level: бывает federal" in capsys.readouterr().out


def test_the_next_season_is_shown_without_being_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(project)
    assert new(project, "grant", "--from", "dvor-2026", "--print", *given("title=Двор-2")) == 0
    assert "\ntitle: Двор-2\n" in capsys.readouterr().out
    assert files(project) == before


def test_an_organisations_numbers_are_not_taken_over(project: Path) -> None:
    answers = given("title=Светлый двор — 2", "id=dvor-2")
    assert new(project, "ngo", "--from", "svetlyy-dvor", *answers) == 0
    text = (project / "ngos/dvor-2.yml").read_text()
    assert "legal_name: АНО «Светлый двор»" in text
    assert "inn:" not in text
    assert load(project, TODAY).get("ngo", "dvor-2") is not None


def test_a_word_of_a_closed_list_may_be_given_in_russian(project: Path) -> None:
    answers = [each for each in REQUIRED["grant"] if "level" not in each]
    assert new(project, "grant", *given(*answers, "title=Конкурс", "level=регион", "id=konkurs")) == 0
    assert "\nlevel: regional\n" in (project / "grants/konkurs.yml").read_text()


# On a terminal.


def test_a_call_is_asked_for_in_russian_and_each_answer_is_checked_as_it_is_given(project: Path, talk: Talking) -> None:
    status, screen = talk(
        ["grant"],
        "Двор нашей мечты",
        "Дворы: новое",
        "",
        "1, lbrary",
        "1, библ",
        "Книга, том 1",
        "https://a.org/",
        "",
        "личный",
        "фонда",
        "Фонд «Кам",
        "нко, 7",
        "librari",
        "library, 1",
        "100к",
        "100 000",
        "",
        "2026-12-30",
        "2026-12-01",
        "2027-01-15 23:30",
        "",
        "x",
        "",
        "dvor-2026",
        "dvory",
    )
    assert status == 0, screen
    for told in (
        "title — Название, как его видят в списках.",
        "то же значение уже есть в grants/dvor-2026.yml",
        "   1  town      Город и двор",
        "в content/topics.yml нет записи «lbrary»; похоже на «library»",
        "   2  regional   региональный",
        "в списке нет «личный»",
        "   2  kamennyy-poyas      Фонд «Каменный пояс»",
        "нет такого заявителя: «librari»; похоже на «library»",
        "сумма — целое число рублей",
        "не может быть раньше, чем opens (2026-12-30)",
        "ссылка начинается с https:// или http://",
        "[dvory-novoe] > ",
        "файл grants/dvor-2026.yml уже есть",
        "записано: grants/dvory.yml",
        "proekt check",
    ):
        assert told in screen, told
    assert (project / "grants/dvory.yml").read_text() in screen
    grant = load(project, TODAY).get("grant", "dvory")
    assert isinstance(grant, Grant)
    assert (grant.level, grant.funder, grant.topics) == ("private", "kamennyy-poyas", ("town", "library"))
    assert [each.who for each in grant.who("yes")] == ["nko", "tos"]
    assert [each.who for each in grant.who("partner")] == ["library"]
    assert grant.source == ("Книга, том 1", "https://a.org/")
    assert [round_.key for round_ in grant.rounds] == ["main"]


def test_what_was_given_as_an_option_is_not_asked_for(project: Path, talk: Talking) -> None:
    status, screen = talk(
        ["post", *given("title=Новость дня", "rubric=centre", "summary=Коротко")], "town", "", "2026-11-20", ""
    )
    assert status == 0, screen
    assert "title —" not in screen
    assert load(project, TODAY).get("post", "novost-dnya") is not None


def test_all_that_is_required_given_as_options_leaves_nothing_to_ask(project: Path, talk: Talking) -> None:
    status, screen = talk(["note", *given("title=Заметка", "stage=idea")])
    assert status == 0, screen
    assert "> " not in screen


def test_a_wrong_option_is_told_before_anything_is_asked(project: Path, talk: Talking) -> None:
    status, screen = talk(["grant", *given("title=Новый", "level=своя")])
    assert status == 2
    assert "level: бывает federal" in screen
    assert "> " not in screen


def test_a_record_with_its_id_given_is_not_asked_for_one(project: Path, talk: Talking) -> None:
    status, screen = talk(["page", *given("id=nasha")], "Новая страница", "", "", "")
    assert status == 0, screen
    assert (project / "content/pages/nasha.md").exists()


def test_a_site_asks_in_its_own_words(project: Path, talk: Talking) -> None:
    own = project / "templates/text/new/words.yml"
    own.parent.mkdir(parents=True)
    own.write_text('ask:\n  head: "Наш раздел: {title}"\nbody: <!-- Пишите тут -->\n')
    status, screen = talk(["page"], "Новая", "", "", "", "")
    assert status == 0, screen
    assert screen.startswith("Наш раздел: О сайте\n\ntitle — Название")
    assert "Пишите тут" in (project / "content/pages/novaya.md").read_text()


def test_a_mistake_in_a_sites_own_words_is_told_with_its_line(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = project / "templates/text/new/words.yml"
    own.parent.mkdir(parents=True)
    own.write_text("ask:\n\thead: А\n")
    assert new(project, "page", "--print") == 1
    assert capsys.readouterr().out.startswith("templates/text/new/words.yml:2: табуляция")


def test_a_second_window_is_asked_for_with_its_title(project: Path, talk: Talking) -> None:
    # Two windows of one name are told of, and the second is asked for again.
    status, screen = talk(
        ["grant", *given("title=Окна", "level=private", "funder=kamennyy-poyas", "applicants=nko")],
        "",
        "",
        "",
        "",
        "",
        "",
        "2027-01-15",
        "да",
        "main",
        "осень",
        "",
        "2027-09-01",
        "osen",
        "осень",
        "",
        "2027-09-01",
        "",
        "",
        "",
    )
    assert status == 0, screen
    assert "у каждого окна свой key; «main» — дважды" in screen
    grant = load(project, TODAY).get("grant", "okna")
    assert isinstance(grant, Grant)
    assert [(each.key, each.title) for each in grant.rounds] == [("main", None), ("osen", "осень")]


def test_the_next_season_is_made_with_two_keys_where_the_year_is_in_its_names(project: Path, talk: Talking) -> None:
    path = project / "grants/dvor-2026.yml"
    path.write_text(path.read_text().replace("Двор нашей мечты", "Двор нашей мечты, 2026"))
    status, screen = talk(["grant", "--from", "dvor-2026"], "", "")
    assert status == 0, screen
    assert "[Двор нашей мечты, 2027] > " in screen
    assert "[dvor-2027] > " in screen
    assert (project / "grants/dvor-2027.yml").exists()


def test_an_arrow_key_in_an_answer_is_told_and_asked_again(project: Path, talk: Talking) -> None:
    status, screen = talk(["page"], "Нов\x1b[Dая", "Новая", "", "", "", "")
    assert status == 0, screen
    assert "невидимый знак U+001B" in screen


def test_letters_of_another_code_page_are_told_and_asked_again(project: Path, talk: Talking) -> None:
    status, screen = talk(["page"], "", "Новая".encode("cp1251"), "Новая", "", "", "", "")
    assert status == 0, screen
    assert "не удалось разобрать буквы" in screen
    assert "обязательное поле; его нет" in screen


def test_an_id_that_is_taken_is_not_offered(project: Path, talk: Talking) -> None:
    (project / "content/pages/novaya.md").write_text("---\ntitle: Другая\n---\n")
    status, screen = talk(["page"], "Новая", "", "", "", "")
    assert status == 0, screen
    assert "[novaya-2] > " in screen


def test_nested_fields_are_asked_for_by_their_order(project: Path, talk: Talking) -> None:
    (project / "content/centre/bereg.md").unlink()
    address = ("ул. Новая, 1", "Самоцветск, ул. Новая, 1")
    contacts = (*address, "123", "", "+7 34300 2-00-11", "", "a@example.org", "", "", "", "", "")
    hours = ("1, вс, tue", "пн, вт 10:00–9:00", "пн, вт 10:00–18:00")
    status, screen = talk(["centre"], "Наш центр", "", "", "", *contacts, "ул. Новая", *hours, "centre")
    assert status == 0, screen
    assert "contacts.phones[1]: нужен один телефон с кодом" in screen
    assert "часы пишут так: пн–чт 10:00–19:00; сб 10:00–17:00; здесь «1, вс, tue»" in screen
    assert "не раньше и не вместе с opens (10:00)" in screen
    text = (project / "content/centre/centre.md").read_text()
    assert "\nhours: пн, вт 10:00–18:00\n" in text
    assert examine(project, TODAY).problems == ()


def test_of_many_funders_one_is_found_by_the_beginning_of_its_title(project: Path, talk: Talking) -> None:
    for number in range(70):
        funder = f"---\ntitle: «Фонд {number}»\nnature: company\n---\n"
        (project / f"content/funders/f-{number}.md").write_text(funder)
    answers = given(*(each for each in REQUIRED["grant"] if "funder" not in each), "title=Конкурс")
    # A title said whole is meant, though others begin with it.
    chosen = ("фонд", "Другой фонд", "фонд 6")
    status, screen = talk(["grant", *answers], "", "", "", *chosen, "", "", "", "", "", "")
    assert status == 0, screen
    assert "Всего их 72" in screen
    assert "подходит несколько: f-0, f-1, f-10," in screen
    assert "\nfunder: f-6\n" in screen
    assert "в списке нет «Другой фонд»" in screen
    assert "proekt new funder" in screen


@pytest.mark.parametrize("answered", [0, 5])
def test_ctrl_c_leaves_nothing_behind(answered: int, project: Path) -> None:
    before = files(project)
    talk = Process(project, "note")
    talk.answer(*("Заметка", "", "", "", "1")[:answered])
    talk.interrupt()
    status, screen = talk.end()
    assert status == 130, screen
    assert files(project) == before
    assert "Traceback" not in screen


@pytest.mark.parametrize("answered", [0, 5])
def test_the_end_of_the_input_leaves_nothing_behind(answered: int, project: Path) -> None:
    before = files(project)
    talk = Process(project, "note")
    talk.answer(*("Заметка", "", "", "", "1")[:answered])
    talk.hang_up()
    status, screen = talk.end()
    assert status == 2, screen
    assert "файл не записан" in screen
    assert files(project) == before


def test_without_a_terminal_nothing_is_asked(project: Path) -> None:
    command = [sys.executable, "-m", "generator", "new", "note", "--today", str(TODAY), "--project", str(project)]
    for words in ("Заметка\nidea\n", ""):
        found = subprocess.run(command, input=words, capture_output=True, text=True, check=False)
        assert found.returncode == 2
        assert "title: обязательное поле; его нет" in found.stderr
        assert found.stdout == ""

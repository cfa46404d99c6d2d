"""What is being done is told on a terminal and nowhere else; the times are kept."""

from __future__ import annotations

from io import StringIO
from time import sleep

import pytest

from generator.cli.speech import say_times
from generator.steps import Steps


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_of_each_step_and_left_clean() -> None:
    terminal = Terminal()
    steps = Steps(terminal)
    steps.begin("читаю записи")
    steps.begin("печатаю")
    sleep(0.15)
    assert list(steps.counted("ab", 2)) == ["a", "b"]
    steps.end()
    told = terminal.getvalue().split("\r")
    assert "читаю записи…" in told
    assert "печатаю: 1 из 2" in [line.strip() for line in told]
    assert told[-2:] == [" " * len("печатаю: 1 из 2"), ""]
    assert list(steps.times) == ["читаю записи", "печатаю"]
    assert steps.times["печатаю"] >= 0.15


def test_a_file_is_told_nothing() -> None:
    journal = StringIO()
    steps = Steps(journal)
    steps.begin("читаю записи")
    steps.end()
    assert journal.getvalue() == ""


def test_times_are_told_to_a_tenth_of_a_second(capsys: pytest.CaptureFixture[str]) -> None:
    say_times({"читаю записи": 1.26, "пишу страницы": 10.0})
    assert capsys.readouterr().out.splitlines() == [
        "читаю записи      1,3 с",
        "пишу страницы    10,0 с",
        "всего            11,3 с",
    ]

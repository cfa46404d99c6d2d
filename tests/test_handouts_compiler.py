"""Typst, in this process and in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from signal import SIGKILL

import pytest
import typst

from generator.handouts.compiler import HEAVY, open_compiler
from tests.conftest import state_of, wait_until

SAID = b'#set document(title: [a])\n#json("sheet.json").said'
OPTIONS = {"format": "pdf", "timestamp": 0}
ENDLESS = """
from multiprocessing import active_children
from threading import Thread
from generator.handouts import compiler

compiler.HEAVY = 0
with compiler.open_compiler() as compiler:
    files = {"main.typ": b"#for x in range(99999) { for y in range(99999) {} }"}
    Thread(target=compiler.compiled, args=(files, {"format": "pdf"})).start()
    while not active_children():
        pass
    print(active_children()[0].pid, flush=True)
"""


def test_a_heavy_document_is_the_same_from_a_process_of_its_own() -> None:
    light, heavy = b'{"said": "one"}', b'{"said": "one", "more": "' + b"-" * HEAVY + b'"}'
    with open_compiler() as compiler:
        assert not compiler.apart._processes
        made = [compiler.compiled({"main.typ": SAID, "sheet.json": facts}, OPTIONS) for facts in (light, heavy)]
        assert made[0] == made[1]
        with pytest.raises(typst.TypstError) as error:
            compiler.compiled({"main.typ": b"#mistaken", "sheet.json": heavy}, OPTIONS)
    assert "main.typ:1:1" in error.value.diagnostic


def test_what_makes_a_heavy_document_does_not_outlive_a_killed_build() -> None:
    with subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            printing = int(process.stdout.readline())
        finally:
            process.kill()
    try:
        wait_until(lambda: state_of(printing) in ("", "Z"))
    finally:
        with suppress(ProcessLookupError):
            os.kill(printing, SIGKILL)

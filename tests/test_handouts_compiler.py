"""Typst, in this process and in one of its own."""

from __future__ import annotations

import pytest
import typst

from generator.handouts.compiler import HEAVY, open_compiler

SAID = b'#set document(title: [a])\n#json("sheet.json").said'
OPTIONS = {"format": "pdf", "timestamp": 0}


def test_a_heavy_document_is_the_same_from_a_process_of_its_own() -> None:
    light, heavy = b'{"said": "one"}', b'{"said": "one", "more": "' + b"-" * HEAVY + b'"}'
    with open_compiler() as compiler:
        assert not compiler.apart._processes
        made = [compiler.compiled({"main.typ": SAID, "sheet.json": facts}, OPTIONS) for facts in (light, heavy)]
        assert made[0] == made[1]
        with pytest.raises(typst.TypstError) as error:
            compiler.compiled({"main.typ": b"#mistaken", "sheet.json": heavy}, OPTIONS)
    assert "main.typ:1:1" in error.value.diagnostic

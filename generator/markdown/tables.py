"""Tables of a text: each in a frame of its own to scroll in, its columns aligned by classes."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

CELLS = ("th_open", "td_open")


def frame_tables(parser: MarkdownIt) -> None:
    """Let a parser put each table into a frame that scrolls, and say by classes how its columns are aligned."""
    parser.add_render_rule("table_open", lambda *_: '<div class="scroll" tabindex="0"><table class="table">\n')
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    parser.core.ruler.push("columns", _align)


def _align(state: StateCore) -> None:
    """Turn styles into classes, `to-right`: what a page may load (CSP 3) leaves no room for styles in its HTML."""
    for token in state.tokens:
        if token.type in CELLS and (style := token.attrs.pop("style", None)):
            token.attrSet("class", str(style).replace("text-align:", "to-"))

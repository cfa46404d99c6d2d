"""Jinja as our templates use it."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from keyword import iskeyword
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


class PlainCalls(CodeGenerator):
    """Jinja's, but what a template calls is called as Python would.

    Jinja first asks each callable whether it wants to know the template's state, and none of ours does: a fifteenth of
    the time of all pages.
    """

    def visit_Call(  # noqa: N802  # Jinja names it by the node's class
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write the call of a macro, a function or a method."""
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(named.key) for named in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class Environment(jinja2.Environment):
    """Jinja's, with one plain set of globals.

    To ask Jinja's chain of mappings for its names at every import of every page costs a twelfth of a build.
    """

    code_generator_class = PlainCalls

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what every template sees."""
        return {**self.globals, **d} if d else self.globals


def at_run_time(filter_: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """Return a filter that Jinja never works out while compiling: kept templates must know no site and no day."""

    @jinja2.pass_context
    def asked(_context: jinja2.runtime.Context, value: Any) -> Any:
        return filter_(value)

    return asked

"""Jinja as our templates use it."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

import jinja2


class Environment(jinja2.Environment):
    """Jinja's, with one plain set of globals.

    To ask Jinja's chain of mappings for its names at every import of every page costs a twelfth of a build.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what every template sees."""
        return {**self.globals, **d} if d else self.globals


def at_run_time(filter_: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """Return a filter that Jinja never works out while compiling: kept templates must know no site and no day."""

    @jinja2.pass_context
    def asked(_context: jinja2.runtime.Context, value: Any) -> Any:
        return filter_(value)

    return asked

"""The steps of the manual: how things are done, one after another."""

from __future__ import annotations

from generator.catalog.loading import VIEWS
from generator.manual.fields import needed
from generator.markdown import Body, Surroundings, render
from generator.problems import ContentError, Problem
from generator.templating import Templating

GUIDE = "text/editors/guide.md"


def guide(templating: Templating) -> Body:
    """Return the steps, as a text."""
    text = templating.render(GUIDE, {"needed": needed(templating)})
    body, mistakes = render(
        text, Surroundings(f"templates/{GUIDE}", {address: address for address in VIEWS}, lambda _: False)
    )
    if mistakes:
        raise ContentError(Problem(f"templates/{GUIDE}", each.line + 1, "", each.message) for each in mistakes)
    return body

"""Jinja over the templates that travel with the package and those of a site that override them."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup

from generator import russian
from generator.catalog import directory, groups, results
from generator.catalog.open_calls import Chance
from generator.fields.address import parts_of_address
from generator.fields.contact import shown_phone
from generator.fields.hours import Hours, week_in_spans
from generator.fields.moment import Moment
from generator.images import NARROWEST, Assets, is_picture, weight_words
from generator.ledger import Ledger
from generator.markdown import WITHHELD, Body
from generator.problems import ContentError, Problem
from generator.records.record import Record
from generator.settings import Settings
from generator.templating.environment import Environment, at_run_time
from generator.templating.links import punycode, shown_link
from generator.templating.texts import Texts, shipped_templates
from generator.typography import typeset, typeset_html

__all__ = ["Filled", "Templating", "Texts", "punycode", "shipped_templates", "shown_link"]

TEMPLATES = (".html", ".txt", ".js", ".css", ".xml", ".json", ".svg")
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
"""A string of a script that holds nothing but words."""
MISTAKES = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a mistake in a template can raise; in a template of ours it stays a bug with its traceback."""


class Filled(NamedTuple):
    """A page's template, filled in."""

    title: str
    description: str
    body: str


class Templating(Texts):
    """A project's templates: its own first, then the shipped ones."""

    def __init__(self, project: Path, settings: Settings, today: date, assets: Assets | None = None) -> None:
        self.settings = settings
        self.today = today
        self.project = project
        self.assets = assets or Assets(project)
        own = project / "templates"
        super().__init__([folder for folder in (own, shipped_templates()) if folder.is_dir()])
        self.sheets: Mapping[str, Sequence[Any]] = {}
        """The printed sheets by the address of the page that each is a print of: set when they are made."""
        self.drawn: frozenset[str] = frozenset()
        """The files of the site that hold drawn pictures: set when they are made."""
        self.with_search = True
        """Whether the site has its index; without one nothing may lead to the search."""
        self.with_admin = False
        """Whether the site has the web form, which lives by rules of its own."""
        self._chance_lines: dict[tuple[int, str, int], tuple[Markup, Record]] = {}
        self._kept: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        self.ledger = Ledger()
        """Notes what pages ask of the content, where somebody wants to know."""

    @cached_property
    def described_kinds(self) -> frozenset[str]:
        """The kinds of record that a template describes to machines: `text/ld/ngo.json`."""
        return frozenset(path.stem for folder in self.folders for path in (folder / "text/ld").glob("*.json"))

    def picture_of(self, record: Record) -> str | None:
        """Return the address of the picture that stands for a record: the first of its page."""
        shown = next((path for path in record.pictures if is_picture(path)), None)
        return f"/{self.assets.plain_path(shown)}" if shown else None

    def portrait_of(self, photo: str) -> str:
        """Return the address of a person's picture, in the narrowest of its copies."""
        return f"/{self.assets.plain_path(photo, NARROWEST)}"

    def file(self, name: str) -> Path:
        """Return a template's file: the site's own if it has one."""
        return next(folder / name for folder in self.folders if (folder / name).exists())

    @cached_property
    def environment(self) -> jinja2.Environment:
        """The Jinja environment; `site/` templates are HTML, `text/` ones are plain."""
        environment = Environment(
            loader=jinja2.FileSystemLoader(self.folders),
            autoescape=lambda name: name is None or name.endswith((".html", ".xml")),
            undefined=jinja2.StrictUndefined,
            # Each build has an environment of its own; to ask the disk whether a template changed costs a page dear.
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            # Compiling the templates anew would be a sixth of a town's build; kept by contents, as Python keeps .pyc.
            bytecode_cache=jinja2.FileSystemBytecodeCache(pattern="proekt-2_%s.cache"),
        )
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
        environment.globals |= {
            "settings": self.settings,
            "place": self.settings.extra.place,
            "today": self.today,
            "words": self.words,
            "picture_of": self.picture_of,
            "portrait_of": self.portrait_of,
            "kept": self.kept,
            "sheets_of": lambda address: self.sheets.get(address, ()),
        }
        environment.filters |= {
            "clocks": at_run_time(self._clocks),
            "day": at_run_time(lambda day: russian.near_day_words(day, self.today)),
            "full_day": russian.full_day_words,
            "month_of": russian.month_of,
            "month": russian.month_words,
            "in_month": russian.in_month_words,
            "month_name": russian.month_name,
            "weekday": russian.weekday_words,
            "weekday_short": russian.weekday_short,
            "clock": russian.clock_words,
            "counted": russian.counted,
            "plural": russian.plural,
            "grouped": russian.grouped,
            "roubles": russian.roubles,
            "weight": at_run_time(lambda size: weight_words(size, self.words["weight"])),
            "phone": shown_phone,
            "href": punycode,
            "shown_link": shown_link,
            "is_link": lambda text: text.startswith(("http://", "https://")),
            "absolute": at_run_time(self.settings.absolute),
            "html": lambda body: Markup(self.html(body)),  # made by our Markdown renderer, which takes no raw HTML
            "foreign_agent": at_run_time(self.foreign_agent),
            "sentence": lambda text: text if text.endswith((".", "!", "?", "…")) else f"{text}.",
            "first_up": lambda text: text[:1].upper() + text[1:],
            "together": lambda parts: list(chain.from_iterable(parts)),  # Jinja's sum copies all so far for each
            "postal": parts_of_address,
            "zone_town": russian.town_of_zone,
            "webcal": lambda link: "webcal://" + link.partition("://")[2],
            "calls": at_run_time(lambda records: groups.calls(records, self.today)),
            "nearest": at_run_time(lambda records: groups.nearest(records, self.settings.place, self.today)),
            "shelves": at_run_time(lambda records: groups.shelves(records, self.today)),
            "by_year": groups.by_year,
            "by_letter": directory.by_letter,
            "supported": directory.supported,
            "schedule": directory.schedule,
            "days_ahead": at_run_time(lambda centre: directory.days_ahead(centre, self.today)),
            "chance": at_run_time(self._chance_line),
            "yearly": results.years,
            "whole": results.whole,
            "bars": results.bars,
            "next_planned": at_run_time(lambda records: groups.next_planned(records, self.today)),
        }
        return environment

    def week(self, hours: Iterable[Hours]) -> str:
        """Return a week's hours in words: «Пн–чт 10:00–19:00; пт — выходной»."""
        return self.render("text/hours.txt", {"spans": week_in_spans(hours)}).strip()

    def html(self, body: Body) -> str:
        """Return a text's HTML, with words for the people who did not agree to be named in it."""
        return body.html.replace(WITHHELD, self.words["withheld"])

    def foreign_agent(self, record: Record) -> str:
        """Return the mark that a foreign agent's material bears by law (255-ФЗ), or nothing."""
        name = record.foreign_agent
        return self.words["foreign_agent"].format(name=name) if name else ""

    def _clocks(self, moment: Moment) -> list[russian.ClockRow]:
        return list(russian.clocks(moment, self.settings.extra.place.town, self.settings.extra.time_zone))

    def _chance_line(self, chance: Chance) -> Markup:
        """Return what an organisation may apply for, as a line of a list; each call's is made once for all."""
        key = (id(chance.record), chance.key, chance.months)
        if key not in self._chance_lines:
            partial: Any = self.environment.get_template("site/partials/due.html").module
            # The number in the key stands for the record as long as that lives.
            self._chance_lines[key] = (partial.chance(chance), chance.record)
        return self._chance_lines[key][0]

    def kept(self, macro: Callable[..., Markup], *of: Any, **named: Any) -> Markup:
        """Return what a macro makes of some things, made once: a call's entry stands on a dozen pages.

        A macro knows nothing of the page that it is used on. A third of a post's page is such entries.
        """
        key = (id(macro), *map(id, of), *((name, id(value)) for name, value in named.items()))
        found = self._kept.get(key)
        if found is None:
            with self.ledger.noting() as notes:
                made = macro(*of, **named)
            # Whatever the numbers in the key stand for has to live as long as it does.
            found = self._kept[key] = (made, notes, macro, of, named)
        self.ledger.repeat(found[1])
        return found[0]  # type: ignore[no-any-return]  # a macro's, as annotated

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """Return a template filled in; a mistake in a site's own template is told with its line."""
        with self.told_with_line():
            return self.environment.get_template(name).render(context)

    def prose(self, name: str, context: Mapping[str, Any]) -> str:
        """Return a template filled in and set as Russian is printed: a text, HTML, or the strings of a script."""
        text = self.render(name, context)
        if name.endswith(".js"):
            return STRING.sub(lambda found: f'"{typeset(found[0][1:-1])}"', text)
        return typeset_html(text) if name.endswith(".html") else typeset(text)

    def module(self, name: str, context: Mapping[str, Any]) -> Filled:
        """Return a page's template filled in and typeset, with the title and description that it sets."""
        with self.told_with_line():
            template = self.environment.get_template(name)
            try:
                module: Any = template.make_module(dict(context))
            except MISTAKES:
                # As render() does: the traceback shall speak of the template's lines.
                self.environment.handle_exception()
            for needed in ("title", "description"):
                if not hasattr(module, needed):
                    raise jinja2.TemplateSyntaxError(
                        f"нужна строка {{% set {needed} = … %}}", 1, name, template.filename
                    )
            title, description = (typeset(_plain(text)) for text in (module.title, module.description))
            return Filled(title, description, typeset_html(str(module)))

    @contextmanager
    def told_with_line(self) -> Iterator[None]:
        """Turn a mistake in a site's own template into a ContentError with its path and line."""
        try:
            yield
        except jinja2.TemplateSyntaxError as error:
            raise self._own_mistake(error, error.filename, error.lineno) from error
        except MISTAKES as error:
            frames = traceback.extract_tb(error.__traceback__)
            places = [(frame.filename, frame.lineno or 1) for frame in frames if frame.filename.endswith(TEMPLATES)]
            raise self._own_mistake(error, *(places[-1] if places else (None, 1))) from error

    def _own_mistake(self, error: Exception, filename: str | None, line: int) -> Exception:
        """Return the editor's error for a template of the site; for one of ours, the error itself."""
        own = self.project / "templates"
        if filename is None or not Path(filename).is_relative_to(own) or own == shipped_templates():
            return error
        path = Path(filename).relative_to(self.project).as_posix()
        return ContentError([Problem(path, line, "", f"шаблон не работает: {error}")])


def _plain(text: str) -> str:
    """Return the text of a title or description: no marks, one line."""
    return Markup(" ".join(str(text).split())).striptags()

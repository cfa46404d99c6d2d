"""What each command does: it reads its options and calls one function."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime

from generator.catalog import examine
from generator.catalog.memory import Memory
from generator.cli.speech import UsageError, report, say, say_mended, say_times
from generator.problems import Problem
from generator.settings import day_of, read_settings
from generator.steps import Steps

DONE, PROBLEMS, USAGE, MACHINE = 0, 1, 2, 3
BLOGS = ("blogger", "wordpress")


def check(options: argparse.Namespace) -> int:
    """Report every problem of the content; nothing is written, unless what is safe is to be mended first."""
    if options.fix:
        from generator.mending import mend

        say_mended(mend(options.project))
    settings, wrong = read_settings(options.project)
    problems = [*wrong, *examine(options.project, _today(options), Memory.of(options.project)).problems]
    repository = settings.extra.repository if settings else None
    report(problems, options.format, repository.folder if repository else "")
    return PROBLEMS if problems else DONE


def build(options: argparse.Namespace) -> int:
    """Build the whole site and put it in the place of the last one."""
    from generator.publish import NotASiteError, publish

    site = (options.site_dir or options.project / "site").resolve()
    steps = Steps(sys.stderr)
    try:
        asked = {"with_handouts": not options.no_handouts, "with_search": not options.no_search}
        asked["with_admin"] = options.admin
        publish(options.project, site, _today(options), **asked, compressed=options.compress, steps=steps)
    except NotASiteError as error:
        raise UsageError(str(error)) from None
    if options.timings:
        say_times(steps.times)
    say(f"сайт собран: {site}", sys.stdout)
    return DONE


def serve(options: argparse.Namespace) -> int:
    """Show the site on this machine until interrupted."""
    from generator.mkdocs_plugin import preview_address
    from generator.serve import serve

    def tell(problems: Sequence[Problem]) -> None:
        report(problems, "text")
        say("жду, когда исправят" if problems else f"сайт готов: http://{host}:{port}/", sys.stdout)
        sys.stdout.flush()

    host, port = preview_address(options.project)
    say(f"сайт будет здесь: http://{host}:{port}/ (остановить — Ctrl-C)", sys.stdout)
    sys.stdout.flush()
    serve(options.project, (host, port), lambda: _today(options), tell, with_handouts=not options.no_handouts)
    return DONE


def handouts(options: argparse.Namespace) -> int:
    """Make printed sheets and name each file."""
    from generator.handouts import Order, UnfitOrderError
    from generator.handouts.choice import Choice
    from generator.publish import print_sheets

    choice = Choice(options.topic, options.applicant, options.first, options.last)
    try:
        order = Order(options.names, choice, options.large)
        folder = options.output or options.project / "handouts"
        for path in print_sheets(options.project, _today(options), order, folder):
            say(str(path), sys.stdout)
    except UnfitOrderError as error:
        raise UsageError(str(error)) from None
    return DONE


def new(options: argparse.Namespace) -> int:
    """Begin a record."""
    from generator.new import Console, Order, UnfitOrderError, make

    order = Order(options.kind, options.earlier, tuple(options.set), only_shown=options.print)
    try:
        problems = make(options.project, _today(options), order, Console())
    except UnfitOrderError as error:
        raise UsageError(str(error)) from None
    report(problems, "text")
    return PROBLEMS if problems else DONE


def bring(options: argparse.Namespace) -> int:
    """Bring a table or a blog into records."""
    from generator.importers import Order, UnfitTableError, bring

    if options.form in BLOGS:
        return _import_blog(options)
    order = Order(options.form, options.file, updates=options.update, only_shown=options.dry_run)
    try:
        problems = bring(options.project, _today(options), order, sys.stdout)
    except UnfitTableError as error:
        raise UsageError(str(error)) from None
    report(problems, "text")
    return PROBLEMS if problems else DONE


def _import_blog(options: argparse.Namespace) -> int:
    from generator.importers.blog import BlogOrder, UnfitExportError, bring_blog

    given = (options.form, options.file, options.pictures, options.mapping, options.calls, options.dry_run)
    try:
        problems = bring_blog(options.project, _today(options), BlogOrder(*given), sys.stdout)
    except UnfitExportError as error:
        raise UsageError(str(error)) from None
    report(problems, "text")
    return PROBLEMS if problems else DONE


def agenda(options: argparse.Namespace) -> int:
    """Print what an editor should do."""
    from generator.agenda import agenda_of

    sys.stdout.write(agenda_of(options.project, _today(options)))
    return DONE


def digest(options: argparse.Namespace) -> int:
    """Print the week's message."""
    from generator.digest import digest_of

    sys.stdout.write(digest_of(options.project, _today(options), options.days, options.format))
    return DONE


def schema(options: argparse.Namespace) -> int:
    """Print the JSON Schema of every kind, or write each to a file of a folder."""
    from generator.schema.asked import schema_text, write_schemas

    if options.output is None:
        sys.stdout.write(schema_text(options.project, _today(options)))
        return DONE
    for path in write_schemas(options.project, _today(options), options.output):
        say(str(path), sys.stdout)
    return DONE


def init(options: argparse.Namespace) -> int:
    """Begin another library's site."""
    from generator.new import Console, OccupiedFolderError, UnfitOrderError, begin

    try:
        begin(options.folder, _today(options), options.set, Console())
    except (OccupiedFolderError, UnfitOrderError) as error:
        raise UsageError(str(error)) from None
    return DONE


def upgrade(options: argparse.Namespace) -> int:
    """Move a site to this version of the program."""
    from generator.new import Console, upgrade

    upgrade(options.project, _today(options), Console().tell)
    return DONE


def _today(options: argparse.Namespace) -> date:
    """Return the day asked for, or the one it is now where the library is."""
    if options.today is not None:
        return options.today  # type: ignore[no-any-return]  # argparse made it a date
    try:
        return day_of(read_settings(options.project).settings, datetime.now(UTC), os.environ.get("PROEKT_TODAY"))
    except ValueError:
        raise UsageError("PROEKT_TODAY — день вида 2026-11-20") from None

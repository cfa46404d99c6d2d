"""The command line: each command calls one function, and every ending has its exit status."""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn, TextIO

from generator.catalog import examine
from generator.problems import ContentError, Problem
from generator.records import KINDS
from generator.russian import counted
from generator.settings import CONFIG, day_of, read_settings

DONE, PROBLEMS, USAGE, MACHINE = 0, 1, 2, 3
INTERRUPTED = 130
BLOGS = ("blogger", "wordpress")
MOST_DAYS = 366
"""No digest tells of more."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 problems in the content, 2 wrong use, 3 the machine."""
    for stream in (sys.stdout, sys.stderr):
        # A console of another code page must not stop a report: what it cannot show becomes a question mark.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # both are text streams of a process
    options = _parser().parse_args(arguments)
    try:
        status = _carry_out(options)
        # Here and not at exit: what cannot be written is told with its own status.
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read us has seen enough: `proekt check | head`.
        _forget_output()
        return DONE
    except OSError as error:
        _forget_output()
        _say(f"не получилось: {error.strerror or error}{f' ({error.filename})' if error.filename else ''}")
        return MACHINE
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _carry_out(options: argparse.Namespace) -> int:
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        options.project = options.project.resolve()
        if command is not _init and not (options.project / CONFIG).is_file():
            return _misused(f"в папке {options.project} нет {CONFIG}; назовите папку сайта: --project DIR")
        return command(options)
    except UsageError as error:
        return _misused(str(error))
    except ContentError as error:
        _report(error.problems, "text")
        return PROBLEMS


def _forget_output() -> None:
    """Let go of what could not be written, or Python would try again at exit and end with a status of its own."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _misused(message: str) -> int:
    _say(message)
    return USAGE


class UsageError(Exception):
    """The command was called in a way that cannot be carried out."""


def run() -> NoReturn:
    """Run the command of this process; a bug keeps its traceback and ends with status 3."""
    status = MACHINE
    try:
        status = main()
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else USAGE
    finally:
        # Whatever else is on its way out is a bug of ours: Python alone would end with 1, which means «content».
        if sys.exc_info()[0] is not None:
            traceback.print_exc()
        sys.exit(status)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="proekt", description="Сайт ресурсного центра из текстовых файлов")
    # The two options may stand before the command's name and after it; absent after it, they must not undo the first.
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    for place in (parser, common):
        place.add_argument("--project", type=Path, metavar="DIR", help="папка с mkdocs.yml; обычно эта")
        place.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="какой день считать сегодняшним")
    parser.set_defaults(project=Path(), today=None)
    commands = parser.add_subparsers(required=True, metavar="КОМАНДА")

    def add(name: str, command: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words, parents=[common])
        made.set_defaults(command=command)
        return made

    check = add("check", _check, "проверить все записи и перечислить ошибки")
    check.add_argument("--format", choices=("text", "json", "github"), default="text", help="вид отчёта")
    build = add("build", _build, "собрать весь сайт")
    build.add_argument(
        "--site-dir", type=Path, default=None, metavar="DIR", help="куда; обычно site/ рядом с mkdocs.yml"
    )
    build.add_argument("--no-handouts", action="store_true", default=False, help="без листов для печати")
    build.add_argument("--no-search", action="store_true", default=False, help="без поиска")
    add("serve", _serve, "показать сайт на этом компьютере и обновлять его при правках")
    handouts = add("handouts", _handouts, "собрать только листы для печати")
    handouts.add_argument("names", nargs="*", default=[], metavar="ЛИСТ", help="какие; обычно все")
    handouts.add_argument("--output", type=Path, default=Path("handouts"), metavar="DIR", help="куда")
    new = add("new", _new, "начать запись: спросить поля, проверить ответы, записать файл")
    new.add_argument("kind", metavar="ВИД", help=", ".join(KINDS))
    new.add_argument("--from", dest="earlier", default=None, metavar="ID", help="следующий сезон этой записи")
    new.add_argument(
        "--set", action="append", default=[], metavar="ПОЛЕ=ЗНАЧЕНИЕ", help="ответить сразу; id=… — имя файла"
    )
    new.add_argument("--print", action="store_true", default=False, help="показать заготовку файла, ничего не записать")
    brought = add("import", _import, "перенести таблицу организаций или старый блог в записи")
    brought.add_argument("form", choices=("xlsx", "csv", *BLOGS), help="что за файл")
    brought.add_argument("file", type=Path, metavar="ФАЙЛ", help="таблица или выгрузка блога")
    brought.add_argument(
        "--dry-run", action="store_true", default=False, help="показать, что будет; ничего не записать"
    )
    brought.add_argument("--update", action="store_true", default=False, help="таблица: менять и то, что уже есть")
    brought.add_argument("--pictures", type=Path, default=None, metavar="DIR", help="блог: папка с картинками")
    brought.add_argument("--mapping", type=Path, default=None, metavar="ФАЙЛ", help="блог: ярлыки и темы")
    brought.add_argument("--calls", action="store_true", default=False, help="блог: завести и черновики конкурсов")
    add("agenda", _agenda, "что пора сделать: сроки, итоги, записи, которые давно не сверяли")
    digest = add("digest", _digest, "текст для ВКонтакте, Телеграма и почты: новые конкурсы, сроки, встреча, новости")
    digest.add_argument("--days", type=_days, default=7, metavar="N", help="за сколько дней; обычно 7")
    digest.add_argument("--format", choices=("text", "html"), default="text", help="текст сообщения или письмо")
    init = add("init", _init, "начать сайт другой библиотеки")
    init.add_argument("folder", type=Path, metavar="DIR", help="новая или пустая папка")
    return parser


def _check(options: argparse.Namespace) -> int:
    problems = [*read_settings(options.project).problems, *examine(options.project, _today(options)).problems]
    _report(problems, options.format)
    return PROBLEMS if problems else DONE


def _build(options: argparse.Namespace) -> int:
    from generator.publish import NotASiteError, publish

    site = (options.site_dir or options.project / "site").resolve()
    try:
        publish(options.project, site, _today(options), with_handouts=not options.no_handouts)
    except NotASiteError as error:
        raise UsageError(str(error)) from None
    _say(f"сайт собран: {site}", sys.stdout)
    return DONE


def _serve(options: argparse.Namespace) -> int:
    from generator.mkdocs_plugin import preview_address, serve_site

    _say(f"сайт будет здесь: {preview_address(options.project)} (остановить — Ctrl-C)", sys.stdout)
    sys.stdout.flush()
    serve_site(options.project, _today(options) if options.today else None)
    return DONE


def _handouts(options: argparse.Namespace) -> int:
    from generator.publish import UnknownSheetError, print_sheets

    try:
        for path in print_sheets(options.project, _today(options), options.names, options.output):
            _say(str(path), sys.stdout)
    except UnknownSheetError as error:
        raise UsageError(str(error)) from None
    return DONE


def _new(options: argparse.Namespace) -> int:
    from generator.new import Console, Order, UnfitOrderError, make

    order = Order(options.kind, options.earlier, tuple(options.set), only_shown=options.print)
    try:
        problems = make(options.project, _today(options), order, Console())
    except UnfitOrderError as error:
        raise UsageError(str(error)) from None
    _report(problems, "text")
    return PROBLEMS if problems else DONE


def _import(options: argparse.Namespace) -> int:
    from generator.importers import Order, UnfitTableError, bring

    if options.form in BLOGS:
        return _import_blog(options)
    order = Order(options.form, options.file, updates=options.update, only_shown=options.dry_run)
    try:
        problems = bring(options.project, _today(options), order, sys.stdout)
    except UnfitTableError as error:
        raise UsageError(str(error)) from None
    _report(problems, "text")
    return PROBLEMS if problems else DONE


def _import_blog(options: argparse.Namespace) -> int:
    from generator.importers.blog import BlogOrder, UnfitExportError, bring_blog

    given = (options.form, options.file, options.pictures, options.mapping, options.calls, options.dry_run)
    try:
        problems = bring_blog(options.project, _today(options), BlogOrder(*given), sys.stdout)
    except UnfitExportError as error:
        raise UsageError(str(error)) from None
    _report(problems, "text")
    return PROBLEMS if problems else DONE


def _agenda(options: argparse.Namespace) -> int:
    from generator.agenda import agenda_of

    sys.stdout.write(agenda_of(options.project, _today(options)))
    return DONE


def _digest(options: argparse.Namespace) -> int:
    from generator.digest import digest_of

    sys.stdout.write(digest_of(options.project, _today(options), options.days, options.format))
    return DONE


def _init(options: argparse.Namespace) -> int:
    from generator.new import OccupiedFolderError, begin

    try:
        begin(options.folder)
    except OccupiedFolderError as error:
        raise UsageError(str(error)) from None
    _say(f"сайт начат: {options.folder}; впишите своё в mkdocs.yml и соберите: proekt build", sys.stdout)
    return DONE


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"нужен день вида 2026-11-20, здесь {text!r}") from None


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_DAYS:
        raise argparse.ArgumentTypeError(f"нужно число дней от 1 до {MOST_DAYS}, здесь {text!r}")
    return int(text)


def _today(options: argparse.Namespace) -> date:
    """Return the day asked for, or the one it is now where the library is."""
    if options.today is not None:
        return options.today  # type: ignore[no-any-return]  # argparse made it a date
    try:
        return day_of(read_settings(options.project).settings, datetime.now(UTC), os.environ.get("PROEKT_TODAY"))
    except ValueError:
        raise UsageError("PROEKT_TODAY — день вида 2026-11-20") from None


def _report(problems: Iterable[Problem], form: str) -> None:
    found = sorted(problems)
    if form == "json":
        sys.stdout.write(json.dumps([problem._asdict() for problem in found], ensure_ascii=False, indent=1) + "\n")
    elif form == "github":
        for problem in found:
            sys.stdout.write(_annotation(problem) + "\n")
    else:
        for problem in found:
            sys.stdout.write(f"{problem}\n")
        # The list comes first on any terminal, and the count only if the list could be written.
        sys.stdout.flush()
        if found:
            _say(f"всего {counted(len(found), 'ошибка', 'ошибки', 'ошибок')}")


def _annotation(problem: Problem) -> str:
    """Return a workflow command of GitHub Actions, escaped as its documentation asks."""
    message = f"{problem.field}: {problem.message}" if problem.field else problem.message
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        message = message.replace(sign, code)
    path = problem.path.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::error file={path},line={problem.line}::{message}"


def _say(text: str, stream: TextIO | None = None) -> None:
    (stream or sys.stderr).write(f"proekt: {text}\n")

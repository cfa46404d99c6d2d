"""The commands and their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from generator.cli import commands
from generator.cli.commands import BLOGS
from generator.cli.words import Parser
from generator.records import KINDS

MOST_DAYS = 366
"""No digest tells of more."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command; what it reads has the function to call as `command`."""
    whole = Parser(prog="proekt", description="Сайт ресурсного центра из текстовых файлов")
    # The two options may stand before the command's name and after it; absent after it, they must not undo the first.
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    for place in (whole, common):
        place.add_argument("--project", type=Path, metavar="DIR", help="папка с mkdocs.yml; обычно эта")
        place.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="какой день считать сегодняшним")
    whole.set_defaults(project=Path(), today=None)
    branches = whole.add_subparsers(required=True, metavar="КОМАНДА")

    def add(name: str, command: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        made = branches.add_parser(name, help=words, description=words, parents=[common])
        made.set_defaults(command=command)
        return made

    check = add("check", commands.check, "проверить все записи и перечислить ошибки")
    check.add_argument("--format", choices=("text", "json", "github", "gitlab"), default="text", help="вид отчёта")
    check.add_argument(
        "--fix", action="store_true", default=False, help="исправить, что безопасно; остальное перечислить"
    )
    build = add("build", commands.build, "собрать весь сайт")
    build.add_argument(
        "--site-dir", type=Path, default=None, metavar="DIR", help="куда; обычно site/ рядом с mkdocs.yml"
    )
    build.add_argument("--no-handouts", action="store_true", default=False, help="без листов для печати")
    build.add_argument("--no-search", action="store_true", default=False, help="без поиска")
    build.add_argument("--compress", action="store_true", default=False, help="рядом с текстами — сжатые .gz и .br")
    build.add_argument(
        "--admin", action="store_true", default=False, help="с веб-формой для правки в /admin/; нужен npm"
    )
    build.add_argument("--timings", action="store_true", default=False, help="сказать, на что ушло время")
    serve = add("serve", commands.serve, "показать сайт на этом компьютере и обновлять его при правках")
    serve.add_argument("--no-handouts", action="store_true", default=False, help="без листов для печати")
    handouts = add("handouts", commands.handouts, "собрать только листы для печати")
    handouts.add_argument("names", nargs="*", default=[], metavar="ЛИСТ", help="какие; обычно все")
    handouts.add_argument(
        "--output", type=Path, default=None, metavar="DIR", help="куда; обычно handouts/ рядом с mkdocs.yml"
    )
    handouts.add_argument("--topic", default=None, metavar="ТЕМА", help="только конкурсы на эту тему: ecology")
    handouts.add_argument("--applicant", default=None, metavar="КТО", help="только те, где он может участвовать: nko")
    for name, field, words in (("--from", "first", "с этого месяца"), ("--to", "last", "по этот месяц")):
        handouts.add_argument(name, dest=field, type=_month, default=None, metavar="YYYY-MM", help=f"сроки {words}")
    handouts.add_argument("--large", action="store_true", default=False, help="крупным шрифтом")
    new = add("new", commands.new, "начать запись: спросить поля, проверить ответы, записать файл")
    new.add_argument("kind", metavar="ВИД", help=", ".join(KINDS))
    new.add_argument("--from", dest="earlier", default=None, metavar="ID", help="следующий сезон этой записи")
    new.add_argument(
        "--set", action="append", default=[], metavar="ПОЛЕ=ЗНАЧЕНИЕ", help="ответить сразу; id=… — имя файла"
    )
    new.add_argument("--print", action="store_true", default=False, help="показать заготовку файла, ничего не записать")
    _add_import(add)
    add("agenda", commands.agenda, "что пора сделать: сроки, итоги, записи, которые давно не сверяли")
    digest = add("digest", commands.digest, "текст для соцсетей и почты: новые конкурсы, сроки, встреча, новости")
    digest.add_argument("--days", type=_days, default=7, metavar="N", help="за сколько дней; обычно 7")
    digest.add_argument("--format", choices=("text", "html"), default="text", help="текст сообщения или письмо")
    schema = add("schema", commands.schema, "JSON Schema всех видов записей — для программ-редакторов")
    schema.add_argument(
        "--output",
        type=Path,
        default=None,
        metavar="DIR",
        help="папка для файлов; обычно всё печатается одним объектом",
    )
    init = add("init", commands.init, "начать сайт другой библиотеки")
    init.add_argument("folder", type=Path, metavar="DIR", help="новая или пустая папка")
    init.add_argument(
        "--set", action="append", default=[], metavar="НАСТРОЙКА=ЗНАЧЕНИЕ", help="ответить сразу: town=Можга"
    )
    add("upgrade", commands.upgrade, "перевести сайт на эту версию программы и сказать, что изменилось")
    return whole


def _add_import(add: Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]) -> None:
    brought = add("import", commands.bring, "перенести таблицу организаций или старый блог в записи")
    brought.add_argument("form", choices=("xlsx", "csv", *BLOGS), help="что за файл")
    brought.add_argument("file", type=Path, metavar="ФАЙЛ", help="таблица или выгрузка блога")
    brought.add_argument(
        "--dry-run", action="store_true", default=False, help="показать, что будет; ничего не записать"
    )
    brought.add_argument("--update", action="store_true", default=False, help="таблица: менять и то, что уже есть")
    brought.add_argument("--pictures", type=Path, default=None, metavar="DIR", help="блог: папка с картинками")
    brought.add_argument("--mapping", type=Path, default=None, metavar="ФАЙЛ", help="блог: ярлыки и темы")
    brought.add_argument("--calls", action="store_true", default=False, help="блог: завести и черновики конкурсов")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"нужен день вида 2026-11-20, здесь «{text}»") from None


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"нужен месяц вида 2026-12, здесь «{text}»") from None


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_DAYS:
        raise argparse.ArgumentTypeError(f"нужно число дней от 1 до {MOST_DAYS}, здесь «{text}»")
    return int(text)

"""What makes the site this library's: name, address, place, time zone, all from mkdocs.yml."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple
from xml.etree import ElementTree

from pydantic import BeforeValidator, Field, ValidationError, field_validator

from generator.fields.base import Part, mistakes, shown, wrong
from generator.fields.colour import Colour, mixed, seen_on
from generator.fields.contact import Email
from generator.fields.eligibility import Place, Region
from generator.fields.moment import MOSCOW, Zone, zone_info
from generator.fields.repository import Repository
from generator.fields.text import ASSETS, Asset, Line, Link
from generator.problems import ContentError, Problem
from generator.source import read

CONFIG = "mkdocs.yml"
LIGHT, DARK = ("#ffffff", "#f2f5f3"), ("#131917", "#1c2421")
"""The grounds of pages, plain and raised, by day and by night: --c-paper and --c-sheet of tokens.css."""
SVG = "{http://www.w3.org/2000/svg}svg"
"""The root of a drawing (SVG 2, 5.1)."""


class Names(Part):
    """The forms of the town's name that sentences need."""

    town: Line
    """Город: «Кострома»."""
    town_in: Line
    """Где: «в Костроме»."""
    town_of: Line
    """Чего: «Костромы»."""
    town_to: Line
    """Кому, чему: «Костроме»."""
    region: Region
    """Регион России: «Костромская область»."""
    region_in: Line
    """Где: «в Костромской области»."""
    population: Annotated[int, Field(ge=1)]
    """Сколько в городе жителей: от этого зависит, какие конкурсы подходят."""


def _domain(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", value):
        raise wrong(f"имя сайта латиницей, без https:// и косых черт: library.example.org; здесь {shown(value)}")
    return value


class Lamp(Part):
    """The colour of what can be pressed, on light and on dark ground."""

    light: Colour = "#0b5c45"
    """На светлом фоне; контраст с белым и со светло-серым не меньше 4,5."""
    dark: Colour = "#86d6b4"
    """На тёмном фоне; контраст с ним не меньше 4,5."""

    @field_validator("light")
    @classmethod
    def _seen_by_day(cls, value: str) -> str:
        return seen_on(value, LIGHT, "#000000")

    @field_validator("dark")
    @classmethod
    def _seen_by_night(cls, value: str) -> str:
        return seen_on(value, DARK, "#ffffff")

    @property
    def shades(self) -> dict[str, str]:
        """The colours that follow: of what is pressed right now, and under what is chosen."""
        return {
            "light_deep": mixed(self.light, "#000000", 0.7),
            "light_soft": mixed(self.light, LIGHT[0], 0.12),
            "dark_deep": mixed(self.dark, "#ffffff", 0.6),
            "dark_soft": mixed(self.dark, DARK[0], 0.16),
        }


class Extra(Part):
    """The part of mkdocs.yml that is ours: `extra`."""

    place: Names
    """Город и регион."""
    time_zone: Zone
    """Часовой пояс библиотеки: Europe/Samara."""
    uid_domain: Annotated[str, BeforeValidator(_domain)]
    """Имя, из которого сделаны постоянные метки событий и новостей; не меняется, даже если сайт переехал."""
    subtitle: Line
    """Что это за сайт, под названием."""
    library: Line
    """Чей это сайт: название библиотеки."""
    report_to: Email
    """Куда писать об ошибке на сайте."""
    repository: Repository | None = None
    """Где на сервере git лежит сайт: тогда на страницах стоит «Исправить эту страницу», в пособии — «добавить»."""
    age: Literal["0+", "6+", "12+", "16+", "18+"] = "6+"
    """Возрастная метка сайта."""
    licence: Line = "CC BY 4.0"
    """Лицензия на тексты и данные."""
    lamp: Lamp = Lamp()
    """Цвет ссылок и кнопок."""
    logo: Asset | None = None
    """Свой логотип, файл SVG в content/assets/: стоит в шапке сайта и на листах вместо названия с закладкой."""

    @field_validator("logo")
    @classmethod
    def _of_lines(cls, value: str | None) -> str | None:
        if value is not None and not value.endswith(".svg"):
            raise wrong(f"логотип — файл SVG: logo.svg; здесь {shown(value)}")
        return value


class Settings(Part):
    """The site's settings, read from mkdocs.yml."""

    site_name: Line
    """Название сайта."""
    site_url: Link
    """Адрес сайта с косой чертой в конце."""
    site_description: Line
    """О чём сайт, одной фразой."""
    extra: Extra
    """Наши настройки."""

    @field_validator("site_url")
    @classmethod
    def _ends_with_slash(cls, value: str) -> str:
        if not value.endswith("/"):
            raise wrong("адрес сайта кончается косой чертой: https://example.org/")
        return value

    @property
    def place(self) -> Place:
        """The site's own town."""
        names = self.extra.place
        return Place(names.town, names.region, names.population)

    def absolute(self, address: str) -> str:
        """Return the full address of a path of the site that begins with a slash."""
        return self.site_url.rstrip("/") + address


class SettingsRead(NamedTuple):
    """The settings, or what keeps mkdocs.yml from being them."""

    settings: Settings | None
    problems: tuple[Problem, ...]


def read_settings(project: Path) -> SettingsRead:
    """Read the settings from a project's mkdocs.yml, and everything that is wrong with them."""
    source, problems = read(project / CONFIG, project)
    if problems:
        return SettingsRead(None, problems)
    if problems := tuple(source.strays()):
        return SettingsRead(None, problems)
    ours: dict[str, Any] = {name: source.values[name] for name in Settings.model_fields if name in source.values}
    try:
        settings = Settings.model_validate(ours)
    except ValidationError as error:
        found = mistakes(error, Settings)
        return SettingsRead(None, tuple(source.problem(mistake.loc, mistake.message) for mistake in found))
    logo = settings.extra.logo
    if logo is not None and (message := _not_drawn(project / logo)):
        return SettingsRead(None, (source.problem(("extra", "logo"), message),))
    return SettingsRead(settings, ())


def _not_drawn(logo: Path) -> str | None:
    """Return why a logo cannot be shown, or None."""
    if not logo.is_file():
        return f"нет файла {ASSETS}{logo.name}; положите его туда или уберите это поле"
    try:
        root = ElementTree.fromstring(logo.read_bytes())
    except ElementTree.ParseError:
        return f"файл {logo.name} не открывается: это не SVG; сохраните логотип в SVG ещё раз"
    return None if root.tag == SVG else f"файл {logo.name} — не SVG; сохраните логотип в SVG ещё раз"


def load_settings(project: Path) -> Settings:
    """Read the settings from a project's mkdocs.yml, or raise ContentError."""
    settings, problems = read_settings(project)
    if settings is None:
        raise ContentError(problems)
    return settings


def day_of(settings: Settings | None, now: datetime, named: str | None) -> date:
    """Return the day it is where the library is, or the one that is named; raise ValueError if that is no day."""
    if named:
        return date.fromisoformat(named)
    return now.astimezone(zone_info(settings.extra.time_zone if settings else MOSCOW)).date()

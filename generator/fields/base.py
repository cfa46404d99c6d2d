"""What every part of a record shares: strictness, and mistakes told in an editor's words."""

from __future__ import annotations

import ast
import difflib
import inspect
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from generator.fields.slips import odd_sign
from generator.source import Loc

LONGEST_SHOWN = 60
"""Signs of a found value that a message repeats."""


class Part(BaseModel):
    """A group of fields: frozen, and refusing what it does not know."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")
    in_one_line: ClassVar[tuple[str, ...]] = ()
    """The fields of which one may stand in place of them all, as a line without a name."""


@cache
def field_docs(model: type[BaseModel]) -> dict[str, str]:
    """Return what the docstring under each field of a model says, its bases' fields too.

    Not pydantic's `use_attribute_docstrings`: it reads every model's source at import, a fifth of a second
    that each command would pay and only `proekt new` needs.
    """
    docs: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if base not in (Part, BaseModel) and issubclass(base, Part):
            docs |= _docs_of_module(inspect.getfile(base)).get(base.__name__, {})
    return docs


@cache
def _docs_of_module(file: str) -> dict[str, dict[str, str]]:
    """Return what stands under the fields of each class of a module; `inspect.getsource` parses it for each anew."""
    found: dict[str, dict[str, str]] = {}
    for defined in ast.parse(Path(file).read_text(encoding="utf-8")).body:
        if isinstance(defined, ast.ClassDef):
            docs = found.setdefault(defined.name, {})
            for field, below in pairwise(defined.body):
                if (
                    isinstance(field, ast.AnnAssign)
                    and isinstance(field.target, ast.Name)
                    and isinstance(below, ast.Expr)
                ):
                    docs[field.target.id] = " ".join(str(ast.literal_eval(below.value)).split())
    return found


class Refers(NamedTuple):
    """Marks a slug field as the name of another record, which the catalog looks up."""

    kind: str


class Written(NamedTuple):
    """Marks a type whose values are written in one way: for programs that know no validator of ours."""

    pattern: str
    """A regular expression for a whole value (ECMA-262 and Python read it alike); it refuses nothing that is right."""
    words: str
    """How to write it, in an editor's words: «дату пишут годом вперёд: 2026-10-15»."""


class OneOf(NamedTuple):
    """Marks a type whose values are of a closed list too long to be offered in a row."""

    values: tuple[str, ...]


class Called(NamedTuple):
    """Marks a closed list that has words for people: a group of templates/text/words.yml."""

    group: str


def one_or_more(value: object) -> object:
    """Accept one line for a list of one."""
    return [value] if isinstance(value, str) else value


class Mistake(NamedTuple):
    """What is wrong with one field of a record."""

    loc: Loc
    message: str


def wrong(message: str) -> PydanticCustomError:
    """Return the error that a validator raises; the text goes to the editor as it is."""
    # The type only keeps the text out of pydantic's own templates, braces included.
    return PydanticCustomError("mistake", "{message}", {"message": message})


def nearest(word: str, known: Iterable[str]) -> str:
    """Return «; ближе всего «…»» for the known word most like this one, or nothing."""
    names = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word.lower(), names, n=1, cutoff=0.6)
    return f"; похоже на «{names[found[0]]}»" if found else ""


def shown(value: object) -> str:
    """Return a found value for a message: short, in quotes."""
    if not isinstance(value, str | int):
        return "пусто" if value is None else "вложенные поля" if isinstance(value, dict) else "список"
    text = " ".join(str(value).split())
    return f"«{text[:LONGEST_SHOWN]}…»" if len(text) > LONGEST_SHOWN else f"«{text}»"


def mistakes(error: ValidationError, model: type[BaseModel]) -> Iterator[Mistake]:
    """Yield pydantic's errors as an editor reads them."""
    details = error.errors(include_url=False)
    for detail in details:
        place = detail["loc"]
        # A list whose entries are wrong is too short besides, to pydantic; to an editor it is not.
        if detail["type"] == "too_short" and any(
            place == other["loc"][: len(place)] != other["loc"] for other in details
        ):
            continue
        yield Mistake(place, _explain(detail, model))


WORDS = {
    "missing": "обязательное поле; его нет",
    "string_type": "нужен текст, а не список или вложенные поля",
    "string_too_short": "нужен текст; здесь пусто",
    "string_too_long": "не длиннее {max_length} знаков",
    "int_type": "нужно целое число; здесь {found}",
    "int_parsing": "нужно целое число; здесь {found}",
    "int_parsing_size": "нужно целое число поменьше; здесь {found}",
    "int_from_float": "нужно целое число; здесь {found}",
    "greater_than_equal": "не меньше {ge}; здесь {found}",
    "less_than_equal": "не больше {le}; здесь {found}",
    "tuple_type": "нужен список: строки, каждая начинается с «- »",
    "model_type": "нужны вложенные поля вида «имя: значение»; здесь {found}",
    "dict_type": "нужны вложенные поля вида «имя: значение»; здесь {found}",
    "too_short": "нужно не меньше {min_length}; здесь {actual_length}",
    "too_long": "можно не больше {max_length}; здесь {actual_length}",
    "mistake": "{message}",
}
"""What pydantic's own errors say to an editor, by their type; a type that is not here is a bug of ours."""


def _explain(detail: ErrorDetails, model: type[BaseModel]) -> str:
    found = detail.get("input")
    context = detail.get("ctx", {})
    if found is None and detail["type"] not in ("missing", "mistake", "extra_forbidden"):
        return "поле пустое; напишите значение или уберите строку"
    match detail["type"]:
        case "extra_forbidden":
            name, around = str(detail["loc"][-1]), detail["loc"][:-1]
            return f"такого поля нет{nearest(name, _names_at(model, around)) or odd_sign(name)}"
        case "literal_error":
            allowed = str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
            return (
                f"бывает {', '.join(allowed)}; здесь {shown(found)}{nearest(str(found), allowed)}{odd_sign(str(found))}"
            )
        case "tuple_type":
            return WORDS["tuple_type"] + odd_sign(str(found)[:1])
        case other:
            return WORDS[other].format(**context, found=shown(found))


def _names_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the names of the fields that may stand at a place inside a model."""
    for step in loc:
        if isinstance(step, int):
            continue
        found = model.model_fields.get(step)
        inner = next(models_in(found.annotation), None) if found else None
        if inner is None:
            return []
        model = inner
    return list(model.model_fields)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models that a field's type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)

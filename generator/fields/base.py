"""What every part of a record shares: strictness, and mistakes told in an editor's words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from generator.source import Loc


class Part(BaseModel):
    """A group of fields: frozen, and refusing what it does not know."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, validate_default=False
    )


class Refers(NamedTuple):
    """Marks a slug field as the name of another record, which the catalog looks up."""

    kind: str


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
    found = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f"; похоже на «{found[0]}»" if found else ""


def shown(value: object) -> str:
    """Return a found value for a message: short, in quotes."""
    text = " ".join(str(value).split())
    return f"«{text[:60]}…»" if len(text) > 60 else f"«{text}»"


def choice(value: object, allowed: Iterable[str]) -> str:
    """Return the value if it is one of a closed list, or say what is."""
    words = list(allowed)
    if isinstance(value, str) and value in words:
        return value
    raise wrong(f"бывает {', '.join(words)}; здесь {shown(value)}{nearest(str(value), words)}")


def mistakes(error: ValidationError, model: type[BaseModel]) -> Iterator[Mistake]:
    """Yield pydantic's errors as an editor reads them."""
    for detail in error.errors(include_url=False):
        yield Mistake(detail["loc"], _explain(detail, model))


def _explain(detail: ErrorDetails, model: type[BaseModel]) -> str:
    found = detail.get("input")
    context = detail.get("ctx", {})
    match detail["type"]:
        case "mistake":
            return str(context["message"])
        case "missing":
            return "обязательное поле; его нет"
        case "extra_forbidden":
            return f"такого поля нет{nearest(str(detail['loc'][-1]), _names_at(model, detail['loc'][:-1]))}"
        case "literal_error" | "enum":
            allowed = str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
            return f"бывает {', '.join(allowed)}; здесь {shown(found)}{nearest(str(found), allowed)}"
        case "string_type" | "int_type" | "int_parsing" | "int_from_float" if found is None:
            return "поле пустое; напишите значение или уберите строку"
        case "string_type":
            return "нужен текст, а не список или вложенные поля"
        case "string_pattern_mismatch":
            return f"нужно значение вида {context['pattern']}; здесь {shown(found)}"
        case "string_too_short":
            return "нужен текст; здесь пусто"
        case "string_too_long":
            return f"не длиннее {context['max_length']} знаков; здесь {len(str(found))}"
        case "int_parsing" | "int_type" | "int_from_float" | "int_parsing_size":
            return f"нужно целое число; здесь {shown(found)}"
        case "greater_than_equal":
            return f"не меньше {context['ge']}; здесь {shown(found)}"
        case "less_than_equal":
            return f"не больше {context['le']}; здесь {shown(found)}"
        case "bool_parsing" | "bool_type":
            return f"бывает yes или no; здесь {shown(found)}"
        case "tuple_type" | "list_type":
            return "нужен список: строки, каждая начинается с «- »"
        case "model_type" | "dict_type" | "model_attributes_type":
            return f"нужны вложенные поля вида «имя: значение»; здесь {shown(found)}"
        case "too_short":
            return f"нужно не меньше {context['min_length']}; здесь {context['actual_length']}"
        case "too_long":
            return f"можно не больше {context['max_length']}; здесь {context['actual_length']}"
        case other:
            raise AssertionError(f"no words for {other}: {detail['msg']}")


def _names_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the names of the fields that may stand at a place inside a model."""
    for step in loc:
        if isinstance(step, int):
            continue
        found = model.model_fields.get(step)
        inner = next(_models_in(found.annotation), None) if found else None
        if inner is None:
            return []
        model = inner
    return list(model.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)

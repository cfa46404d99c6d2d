"""Colours of the screen: how they are written, how well one is seen on another, and what stands between two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from pydantic import BeforeValidator

from generator.fields.base import Written, shown, wrong

LINEAR = 0.04045
"""Up to here a step of sRGB grows evenly with the light that it stands for (IEC 61966-2-1)."""
LEAST_CONTRAST = 4.5
"""WCAG 2.1, 1.4.3: contrast of text with its ground."""


def _colour(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"#[0-9a-f]{6}", value):
        raise wrong(f'цвет пишут так: "#0b5c45" — решётка, шесть цифр и букв a–f, в кавычках; здесь {shown(value)}')
    return value


Colour = Annotated[
    str, Written("#[0-9A-Fa-f]{6}", 'цвет пишут шестью знаками, в кавычках: "#0b5c45"'), BeforeValidator(_colour)
]
"""A colour of the screen: `#0b5c45`."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.1, contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Return the colour that is a share of one, and for the rest another."""
    steps = zip(_steps(one), _steps(other), strict=True)
    return "#" + "".join(f"{round(first * share + second * (1 - share)):02x}" for first, second in steps)


def seen_on(colour: str, grounds: Sequence[str], towards: str) -> str:
    """Return a colour that can be read on each of the grounds, or raise the mistake with the nearest that can.

    `towards` is where such colours lie: black on light grounds, white on dark ones.
    """
    if (found := _worst(colour, grounds)) >= LEAST_CONTRAST:
        return colour
    nearby = (mixed(towards, colour, percent / 100) for percent in range(1, 101))
    readable = next(each for each in nearby if _worst(each, grounds) >= LEAST_CONTRAST)
    how = "темнее" if towards == "#000000" else "светлее"
    ratio = f"{int(found * 10) / 10}".replace(".", ",")
    raise wrong(
        f"на фоне страниц цвет {colour} плохо виден: контраст {ratio}, а нужно не меньше 4,5; "
        f'возьмите {how}: например, "{readable}"'
    )


def _worst(colour: str, grounds: Sequence[str]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def _steps(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _luminance(colour: str) -> float:
    """Return the relative luminance as WCAG 2.1 defines it."""
    parts = (step / 255 for step in _steps(colour))
    red, green, blue = (part / 12.92 if part <= LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

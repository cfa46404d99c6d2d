"""The sheet `editors`: the whole manual for editors, to lie beside the keyboard."""

from __future__ import annotations

from typing import Any

from generator.handouts.prose import prose, written
from generator.handouts.sheet import Subject
from generator.handouts.wording import Wording
from generator.manual import Field, Manual, guide, screens


def editors(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return the steps as blocks, every field by kind, and every message by its sort."""
    manual = Manual(wording.templating)
    return {
        "guide": prose(manual.guide, wording, pictures=screens(manual.guide, wording.templating)),
        "groups": [
            {"title": group.title, "place": group.place, "fields": [_told(each, manual) for each in group.fields]}
            for group in manual.groups
        ],
        "chapters": [
            {
                "title": chapter.title,
                "messages": [
                    {
                        "says": each.says,
                        "remedy": each.remedy,
                        "wrong": _lines(each.wrong),
                        "right": _lines(each.right),
                    }
                    for each in chapter.messages
                ],
            }
            for chapter in manual.chapters
        ],
    }


def screens_of_form(wording: Wording) -> dict[str, bytes]:
    """Return the pictures that stand on the sheet, by their names."""
    found = screens(guide(wording.templating), wording.templating)
    return {file.name: file.read_bytes() for file in found.values()}


def _lines(text: str) -> dict[str, Any] | None:
    return written(text.rstrip()) if text else None


def _told(field: Field, manual: Manual) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": field.label,
        "words": field.words,
        "required": field.required,
        "several": field.several,
        "choices": [{"name": name, "called": called} for name, called in field.choices.items()],
        "example": _lines(field.example),
        "refers": field.refers,
        "group": manual.titles.get(field.group, ""),
        "inside": [_told(each, manual) for each in field.inside],
    }

"""A record's text on paper: blocks, headings without gaps, links and pictures in words."""

from __future__ import annotations

from typing import Any

import pytest

from generator.catalog import Catalog
from generator.handouts.prose import prose
from generator.handouts.wording import Wording
from generator.markdown import Surroundings, render
from generator.templating import Templating

ADDRESSES = {
    "grants/dvor.yml": "/grants/dvor/",
    "content/pages/about.md": "/about/",
    "content/experts/hidden.md": "/experts/hidden/",
}
AROUND = Surroundings("content/news/new.md", ADDRESSES, lambda path: True, ["content/experts/hidden.md"])


@pytest.fixture(scope="module")
def wording(catalog: Catalog, templating: Templating) -> Wording:
    return Wording(catalog, templating)


def blocks(text: str, wording: Wording, level: int = 2) -> list[dict[str, Any]]:
    body, mistakes = render(text, AROUND)
    assert mistakes == ()
    return prose(body, wording, level)


def words(parts: list[dict[str, Any]]) -> str:
    told = (part["text"] + (f" ({part['link']})" if "link" in part else "") for part in parts)
    return "".join(told).replace("\u00a0", " ")


def test_no_heading_skips_a_level(wording: Wording) -> None:
    found = blocks("### А\n\n##### Б\n\n#### В\n\n## Г\n\n> ### Д\n", wording, 3)
    assert [(block["kind"], block.get("level")) for block in found[:4]] == [
        ("heading", 3),
        ("heading", 4),
        ("heading", 4),
        ("heading", 3),
    ]
    assert found[4]["blocks"][0]["level"] == 4


def test_links_are_told_as_one_types_them(wording: Wording) -> None:
    text = (
        "[закон](http://pravo.gov.ru/d/?id=7#x), [о нас](../pages/about.md), <https://example.org/a>, "
        "[почта](mailto:a@example.org?subject=x), [+7 34141 2-34-56](tel:+73414123456), [выше](#a)\n\n## A\n"
    )
    (paragraph, _) = blocks(text, wording)
    site = wording.settings.absolute("/about").partition("//")[2]
    assert words(paragraph["parts"]) == (
        f"закон (pravo.gov.ru/d?id=7), о нас ({site}), example.org/a (example.org/a), "
        "почта (a@example.org), +7 34141 2-34-56, выше"
    )


def test_a_link_to_a_call_is_its_short_address(wording: Wording) -> None:
    call = wording.catalog.of("grant")[0]
    body, _ = render("[конкурс](x.yml)", AROUND._replace(addresses={"content/news/x.yml": call.address}, withheld=()))
    (paragraph,) = prose(body, wording)
    assert paragraph["parts"][0]["link"].endswith(f"/g/{call.slug}")


def test_a_person_without_consent_is_not_named(wording: Wording) -> None:
    (paragraph,) = blocks("Спросите [Тайну Тайновну](../experts/hidden.md) сами.", wording)
    assert words(paragraph["parts"]) == "Спросите контакт по запросу сами."


def test_pictures_are_told_in_words_and_comments_are_not_told(wording: Wording) -> None:
    found = blocks('![Скамейка](../assets/a.png "Двор")\n\n![Мост](../assets/b.png)\n\nДа <!-- тайна -->', wording)
    assert [(block["kind"], words(block["parts"])) for block in found] == [
        ("picture", "Двор"),
        ("picture", "Мост"),
        ("paragraph", "Да"),
    ]


def test_boxes_and_items_of_one_list_come_apart_in_order(wording: Wording) -> None:
    found = blocks("- [ ] Раз **два**\n  - [x] внутри\n- три\n\n3. четыре\n4. пять\n", wording)
    assert [block["kind"] for block in found] == ["tasks", "bullets", "numbers"]
    (item,) = found[0]["items"]
    assert item[0]["parts"] == [{"text": "Раз "}, {"text": "два", "strong": True}]
    assert item[1]["kind"] == "tasks"
    assert (found[2]["start"], len(found[2]["items"])) == (3, 2)


def test_tables_keep_cells_and_sides(wording: Wording) -> None:
    (table,) = blocks("| Что | Сколько |\n|---|---:|\n| ~~Краска~~ | 3 |\n| | |\n", wording)
    assert table["align"] == ["left", "right"]
    assert [[words(cell) for cell in row] for row in table["rows"]] == [["Краска", "3"], ["", ""]]
    assert table["rows"][0][0] == [{"text": "Краска", "struck": True}]


def test_footnotes_stand_at_the_end_with_their_numbers(wording: Wording) -> None:
    found = blocks("Сколько[^n].\n\n[^n]: Столько.\n\nПотом.", wording)
    assert words(found[0]["parts"]) == "Сколько[1]."
    assert found[-1]["kind"] == "notes"
    assert words(found[-1]["items"][0][0]["parts"]) == "Столько."


def test_code_and_broken_lines_keep_their_lines(wording: Wording) -> None:
    found = blocks("```\nраз\n  два\n```\n\nтри\\\nчетыре\nпять", wording)
    assert found[0] == {"kind": "code", "text": "раз\n  два", "written": True}
    assert words(found[1]["parts"]).replace("\n ", "\n") == "три\nчетыре пять"


def test_no_text_is_no_blocks(wording: Wording) -> None:
    assert blocks("", wording) == []

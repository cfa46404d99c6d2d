"""What may not be said: people without consent are nowhere, listed organisations are not named, agents are marked."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from generator.building import build_site
from generator.catalog import examine, load
from generator.catalog.law import alike
from generator.typography import typeset
from tests.conftest import EXAMPLE, TODAY
from tests.sheets import text_of

NAME = "Анна Примерова"
"""Who agreed to be named in the example."""
ADVISER = "Пётр Примеров"
"""An expert who agreed."""
WITHHELD = "Имя Без-Согласия"
"""Who did not."""
PHONE = "999-99"
"""The end of that person's telephone, however it is parted."""


def problems(project: Path) -> list[str]:
    return [str(problem) for problem in examine(project, TODAY).problems]


@pytest.fixture
def project(example: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(example, tmp_path / "project"))


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def texts(site: Path) -> Iterator[tuple[str, str]]:
    """Yield each file of a site as text: of PDFs and tables what they say, of pictures what they hold."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        yield name, name
        if path.suffix == ".pdf":
            yield name, f"{text_of(path.read_bytes())} {_beside_the_text(path)}"
        elif path.suffix == ".xlsx":
            yield name, _unzipped(path)
        elif path.is_file():
            yield name, path.read_bytes().decode(errors="replace")


def _beside_the_text(path: Path) -> str:
    """Return what a PDF holds besides what stands on its pages: its title and bookmarks, and where its links lead."""
    with pikepdf.open(path) as pdf:
        held = (value for each in pdf.objects if isinstance(each, pikepdf.Dictionary) for value in each.values())
        return " ".join(str(value) for value in held if isinstance(value, pikepdf.String)).replace("\u200b", "")


def _unzipped(path: Path) -> str:
    with zipfile.ZipFile(path) as packed:
        return " ".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


def told(site: Path, *names: str) -> list[str]:
    """Return the files that tell any of the names, in any letters and spelling."""
    wanted = re.compile("|".join(re.escape(alike(name)) for name in names))
    return sorted({path for path, text in texts(site) if wanted.search(alike(text))})


@pytest.mark.no_cover
def test_what_sheets_and_tables_say_is_looked_through_too(whole_example_site: Path) -> None:
    assert "handouts/cards.pdf" in told(whole_example_site, "Помогаем найти конкурс и написать заявку")
    assert "handouts/cards.pdf" in told(whole_example_site, "Визитки центра")
    assert "data/ngos.xlsx" in told(whole_example_site, "Светлый двор")


@pytest.mark.no_cover
def test_a_person_without_consent_is_in_no_file_of_the_site(whole_example_site: Path) -> None:
    assert (
        told(whole_example_site, WITHHELD, "Без-Согласия", "БезСогласия", "Без\\u002dСогласия", PHONE, "9999999") == []
    )
    assert told(whole_example_site, NAME) == ["centre/index.html"]


@pytest.mark.no_cover  # it builds the whole site, which others measure part by part
def test_consent_withdrawn_takes_a_person_out_of_every_file(whole_example: Path, tmp_path: Path) -> None:
    assert "experts/yurist/index.html" in told(whole_example / "site", ADVISER)
    # The sheets of the first build are kept in the project.
    project = Path(shutil.copytree(whole_example / "project", tmp_path / "project"))
    expert = project / "content/experts/yurist.md"
    expert.write_text(expert.read_text().replace("consent: 2026-10-01\n", ""))
    centre = project / "content/centre/bereg.md"
    centre.write_text(centre.read_text().replace("    consent: 2026-09-01\n", ""))
    build_site(project, tmp_path / "after", TODAY, handouts=True)
    assert told(tmp_path / "after", ADVISER, NAME, "yurist@example.org", "experts/yurist") == []


@pytest.mark.no_cover  # it builds the whole site, which others measure part by part
def test_whoever_names_a_withheld_expert_stays_right_and_says_that_contacts_are_on_request(
    project: Path, tmp_path: Path
) -> None:
    speaker = "speakers:\n  - role: юрист центра\n    expert: yurist\n"
    meetup = project / "content/meetups/2026-12-05-zayavka.md"
    meetup.write_text(meetup.read_text().replace("status: planned\n", f"status: planned\n{speaker}"))
    append(project / "content/pages/o-nas.md", f"\nСпросите: [{ADVISER}](../experts/yurist.md), юрист.\n")
    build_site(project, tmp_path / "before", TODAY, handouts=False)
    assert {"meetups/2026-12-05-zayavka/index.html", "o-nas/index.html"} <= {*told(tmp_path / "before", ADVISER)}
    expert = project / "content/experts/yurist.md"
    expert.write_text(expert.read_text().replace("consent: 2026-10-01\n", ""))
    assert problems(project) == []
    build_site(project, tmp_path / "after", TODAY, handouts=False)
    assert told(tmp_path / "after", ADVISER, "experts/yurist") == []
    for name in ("meetups/2026-12-05-zayavka", "o-nas"):
        assert "контакт по\u00a0запросу" in (tmp_path / f"after/{name}/index.html").read_text()


def test_a_name_in_a_text_is_a_problem_until_the_person_agrees(project: Path) -> None:
    append(project / "content/pages/o-nas.md", "\nСпасибо! Помогал и имя без-согласия.\n")
    (found,) = problems(project)
    assert found.startswith("content/pages/o-nas.md:")
    assert found.endswith("здесь имя человека без согласия на публикацию (consent): уберите имя, оставьте роль")
    for path in ("content/centre/bereg.md", "content/meetups/2026-04-otkrytie.md", "ngos/svetlyy-dvor.yml"):
        text = (project / path).read_text()
        agreed = re.sub(
            rf"^( *)(- )?name: {WITHHELD}\n",
            rf"\g<0>\1{'  ' if '- name' in text else ''}consent: 2026-11-01\n",
            text,
            flags=re.M,
        )
        (project / path).write_text(agreed)
    expert = project / "content/experts/bukhgalter.md"
    expert.write_text(expert.read_text().replace("role:", "consent: 2026-11-01\nrole:"))
    assert problems(project) == []


def test_a_portrait_is_published_with_consent_alone(project: Path, tmp_path: Path) -> None:
    shutil.copy(project / "content/assets/lavochka.png", project / "content/assets/portret.png")
    centre = project / "content/centre/bereg.md"
    text = centre.read_text()
    centre.write_text(text.replace("consent: 2026-09-01", "consent: 2026-09-01\n    photo: portret.png"))
    assert "content/assets/portret.png" in load(project, TODAY).assets()
    centre.write_text(text.replace("consent: 2026-09-01", "photo: portret.png"))
    assert "content/assets/portret.png" not in load(project, TODAY).assets()
    build_site(project, tmp_path / "site", TODAY, handouts=False)
    assert told(tmp_path / "site", "portret.png") == []


@pytest.mark.parametrize(
    "text",
    [
        "summary: обществу «Запретная Зона» спасибо",
        "source: https://zapret.example/",
        "source: http://news.ZAPRET.example/page?x=1",
        'legal_name: Общество "Запретная зона"',
        "contacts:\n  sites: https://запретная.zapret.example/",
        "summary: 'обществу ''Запретная зона'' спасибо'",
        'summary: "обществу \\"Запретная зона\\" спасибо"',
        'summary: "обществу «\\u0417апретная зона»"',
        'summary: "обществу «Запрет\\\n    ная зона»"',
        "summary: >-\n  обществу «Запретная\n  зона» спасибо",
        "summary: обществу «ЗАПРЕТНАЯ\u00a0ЗОНА»",
    ],
)
def test_a_listed_organisation_is_neither_named_nor_linked(text: str, project: Path) -> None:
    fields = "title: Новая\nform: public\n" + ("" if "legal_name" in text else "legal_name: Новая\n")
    (project / "ngos/new.yml").write_text(f"{fields}{text}\n")
    (found,) = problems(project)
    assert "в content/registry.yml: называть её и ставить на неё ссылки нельзя" in found


@pytest.mark.parametrize("listed", ["дальний-берег.example", "xn----7sbeibjaujsw5b3k.example"])
@pytest.mark.parametrize(
    "link", ["Дальний-Берег.example", "xn----7sbeibjaujsw5b3k.example", "новости.дальний-берег.example"]
)
def test_a_listed_site_is_found_by_both_of_its_names(listed: str, link: str, project: Path) -> None:
    entry = f"bereg:\n  title: Общество Берег\n  sites: [{listed}]\n  source: решение суда\n"
    append(project / "content/registry.yml", entry)
    (project / "ngos/new.yml").write_text(f"title: Новая\nform: public\nlegal_name: Новая\nsource: https://{link}/\n")
    (found,) = problems(project)
    assert "«Общество Берег» в content/registry.yml" in found


def test_words_that_only_resemble_a_listed_name_are_no_problem(project: Path) -> None:
    text = "title: Новая\nform: public\nlegal_name: Новая\nsummary: Незапретная зонация и запретная территория\n"
    (project / "ngos/new.yml").write_text(f"{text}source: https://notzapret.example/\n")
    assert problems(project) == []


def test_a_foreign_agent_is_told_with_its_mark(project: Path, tmp_path: Path) -> None:
    append(
        project / "content/registry.yml",
        "agent:\n  title: Служба «Дальний берег»\n  foreign_agent: yes\n  source: реестр Минюста\n",
    )
    post = project / "content/news/agent.md"
    head = "---\ntitle: Рассказывает «Дальний берег»\ndate: 2026-11-15\nrubric: centre\n"
    post.write_text(f"{head}summary: Служба «Дальний берег» о дворах\n---\n\nТекст.\n")
    (found,) = problems(project)
    assert found.endswith(
        "«Служба «Дальний берег»» — иностранный агент (content/registry.yml): записи нужно поле foreign_agent"
    )
    post.write_text(
        f"{head}summary: Служба «Дальний берег» о дворах\nforeign_agent: Служба «Дальний берег»\n---\n\nТекст.\n"
    )
    assert problems(project) == []
    build_site(project, tmp_path / "site", TODAY, handouts=False)
    mark = typeset("произведён, распространён и (или) направлен иностранным агентом Служба «Дальний берег»")
    assert mark in (tmp_path / "site/news/agent/index.html").read_text()
    for feed in ("feed.xml", "atom.xml"):
        assert mark in (tmp_path / "site" / feed).read_text()


def test_the_real_site_tells_no_name_without_consent() -> None:
    assert problems(EXAMPLE.parent.parent) == []

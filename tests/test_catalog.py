"""A whole project: every rule refuses its one broken file, drafts stay hidden, references are read both ways."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.catalog import Catalog, Event, examine, load
from generator.problems import ContentError
from generator.records import KINDS
from tests.conftest import TODAY

INVALID = Path(__file__).parent / "invalid"


def expected_problem(path: Path) -> str:
    """Return what a broken file says of itself: its first line, or its second below a `---`, or a file beside it."""
    beside = path.with_name(f"{path.name}.expected")
    if beside.exists():
        return beside.read_text(encoding="utf-8").strip()
    first, second = f"{path.read_text(encoding='utf-8')}\n".split("\n")[:2]
    return (second if first == "---" else first).removeprefix("# ")


@pytest.fixture
def project(example: Path, tmp_path: Path) -> Path:
    return shutil.copytree(example, tmp_path / "project")


def write(project: Path, name: str, text: str | bytes) -> None:
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def problems(project: Path, today: date = TODAY) -> list[str]:
    return [str(problem) for problem in examine(project, today).problems]


def test_the_example_has_no_problems_and_two_records_of_each_kind(project: Path) -> None:
    assert problems(project) == []
    counts = {kind: len(load(project, TODAY).of(kind)) for kind in KINDS}
    assert counts == dict.fromkeys(KINDS, 2) | {"centre": 1}


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(INVALID.iterdir()) if path.suffix != ".expected"],
    ids=lambda path: str(path.name),
)
def test_a_broken_file_is_the_one_problem_that_it_names(path: Path, project: Path) -> None:
    expected = expected_problem(path)
    place = re.match(r"(.+?):\d+: ", expected)
    assert place, "the first line says where the file goes: # grants/new.yml:5: field: what must hold"
    write(project, place[1], path.read_bytes())
    assert problems(project) == [expected]


def test_a_folder_where_a_file_should_be_is_a_problem(project: Path) -> None:
    (project / "grants/new.yml").mkdir()
    assert problems(project) == ["grants/new.yml:1: здесь должен быть файл, а не папка"]


def test_a_link_where_a_file_should_be_is_a_problem(project: Path) -> None:
    (project / "grants/new.yml").symlink_to("dvor-2026.yml")
    assert problems(project) == ["grants/new.yml:1: это ссылка на другой файл; нужен сам файл"]


def test_a_link_to_nowhere_or_to_a_folder_is_a_problem(project: Path) -> None:
    (project / "grants/a.yml").symlink_to("no-such.yml")
    (project / "grants/b.yml").symlink_to("../ngos", target_is_directory=True)
    assert [line.partition(":")[0] for line in problems(project)] == ["grants/a.yml", "grants/b.yml"]


def test_a_file_over_one_megabyte_is_a_problem(project: Path) -> None:
    text = (project / "grants/dvor-2026.yml").read_bytes()
    write(project, "grants/dvor-2026.yml", text + b"# " + b"-" * (1_000_000 - len(text) - 2))
    assert problems(project) == []
    write(project, "grants/dvor-2026.yml", text + b"# " + b"-" * (1_000_000 - len(text) - 1))
    assert [line[:40] for line in problems(project)] == ["grants/dvor-2026.yml:1: файл больше 1 МБ"]


def test_a_folder_of_no_kind_is_a_problem(project: Path) -> None:
    write(project, "content/notes/new.md", "---\ntitle: Памятка\n---\n")
    assert problems(project) == ["content/notes:1: такой папки сайт не знает; похоже на «content/news»"]


def test_hidden_files_are_not_content(project: Path) -> None:
    write(project, "grants/.dvor.yml.swp", b"\0")
    write(project, "content/.DS_Store", b"\0")
    assert problems(project) == []


def test_a_missing_vocabulary_is_told_once_and_with_each_topic_that_needs_it(project: Path) -> None:
    (project / "content/topics.yml").unlink()
    first, *others = problems(project)
    assert first.startswith("content/documents/polozhenie-2020.md:4: topics[1]: ")
    assert "content/topics.yml:1: нет файла со словарём тем" in others


def test_all_problems_come_at_once_and_sorted(project: Path) -> None:
    write(project, "grants/a.yml", "title: А\nlevel: nobody\n")
    write(project, "content/pages/b.md", "---\ntitle: Б\n---\n\n<br>\n\n# Раз\n")
    found = examine(project, TODAY).problems
    assert len(found) == 2 + 6
    assert list(found) == sorted(found)


def test_load_raises_every_problem(project: Path) -> None:
    write(project, "grants/a.yml", "title: А\nlevel: nobody\n")
    with pytest.raises(ContentError) as caught:
        load(project, TODAY)
    assert caught.value.problems == examine(project, TODAY).problems


@pytest.mark.parametrize("other", ["Еж и ёж", "ЁЖ И ЕЖ", "  еж   и еж"])
def test_titles_that_differ_by_case_yo_and_spaces_are_the_same(other: str, project: Path) -> None:
    write(project, "content/pages/a.md", "---\ntitle: Ёж и ёж\n---\n")
    write(project, "content/pages/b.md", f"---\ntitle: {other}\n---\n")
    assert [line.partition(": ")[0] for line in problems(project)] == ["content/pages/b.md:2"]


def test_records_of_two_kinds_may_have_one_title(project: Path) -> None:
    write(project, "content/pages/a.md", "---\ntitle: Светлый двор\n---\n")
    assert problems(project) == []


@pytest.mark.parametrize(
    "alias",
    [
        *("/", "/o-nas/", "/o-nas", "/o-nas/index.html", "/grants/dvor-2026", "/grants/index.html", "/index.html"),
        *("/404.html", "/feed.xml", "/manifest.webmanifest", "/favicon.ico", "/assets/site.css"),
        *("/feed.xml/", "/llms.txt/old.html", "/picture.png", "/grants/dvor-2026/picture.png"),
        *("/calendar/2026-12/", "/g/dvor-2026/", "/g/dvor-2026", "/grants/dvor-2026/deadline.ics"),
        *("/news/page/2/", "/news/rubric/centre/", "/news/archive/2026/", "/2026/11/konkurs.html/old.html"),
        *("/../evil.html", "/a/../o-nas/", "/./o-nas/", "//example.org/", "/a//b/"),
    ],
)
def test_an_old_address_is_one_where_nothing_else_stands(alias: str, project: Path) -> None:
    write(project, "content/pages/new.md", f"---\ntitle: Новая\naliases: [{alias}]\n---\n")
    assert [line.rpartition(": aliases[1]: ")[0] for line in problems(project)] == ["content/pages/new.md:3"]


def test_two_old_addresses_of_one_page_are_the_same(project: Path) -> None:
    for number, alias in enumerate(("/about", "/about/", "/about/index.html")):
        write(project, f"content/pages/a{number}.md", f"---\ntitle: Страница {number}\naliases: [{alias}]\n---\n")
    assert problems(project) == [
        f"content/pages/a{number}.md:3: aliases: то же значение уже есть в content/pages/a0.md: «{alias}»"
        for number, alias in ((1, "/about/"), (2, "/about/index.html"))
    ]


@pytest.mark.parametrize("alias", ["/2019/05/post.html", "/2019/05/post", "/2019/05/post/", "/o-nas.html", "/g/old/"])
def test_an_old_address_of_its_own_is_right(alias: str, project: Path) -> None:
    write(project, "content/pages/new.md", f"---\ntitle: Новая\naliases: [{alias}]\n---\n")
    assert problems(project) == []


def test_one_bad_file_is_one_problem_however_many_name_it(project: Path) -> None:
    write(project, "content/funders/kamennyy-poyas.md", "---\ntitle: [Фонд\n---\n")
    assert problems(project) == ["content/funders/kamennyy-poyas.md:2: не закрыта скобка [ или {, или кавычка в ней"]


def test_a_draft_is_read_and_not_public(project: Path) -> None:
    write(project, "content/pages/draft.md", "---\ntitle: Черновик\ndraft: yes\n---\n\n[Сюда](o-nas.md)\n")
    catalog = load(project, TODAY)
    assert catalog.get("page", "draft") is None
    assert all("draft" not in record.path for record in catalog.records)
    write(project, "content/pages/draft.md", "---\ntitle: Черновик\ndraft: yes\n---\n\n[Дыра](nikuda.md)\n")
    assert problems(project) == ["content/pages/draft.md:6: нет такой записи или файла: «nikuda.md»"]


def test_a_link_to_a_draft_is_a_problem_and_one_from_a_draft_is_not(project: Path) -> None:
    write(project, "content/pages/draft.md", "---\ntitle: Черновик\ndraft: yes\n---\n\n[Другой](other.md)\n")
    write(project, "content/pages/other.md", "---\ntitle: Другой\ndraft: yes\n---\n")
    assert problems(project) == []
    write(project, "content/pages/public.md", "---\ntitle: Видная\n---\n\nСтрока.\n\nСм. [тут](draft.md).\n")
    assert problems(project) == ["content/pages/public.md:7: ссылка ведёт на черновик: content/pages/draft.md"]


def test_a_post_comes_out_on_its_day(project: Path) -> None:
    tomorrow = TODAY + timedelta(days=1)
    write(project, "content/news/new.md", f"---\ntitle: Завтра\ndate: {tomorrow}\nrubric: centre\n---\n")
    assert load(project, TODAY).get("post", "new") is None
    assert load(project, tomorrow).get("post", "new") is not None


def test_a_name_of_a_draft_in_a_field_leads_nowhere_and_is_no_problem(project: Path) -> None:
    path = project / "content/funders/kamennyy-poyas.md"
    path.write_text(path.read_text(encoding="utf-8").replace("example: yes", "draft: yes"), encoding="utf-8")
    catalog = load(project, TODAY)
    call = catalog.get("grant", "dvor-2026")
    assert call
    assert catalog.get("funder", "kamennyy-poyas") is None
    assert "funder" not in catalog.related(call)


def related(catalog: Catalog, kind: str, slug: str) -> dict[str, list[str]]:
    record = catalog.get(kind, slug)
    assert record
    return {kind: [each.slug for each in found] for kind, found in catalog.related(record).items()}


def test_fields_and_links_are_read_both_ways(catalog: Catalog) -> None:
    assert related(catalog, "grant", "dvor-2026") == {
        "funder": ["kamennyy-poyas"],
        "project": ["polka"],
        "post": ["2026-11-10-otkryt-konkurs"],
        "document": ["polozhenie-2020"],
    }
    assert related(catalog, "grant", "knizhnyy-most") == {
        "funder": ["chitayushchiy-ural"],
        "ngo": ["svetlyy-dvor"],
        "note": ["smeta"],
        "document": ["fz-7"],
    }
    assert related(catalog, "note", "smeta") == {"grant": ["knizhnyy-most"], "note": ["pyat-voprosov"]}
    assert related(catalog, "page", "o-nas") == {}


def test_a_reference_inside_an_optional_field_is_read_both_ways(catalog: Catalog) -> None:
    assert related(catalog, "ngo", "svetlyy-dvor") == {
        "grant": ["knizhnyy-most"],
        "project": ["lavochka"],
        "meetup": ["2026-04-otkrytie"],
        "post": ["2026-11-10-otkryt-konkurs"],
        "agreement": ["2026-dvor"],
    }


def test_referring_gives_the_records_of_one_kind_that_name_a_record(catalog: Catalog) -> None:
    funder = catalog.get("funder", "kamennyy-poyas")
    assert funder
    assert [record.slug for record in catalog.referring(funder, "grant")] == ["dvor-2026"]
    assert catalog.referring(funder, "post") == []


def test_topics_gather_records_of_all_kinds_in_the_order_of_the_vocabulary(catalog: Catalog) -> None:
    assert list(catalog.by_topic) == ["town", "library", "projects"]
    assert {record.kind for record in catalog.by_topic["town"]} == {"grant", "ngo", "project", "post", "document"}


def test_only_pictures_that_public_records_show_are_published(project: Path) -> None:
    shutil.copy(project / "content/assets/lavochka.png", project / "content/assets/photo.png")
    write(project, "content/pages/draft.md", "---\ntitle: Фото\ndraft: yes\n---\n\n![Люди](../assets/photo.png)\n")
    assert load(project, TODAY).assets() == ["content/assets/lavochka.png"]


def test_events_are_in_order_of_time_and_have_a_day(catalog: Catalog) -> None:
    events = catalog.events
    moments = [event.milestone.moment.sort_key() for event in events]
    assert moments == sorted(moments)
    assert all(event.milestone.moment.is_dated for event in events)
    assert len({(event.record.path, event.milestone.key) for event in events}) == len(events)
    assert [_words(event) for event in events if event.milestone.what in ("deadline", "meetup")] == [
        ("knizhnyy-most", "leto/deadline"),
        ("dvor-2026", "main/deadline"),
        ("2026-12-05-zayavka", "meetup"),
        ("knizhnyy-most", "osen/deadline"),
    ]


def _words(event: Event) -> tuple[str, str]:
    return event.record.slug, event.milestone.key


def test_names_in_quotes_are_sorted_by_their_letters(project: Path) -> None:
    for slug, title in (("a", "«Яблоко»"), ("b", '"Арка"'), ("c", "«„Ель“ и друзья»"), ("d", "бор")):
        write(project, f"ngos/{slug}.yml", f"title: '{title}'\nlegal_name: АНО\nform: ano\n")
    assert [ngo.title for ngo in load(project, TODAY).of("ngo")] == [
        *('"Арка"', "бор", "«„Ель“ и друзья»", "«Книгоноши»", "Светлый двор", "«Яблоко»"),
    ]


def test_yo_is_sorted_as_ye(project: Path) -> None:
    for slug, title in (("a", "Ель"), ("b", "Ёлка"), ("c", "Яблоко")):
        write(project, f"ngos/{slug}.yml", f"title: {title}\nlegal_name: АНО\nform: ano\n")
    titles = [ngo.title for ngo in load(project, TODAY).of("ngo")]
    assert titles.index("Ёлка") < titles.index("Светлый двор") < titles.index("Яблоко")


def test_documents_in_force_come_first(catalog: Catalog) -> None:
    assert [record.slug for record in catalog.of("document")] == ["fz-7", "polozhenie-2020"]


def test_a_meetup_of_an_unknown_day_stands_after_the_one_it_follows(project: Path) -> None:
    head = "status: held\nchecked: 2026-11-12\ndate: unknown\n"
    write(project, "content/meetups/a.md", f"---\ntitle: Вторая\n{head}after: 2026-04-otkrytie\n---\n")
    write(project, "content/meetups/b.md", f"---\ntitle: Без года\n{head}---\n")
    write(project, "content/meetups/c.md", f"---\ntitle: Когда-то в 2026\n{head}year: 2026\n---\n")
    order = ["2026-04-otkrytie", "a", "2026-12-05-zayavka", "c", "b"]
    assert [record.slug for record in load(project, TODAY).of("meetup")] == order


def test_meetups_that_follow_each_other_in_a_ring_do_not_hang(project: Path) -> None:
    for slug, other in (("a", "b"), ("b", "a")):
        head = f"title: {slug}\nstatus: held\nchecked: 2026-11-12\ndate: unknown\nafter: {other}\n"
        write(project, f"content/meetups/{slug}.md", f"---\n{head}---\n")
    assert len(load(project, TODAY).of("meetup")) == 4


def test_a_project_without_records_is_right_and_empty(tmp_path: Path) -> None:
    write(tmp_path, "content/topics.yml", "town:\n  title: Город\n")
    catalog = load(tmp_path, TODAY)
    assert catalog.records == ()
    assert catalog.events == ()
    assert catalog.by_topic == {}
    assert catalog.assets() == []

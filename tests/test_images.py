"""Pictures: copies for each screen, captions, galleries, nothing of the camera's, and what is refused."""

from __future__ import annotations

import os
import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from generator.building import build_site
from generator.catalog import examine
from generator.catalog.memory import Memory
from generator.cli import main
from generator.problems import ContentError
from tests.conftest import EXAMPLE, TODAY
from tests.test_feeds import write_post

WHERE = Image.Exif()
WHERE[0x0112] = 6  # held on its side
WHERE[0x010F] = "SecretCamera"


@pytest.fixture
def project(bare_example: Path, tmp_path: Path) -> Path:
    """A project with one picture and no record yet."""
    project = Path(shutil.copytree(bare_example, tmp_path / "project"))
    for folder in ("content/assets", "content/news"):
        (project / folder).mkdir()
    shutil.copy(EXAMPLE / "content/assets/lavochka.png", project / "content/assets")
    return project


def draw(project: Path, name: str, width: int, height: int, **options: object) -> Path:
    """Put a picture among the assets: dark, with a light upper left quarter."""
    picture = Image.new("RGB", (width, height), (20, 60, 40))
    ImageDraw.Draw(picture).rectangle((0, 0, width // 2, height // 2), fill=(240, 230, 200))
    path = project / "content/assets" / name
    path.parent.mkdir(exist_ok=True)
    picture.save(path, **options)  # type: ignore[arg-type]  # Pillow names no type for what a format takes
    return path


def built(project: Path, tmp_path: Path) -> Path:
    site = tmp_path / "site"
    build_site(project, site, TODAY, handouts=False)
    return site


def page(site: Path, slug: str = "a") -> str:
    return (site / f"news/{slug}/index.html").read_text(encoding="utf-8")


def problems(project: Path) -> list[str]:
    return [str(problem) for problem in examine(project, TODAY).problems]


def test_a_picture_alone_is_a_figure_with_its_caption(project: Path, tmp_path: Path) -> None:
    draw(project, "zal.jpg", 600, 400)
    write_post(project, "a", '![Ряды стульев](../assets/zal.jpg "Зал «до» встречи")')
    html = page(built(project, tmp_path))
    figure = re.findall(r"<figure>.*?</figure>", html, re.DOTALL)
    assert len(figure) == 1
    assert 'alt="Ряды стульев"' in figure[0]
    assert figure[0].endswith("<figcaption>Зал «до» встречи</figcaption></figure>")
    assert "title=" not in figure[0]


def test_a_picture_among_words_stays_in_its_line(project: Path, tmp_path: Path) -> None:
    write_post(project, "a", "Вот ![Лавочка](../assets/lavochka.png) она.")
    html = page(built(project, tmp_path))
    assert "<figure" not in html
    assert re.search(r'<p>Вот <img src="../../assets/lavochka.png"[^>]*> она.</p>', html)


def test_copies_are_made_for_each_width_and_none_above_the_original(project: Path, tmp_path: Path) -> None:
    draw(project, "foto/big.jpg", 2000, 1000)
    draw(project, "small.png", 500, 400)
    write_post(project, "a", "![Большая](../assets/foto/big.jpg)\n\nи\n\n![Малая](../assets/small.png)")
    site = built(project, tmp_path)
    html = page(site)
    big, small = re.findall(r"<img[^>]*>", html)
    assert (
        'srcset="../../assets/foto/big.jpg.360.webp 360w, ../../assets/foto/big.jpg.720.webp 720w, '
        '../../assets/foto/big.jpg.1280.webp 1280w"' in big
    )
    assert 'srcset="../../assets/small.png.360.webp 360w, ../../assets/small.png.500.webp 500w"' in small
    assert 'width="1280" height="640"' in big
    assert 'width="500" height="400"' in small
    for tag in (big, small):
        for name, width in re.findall(r"\.\./\.\./(assets/\S+\.webp) (\d+)w", tag):
            with Image.open(site / name) as copy:
                assert (copy.format, copy.width) == ("WEBP", int(width))


def test_the_first_picture_comes_at_once_and_the_others_when_they_are_near(project: Path, tmp_path: Path) -> None:
    draw(project, "one.png", 400, 300)
    write_post(project, "a", "![Раз](../assets/one.png)\n\nСлова.\n\n![Два](../assets/one.png)")
    first, second = re.findall(r"<img[^>]*>", page(built(project, tmp_path)))
    assert "loading" not in first
    assert 'loading="lazy"' in second


def test_pictures_in_a_row_are_a_gallery(project: Path, tmp_path: Path) -> None:
    for name in ("one.png", "two.png"):
        draw(project, name, 400, 300)
    write_post(project, "a", '![Раз](../assets/one.png "Подпись")\n![Два](../assets/two.png)')
    gallery = re.findall(r'<div class="gallery">.*?</div>', page(built(project, tmp_path)), re.DOTALL)[0]
    assert gallery.count("<figure>") == gallery.count("</figure>") == 2
    assert gallery.count("<figcaption>") == 1
    assert "<p>" not in gallery


def test_a_large_original_is_published_only_where_it_is_linked_to(project: Path, tmp_path: Path) -> None:
    draw(project, "shown.jpg", 1600, 900)
    draw(project, "linked.jpg", 1600, 900)
    write_post(project, "a", "![А](../assets/shown.jpg)\n\n[![Б](../assets/linked.jpg)](../assets/linked.jpg)")
    site = built(project, tmp_path)
    assert not (site / "assets/shown.jpg").exists()
    assert (site / "assets/linked.jpg").exists()
    assert '<figure><a href="../../assets/linked.jpg"><img' in page(site)


def test_nothing_that_the_camera_wrote_is_published_and_the_picture_stands_upright(
    project: Path, tmp_path: Path
) -> None:
    draw(project, "side.jpg", 800, 600, exif=WHERE)
    draw(project, "plan.jpg", 1600, 1200, exif=WHERE)
    write_post(project, "a", "![Боком](../assets/side.jpg)\n\n[план](../assets/plan.jpg)")
    site = built(project, tmp_path)
    assert 'width="600" height="800"' in page(site)
    found = [path for path in (site / "assets").rglob("*.*") if path.suffix in (".jpg", ".webp")]
    assert len(found) == 4
    for path in found:
        assert b"SecretCamera" not in path.read_bytes()
        with Image.open(path) as picture:
            assert not picture.getexif()
            assert picture.height > picture.width
            # What was the upper left quarter is the upper right one after a quarter turn.
            bright = picture.convert("L").getpixel((picture.width - 9, 9))
            assert isinstance(bright, int | float)
            assert bright > 150


def test_clear_places_of_a_picture_stay_clear(project: Path, tmp_path: Path) -> None:
    picture = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    picture.save(project / "content/assets/clear.png")
    write_post(project, "a", "![Знак](../assets/clear.png)")
    with Image.open(built(project, tmp_path) / "assets/clear.png.360.webp") as copy:
        assert copy.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]  # four bands, so a tuple


def test_drawings_and_moving_pictures_stay_as_they_are(project: Path, tmp_path: Path) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    (project / "content/assets/znak.svg").write_bytes(drawing)
    write_post(project, "a", "![Знак](../assets/znak.svg)")
    site = built(project, tmp_path)
    assert (site / "assets/znak.svg").read_bytes() == drawing
    assert '<img src="../../assets/znak.svg" alt="Знак"' in page(site)


def test_copies_are_the_same_bytes_in_every_build(project: Path, tmp_path: Path) -> None:
    draw(project, "zal.jpg", 1500, 900)
    write_post(project, "a", "![Зал](../assets/zal.jpg)")
    first = {path.name: path.read_bytes() for path in built(project, tmp_path).rglob("*.webp")}
    path = project / "content/assets/zal.jpg"
    path.write_bytes(path.read_bytes())
    assert {path.name: path.read_bytes() for path in built(project, tmp_path / "b").rglob("*.webp")} == first
    assert len(first) == 3


def test_a_link_to_a_file_says_its_type_and_weight(project: Path, tmp_path: Path) -> None:
    (project / "content/assets/smeta.xlsx").write_bytes(b"x" * 24 * 1024)
    (project / "content/assets/kniga.pdf").write_bytes(b"x" * 3_700_000)
    write_post(project, "a", "[Смета](../assets/smeta.xlsx), [kniga.pdf](../assets/kniga.pdf)")
    site = built(project, tmp_path)
    text = re.sub("<[^>]+>", "", page(site))
    assert "Смета (xlsx, 24\u00a0КБ), kniga.pdf (3,5\u00a0МБ)" in text
    assert (site / "assets/smeta.xlsx").stat().st_size == 24 * 1024


@pytest.mark.parametrize("name", ["half.jpg", "half.png", "half.webp"])
def test_half_a_picture_is_refused_with_its_name_and_what_to_do(name: str, project: Path) -> None:
    path = draw(project, name, 900, 600)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert problems(project) == [
        f"content/assets/{name}:1: картинка не открывается: файл испорчен или это не JPEG, PNG или WebP; "
        "скопируйте файл ещё раз с исходного места или сохраните картинку заново"
    ]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a document", "текст".encode()])
def test_another_file_under_a_pictures_name_is_refused(content: bytes, project: Path) -> None:
    (project / "content/assets/foto.jpg").write_bytes(content)
    assert [line.partition(";")[0] for line in problems(project)] == [
        "content/assets/foto.jpg:1: картинка не открывается: файл испорчен или это не JPEG, PNG или WebP"
    ]


def test_a_picture_too_heavy_or_too_large_is_refused(project: Path) -> None:
    path = draw(project, "heavy.png", 40, 30)
    path.write_bytes(path.read_bytes() + b"\0" * 21 * 1024 * 1024)
    Image.new("1", (10_000, 5_001)).save(project / "content/assets/large.png")
    remedy = "уменьшите её до 2000 точек по длинной стороне и сохраните в JPEG"
    assert problems(project) == [
        f"content/assets/heavy.png:1: картинка больше 20 МБ (здесь 21 МБ); {remedy}",
        f"content/assets/large.png:1: картинка больше 50 мегапикселей (здесь 10000×5001); {remedy}",
    ]


def test_a_picture_broken_inside_stops_the_build_with_its_name(project: Path, tmp_path: Path) -> None:
    path = draw(project, "zal.jpg", 900, 600)
    whole = path.read_bytes()
    # The head and the end are in order, so only whoever looks at the whole picture finds that its middle is gone.
    path.write_bytes(whole[: whole.index(b"\xff\xda")] + b"\xff\xd9")
    write_post(project, "a", "![Зал](../assets/zal.jpg)")
    with pytest.raises(ContentError, match=r"content/assets/zal.jpg:1: картинка внутри испорчена; скопируйте"):
        built(project, tmp_path)


def test_check_tells_of_a_broken_picture_and_ends_with_1(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "content/assets/foto.png").write_bytes(b"no picture")
    assert main(["--project", str(project), "check", "--today", str(TODAY)]) == 1
    assert capsys.readouterr().out.startswith("content/assets/foto.png:1: картинка не открывается")


def test_colours_that_webp_lacks_are_made_its_own(project: Path, tmp_path: Path) -> None:
    target = BytesIO()
    Image.new("CMYK", (400, 300), (0, 255, 255, 0)).save(target, "JPEG")
    (project / "content/assets/print.jpg").write_bytes(target.getvalue())
    write_post(project, "a", "![Плакат](../assets/print.jpg)")
    with Image.open(built(project, tmp_path) / "assets/print.jpg.360.webp") as copy:
        red, green, blue = copy.convert("RGB").getpixel((50, 50))  # type: ignore[misc]  # three bands, so a tuple
        assert red > green + 100
        assert red > blue + 100


def test_a_picture_that_was_mended_is_whole_though_its_file_seems_the_same(project: Path) -> None:
    path = draw(project, "zal.jpg", 600, 400)
    whole, stat = path.read_bytes(), path.stat()
    for content, count in ((b"\0" * len(whole), 1), (whole, 0)):
        path.write_bytes(content)
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert len(examine(project, TODAY, Memory.of(project, keeps=True)).problems) == count


def test_a_picture_may_not_be_named_as_the_copy_of_another(project: Path) -> None:
    draw(project, "zal.jpg", 600, 400)
    draw(project, "zal.jpg.360.webp", 360, 240)
    (found,) = problems(project)
    assert "content/assets/zal.jpg.360.webp" in found
    assert "так называется уменьшенная копия картинки zal.jpg; назовите файл иначе" in found


def test_a_picture_with_a_number_in_its_name_is_no_copy(project: Path) -> None:
    draw(project, "zal.jpg", 600, 400)
    draw(project, "zal.jpg.2.webp", 360, 240)
    assert problems(project) == []


@pytest.mark.parametrize("name", ["mark.svg", "site.css", "source-sans-400.woff2"])
def test_a_file_may_not_stand_where_the_site_has_its_own(project: Path, tmp_path: Path, name: str) -> None:
    (project / "content/assets" / name).write_text("<svg/>", encoding="utf-8")
    write_post(project, "a", f"[Файл](../assets/{name})")
    with pytest.raises(ContentError, match=f"content/assets/{name}:1: файл с таким именем есть у самого сайта"):
        built(project, tmp_path)


def test_a_portrait_in_open_data_and_a_picture_among_materials_are_there(tmp_path: Path) -> None:
    project = Path(shutil.copytree(EXAMPLE, tmp_path / "project"))
    draw(project, "portret.jpg", 3000, 2000)
    for path, after, more in (
        ("ngos/svetlyy-dvor.yml", "  role: директор\n", "  consent: 2026-10-01\n  photo: portret.jpg\n"),
        ("content/meetups/2026-04-otkrytie.md", "status: held\n", "materials: [{title: Снимок, file: portret.jpg}]\n"),
    ):
        text = (project / path).read_text(encoding="utf-8")
        (project / path).write_text(text.replace(after, f"{after}{more}", 1), encoding="utf-8")
    site = built(project, tmp_path)
    (photo,) = set(re.findall(r'"photo": ?"([^"]+)"', (site / "data/ngos.json").read_text("utf-8")))
    assert (site / photo.partition("://")[2].partition("/")[2]).is_file()
    page = (site / "meetups/2026-04-otkrytie/index.html").read_text(encoding="utf-8")
    assert '../../assets/portret.jpg"' in page
    assert (site / "assets/portret.jpg").is_file()


def test_a_portrait_weighs_as_little_as_it_is_small(tmp_path: Path) -> None:
    project = Path(shutil.copytree(EXAMPLE, tmp_path / "project"))
    draw(project, "portret.jpg", 3000, 2000)
    centre = project / "content/centre/bereg.md"
    agreed = "consent: 2026-09-01"
    centre.write_text(centre.read_text("utf-8").replace(agreed, f"{agreed}\n    photo: portret.jpg"), "utf-8")
    site = built(project, tmp_path)
    html = (site / "centre/index.html").read_text(encoding="utf-8")
    (address,) = re.findall(r'<img class="portrait" src="\.\./([^"]+)"', html)
    assert address == "assets/portret.jpg.360.webp"
    with Image.open(site / address) as image:
        assert image.size == (360, 240)
    assert not (site / "assets/portret.jpg").exists()

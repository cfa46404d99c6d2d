"""Pictures drawn by Typst: one for each call, post and meetup, one for the site, and the site's sign in sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

from generator import russian
from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.catalog.checks import ICON
from generator.cores import usable_cores
from generator.fields.moment import Moment
from generator.handouts.press import Press, open_press
from generator.handouts.wording import Wording
from generator.keep import Keep
from generator.records.grant import Grant
from generator.records.meetup import Meetup
from generator.records.post import Post
from generator.sharing.shown import CARD, card_of, own_picture
from generator.templating import Templating, shown_link

DRAWN = ".cache/pictures"
"""The folder of a project in which its drawn pictures are kept between builds."""
WIDTH = 600
"""Points across the template of a card; the icon's is an inch wide."""
INCH = 72
ICONS = (192, 512)
"""The sides of the signs that a telephone asks for, in dots."""
TOUCH = 180
TABS = (16, 32, 48)
Facts = dict[str, Any]


def drawn(catalog: Catalog, templating: Templating, keep: Path | None = None) -> Iterator[Artifact]:
    """Yield the pictures of the site that are drawn; those kept from an earlier time are only read."""
    wording = Wording(catalog, templating)
    kept = Keep(keep)
    with (
        open_press(templating, catalog.today, "pictures", ("card", "icon"), kept) as press,
        ThreadPoolExecutor(usable_cores()) as pool,
    ):
        cards = dict(_cards(wording))
        ppi = INCH * CARD[0] / WIDTH
        pictures = pool.map(lambda facts: press.png("card", facts, ppi), cards.values())
        for address, picture in zip(cards, pictures, strict=True):
            yield Artifact(card_of(address), picture)
        yield from _icons(wording, press)
    kept.forget_the_rest()


def _icons(wording: Wording, press: Press) -> Iterator[Artifact]:
    from PIL import Image

    site = _site(wording)
    for side in (*ICONS, TOUCH):
        yield Artifact(f"assets/icon-{side}.png", press.png("icon", site | {"ground": True}, side))
    written = BytesIO()
    with Image.open(BytesIO(press.png("icon", site | {"ground": False}, max(TABS)))) as picture:
        picture.convert("RGBA").save(written, "ico", sizes=[(side, side) for side in TABS])
    yield Artifact(ICON, written.getvalue())


def _cards(wording: Wording) -> Iterator[tuple[str, Facts]]:
    """Yield what stands on each card, after the address of its page."""
    site = _site(wording)
    settings = wording.settings
    blank = {"label": "", "slip": None, "date": "", "address": shown_link(settings.site_url)}
    yield "/", site | blank | {"label": settings.extra.library, "title": settings.site_description}
    for kind, fill in FILLERS.items():
        for record in wording.catalog.of(kind):
            if own_picture(record, wording.templating) is None:
                yield record.address, site | blank | {"title": record.title} | fill(wording, record)


def _site(wording: Wording) -> Facts:
    settings = wording.settings
    return {
        "site": settings.site_name,
        "title": settings.site_name,
        "subtitle": settings.extra.subtitle,
        "town": settings.extra.place.town,
        "town_of": settings.extra.place.town_of,
        "lamp": settings.extra.lamp.light,
        "logo": settings.extra.logo is not None,
        "mark": wording.templating.render("text/mark.svg", {}),
    }


def _call(wording: Wording, call: Grant) -> Facts:
    """Return a call's card: the slip of the round that is nearest to being open."""
    first = call.rounds_live_first(wording.today)[0]
    funder = wording.catalog.get("funder", call.funder)
    slip = _slip(wording, first.deadline) | {"what": "deadline", "status": first.status(wording.today)}
    return {"label": funder.title if funder else wording.words["nature"][call.nature], "slip": slip}


def _post(wording: Wording, post: Post) -> Facts:
    return {"label": wording.words["rubric"][post.rubric], "date": russian.full_day_words(post.date)}


def _meetup(wording: Wording, meetup: Meetup) -> Facts:
    slip = _slip(wording, meetup.date) | {"what": "meetup", "status": meetup.status}
    return {
        "label": meetup.place or wording.words["what"]["meetup"].capitalize(),
        "slip": slip if meetup.date.date else None,
    }


def _slip(wording: Wording, moment: Moment) -> Facts:
    """Return a moment as a card tells it: with its year, since nobody knows when the card will be seen."""
    said = wording.moment(moment)
    return {name: said[name] for name in ("precision", "words", "day", "weekday", "month_name", "zone", "clocks")} | {
        "year": moment.date and moment.date.year,
        "hour": moment.time and russian.clock_words(moment.time),
    }


FILLERS: Mapping[str, Callable[[Wording, Any], Facts]] = {"grant": _call, "post": _post, "meetup": _meetup}
"""The kinds of record that have cards of their own."""

"""Printed sheets: PDFs made by Typst from the same records as the site."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from generator.catalog import Catalog
from generator.cores import usable_cores
from generator.handouts.cards import cards
from generator.handouts.centre import centre_facts
from generator.handouts.choice import EVERYTHING, Choice
from generator.handouts.compiler import give_up
from generator.handouts.digest_sheet import digest_sheet, weeks
from generator.handouts.documents import documents
from generator.handouts.editors import editors, screens_of_form
from generator.handouts.grant import grant_sheet, open_calls
from generator.handouts.grants_list import grants_list
from generator.handouts.grants_month import each_month, grants_month
from generator.handouts.grants_quarter import grants_quarter, quarters
from generator.handouts.grants_year import grants_year, years
from generator.handouts.meetups import each_meetup, meetup_feedback, meetup_poster, meetup_programme, meetup_signin
from generator.handouts.memo import memo, memos
from generator.handouts.ngos import books, ngos
from generator.handouts.ngos_booklet import ngos_booklet
from generator.handouts.order import EVERY_SHEET, Order, UnfitOrderError, ordered
from generator.handouts.partner_offer import partner_offer
from generator.handouts.picture import bare, first_page, pages_of
from generator.handouts.press import Press, handout_words, open_press
from generator.handouts.printed import Printed, by_address, shelves
from generator.handouts.register import Paged, Register
from generator.handouts.sheet import A3, A5, LARGE, PLAIN, Handout, Sheet, alone, pictured, titled
from generator.handouts.wording import Wording, printed_address
from generator.keep import Keep
from generator.russian import full_day_words
from generator.shelf import Shelf
from generator.templating import Templating

__all__ = ["HANDOUTS", "KEPT", "Order", "Printed", "UnfitOrderError", "by_address", "handouts", "sheets", "shelves"]

KEPT = ".cache/handouts"
"""The folder of a project in which its sheets are kept between builds."""
AHEAD = 64
"""Sheets that are begun before the first of them is waited for."""
HANDOUTS: dict[str, Handout] = {
    "grants-list": Handout(grants_list, alone("grants-list", "/grants/"), editions=(PLAIN, LARGE), narrows=True),
    "grants-year": Handout(grants_year, years, editions=(PLAIN, A3), narrows=True),
    "grants-month": Handout(
        grants_month, each_month, landscape=True, editions=(PLAIN, LARGE._replace(landscape=False)), narrows=True
    ),
    "grants-quarter": Handout(grants_quarter, quarters, narrows=True),
    "grant": Handout(grant_sheet, open_calls),
    "documents": Handout(documents, alone("documents", "/documents/")),
    "memo": Handout(memo, memos),
    "meetup-poster": Handout(meetup_poster, each_meetup("poster"), editions=(PLAIN, A3, A5)),
    "meetup-programme": Handout(meetup_programme, each_meetup("programme")),
    "meetup-signin": Handout(meetup_signin, each_meetup("signin"), landscape=True, searched=True),
    "meetup-feedback": Handout(meetup_feedback, each_meetup("feedback"), searched=True),
    "digest": Handout(digest_sheet, weeks),
    "ngos": Handout(ngos, books, paper="А5"),
    "ngos-booklet": Handout(ngos_booklet, alone("ngos-booklet", "/ngos/"), landscape=True, imposes="ngos"),
    "cards": Handout(cards, alone("cards", "/centre/"), searched=True),
    "editors": Handout(editors, alone("editors", "/editors/"), files=screens_of_form, internal=True),
    "partner-offer": Handout(partner_offer, alone("partner-offer", "/centre/"), searched=True),
}
"""Every family of sheets by its name; titles and descriptions are in `templates/text/handouts.yml`."""


def sheets(catalog: Catalog, templating: Templating, choice: Choice = EVERYTHING) -> Iterator[Sheet]:
    """Yield what is known of every sheet before it is made."""
    words = handout_words(templating)
    wording = Wording(catalog, templating, choice)
    for family, handout in HANDOUTS.items():
        for subject in handout.subjects(wording):
            for edition in handout.editions:
                edition_words = words["edition"].get(edition.suffix, "")
                family_title = words[family]["title"]
                paper = edition.paper or handout.paper
                yield Sheet(
                    f"{subject.name}{edition.suffix}",
                    family,
                    titled(family_title, subject.title, edition_words),
                    words[family].get("description", ""),
                    paper,
                    handout,
                    subject,
                    edition,
                    family_title,
                    edition_words,
                )


def handouts(
    catalog: Catalog,
    templating: Templating,
    order: Order = EVERY_SHEET,
    keep: Path | None = None,
    shelf: Shelf | None = None,
    over: Event | None = None,
) -> Iterator[Printed]:
    """Yield the sheets of an order, made; those kept from an earlier time are only read.

    `shelf` keeps what all sheets were made of. When `over` is set, none is begun any more; it is set when one fails.
    Raises UnfitOrderError for an order that cannot be met and ContentError for a mistake in a site's own template.
    """
    wording = Wording(catalog, templating, order.choice)
    if unfit := order.choice.unfit(catalog.topics):
        raise UnfitOrderError(unfit)
    every = list(sheets(catalog, templating, order.choice))
    wanted = ordered(every, order)
    with_pictures = pictured(every)
    kept = Keep(keep)
    register = Register(templating.ledger, shelf)
    with open_press(templating, catalog.today, "handouts", HANDOUTS, kept, over) as press:
        for sheet, ((key, pdf), pages) in _prints(wanted, wording, press, register):
            picture = kept.made(f"{key}.webp", partial(first_page, pdf)) if sheet.name in with_pictures else None
            yield Printed(sheet, pdf, pages, picture)
    if order.is_all:
        kept.forget_the_rest()
        register.save()


def _prints(
    wanted: Iterable[Sheet], wording: Wording, press: Press, register: Register
) -> Iterator[tuple[Sheet, Paged]]:
    done: dict[str, Paged] = {}
    waiting: deque[tuple[Sheet, Callable[[], Paged]]] = deque()
    # Typst lets go of Python's lock: on two cores, 55 sheets of calls take 22 ms each instead of 34. Two threads more,
    # since as many may wait for a heavy sheet, which is made in a process of its own.
    with ThreadPoolExecutor(usable_cores() + 2) as pool:
        try:
            for sheet in wanted:
                if sheet.handout.imposes:
                    waiting.append((sheet, partial(_imposed, sheet, done, wording, press, register)))
                else:
                    waiting.append((sheet, _begun(sheet, wording, press, register, pool)))
                if len(waiting) > AHEAD:
                    yield _finished(waiting.popleft(), done)
            while waiting:
                yield _finished(waiting.popleft(), done)
        except BaseException:
            give_up(press.compiler.over)
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def _finished(begun: tuple[Sheet, Callable[[], Paged]], done: dict[str, Paged]) -> tuple[Sheet, Paged]:
    sheet, finish = begun
    done[sheet.name] = finish()
    return sheet, done[sheet.name]


def _begun(
    sheet: Sheet, wording: Wording, press: Press, register: Register, pool: ThreadPoolExecutor
) -> Callable[[], Paged]:
    """Begin to make a sheet, unless it would be the last one again; return what waits for it."""
    made_of = _made_of(sheet, press)
    if last := register.same(sheet.name, made_of, press):
        return lambda: last
    with wording.templating.ledger.noting() as notes:
        facts, files = _facts(sheet, wording), sheet.handout.files(wording)
    making = pool.submit(press.pdf, sheet.family, facts, files)

    def finish() -> Paged:
        # PDFium counts the pages, and no two threads may use it at once.
        made = making.result()
        return register.entered(sheet.name, made_of, notes, (made, pages_of(made.pdf)))

    return finish


def _imposed(sheet: Sheet, done: Mapping[str, Paged], wording: Wording, press: Press, register: Register) -> Paged:
    """Return a sheet that lays out the pages of another, which it makes if nobody asked for it."""
    (of,) = (each for each in sheets(wording.catalog, wording.templating) if each.name == sheet.handout.imposes)
    whole = done[of.name][0] if of.name in done else press.pdf(of.family, _facts(of, wording), {})
    made_of = (*_made_of(sheet, press), whole.key)
    if last := register.same(sheet.name, made_of, press):
        return last
    pages = bare(whole.pdf)
    with wording.templating.ledger.noting() as notes:
        facts = _facts(sheet, wording) | {"pages": pages_of(pages)}
    made = press.pdf(sheet.family, facts, {"pages.pdf": pages}, tagged=False)
    return register.entered(sheet.name, made_of, notes, (made, pages_of(made.pdf)))


def _made_of(sheet: Sheet, press: Press) -> tuple[Any, ...]:
    """Return what a sheet is made of besides what it asks."""
    return (press.state(sheet.family), sheet.name, sheet.title, sheet.paper, sheet.subject, sheet.edition)


def _facts(sheet: Sheet, wording: Wording) -> dict[str, Any]:
    return {"sheet": _frame(sheet, wording), **sheet.handout.fill(wording, sheet.subject)}


def _frame(sheet: Sheet, wording: Wording) -> dict[str, Any]:
    """Return what every sheet says of itself."""
    settings = wording.settings
    query = wording.choice.query if sheet.subject.address == "/grants/" else ""
    return {
        "title": titled(sheet.family_title, sheet.subject.title),
        "paper": sheet.paper,
        "landscape": sheet.orientation == "landscape",
        "large": sheet.edition.large,
        "state": full_day_words(wording.today),
        "page": printed_address(settings.absolute(sheet.subject.printed or sheet.subject.address), query),
        "site": settings.site_name,
        "subtitle": settings.extra.subtitle,
        "logo": settings.extra.logo is not None,
        "place": settings.extra.place.model_dump(),
        "lamp": settings.extra.lamp.light,
        "choice": wording.chosen(),
        "centre": centre_facts(wording),
    }

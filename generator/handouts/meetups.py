"""The sheets of a meetup that is ahead: its poster, its programme, the list to sign in, the questions afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from generator.fields.contact import Person, shown_phone
from generator.fields.meeting import Item, Participant, Signup
from generator.handouts.sheet import Subject
from generator.handouts.wording import Wording
from generator.records.meetup import Meetup
from generator.russian import clock_words, near_day_words, weekday_words

SIGNIN_ROWS = 25
"""Places to sign: two pages lying down, whatever the length of the title."""


def each_meetup(kind: str) -> Callable[[Wording], Iterator[Subject]]:
    """Return the subjects of a family of sheets of which every coming meetup has one: `meetup-<id>-poster`."""

    def subjects(wording: Wording) -> Iterator[Subject]:
        for meetup in wording.catalog.of("meetup"):
            if meetup.is_ahead(wording.today):
                yield Subject(f"meetup-{meetup.slug}-{kind}", meetup.address, meetup.title, meetup)

    return subjects


def meetup_poster(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return when, where, what about, and how to sign up."""
    meetup: Meetup = subject.of
    return meetup_facts(wording, meetup) | {
        "topics": [item.title for item in meetup.programme],
        "organisers": [party["name"] for party in _parties(wording, meetup.organisers)],
        "seats": meetup.seats,
        "signup": meetup.signup and _signup(wording, meetup.signup),
    }


def meetup_programme(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return the programme by the clock with those who agreed to be named, and who holds the meetup and who comes."""
    meetup: Meetup = subject.of
    return meetup_facts(wording, meetup) | {
        "items": [_item(wording, item) for item in meetup.programme],
        "timed": any(item.time for item in meetup.programme),
        "led": any(item.speaker for item in meetup.programme),
        "speakers": [_person(wording, speaker) for speaker in meetup.speakers],
        "organisers": list(_parties(wording, meetup.organisers)),
        "participants": list(_parties(wording, meetup.participants)),
    }


def meetup_signin(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return which meetup it is, for whom the data are asked, and how many rows there are to fill in."""
    return meetup_facts(wording, subject.of) | {"rows": SIGNIN_ROWS, "library": wording.settings.extra.library}


def meetup_feedback(wording: Wording, subject: Subject) -> dict[str, Any]:
    """Return which meetup it is and the topics to be marked."""
    meetup: Meetup = subject.of
    return meetup_facts(wording, meetup) | {"topics": [item.title for item in meetup.programme]}


def meetup_facts(wording: Wording, meetup: Meetup) -> dict[str, Any]:
    """Return what every sheet of a meetup tells: its name, marks, time by its own clock, and place."""
    moment = meetup.date
    extra = wording.settings.extra
    was = moment.was[-1] if moment.was else None
    return {
        "name": meetup.title,
        "summary": meetup.summary,
        "example": meetup.example,
        "age": meetup.age or extra.age,
        "foreign_agent": wording.templating.foreign_agent(meetup),
        "place": meetup.place,
        "moved": meetup.status == "moved",
        "was": was and wording.near(was.date, was.time),
        "date": wording.moment(moment)
        | {
            "weekday": weekday_words(moment.date) if moment.date else None,
            "hour": clock_words(moment.time) if moment.time and moment.is_dated else None,
            "ends": clock_words(meetup.ends) if meetup.ends and moment.time else None,
            "elsewhere": moment.zone != extra.time_zone,
            "held_in": meetup.held_in,
        },
    }


def _signup(wording: Wording, signup: Signup) -> dict[str, Any]:
    """Return how to sign up; a form's address is on the meetup's page, for nobody can type it."""
    return {
        "form": signup.link is not None,
        "contacts": [*([shown_phone(signup.phone)] if signup.phone else []), *([signup.email] if signup.email else [])],
        "until": signup.until and near_day_words(signup.until, wording.today),
    }


def _item(wording: Wording, item: Item) -> dict[str, Any]:
    return {
        "time": item.time and clock_words(item.time),
        "title": item.title,
        "note": item.note,
        "speaker": item.speaker and _person(wording, item.speaker),
    }


def _person(wording: Wording, person: Person) -> dict[str, str | None]:
    """Return somebody as the site names them: without consent, by the role alone."""
    expert = wording.catalog.get("expert", person.expert) if person.expert else None
    name = person.name or (expert.title if expert else None)
    return {
        "name": name,
        "role": person.role if name is None or person.role.lower() not in name.lower() else None,
        "organisation": person.organisation,
    }


def _parties(wording: Wording, parties: Iterable[Participant]) -> Iterator[dict[str, str]]:
    """Yield sides with their roles; an organisation that is not public is not named."""
    for party in parties:
        ngo = wording.catalog.get("ngo", party.ngo) if party.ngo else None
        name = ngo.title if ngo else party.name
        if name:
            yield {"name": name, "role": party.role}

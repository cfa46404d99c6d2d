"""Make a town's or a region's records from a seed: the same seed and size, the same records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from stdnum.ru import inn

from tests.bench.prose import ADVICE, DOES, WHAT, WHERE, WHO, WHY, article, bullets, cased, paragraph, sentence
from tests.bench.records import TODAY, Centre, Corpus, Document, Funder, Grant, Meetup, Ngo, Note, Post, Size
from tests.bench.rounds import meeting, rounds

TOPICS = {
    "social": "Социальная помощь", "health": "Здоровье и спорт", "family": "Семья и дети", "youth": "Молодёжь",
    "education": "Наука и образование", "culture": "Культура и искусство", "memory": "История и память",
    "rights": "Права человека", "ecology": "Природа и животные", "nations": "Народы и согласие",
    "town": "Город и двор", "civil": "Развитие НКО", "library": "Библиотеки и чтение", "museum": "Музеи",
    "creation": "Как создать НКО", "management": "Управление и планирование", "accounting": "Учёт и отчётность",
    "volunteers": "Волонтёры", "fundraising": "Поиск средств", "pr": "Рассказать о себе",
    "projects": "Проект и заявка", "evaluation": "Оценка результата", "business": "Социальное предпринимательство",
}  # fmt: skip
MASCULINE = (
    "добрый", "зелёный", "открытый", "новый", "общий", "тёплый", "живой", "родной", "светлый", "дружный", "смелый",
    "чистый", "северный", "городской", "сельский", "старый", "молодой", "верный", "ясный", "звонкий", "тихий",
    "быстрый", "мудрый", "яркий", "простой", "большой", "малый", "крепкий", "ближний", "дальний", "весенний",
    "летний", "зимний", "утренний", "вечерний", "народный", "читающий", "поющий", "думающий", "здоровый", "сильный",
    "лесной", "речной", "полевой", "солнечный", "звёздный", "радостный", "щедрый", "честный", "умелый", "заботливый",
    "надёжный", "уютный", "книжный", "музейный", "школьный",
)  # fmt: skip
NOUNS = (
    "двор", "дом", "мост", "путь", "город", "берег", "сад", "парк", "круг", "шаг", "голос", "театр", "музей", "клуб",
    "край", "союз", "остров", "родник", "маяк", "старт", "рассвет", "очаг", "порог", "корабль", "компас", "ветер",
    "луч", "лес", "огонь", "свет", "мир", "день", "вечер", "час", "век", "полёт", "зов", "след", "знак", "ключ",
    "вокзал", "причал", "перекрёсток", "квартал", "посёлок", "хутор", "праздник", "фестиваль", "марафон", "турнир",
    "урок", "класс", "цех", "стадион", "архив", "пруд",
)  # fmt: skip
STREETS = ("Кирова", "Советская", "Школьная", "Садовая", "Парковая", "Луначарского", "Сибирская", "Короленко")
FORMS = {
    "ano": "Автономная некоммерческая организация", "fund": "Фонд", "charity": "Благотворительный фонд",
    "public": "Местная общественная организация", "association": "Ассоциация",
}  # fmt: skip
SHORT_FORMS = {"ano": "АНО", "fund": "Фонд", "charity": "БФ", "public": "МОО", "association": "Ассоциация"}
APPLICANTS = ("nko", "municipal", "state", "treasury", "person", "group", "tos", "entrepreneur", "business", "school")
RUBRICS = ("grants", "methodology", "funders", "documents", "ngos", "centre")
STAGES = ("idea", "application", "realisation", "report", "growth")


def make(seed: int, size: Size) -> Corpus:
    """Return a site's records."""
    chance = Random(f"{seed} {size}")
    makers = _Makers(chance, size)
    return Corpus(
        {slug: {"title": title, "summary": sentence(chance)} for slug, title in TOPICS.items()},
        tuple(makers.grant(number) for number in range(size.grants)),
        tuple(makers.ngo(number) for number in range(size.ngos)),
        tuple(makers.post(number) for number in range(size.posts)),
        tuple(makers.meetup(number) for number in range(size.meetups)),
        tuple(makers.note(number) for number in range(size.notes)),
        tuple(makers.funder(number) for number in range(size.funders)),
        tuple(makers.document(number) for number in range(size.documents)),
        (makers.centre(),),
    )


def _numbered(word: str, number: int) -> str:
    return f"{word}-{number + 1:04}"


def _name(number: int) -> str:
    """Return a name of its own: «Добрый двор», from the 3,137th on «Добрый двор — 2»; neighbours differ in both words."""
    noun = number % len(NOUNS)
    name = f"{cased(MASCULINE[(number // len(NOUNS) + noun) % len(MASCULINE)])} {NOUNS[noun]}"
    again = number // (len(NOUNS) * len(MASCULINE))
    return f"{name} — {again + 1}" if again else name


class _Makers:
    """Makes records one by one from one source of chance."""

    def __init__(self, chance: Random, size: Size) -> None:
        self.chance = chance
        self.size = size

    def _slug(self, word: str, count: int) -> str:
        return _numbered(word, self.chance.randrange(count))

    def _slugs(self, word: str, count: int, most: int) -> tuple[str, ...]:
        numbers = self.chance.sample(range(count), min(count, self.chance.randint(0, most)))
        return tuple(_numbered(word, number) for number in sorted(numbers))

    def _common(self, slug: str, title: str, body: str) -> dict[str, Any]:
        chance = self.chance
        return {
            "slug": slug,
            "title": title,
            "summary": sentence(chance),
            "topics": tuple(sorted(chance.sample(sorted(TOPICS), chance.randint(1, 3)))),
            "source": f"https://example.org/{slug}/",
            "checked": TODAY - timedelta(chance.randrange(300)),
            "body": body,
        }

    def _contacts(self, number: int) -> dict[str, Any]:
        chance = self.chance
        return {
            "address": f"Глазов, ул. {chance.choice(STREETS)}, {chance.randint(1, 90)}",
            "phones": [f"+7 34141 {2 + number % 7}-{chance.randint(10, 99)}-{chance.randint(10, 99)}"],
            "emails": [f"office{number}@example.org"],
            "sites": [f"https://example.org/org{number}/"],
        }

    def _links(self, most: int) -> list[str]:
        """Return Markdown links to other records."""
        size = self.size
        counts = {"grants": ("call", size.grants), "ngos": ("ngo", size.ngos), "methodology": ("note", size.notes)}
        folders = self.chance.choices(sorted(counts), k=self.chance.randint(0, most))
        return [f"[{self.chance.choice(WHAT)}](ref:{folder}/{self._slug(*counts[folder])})" for folder in folders]

    def funder(self, number: int) -> Funder:
        title = f"Фонд «{_name(number * 61)}»"
        return Funder(
            **self._common(_numbered("funder", number), title, paragraph(self.chance, 5)),
            nature=self.chance.choice(("state", "foundation", "company", "church", "local")),
            legal_name=f"Некоммерческая организация {title}",
            site=f"https://example.org/fund{number}/",
            contacts=self._contacts(number),
        )

    def grant(self, number: int) -> Grant:
        chance = self.chance
        name = _name(number)
        most = chance.randint(5, 300) * 10_000
        named = {who: chance.choices(("yes", "no", "partner"), (4, 4, 1))[0] for who in chance.sample(APPLICANTS, 5)}
        noted = list(named)[:2]
        return Grant(
            **self._common(
                _numbered("call", number), f"Конкурс «{name}»", f"{paragraph(chance, 5)}\n\n{bullets(chance)}"
            ),
            added=TODAY - timedelta(300 + chance.randrange(300)),
            nature=chance.choices(("grant", "subsidy", "contest", "action"), (7, 1, 1, 1))[0],
            level=chance.choice(("federal", "regional", "municipal", "private")),
            short=name,
            funder=self._slug("funder", self.size.funders),
            purposes=tuple(chance.sample(WHAT, 3)),
            applicants={
                **named,
                **{who: {"may": named[who], "note": chance.choice(WHERE)} for who in noted},
                "others": "no",
            },
            limits={"months_registered": 12, "note": cased(chance.choice(WHY))} if chance.random() < 0.5 else {},
            money={"least": most // 10, "most": most, "fund": most * 40, "cofinancing": "от 10 % сметы"},
            rounds=rounds(chance),
            papers=tuple({"title": title, "note": chance.choice(WHY)} for title in chance.sample(ADVICE, 4)),
            apply=f"https://example.org/apply/{number}/",
            rules=f"https://example.org/rules/{number}.pdf",
            notes=self._slugs("note", self.size.notes, 2),
            documents=self._slugs("document", self.size.documents, 2),
            history=({"date": TODAY - timedelta(chance.randrange(400)), "text": sentence(chance)},),
        )

    def ngo(self, number: int) -> Ngo:
        chance = self.chance
        form = chance.choice(list(FORMS))
        name = _name(number)
        inn_base = f"1829{number:05}"
        ogrn_base = f"1{chance.randint(10, 25)}18{number:07}"
        return Ngo(
            **self._common(_numbered("ngo", number), f"{SHORT_FORMS[form]} «{name}»", paragraph(chance, 5)),
            legal_name=f"{FORMS[form]} «{name}»",
            form=form,
            inn=inn_base + inn.calc_company_check_digit(inn_base),
            ogrn=ogrn_base + str(int(ogrn_base) % 11 % 10),
            registered=date(2002, 1, 10) + timedelta(chance.randrange(8000)),
            status=chance.choices(("active", "closed", "unknown"), (8, 1, 1))[0],
            contacts=self._contacts(number),
            head={"name": "Имя Примерное", "role": "директор", "consent": "2026-02-01"}
            if number % 3
            else {"role": "директор"},
            needs=tuple(chance.sample(WHAT, 2)),
            offers=tuple(chance.sample(WHAT, 1)),
        )

    def post(self, number: int) -> Post:
        chance = self.chance
        title = f"{cased(chance.choice(WHO))} {chance.choice(DOES)} {chance.choice(WHAT)}: выпуск {number + 1}"
        return Post(
            **self._common(_numbered("post", number), title, article(chance, self._links(3))),
            date=TODAY - timedelta(number * 730 // max(self.size.posts, 260)),
            time=f"{chance.randint(9, 18):02}:{chance.choice(('00', '15', '30'))}",
            rubric=chance.choice(RUBRICS),
            grants=self._slugs("call", self.size.grants, 2),
            ngos=self._slugs("ngo", self.size.ngos, 1),
            meetups=self._slugs("meetup", self.size.meetups, 1),
        )

    def meetup(self, number: int) -> Meetup:
        chance = self.chance
        day = TODAY + timedelta(60 - number * 730 // max(self.size.meetups, 12))
        names: Sequence[str] = self._slugs("ngo", self.size.ngos, 6)
        return Meetup(
            **self._common(
                _numbered("meetup", number), f"Встреча {number + 1}. {cased(chance.choice(WHAT))}", paragraph(chance, 6)
            ),
            date=meeting(chance, day),
            status="planned" if day > TODAY else "held",
            place=f"Читальный зал, ул. {chance.choice(STREETS)}, 1",
            seats=65,
            speakers=tuple(
                {"role": role, "organisation": chance.choice(WHO)} for role in ("юрист", "бухгалтер", "эксперт")
            ),
            participants=tuple({"ngo": name, "role": chance.choice(("выступление", "консультации"))} for name in names),
            programme=tuple(cased(words) for words in chance.sample(WHAT, 4)),
            decisions=tuple(sentence(chance) for _ in range(3)),
            figures={"people": chance.randint(10, 65), "ngos": len(names), "consultations": chance.randint(0, 20)},
        )

    def note(self, number: int) -> Note:
        chance = self.chance
        title = f"Памятка {number + 1}. {chance.choice(ADVICE)}"
        body = article(chance, self._links(2), checklist=number % 3 == 0)
        return Note(**self._common(_numbered("note", number), title, body), stage=chance.choice(STAGES), order=number)

    def document(self, number: int) -> Document:
        chance = self.chance
        return Document(
            **self._common(
                _numbered("document", number), f"Положение о поддержке, часть {number + 1}", paragraph(chance, 4)
            ),
            nature=chance.choice(("law", "decree", "order", "local")),
            number=f"{number + 7}-ФЗ",
            date=date(1996, 1, 12) + timedelta(number * 700),
            authority="Государственная Дума",
            link=f"https://example.org/law/{number}/",
            gives=tuple(sentence(chance) for _ in range(4)),
        )

    def centre(self) -> Centre:
        return Centre(
            **self._common("centre", "Ресурсный центр", paragraph(self.chance, 6)),
            contacts=self._contacts(0),
            short_address="ул. Короленко, 1, кабинет 12",
            hours=({"days": ["mon", "tue", "wed", "thu"], "opens": "10:00", "closes": "19:00"},),
            services=tuple({"title": cased(words), "note": "бесплатно"} for words in WHAT[:4]),
        )

"""Russian sentences and Markdown texts made from a seeded source of chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

WHO = (
    "библиотека", "ресурсный центр", "фонд", "команда проекта", "местная организация", "администрация города",
    "совет ветеранов", "молодёжный центр", "краеведческий клуб", "школа волонтёра", "инициативная группа",
    "общественный совет", "комиссия по отбору", "музей", "спортивный клуб", "попечительский совет",
)  # fmt: skip
DOES = (
    "проводит", "готовит", "обсуждает", "открывает", "поддерживает", "собирает", "объясняет", "запускает", "планирует",
    "представляет", "публикует", "дополняет", "пересматривает", "принимает", "оценивает",
)  # fmt: skip
WHAT = (
    "заявки на конкурс социальных проектов", "занятия для старшего поколения", "смету будущего проекта",
    "открытую встречу с экспертами", "план работы на следующее полугодие", "отчёт о расходах и результатах",
    "семейный праздник во дворе", "курс по написанию заявок", "список партнёров и писем поддержки",
    "выставку о людях нашего города", "сбор помощи бездомным животным", "мастерскую для подростков",
    "консультации по бухгалтерскому учёту", "пункт проката средств реабилитации", "экскурсии по старым улицам",
    "конкурс рассказов о семейной памяти", "шахматный турнир дворовых команд", "ответы на частые вопросы заявителей",
    "карту доступных городских маршрутов", "новые правила отбора участников",
)  # fmt: skip
WHERE = (
    "в читальном зале", "по средам и пятницам", "вместе с волонтёрами", "до конца учебного года",
    "в трёх районах города", "при поддержке местных предпринимателей", "на средства президентского гранта",
    "в новом пространстве на первом этаже", "с участием школьников и студентов", "для жителей дальних посёлков",
    "по просьбе самих участников", "без вступительных взносов", "в рамках общегородской программы",
    "на основе опыта прошлого года",
)  # fmt: skip
WHY = (
    "чтобы соседи чаще помогали друг другу", "чтобы проект продолжился после гранта",
    "чтобы о конкурсе узнали вовремя", "чтобы заявка прошла проверку с первого раза",
    "чтобы результат можно было измерить", "чтобы никто не остался в стороне", "чтобы смета сошлась до рубля",
    "чтобы отчёт не пришлось переделывать", "чтобы молодым было интересно вернуться",
)  # fmt: skip
ADVICE = (
    "Прочитайте положение целиком и выпишите требования к заявителю",
    "Позвоните организатору заранее, не в последний день", "Проверьте, что выписка из реестра не старше трёх месяцев",
    "Опишите одну проблему и тех, кого она касается", "Посчитайте каждую строку сметы и приложите цены",
    "Назовите показатели, которые сможете подтвердить", "Попросите коллег прочитать заявку вслух",
    "Сохраните подтверждение об отправке заявки", "Заручитесь письмами поддержки от партнёров",
    "Оставьте неделю на исправление замечаний",
)  # fmt: skip
HEADINGS = (
    "Кому это подойдёт", "Что нужно подготовить", "Как это было", "О чём договорились", "Сроки и порядок",
    "Частые ошибки", "С чего начать", "Опыт соседей", "Вопросы участников", "Что дальше", "Деньги и смета",
    "Кто поможет",
)  # fmt: skip


def cased(text: str) -> str:
    """Return a text with its first letter large."""
    return text[:1].upper() + text[1:]


def sentence(chance: Random) -> str:
    """Return one sentence of eight to eighteen words."""
    who, does, what, where = (chance.choice(words) for words in (WHO, DOES, WHAT, WHERE))
    form = chance.random()
    if form < 0.4:
        return f"{cased(who)} {does} {what} {where}."
    if form < 0.7:
        return f"{cased(where)} {who} {does} {what}, {chance.choice(WHY)}."
    return f"{cased(who)} {does} {what}, а {chance.choice(WHO)} {chance.choice(DOES)} {chance.choice(WHAT)} {where}."


def paragraph(chance: Random, sentences: int) -> str:
    """Return sentences on one line, now and then with a stressed word."""
    words = " ".join(sentence(chance) for _ in range(sentences))
    return f"**{chance.choice(HEADINGS)}.** {words}" if chance.random() < 0.2 else words


def bullets(chance: Random, mark: str = "- ") -> str:
    """Return a list of three to six entries."""
    return "\n".join(f"{mark}{words}" for words in chance.sample(ADVICE, chance.randint(3, 6)))


def table(chance: Random) -> str:
    """Return a table of sums."""
    rows = "\n".join(
        f"| {cased(words)} | {chance.randint(2, 90)} | {chance.randint(5, 400)} 000 ₽ |"
        for words in chance.sample(WHAT, 4)
    )
    return f"| Статья | Сколько | Сумма |\n| --- | ---: | ---: |\n{rows}"


def article(chance: Random, links: Sequence[str], *, checklist: bool = False) -> str:
    """Return a text of about three hundred words: headings, a list, links, now and then a table or a quotation."""
    headings = chance.sample(HEADINGS, 3)
    extras: list[Callable[[], str]] = [
        lambda: table(chance),
        lambda: "> " + sentence(chance),
        lambda: bullets(chance, "1. "),
        lambda: "### " + chance.choice(HEADINGS) + "\n\n" + paragraph(chance, 2),
    ]
    parts = [
        paragraph(chance, 3),
        f"## {headings[0]}",
        paragraph(chance, 3),
        bullets(chance, "- [ ] " if checklist else "- "),
        f"## {headings[1]}",
        paragraph(chance, 3),
        *(f"Подробнее: {link}. {sentence(chance)}" for link in links),
        chance.choices(extras, (20, 20, 20, 40))[0](),
        f"## {headings[2]}",
        paragraph(chance, 3),
        f"Положение и форма: [сайт организатора](https://example.org/{chance.randint(1000, 9999)}/). {sentence(chance)}",
    ]
    return "\n\n".join(parts)

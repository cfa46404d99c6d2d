"""What a meetup is made of: who comes and as what, the programme, what was asked, decided, shown and counted."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import model_validator

from generator.fields.base import Part, Refers, wrong
from generator.fields.contact import Email, Person, Phone
from generator.fields.moment import Clock
from generator.fields.party import Party
from generator.fields.text import Asset, Count, Day, Flag, Line, Link, Text


class Participant(Party):
    """One who takes part, and as what."""

    role: Line
    """Роль: «проводит», «выступление», «консультации»."""


class Figures(Part):
    """What a meetup gave, in numbers."""

    people: Count | None = None
    """Сколько человек пришло."""
    ngos: Count | None = None
    """Сколько НКО участвовало."""
    consultations: Count | None = None
    """Сколько консультаций дали."""


class Signup(Part):
    """How to sign up, and until when."""

    in_one_line: ClassVar[tuple[str, ...]] = ("link", "email")

    link: Link | None = None
    """Форма записи."""
    phone: Phone | None = None
    """Телефон, по которому записывают; служебный, а не личный."""
    email: Email | None = None
    """Почта, на которую пишут; служебная, а не личная."""
    until: Day | None = None
    """Последний день записи."""

    @model_validator(mode="before")
    @classmethod
    def _from_line(cls, value: Any) -> Any:
        """Accept a link or an e-mail address alone."""
        if isinstance(value, str):
            return {"email" if "@" in value and "://" not in value else "link": value}
        return value

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Signup:
        if not (self.link or self.phone or self.email):
            raise wrong("нужно хотя бы одно из полей link, phone, email")
        return self


class Item(Part):
    """One point of a programme."""

    in_one_line: ClassVar[tuple[str, ...]] = ("title",)

    time: Clock | None = None
    """Во сколько; по времени самой встречи."""
    title: Line
    """О чём."""
    speaker: Person | None = None
    """Кто ведёт; имя видно только с consent."""
    note: Line | None = None
    """Что ещё сказать: «возьмите черновик»."""

    @model_validator(mode="before")
    @classmethod
    def _from_line(cls, value: Any) -> Any:
        """Accept a subject alone."""
        return {"title": value} if isinstance(value, str) else value


class Question(Part):
    """A question asked at a meetup, and what was answered."""

    question: Text
    """Вопрос, без имени того, кто спросил."""
    answer: Text
    """Ответ."""
    who: Line | None = None
    """Кто ответил: роль или организация, а не имя."""


class Decision(Part):
    """What was agreed upon."""

    in_one_line: ClassVar[tuple[str, ...]] = ("what",)

    what: Line
    """О чём договорились."""
    who: Line | None = None
    """Кто сделает: роль или организация, а не имя."""
    until: Day | None = None
    """До какого дня."""

    @model_validator(mode="before")
    @classmethod
    def _from_line(cls, value: Any) -> Any:
        """Accept the agreement alone."""
        return {"what": value} if isinstance(value, str) else value


class Photo(Part):
    """A picture of a meetup, published only if those on it agreed."""

    file: Annotated[Asset, Refers("asset")]
    """Имя файла в content/assets/."""
    alt: Line
    """Что на снимке: для тех, кто его не видит."""
    caption: Line | None = None
    """Подпись под снимком."""
    consent: Day | None = None
    """Когда согласились все, кого можно узнать; без этого снимка на сайте не будет."""
    nobody: Flag = False
    """yes, если на снимке никого не узнать: тогда согласие не нужно."""

    @property
    def is_free(self) -> bool:
        """Whether it may be published."""
        return self.nobody or self.consent is not None


class Material(Part):
    """Something to take away from a meetup."""

    title: Line
    """Что это: «Презентация о сметах»."""
    file: Annotated[Asset, Refers("asset")] | None = None
    """Имя файла в content/assets/."""
    link: Link | None = None
    """Ссылка, если файл лежит на другом сайте."""

    @model_validator(mode="after")
    def _one_place(self) -> Material:
        if bool(self.file) == bool(self.link):
            raise wrong("у материала есть или file, или link: одно из двух")
        return self

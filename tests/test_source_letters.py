"""Signs that come unseen with text from Word or a PDF: which are told, which are meant, and what is put instead."""

import pytest

from generator.source.letters import disguised, may_hold_strays, strays, without_strays

ALONE = "буква «{}» латинская, отдельным словом {}; наберите её по-русски"
RIGHT = (
    "IT-компания и QR-код, Wi-Fi и Wi\u2011Fi, б2b, СМИ, pH 7, кВт, ГТО, 3D-печать, А4xА5",
    "XXв. и XIXвек, II, III, XXго, VIIIй",
    "КиноLab, ПроSTO, VКонтакте, iPhoneы, PRщик, HRы, БиблиоНОЧЬ, АРТ-hub",
    "за́мок и замо́к, 10\u00a0000\u202f₽, № 5 — «ёлочки», „лапки“, й, ё, Ё",
    "семья 👨\u200d👩\u200d👧 и ❤\ufe0f",
    "https://пример.рф/путь?x=1 centre@пример.рф",
    "витамин C для всех, план B, a 5-year plan, вариант А и Б, ось y, 2 x 3, РОСРЕЕСТР, РСФСР, 5о, Зо",
)


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_written_so_on_purpose_is_left_alone(text: str) -> None:
    assert list(strays(text)) == []
    assert without_strays(text) == text


@pytest.mark.parametrize(
    ("text", "meant", "told"),
    [
        ("Cпорт", "Спорт", "буква «C» латинская, первая в слове «Cпорт»; наберите её по-русски"),
        ("CМИ", "СМИ", "буква «C» латинская, первая в слове «CМИ»; наберите её по-русски"),
        (
            "в сoвeт",
            "в совет",
            "буквы «o», «e» латинские: вторая и четвёртая в слове «сoвeт»; наберите их по-русски",
        ),
        ("sсience", "science", "буква «с» русская, вторая в слове «sсience»; наберите её латиницей"),
        (
            "электрификациeй",
            "электрификацией",
            "буква «e» латинская, 14-я в слове «электрификациeй»; наберите её по-русски",
        ),
        ("гран\u00adты", "гранты", "мягкий перенос, невидимый знак в слове «гранты»; удалите его"),
        ("\u200bДом", "Дом", "невидимый знак U+200B перед «Дом»; удалите его"),
        ("10\u2009000", "10\u00a0000", "особый пробел U+2009 после «10»; поставьте обычный"),
        ("руб\u2003лей", "руб лей", "особый пробел U+2003 после «руб»; поставьте обычный"),
        ("раз\u2028два", "раз два", "невидимый конец строки U+2028 после «раз»; замените его пробелом"),
        ("мои\u0306ка", "мойка", "буква «й» из двух знаков в слове «мойка»; наберите её заново"),
        ("приём c 1 марта", "приём с 1 марта", ALONE.format("c", "перед «1»")),
        ("C чего начать", "С чего начать", ALONE.format("C", "перед «чего»")),
        ("2О26 год", "2026 год", "буква «О» вместо цифры 0 в слове «2О26»; наберите цифру"),
        ("o\ufb03ce", "office", "слитный знак «\ufb03» в слове «o\ufb03ce»; наберите по одной букве: «ffi»"),
        (
            "Р¤РѕРЅРґ РіРѕСЂРѕРґР°",
            "Фонд города",
            "буквы не в той кодировке: «Р¤РѕРЅРґ РіРѕСЂРѕРґР°» вместо «Фонд города»; наберите их заново",
        ),
        ("Е\u0308лка", "Ёлка", "буква «Ё» из двух знаков в слове «Ёлка»; наберите её заново"),
    ],
)
def test_a_sign_is_told_by_its_letter_and_place_and_what_is_meant_is_known(text: str, meant: str, told: str) -> None:
    assert may_hold_strays(text.encode(), text)
    assert [stray.message for stray in strays(text)] == [told]
    assert without_strays(text) == meant
    assert without_strays(meant) == meant


@pytest.mark.parametrize(
    "text", ["/files/Cмета.pdf", "Cмета.pdf", "https://example.org/Cмета", "mаil@example.org", "б\ufffdк", "\uf0b7 дом"]
)
def test_what_only_the_editor_can_know_is_told_and_left(text: str) -> None:
    assert len(list(strays(text))) == 1
    assert without_strays(text) == text


def test_names_of_sites_in_letters_of_another_alphabet_are_seen_through() -> None:
    assert [disguised(host) for host in ("vk.сом", "mail.ру", "хор.example.org")] == ["сом", "ру", "хор"]
    assert not any(map(disguised, ("пример.рф", "дом.орг", "кино.example.org", "example.org", "сор.рус")))

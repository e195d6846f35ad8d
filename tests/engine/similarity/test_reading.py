import pytest

from mainstay.engine.similarity.reading import folded, words_of


def folded_words(text):
    return [word for word, _ in words_of(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Renew the FLOOD-walls!", ["renew", "the", "flood", "walls"]),
        ("Łąki kwietne, św. Wincentego", ["laki", "kwietne", "sw", "wincentego"]),
        ("Straße / STRASSE", ["strasse", "strasse"]),
        ("ｗｉｄｅ ﬁle", ["wide", "file"]),
        ("Дети в парке", ["дети", "в", "парке"]),
        ("학교 급식", ["학교", "급식"]),
        ("智慧城市", ["智慧", "慧城", "城市"]),
        ("木", ["木"]),
        ("हिन्दी पुस्तक", ["हिन्दी", "पुस्तक"]),
        ("مُدَرِّسة جديدة", ["مدرسة", "جديدة"]),
        ("\u202bשָׁלוֹם עולם\u202c", ["שלום", "עולם"]),
        ("🚲 path🌳", ["🚲", "path", "🌳"]),
        ("snake_case 2027", ["snake", "case", "2027"]),
        ("soft\u00adhyphen", ["softhyphen"]),
    ],
)
def test_words_of_any_script_are_folded_for_comparing(text, words):
    assert folded_words(text) == words


@pytest.mark.parametrize("text", ["", " \n\t", "… — !?", "\u202e\u200b", "\x00"])
def test_a_text_without_words_has_none(text):
    assert words_of(text) == []


def test_each_word_keeps_the_form_in_which_it_is_written():
    assert words_of("Zażółć GĘŚLĄ") == [("zazolc", "Zażółć"), ("gesla", "GĘŚLĄ")]


def test_composed_and_decomposed_letters_are_the_same_word():
    assert folded("cafe\u0301") == folded("caf\u00e9") == "cafe"


def test_vowel_signs_that_carry_meaning_stay():
    assert folded("กำ") != folded("กา")

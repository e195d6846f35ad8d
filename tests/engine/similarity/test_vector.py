import numpy as np
import pytest

from mainstay.engine.similarity.vector import BODY, TITLE, Reader, Text, letter_groups, word_id


def weight(vector, word):
    return float(vector.weights[vector.ids == word_id(word)][0])


def test_a_text_has_a_key():
    with pytest.raises(ValueError, match="A text has a key"):
        Text("", "Flood walls")


def test_letter_groups_mark_where_a_word_begins_and_ends():
    assert len(letter_groups("park", (3, 4, 5))) == 4 + 3 + 2
    assert set(letter_groups("park", (3,))) & set(letter_groups("spark", (3,))) == set(
        letter_groups("park", (3,))[1:]
    )
    assert len(letter_groups("i", (3, 4, 5))) == 1


def test_a_vector_is_sorted_and_has_each_term_once():
    vector = Reader().vector("Flood walls and flood gates", "Walls.")
    assert np.array_equal(vector.ids, np.unique(vector.ids))
    assert len(vector.weights) == len(vector.ids)
    assert vector.weights.min() > 0


def test_a_word_of_the_title_weighs_more_than_one_of_the_body():
    vector = Reader().vector("flood", "meters")
    assert weight(vector, "flood") == pytest.approx(0.7)
    assert weight(vector, "meters") == pytest.approx(0.3)


def test_a_body_without_end_does_not_drown_the_title():
    vector = Reader().vector("flood", " ".join(f"word{number}" for number in range(1_000)))
    assert weight(vector, "flood") == pytest.approx(0.7)
    assert weight(vector, "word1") == pytest.approx(0.3 / np.sqrt(1_000))


def test_a_repeated_word_counts_as_one_plus_the_logarithm_of_its_times():
    vector = Reader().vector("flood flood walls", "")
    assert weight(vector, "flood") / weight(vector, "walls") == pytest.approx(1 + np.log(2))


def test_what_lies_behind_the_limits_is_not_read():
    long_title, long_body = "a" * TITLE.letters, "b " * (BODY.letters // 2)
    one = Reader().vector(long_title, long_body)
    other = Reader().vector(f"{long_title} more", f"{long_body} more")
    assert np.array_equal(one.ids, other.ids)
    assert np.array_equal(one.weights, other.weights)


def test_a_reader_that_has_read_much_reads_the_same():
    reader = Reader()
    reader.vector("Smart meters in the north", "Renew the flood walls")
    used, new = reader.vector("flood meters", "north"), Reader().vector("flood meters", "north")
    assert np.array_equal(used.ids, new.ids)
    assert np.array_equal(used.weights, new.weights)


def test_nothing_to_read_is_an_empty_vector():
    vector = Reader().vector("", " ... ")
    assert (len(vector.ids), len(vector.weights)) == (0, 0)

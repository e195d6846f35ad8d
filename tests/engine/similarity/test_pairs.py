import itertools

import pytest

from mainstay.engine.similarity import Corpus, Pair, Text

WORDS = ["flood", "walls", "renew", "smart", "meters", "north", "customer"]
WORDS += ["portal", "harbour", "gates", "river", "bridge", "repair", "drone"]


def sentences(count):
    return [" ".join(WORDS[number * step % 14] for step in (1, 3, 5)) for number in range(count)]


def every_pair(corpus, texts, threshold):
    """The pairs found by asking for each text alone."""
    found = {}
    for text in texts:
        for match in corpus.nearest(text.title, text.body, len(texts), at_least=threshold):
            found |= {(text.key, match.key): match.score} if text.key < match.key else {}
    return found


def test_near_duplicates_are_paired_with_their_score_and_shared_words():
    corpus = Corpus.of(
        [
            Text("b", "Renewal of the flood walls"),
            Text("a", "Flood walls renewal"),
            Text("c", "Smart meters for the north"),
        ]
    )
    pairs = corpus.duplicates(0.5)
    assert [(pair.first, pair.second) for pair in pairs] == [("a", "b")]
    assert pairs[0].shared_terms == ("Renewal", "flood", "walls")
    assert pairs[0].score == corpus.nearest("Flood walls renewal", "", 2)[1].score


@pytest.mark.parametrize("threshold", [0.2, 0.5, 0.8, 0.95])
def test_the_pairs_are_those_found_one_by_one(threshold):
    texts = [
        Text(f"{n:02}", title, other)
        for n, (title, other) in enumerate(itertools.product(sentences(5), sentences(4)))
    ]
    corpus = Corpus.of(texts)
    found = {(pair.first, pair.second): pair.score for pair in corpus.duplicates(threshold)}
    assert found == pytest.approx(every_pair(corpus, texts, threshold), abs=2e-6)


def test_of_equal_texts_each_is_paired_with_the_first():
    corpus = Corpus.of([Text(key, "Flood walls", "Old ones.") for key in ("c", "a", "d", "b")])
    assert corpus.duplicates(1) == [Pair("a", key, 1.0, ("Flood", "walls", "Old", "ones")) for key in "bcd"]


def test_only_the_best_pairs_up_to_the_limit_are_given():
    corpus = Corpus.of([Text("a", "flood walls"), Text("b", "flood walls"), Text("c", "flood walls renewed")])
    assert [(pair.first, pair.second) for pair in corpus.duplicates(0.3)] == [("a", "b"), ("a", "c")]
    assert [(pair.first, pair.second) for pair in corpus.duplicates(0.3, limit=1)] == [("a", "b")]


def test_texts_without_words_are_no_duplicates():
    assert Corpus.of([Text("a", ""), Text("b", ""), Text("c", "?")]).duplicates(0.1) == []


@pytest.mark.parametrize("threshold", [0, -0.1, 1.01])
def test_a_threshold_outside_the_scale_is_refused(threshold):
    with pytest.raises(ValueError, match="A threshold lies above 0"):
        Corpus.of([Text("a", "flood")]).duplicates(threshold)

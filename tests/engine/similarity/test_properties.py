from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.similarity import Corpus, Text
from mainstay.engine.similarity.reading import words_of

sentence = st.text(max_size=60)
word = st.sampled_from(["flood", "walls", "Łąka", "公園", "🚲", "renewal", "meters", "north", "שלום"])
phrase = st.lists(word, max_size=6).map(" ".join)
some = st.lists(st.tuples(phrase | sentence, phrase | sentence), min_size=1, max_size=6)


def texts_of(pairs):
    return [Text(str(number), title, body) for number, (title, body) in enumerate(pairs)]


@given(some)
@settings(deadline=None)
def test_every_text_with_words_finds_itself_with_a_score_of_one(pairs):
    texts = texts_of(pairs)
    corpus = Corpus.of(texts)
    for text in texts:
        scores = {match.key: match.score for match in corpus.nearest(text.title, text.body, len(texts))}
        has_words = bool(words_of(text.title) or words_of(text.body))
        assert scores.get(text.key) == (1.0 if has_words else None)


@given(some)
@settings(deadline=None)
def test_two_texts_are_as_like_one_way_as_the_other(pairs):
    texts = texts_of(pairs)
    corpus = Corpus.of(texts)
    scores = {
        (text.key, match.key): match.score
        for text in texts
        for match in corpus.nearest(text.title, text.body, len(texts), at_least=0.01)
    }
    for (one, other), score in scores.items():
        assert abs(scores.get((other, one), 0.01) - score) <= 2e-6


@given(some, st.randoms(use_true_random=False), phrase)
@settings(deadline=None)
def test_the_order_of_the_texts_does_not_matter(pairs, chance, question):
    texts = texts_of(pairs)
    shuffled = chance.sample(texts, len(texts))
    assert Corpus.of(texts).nearest(question, "", 9) == Corpus.of(shuffled).nearest(question, "", 9)


@given(some, phrase | sentence)
@settings(deadline=None)
def test_texts_added_later_are_found_like_texts_there_from_the_start(pairs, question):
    texts = texts_of(pairs)
    grown = Corpus.of([])
    for text in texts:
        grown = grown.with_(text)
    for match, other in zip(grown.nearest(question, "", 9), Corpus.of(texts).nearest(question, "", 9), strict=True):
        assert match.key == other.key
        assert abs(match.score - other.score) <= 2e-6


@given(sentence, sentence)
@settings(deadline=None)
def test_no_text_and_no_question_fails(title, question):
    found = Corpus.of([Text("a", title)]).nearest(question, question, 3)
    assert [match.key for match in found] in ([], ["a"])
    assert all(0 < match.score <= 1 for match in found)

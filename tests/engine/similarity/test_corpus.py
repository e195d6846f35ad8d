import pytest

from mainstay.engine.similarity import Corpus, Match, Text, corpus

REGISTER = [
    Text("walls", "Renew the flood walls", "The walls along the river are a hundred years old."),
    Text("meters", "Smart meters for the north", "Households see what they use."),
    Text("portal", "Customer portal", "One place for complaints and invoices."),
    Text("gates", "Flood gates at the harbour", "Renewal of the gates before winter."),
]


def keys(found):
    return [match.key for match in found]


@pytest.fixture
def register():
    return Corpus.of(REGISTER)


def test_the_text_itself_is_found_with_a_score_of_one(register):
    for text in REGISTER:
        best = register.nearest(text.title, text.body, 1)[0]
        assert (best.key, best.score) == (text.key, 1.0)


def test_misspelt_reordered_and_shortened_titles_find_their_original(register):
    assert keys(register.nearest("wals floood renewing", "", 1)) == ["walls"]
    assert keys(register.nearest("NORTH: meters, smart", "", 1)) == ["meters"]
    assert keys(register.nearest("custmer protal", "", 1)) == ["portal"]


def test_a_match_names_the_whole_words_that_carried_most_as_it_writes_them(register):
    found = register.nearest("harbour gates against floods", "", 1)
    assert (found[0].key, found[0].shared_terms) == ("gates", ("gates", "harbour"))
    polish = Corpus.of([Text("a", "Łąka kwietna przy szkole")])
    assert polish.nearest("laka KWIETNA", "", 1)[0].shared_terms == ("Łąka", "kwietna")


def test_at_most_the_limit_is_given_best_first(register):
    found = register.nearest("flood", "", 4)
    assert keys(found) == ["walls", "gates"]
    assert found[0].score > found[1].score
    assert register.nearest("flood", "", 1) == found[:1]
    assert register.nearest("flood", "", 0) == []


def test_what_is_below_the_least_score_is_left_out(register):
    best = register.nearest("flood", "", 1)[0].score
    assert register.nearest("flood", "", 4, at_least=best + 1e-6) == []
    assert keys(register.nearest("flood", "", 4, at_least=best)) == ["walls"]


def test_texts_with_nothing_in_common_are_never_matches(register):
    assert keys(register.nearest("flood", "", 9, at_least=0.0)) == ["walls", "gates"]
    assert register.nearest("zzz", "", 9, at_least=0.0) == []


def test_the_title_counts_above_the_body():
    both = Corpus.of([Text("in title", "solar roofs", "city hall"), Text("in body", "city hall", "solar roofs")])
    found = both.nearest("solar roofs", "", 2)
    assert keys(found) == ["in title", "in body"]
    assert found[0].score > 2 * found[1].score


def test_equal_scores_stand_in_the_order_of_their_keys():
    same = Corpus.of([Text(key, "Flood walls") for key in ("b", "c", "a")])
    assert same.nearest("flood walls", "", 2) == [Match(key, 1.0, ("Flood", "walls")) for key in ("a", "b")]
    assert keys(same.nearest("flood walls", "", 3)) == ["a", "b", "c"]


@pytest.mark.parametrize("question", ["", "   ", "…!?", "\u200b"])
def test_an_empty_question_has_no_matches(register, question):
    assert register.nearest(question, question, 5) == []


def test_an_empty_register_has_no_matches():
    empty = Corpus.of([])
    assert (len(empty), empty.nearest("flood", "", 5), empty.duplicates(0.5)) == (0, [], [])


def test_texts_without_words_are_kept_and_never_found():
    quiet = Corpus.of([Text("a", "", ""), Text("b", "?!"), Text("c", "flood")])
    assert (len(quiet), "a" in quiet) == (3, True)
    assert keys(quiet.nearest("flood", "", 5, at_least=0.0)) == ["c"]


def test_pictures_and_other_scripts_are_found():
    world = Corpus.of(
        [
            Text("bike", "🚲🌳 along the canal"),
            Text("tokyo", "東京の公園を改修する"),
            Text("cairo", "تجديد الحديقة العامة"),
            Text("seoul", "서울 도서관 확장"),
        ]
    )
    assert keys(world.nearest("🌳", "", 1)) == ["bike"]
    assert keys(world.nearest("公園改修", "", 1)) == ["tokyo"]
    assert keys(world.nearest("الحديقة", "", 1)) == ["cairo"]
    assert keys(world.nearest("도서관을 확장", "", 1)) == ["seoul"]


def test_a_huge_text_is_read_up_to_its_limit(register):
    assert keys(register.nearest("flood walls", "a" * 3_000_000, 1)) == ["walls"]


def test_two_texts_with_one_key_are_refused():
    with pytest.raises(ValueError, match="Two texts have the key 'a'"):
        Corpus.of([Text("a", "x"), Text("a", "y")])


def test_a_text_added_is_found_and_the_corpus_before_is_unchanged(register):
    more = register.with_(Text("bridge", "Repair of the old bridge"))
    assert keys(more.nearest("old bridge", "", 1)) == ["bridge"]
    assert (len(more), len(register), "bridge" in register) == (5, 4, False)
    assert keys(register.nearest("repair old bridge", "", 1)) != ["bridge"]


def test_a_text_changed_is_found_by_its_new_words_only(register):
    changed = register.with_(Text("portal", "Drone inspections"))
    assert len(changed) == 4
    assert keys(changed.nearest("drone", "", 1)) == ["portal"]
    assert changed.nearest("customer complaints", "", 3, at_least=0.3) == []


def test_a_text_taken_out_is_not_found_again(register):
    less = register.without("walls")
    assert ("walls" in less, len(less)) == (False, 3)
    assert keys(less.nearest("Renew the flood walls", "", 1)) == ["gates"]
    assert less.with_(REGISTER[0]).without("walls").nearest("walls", "", 1) == less.nearest("walls", "", 1)


def test_taking_out_what_is_not_in_is_refused(register):
    with pytest.raises(KeyError, match="nobody"):
        register.without("nobody")
    assert len(register) == 4


def test_many_changes_answer_like_a_corpus_made_anew(register, monkeypatch):
    monkeypatch.setattr(corpus, "CHANGES", 3)
    changed, texts = register, {text.key: text for text in REGISTER}
    for number in range(9):
        text = Text(f"new{number % 7}", f"Flood shelter number {number}", "A roof over the walls.")
        changed, texts[text.key] = changed.with_(text), text
        if number % 3 == 2:
            changed = changed.without(f"new{number % 7 - 1}")
            del texts[f"new{number % 7 - 1}"]
    anew = Corpus.of(texts.values())
    assert len(changed) == len(anew)
    assert changed.nearest("flood walls", "roof", 9) == anew.nearest("flood walls", "roof", 9)
    assert changed.duplicates(0.3) == anew.duplicates(0.3)

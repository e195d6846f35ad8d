"""An answer many threads ask for at once is made by one of them."""

from threading import Barrier, Thread

from mainstay.core import making
from mainstay.core.making import one_at_a_time


def test_of_many_threads_one_makes_the_answer_and_nothing_is_kept_of_it():
    answers: dict[str, int] = {}
    made: list[int] = []
    start = Barrier(8)

    def ask(number: int) -> None:
        start.wait()
        with one_at_a_time("the sum"):
            if "the sum" not in answers:
                made.append(number)
                answers["the sum"] = number

    threads = [Thread(target=ask, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert making._making == {}


def test_who_makes_an_answer_may_ask_for_it_again_within_and_a_failure_holds_nobody_up():
    with one_at_a_time("outer"), one_at_a_time("inner"), one_at_a_time("outer"):
        pass
    try:
        with one_at_a_time("outer"):
            raise ValueError
    except ValueError:
        pass
    with one_at_a_time("outer"):
        assert list(making._making) == ["outer"]

"""Work that is under way: it continues, pauses or stops, and what depends on it knows which."""

import pytest

from mainstay.engine.selection import read_problem, solve
from tests.engine.selection.builders import Document, example

STOPPED = [("Archive", "continue", 0), ("Billing stopped", "stop", 0)]


def with_people(people: list[float], without_rule: str = "") -> Document:
    document = example("in-flight")
    document["limits"][1]["by_period"] = people
    document["rules"] = [rule for rule in document["rules"] if rule["id"] != without_rule]
    return document


@pytest.mark.parametrize(
    ("people", "chosen", "objective"),
    [
        ([4, 4, 4, 4, 4], [("Archive", "continue", 0), ("Billing", "continue", 0), ("Portal", "full", 2)], 90),
        ([1, 1, 4, 4, 4], [("Archive", "continue", 0), ("Billing", "pause", 2)], 44),
        ([1, 1, 1, 1, 1], STOPPED, 15),
        ([0, 0, 0, 0, 0], [("Archive", "stop", 0), ("Billing stopped", "stop", 0)], -8),
    ],
)
def test_it_continues_pauses_or_stops_as_people_allow(people: list[float], chosen: list[object], objective: float):
    answer = solve(read_problem(with_people(people)))
    assert [(each.candidate, each.option, each.start) for each in answer.chosen] == chosen
    assert (answer.status, answer.objective) == ("optimal", objective)


def test_what_needs_the_result_is_not_served_by_stopping():
    people = [1, 1, 1, 3, 3]  # enough for the portal, not for what it stands on
    answer = solve(read_problem(with_people(people)))
    assert [(each.candidate, each.option, each.start) for each in answer.chosen] == STOPPED
    careless = solve(read_problem(with_people(people, without_rule="on top of it")))
    assert (careless.chosen_ids(), careless.objective) == (("Archive", "Billing stopped", "Portal"), 55)


def test_something_is_done_about_it_whatever_that_costs():
    document = with_people([4, 4, 4, 4, 4])
    for candidate in document["candidates"]:
        for option in candidate["options"]:
            option["value"] = -100
    answer = solve(read_problem(document))
    assert (len(answer.chosen), answer.objective) == (2, -200)
    assert answer.chosen_ids()[0] == "Archive"

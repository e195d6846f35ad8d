"""Sensitivity: the figures of the engine, told in sentences, and weights that are tried out and saved."""

import re
from decimal import Decimal

import pytest

from mainstay.engine import scoring as engine
from mainstay.evaluation.models import ScoreModel
from mainstay.evaluation.operations.models import Wanted, create_model
from mainstay.evaluation.operations.scores import score_projects
from mainstay.evaluation.ranking.sensitivity import Firmness
from mainstay.evaluation.ranking.weights import weighing_of
from mainstay.portfolio.operations.projects import propose_project

POINTS = {"ALFA": (90, 10), "BRAVO": (20, 80), "CHARLIE": (50, 55)}


@pytest.fixture
def model(world):
    """Safety counts for 60, reach (a field of its own) for 40; three more projects with known points."""
    from mainstay.core.system import MAINSTAY
    from mainstay.portfolio.operations.setup import create_field

    create_field(None, actor=MAINSTAY, key="reach", label="Reach", kind="number")
    for code, (safety, reach) in POINTS.items():
        propose_project(
            world.networks,
            actor=MAINSTAY,
            code=code,
            name=code.capitalize(),
            risk=100 - safety,
            cost=Decimal(100),
            custom={"reach": reach},
        )
    criteria = [
        Wanted("Safety", "risk", Decimal(100), Decimal(0), Decimal(60)),
        Wanted("Reach", "custom.reach", Decimal(0), Decimal(100), Decimal(40)),
    ]
    made = create_model(world.networks, actor=world.portfolio_manager, name="Two", criteria=criteria)
    score_projects(made, actor=world.portfolio_manager)
    return made


@pytest.fixture
def firm(world, model):
    """The line stands after two projects."""
    return Firmness(world.portfolio_manager, model, places=2)


def test_the_rooms_are_those_of_the_engine(firm):
    found = engine.sensitivity(firm.table, engine.top(2))
    assert [room.label for room in firm.rooms] == ["Safety", "Reach"]
    for place, room in enumerate(firm.rooms):
        for reach, expected in (
            (room.ranking, found.ranking),
            (room.first, found.first),
            (room.selection, found.selection),
        ):
            assert (reach.low, reach.high) == (expected.low[place], expected.high[place])


def test_the_points_are_those_of_the_scores(firm):
    assert [project.code for project in firm.projects] == ["PUMPS", "ALFA", "CHARLIE", "BRAVO", "METERS"]
    assert firm.table.total.round(6).tolist() == [70.0, 58.0, 52.0, 44.0, 40.0]


def test_a_sentence_says_who_overtakes_whom_and_when(firm):
    safety = firm.rooms[0].selection
    assert safety.at_low == "Below 52.9% Charlie overtakes Alfa."
    assert round(safety.low, 4) == 0.5294
    assert firm.finding == (
        "Safety is the most delicate weight: 7.1 points from its 60.0% the projects above the line change."
    )


def test_how_far_it_is_until_a_project_crosses_the_line(firm):
    row = firm.place_of("CHARLIE")
    assert firm.flips(row) == [
        "Charlie comes above the line with Safety at 52.9% (−7.1 points).",
        "Charlie comes above the line with Reach at 47.1% (+7.1 points).",
    ]


def test_without_a_project_asked_for_the_first_below_the_line_is_told(firm):
    assert firm.projects[firm.place_of("")].code == "CHARLIE"
    assert firm.place_of("NOBODY") is None


def test_the_tornado_has_a_bar_for_every_weight(firm):
    figure = firm.tornado(firm.place_of("ALFA"))
    told = [(row["factor"], round(row["low"], 6), round(row["high"], 6)) for row in figure.rows]
    assert told == [("Reach", 66.0, 50.0), ("Safety", 50.0, 66.0)]
    assert figure.title == (
        "Safety moves the score of Alfa most, from 50.0 to 66.0; with ten points on any weight it stands between "
        "2 and 3"
    )


def test_a_budget_takes_each_project_that_still_fits(world, model):
    firm = Firmness(world.portfolio_manager, model, budget=Decimal(200))
    assert [project.code for project, is_in in zip(firm.projects, firm.is_in, strict=True) if is_in] == [
        "ALFA",
        "CHARLIE",
    ]


def test_the_sliders_rank_as_the_scores_do(firm):
    weighing = weighing_of(firm)
    assert [(row.code, round(total, 6)) for row, total in weighing.order] == [
        ("PUMPS", 70.0),
        ("ALFA", 58.0),
        ("CHARLIE", 52.0),
        ("BRAVO", 44.0),
        ("METERS", 40.0),
    ]


def words(response):
    """What a page says, without its markup."""
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", text)


def test_the_page_tells_the_rooms_and_the_way_over_the_line(world, model, client):
    client.force_login(world.portfolio_manager)
    said = words(client.get(f"/evaluate/sensitivity/?model={model.pk}&cut=2"))
    assert "Safety is the most delicate weight" in said
    assert "Below 52.9% Charlie overtakes Alfa." in said
    assert "Charlie comes above the line with Reach at 47.1% (+7.1 points)." in said


def test_other_weights_show_what_they_change_before_anything_is_saved(world, model, client):
    client.force_login(world.portfolio_manager)
    page = client.post(f"/evaluate/models/{model.pk}/weights/", {"weight-c0": "40", "weight-c1": "60"})
    assert page.status_code == 200
    assert "Nothing is changed yet." in words(page)
    assert ScoreModel.objects.get().edition == 1


def test_other_weights_are_saved_with_a_reason_as_another_edition(world, model, client):
    client.force_login(world.portfolio_manager)
    sent = {"weight-c0": "40.05", "weight-c1": "60", "expected_version": "1"}
    address = f"/evaluate/models/{model.pk}/weights/"
    refused = client.post(address, sent | {"reason": " "})
    assert (refused.status_code, ScoreModel.objects.get().edition) == (422, 1)
    client.post(address, sent | {"reason": "Reach is what the year is about"})
    changed = ScoreModel.objects.get()
    assert changed.edition == 2
    assert list(changed.criteria.values_list("label", "weight")) == [
        ("Safety", Decimal("40.05")),
        ("Reach", Decimal("59.95")),
    ]


def test_weights_that_make_no_whole_are_refused(world, model, client):
    client.force_login(world.portfolio_manager)
    answer = client.post(f"/evaluate/models/{model.pk}/weights/", {"weight-c0": "40", "weight-c1": "30"})
    assert answer.status_code == 302
    assert ScoreModel.objects.get().edition == 1

"""The ranked list: exact places with ties, must-haves and gates, moves by hand, and who may do what."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Event
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.models import RankOverride, ScoreModel
from mainstay.evaluation.operations.models import Wanted, create_model, edit_model, grant_bypass
from mainstay.evaluation.operations.ranking import override_rank, restore_rank
from mainstay.evaluation.operations.scores import score_projects
from mainstay.evaluation.ranking.asked import Asked
from mainstay.evaluation.ranking.listed import Listed
from mainstay.evaluation.ranking.order import Scored, in_order
from mainstay.evaluation.ranking.standing import Standing
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import propose_project

RISKS = {"ALFA": 10, "BRAVO": 20, "CHARLIE": 20, "DELTA": 40, "ECHO": 50}
COSTS = {"ALFA": 100, "BRAVO": 200, "CHARLIE": 300, "DELTA": 400, "ECHO": None}


@pytest.fixture
def field(world):
    """Five projects whose risk alone decides: 90, 80, 80, 60 and 50 points."""
    area = {}
    for code, risk in RISKS.items():
        cost = COSTS[code]
        area[code] = propose_project(
            world.networks,
            actor=MAINSTAY,
            code=code,
            name=code.capitalize(),
            risk=risk,
            cost=None if cost is None else Decimal(cost),
        )
    return area


@pytest.fixture
def model(world, field):
    """Little risk is all that counts; the pumps (70) and the meters (40) are scored too."""
    risk = Wanted("Safety", "risk", Decimal(100), Decimal(0), Decimal(100))
    made = create_model(world.networks, actor=world.portfolio_manager, name="Calm", criteria=[risk])
    score_projects(made, actor=world.portfolio_manager)
    return made


def codes(user, model, **asked):
    """The codes in their order."""
    return [line.project.code for line in Listed(user, ScoreModel.objects.get(pk=model.pk), Asked(**asked)).lines]


def move(world, model, project, **where):
    """Amara moves a project."""
    return override_rank(project, actor=world.portfolio_manager, model=model, reason="The law", **where)


def test_equal_scores_share_a_place_by_score_and_stand_in_the_order_of_their_codes(world, model):
    placed = Standing(world.portfolio_manager, model).placed
    told = [(one.scored.code, one.place, one.by_score) for one in placed]
    assert told == [
        ("ALFA", 1, 1),
        ("BRAVO", 2, 2),
        ("CHARLIE", 3, 2),
        ("PUMPS", 4, 4),
        ("DELTA", 5, 5),
        ("ECHO", 6, 6),
        ("METERS", 7, 7),
    ]


def test_a_project_goes_where_it_was_moved_and_the_others_close_up(world, model, field):
    row = move(world, model, field["ECHO"], position=2)
    assert codes(world.portfolio_manager, model) == ["ALFA", "ECHO", "BRAVO", "CHARLIE", "PUMPS", "DELTA", "METERS"]
    assert (row.position, row.computed, row.reason, row.edition, row.who) == (2, 6, "The law", 1, "Amara Diallo")
    line = Listed(world.portfolio_manager, model).lines[1]
    assert (line.placed.before, line.placed.place) == (6, 2)
    event = Event.objects.get(verb="rank.override")
    assert (event.reason, event.label, event.who) == ("The law", "Echo under Calm", "Amara Diallo")


def test_a_project_goes_before_or_after_another_one(world, model, field):
    move(world, model, field["ECHO"], before=field["BRAVO"])
    assert codes(world.portfolio_manager, model)[:3] == ["ALFA", "ECHO", "BRAVO"]
    move(world, model, field["ECHO"], after=field["DELTA"])
    assert codes(world.portfolio_manager, model)[4:] == ["DELTA", "ECHO", "METERS"]
    assert RankOverride.objects.count() == 1


def test_the_last_of_all_is_a_place_too(world, model, field):
    move(world, model, field["ALFA"], position=7)
    assert codes(world.portfolio_manager, model)[-2:] == ["METERS", "ALFA"]


def test_of_two_moved_to_one_place_the_later_has_it(world, model, field):
    move(world, model, field["ECHO"], position=1)
    move(world, model, field["DELTA"], position=1)
    assert codes(world.portfolio_manager, model)[:3] == ["DELTA", "ECHO", "ALFA"]


def test_a_move_is_taken_back_and_the_score_speaks_again(world, model, field):
    row = move(world, model, field["ECHO"], position=1)
    restore_rank(row, actor=world.portfolio_manager)
    assert codes(world.portfolio_manager, model)[0] == "ALFA"
    assert not RankOverride.objects.exists()
    assert RankOverride.Version.objects.filter(row_id=row.pk).count() == 1


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ({"position": 0}, "The list has 7 places."),
        ({"position": 8}, "The list has 7 places."),
        ({}, "Say a position, or the project it goes before or after."),
    ],
)
def test_a_place_that_does_not_exist_is_refused(world, model, field, where, told):
    with pytest.raises(ValidationError) as refused:
        move(world, model, field["ECHO"], **where)
    assert refused.value.message_dict == {"position": [told]}
    assert not RankOverride.objects.exists()


def test_a_move_without_a_reason_is_refused(world, model, field):
    with pytest.raises(ValidationError, match="Say why"):
        override_rank(field["ECHO"], actor=world.portfolio_manager, model=model, reason=" ", position=1)
    assert not RankOverride.objects.exists()


@pytest.mark.parametrize("username", ["grace", "mei", "jonas"])
def test_only_who_moderates_may_move(world, model, username):
    with pytest.raises(Forbidden):
        override_rank(world.pumps, actor=world.person(username), model=model, reason="Mine", position=1)
    assert not RankOverride.objects.exists()


def test_what_is_not_scored_has_no_place_to_move_to(world, model):
    late = propose_project(world.networks, actor=MAINSTAY, code="LATE", name="Late", risk=1)
    with pytest.raises(Impossible, match="Late has no place under Calm"):
        move(world, model, late, position=1)
    assert not RankOverride.objects.exists()


def test_what_must_be_done_stands_first_and_nothing_moves_above_it(world, model, field):
    grant_bypass(field["DELTA"], actor=world.portfolio_manager, model=model, reason="Water act")
    score_projects(model, actor=world.portfolio_manager)
    listed = Listed(world.portfolio_manager, model)
    assert [line.project.code for line in listed.lines][:2] == ["DELTA", "ALFA"]
    assert listed.rank.musts == 1
    with pytest.raises(ValidationError, match="The first 1 places belong to what must be done"):
        move(world, model, field["ECHO"], position=1)
    with pytest.raises(ValidationError, match="What must be done stays among the first 1"):
        move(world, model, field["DELTA"], position=2)
    assert not RankOverride.objects.exists()


def test_what_fails_a_gate_stands_apart_with_the_reason(world, field):
    gate = Wanted("Safe", "risk", Decimal(100), Decimal(0), Decimal(100), is_gate=True, threshold=Decimal(45))
    made = create_model(world.networks, actor=world.portfolio_manager, name="Gated", criteria=[gate])
    score_projects(made, actor=world.portfolio_manager)
    listed = Listed(world.portfolio_manager, made)
    assert [line.project.code for line in listed.lines] == ["ALFA", "BRAVO", "CHARLIE", "PUMPS", "DELTA"]
    assert [(one.project.code, one.why) for one in listed.left] == [
        ("ECHO", "Safe is 50 points, above 45 points."),
        ("METERS", "Safe is 60 points, above 45 points."),
    ]


def test_a_move_waits_to_be_confirmed_when_the_model_has_another_edition(world, model, field):
    move(world, model, field["ECHO"], position=1)
    risk = Wanted("Safety", "risk", Decimal(90), Decimal(0), Decimal(100))
    edit_model(model, actor=world.portfolio_manager, criteria=[risk])
    score_projects(ScoreModel.objects.get(pk=model.pk), actor=world.portfolio_manager)
    standing = Standing(world.portfolio_manager, ScoreModel.objects.get(pk=model.pk))
    assert standing.placed[0].scored.code == "ALFA"
    assert [row.project.code for row in standing.unconfirmed] == ["ECHO"]
    override_rank(field["ECHO"], actor=world.portfolio_manager, model=model, reason="Still", position=1)
    again = Standing(world.portfolio_manager, ScoreModel.objects.get(pk=model.pk))
    assert (again.placed[0].scored.code, again.unconfirmed) == ("ECHO", [])


def test_who_sees_a_part_sees_its_order_and_no_gap(world, model, field):
    move(world, model, field["ECHO"], position=1)
    placed = Standing(world.project_manager, model).placed
    assert [(one.scored.code, one.place, one.before) for one in placed] == [("PUMPS", 1, 1)]


def test_who_sees_no_figures_sees_no_rank(world, model):
    edda = create_person(None, actor=MAINSTAY, username="edda", name="Edda Eval")
    give_grant(edda, actor=MAINSTAY, role=Role.EVALUATOR, path=world.networks.path)
    assert Listed(edda, model).lines == []
    assert not RankOverride.objects.visible_to(edda).exists()


def test_the_line_is_drawn_by_a_budget_or_by_a_number(world, model):
    manager = world.portfolio_manager
    not_chosen = Listed(manager, model, Asked())
    assert (not_chosen.rank.line(), not_chosen.finding) == (None, "Alfa stands first of 7 projects.")
    by_budget = Listed(manager, model, Asked(budget=Decimal(650)))
    assert by_budget.rank.line() == 3
    assert by_budget.finding == "3 of 7 projects stand above the line, Alfa first."
    assert Listed(manager, model, Asked(line="count", cut=2)).rank.line() == 2
    assert Listed(manager, model, Asked(line="none")).rank.line() is None


def test_a_part_is_ranked_among_itself_and_tells_the_place_of_all(world, model):
    listed = Listed(world.portfolio_manager, model, Asked(stage="proposed"))
    assert [column.key for column in listed.columns][:2] == ["overall", "stage"]
    assert [line.values["overall"] for line in listed.lines] == [1, 2, 3, 4, 5, 6, 7]


def test_value_for_effort_ranks_by_the_fields_that_were_mapped(world, model):
    asked = Asked(by="value_effort", parts={"value": "score", "effort": "cost"})
    listed = Listed(world.portfolio_manager, model, asked)
    told = [(line.project.code, line.values["value_effort"]) for line in listed.lines]
    assert told == [
        ("ALFA", 900_000.0),
        ("BRAVO", 400_000.0),
        ("CHARLIE", 266_666.666667),
        ("DELTA", 150_000.0),
        ("PUMPS", 58.333333),
        ("METERS", 50.0),
    ]
    assert [one.project.code for one in listed.left] == ["ECHO"]
    assert (listed.columns[0].label, listed.columns[0].unit) == ("Value for effort", "for GBP 1m")
    assert listed.rank.move_url == ""


def test_a_framework_without_its_fields_says_what_is_missing(world, model):
    listed = Listed(world.portfolio_manager, model, Asked(by="wsjf"))
    assert listed.problem == "WSJF needs a field for Time criticality and Risk reduction."
    assert listed.lines[0].project.code == "ALFA"


def test_the_list_costs_the_same_queries_however_long_it_is(world, model, field):
    with CaptureQueriesContext(connection) as few:
        list(Listed(world.portfolio_manager, model).rank.rows)
    for number in range(20):
        propose_project(world.networks, actor=MAINSTAY, code=f"N{number}", name=f"N{number}", risk=number)
    score_projects(model, actor=world.portfolio_manager)
    with CaptureQueriesContext(connection) as many:
        rows = list(Listed(world.portfolio_manager, model).rank.rows)
    assert (len(rows), len(many)) == (27, len(few))


def test_a_project_that_is_over_has_no_place(world, model):
    Project.objects.filter(code="ALFA").update(stage_id=_over())
    assert codes(world.portfolio_manager, model)[0] == "BRAVO"


def _over():
    from mainstay.portfolio.models import Phase, Stage

    return Stage.objects.filter(phase=Phase.DROPPED).first().pk


def test_an_order_told_to_somebody_who_sees_less_is_counted_anew():
    scores = [Scored(number, f"P{number}", 100.0 - number) for number in range(1, 6)]
    order = in_order(scores, {}, frozenset({2, 4}))
    assert [(one.scored.code, one.place, one.before) for one in order.placed] == [("P2", 1, 1), ("P4", 2, 2)]
    assert order.places == {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}

"""Matrices: any two measures, the four fields counted, and nothing of what may not be seen."""

from decimal import Decimal

import pytest

from mainstay.core.errors import Unreadable
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.operations.scores import score_projects
from mainstay.evaluation.ranking.matrix import Matrix, Question
from mainstay.portfolio.operations.projects import edit_project, propose_project


def spots(matrix):
    """Code, right, up and field of every project."""
    return [(spot.project.code, spot.x, spot.y, spot.field) for spot in matrix.spots]


def test_projects_stand_by_two_measures_in_four_fields(world):
    propose_project(world.networks, actor=MAINSTAY, code="BLANK", name="Blank", theme="Growth")
    matrix = Matrix(world.controller, Question("risk", "benefit", "cost"), portfolio=world.top)
    assert spots(matrix) == [
        ("PUMPS", 30.0, 2_000_000.0, "Better in benefit only"),
        ("DEPOT", 10.0, 450_000.0, "Better in risk only"),
        ("METERS", 60.0, 1_500_000.0, "Better in neither"),
        ("BLANK", None, None, None),
    ]
    assert matrix.finding == (
        "Of 3 projects 0 are better than the median in both, 1 in benefit only, 1 in risk only, 1 in neither; "
        "1 without both figures."
    )
    assert [row["project"] for row in matrix.figure.rows] == ["Replace the pumps", "Smart meters", "New depot"]


def test_the_score_of_a_model_is_a_measure_like_any_other(world, model):
    score_projects(model, actor=world.portfolio_manager)
    matrix = Matrix(world.portfolio_manager, Question(y="points.Risk"), model, world.networks)
    assert spots(matrix)[0][:3] == ("PUMPS", 30.0, 70.0)
    assert Matrix(world.portfolio_manager, Question(), model, world.networks).y.key == "score"


def test_money_in_another_currency_is_converted_or_not_known(world):
    edit_project(world.meters, actor=MAINSTAY, currency="EUR")
    matrix = Matrix(world.controller, Question("risk", "benefit"), portfolio=world.top)
    assert {code: y for code, _, y, _ in spots(matrix)}["METERS"] is None


def test_who_may_not_see_the_figures_of_a_project_does_not_find_it(world):
    edda = create_person(None, actor=MAINSTAY, username="edda", name="Edda Eval")
    give_grant(edda, actor=MAINSTAY, role=Role.EVALUATOR, path=world.networks.path)
    give_grant(edda, actor=MAINSTAY, role=Role.FINANCE, path=world.pumps.path)
    assert [code for code, *_ in spots(Matrix(edda, Question("risk", "risk")))] == ["PUMPS"]


def test_what_is_confidential_is_in_no_matrix(world):
    assert "HERON" not in [code for code, *_ in spots(Matrix(world.controller, Question("risk", "cost")))]


@pytest.mark.parametrize("question", [Question(x="nonsense"), Question(group="nonsense")])
def test_a_measure_or_colour_that_does_not_exist_is_refused(world, question):
    with pytest.raises(Unreadable, match="There is no"):
        Matrix(world.controller, question)


def test_the_page_opens_each_project_from_its_table(world, client):
    client.force_login(world.controller)
    page = client.get("/evaluate/matrix/?x=cost&y=benefit&size=&group=stage&portfolio=NM").content.decode()
    assert '<a href="/projects/PUMPS/">Replace the pumps</a>' in page
    assert "Of 3 projects" in page


def test_the_matrix_costs_the_same_queries_however_many_projects(world, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(world.controller)
    address = "/evaluate/matrix/?x=risk&y=benefit&portfolio=NM"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(20):
        propose_project(
            world.networks, actor=MAINSTAY, code=f"N{number}", name=f"N{number}", risk=number, benefit=Decimal(number)
        )
    client.get(address)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)

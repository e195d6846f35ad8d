"""The score as a column of every list of projects."""

from decimal import Decimal

from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.operations.models import Wanted, create_model
from mainstay.evaluation.operations.scores import score_projects
from mainstay.portfolio.operations.projects import edit_project


def test_the_inventory_shows_and_sorts_by_the_score(world, client):
    risk = Wanted("Risk", "risk", worst=Decimal(100), best=Decimal(0), weight=Decimal(100))
    model = create_model(world.networks, actor=MAINSTAY, name="Least risk", criteria=[risk])
    score_projects(model, actor=MAINSTAY)
    client.force_login(world.portfolio_manager)
    page = client.get("/projects/?columns=name,score&sort=-score").content.decode()
    assert "70 of 100" in page
    assert page.index("Replace the pumps") < page.index("Smart meters")
    edit_project(world.pumps, actor=MAINSTAY, risk=99)
    score_projects(model, actor=MAINSTAY)
    page = client.get("/projects/?columns=name,score&sort=-score").content.decode()
    assert page.index("Smart meters") < page.index("Replace the pumps")


def test_the_score_is_a_figure_for_those_who_may_see_figures(world, client):
    risk = Wanted("Risk", "risk", worst=Decimal(100), best=Decimal(0), weight=Decimal(100))
    score_projects(create_model(world.networks, actor=MAINSTAY, name="m", criteria=[risk]), actor=MAINSTAY)
    give_grant(world.stranger, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.networks.path)
    client.force_login(world.stranger)
    page = client.get("/projects/?columns=name,score").content.decode()
    assert "Replace the pumps" in page
    assert "of 100" not in page

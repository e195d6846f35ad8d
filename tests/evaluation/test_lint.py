"""The check of a score model: planted faults are found, a sound model has none, few projects say so."""

from decimal import Decimal

import pytest

from mainstay.core.system import MAINSTAY
from mainstay.evaluation.models import CriterionKind
from mainstay.evaluation.operations.models import Wanted, create_model
from mainstay.evaluation.operations.scores import score_projects
from mainstay.evaluation.ranking.lint import Check
from mainstay.portfolio.operations.projects import propose_project
from mainstay.portfolio.operations.setup import create_field

FIELDS = ("fit", "reach", "twin", "flat", "idle")


@pytest.fixture
def projects(world):
    """Thirty projects: fit and reach differ, twin repeats fit, flat hardly varies, idle never does."""
    for key in FIELDS:
        create_field(None, actor=MAINSTAY, key=key, label=key.capitalize(), kind="number")
    for number in range(30):
        fit, reach = number * 37 % 101, number * 59 % 97
        custom = {"fit": fit, "reach": reach, "twin": fit, "flat": 70 + number % 3, "idle": 50}
        propose_project(
            world.networks,
            actor=MAINSTAY,
            code=f"P{number}",
            name=f"P{number}",
            custom=custom,
            cost=Decimal(number * 43 % 89 + 1),
        )


def wanted(label, source, weight, kind=CriterionKind.VALUE, best=100):
    """A criterion from 0 to 100."""
    return Wanted(label, source, Decimal(0), Decimal(best), Decimal(weight), kind=kind)


def checked(world, *criteria):
    """The check of a model with these criteria over what is scored."""
    model = create_model(world.networks, actor=MAINSTAY, name="Checked", criteria=list(criteria))
    score_projects(model, actor=MAINSTAY)
    return Check(world.portfolio_manager, model)


def test_four_planted_faults_are_found_and_told_with_figures(world, projects):
    check = checked(
        world,
        wanted("Fit", "custom.fit", 25),
        wanted("Strategy", "custom.twin", 25),
        wanted("Cheapness", "cost", 20, CriterionKind.COST),
        wanted("Quality", "custom.flat", 20),
        wanted("Duty", "custom.idle", 10),
    )
    told = {(one.kind, one.criteria) for one in check.findings}
    assert {
        ("double_counting", ("Fit", "Strategy")),
        ("cost_in_value", ("Cheapness",)),
        ("clustered", ("Quality",)),
        ("never_decides", ("Duty",)),
    } <= told
    assert check.sentence == "6 faults found, 2 of them serious, in 5 criteria and 32 scored projects."
    assert "correlation 1.00 over 30 projects" in check.findings[0].sentence


def test_a_sound_model_has_no_fault(world, projects):
    check = checked(world, wanted("Fit", "custom.fit", 60), wanted("Reach", "custom.reach", 40))
    assert check.findings == []
    assert check.sentence == "Nothing was found wrong in 2 criteria and 32 scored projects."


def test_too_few_projects_are_said(world, model):
    score_projects(model, actor=world.portfolio_manager)
    check = Check(world.portfolio_manager, model)
    assert check.findings[-1].kind == "too_few_projects"
    assert check.findings[-1].sentence.startswith("2 projects are scored so far.")


def test_the_check_stands_on_the_page_of_the_model_and_is_its_own_page(world, model, client):
    client.force_login(world.portfolio_manager)
    address = f"/evaluate/models/{model.pk}/check/"
    assert address in client.get(f"/evaluate/models/{model.pk}/").content.decode()
    assert "Is this model sound?" in client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<section class="card" id="check"')

"""Tests of studies of scenarios: how sure the plan is, which limits give way, and whether the choice holds."""

from typing import Any

import pytest

from mainstay.authorisation.models import Study, StudyKind
from mainstay.authorisation.scenarios.operations import share_scenario
from mainstay.authorisation.studies import jobs, studying
from mainstay.authorisation.studies.terms import RobustnessTerms, UncertaintyTerms
from mainstay.core.models import Event
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.runs import start_run
from mainstay.core.roles import Role
from mainstay.core.runs import work_off
from mainstay.core.system import MAINSTAY
from tests.authorisation.scenarios.conftest import LIMITS
from tests.authorisation.test_pages import words

pytestmark = pytest.mark.django_db

CERTAIN = {"cost_low": 0, "cost_high": 0, "value_low": 0, "value_high": 0, "common": 0}
DEARER = CERTAIN | {"cost_high": 20}


def _breaches(study: Study) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in study.result["breaches"]}


def test_a_certain_plan_comes_out_as_planned_and_keeps_every_limit(five: Any) -> None:
    scenario = five.solved()
    study = studying.simulate(scenario, UncertaintyTerms(**CERTAIN, late=0, draws=1000), five.manager)
    assert study.finding == (
        "The plan exceeds its budget in fewer than 1 of 200 cases; in 8 of 10 cases it brings GBP 89 to GBP 89 of "
        "benefit, planned GBP 89."
    )
    cost = study.result["flows"]["cost"]
    assert round(cost["total"]["p50"], 6) == 320
    assert study.result["years"] == ["Q1 2027", "Q2 2027", "Q3 2027", "Q4 2027"]
    assert [round(each, 6) for each in cost["by_period"]["p50"]] == [
        round(each, 6) for each in cost["by_period"]["planned"]
    ]
    assert {name: each["chance"] for name, each in _breaches(study).items()} == {
        "budget": 0, "role:skill1": 0, "role:skill2": 0,
    }  # fmt: skip
    assert Event.objects.filter(verb="selection.simulate").count() == 1


def test_people_run_short_in_the_quarter_in_which_they_are_all_needed(five: Any) -> None:
    scenario = five.solved(limits=[{"source": "cost", "max": "500"}, *LIMITS[1:]])
    study = studying.simulate(scenario, UncertaintyTerms(**DEARER, late=0, draws=1000), five.manager)
    budget, skill = _breaches(study)["budget"], _breaches(study)["role:skill1"]
    assert (budget["chance"], budget["limit"]) == (0, 500)
    # Everybody is at work in that quarter: whatever takes longer than planned passes the hours there are.
    assert (skill["chance"], skill["limit"], skill["unit"]) == (1, 3, "hours")
    assert skill["name"].startswith("Skill 1 in Q")
    assert 3 < skill["p80"] < 3.6
    assert study.finding.startswith("The plan exceeds its budget in fewer than 1 of 200 cases and the limit on Skill")


def test_work_that_comes_a_year_late_leaves_the_quarters_planned(five: Any) -> None:
    study = studying.simulate(five.solved(), UncertaintyTerms(**CERTAIN, late=100, draws=1000), five.manager)
    cost = study.result["flows"]["cost"]
    assert (cost["by_period"]["p50"], round(cost["total"]["p50"], 6)) == ([0, 0, 0, 0], 320)


def test_a_certain_choice_holds(five: Any) -> None:
    terms = RobustnessTerms(**CERTAIN, samples=20)
    study = studying.check(five.solved(), terms, five.manager, studying.done_here)
    assert {each["candidate"]: each["place"] for each in study.result["indexes"]} == {
        **dict.fromkeys("ABCE", "core"), "D": "exterior",
    }  # fmt: skip
    assert study.result["plans"][0]["holds"] == 1.0


@pytest.mark.parametrize(
    ("kind", "terms", "page", "study"),
    [
        (jobs.SIMULATE, {"draws": 1000}, "uncertainty", StudyKind.UNCERTAINTY),
        (jobs.TEST, {"samples": 20}, "robustness", StudyKind.ROBUSTNESS),
    ],
)
def test_each_study_is_a_run_that_leads_to_its_page(
    five: Any, client: Any, kind: str, terms: dict[str, Any], page: str, study: StudyKind
) -> None:
    scenario = five.solved()
    parameters = {"scenario": scenario.pk, "terms": terms}
    run = start_run(None, actor=five.manager, kind=kind, title="Study", parameters=parameters)
    work_off()
    run.refresh_from_db()
    assert (run.state, run.result["url"]) == ("succeeded", f"/authorise/scenarios/{scenario.pk}/{page}/")
    kept = Study.objects.get()
    assert (kept.kind, kept.solution.scenario_id) == (study, scenario.pk)
    client.force_login(five.manager)
    begins = kept.finding.split(";")[0]
    assert begins in words(client.get(run.result["url"])).replace("&quot;", '"')
    assert begins in words(client.get(f"/authorise/scenarios/{scenario.pk}/")).replace("&quot;", '"')


def test_the_page_simulates_at_once_and_tells_the_limits(five: Any, client: Any) -> None:
    scenario = five.solved()
    client.force_login(five.manager)
    page = f"/authorise/scenarios/{scenario.pk}/uncertainty/"
    sent = {name: str(value) for name, value in UncertaintyTerms(draws=1000).kept().items()}
    assert client.post(page, sent).status_code == 302
    said = words(client.get(page))
    assert "the budget would be enough in 8 of 10 cases" in said
    assert "Skill 2 in Q" in said
    told = client.get(f"/api/v1/scenarios/{scenario.pk}/uncertainty").json()
    assert told["finding"] == Study.objects.get().finding


def test_only_those_it_is_shared_with_study_a_scenario(five: Any, world: Any, client: Any) -> None:
    scenario = five.solved()
    give_grant(world.director, actor=MAINSTAY, role=Role.PORTFOLIO_MANAGER, path=five.portfolio.path)
    client.force_login(world.director)
    pages = [f"/authorise/scenarios/{scenario.pk}/{page}/" for page in ("uncertainty", "robustness")]
    assert [client.get(page).status_code for page in pages] == [404, 404]
    parameters = {"scenario": scenario.pk, "terms": {}}
    run = start_run(None, actor=world.director, kind=jobs.SIMULATE, title="Study", parameters=parameters)
    work_off()
    run.refresh_from_db()
    assert run.state == "failed"
    assert not Study.objects.exists()
    share_scenario(scenario, actor=five.manager, is_open=True)
    assert [client.get(page).status_code for page in pages] == [200, 200]

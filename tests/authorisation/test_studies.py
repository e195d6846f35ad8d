"""Studies of an answer: how sure it is, what another budget would give, whether the choice holds."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mainstay.authorisation.models import Selection, Study, StudyKind
from mainstay.authorisation.operations.selections import edit_selection
from mainstay.authorisation.operations.studies import simulate_selection
from mainstay.authorisation.studies import jobs, studying
from mainstay.authorisation.studies.estimates import CASE, RANGE, estimates_of
from mainstay.authorisation.studies.terms import FrontierTerms, Ranges, RobustnessTerms, UncertaintyTerms
from mainstay.core.errors import Forbidden, Impossible, Missing
from mainstay.core.models import Event, Run
from mainstay.core.operations.runs import start_run
from mainstay.core.runs import work_off
from mainstay.core.system import MAINSTAY
from mainstay.identification.operations.cases import open_case
from mainstay.identification.operations.risks import add_risk
from mainstay.portfolio.operations.projects import edit_project
from tests.authorisation.test_pages import words
from tests.identification.cases import enter

CERTAIN = {"cost_low": 0, "cost_high": 0, "value_low": 0, "value_high": 0, "common": 0}


def test_a_certain_plan_comes_out_as_planned(golden):
    study = studying.simulate(golden.solved(), UncertaintyTerms(**CERTAIN, draws=1000), golden.manager)
    assert study.finding == (
        "The plan exceeds its budget in fewer than 1 of 200 cases; in 8 of 10 cases it brings GBP 92 to GBP 92 of "
        "benefit, planned GBP 92."
    )
    cost = study.result["flows"]["cost"]["total"]
    assert [round(cost[name], 6) for name in ("p10", "p50", "p90")] == [320, 320, 320]
    assert study.result["breaches"][0]["chance"] == 0
    assert Event.objects.filter(verb="selection.simulate").count() == 1


def test_uncertain_costs_pass_the_budget_as_often_as_the_ranges_say(golden):
    study = studying.simulate(golden.solved(), UncertaintyTerms(), golden.manager)
    cost, budget = study.result["flows"]["cost"]["total"], study.result["breaches"][0]
    # PERT between 0.9 and 1.3 has the mean 1 + (0.3 - 0.1) / 6.
    assert cost["mean"] == pytest.approx(320 * (1 + 0.2 / 6), rel=0.002)
    assert 0.7 < budget["chance"] < 0.85
    assert budget["p80"] == pytest.approx(343, abs=2)
    assert study.problem_sha256 == study.solution.problem_sha256
    again = studying.simulate(Selection.objects.get(), UncertaintyTerms(), golden.manager)
    assert again.result == study.result


def test_ranges_and_risks_come_from_the_business_case(golden):
    project = golden.project("A")
    case = open_case(project, actor=MAINSTAY)
    enter(case, "costs", 100, name="Pumps", low=(90,), high=(150,))
    add_risk(case, actor=MAINSTAY, name="Flood", probability=Decimal("0.5"), impact=Decimal(20))
    found = estimates_of({"A": project.pk, "B": golden.project("B").pk}, Ranges(), golden.manager)
    assert (found[0].cost, found[0].cost_from, found[0].risks) == ((0.9, 1.5), CASE, [("Flood", 0.5, 20.0)])
    assert (found[0].value, found[0].value_from) == ((0.7, 1.1), RANGE)
    assert (found[1].cost, found[1].cost_from, found[1].risks) == ((0.9, 1.3), RANGE, [])


def test_without_a_case_costs_fall_between_start_and_end_and_benefits_after(golden):
    project = golden.project("A")
    dates = {"start_date": date(2027, 3, 1), "end_date": date(2028, 6, 1)}
    edit_project(project, actor=MAINSTAY, **dates)
    [found] = estimates_of({"A": project.pk}, Ranges(), golden.manager)
    assert found.cost_years == {2027: 0.5, 2028: 0.5}
    assert found.value_years == dict.fromkeys((2029, 2030, 2031), 1 / 3)


def test_the_curve_gives_the_golden_answers_at_each_budget(golden):
    terms = FrontierTerms(points=3, lowest=0, highest=200)
    study = studying.vary(golden.solved(), terms, golden.manager, studying.done_here)
    told = [(each["amount"], each["objective"], each["count"], each["status"]) for each in study.result["points"]]
    assert told == [(0, 0, 0, "optimal"), (320, 92, 4, "optimal"), (640, 107, 5, "optimal")]
    assert (study.result["points"][2]["enters"], study.result["points"][2]["leaves"]) == (["D"], [])
    assert study.finding.endswith("GBP 320 more would bring GBP 15 of benefit.")


def test_a_certain_choice_holds(golden):
    terms = RobustnessTerms(**CERTAIN, samples=20)
    study = studying.check(golden.solved(), terms, golden.manager, studying.done_here)
    assert {each["candidate"]: each["place"] for each in study.result["indexes"]} == {
        **dict.fromkeys("ABCE", "core"),
        "D": "exterior",
    }
    assert study.finding == (
        "4 candidates are in the best plan however things come out, 1 never, for none it depends."
    )
    assert study.result["plans"][0]["holds"] == 1.0


def test_only_who_may_study_an_answer_does(golden):
    selection = golden.solved()
    for person in (golden.member, golden.evaluator):
        with pytest.raises((Forbidden, Missing)):
            studying.simulate(selection, UncertaintyTerms(), person)
    assert not Study.objects.exists()


def test_what_was_solved_anew_meanwhile_keeps_no_study_of_the_old_answer(golden):
    selection = golden.solved()
    with pytest.raises(Impossible, match="solved again meanwhile"):
        simulate_selection(selection, actor=golden.manager, solution_id=selection.solution_id + 1, found={})
    assert not Study.objects.exists()


def test_without_a_plan_there_is_nothing_to_study(golden):
    with pytest.raises(Impossible, match="find the best one first"):
        studying.simulate(golden.prepare(), UncertaintyTerms(), golden.manager)


def test_terms_beyond_their_bounds_are_refused_field_by_field():
    with pytest.raises(ValidationError) as refused:
        UncertaintyTerms.read({"cost_low": "95", "draws": "many", "late": 20})
    assert set(refused.value.message_dict) == {"cost_low", "draws"}


def _run(golden: Any, kind: str, terms: dict[str, Any]) -> Run:
    selection = golden.solved()
    parameters = {"selection": selection.pk, "terms": terms}
    run = start_run(None, actor=golden.manager, kind=kind, title="Study", parameters=parameters)
    work_off()
    run.refresh_from_db()
    return run


@pytest.mark.parametrize(
    ("kind", "terms", "page", "study"),
    [
        (jobs.SIMULATE, {"draws": 1000}, "uncertainty", StudyKind.UNCERTAINTY),
        (jobs.VARY, {"points": 8}, "frontier", StudyKind.FRONTIER),
        (jobs.TEST, {"samples": 30}, "robustness", StudyKind.ROBUSTNESS),
    ],
)
def test_each_study_is_a_run_that_leads_to_its_page(golden, client, kind, terms, page, study):
    run = _run(golden, kind, terms)
    selection = Selection.objects.get()
    assert (run.state, run.result["url"]) == ("succeeded", f"/authorise/selections/{selection.pk}/{page}/")
    kept = Study.objects.get()
    assert (kept.kind, kept.pk) == (study, run.result["study"])
    client.force_login(golden.manager)
    assert kept.finding.split(";")[0] in words(client.get(run.result["url"])).replace("&quot;", '"')
    assert kept.finding.split(";")[0] in words(client.get(f"/authorise/selections/{selection.pk}/"))


def test_a_run_of_somebody_who_may_not_fails_and_keeps_nothing(golden):
    selection = golden.solved()
    parameters = {"selection": selection.pk, "terms": {}}
    run = start_run(None, actor=golden.member, kind=jobs.VARY, title="Study", parameters=parameters)
    work_off()
    run.refresh_from_db()
    assert run.state == "failed"
    assert not Study.objects.exists()


def test_the_page_simulates_at_once_and_says_what_came_out(golden, client):
    selection = golden.solved()
    client.force_login(golden.manager)
    page = f"/authorise/selections/{selection.pk}/uncertainty/"
    assert "Simulate the plan" in words(client.get(page))
    sent = {name: str(value) for name, value in UncertaintyTerms(draws=1000).kept().items()}
    assert client.post(page, sent).status_code == 302
    said = words(client.get(page))
    assert "The plan exceeds its budget in" in said
    assert "the budget would be enough in 8 of 10 cases" in said
    refused = client.post(page, sent | {"draws": "1"})
    assert refused.status_code == 422
    assert "greater than or equal to 1000" in words(refused)
    assert Study.objects.count() == 1


def test_a_point_of_the_curve_opens_its_plan(golden, client):
    studying.vary(golden.solved(), FrontierTerms(points=3, lowest=50), golden.manager, studying.done_here)
    client.force_login(golden.manager)
    page = f"/authorise/selections/{Selection.objects.get().pk}/frontier/0/"
    said = words(client.get(page))
    assert "The best plan with GBP 160" in said
    assert "Would leave the plan" in said
    assert client.get(page.replace("/0/", "/9/")).status_code == 404


def test_studies_of_an_answer_that_was_put_aside_are_shown_no_more(golden, client):
    selection = golden.solved()
    studying.simulate(selection, UncertaintyTerms(draws=1000), golden.manager)
    edit_selection(Selection.objects.get(), actor=golden.manager, budget=Decimal(300))
    client.force_login(golden.manager)
    assert client.get(f"/authorise/selections/{selection.pk}/uncertainty/").status_code == 404


def test_no_budget_and_a_forced_project_are_named_as_the_smallest_conflict(golden, client):
    rules = {"forced": [{"code": "B", "way": "in", "reason": "Promised"}]}
    selection = golden.solved(budget=Decimal(0), rules=rules)
    client.force_login(golden.manager)
    said = words(client.get(f"/authorise/selections/{selection.pk}/"))
    assert "“Project B” (promised) has to be in and needs GBP 90, more than the budget of GBP 0." in said

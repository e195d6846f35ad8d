"""Preparing, changing and solving a selection: who may, on which terms, and what is kept."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.authorisation import sentences
from mainstay.authorisation.models import Selection, SelectionState, Solution
from mainstay.authorisation.operations.selections import edit_selection, prepare_selection
from mainstay.authorisation.problem import problem_of
from mainstay.authorisation.queries import selection_for, selections_for
from mainstay.authorisation.solving import solve_now
from mainstay.core.errors import Forbidden, Impossible, Missing, Stale
from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.engine import selection as engine
from mainstay.evaluation.operations.models import Wanted, create_model, grant_bypass, lift_bypass
from mainstay.evaluation.operations.scores import score_projects
from mainstay.portfolio.models import Stage
from mainstay.portfolio.operations.parts import add_dependency
from mainstay.portfolio.operations.projects import authorise_project
from mainstay.portfolio.operations.setup import create_field
from mainstay.portfolio.operations.tree import create_portfolio, edit_portfolio
from tests.authorisation.conftest import candidate

TERMS = {"name": "Budget", "maximise": "benefit", "budget": Decimal(320)}


def refused(golden, **terms):
    with pytest.raises(ValidationError) as refusal:
        golden.prepare(**terms)
    assert not Selection.objects.exists()
    return refusal.value.message_dict


def test_only_those_with_the_right_prepare_a_selection(golden, world):
    for person, refusal in ((golden.member, Forbidden), (world.sponsor, Forbidden), (world.stranger, Missing)):
        with pytest.raises(refusal):
            prepare_selection(golden.portfolio, actor=person, **TERMS)
    assert not Selection.objects.exists()
    assert prepare_selection(golden.portfolio, actor=golden.manager, **TERMS).state == SelectionState.DRAFT


def test_a_selection_is_seen_only_with_the_figures_of_its_portfolio(golden, world):
    selection = golden.prepare()
    for person in (golden.manager, golden.member, world.sponsor, world.director):
        assert selections_for(person) == [selection]
    for person in (golden.evaluator, world.stranger, world.project_manager):
        assert selections_for(person) == []
        with pytest.raises(Missing):
            selection_for(person, selection.pk)


def test_terms_that_make_no_sense_are_refused_field_by_field(golden):
    assert refused(golden, maximise="cost") == {"maximise": ["Choose what shall be most."]}
    assert refused(golden, stages=["active"]) == {"stages": ["Choose the stages the candidates come from."]}
    assert refused(golden, present="custom.nothing") == {"present": ["Choose what the plan is compared with."]}
    assert refused(golden, limits=[{"source": "risk", "max": "much"}]) == {"limits": ["much is not a number."]}
    assert refused(golden, limits="risk") == {"limits": ["Give a list of at most 500 entries."]}
    assert refused(golden, rules={"magic": 1}) == {"rules": ["There is no rule magic."]}
    assert refused(golden, rules={"forced": [{"code": "A", "way": "in", "reason": " "}]}) == {
        "rules": ["Say why A is forced in; the reason stands in the decision."]
    }
    assert refused(golden, rules={"shares": [{"theme": "Grow", "min": 60, "max": 40}]}) == {
        "rules": ["The share of Grow: at least 60 is more than at most 40."]
    }
    assert refused(golden, budget=Decimal(-1)) == {"budget": ["Ensure this value is greater than or equal to 0."]}


def test_the_answer_is_kept_with_the_question(golden):
    selection = golden.solved()
    solution = selection.solution
    assert selection.state == SelectionState.SOLVED
    assert solution.status == "optimal"
    assert solution.answer["objective"] == 92
    assert solution.chosen == ["A", "B", "C", "E"]
    assert solution.person == golden.manager
    assert solution.projects == {code: golden.project(code).pk for code in "ABCDE"}
    again = engine.solve(engine.read_problem(solution.problem))
    assert again.objective == 92
    assert again.problem_sha256 == solution.problem_sha256


def test_only_those_with_the_right_solve(golden):
    selection = golden.prepare()
    with pytest.raises(Forbidden):
        solve_now(selection, actor=golden.member, seconds=5)
    assert not Solution.objects.exists()
    assert Selection.objects.get().state == SelectionState.DRAFT


def test_another_question_puts_the_answer_aside(golden):
    selection = golden.solved()
    renamed = edit_selection(selection, actor=golden.manager, name="Budget 2027")
    assert renamed.state == SelectionState.SOLVED
    changed = edit_selection(selection, actor=golden.manager, budget=Decimal(330))
    assert (changed.state, changed.solution) == (SelectionState.DRAFT, None)
    assert Solution.objects.count() == 1


def test_an_edit_of_an_old_version_is_refused(golden):
    selection = golden.prepare()
    edit_selection(selection, actor=golden.manager, budget=Decimal(330))
    with pytest.raises(Stale) as refusal:
        edit_selection(selection, actor=golden.manager, expected_version=1, budget=Decimal(310))
    assert [(change.label, change.before, change.after) for change in refusal.value.changes] == [
        ("Budget", Decimal(320), Decimal(330))
    ]
    assert Selection.objects.get().budget == Decimal(330)


def test_an_answer_to_a_question_that_changed_meanwhile_is_refused(golden):
    selection = golden.prepare()
    edit_selection(selection, actor=golden.manager, budget=Decimal(330))
    with pytest.raises(Stale):
        solve_now(selection, actor=golden.manager, seconds=5)
    assert not Solution.objects.exists()


def test_an_answer_that_is_not_proven_is_not_kept_when_it_must_be(golden, monkeypatch):
    selection = golden.prepare()
    late = engine.Answer("unknown", None, None, None, 2.0, 0, "Slow", "")
    monkeypatch.setattr(engine, "solve", lambda *args, **keywords: late)
    assert solve_now(selection, actor=golden.manager, seconds=2, must_be_proven=True) is None
    assert not Solution.objects.exists()


def test_every_rule_of_the_form_reaches_the_solver(golden):
    add_dependency(golden.project("B"), actor=MAINSTAY, needs=golden.project("D"))
    create_field(None, actor=MAINSTAY, key="engineers", label="Engineers", kind="number", unit="FTE")
    for code, engineers in zip("ABCDE", (2, 2, 1, 0, 1), strict=True):
        project = golden.project(code)
        project.custom = {"engineers": str(engineers)}
        project.theme = "Grow" if code in "AB" else "Run"
        type(project).objects.filter(pk=project.pk).update(custom=project.custom, theme=project.theme)
    selection = golden.prepare(
        limits=[{"source": "custom.engineers", "max": 4}, {"source": "count", "max": 3}],
        rules={
            "dependencies": True,
            "at_most_one": [["A", "C"]],
            "forced": [{"code": "E", "way": "in", "reason": "Law"}],
            "shares": [{"theme": "Grow", "min": "", "max": 60}],
        },
    )
    problem, _ = problem_of(selection, golden.manager)
    assert [(limit.id, limit.total, limit.unit) for limit in problem.limits] == [
        ("budget", 320, "GBP"),
        ("custom.engineers", 4, "FTE"),
        ("count", 3, "projects"),
    ]
    assert [rule.id for rule in problem.rules] == [
        "B requires D",
        "at most one of A and C",
        "Grow takes at most 60% of what is spent",
    ]
    assert problem.candidate("E").forced == "in"
    assert solve_now(selection, actor=golden.manager, seconds=5).solution.chosen == ["A", "D", "E"]


def test_a_share_is_kept_between_its_bounds(golden):
    type(golden.project("A")).objects.filter(code__in=["D", "E"]).update(theme="Run")
    rules = {"dependencies": True, "shares": [{"theme": "Run", "min": 40, "max": ""}]}
    assert golden.solved(rules=rules).solution.chosen == ["A", "D", "E"]


def test_committed_projects_are_kept_or_decided_anew(golden, world):
    authorised = type(world.depot.stage).objects.get(key="authorised")
    authorise_project(golden.project("D"), actor=MAINSTAY, target=authorised, reason="Last year")
    left_out = golden.solved(name="New ones only")
    kept = golden.solved(name="Kept", committed="kept", present="committed")
    free = golden.solved(name="Anew", committed="free", present="committed")
    assert left_out.solution.chosen == ["A", "B", "C", "E"]
    assert kept.solution.chosen == ["A", "B", "D", "E"]
    assert free.solution.chosen == ["A", "B", "C", "E"]
    assert list(free.solution.projects) == ["A", "B", "C", "D", "E"]


def test_a_project_without_a_figure_cannot_be_forced_in(golden):
    type(golden.project("A")).objects.filter(code="A").update(benefit=None)
    rules = {"forced": [{"code": "A", "way": "in", "reason": "Law"}]}
    selection = golden.prepare(rules=rules)
    with pytest.raises(Impossible, match=r"^A is to be in, but it is no candidate: It gives no benefit\.$"):
        solve_now(selection, actor=golden.manager, seconds=5)


def test_confidential_parts_choose_for_themselves(golden, world):
    below = create_portfolio(golden.portfolio, actor=MAINSTAY, name="Quiet", code="QUIET", is_confidential=True)
    candidate(below, "Q", 500, 1)
    assert golden.solved().solution.chosen == ["A", "B", "C", "E"]
    own = prepare_selection(below, actor=world.director, name="Quiet", maximise="benefit", budget=Decimal(10))
    assert solve_now(own, actor=world.director, seconds=5).solution.chosen == ["Q"]
    assert own not in selections_for(golden.manager)


def test_a_selection_closes_with_a_project_that_became_confidential(golden, world):
    below = create_portfolio(golden.portfolio, actor=MAINSTAY, name="Soon quiet", code="SOON")
    candidate(below, "Q", 500, 1)
    selection = golden.solved()
    assert selection_for(golden.manager, selection.pk) == selection
    edit_portfolio(below, actor=MAINSTAY, is_confidential=True)
    with pytest.raises(Missing):
        selection_for(golden.manager, selection.pk)
    assert selections_for(golden.manager) == []
    assert selections_for(world.director) == [selection]


def test_events_of_a_selection_hold_no_answer(golden):
    golden.solved()
    told = str(list(Event.objects.filter(noun="selection").values_list("changes", "label", "reason")))
    assert "Project A" not in told
    assert "objective" not in told


def gated(golden, least):
    """A score model whose gate asks for a benefit, the projects scored by it, and a selection of most score."""
    gate = Wanted(
        "Worth it", "benefit", Decimal(0), Decimal(40), Decimal(100), is_gate=True, threshold=Decimal(least)
    )
    model = create_model(golden.portfolio, actor=golden.manager, name="Gated", criteria=[gate])
    score_projects(model, actor=golden.manager)
    return model, golden.prepare(maximise=f"score.{model.pk}", budget=Decimal(1000))


def barred(golden, selection):
    problem, pool = problem_of(selection, golden.manager)
    return [candidate.id for candidate in problem.candidates], [(entry.code, entry.why) for entry in pool.left_out]


def test_who_fails_a_gate_of_the_score_model_is_no_candidate_and_is_told_the_gate(golden):
    selection = gated(golden, 24)[1]
    why = "It fails a gate of Gated. Worth it is GBP {}, below GBP 24."
    assert barred(golden, selection) == (["A", "B", "C"], [("D", why.format(15)), ("E", why.format(12))])
    solved = solve_now(selection, actor=golden.manager, seconds=5)
    assert solved.solution.chosen == ["A", "B", "C"]
    assert sentences.left_out(solved.solution.left_out) == (
        "2 projects were left out because a gate of the score model is failed."
    )


def test_a_bypass_brings_back_who_fails_a_gate_and_lifting_it_takes_it_out_again(golden):
    model, selection = gated(golden, 24)
    bypass = grant_bypass(golden.project("E"), actor=golden.manager, model=model, reason="The water act")
    assert barred(golden, selection)[0] == ["A", "B", "C", "E"]
    lift_bypass(bypass, actor=golden.manager)
    assert barred(golden, selection)[0] == ["A", "B", "C"]


def test_what_is_committed_and_kept_uses_the_budget_whatever_gate_it_fails(golden):
    selection = gated(golden, 24)[1]
    authorise_project(
        golden.project("E"), actor=MAINSTAY, target=Stage.objects.get(key="authorised"), reason="Signed"
    )
    for committed, codes in (("kept", ["A", "B", "C", "E"]), ("free", ["A", "B", "C"])):
        selection = edit_selection(selection, actor=golden.manager, committed=committed)
        assert barred(golden, selection)[0] == codes


def test_a_gate_says_nothing_about_a_selection_of_something_else(golden):
    gated(golden, 24)
    assert barred(golden, golden.prepare(name="Money")) == (["A", "B", "C", "D", "E"], [])


def test_who_fails_a_gate_cannot_be_forced_in(golden):
    selection = gated(golden, 24)[1]
    forced = {"forced": [{"code": "E", "way": "in", "reason": "Promised"}]}
    selection = edit_selection(selection, actor=golden.manager, rules=forced)
    with pytest.raises(Impossible, match="It fails a gate of Gated"):
        problem_of(selection, golden.manager)

"""Adopting a selection is one decision: all of it or nothing."""

import pytest

from mainstay.authorisation.models import Decision, DecisionLine, Outcome, SelectionState
from mainstay.authorisation.operations.adoption import adopt_selection
from mainstay.authorisation.operations.selections import edit_selection
from mainstay.authorisation.queries import decided_about, decisions_for
from mainstay.core.errors import Forbidden, Impossible, Missing, Stale
from mainstay.core.models import Event, Notice
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.parts import add_dependency, add_member
from mainstay.portfolio.operations.projects import authorise_project, edit_project, propose_project
from mainstay.portfolio.operations.setup import set_transition

STATEMENT = (
    "4 of 5 candidates were authorised. The plan costs GBP 320 of a budget of GBP 320 and brings GBP 92 of benefit."
)
WHY_D_WAITS = (
    "Including it would cost GBP 9 of benefit: “Project C” would have to leave. "
    "It comes in with GBP 10 more budget; then “Project E” leaves."
)


def stages():
    return dict(Project.objects.filter(code__in="ABCDE").values_list("code", "stage__key"))


def assert_nothing_happened(selection):
    selection.refresh_from_db()
    assert selection.state == SelectionState.SOLVED
    assert not Decision.objects.exists()
    assert not DecisionLine.objects.exists()
    assert not Notice.objects.exists()
    assert not Event.objects.filter(verb__in=["selection.adopt", "project.authorise"]).exists()
    assert set(stages().values()) == {"candidate"}


def test_the_chosen_are_authorised_and_the_others_stay_candidates(golden):
    selection = golden.solved()
    decision = adopt_selection(selection, actor=golden.member, expected_version=selection.version, note=" Agreed. ")
    assert stages() == {
        "A": "authorised",
        "B": "authorised",
        "C": "authorised",
        "D": "candidate",
        "E": "authorised",
    }
    assert (decision.statement, decision.note, decision.decided_by) == (STATEMENT, "Agreed.", golden.member)
    assert (decision.cost, decision.value, decision.budget) == (320, 92, 320)
    assert decision.problem_sha256 == selection.solution.problem_sha256
    lines = {line.project.code: (line.outcome, line.reason) for line in decision.lines.all()}
    assert lines["D"] == (Outcome.WAITING, WHY_D_WAITS)
    assert [outcome for outcome, _ in lines.values()].count(Outcome.AUTHORISED) == 4
    selection.refresh_from_db()
    assert selection.state == SelectionState.ADOPTED


def test_the_others_are_rejected_when_that_is_asked(golden):
    adopt_selection(golden.solved(), actor=golden.member, reject_others=True)
    assert stages()["D"] == "rejected"
    assert DecisionLine.objects.get(project__code="D").outcome == Outcome.REJECTED


def test_only_those_with_the_right_adopt(golden, world):
    selection = golden.solved()
    for person, refusal in ((world.sponsor, Forbidden), (golden.evaluator, Forbidden), (world.stranger, Missing)):
        with pytest.raises(refusal):
            adopt_selection(selection, actor=person)
    assert_nothing_happened(selection)


def test_a_changed_register_is_refused(golden):
    selection = golden.solved()
    edit_project(golden.project("D"), actor=golden.manager, cost=10)
    with pytest.raises(Impossible, match=r"^The register changed since this was solved"):
        adopt_selection(selection, actor=golden.member)
    assert_nothing_happened(selection)


def test_a_change_that_is_no_part_of_the_question_does_not_matter(golden):
    selection = golden.solved()
    edit_project(golden.project("D"), actor=golden.manager, name="Another name", health="red")
    assert adopt_selection(selection, actor=golden.member).statement == STATEMENT


def test_a_plan_that_somebody_changed_while_it_was_read_is_refused(golden):
    selection = golden.solved()
    edit_selection(selection, actor=golden.manager, name="Renamed")
    with pytest.raises(Stale):
        adopt_selection(selection, actor=golden.member, expected_version=selection.version)
    assert_nothing_happened(selection)


def test_a_plan_is_adopted_once(golden):
    selection = golden.solved()
    adopt_selection(selection, actor=golden.member)
    with pytest.raises(Impossible, match=r"^This selection was adopted already; a decision is made once\.$"):
        adopt_selection(selection, actor=golden.member)
    assert Decision.objects.count() == 1
    with pytest.raises(Impossible, match=r"^This selection was adopted; prepare a new one to choose again\.$"):
        edit_selection(selection, actor=golden.manager, name="Renamed")


def test_an_unsolved_selection_is_refused(golden):
    with pytest.raises(Impossible, match=r"^There is no plan to adopt yet; solve the selection first\.$"):
        adopt_selection(golden.prepare(), actor=golden.member)


def test_one_refusing_guard_undoes_everything_and_is_named(golden):
    candidate, authorised = (Stage.objects.get(key=key) for key in ("candidate", "authorised"))
    set_transition(
        None,
        actor=MAINSTAY,
        origin=candidate,
        target=authorised,
        guards=["has_owner", "needed_projects_chosen"],
        needs_reason=True,
        is_authorising=True,
    )
    for code in "ABC":
        edit_project(golden.project(code), actor=golden.manager, owner=golden.manager)
    selection = golden.solved()
    with pytest.raises(Impossible) as refusal:
        adopt_selection(selection, actor=golden.member)
    assert refusal.value.message == "Nothing was authorised. Project E (E): Nobody owns it yet."
    assert_nothing_happened(selection)


def test_a_project_from_which_no_decision_leads_on_is_named(golden):
    edit_project(golden.project("D"), actor=golden.manager, cost=400)
    propose_project(golden.portfolio, actor=MAINSTAY, code="P", name="Just proposed", cost=1, benefit=1)
    selection = golden.solved(stages=["proposed", "candidate"], budget=330)
    with pytest.raises(Impossible) as refusal:
        adopt_selection(selection, actor=golden.member)
    assert refusal.value.message == (
        "Nothing was authorised. Just proposed (P): From Proposed no decision leads to an authorised stage."
    )
    assert not Decision.objects.exists()
    assert set(stages().values()) == {"candidate"}


def test_what_others_require_is_authorised_first(golden):
    add_dependency(golden.project("A"), actor=MAINSTAY, needs=golden.project("E"))
    adopt_selection(golden.solved(), actor=golden.member)
    assert (stages()["A"], stages()["E"]) == ("authorised", "authorised")


def test_an_authorisation_is_withdrawn_where_the_plan_drops_it(golden):
    authorised = Stage.objects.get(key="authorised")
    authorise_project(golden.project("D"), actor=MAINSTAY, target=authorised, reason="Last year")
    decision = adopt_selection(golden.solved(committed="free"), actor=golden.member)
    assert stages()["D"] == "candidate"
    assert decision.lines.get(project__code="D").outcome == Outcome.WITHDRAWN


def test_the_people_of_a_project_are_told_without_figures(golden, world):
    edit_project(golden.project("A"), actor=golden.manager, owner=world.sponsor)
    add_member(golden.project("D"), actor=MAINSTAY, person=world.project_manager, role="project_manager")
    adopt_selection(golden.solved(), actor=golden.member)
    told = {notice.person.username: (notice.text, notice.url) for notice in Notice.objects.all()}
    assert told == {
        "grace": ("Project A was authorised (decision “Budget”).", "/projects/A/"),
        "jonas": (
            "Project D was not chosen this time and stays a candidate (decision “Budget”).",
            "/projects/D/",
        ),
    }


def test_the_history_of_a_project_names_the_decision_and_no_figure(golden):
    decision = adopt_selection(golden.solved(), actor=golden.member)
    event = Event.objects.get(verb="project.authorise", label="Project A")
    assert event.reason == f"Authorised in the decision “Budget” (no. {decision.pk})"
    assert event.person == golden.member


def test_a_decision_is_seen_with_the_figures_of_all_its_projects(golden, world):
    decision = adopt_selection(golden.solved(), actor=golden.member)
    add_member(golden.project("D"), actor=MAINSTAY, person=world.project_manager, role="project_manager")
    assert decisions_for(golden.manager) == [decision]
    assert decisions_for(golden.evaluator) == []
    assert decisions_for(world.project_manager) == []
    _, lines = decided_about(world.project_manager, "D")
    assert [(line.outcome, line.reason) for line in lines] == [(Outcome.WAITING, "")]
    _, lines = decided_about(golden.manager, "D")
    assert lines[0].reason.startswith("Including it would cost GBP 9 of benefit")

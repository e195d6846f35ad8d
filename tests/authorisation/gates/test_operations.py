"""Gates hold a project until somebody else lets it through, and say what is missing."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.authorisation.deciding.log import verify
from mainstay.authorisation.gates.operations import answer_gate, decide_gate, open_gate
from mainstay.authorisation.models import Decision, DecisionRecord, GateReview
from mainstay.core.errors import Forbidden, Impossible, Missing
from mainstay.governance.models import Delegation
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import advance_project


def stage():
    return Project.objects.select_related("stage").get(code="PUMPS").stage.key


def enter(gated):
    return advance_project(Project.objects.get(code="PUMPS"), actor=gated.world.project_manager, target=gated.active)


def opened(gated):
    return open_gate(gated.world.pumps, actor=gated.world.project_manager, target=gated.active)


def answered(gated):
    return answer_gate(opened(gated), actor=gated.world.project_manager, answers=gated.answers())


def test_a_project_does_not_pass_a_gate_that_nobody_decided_and_is_told_what_is_missing(gated):
    with pytest.raises(
        Impossible,
        match="The gate “Ready to build” must be passed first; still missing: The supplier is chosen; "
        "Signed contract; Safety plan read",
    ):
        enter(gated)
    answered(gated)
    with pytest.raises(Impossible, match="everything it asks for is there; it waits for the decision"):
        enter(gated)
    assert stage() == "authorised"


def test_a_project_enters_the_stage_after_somebody_else_said_go(gated):
    review = answered(gated)
    decide_gate(review, actor=gated.world.portfolio_manager, verdict="go", reason="All there")
    enter(gated)
    assert stage() == "active"
    decision = Decision.objects.get()
    assert (decision.kind, decision.title) == ("gate", "Ready to build: Replace the pumps")
    assert decision.statement == "Go: Replace the pumps (PUMPS) may enter Active. All there"
    assert (DecisionRecord.objects.get().decision, verify()) == (decision, [])


def test_go_is_refused_while_anything_is_missing_but_not_with_conditions(gated):
    review = opened(gated)
    with pytest.raises(Impossible, match="Still missing: The supplier is chosen"):
        decide_gate(review, actor=gated.world.portfolio_manager, verdict="go", reason="Fine")
    assert (GateReview.objects.get().verdict, Decision.objects.count()) == ("", 0)
    decide_gate(review, actor=gated.world.portfolio_manager, verdict="conditional", reason="Contract by May")
    enter(gated)
    assert stage() == "active"


@pytest.mark.parametrize("verdict", ["hold", "recycle", "stop"])
def test_other_verdicts_hold_the_project_and_say_so(gated, verdict):
    decide_gate(answered(gated), actor=gated.world.portfolio_manager, verdict=verdict, reason="Not yet")
    with pytest.raises(Impossible, match=f"The gate “Ready to build” said {verdict}"):
        enter(gated)
    assert stage() == "authorised"


def test_nobody_decides_in_their_own_cause(gated):
    review = opened(gated)
    Project.objects.filter(code="PUMPS").update(owner=gated.world.portfolio_manager)
    with pytest.raises(Forbidden, match="Nobody decides on their own cause: Amara Diallo owns Replace the pumps"):
        decide_gate(review, actor=gated.world.portfolio_manager, verdict="conditional", reason="Fine")
    with pytest.raises(Forbidden):
        decide_gate(review, actor=gated.world.project_manager, verdict="conditional", reason="Fine")
    with pytest.raises(Missing):
        decide_gate(review, actor=gated.world.stranger, verdict="conditional", reason="Fine")
    assert (GateReview.objects.get().verdict, Decision.objects.count()) == ("", 0)


def test_a_gate_is_decided_once_with_a_reason(gated):
    review = answered(gated)
    with pytest.raises(ValidationError, match="Say why"):
        decide_gate(review, actor=gated.world.portfolio_manager, verdict="go", reason=" ")
    assert GateReview.objects.get().verdict == ""
    decide_gate(review, actor=gated.world.portfolio_manager, verdict="go", reason="All there")
    with pytest.raises(Impossible, match="This gate was decided already: go"):
        decide_gate(review, actor=gated.world.portfolio_manager, verdict="stop", reason="No")
    with pytest.raises(Impossible, match="decided already"):
        answer_gate(review, actor=gated.world.project_manager, answers={})
    assert GateReview.objects.get().verdict == "go"


def test_a_gate_opens_once_and_only_where_one_stands(gated):
    opened(gated)
    with pytest.raises(Impossible, match="is open already"):
        opened(gated)
    with pytest.raises(Impossible, match="No gate stands between"):
        open_gate(gated.world.meters, actor=gated.world.portfolio_manager, target=gated.active)
    assert GateReview.objects.count() == 1


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "contract.pdf"])
def test_evidence_is_a_link_into_the_web(gated, url):
    review, answers = opened(gated), gated.answers()
    key = next(iter(answers["evidence"]))
    answers["evidence"][key] = [{"title": "Contract", "url": url}]
    with pytest.raises(ValidationError, match="Evidence is a link that begins with http"):
        answer_gate(review, actor=gated.world.project_manager, answers=answers)
    assert GateReview.objects.get().answers == {}


def test_what_the_gate_does_not_ask_for_is_refused(gated):
    review = opened(gated)
    with pytest.raises(ValidationError, match="The gate does not ask for unknown"):
        answer_gate(review, actor=gated.world.project_manager, answers={"criteria": {"unknown": {"answer": "yes"}}})
    assert GateReview.objects.get().answers == {}


def test_a_project_without_a_gate_model_is_held_by_nothing(gated):
    gated.model.is_active = False
    gated.model.save()
    enter(gated)
    assert stage() == "active"


def test_a_guard_tells_no_figure(gated):
    Project.objects.filter(code="PUMPS").update(cost="6000000")
    with pytest.raises(Impossible) as refusal:
        enter(gated)
    assert "a business-case figure" in refusal.value.message
    assert "5000000" not in refusal.value.message


def test_nobody_decides_beyond_what_is_delegated(gated):
    Delegation.objects.create(
        portfolio=gated.world.networks, role="portfolio_manager", up_to=Decimal(1_000_000), currency="GBP"
    )
    review = opened(gated)
    with pytest.raises(Forbidden, match="Replace the pumps costs"):
        decide_gate(review, actor=gated.world.portfolio_manager, verdict="conditional", reason="Fine")
    assert (GateReview.objects.get().verdict, Decision.objects.count()) == ("", 0)

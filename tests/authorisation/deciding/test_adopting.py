"""Adopting a scenario makes it the plan of record, whole or not at all; the last one can be taken back."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.authorisation.deciding.log import verify
from mainstay.authorisation.deciding.operations.adopting import adopt_scenario, undo_adoption, why_not_undoable
from mainstay.authorisation.deciding.operations.baselines import freeze_baseline
from mainstay.authorisation.models import Baseline, Commitment, Decision, DecisionRecord, Outcome, ScenarioState
from mainstay.core.errors import Forbidden, Impossible, Stale
from mainstay.core.models import Event, Notice
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import FiscalYear, Project
from mainstay.portfolio.operations.parts import add_dependency
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.operations.setup import open_year
from mainstay.resources.models import Booking, Firmness
from mainstay.value.models import Envelope, Fund
from mainstay.value.operations.funds import create_fund, set_envelope

pytestmark = pytest.mark.django_db


def stages() -> dict[str, str]:
    return dict(Project.objects.filter(code__in="ABCDE").values_list("code", "stage__key"))


def assert_nothing_happened(branch) -> None:
    assert branch.fresh().state == ScenarioState.DRAFT
    assert set(stages().values()) == {"candidate"}
    assert not Decision.objects.exists()
    assert not DecisionRecord.objects.exists()
    assert not Baseline.objects.exists()
    assert not Notice.objects.exists()
    assert not Event.objects.filter(verb__in=["scenario.adopt", "project.authorise"]).exists()


def test_projects_are_authorised_dates_set_bookings_made_firm_and_baselines_frozen(branch, booked):
    version = branch.scenario.version
    decision = adopt_scenario(branch.scenario, actor=branch.golden.member, expected_version=version, note=" Agreed. ")
    assert stages() == {"A": "authorised", "B": "authorised", "C": "authorised", "D": "candidate", "E": "authorised"}
    assert branch.project("B").start_date == date(2027, 2, 1)
    assert branch.project("D").start_date is None
    assert Booking.objects.get(pk=booked.pk).firmness == Firmness.HARD
    assert dict(Baseline.objects.values_list("project__code", "start_date")) == {
        code: date(2027, month, 1) for code, month in {"A": 1, "B": 2, "C": 3, "E": 4}.items()
    }
    assert decision.statement == "4 projects authorised and 4 projects rescheduled; 0 committed projects stay in."
    assert (decision.cost, decision.value, decision.note) == (320, 92, "Agreed.")
    assert {line.project.code: line.outcome for line in decision.lines.all()} == dict.fromkeys(
        "ABCE", Outcome.AUTHORISED
    ) | {"D": Outcome.WAITING}
    assert branch.fresh().state == ScenarioState.ADOPTED
    assert decision.record.number == 1


def test_a_scenario_is_adopted_once(branch):
    adopt_scenario(branch.scenario, actor=branch.golden.member)
    with pytest.raises(Impossible, match="Growth is adopted; it cannot be adopted"):
        adopt_scenario(branch.fresh(), actor=branch.golden.member)
    assert Decision.objects.count() == 1


def test_when_the_plan_of_record_has_moved_on_it_must_be_merged_first(branch):
    edit_project(branch.project("C"), actor=branch.golden.manager, start_date=date(2027, 9, 1))
    with pytest.raises(Impossible, match=r"moved on since the branch was made \(C\): merge first"):
        adopt_scenario(branch.scenario, actor=branch.golden.member)
    assert_nothing_happened(branch)


def test_what_one_project_may_not_do_stops_all_of_them(branch):
    add_dependency(branch.project("A"), actor=MAINSTAY, needs=branch.project("D"))
    with pytest.raises(Impossible, match="It requires a project that is not authorised"):
        adopt_scenario(branch.scenario, actor=branch.golden.member)
    assert_nothing_happened(branch)


def test_a_stale_version_and_a_person_without_the_right_are_refused(branch):
    with pytest.raises(Stale):
        adopt_scenario(branch.scenario, actor=branch.golden.member, expected_version=9)
    with pytest.raises(Forbidden):
        adopt_scenario(branch.scenario, actor=branch.golden.evaluator)
    assert_nothing_happened(branch)


def test_nobody_adopts_their_own_scenario_or_authorises_their_own_project(branch):
    with pytest.raises(Forbidden, match=r"own cause: Amara .* owns the scenario Growth"):
        adopt_scenario(branch.scenario, actor=branch.golden.manager)
    edit_project(branch.project("B"), actor=MAINSTAY, owner=branch.golden.member)
    with pytest.raises(Forbidden, match="own cause: Bao Board owns Project B"):
        adopt_scenario(branch.scenario, actor=branch.golden.member)
    assert_nothing_happened(branch)


def test_taking_it_back_restores_everything_and_keeps_both_decisions(branch, booked):
    decision = adopt_scenario(branch.scenario, actor=branch.golden.member)
    undoing = undo_adoption(decision, actor=branch.golden.member, reason="The wrong branch")
    assert set(stages().values()) == {"candidate"}
    assert branch.project("B").start_date is None
    assert Booking.objects.get(pk=booked.pk).firmness == Firmness.SOFT
    assert not Baseline.objects.filter(is_current=True).exists()
    assert branch.fresh().state == ScenarioState.DRAFT
    decision.refresh_from_db()
    assert decision.undone_at == undoing.record.recorded_at
    assert [kept.number for kept in DecisionRecord.objects.all()] == [1, 2]
    assert why_not_undoable(decision) == "Only an adopted scenario can be taken back, and only once."


def test_what_was_taken_back_can_be_adopted_again_and_no_baseline_is_numbered_twice(branch):
    freeze_baseline(branch.project("A"), actor=MAINSTAY, reason="As agreed with the supplier")
    for _ in range(2):
        again = adopt_scenario(branch.fresh(), actor=branch.golden.member)
        undo_adoption(again, actor=branch.golden.member, reason="The wrong branch")
    rows = Baseline.objects.filter(project__code="A").order_by("number")
    assert list(rows.values_list("number", "is_current")) == [(1, True), (2, False), (3, False)]
    adopt_scenario(branch.fresh(), actor=branch.golden.member)
    assert list(rows.filter(is_current=True).values_list("number", flat=True)) == [4]
    assert verify() == []


@pytest.fixture
def fund(branch) -> Fund:
    """350 for 2027, of which the plan needs 320."""
    year = FiscalYear.objects.filter(start_date__lte=date(2027, 6, 1), end_date__gte=date(2027, 6, 1)).first()
    if year is None:
        year = open_year(None, actor=MAINSTAY, name="2027", start_date=date(2027, 1, 1), end_date=date(2027, 12, 31))
    golden = branch.golden
    fund = create_fund(
        golden.portfolio, actor=MAINSTAY, name="Growth fund", key="growth", currency=golden.portfolio.currency
    )
    set_envelope(fund, actor=MAINSTAY, year=year, amount=Decimal(350))
    return fund


def test_money_is_promised_for_every_project_authorised_and_given_back_when_taken_back(branch, fund):
    decision = adopt_scenario(branch.scenario, actor=branch.golden.member, fund=fund)
    assert dict(Commitment.objects.values_list("project__code", "amount")) == {"A": 100, "B": 90, "C": 80, "E": 50}
    undo_adoption(decision, actor=branch.golden.member, reason="The wrong branch")
    assert {row.held for row in Commitment.objects.all()} == {0}


def test_a_fund_that_holds_too_little_stops_all_of_it(branch, fund):
    envelope = Envelope.objects.get(fund=fund)
    set_envelope(fund, actor=MAINSTAY, year=envelope.year, amount=Decimal(319))
    with pytest.raises(
        Impossible, match=r"Nothing was adopted\. Growth fund .* has GBP 319.00 left, the plan needs GBP 320"
    ):
        adopt_scenario(branch.scenario, actor=branch.golden.member, fund=fund)
    assert_nothing_happened(branch)
    assert not Commitment.objects.exists()


def test_what_was_changed_since_cannot_be_taken_back(branch):
    decision = adopt_scenario(branch.scenario, actor=branch.golden.member)
    edit_project(branch.project("A"), actor=branch.golden.manager, theme="Growth")
    with pytest.raises(Impossible, match="Changed since the decision, so it cannot be taken back whole: A"):
        undo_adoption(decision, actor=branch.golden.member, reason="The wrong branch")
    assert stages()["A"] == "authorised"
    assert Decision.objects.count() == 1


def test_taking_back_needs_a_reason(branch):
    decision = adopt_scenario(branch.scenario, actor=branch.golden.member)
    with pytest.raises(ValidationError, match="Say why"):
        undo_adoption(decision, actor=branch.golden.member, reason=" ")
    assert stages()["A"] == "authorised"

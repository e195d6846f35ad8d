"""Corrections: offered by the office for a class, switched on and off in a case, and what plans make of them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.authorisation.candidates import gather
from mainstay.authorisation.operations.selections import prepare_selection
from mainstay.authorisation.problem import problem_of
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.engine.calibration import quantile_factor, shrunk_mean
from mainstay.engine.selection import problem_sha256
from mainstay.evaluation.appraisal.reading import all_figures
from mainstay.evaluation.corrections.classes import class_kinds
from mainstay.evaluation.corrections.effect import effect_of
from mainstay.evaluation.corrections.queries import offers_for
from mainstay.evaluation.corrections.taking import Taking, planning_with
from mainstay.evaluation.models import AppliedCorrection, Correction
from mainstay.evaluation.operations.corrections import (
    apply_correction,
    lift_correction,
    offer_correction,
    withdraw_correction,
)
from mainstay.evaluation.operations.discount import set_discount
from mainstay.portfolio.models import Project
from tests.identification.cases import golden_case

pytestmark = pytest.mark.django_db
GOLDEN = {
    "what": "cost",
    "class_by": "theme",
    "class_value": "Resilience",
    "cases": 9,
    "source": "Nine closed projects",
}


@pytest.fixture
def case(world):
    """The golden case of the pumps: 500 of cost."""
    set_discount(None, actor=MAINSTAY, from_date="2020-01-01", rate=Decimal(10))
    return golden_case(world.pumps)


def offered(world, **terms):
    """A correction of cost by the golden factor 1.1581."""
    given = GOLDEN | {"factor": Decimal("1.1581"), "p80_factor": Decimal("1.3140")} | terms
    return offer_correction(given.pop("place", world.networks), actor=world.director, **given)


def test_the_golden_factor_and_p80_are_those_of_the_formulae():
    mean = shrunk_mean([0.19361], 3, 0.10)
    assert round(float(mean[0]), 4) == 0.1468
    assert round(float(quantile_factor(mean, 1e-12, 0.5)[0]), 4) == 1.1581
    assert round(float(100 * quantile_factor(0.14680, 0.15, 0.80)), 2) == 131.40


def test_switched_on_cost_and_value_are_shown_as_estimated_and_corrected_and_off_gives_the_same_again(world, case):
    offer = offered(world)
    before = all_figures(world.portfolio_manager)[world.pumps.pk]
    assert effect_of(case, offers_for(case)) == []
    apply_correction(case, actor=world.project_manager, correction=offer)
    shown = {one.label: one for one in effect_of(case, offers_for(case))}
    assert (shown["Cost"].estimated, shown["Cost"].corrected, shown["Cost"].p80) == (
        500,
        Decimal("579.05"),
        Decimal("657.00"),
    )
    on = all_figures(world.portfolio_manager)[world.pumps.pk]
    # All cost falls into the first period, so its growth is what the present value loses.
    assert (on.measures.npv, on.taken.npv) == (before.measures.npv, before.measures.npv - Decimal("79.05"))
    lift_correction(case, actor=world.project_manager, correction=offer)
    assert all_figures(world.portfolio_manager)[world.pumps.pk] == before
    assert effect_of(case, offers_for(case)) == []
    verbs = list(Event.objects.filter(verb__startswith="correction.").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["correction.offer", "correction.apply", "correction.lift"]


def test_a_selection_takes_the_corrected_cost_and_the_estimate_again_after_it_is_off(world, case):
    terms = {"name": "Next year", "maximise": "benefit", "budget": Decimal(3_000_000), "currency": "GBP"}
    stages = [world.pumps.stage.key]
    asked = prepare_selection(world.networks, actor=world.portfolio_manager, **terms, stages=stages)
    estimated, pool = problem_of(asked, world.portfolio_manager)
    assert pool.corrected == {}
    apply_correction(case, actor=world.project_manager, correction=offered(world))
    found = gather(asked, world.portfolio_manager)
    costs = {one.code: one.cost for one in found.candidates}
    assert costs == {"PUMPS": Decimal("1389720.00"), "METERS": Decimal("800000.00")}
    assert [(one.estimated, one.counted) for one in found.corrected[world.pumps.pk]] == [
        (Decimal("1200000.00"), Decimal("1389720.00"))
    ]
    with planning_with(Taking.NONE):
        assert problem_sha256(problem_of(asked, world.portfolio_manager)[0]) == problem_sha256(estimated)
    with planning_with(Taking.ALL):
        everybody = {one.code: one.cost for one in gather(asked, world.portfolio_manager).candidates}
    assert everybody == {"PUMPS": Decimal("1389720.00"), "METERS": Decimal("926480.00")}
    lift_correction(case, actor=world.project_manager, correction=Correction.objects.get())
    assert problem_sha256(problem_of(asked, world.portfolio_manager)[0]) == problem_sha256(estimated)
    assert Project.objects.get(code="PUMPS").cost == Decimal("1200000.00")


def test_a_withdrawn_correction_counts_nowhere_though_it_was_switched_on(world, case):
    offer = offered(world)
    apply_correction(case, actor=world.project_manager, correction=offer)
    withdraw_correction(offer, actor=world.director)
    assert offers_for(case) == []
    figures = all_figures(world.portfolio_manager)[world.pumps.pk]
    assert figures.taken == figures.measures
    with pytest.raises(Impossible, match="withdrawn already"):
        withdraw_correction(Correction.objects.get(), actor=world.director)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"cases": 4}, "Fewer than 5"),
        ({"class_by": "weather"}, "not sorted by weather"),
        ({"factor": Decimal(11)}, "less than or equal to 10"),
    ],
)
def test_too_few_cases_strange_classes_and_wild_factors_are_refused(world, terms, words):
    with pytest.raises(ValidationError, match=words):
        offered(world, **terms)
    assert not Correction.objects.exists()


def test_the_same_class_has_one_correction_at_a_time(world):
    offer = offered(world)
    with pytest.raises(ValidationError, match="withdraw it first"):
        offered(world, factor=Decimal("1.2"))
    withdraw_correction(offer, actor=world.director)
    assert offered(world, factor=Decimal("1.2")).factor == Decimal("1.2")


def test_a_case_is_offered_only_what_holds_for_its_class_and_place(world, case):
    offered(world, class_value="Safety")
    offered(world, what="duration", place=world.top)
    offered(world, what="benefit", until_date="2020-01-01")
    assert [offer.correction.what for offer in offers_for(case)] == ["duration"]
    other = offered(world, class_value="Growth")
    with pytest.raises(Impossible, match="not offered for this case"):
        apply_correction(case, actor=world.project_manager, correction=other)
    assert not AppliedCorrection.objects.exists()


def test_who_may_not_change_the_case_switches_nothing_and_who_may_not_plan_offers_nothing(world, case):
    offer = offered(world)
    for somebody in (world.sponsor, world.controller):
        with pytest.raises(Forbidden):
            apply_correction(case, actor=somebody, correction=offer)
    with pytest.raises(Forbidden):
        offer_correction(world.networks, actor=world.controller, factor=Decimal(2), **GOLDEN | {"what": "benefit"})
    assert not AppliedCorrection.objects.exists()
    assert Correction.objects.count() == 1


def test_the_page_of_a_case_offers_the_switch_and_shows_both_figures(world, case, client):
    offer = offered(world)
    client.force_login(world.project_manager)
    address = f"/evaluate/cases/{case.pk}/"
    assert "Switch on" in client.get(address).content.decode()
    answer = client.post(f"{address}corrections/{offer.pk}/", follow=True)
    page = answer.content.decode()
    assert "Switch off" in page
    assert "As estimated" in page
    told = client.get(f"/api/v1/cases/{case.pk}/corrections").json()["items"]
    assert [(one["factor"], one["is_on"]) for one in told] == [("1.1581", True)]
    client.post(f"{address}corrections/{offer.pk}/")
    assert not AppliedCorrection.objects.get().is_on


def test_the_ways_to_sort_are_theme_portfolio_and_open_choices(world):
    assert {"theme", "portfolio"} <= set(class_kinds())

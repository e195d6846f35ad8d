"""Appraisals: golden figures through page, API, columns and criteria; rates by portfolio and date; risks added up."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainstay.core.errors import Forbidden, Missing
from mainstay.core.models import Event
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.appraisal.rates import Rates
from mainstay.evaluation.appraisal.reading import all_figures, appraise_cases
from mainstay.evaluation.appraisal.risks import PortfolioRisks
from mainstay.evaluation.models import DiscountRate
from mainstay.evaluation.operations.discount import set_discount
from mainstay.evaluation.sources import known_sources, read_all
from mainstay.identification.operations.cases import edit_case
from mainstay.identification.operations.options import add_option
from mainstay.identification.operations.risks import add_risk, edit_risk
from mainstay.portfolio.models import Project
from tests.identification.cases import enter, golden_case, proposal

pytestmark = pytest.mark.django_db
PAST = date(2020, 1, 1)


@pytest.fixture
def case(world):
    """The golden case of the pumps, discounted at 10 %."""
    set_discount(None, actor=MAINSTAY, from_date=PAST, rate=Decimal(10))
    return golden_case(world.pumps)


def figures(world, person=None):
    """The figures of the pumps."""
    return all_figures(person or world.portfolio_manager).get(world.pumps.pk)


def test_the_golden_case_has_its_known_figures(world, case):
    measures = figures(world).measures
    assert measures.npv == Decimal("104.24")
    assert measures.net == Decimal("310.00")
    assert measures.equivalent_annuity == Decimal("27.50")
    rounded = (
        measures.irr,
        measures.payback,
        measures.discounted_payback,
        measures.profitability_index,
        measures.roi,
    )
    assert [round(number, 5) for number in rounded] == [0.17344, 3.25, 3.96415, 1.20849, 0.62]
    assert measures.discount.words == "10% nominal"


def test_page_and_api_show_the_same_golden_figures(world, case, client):
    client.force_login(world.portfolio_manager)
    page = client.get(f"/evaluate/cases/{case.pk}/").content.decode()
    for shown in ("104", "17.3%", "3.25", "3.96", "1.21", "62.0%", "27.5"):
        assert f">{shown}<" in page.replace("\n", "")
    listed = client.get("/evaluate/appraisals/").content.decode()
    assert "1 of 1 business case is worth more than doing nothing." in listed
    told = client.get("/api/v1/appraisals").json()["items"][0]
    assert (told["project"], told["measures"]["npv"], told["measures"]["discount"]) == (
        "PUMPS",
        "104.24",
        "10% nominal",
    )
    options = client.get(f"/api/v1/cases/{case.pk}/appraisal").json()["options"]
    assert [one["measures"]["npv"] for one in options] == [None, "104.24"]


def test_a_changed_line_is_seen_at_once(world, case):
    assert figures(world).measures.npv == Decimal("104.24")
    enter(case, "costs", 100, name="Permit")
    assert figures(world).measures.npv == Decimal("4.24")


def test_what_doing_nothing_costs_is_saved_by_the_proposal(world, case):
    nothing = case.options.get(kind="nothing")
    enter(case, "costs", 0, 0, 11, name="Repairs", option=nothing)
    # 11 / 1.1² = 9.09 more than before.
    assert figures(world).measures.npv == Decimal("113.34")


def test_the_nearest_portfolio_and_the_latest_rate_decide(world, case):
    today = timezone.localdate()
    set_discount(world.top, actor=MAINSTAY, from_date=PAST, rate=Decimal(8))
    set_discount(world.networks, actor=MAINSTAY, from_date=PAST, rate=Decimal(6))
    set_discount(world.networks, actor=MAINSTAY, from_date=today + timedelta(days=1), rate=Decimal(1))
    set_discount(
        world.networks, actor=MAINSTAY, from_date=today - timedelta(days=9), rate=Decimal("4.5"), is_real=True
    )
    rates = Rates()
    assert rates.of(world.pumps.path).words == "4.5% real"
    assert (rates.of(world.depot.path).percent, rates.of("/elsewhere/").percent) == (Decimal(8), Decimal(10))
    assert rates.of(world.pumps.path).whose == "Networks"


def test_without_a_rate_there_is_no_present_value_and_none_is_made_up(world):
    golden_case(world.pumps)
    measures = figures(world).measures
    assert (measures.npv, measures.bcr, measures.discounted_payback) == (None, None, None)
    assert (round(measures.irr, 5), measures.payback) == (0.17344, 3.25)


def test_shorter_periods_are_discounted_by_their_share_of_a_year(world, case):
    edit_case(case, actor=MAINSTAY, grain="quarter", periods=24)
    measures = figures(world).measures
    # Each year's amount lies in four quarters now, on average 0.965233 of it; 50 is left when the fourth year begins.
    assert measures.npv == Decimal("100.62")
    assert measures.payback == pytest.approx(4.0)


def test_several_rates_of_return_are_all_told(world):
    case = golden_case(world.meters)
    edit_case(case, actor=MAINSTAY, periods=6)
    option = add_option(case, actor=MAINSTAY, name="Mine", is_preferred=True)
    case.refresh_from_db()
    enter(case, "costs", 1000, 0, 1540, name="Open and close", option=option)
    enter(case, "benefits", 0, 2500, name="Ore", option=option, kind="revenue")
    measures = all_figures(world.portfolio_manager)[world.meters.pk].measures
    assert measures.irr is None
    assert [round(root, 9) for root in measures.irr_roots] == [0.1, 0.4]


def test_an_appraisal_can_be_read_as_known_on_a_past_day(world):
    past = timezone.now() - timedelta(days=30)
    with acting(at=past):
        set_discount(None, actor=MAINSTAY, from_date=PAST, rate=Decimal(10))
        case = golden_case(world.pumps)
    enter(case, "costs", 100, name="Permit")
    then = all_figures(world.director, timezone.now() - timedelta(days=1))
    assert then[world.pumps.pk].measures.npv == Decimal("104.24")
    assert all_figures(world.director)[world.pumps.pk].measures.npv == Decimal("4.24")


def test_who_sees_no_figures_sees_no_appraisal(world, case, client):
    edda = create_person(None, actor=MAINSTAY, username="edda", name="Edda Eval")
    give_grant(edda, actor=MAINSTAY, role=Role.EVALUATOR, path=world.networks.path)
    assert all_figures(edda) == {}
    assert appraise_cases([world.pumps], edda) == {}
    client.force_login(edda)
    assert client.get("/evaluate/appraisals/").status_code == 404
    assert client.get(f"/evaluate/cases/{case.pk}/").status_code == 404
    listed = client.get("/projects/?columns=name,npv,exposure&sort=-npv").content.decode()
    assert "Replace the pumps" in listed
    assert "104" not in listed


def test_lists_of_projects_have_and_sort_by_net_present_value(world, case, client):
    client.force_login(world.director)
    listed = client.get("/projects/?columns=name,npv&sort=-npv").content.decode()
    assert "104" in listed
    order = [listed.index(name) for name in ("Replace the pumps", "Smart meters")]
    assert order == sorted(order)


def test_figures_of_cases_are_criteria_worked_out_for_all_projects_at_once(
    world, case, django_assert_max_num_queries
):
    projects = list(Project.objects.readable_by(world.director).order_by("code"))
    sources = known_sources()
    with django_assert_max_num_queries(30):
        npv, irr = (read_all(sources[key], projects, "GBP") for key in ("case.npv", "case.irr"))
    assert npv == [None, None, None, Decimal("104.240000")]
    assert [each and round(each, 3) for each in irr] == [None, None, None, Decimal("17.344")]
    assert read_all(sources["case.npv"], projects, "EUR") == [None] * 4


def test_the_number_of_queries_does_not_grow_with_the_cases(world, case, client):
    client.force_login(world.director)
    client.get("/evaluate/appraisals/")
    one = _queries(client)
    for project in (world.meters, world.depot):
        golden_case(project)
    assert _queries(client) == one


def _queries(client):
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get("/evaluate/appraisals/")
    return len(asked)


def test_the_order_of_the_list_is_chosen_and_nonsense_refused(world, case, client):
    golden_case(world.depot)
    enter(case, "costs", 100, name="Permit")
    client.force_login(world.director)
    rising = [one["project"] for one in client.get("/api/v1/appraisals?sort=npv").json()["items"]]
    assert rising == ["PUMPS", "DEPOT"]
    assert client.get("/evaluate/appraisals/?sort=luck").status_code == 400
    csv = b"".join(client.get("/evaluate/appraisals/?format=csv").streaming_content).decode()
    assert csv.splitlines()[1].startswith("DEPOT,New depot,")


def test_who_may_set_a_rate_and_that_the_same_date_corrects_it(world):
    before = Event.objects.count()
    for person, refusal in ((world.portfolio_manager, Forbidden), (world.stranger, Missing)):
        with pytest.raises(refusal):
            set_discount(world.networks, actor=person, from_date=PAST, rate=Decimal(1))
    assert (DiscountRate.objects.count(), Event.objects.count()) == (0, before)
    set_discount(world.networks, actor=world.controller, from_date=PAST, rate=Decimal(5))
    set_discount(world.networks, actor=world.controller, from_date=PAST, rate=Decimal("5.5"))
    assert list(DiscountRate.objects.values_list("rate", "version")) == [(Decimal("5.500"), 2)]


def test_a_rate_is_set_in_the_page(world, client):
    client.force_login(world.director)
    form = {"portfolio": "", "from_date": "2026-01-01", "rate": "6", "convention": "mid_year"}
    assert client.post("/evaluate/discount-rates/", form).status_code == 302
    assert client.post("/evaluate/discount-rates/", form | {"rate": "600"}).status_code == 422
    row = DiscountRate.objects.get()
    assert (row.portfolio, row.rate, row.convention) == (None, Decimal(6), "mid_year")


@pytest.fixture
def risky(world, case):
    """A threat of 30 % of 200,000 and an opportunity of 20 % of 50,000, as in the handbook."""
    threat = add_risk(case, actor=MAINSTAY, name="Soil", probability=Decimal("0.3"), impact=Decimal(200_000))
    add_risk(
        case, actor=MAINSTAY, name="Grant", kind="opportunity", probability=Decimal("0.2"), impact=Decimal(50_000)
    )
    return threat


def test_the_expected_value_of_risks_is_known(world, risky):
    found = PortfolioRisks(world.portfolio_manager).by_currency[0]
    assert (found.exposure.inherent, found.exposure.residual) == (Decimal("50000.00"), Decimal("50000.00"))
    edit_risk(risky, actor=MAINSTAY, residual_probability=Decimal("0.1"), residual_impact=Decimal(100_000))
    found = PortfolioRisks(world.portfolio_manager).by_currency[0]
    assert (found.exposure.inherent, found.exposure.residual) == (Decimal("50000.00"), Decimal("0.00"))
    assert figures(world).exposure == Decimal("50000.00")


def test_threats_stand_in_the_matrix_before_and_after_the_response(world, case, risky, client):
    enter(case, "costs", 1_000_000, name="Works")
    edit_risk(
        risky, actor=MAINSTAY, response="reduce", residual_probability=Decimal("0.1"), residual_impact=Decimal(40_000)
    )
    client.force_login(world.director)
    told = client.get("/api/v1/risk-matrix").json()["by_currency"][0]
    assert told["inherent_cells"] == [{"probability": 2, "impact": 4, "count": 1, "exposure": 60000.0}]
    assert told["residual_cells"] == [{"probability": 1, "impact": 2, "count": 1, "exposure": 4000.0}]
    page = client.get("/evaluate/risks/").content.decode()
    assert "2 open risks with an expected value of GBP 50k" in page
    assert "Soil" in page
    assert "No open risk" in client.get("/evaluate/risks/?portfolio=UND").content.decode()


def test_risks_outside_ones_scope_are_in_no_sum(world, risky, client):
    secret = golden_case(world.heron)
    add_risk(secret, actor=MAINSTAY, name="Heron flies", probability=Decimal("0.5"), impact=Decimal(1_000_000))
    client.force_login(world.portfolio_manager)
    told = client.get("/api/v1/risk-matrix").json()
    assert [(one["count"], one["exposure"]) for one in told["by_currency"]] == [(2, "50000.00")]
    assert "Heron" not in client.get("/evaluate/risks/").content.decode()
    assert proposal(secret).name == "The proposal"

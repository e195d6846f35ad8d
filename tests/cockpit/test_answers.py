"""The four questions answered: exact figures, and sums over places that equal a naive recomputation."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from mainstay.cockpit.parts.changing import PARTS as CHANGING
from mainstay.cockpit.parts.office import PARTS as OFFICE
from mainstay.cockpit.parts.worth import PARTS as WORTH
from mainstay.cockpit.queries.changes import KINDS, changed_since
from mainstay.cockpit.queries.course import course_of
from mainstay.cockpit.queries.exposure import exposure_of
from mainstay.cockpit.queries.returns import forecast_return, planned_return
from mainstay.cockpit.queries.rollup import rolled_up
from mainstay.cockpit.queries.ties import by_programme, ties_of
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.identification.operations.cases import open_case
from mainstay.identification.operations.risks import add_risk
from mainstay.monitoring.dashboard.money import ahead_of_budget, money_in, parts_of
from mainstay.monitoring.money.operations.entering import MoneyEntry, enter_money
from mainstay.monitoring.money.sums import Sums
from mainstay.portfolio.dashboard import Sight
from mainstay.portfolio.models import Dependency, Project, Stage
from mainstay.portfolio.operations.parts import add_dependency, add_milestone
from mainstay.portfolio.operations.projects import authorise_project, edit_project, propose_project
from mainstay.portfolio.operations.tree import create_portfolio

MONTH = timezone.localdate().replace(day=1)
PARTS = {part.key: part for part in (*WORTH, *CHANGING, *OFFICE)}


@pytest.fixture
def settled(world):
    """The world as it has been known for four months."""
    for model in (type(world.top), type(world.programme), Project):
        model.Version.objects.update(known_from=timezone.now() - timedelta(days=120))
    return world


def content(key, portfolio, person):
    return PARTS[key].fill(Sight.of(portfolio, person))


def test_the_golden_return_is_the_ratio_of_sums(world, bring):
    for project, cost, benefit in ((world.pumps, 100, 150), (world.meters, 300, 330)):
        bring(project, "active", cost=Decimal(cost), benefit=Decimal(benefit))
    found = planned_return(Sight.of(world.networks, world.sponsor))
    assert (found.share, found.have, found.of) == (0.2, 2, 2)


def test_the_forecast_return_takes_the_cost_at_completion_where_there_is_money_by_month(world, bring):
    bring(world.pumps, "active", cost=Decimal(100), benefit=Decimal(150))
    bring(world.meters, "active", cost=Decimal(300), benefit=Decimal(330))
    _forecast(world.pumps, "120.00")
    found = forecast_return(Sight.of(world.networks, world.sponsor))
    assert (found.share, found.have, found.of) == (0.25, 1, 2)
    planned, forecast, realised = content("returns", world.networks, world.sponsor).indicators
    assert (planned.value, forecast.value, realised.value) == ("20%", "25%", "Not measured yet")
    assert forecast.completeness == "1 of 2 projects"


def _forecast(project, amount, kind="forecast"):
    entry = MoneyEntry(kind=kind, month=MONTH, amount=Decimal(amount))
    enter_money(project, actor=MAINSTAY, entries=[entry])


def test_money_of_projects_equals_their_own_sums(world, bring):
    _forecast(world.pumps, "120.00")
    _forecast(world.pumps, "100.00", kind="budget")
    _forecast(world.meters, "50.00", kind="budget")
    money = money_in(Sight.of(world.networks, world.sponsor))
    assert ahead_of_budget(money, MONTH) == {world.pumps.pk: (10_000, 12_000), world.meters.pk: (5_000, 0)}
    (part,) = parts_of(money)
    assert (part.count, part.sums.total("budget"), part.sums.outlook(MONTH)) == (2, Decimal(150), Decimal(120))
    assert money_in(Sight.of(world.networks, _without_figures(world))) == {}


def _without_figures(world):
    give_grant(world.stranger, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.networks.path)
    return world.stranger


def test_exposure_is_probability_times_impact_and_opportunities_count_against_it(world, bring):
    bring(world.pumps, "active")
    case = open_case(world.pumps, actor=MAINSTAY)
    threat = {"kind": "threat", "probability": Decimal("0.3"), "impact": Decimal(200_000)}
    add_risk(
        case,
        actor=MAINSTAY,
        name="Late",
        residual_probability=Decimal("0.1"),
        residual_impact=Decimal(100_000),
        **threat,
    )
    add_risk(
        case, actor=MAINSTAY, name="Early", kind="opportunity", probability=Decimal("0.2"), impact=Decimal(50_000)
    )
    add_risk(case, actor=MAINSTAY, name="Over", is_closed=True, **threat)
    found = exposure_of(Sight.of(world.networks, world.sponsor))
    assert (found.risks, found.projects, found.committed) == (2, 1, 1)
    assert (found.inherent.amount, found.residual.amount) == (Decimal(50_000), Decimal(0))
    assert [(one.name, one.code, one.exposure, one.residual) for one in found.top] == [
        ("Late", "PUMPS", 60_000, 10_000)
    ]
    assert exposure_of(Sight.of(world.networks, _without_figures(world))).risks == 0


def test_benefit_at_risk_is_that_of_committed_projects_in_trouble(world, bring):
    bring(world.pumps, "active", health="red")
    bring(world.meters, "active", health="green")
    found = content("value_at_risk", world.networks, world.sponsor)
    (indicator,) = found.indicators
    assert (indicator.value, indicator.comparison) == ("GBP 2.0m", "57% of GBP 3.5m committed")
    assert found.tables[0].rows[0][0].text == "Replace the pumps"


def test_every_kind_of_change_since_a_month_ago_is_found(settled, bring):
    bring(settled.pumps, "active", health="red", cost=Decimal(1_500_000))
    propose_project(settled.networks, actor=MAINSTAY, name="New", code="NEW")
    authorise_project(settled.depot, actor=MAINSTAY, target=Stage.objects.get(key="rejected"), reason="No")
    sight = Sight.of(settled.top, settled.sponsor)
    found = changed_since(sight, sight.before())
    named = {kind.label: [one.shown.code for one in found if kind.fits(one)] for kind in KINDS}
    assert {label: codes for label, codes in named.items() if codes} == {
        "Proposed": ["NEW"],
        "Committed": ["PUMPS"],
        "Rejected or cancelled": ["DEPOT"],
        "Costs more": ["PUMPS"],
    }
    told = content("changes", settled.top, settled.sponsor)
    assert told.sentence.startswith("3 projects changed since ")
    rows = {row[0].text: row for row in told.tables[0].rows}
    assert rows["Costs more"][2].text == "+GBP 300k"
    assert rows["Proposed"][0].url == "/projects/?code=NEW"


def test_health_and_ends_are_set_against_those_of_a_month_ago(settled):
    with acting(at=timezone.now() - timedelta(days=60)):
        edit_project(settled.pumps, actor=MAINSTAY, health="green", end_date=date(2027, 6, 30))
    edit_project(settled.pumps, actor=MAINSTAY, health="red", end_date=date(2027, 7, 30))
    sight = Sight.of(settled.networks, settled.sponsor)
    (one,) = changed_since(sight, sight.before())
    assert (one.worse, one.days_later) == (2, 30)
    assert "1 project is worse off than on" in content("changes", settled.networks, settled.sponsor).headline


def test_what_changed_outside_of_ones_sight_is_not_told(settled):
    edit_project(settled.heron, actor=MAINSTAY, cost=Decimal(1))
    edit_project(settled.depot, actor=MAINSTAY, cost=Decimal(1))
    sight = Sight.of(settled.networks, settled.portfolio_manager)
    assert changed_since(sight, sight.before()) == []


def test_a_past_month_keeps_its_point_and_the_present_one_moves(settled, bring):
    with acting(at=timezone.now() - timedelta(days=70)):
        bring(settled.pumps, "active", health="green")
    bring(settled.meters, "active", health="red")
    points = course_of(Sight.of(settled.networks, settled.sponsor))
    assert [(point.count, point.health["green"], point.health["red"]) for point in points][-2:] == [
        (1, 1, 0),
        (2, 1, 1),
    ]
    assert (points[-2].cost, points[-1].cost) == (1_200_000, 2_000_000)
    edit_project(settled.pumps, actor=MAINSTAY, cost=Decimal(5))
    again = course_of(Sight.of(settled.networks, settled.sponsor))
    assert (again[-2].cost, again[-1].cost) == (1_200_000, 800_005)


def test_dependencies_conflict_by_their_days_or_by_the_plans_of_both(world):
    edit_project(world.meters, actor=MAINSTAY, programme=world.programme, start_date=date(2027, 1, 10))
    edit_project(world.pumps, actor=MAINSTAY, end_date=date(2027, 1, 31))
    add_dependency(world.meters, actor=MAINSTAY, needs=world.pumps, kind="finish_to_start")
    sight = Sight.of(world.networks, world.sponsor)
    (tie,) = ties_of(sight)
    assert (tie.project.code, tie.needs.code, tie.days_late) == ("METERS", "PUMPS", 22)
    assert by_programme([tie]) == {world.programme.pk: (1, 1)}
    Dependency.objects.update(promised_date=date(2027, 3, 1), needed_date=date(2027, 2, 1))
    (promised,) = ties_of(Sight.of(world.networks, world.sponsor))
    assert promised.days_late == 28
    Dependency.objects.update(delivered_date=date(2027, 2, 1))
    (delivered,) = ties_of(Sight.of(world.networks, world.sponsor))
    assert delivered.days_late == 0


def test_a_dependency_on_what_may_not_be_seen_is_not_told(world):
    add_dependency(world.pumps, actor=MAINSTAY, needs=world.heron)
    assert ties_of(Sight.of(world.networks, world.sponsor)) == []


def test_late_and_coming_milestones_are_counted(world, bring):
    bring(world.pumps, "active")
    today = timezone.localdate()
    for days in (-3, 10, 60):
        add_milestone(world.pumps, actor=MAINSTAY, name=f"In {days}", due_date=today + timedelta(days=days))
    found = content("milestones", world.networks, world.sponsor)
    assert [one.value for one in found.indicators] == ["1", "1"]
    assert [row[0].text for row in found.tables[0].rows] == ["In -3", "In 10"]


def test_fields_that_are_missing_are_counted_with_the_way_to_them(world):
    edit_project(world.meters, actor=MAINSTAY, cost=None)
    rows = {row[0].text: row for row in content("completeness", world.networks, world.sponsor).tables[0].rows}
    assert (rows["Cost"][1].text, rows["Cost"][2].text) == ("50%", "1 of 2")
    assert "cost=none" in rows["Cost"][3].url


@pytest.mark.parametrize("seed", range(4))
def test_portfolios_add_up_to_what_their_projects_give(world, seed):
    draw = random.Random(seed)  # noqa: S311  (the same work every time)
    places = [create_portfolio(world.networks, actor=MAINSTAY, name=f"Part {number}") for number in range(3)]
    places.append(create_portfolio(places[0], actor=MAINSTAY, name="Part of a part"))
    stages = [Stage.objects.get(key=key) for key in ("active", "active", "proposed", "rejected", "closed")]
    made = [_drawn(draw, number, draw.choice(places), draw.choice(stages)) for number in range(draw.randrange(40))]
    rolled = {place.name: each for place, each in rolled_up(Sight.of(world.networks, world.sponsor))}
    for top in places[:3]:
        inside = [one for one in made if one.path.startswith(top.path) and one.stage.key != "rejected"]
        running = [one for one in inside if one.stage.key == "active"]
        both = [one for one in running if one.cost is not None and one.benefit is not None]
        found = rolled[top.name]
        assert (found.count, found.running) == (len(inside), len(running))
        assert found.troubled == sum(one.health in {"amber", "red"} for one in running)
        assert found.cost.get("GBP", 0) == sum(one.cost for one in both)
        assert found.benefit.get("GBP", 0) == sum(one.benefit for one in both)
        assert found.committed.get("GBP", 0) == sum(one.cost or 0 for one in running)


def _drawn(draw, number, place, stage):
    """A project with figures by chance, some of them missing."""
    cost, benefit = (draw.choice((None, Decimal(draw.randrange(10**7)))) for _ in range(2))
    health = draw.choice(("green", "amber", "red", ""))
    named = {"code": f"R{number}", "name": f"R{number}", "portfolio": place, "stage": stage}
    project = Project(cost=cost, benefit=benefit, health=health, **named)
    project.put_under(place)
    project.save()
    return project


@pytest.mark.parametrize("seed", range(4))
def test_money_adds_up_to_the_sums_of_each_project(seed):
    """Months, currencies and lengths by chance, against adding up amount by amount."""
    draw = random.Random(seed)  # noqa: S311  (the same work every time)
    amounts = [
        (
            pk,
            draw.choice(("GBP", "EUR")),
            date(draw.randrange(2024, 2028), draw.randrange(1, 13), 1),
            draw.choice(("budget", "committed", "actual", "forecast")),
            Decimal(draw.randrange(-500, 9_000)) / 100,
        )
        for pk in range(20)
        for _ in range(draw.randrange(1, 12))
    ]
    currency = {pk: code for pk, code, *_ in amounts}
    lines = {
        pk: [(month, kind, "opex", amount) for one, _, month, kind, amount in amounts if one == pk] for pk in currency
    }
    money = {pk: (currency[pk], Sums.of(lines[pk])) for pk in currency}
    for part in parts_of(money):
        own = [(month, kind, amount) for pk, _, month, kind, amount in amounts if currency[pk] == part.currency]
        assert part.count == sum(code == part.currency for code in currency.values())
        assert part.sums.total("budget") == sum(amount for _, kind, amount in own if kind == "budget")
        before = sum(amount for month, kind, amount in own if kind == "actual" and month < MONTH)
        ahead = sum(amount for month, kind, amount in own if kind == "forecast" and month >= MONTH)
        assert part.sums.outlook(MONTH) == before + ahead
    for pk, (budget, outlook) in ahead_of_budget(money, MONTH).items():
        assert (Decimal(budget) / 100, Decimal(outlook) / 100) == (
            money[pk][1].total("budget"),
            money[pk][1].outlook(MONTH),
        )

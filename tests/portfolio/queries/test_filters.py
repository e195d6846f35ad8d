"""Lists of projects are narrowed by their address, and only by names the register knows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import timezone

from mainstay.core.errors import Unreadable
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Stage
from mainstay.portfolio.operations.projects import advance_project, edit_project
from mainstay.portfolio.operations.setup import create_field
from mainstay.portfolio.operations.tree import move_portfolio
from mainstay.portfolio.queries import ProjectFilter, Reading


def codes(reading, address):
    found = ProjectFilter.read(QueryDict(address), reading).apply()
    return sorted(found.values_list("code", flat=True))


@pytest.fixture
def grace(world):
    return Reading(world.sponsor)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", ["DEPOT", "METERS", "PUMPS"]),
        ("portfolio=NET", ["METERS", "PUMPS"]),
        ("portfolio=NM", ["DEPOT", "METERS", "PUMPS"]),
        ("programme=SMART", ["PUMPS"]),
        ("programme=none", ["DEPOT", "METERS"]),
        ("programme=SMART,none", ["DEPOT", "METERS", "PUMPS"]),
        ("stage=proposed&portfolio=NET", ["METERS", "PUMPS"]),
        ("stage=active,closed", []),
        ("phase=pipeline", ["DEPOT", "METERS", "PUMPS"]),
        ("phase=committed", []),
        ("health=none", ["DEPOT", "METERS", "PUMPS"]),
        ("health=red", []),
        ("theme=Resilience&q=meters", ["METERS"]),
        ("q=replace+PUMPS", ["PUMPS"]),
        ("q=replace+meters", []),
        ("cost_min=800,000&cost_max=1200000", ["METERS", "PUMPS"]),
        ("cost_min=800000.01", ["PUMPS"]),
        ("benefit_max=450000", ["DEPOT"]),
        ("risk_min=30&risk_max=60", ["METERS", "PUMPS"]),
        ("cost=given", ["DEPOT", "METERS", "PUMPS"]),
        ("cost=none", []),
        ("owner=none", ["DEPOT", "METERS", "PUMPS"]),
        ("owner=me", []),
        ("code=PUMPS&code=DEPOT", ["DEPOT", "PUMPS"]),
        ("code=PUMPS,HERON", ["PUMPS"]),
        ("currency=GBP", ["DEPOT", "METERS", "PUMPS"]),
        ("end=none", ["DEPOT", "METERS", "PUMPS"]),
    ],
)
def test_an_address_means_these_projects(grace, address, expected):
    assert codes(grace, address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "colour=red",
        "cost_seen__gte=1",
        "portfolio=UND",
        "portfolio=NOWHERE",
        "programme=NOWHERE",
        "stage=sleeping",
        "phase=sleeping",
        "health=purple",
        "owner=nobody",
        "cost_min=much",
        "cost_min=1e400",
        "cost_min=NaN",
        "cost=much",
        "end_from=31.12.2026",
        "custom.nothing=1",
        "q=a%00b",
        "q=" + "x" * 201,
    ],
)
def test_what_cannot_be_read_is_refused(grace, address):
    with pytest.raises(Unreadable):
        codes(grace, address)


def test_a_portfolio_out_of_sight_is_refused_like_one_that_does_not_exist(world):
    reading = Reading(world.portfolio_manager)
    with pytest.raises(Unreadable) as hidden:
        codes(reading, "portfolio=UND")
    with pytest.raises(Unreadable) as absent:
        codes(reading, "portfolio=XYZ")
    assert hidden.value.message.replace("UND", "XYZ") == absent.value.message


def test_people_and_dates_narrow_a_list(world):
    edit_project(
        world.pumps, actor=MAINSTAY, owner=world.sponsor, manager=world.project_manager, end_date=date(2027, 3, 31)
    )
    grace = Reading(world.sponsor)
    assert codes(grace, "owner=me") == ["PUMPS"]
    assert codes(grace, "owner=grace,none") == ["DEPOT", "METERS", "PUMPS"]
    assert codes(grace, "manager=jonas") == ["PUMPS"]
    assert codes(grace, "end_from=2027-03-31&end_to=2027-03-31") == ["PUMPS"]
    assert codes(grace, "end_to=2027-03-30") == []


def test_custom_fields_narrow_a_list(world):
    for key, kind, options in (
        ("votes", "number", []),
        ("region", "choice", ["North", "South"]),
        ("legal", "yes_no", []),
        ("due", "date", []),
        ("note", "text", []),
    ):
        create_field(None, actor=MAINSTAY, key=key, label=key.title(), kind=kind, options=options)
    custom = {"votes": "950", "region": "North", "legal": True, "due": "2026-12-01", "note": "Ask the Council"}
    edit_project(world.pumps, actor=MAINSTAY, custom=custom)
    edit_project(world.meters, actor=MAINSTAY, custom={"votes": "1000", "region": "South", "legal": False})
    grace = Reading(world.sponsor)
    assert codes(grace, "custom.votes_min=951") == ["METERS"]
    assert codes(grace, "custom.votes_max=999") == ["PUMPS"]
    assert codes(grace, "custom.votes=950.0") == ["PUMPS"]
    assert codes(grace, "custom.votes=none") == ["DEPOT"]
    assert codes(grace, "custom.votes=given") == ["METERS", "PUMPS"]
    assert codes(grace, "custom.region=North&custom.region=South") == ["METERS", "PUMPS"]
    assert codes(grace, "custom.legal=yes") == ["PUMPS"]
    assert codes(grace, "custom.legal=no") == ["METERS"]
    assert codes(grace, "custom.due_from=2026-12-01") == ["PUMPS"]
    assert codes(grace, "custom.due_to=2026-11-30") == []
    assert codes(grace, "custom.note=council") == ["PUMPS"]
    for wrong in ("custom.legal=perhaps", "custom.note_min=1", "custom.votes_min=x", "custom.due_to=soon"):
        with pytest.raises(Unreadable):
            codes(grace, wrong)


def test_a_hidden_figure_cannot_be_found_out_by_narrowing(world):
    create_field(None, actor=MAINSTAY, key="offer", label="Offer", kind="money", is_confidential=True)
    edit_project(world.pumps, actor=MAINSTAY, custom={"offer": "777"})
    give_grant(world.stranger, actor=MAINSTAY, role=Role.EVALUATOR, path=world.top.path)
    evaluator = Reading(world.stranger)
    assert codes(evaluator, "") == ["DEPOT", "METERS", "PUMPS"]
    assert codes(evaluator, "cost_min=0") == []
    assert codes(evaluator, "benefit=given") == []
    assert codes(evaluator, "custom.offer=777") == []
    assert codes(evaluator, "custom.offer_min=0") == []
    assert codes(Reading(world.sponsor), "custom.offer=777") == ["PUMPS"]


def test_the_list_is_narrowed_as_things_were_known(world):
    then = timezone.now() - timedelta(days=10)
    evaluation = Stage.objects.get(key="candidate")
    moment = timezone.now()
    advance_project(world.pumps, actor=MAINSTAY, target=evaluation)
    edit_project(world.meters, actor=MAINSTAY, cost=Decimal(5))
    today, before = Reading(world.sponsor), Reading(world.sponsor, moment)
    assert codes(today, "stage=candidate") == ["PUMPS"]
    assert codes(before, "stage=candidate") == []
    assert codes(today, "cost_max=5") == ["METERS"]
    assert codes(before, "cost_min=800000&portfolio=NET") == ["METERS", "PUMPS"]
    assert codes(Reading(world.sponsor, then), "") == []


def test_a_moved_portfolio_is_found_where_it_was(world):
    before = timezone.now()
    with acting(at=before + timedelta(microseconds=1)):
        move_portfolio(world.networks, actor=MAINSTAY, parent=None)
    director = world.director
    assert codes(Reading(director), "portfolio=NM") == ["DEPOT", "HERON"]
    assert codes(Reading(director, before), "portfolio=NM") == ["DEPOT", "HERON", "METERS", "PUMPS"]
    assert codes(Reading(director, timezone.now()), "portfolio=NM") == ["DEPOT", "HERON"]


def test_parameters_can_be_let_go_and_written_down_again(grace):
    narrowed = ProjectFilter.read(QueryDict("portfolio=NET&theme=a,b&theme=c+d&sort=-cost"), grace, {"sort"})
    assert narrowed.query == "portfolio=NET&theme=a%2Cb&theme=c+d"
    assert narrowed.without("theme").query == "portfolio=NET"
    assert sorted(narrowed.without("theme").apply().values_list("code", flat=True)) == ["METERS", "PUMPS"]
    assert narrowed.first("theme") == "a,b"

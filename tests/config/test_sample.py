"""The sample tells three lifelike years of an invented organisation, the same way every time."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mainstay.authorisation.deciding.log import verify
from mainstay.authorisation.deciding.replay import replay
from mainstay.authorisation.models import Decision, DecisionLine, Selection
from mainstay.cockpit.queries.dashboard import facts_of
from mainstay.config import demo, sample
from mainstay.config.sample import facts
from mainstay.core.access import held_by
from mainstay.core.models import Event, Notice, Person, Pulse, SavedView
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.models import PairwiseSession, RankOverride, Score, ScoreModel, ScoringRound
from mainstay.evaluation.ranking.lint import Check
from mainstay.governance.models import Cycle
from mainstay.identification.alike import similar_to
from mainstay.identification.models import Request, Risk
from mainstay.monitoring.models import Action, ChangeRequest, Issue
from mainstay.portfolio.models import Dependency, Milestone, Phase, Portfolio, Programme, Project, Stage
from mainstay.value.queries import rates_on


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The sample, told once for all tests of this file and taken away after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield sample.load()
        transaction.set_rollback(True)


@pytest.fixture
def northmoor(told, db):
    cache.clear()
    return Portfolio.objects.get(code="NORTHMOOR")


def test_it_is_told_once(told, db):
    before = Event.objects.count()
    assert (told, sample.load(), Event.objects.count()) == (True, False, before)


def test_every_stage_of_life_is_there(northmoor):
    assert Counter(Project.objects.values_list("stage__key", flat=True)) == {
        "active": 19,
        "candidate": 18,
        "closed": 12,
        "under_evaluation": 9,
        "proposed": 11,
        "rejected": 6,
        "on_hold": 2,
        "closing": 2,
        "authorised": 2,
        "cancelled": 3,
    }


def test_every_project_stands_where_its_facts_say(northmoor):
    told = Project.objects.filter(code__in=[one.code for one in facts.projects()])
    stages = dict(told.values_list("code", "stage__key"))
    costs = dict(told.values_list("code", "cost"))
    assert stages == {one.code: one.stage for one in facts.projects()}
    assert costs == {one.code: facts.money(one.cost) for one in facts.projects()}


def test_there_are_120_people_and_a_login_for_each_role(northmoor):
    people = sample.people()
    assert Person.objects.count() == 120
    assert {one["role"] for one in people} == {role.label for role in Role if role is not Role.PROPOSER}
    for one in people:
        person = Person.objects.get(username=one["username"])
        assert person.check_password(one["password"])
        assert one["role"] in {held.role.label for held in held_by(person)}


def test_only_the_logins_have_a_password(northmoor):
    usernames = {one["username"] for one in sample.people()}
    others = Person.objects.exclude(username__in=usernames)
    assert not [person for person in others if person.has_usable_password()]


def test_the_tree_has_three_portfolios_and_a_confidential_one(northmoor):
    assert [p.code for p in northmoor.children.order_by("code")] == ["DIGITAL", "HERON", "POWER", "WATER"]
    assert Programme.objects.count() == 4
    assert len(set(Project.objects.values_list("theme", flat=True))) == 4
    amara = Person.objects.get(username="amara")
    assert Project.objects.visible_to(amara).count() == 82
    assert not Event.objects.visible_to(amara).filter(label__icontains="Eastvale").exists()


def test_the_story_runs_forward_and_ends_before_today(northmoor):
    moments = list(Event.objects.order_by("id").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert timezone.now() - moments[0] >= timedelta(days=1100)
    assert timezone.localdate(moments[-1]) < timezone.localdate()


def test_no_project_lives_against_its_milestones(northmoor):
    today = timezone.localdate()
    assert not Milestone.objects.filter(done_date__gt=today).exists()
    assert not Milestone.objects.filter(project__stage__key="closed", done_date=None).exists()
    late = Milestone.objects.filter(due_date__lt=today, done_date=None, project__stage__phase=Phase.COMMITTED)
    assert 1 <= late.count() <= 12
    assert Dependency.objects.count() == 8


def test_last_month_is_still_known(northmoor):
    helen = Person.objects.get(username="helen")
    now, then = facts_of(northmoor, helen, None), facts_of(northmoor, helen, timezone.now() - timedelta(days=400))
    active = Stage.objects.get(key="active").pk
    running = [sum(cell.count for cell in known.cells if cell.stage == active) for known in (then, now)]
    everything = [sum(cell.count for cell in known.cells) for known in (then, now)]
    assert (running, everything) == ([15, 19], [40, 84])


def test_two_cycles_are_decided_and_one_waits(northmoor):
    cycles = Selection.objects.filter(portfolio=northmoor).order_by("pk")
    assert [(one.name.split()[0], one.state) for one in cycles] == [
        ("Investment", "adopted"),
        ("Investment", "adopted"),
        ("Investment", "solved"),
    ]
    decided = DecisionLine.objects.exclude(decision__title__regex="^(Review of|Change) ")
    assert Counter(decided.values_list("outcome", flat=True)) == {"authorised": 34, "rejected": 3, "waiting": 1}
    plans = Decision.objects.filter(kind="plan", portfolio=northmoor).order_by("pk")
    assert [(plan.budget, plan.cost) for plan in plans] == [
        (Decimal(96_000_000), Decimal(95_300_000)),
        (Decimal(79_000_000), Decimal(78_920_000)),
    ]
    chosen = Selection.objects.get(state="solved").solution.answer["chosen"]
    assert "WAT-020" in {one["candidate"] for one in chosen}


def test_every_six_weeks_each_part_of_the_business_decides_what_goes_on(northmoor):
    reviews = Decision.objects.filter(title__startswith="Review of ")
    assert Counter(reviews.values_list("portfolio__code", flat=True)) == {"WATER": 16, "POWER": 16, "DIGITAL": 16}
    lines = DecisionLine.objects.filter(decision__in=reviews)
    assert set(lines.values_list("outcome", flat=True)) == {"kept", "waiting"}


def test_50_decisions_are_as_they_were_written_and_replay_without_a_difference(northmoor):
    assert verify() == []
    rows = Decision.objects.exclude(solution=None).select_related("solution").order_by("pk")
    replays = [replay(row) for row in rows]
    assert len(replays) == 50
    assert [(one.decision.title, one.differences) for one in replays if not one.matches] == []


def test_projects_are_scored_and_money_has_rates(northmoor):
    # Requests that came in lately say nothing yet that a model could judge by.
    judged = Score.objects.filter(
        model__name="Value to customers and rivers", project__code__in=[one.code for one in facts.projects()]
    )
    assert judged.filter(total__isnull=False).count() == judged.count()
    assert rates_on(timezone.localdate()).convert({"EUR": Decimal(13_000_000)}, "GBP").amount == Decimal(
        "11207300.00"
    )
    assert set(Project.objects.values_list("currency", flat=True)) == {"GBP", "EUR", "USD"}


def test_people_judged_blind_last_year_and_do_so_again(northmoor):
    rounds = dict(ScoringRound.objects.values_list("state", "turn"))
    assert rounds == {"finished": 2, "open": 1}
    assert Counter(PairwiseSession.objects.values_list("state", flat=True)) == {"published": 1, "open": 1}
    assert list(Cycle.objects.order_by("start_date").values_list("state", flat=True)) == [
        "closed",
        "closed",
        "scoring",
    ]


def test_no_text_is_filler(northmoor):
    descriptions = list(Project.objects.filter(request=None).values_list("description", flat=True))
    assert len(set(descriptions)) == 72
    assert min(map(len, descriptions)) > 100


def test_nobody_is_told_of_the_past_as_if_it_were_new(northmoor):
    assert not Pulse.objects.exists()
    unread = Notice.objects.unread().order_by("-at").values_list("person__username", flat=True)
    assert list(unread) == ["jonas", "helen", "rosa"]
    assert SavedView.objects.filter(is_shared=True).count() == 3


def test_the_sign_in_page_lists_the_logins_until_somebody_signs_in(rf, northmoor):
    request = rf.get("/")
    assert len(demo.demo_people(request)["demo_people"]) == 13
    request.user = Person.objects.get(username="amara")
    assert demo.demo_people(request) == {}


def test_requests_stand_in_every_state_and_each_submitted_one_is_in_the_register(northmoor):
    assert Counter(Request.objects.values_list("state", flat=True)) == {
        "accepted": 3,
        "submitted": 4,
        "questioned": 1,
        "returned": 1,
        "merged": 1,
        "rejected": 1,
        "withdrawn": 1,
        "draft": 1,
    }
    assert not Request.objects.exclude(state="draft").filter(project=None).exists()


def test_whoever_asks_for_a_portal_finds_the_one_that_failed(northmoor):
    found = similar_to("Customer self service on the web", "", Person.objects.get(username="rosa"))
    assert found[0].project.code == "DIG-PORTAL"
    assert found[0].outcome.reason.startswith("Stopped after eight months")
    assert not found[0].is_open


def test_the_check_finds_the_planted_faults_of_the_old_model_and_none_in_the_clean_one(northmoor):
    found = {
        name: {(one.kind, one.criteria) for one in Check(MAINSTAY, ScoreModel.objects.get(name=name)).findings}
        for name in ("Legacy value model", "Value alone")
    }
    assert found["Value alone"] == set()
    assert {
        ("double_counting", ("Benefit", "Return")),
        ("cost_in_value", ("Low cost", "Pays back at all")),
        ("clustered", ("Strategic fit",)),
        ("never_decides", ("Pays back at all",)),
    } <= found["Legacy value model"]


def test_three_projects_stand_where_people_put_them(northmoor):
    moves = RankOverride.objects.order_by("position").values_list("position", "computed", "moved_by__username")
    assert list(moves) == [(6, 14, "amara"), (9, 4, "priya"), (12, 22, "amara")]


def test_running_work_has_issues_actions_changes_and_one_promise_that_comes_too_late(northmoor):
    issues = Counter(Issue.objects.values_list("state", flat=True))
    done = Action.objects.exclude(done_date=None)
    assert (issues, Action.objects.count(), done.count()) == ({"open": 6, "resolved": 3}, 13, 5)
    assert Issue.objects.exclude(risk=None).count() == 2
    assert Risk.objects.filter(case__project__stage__phase=Phase.COMMITTED).count() == 8
    states = dict(ChangeRequest.objects.values_list("project__code", "state"))
    waiting = {"WAT-007": "submitted", "WAT-011": "submitted"}
    assert states == {"WAT-003": "approved", "POW-013": "rejected"} | waiting
    kept = Project.objects.get(code="WAT-003").baselines.order_by("-number")[:2]
    assert [row.figures["cost"] for row in kept] == ["4200000.00", "4020000.00"]
    links = Dependency.objects.filter(promised_date__gt=F("needed_date"))
    assert list(links.values_list("project__code", "needs__code")) == [("DIG-017", "WAT-007")]

"""What the sample could do next: three scenarios of the whole company, told after the people's time is known."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from mainstay.authorisation.models import Scenario
from mainstay.authorisation.scenarios.operations import copy_scenario, create_scenario, edit_scenario, share_scenario
from mainstay.authorisation.scenarios.solving import solve_scenario_now
from mainstay.authorisation.studies import studying
from mainstay.authorisation.studies.terms import RobustnessTerms, UncertaintyTerms
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.staff import Staff
from mainstay.core.models import Channel
from mainstay.core.surrounding import acting
from mainstay.engine.basics.periods import month_after
from mainstay.portfolio.models import Portfolio

SECONDS = 4.0
DRAWS, SAMPLES = 5000, 60
QUARTERS = 8
FIRST_MONTH = 4
MONEY, LESS_MONEY = "145000000", "125000000"
RULES: dict[str, Any] = {"window": 2, "delay": {"share": "5"}, "committed": "kept"}
TOLD = -1  # after everything the diary tells


def tell(staff: Staff, diary: Diary) -> None:
    """A plan with the money there is, the same under a hiring freeze, and one that is still being thought about."""
    with acting(Channel.PAGE, at=timezone.make_aware(datetime.combine(diary.day(TOLD), time(20)))):
        growth = _growth(staff, diary)
    with acting(Channel.PAGE, at=timezone.make_aware(datetime.combine(diary.day(TOLD), time(20, 30)))):
        _lean(growth, staff)


def _growth(staff: Staff, diary: Diary) -> Scenario:
    today = diary.today
    first = date(today.year + (today.month >= FIRST_MONTH), FIRST_MONTH, 1)
    made = create_scenario(
        Portfolio.objects.get(code="NORTHMOOR"),
        actor=staff["priya"],
        name=f"Growth {first.year}",
        description="Everything worth doing that people can carry, over two years.",
        starts_on=first,
        period="quarter",
        periods=QUARTERS,
        maximise="net_benefit",
        limits=[{"source": "cost", "max": MONEY}, {"source": "roles"}],
        changes=[
            {"kind": "hire", "role": role, "amount": "2", "from": month_after(first, 6).isoformat()}
            for role in _engineers()
        ],
        rules=RULES,
    )
    solved = solve_scenario_now(made, actor=staff["priya"], seconds=SECONDS) or made
    _study(solved, staff)
    return share_scenario(solved, actor=staff["priya"], is_open=True)


def _study(scenario: Scenario, staff: Staff) -> None:
    """How sure the plan is, and whether the choice holds; nothing where the solver found none."""
    if scenario.solution is not None and scenario.solution.has_plan:
        studying.simulate(scenario, UncertaintyTerms(draws=DRAWS), staff["priya"])
        studying.check(scenario, RobustnessTerms(samples=SAMPLES), staff["priya"], studying.done_here)


def _engineers() -> list[str]:
    from mainstay.resources.models import Role

    return list(Role.objects.order_by("key").values_list("key", flat=True)[:1])


def _lean(growth: Scenario, staff: Staff) -> None:
    made = copy_scenario(growth, actor=staff["priya"], name="Hiring freeze")
    made = edit_scenario(
        made, actor=staff["priya"], changes=[], description="The same with the people there are, and less money.",
        limits=[{"source": "cost", "max": LESS_MONEY}, {"source": "roles"}],
    )  # fmt: skip
    solved = solve_scenario_now(made, actor=staff["priya"], seconds=SECONDS)
    share_scenario(solved or made, actor=staff["priya"], is_open=True)

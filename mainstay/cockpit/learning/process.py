"""How the process runs: how long decisions take, how often they hold, and whether promises of cost and time do."""

import statistics
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from mainstay.authorisation.models import GateReview
from mainstay.charts import words
from mainstay.core.roles import Role
from mainstay.identification.models import Request, State
from mainstay.monitoring.models import ChangeRequest, ChangeState
from mainstay.portfolio.dashboard import PLACES, Content, Empty, Indicator, Part, Question, Sight
from mainstay.portfolio.models import Phase
from mainstay.review.calibration.finished import promises
from mainstay.review.models import Closure

DAY, YEAR = timedelta(days=1), timedelta(days=365)
MONTHS = 12
INTAKE_DAYS, GATE_DAYS = 28, 14
FIRST_TIME, CHURN, ON_TIME, ON_BUDGET = 0.70, 0.15, 0.85, 0.90
DEFINITIONS = {
    "intake": "Days from submitting a request to the decision on it, the middle value over requests decided within a "
    "year. Aim: four weeks.",
    "gate": "Days from opening a gate to its verdict, the middle value over verdicts of a year. Aim: two weeks.",
    "first": "Of the requests accepted within a year, those that were never sent back or questioned. Aim: 70 %.",
    "churn": "Changes that were approved within a year, divided by the projects that are committed or were finished "
    "in it. Aim: 15 % at most.",
    "time": "Of the closures that give an end, those not after the end that was authorised. Aim: 85 %.",
    "budget": "Of the closures that give a cost, those not above the cost that was authorised. Aim: 90 %.",
    "throughput": "Projects that were finished within a year, for each month.",
    "cycle": "Projects that run now divided by those finished in a month (Little's law): how long one takes at the "
    "pace of now.",
}


def _process(sight: Sight) -> Content:
    projects = sight.projects().order_by().values(sight.reading.key)
    if not projects.exists():
        return Content(empty=Empty("No project here yet."))
    since = sight.moment - YEAR
    figures = [*_requests(sight, projects, since), _gates(sight, projects, since), _churn(sight, projects, since)]
    figures += [*_promises(sight), *_flow(sight, since)]
    good = sum(1 for one in figures if one.status and one.status[0] == "good")
    known = sum(1 for one in figures if one.status)
    headline = f"{words.number(good)} of {words.counted(known, 'aim')} of the process are met" if known else ""
    return Content("", headline, tuple(figures))


def _requests(sight: Sight, projects: Any, since: Any) -> list[Indicator]:
    rows = (
        Request.objects.as_of(sight.as_of).visible_to(sight.user).filter(project__in=projects, decided_at__gte=since)
    )
    found = list(rows.exclude(submitted_at=None).values_list("submitted_at", "decided_at", "state", "returns"))
    days = [(decided - sent) / DAY for sent, decided, _, _ in found]
    accepted = [returns for _, _, state, returns in found if state == State.ACCEPTED]
    at_once = sum(1 for returns in accepted if not returns)
    return [
        _days("Intake", "intake", days, INTAKE_DAYS, "/identify/", "request"),
        _share("Accepted at once", "first", at_once, len(accepted), FIRST_TIME, "/identify/", "accepted requests"),
    ]


def _gates(sight: Sight, projects: Any, since: Any) -> Indicator:
    rows = GateReview.objects.as_of(sight.as_of).visible_to(sight.user).filter(project__in=projects)
    found = rows.filter(decided_at__gte=since).values_list("opened_at", "decided_at")
    days = [(decided - opened) / DAY for opened, decided in found]
    return _days("Gates", "gate", days, GATE_DAYS, "/authorise/gates/", "verdict")


def _churn(sight: Sight, projects: Any, since: Any) -> Indicator:
    rows = ChangeRequest.objects.as_of(sight.as_of).visible_to(sight.user).filter(project__in=projects)
    approved = rows.filter(state=ChangeState.APPROVED, decided_at__gte=since).count()
    work = sight.projects().in_phase(Phase.COMMITTED).count() + _over(sight, since)
    return _share("Churn", "churn", approved, work, CHURN, "/monitor/changes/", "projects", at_most=True)


def _over(sight: Sight, since: Any) -> int:
    return int(sight.projects().in_phase(Phase.FINISHED).filter(stage_since__gte=since.date()).count())


def _promises(sight: Sight) -> list[Indicator]:
    """Whether closures kept to what was authorised, where the figures are open to the person."""
    projects = list(sight.with_figures().in_phase(Phase.FINISHED).order_by("code"))
    first = promises(projects, sight.reading)
    rows = Closure.objects.as_of(sight.as_of).visible_to(sight.user).filter(project__in=first).exclude(closed_on=None)
    found = list(rows.values_list("project_id", "final_end", "final_cost"))
    ends = [(end, first[pk].end) for pk, end, _ in found if end and first[pk].end]
    costs = [(cost, first[pk].cost) for pk, _, cost in found if cost is not None and first[pk].cost]
    in_time, in_budget = (sum(1 for actual, promised in pairs if actual <= promised) for pairs in (ends, costs))
    return [
        _share("On time", "time", in_time, len(ends), ON_TIME, "/reviews/", "closures"),
        _share("On budget", "budget", in_budget, len(costs), ON_BUDGET, "/reviews/", "closures"),
    ]


def _flow(sight: Sight, since: Any) -> list[Indicator]:
    finished = _over(sight, since) / MONTHS
    running = sight.projects().in_phase(Phase.COMMITTED).count()
    records = sight.links.records
    flow = Indicator(
        "Throughput", words.number(finished, 1), DEFINITIONS["throughput"], records(Phase.FINISHED),
        unit="a month", amount=finished,
    )  # fmt: skip
    months = running / finished if finished else None
    text = words.MISSING if months is None else words.number(months, 1)
    cycle = Indicator(
        "Time in the pipe", text, DEFINITIONS["cycle"], records(Phase.COMMITTED),
        unit="months" if months is not None else "", amount=months,
    )  # fmt: skip
    return [flow, cycle]


def _days(label: str, key: str, days: Sequence[float], aim: int, url: str, noun: str) -> Indicator:
    middle = statistics.median(days) if days else None
    status = None
    if middle is not None:
        status = ("good", f"{aim} or less") if middle <= aim else ("warn", f"More than {aim}")
    return Indicator(
        label, words.MISSING if middle is None else words.number(middle), DEFINITIONS[key], url,
        words.counted(len(days), noun) if days else "", unit="days" if days else "", amount=middle, status=status,
    )  # fmt: skip


def _share(
    label: str, key: str, part: int, whole: int, aim: float, url: str, noun: str, *, at_most: bool = False
) -> Indicator:
    share = part / whole if whole else None
    status = None
    if share is not None:
        good = share <= aim if at_most else share >= aim
        way = "at most" if at_most else "at least"
        status = ("good" if good else "warn", f"Aim: {way} {words.percent(aim)}")
    return Indicator(
        label, words.MISSING if share is None else words.percent(share), DEFINITIONS[key], url, amount=share,
        have=part, of=whole, noun=noun, status=status,
    )  # fmt: skip


PARTS = (
    Part(
        "process_health",
        "How our process runs",
        Question.COURSE,
        _process,
        PLACES | {"request", "gatereview", "changerequest", "closure", "baseline"},
        "How long decisions take, how often they hold, and how often cost and time were kept, each against its aim.",
        (Role.PMO_DIRECTOR,),
        is_personal=True,
        is_wide=True,
        position=71,
    ),
)

"""Studies of an answer: how sure it is, value against a limit, whether the choice holds."""

from typing import Annotated, Any

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.authorisation import queries
from mainstay.authorisation.api.effort import one_of_few
from mainstay.authorisation.models import Study, StudyKind
from mainstay.authorisation.scenarios.queries import scenario_for
from mainstay.authorisation.studies import jobs, studying
from mainstay.authorisation.studies.terms import LIMITS, FrontierTerms, RobustnessTerms, UncertaintyTerms
from mainstay.core import access
from mainstay.core.api.routes import Routes
from mainstay.core.api.runs import offer_job
from mainstay.core.api.types import Id, Sent, Told, text
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb

routes = Routes("Selections")
MOST_POINTS, MOST_SAMPLES, MOST_DRAWS = 10, 50, 20_000


def _share(name: str) -> Any:
    """A percentage within its bounds."""
    known = LIMITS[name]
    return Annotated[float, Rule(ge=known.least, le=known.most, allow_inf_nan=False, description=known.label)]


Seed = Annotated[int, Rule(ge=0, le=LIMITS["seed"].most)]


class RangesSent(Sent):
    """How uncertain costs and values are where no business case says it, in per cent of the plan."""

    cost_low: _share("cost_low") = 10
    cost_high: _share("cost_high") = 30
    value_low: _share("value_low") = 30
    value_high: _share("value_high") = 10
    common: _share("common") = 20
    seed: Seed = 0


class Simulate(RangesSent):
    """What a simulation is made with."""

    late: _share("late") = 20
    draws: Annotated[int, Rule(ge=1000, le=MOST_DRAWS)] = 10_000


class Test(RangesSent):
    """What a test of the choice is made with."""

    samples: Annotated[int, Rule(ge=20, le=MOST_SAMPLES)] = 50


class Vary(Sent):
    """Which limit is varied, between which shares of its present amount, at how many points."""

    limit: text(60, least=1) = "budget"
    points: Annotated[int, Rule(ge=2, le=MOST_POINTS)] = 9
    lowest: _share("lowest") = 50
    highest: _share("highest") = 150


class StudyTold(Told):
    """A study of an answer as it was kept."""

    finding: str
    terms: dict[str, Any]
    inputs: dict[str, Any]
    result: dict[str, Any]
    problem_sha256: str


class Background(Sent):
    """What a run that makes a study is told: of a selection, or of a scenario."""

    selection: Id = 0
    scenario: Id = 0
    terms: dict[text(60, least=1), Any] = Rule(default_factory=dict, max_length=20)


def _study(request: HttpRequest, selection_id: int, kind: StudyKind) -> dict[str, Any]:
    return _study_of(request, queries.selection_for(request.user, selection_id, request.as_of), kind)


def _study_of(request: HttpRequest, row: Any, kind: StudyKind) -> dict[str, Any]:
    study = queries.study_of(row, kind, request.as_of)
    if study is None:
        raise Missing("This was not asked about the answer yet.")
    return _told(study)


def _told(study: Study) -> dict[str, Any]:
    return {name: getattr(study, name) for name in ("finding", "terms", "inputs", "result", "problem_sha256")}


@routes.reads("/selections/{selection_id}/uncertainty", "selection.uncertainty", StudyTold)
def uncertainty(request: HttpRequest, selection_id: Id) -> Any:
    """Read how sure the plan is: P10, P50 and P90 by year and in total, and how likely each limit is passed."""
    return _study(request, selection_id, StudyKind.UNCERTAINTY)


@routes.reads("/selections/{selection_id}/frontier", "selection.frontier", StudyTold)
def frontier(request: HttpRequest, selection_id: Id) -> Any:
    """Read the best plan for many amounts of a limit."""
    return _study(request, selection_id, StudyKind.FRONTIER)


@routes.reads("/scenarios/{scenario_id}/frontier", "scenario.frontier", StudyTold)
def scenario_frontier(request: HttpRequest, scenario_id: Id) -> Any:
    """Read the best plan of a scenario for many amounts of a limit; the run `vary_selection` makes it."""
    return _study_of(request, scenario_for(request.user, scenario_id, request.as_of), StudyKind.FRONTIER)


@routes.reads("/scenarios/{scenario_id}/uncertainty", "scenario.uncertainty", StudyTold)
def scenario_uncertainty(request: HttpRequest, scenario_id: Id) -> Any:
    """Read how sure the plan of a scenario is, and how likely each limit is passed; made by `simulate_selection`."""
    return _study_of(request, scenario_for(request.user, scenario_id, request.as_of), StudyKind.UNCERTAINTY)


@routes.reads("/scenarios/{scenario_id}/robustness", "scenario.robustness", StudyTold)
def scenario_robustness(request: HttpRequest, scenario_id: Id) -> Any:
    """Read which projects are in the best plan of a scenario however things come out; made by `test_selection`."""
    return _study_of(request, scenario_for(request.user, scenario_id, request.as_of), StudyKind.ROBUSTNESS)


@routes.reads("/selections/{selection_id}/robustness", "selection.robustness", StudyTold)
def robustness(request: HttpRequest, selection_id: Id) -> Any:
    """Read which candidates are in the best plan however things come out, and what is worth knowing."""
    return _study(request, selection_id, StudyKind.ROBUSTNESS)


@routes.does(
    "POST",
    "/selections/{selection_id}/simulate",
    Verb.SELECTION_SIMULATE,
    StudyTold,
    example={"draws": 1000},
    takes_long=True,
)
def simulate(request: HttpRequest, selection_id: Id, body: Simulate) -> Any:
    """Simulate the plan of a selection, and keep what came out."""
    selection = queries.selection_for(request.user, selection_id)
    with one_of_few():
        return _told(studying.simulate(selection, UncertaintyTerms.read(body.model_dump()), request.user))


@routes.does(
    "POST",
    "/selections/{selection_id}/vary",
    Verb.SELECTION_VARY,
    StudyTold,
    example={"points": 3},
    takes_long=True,
)
def vary(request: HttpRequest, selection_id: Id, body: Vary) -> Any:
    """Find the best plan for a few amounts of a limit; for many, start the run `vary_selection`."""
    selection = queries.selection_for(request.user, selection_id)
    with one_of_few():
        terms = FrontierTerms.read(body.model_dump())
        return _told(studying.vary(selection, terms, request.user, studying.done_here))


@routes.does(
    "POST",
    "/selections/{selection_id}/test",
    Verb.SELECTION_TEST,
    StudyTold,
    example={"samples": 20},
    takes_long=True,
)
def test(request: HttpRequest, selection_id: Id, body: Test) -> Any:
    """Seek the plan anew in a few samples; for many, start the run `test_selection`."""
    selection = queries.selection_for(request.user, selection_id)
    with one_of_few():
        terms = RobustnessTerms.read(body.model_dump())
        return _told(studying.check(selection, terms, request.user, studying.done_here))


def _prepared(request: HttpRequest, sent: dict[str, Any], verb: Verb, terms: Any) -> tuple[str, dict[str, Any]]:
    """A run that makes a study, once what was sent makes sense and the person may."""
    wanted = Background.model_validate(sent)
    if wanted.scenario:
        kind, row = "scenario", scenario_for(request.user, wanted.scenario)
    else:
        kind, row = "selection", queries.selection_for(request.user, wanted.selection)
    access.require(request.user, verb, row.portfolio)
    return row.name, {kind: row.pk, "terms": terms.read(wanted.terms).kept()}


@offer_job(jobs.SIMULATE)
def simulate_in_background(request: HttpRequest, sent: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Simulating as a run."""
    name, parameters = _prepared(request, sent, Verb.SELECTION_SIMULATE, UncertaintyTerms)
    return f"How sure is {name}?", parameters


@offer_job(jobs.VARY)
def vary_in_background(request: HttpRequest, sent: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A whole curve as a run."""
    name, parameters = _prepared(request, sent, Verb.SELECTION_VARY, FrontierTerms)
    return f"Value against budget: {name}", parameters


@offer_job(jobs.TEST)
def test_in_background(request: HttpRequest, sent: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Many samples as a run."""
    name, parameters = _prepared(request, sent, Verb.SELECTION_TEST, RobustnessTerms)
    return f"Does {name} hold?", parameters

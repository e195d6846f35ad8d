"""Studies as long work: one run each, frontier and samples shared out among all workers."""

from collections.abc import Sequence
from typing import Any, cast

from mainstay.authorisation.models import Scenario, Selection, Study
from mainstay.authorisation.scenarios.queries import scenario_for
from mainstay.authorisation.studies import studying
from mainstay.authorisation.studies.address import address_of
from mainstay.authorisation.studies.terms import FrontierTerms, RobustnessTerms, UncertaintyTerms
from mainstay.core.errors import Missing
from mainstay.core.pieces import share_out
from mainstay.core.runs import Reporter, job

SIMULATE, VARY, TEST = "simulate_selection", "vary_selection", "test_selection"


@job(SIMULATE)
def simulate(reporter: Reporter, terms: dict[str, Any], selection: int = 0, scenario: int = 0) -> dict[str, Any]:
    """Simulate the plan of a selection or a scenario."""
    row = _subject(reporter, selection, scenario)

    def told(share: float) -> None:
        reporter.progress(share, "Drawing how everything may come out.")

    return _done(studying.simulate(row, UncertaintyTerms.read(terms), reporter.actor, told), "uncertainty")


@job(VARY)
def vary(reporter: Reporter, terms: dict[str, Any], selection: int = 0, scenario: int = 0) -> dict[str, Any]:
    """Find the best plan for many amounts of a limit of a selection or a scenario."""
    row = _subject(reporter, selection, scenario)
    study = studying.vary(row, FrontierTerms.read(terms), reporter.actor, _shared(reporter, "groups of points"))
    return _done(study, "frontier")


@job(TEST)
def check(reporter: Reporter, terms: dict[str, Any], selection: int = 0, scenario: int = 0) -> dict[str, Any]:
    """Seek the plan of a selection or a scenario anew in many samples."""
    row = _subject(reporter, selection, scenario)
    study = studying.check(row, RobustnessTerms.read(terms), reporter.actor, _shared(reporter, "groups of samples"))
    return _done(study, "robustness")


def _subject(reporter: Reporter, selection: int, scenario: int) -> Selection | Scenario:
    """What is studied, as far as the person may see it."""
    if scenario:
        return cast("Scenario", scenario_for(reporter.actor, scenario))
    row = Selection.objects.visible_to(reporter.actor).filter(pk=selection).first()
    if row is None:
        raise Missing("There is no such selection.")
    return row


def _shared(reporter: Reporter, noun: str) -> studying.Doing:
    def do(kind: str, tasks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        return share_out(reporter, kind, tasks, lambda done: f"{done} of {len(tasks)} {noun} are done.")

    return do


def _done(study: Study, page: str) -> dict[str, Any]:
    return {"url": address_of(study.solution, page), "study": study.pk}

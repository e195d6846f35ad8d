"""Long work of the room: solving a large selection, and explaining every candidate."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from django.urls import reverse

from mainstay.authorisation.models import Selection
from mainstay.authorisation.solving import LONGEST_SECONDS, solve_now
from mainstay.charts import words
from mainstay.core.errors import Missing
from mainstay.core.runs import Cancelled, Reporter, job

SOLVE = "solve_selection"
KEPT, NOT_KEPT = "the best plan found by then is kept", "nothing better was found by then"
MOST_STANDS = 200
"""More of them are thinned out: the course of a long search is told as well by every other one."""


@job(SOLVE)
def solve_in_background(
    reporter: Reporter, selection: int, seconds: float = LONGEST_SECONDS, explain: str = ""
) -> dict[str, Any]:
    """Solve a selection the person may see, and tell how near the best plan is."""
    row = Selection.objects.visible_to(reporter.actor).filter(pk=selection).first()
    if row is None:
        raise Missing("There is no such selection.")
    return solved(reporter, row, solve_now, url=reverse("selection", args=[row.pk]), seconds=seconds, explain=explain)


def solved(
    reporter: Reporter, row: Any, solve: Callable[..., Any], *, url: str, seconds: float, explain: str
) -> dict[str, Any]:
    """Solve what a run is about, telling how near the best plan is; who cancels keeps what was found by then."""
    told = Told(reporter, min(max(float(seconds), 1.0), LONGEST_SECONDS))
    kept = solve(
        row,
        actor=reporter.actor,
        seconds=told.seconds,
        explain="all" if explain == "all" else (),
        progress=told.plan,
        cancelled=told.is_stopped,
    )
    result = {"url": url}
    if told.was_stopped:
        raise Cancelled(f"Cancelled; {KEPT if kept else NOT_KEPT}.", result)
    reporter.say(f"Solved {row.name}.")
    return result


class Told:
    """What the solver reports, passed on to the run; it learns from there that somebody asked to stop."""

    def __init__(self, reporter: Reporter, seconds: float) -> None:
        self.reporter = reporter
        self.seconds = seconds
        self.step = "Looking for a first plan."
        self.course: list[list[float | None]] = []
        self.was_stopped = False
        self._began = monotonic()

    def plan(self, incumbent: float | None, bound: float | None, gap: float | None, elapsed: float) -> None:
        """The best plan so far, and how near the best possible it is."""
        if incumbent is not None:
            near = "" if gap is None else f", at most {words.percent(gap, 2)} from the best"
            self.step = f"Best plan so far {words.number(incumbent)}{near}."
        self.course = [*self.course, [round(elapsed, 2), incumbent, bound]]
        if len(self.course) > MOST_STANDS:
            self.course = [self.course[0], *self.course[2::2]]
        self._report(elapsed, course=self.course)

    def is_stopped(self) -> bool:
        """Asked again and again while the solver works: it stops and hands over the best plan so far."""
        if not self.was_stopped:
            self._report(monotonic() - self._began)
        return self.was_stopped

    def _report(self, elapsed: float, **figures: Any) -> None:
        try:
            self.reporter.progress(elapsed / self.seconds, self.step, **figures)
        except Cancelled:
            self.was_stopped = True

"""A long search in the browser: best plan and bound come live, and who cancels keeps the best plan found by then."""

from dataclasses import replace

import pytest

from mainstay.authorisation import solving
from mainstay.authorisation.jobs import SOLVE
from mainstay.authorisation.models import Selection
from mainstay.core.models import Run, RunState
from mainstay.core.operations.runs import start_run
from mainstay.core.runs import work_off
from mainstay.engine import selection as engine
from tests.authorisation.conftest import build_golden
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(page, live_server, world, monkeypatch):
    """A page at the run of a selection that was never solved, and what to do while the solver works."""
    golden = build_golden(world)
    selection = golden.prepare()
    manager = golden.manager
    run = start_run(None, actor=manager, kind=SOLVE, title="Solve Budget", parameters={"selection": selection.pk})
    sign_in(page.context, live_server, manager)
    page.goto(f"{live_server.url}/runs/{run.pk}/")
    return page, lambda watch: monkeypatch.setattr(solving.engine, "solve", _slow(watch))


def _slow(watch):
    """The solver as it is with a hard question: it finds the plan early and proves nothing until it is stopped."""
    real = engine.solve

    def solve(problem, *, progress, cancelled, **terms):
        answer = real(problem, **terms)
        progress(answer.objective, 110.0, 110.0 / answer.objective - 1, 0.5)
        watch()
        assert cancelled()
        return replace(answer, status="feasible", bound=110.0, gap=110.0 / answer.objective - 1)

    return solve


def test_best_plan_and_bound_are_drawn_and_who_cancels_keeps_the_plan(asked):
    page, while_solving = asked
    seen = []

    def watch():
        page.reload()
        page.wait_for_selector("m-chart[drawn] svg")
        seen.append(page.inner_text("m-chart .chart-head :is(h2, h3)"))
        page.get_by_role("button", name="Cancel").click()
        page.get_by_role("button", name="Stopping…").wait_for()

    while_solving(watch)
    assert work_off() == 1
    assert seen == ["The best plan so far brings 92; no plan can bring more than 110, 19.6% above it"]
    run = Run.objects.get()
    assert (run.state, run.step) == (RunState.CANCELLED, "Cancelled; the best plan found by then is kept.")
    page.wait_for_url("**/authorise/selections/**", timeout=20_000)
    assert page.inner_text(".finding") == "4 of 5 candidates fit into GBP 320; they bring GBP 92 of benefit."
    assert (
        page.get_by_text("Not proven: another choice might bring up to GBP 110 of benefit, 19.6% more").count() == 1
    )


def test_who_cancels_before_a_plan_is_found_keeps_the_earlier_answer(asked, monkeypatch):
    page, _ = asked
    selection = solving.solve_now(Selection.objects.get(), actor=Run.objects.get().person, seconds=10)
    nothing = replace(
        engine.solve(engine.read_problem(selection.solution.problem), seconds=10),
        status="unknown", chosen=(), objective=None, bound=None, gap=None,
    )  # fmt: skip

    def solve(problem, *, cancelled, **terms):
        page.get_by_role("button", name="Cancel").click()
        page.get_by_role("button", name="Stopping…").wait_for()
        assert cancelled()
        return nothing

    page.reload()
    monkeypatch.setattr(solving.engine, "solve", solve)
    assert work_off() == 1
    run = Run.objects.get()
    assert (run.state, run.step) == (RunState.CANCELLED, "Cancelled; nothing better was found by then.")
    page.wait_for_url("**/authorise/selections/**", timeout=20_000)
    assert Selection.objects.get().solution == selection.solution

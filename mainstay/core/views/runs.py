"""Watching, cancelling and retrying long work."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from mainstay.charts import Figure
from mainstay.charts.solver_course import Stand, solver_course
from mainstay.core.errors import Missing
from mainstay.core.models import Run
from mainstay.core.operations.runs import cancel_run, retry_run


def _run(request: HttpRequest, run_id: int) -> Run:
    found = Run.objects.visible_to(request.user).filter(pk=run_id).first()
    if found is None:
        raise Missing("There is no such run among yours.")
    return found


@login_required
@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    """My long work, newest first."""
    page = Paginator(Run.objects.visible_to(request.user), 50).get_page(request.GET.get("page"))
    return render(request, "core/runs.html", {"page": page})


@login_required
@require_GET
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """One run: how far it is, what it says, what came out."""
    found = _run(request, run_id)
    if request.htmx and found.is_over and found.result.get("url"):
        return HttpResponse(headers={"HX-Redirect": found.result["url"]})
    template = "core/run.html#progress" if request.htmx else "core/run.html"
    return render(request, template, {"run": found, "course": _course(found)})


def _course(run: Run) -> Figure | None:
    """How a solver gets on, where the run tells it."""
    stands = run.figures.get("course")
    return solver_course([Stand(*stand) for stand in stands]) if stands else None


@login_required
@require_POST
def run_cancellation(request: HttpRequest, run_id: int) -> HttpResponse:
    """Ask a run to stop."""
    cancel_run(_run(request, run_id), actor=request.user)
    return redirect("run", run_id)


@login_required
@require_POST
def run_repetition(request: HttpRequest, run_id: int) -> HttpResponse:
    """Do a failed run again."""
    retry_run(_run(request, run_id), actor=request.user)
    return redirect("run", run_id)

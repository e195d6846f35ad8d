"""Long work: start it, watch it, cancel it, do it again."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from pydantic import Field as Rule
from pydantic import ValidationError

from mainstay.core.api.fields import Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Id, Sent, text
from mainstay.core.models import Run, RunState
from mainstay.core.operations.runs import cancel_run, retry_run, start_run
from mainstay.core.verbs import Verb

routes = Routes("Runs")
Prepare = Callable[[HttpRequest, dict[str, Any]], tuple[str, dict[str, Any]]]
_offered: dict[str, Prepare] = {}


def offer_job(kind: str) -> Callable[[Prepare], Prepare]:
    """Let programs start a kind of long work; the function checks what was sent and gives title and parameters."""

    def register(prepare: Prepare) -> Prepare:
        _offered[kind] = prepare
        return prepare

    return register


RUNS = Resource(
    "Run",
    (
        number("id", "The run's number.", lookup="pk", example=1),
        Field("kind", Kind.TEXT, "What kind of work it is.", example="import"),
        Field("title", Kind.TEXT, "What it does."),
        Field("state", Kind.CHOICE, "Where it stands.", choices=tuple(RunState.values), example="running"),
        Field("share_done", Kind.FLOAT, "How far it is, from 0 to 1.", filters=False),
        Field("step", Kind.TEXT, "What it is doing.", filters=False, sorts=False),
        Field("log", Kind.TEXT, "What it said.", filters=False, sorts=False),
        Field("result", Kind.DATA, "What came out."),
        Field("figures", Kind.DATA, "Figures while it works."),
        Field("attempts", Kind.WHOLE, "How often it was taken up again."),
        Field("created_at", Kind.MOMENT, "When it was asked for."),
        Field("started_at", Kind.MOMENT, "When it began.", may_be_missing=True),
        Field("finished_at", Kind.MOMENT, "When it ended.", may_be_missing=True),
    ),
    key="id",
    order=("-id",),
)


class RunStart(Sent):
    """Which long work to start."""

    kind: text(60, least=1)
    parameters: dict[text(60, least=1), Any] = Rule(default_factory=dict, max_length=50)


def _runs(request: HttpRequest) -> Any:
    return Run.objects.visible_to(request.user)


@routes.reads("/runs", "runs", RUNS.Page, is_list=True)
def runs(request: HttpRequest, query: RUNS.Asked) -> Any:
    """List my long work, newest first."""
    return RUNS.page(request, _runs(request), query)


@routes.reads("/runs/{run_id}", "run", RUNS.One)
def run(request: HttpRequest, run_id: Id) -> Any:
    """Watch a run; how far it is, what it says, what came out."""
    return RUNS.one(request, _runs(request).filter(pk=run_id))


@routes.does(
    "POST",
    "/runs",
    Verb.RUN_START,
    RUNS.One,
    status=201,
    example={"kind": "solve_selection", "parameters": {"selection": 1}},
)
def start(request: HttpRequest, body: RunStart) -> Any:
    """Start long work of a kind that is offered to programs."""
    if body.kind not in _offered:
        kinds = ", ".join(sorted(_offered)) or "none"
        raise Invalid(f"This work is not started here; offered are: {kinds}.", kind="Not offered here.")
    try:
        title, parameters = _offered[body.kind](request, body.parameters)
    except ValidationError as error:
        first = error.errors()[0]
        raise Invalid(first["msg"], **{f"parameters.{first['loc'][0]}": first["msg"]}) from error
    made = start_run(None, actor=request.user, kind=body.kind, title=title, parameters=parameters)
    row = RUNS.one(request, _runs(request).filter(pk=made.pk)).body
    return Answer(row, location=f"/api/v1/runs/{made.pk}")


@routes.does("POST", "/runs/{run_id}/cancel", Verb.RUN_CANCEL, RUNS.One)
def cancel(request: HttpRequest, run_id: Id) -> Any:
    """Ask a run to stop."""
    cancel_run(found(_runs(request).filter(pk=run_id)), actor=request.user)
    return RUNS.one(request, _runs(request).filter(pk=run_id))


@routes.does("POST", "/runs/{run_id}/retry", Verb.RUN_RETRY, RUNS.One)
def retry(request: HttpRequest, run_id: Id) -> Any:
    """Do failed or cancelled work again with the same parameters."""
    retry_run(found(_runs(request).filter(pk=run_id)), actor=request.user)
    return RUNS.one(request, _runs(request).filter(pk=run_id))

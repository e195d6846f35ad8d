"""What an administrator sets up: custom fields, stages, transitions and fiscal years."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core import access
from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Day, Key, Reason, Sent, StageKey, YesNo, text, whole
from mainstay.core.verbs import Verb
from mainstay.portfolio.api import finding
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.portfolio.models import CustomField, FieldKind, FiscalYear, Phase, Stage, Transition
from mainstay.portfolio.operations.setup import create_field, edit_field, open_year, set_stage, set_transition

routes = Routes("Setup")
KINDS, PHASES = tuple(FieldKind.values), tuple(Phase.values)
Position = whole(0, 30_000)
Options = Annotated[list[text(120, least=1)], Rule(max_length=500, examples=[["North", "South"]])]

FIELDS = Resource(
    "CustomField",
    (
        Field("key", Kind.TEXT, "The name in the API and in files.", example="region"),
        Field("label", Kind.TEXT, "The name as pages show it.", example="Region"),
        Field("kind", Kind.CHOICE, "What it holds.", choices=KINDS),
        Field("options", Kind.DATA, "What a choice offers.", schema=list[str]),
        Field("unit", Kind.TEXT, "The unit of its numbers."),
        Field("help_text", Kind.TEXT, "What to enter."),
        Field("is_confidential", Kind.YES_NO, "Whether it is a business-case figure."),
        Field("position", Kind.WHOLE, "Its place among the fields."),
        Field("is_active", Kind.YES_NO, "Whether it is in use."),
        VERSION,
    ),
    key="key",
    order=("position", "label"),
)
STAGES = Resource(
    "Stage",
    (
        Field("key", Kind.TEXT, "The name in the API and in files.", example="candidate"),
        Field("name", Kind.TEXT, "The name as pages show it.", example="Candidate"),
        Field("position", Kind.WHOLE, "Its place in the life cycle."),
        Field("phase", Kind.CHOICE, "What it means to sums and charts.", choices=PHASES),
        Field("probability", Kind.WHOLE, "How likely a proposal in it is done in the end, in per cent."),
        Field("description", Kind.TEXT, "What it means to people."),
        VERSION,
    ),
    key="key",
    order=("position",),
)
TRANSITIONS = Resource(
    "Transition",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("origin", Kind.TEXT, "The key of the stage it leads from.", "origin__key"),
        Field("target", Kind.TEXT, "The key of the stage it leads to.", "target__key"),
        Field("action", Kind.TEXT, "What it is called.", example="Admit as candidate"),
        Field("guards", Kind.DATA, "What must be true before.", schema=list[str]),
        Field("needs_reason", Kind.YES_NO, "Whether a reason is asked for."),
        Field("is_authorising", Kind.YES_NO, "Whether it needs the right to authorise."),
        VERSION,
    ),
    key="id",
    order=("id",),
)
YEARS = Resource(
    "FiscalYear",
    (
        Field("name", Kind.TEXT, "The name.", example="2026/27"),
        Field("start_date", Kind.DAY, "The first day."),
        Field("end_date", Kind.DAY, "The last day."),
        Field("is_closed", Kind.YES_NO, "Whether nothing changes in it any more."),
        VERSION,
    ),
    key="name",
    order=("start_date",),
)


class FieldCreate(Sent):
    """A new field of projects."""

    key: Key
    label: text(80, least=1)
    kind: Literal[KINDS]
    options: Options = Rule(default_factory=list)
    unit: text(20) = ""
    help_text: text(300) = ""
    is_confidential: YesNo = False
    position: Position = 100


class FieldEdit(Changes):
    """Changes to a field; what is left away stays."""

    label: text(80, least=1) = ""
    options: Options = Rule(default_factory=list)
    unit: text(20) = ""
    help_text: text(300) = ""
    is_confidential: YesNo = False
    position: Position = 100
    is_active: YesNo = True
    reason: Reason = ""


class StageSet(Changes):
    """A stage; of one that exists, only what is sent changes."""

    name: text(60, least=1) = ""
    position: Position = 0
    phase: Literal[PHASES] = "pipeline"
    probability: whole(0, 100) = 50
    description: text(300) = ""


class TransitionSet(Sent):
    """A way between two stages; `remove` closes it."""

    action: text(60) = ""
    guards: list[text(60, least=1)] = Rule(default_factory=list, max_length=30)
    needs_reason: YesNo = False
    is_authorising: YesNo = False
    remove: YesNo = False


class YearOpen(Sent):
    """A fiscal year."""

    name: text(20, least=1)
    start_date: Day
    end_date: Day


def _open(request: HttpRequest, model: Any) -> Any:
    """What is set up is open to everybody who sees or proposes projects anywhere."""
    verbs = (Verb.SEE_REGISTER, Verb.PROJECT_PROPOSE)
    rows = model.objects.as_of(request.as_of)
    return rows if any(access.may_somewhere(request.user, verb) for verb in verbs) else rows.none()


@routes.reads("/fields", "fields", FIELDS.Page, is_list=True)
def fields(request: HttpRequest, query: FIELDS.Asked) -> Any:
    """List the custom fields of projects."""
    return FIELDS.page(request, _open(request, CustomField), query)


@routes.reads("/fields/{key}", "field", FIELDS.One, versioned=True)
def field(request: HttpRequest, key: Key) -> Any:
    """Read a custom field."""
    return FIELDS.one(request, _open(request, CustomField).filter(key=key))


@routes.does(
    "POST",
    "/fields",
    Verb.FIELD_CREATE,
    FIELDS.One,
    status=201,
    example={"key": "county", "label": "County", "kind": "choice", "options": ["North", "South"]},
)
def add_field(request: HttpRequest, body: FieldCreate) -> Any:
    """Add a field to projects; it appears in pages, lists, imports and here at once."""
    made = create_field(None, actor=request.user, **body.model_dump())
    row = FIELDS.one(request, CustomField.objects.filter(pk=made.pk)).body
    return Answer(row, location=f"/api/v1/fields/{made.key}")


@routes.does(
    "PATCH",
    "/fields/{key}",
    Verb.FIELD_EDIT,
    FIELDS.One,
    precondition="required",
    example={"help_text": "Where most of the money is spent"},
)
def change_field(request: HttpRequest, key: Key, body: FieldEdit) -> Any:
    """Change a custom field; an option that is in use stays."""
    changes, reason = sent_changes(body)
    rows, version = CustomField.objects.filter(key=key), request.expected_version
    edit_field(found(rows), actor=request.user, expected_version=version, reason=reason, **changes)
    return FIELDS.one(request, rows)


@routes.reads("/stages", "stages", STAGES.Page, is_list=True)
def stages(request: HttpRequest, query: STAGES.Asked) -> Any:
    """List the stages of the life cycle in their order."""
    return STAGES.page(request, _open(request, Stage), query)


@routes.does(
    "PUT",
    "/stages/{key}",
    Verb.STAGE_EDIT,
    STAGES.One,
    precondition="possible",
    example={"description": "It may be chosen this year."},
)
def put_stage(request: HttpRequest, key: StageKey, body: StageSet) -> Any:
    """Change a stage, or add one under a new key."""
    stage, version = Stage.objects.filter(key=key).first(), request.expected_version
    set_stage(stage, actor=request.user, key=key, expected_version=version, **body.sent_only())
    return STAGES.one(request, Stage.objects.filter(key=key))


@routes.reads("/transitions", "transitions", TRANSITIONS.Page, is_list=True)
def transitions(request: HttpRequest, query: TRANSITIONS.Asked) -> Any:
    """List the ways between stages."""
    return TRANSITIONS.page(request, _open(request, Transition), query)


@routes.does(
    "PUT",
    "/transitions/{origin}/{target}",
    Verb.TRANSITION_EDIT,
    TRANSITIONS.One | None,
    example={"action": "Admit", "guards": ["has_cost"]},
)
def put_transition(request: HttpRequest, origin: StageKey, target: StageKey, body: TransitionSet) -> Any:
    """Open, change or close a way between two stages; a closed one is answered with null."""
    ends = {"origin": finding.named_stage("origin", origin), "target": finding.named_stage("target", target)}
    way = set_transition(None, actor=request.user, **ends, **body.model_dump())
    return Answer() if way is None else TRANSITIONS.one(request, Transition.objects.filter(pk=way.pk))


@routes.reads("/years", "years", YEARS.Page, is_list=True)
def years(request: HttpRequest, query: YEARS.Asked) -> Any:
    """List the fiscal years."""
    return YEARS.page(request, _open(request, FiscalYear), query)


@routes.does(
    "POST",
    "/years",
    Verb.YEAR_OPEN,
    YEARS.One,
    status=201,
    example={"name": "2030/31", "start_date": "2030-04-01", "end_date": "2031-03-31"},
)
def add_year(request: HttpRequest, body: YearOpen) -> Any:
    """Open a fiscal year."""
    made = open_year(None, actor=request.user, **body.model_dump())
    return YEARS.one(request, FiscalYear.objects.filter(pk=made.pk))

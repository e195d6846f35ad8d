"""Request forms in the REST API: their questions, the JSON schema of their answers, and how they are changed."""

from typing import Any

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Key, Reason, Sent, Told, text, whole
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.identification.completeness import definition_of
from mainstay.identification.forms.schema import schema_of
from mainstay.identification.models import FormEdition, RequestForm
from mainstay.identification.operations.forms import create_form, edit_form, publish_form

routes = Routes("Request forms")
FORMS = Resource(
    "RequestForm",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("key", Kind.TEXT, "The key in addresses.", example="idea"),
        Field("name", Kind.TEXT, "The name.", example="Idea"),
        Field("description", Kind.TEXT, "What it is for.", sorts=False),
        Field("is_open", Kind.YES_NO, "Whether new requests can be made."),
        Field("answer_within_days", Kind.WHOLE, "Working days within which the office answers."),
        VERSION,
    ),
    key="key",
    order=("name",),
)
EDITIONS = Resource(
    "FormEdition",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("number", Kind.WHOLE, "Counts up with each publication."),
        Field("definition", Kind.DATA, "The questions.", schema=dict[str, Any]),
        Field("published_at", Kind.MOMENT, "When it was published."),
        Field("note", Kind.TEXT, "What changed.", sorts=False),
        VERSION,
    ),
    key="id",
    order=("-number",),
)
QUESTIONS = {
    "sections": [{"key": "need", "title": "The need", "fields": [{"key": "who", "label": "Who has the need"}]}]
}
Definition = dict[str, Any]


class FormCreate(Sent):
    """A new kind of request."""

    key: Key
    name: text(80, least=1)
    description: text(300) = ""
    draft: Definition = Rule(default_factory=dict, description="The questions being prepared.")


class FormEdit(Changes):
    """Changes to a form; `draft` holds the questions being prepared."""

    name: text(80, least=1) = ""
    description: text(300) = ""
    is_open: bool = False
    answer_within_days: whole(1, 250) = 20
    draft: Definition = Rule(default_factory=dict)
    reason: Reason = ""


class Note(Sent):
    """What changed, for those who look later."""

    reason: text(300) = ""


class Published(Told):
    """The edition that was published."""

    number: int


def _forms(request: HttpRequest) -> Any:
    return RequestForm.objects.as_of(request.as_of).visible_to(request.user)


def _form(request: HttpRequest, key: str) -> RequestForm:
    return found(RequestForm.objects.visible_to(request.user).filter(key=key))


@routes.reads("/forms", "forms", FORMS.Page, is_list=True)
def forms(request: HttpRequest, query: FORMS.Asked) -> Any:
    """List the kinds of request."""
    return FORMS.page(request, _forms(request), query)


@routes.reads("/forms/{key}", "form", FORMS.One, versioned=True)
def form(request: HttpRequest, key: Key) -> Any:
    """Read a form."""
    return FORMS.one(request, _forms(request).filter(key=key))


@routes.reads("/forms/{key}/editions", "form.editions", EDITIONS.Page, is_list=True)
def editions(request: HttpRequest, key: Key, query: EDITIONS.Asked) -> Any:
    """List the published editions of a form with their questions."""
    rows = FormEdition.objects.as_of(request.as_of).filter(form_id=_form(request, key).pk)
    return EDITIONS.page(request, rows, query)


@routes.reads("/forms/{key}/schema", "form.schema", dict[str, Any])
def schema(request: HttpRequest, key: Key, edition: whole(1, 100_000) | None = None) -> Any:
    """Read the JSON schema (2020-12) of a form's answers, of its newest edition or of the one asked for."""
    rows = _form(request, key).editions.order_by("-number").select_related("form")
    chosen = rows.filter(number=edition).first() if edition else rows.first()
    if chosen is None:
        raise Missing("There is no such edition of this form.")
    return Answer(schema_of(chosen, definition_of(chosen)))


@routes.does(
    "POST",
    "/forms",
    Verb.FORM_CREATE,
    FORMS.One,
    status=201,
    example={"key": "idea", "name": "Idea", "draft": QUESTIONS},
)
def create(request: HttpRequest, body: FormCreate) -> Any:
    """Begin a kind of request; it opens when an edition is published."""
    sent = body.sent_only()
    made = create_form(None, actor=request.user, **sent)
    row = FORMS.one(request, RequestForm.objects.filter(pk=made.pk)).body
    return Answer(row, location=f"/api/v1/forms/{made.key}")


@routes.does(
    "PATCH",
    "/forms/{key}",
    Verb.FORM_EDIT,
    FORMS.One,
    precondition="required",
    example={"draft": QUESTIONS},
)
def edit(request: HttpRequest, key: Key, body: FormEdit) -> Any:
    """Change a form or the questions being prepared."""
    version = request.expected_version
    edit_form(_form(request, key), actor=request.user, expected_version=version, **body.sent_only())
    return FORMS.one(request, RequestForm.objects.filter(key=key))


@routes.does("POST", "/forms/{key}/publication", Verb.FORM_PUBLISH, Published, status=201)
def publish(request: HttpRequest, key: Key, body: Note) -> Any:
    """Publish the questions as a new edition."""
    return {"number": publish_form(_form(request, key), actor=request.user, reason=body.reason).number}

"""People, placeholders and groups, their skills and their absences, in the REST API."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource as Noun
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Day, Id, Reason, Sent, Told, Username, text, whole
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.resources.api.shared import NUMBER, Share, Slug, named, named_resource, sent_of, with_rows
from mainstay.resources.calendar_file import read_for
from mainstay.resources.models import Absence, AbsenceKind, Proficiency, Resource, ResourceKind, Skill
from mainstay.resources.operations.absences import edit_absence, import_absences, record_absence, remove_absence
from mainstay.resources.operations.proficiencies import edit_proficiency, remove_proficiency, set_proficiency
from mainstay.resources.operations.resources import add_resource, edit_resource

routes = Routes("Resources")
KINDS, WHYS = tuple(ResourceKind.values), tuple(AbsenceKind.values)
OF = Field("resource", Kind.TEXT, "The key of the person.", "resource__key", example="anna-berg")
RESOURCES = Noun(
    "Resource",
    (
        Field("key", Kind.TEXT, "The key other systems know them by.", example="anna-berg"),
        Field("name", Kind.TEXT, "The name.", example="Anna Berg"),
        Field("kind", Kind.CHOICE, "A person, a placeholder or a group.", choices=KINDS),
        Field("team", Kind.TEXT, "The key of the team.", "team__key"),
        Field("role", Kind.TEXT, "The key of the main role.", "role__key"),
        Field("site", Kind.TEXT, "The key of the site.", "site__key", may_be_missing=True),
        Field("calendar", Kind.TEXT, "The key of their own calendar.", "calendar__key", may_be_missing=True),
        Field("person", Kind.TEXT, "The sign-in name of the person.", "person__username", may_be_missing=True),
        Field("headcount", Kind.WHOLE, "How many work behind it."),
        Field("working_share", Kind.DECIMAL, "Working time as a share of full time.", example="1.000"),
        Field("run_share", Kind.DECIMAL, "Run work as a share of working time.", example="0.200"),
        Field("starts_on", Kind.DAY, "The first day.", may_be_missing=True),
        Field("leaves_on", Kind.DAY, "The last day.", may_be_missing=True),
        Field("most_projects", Kind.WHOLE, "Most projects at a time.", may_be_missing=True),
        VERSION,
    ),
    key="key",
    order=("name",),
    search=("key", "name"),
)
PROFICIENCIES = Noun(
    "Proficiency",
    (
        NUMBER,
        OF,
        Field("skill", Kind.TEXT, "The key of the skill.", "skill__key"),
        Field("level", Kind.WHOLE, "From 1 (beginner) to 5 (authority)."),
        Field("valid_from", Kind.DAY, "From when it holds.", may_be_missing=True),
        Field("valid_until", Kind.DAY, "Until when it holds.", may_be_missing=True),
        Field("certificate", Kind.TEXT, "The certificate for it."),
        VERSION,
    ),
    key="id",
    order=("resource", "skill"),
)
ABSENCES = Noun(
    "Absence",
    (
        NUMBER,
        OF,
        Field("starts_on", Kind.DAY, "The first day."),
        Field("ends_on", Kind.DAY, "The last day."),
        Field("share", Kind.DECIMAL, "The share of each day.", example="1.000"),
        Field("kind", Kind.CHOICE, "Why; null where that is not open to you.", "kind_seen", may_be_missing=True),
        Field("note", Kind.TEXT, "The reason; null where that is not open to you.", "note_seen", may_be_missing=True),
        Field("external_key", Kind.TEXT, "Its key in the source."),
        VERSION,
    ),
    key="id",
    order=("starts_on", "resource"),
)


class ResourceAdd(Sent):
    """A person, a placeholder or a group."""

    team: Slug
    name: text(120, least=1)
    role: Slug
    key: Slug | None = None
    kind: Literal[KINDS] = "named"
    site: Slug | None = None
    calendar: Slug | None = None
    person: Username | None = None
    headcount: whole(1, 10_000) = 1
    working_share: Share = Decimal(1)
    run_share: Share = Decimal(0)
    starts_on: Day | None = None
    leaves_on: Day | None = None
    most_projects: whole(1, 1000) | None = None


class ResourceEdit(Changes):
    """Changes to a person, a placeholder or a group; what is left away stays."""

    name: text(120, least=1) = ""
    team: Slug = ""
    role: Slug = ""
    kind: Literal[KINDS] = "named"
    site: Slug | None = None
    calendar: Slug | None = None
    person: Username | None = None
    headcount: whole(1, 10_000) = 1
    working_share: Share = Decimal(1)
    run_share: Share = Decimal(0)
    starts_on: Day | None = None
    leaves_on: Day | None = None
    most_projects: whole(1, 1000) | None = None
    reason: Reason = ""


class ProficiencySet(Sent):
    """How well somebody masters a skill; a second time changes it."""

    resource: Slug
    skill: Slug
    level: whole(1, 5)
    valid_from: Day | None = None
    valid_until: Day | None = None
    certificate: text(120) = ""
    reason: Reason = ""


class AbsenceRecord(Sent):
    """When somebody is away."""

    resource: Slug
    starts_on: Day
    ends_on: Day
    share: Share = Decimal(1)
    kind: Literal[WHYS] = "leave"
    note: text(200) = ""
    external_key: text(200) = ""


class AbsenceEdit(Changes):
    """Changes to an absence; what is left away stays. Why may be changed only by those who may know it."""

    starts_on: Day = None
    ends_on: Day = None
    share: Share = Decimal(1)
    kind: Literal[WHYS] = "leave"
    note: text(200) = ""


class CalendarSent(Sent):
    """A calendar file (iCalendar) as text, and what its events are where it does not say."""

    calendar: Annotated[str, Rule(min_length=1, max_length=2_000_000, pattern=r"^[^\x00]*$")]
    kind: Literal[WHYS] = "leave"


class BroughtIn(Told):
    """What a calendar file changed, and which of its events could not be read."""

    new: int
    changed: int
    unchanged: int
    removed: int
    problems: list[str]


def _resources(request: HttpRequest) -> Any:
    return Resource.objects.as_of(request.as_of).visible_to(request.user)


def _absences(request: HttpRequest) -> Any:
    return Absence.objects.as_of(request.as_of).readable_by(request.user)


@routes.reads("/resources", "resources", RESOURCES.Page, is_list=True)
def resources(request: HttpRequest, query: RESOURCES.Asked) -> Any:
    """List the people, placeholders and groups you may see."""
    return RESOURCES.page(request, _resources(request), query)


@routes.reads("/resources/{resource}", "resource", RESOURCES.One, versioned=True)
def resource_read(request: HttpRequest, resource: Slug) -> Any:
    """Read a person, a placeholder or a group."""
    return RESOURCES.one(request, _resources(request).filter(key=resource))


@routes.does(
    "POST",
    "/resources",
    Verb.RESOURCE_ADD,
    RESOURCES.One,
    status=201,
    example={"team": "design", "name": "Ben Frost", "role": "data", "working_share": "0.8"},
)
def put_resource(request: HttpRequest, body: ResourceAdd) -> Any:
    """Add a person, a placeholder or a group to a team."""
    sent = with_rows(request, sent_of(body))
    made = add_resource(sent.pop("team"), actor=request.user, **sent)
    row = RESOURCES.one(request, Resource.objects.filter(pk=made.pk)).body
    return Answer(row, location=f"/api/v1/resources/{made.key}")


@routes.does(
    "PATCH",
    "/resources/{resource}",
    Verb.RESOURCE_EDIT,
    RESOURCES.One,
    precondition="required",
    example={"run_share": "0.25"},
)
def change_resource(request: HttpRequest, resource: Slug, body: ResourceEdit) -> Any:
    """Change a person, a placeholder or a group."""
    row = found(Resource.objects.visible_to(request.user).filter(key=resource))
    changes, reason = sent_changes(body)
    told = {"expected_version": request.expected_version, "reason": reason, **with_rows(request, changes)}
    edit_resource(row, actor=request.user, **told)
    return RESOURCES.one(request, Resource.objects.filter(pk=row.pk))


@routes.reads("/proficiencies", "proficiencies", PROFICIENCIES.Page, is_list=True)
def proficiencies(request: HttpRequest, query: PROFICIENCIES.Asked) -> Any:
    """List skills of people; `resource=` and `skill=` narrow it."""
    return PROFICIENCIES.page(request, Proficiency.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.does(
    "POST",
    "/proficiencies",
    Verb.PROFICIENCY_SET,
    PROFICIENCIES.One,
    example={"resource": "anna-berg", "skill": "data", "level": 3, "valid_until": "2028-12-31"},
)
def put_proficiency(request: HttpRequest, body: ProficiencySet) -> Any:
    """Say how well somebody masters a skill; a second time changes it."""
    told = body.model_dump()
    person, skill = named_resource(request, told.pop("resource")), named(Skill.objects, "skill", told.pop("skill"))
    made = set_proficiency(person, actor=request.user, skill=skill, **told)
    return PROFICIENCIES.one(request, Proficiency.objects.filter(pk=made.pk))


class ProficiencyEdit(Changes):
    """Another level or validity; what is left away stays."""

    level: whole(1, 5) = 1
    valid_from: Day | None = None
    valid_until: Day | None = None
    certificate: text(120) = ""
    reason: Reason = ""


@routes.does(
    "PATCH", "/proficiencies/{proficiency_id}", Verb.PROFICIENCY_EDIT, PROFICIENCIES.One, precondition="required",
    example={"level": 4},
)  # fmt: skip
def change_proficiency(request: HttpRequest, proficiency_id: Id, body: ProficiencyEdit) -> Any:
    """Change how well somebody masters a skill, or until when it holds."""
    changes, reason = sent_changes(body)
    row = found(Proficiency.objects.visible_to(request.user).filter(pk=proficiency_id))
    told = {"expected_version": request.expected_version, "reason": reason}
    edit_proficiency(row, actor=request.user, **told, **changes)
    return PROFICIENCIES.one(request, Proficiency.objects.filter(pk=row.pk))


@routes.does("DELETE", "/proficiencies/{proficiency_id}", Verb.PROFICIENCY_REMOVE, None, status=204)
def take_proficiency(request: HttpRequest, proficiency_id: Id) -> Any:
    """Take a skill from somebody."""
    remove_proficiency(
        found(Proficiency.objects.visible_to(request.user).filter(pk=proficiency_id)), actor=request.user
    )


@routes.reads("/absences", "absences", ABSENCES.Page, is_list=True)
def absences(request: HttpRequest, query: ABSENCES.Asked) -> Any:
    """List when people are away; `resource=` narrows it."""
    return ABSENCES.page(request, _absences(request), query)


@routes.does(
    "POST",
    "/absences",
    Verb.ABSENCE_RECORD,
    ABSENCES.One,
    status=201,
    example={"resource": "anna-berg", "starts_on": "2027-05-03", "ends_on": "2027-05-07"},
)
def put_absence(request: HttpRequest, body: AbsenceRecord) -> Any:
    """Record that somebody is away."""
    sent = sent_of(body)
    made = record_absence(named_resource(request, sent.pop("resource")), actor=request.user, **sent)
    return ABSENCES.one(request, _absences(request).filter(pk=made.pk))


@routes.does(
    "POST",
    "/resources/{resource}/absences",
    Verb.ABSENCES_IMPORT,
    BroughtIn,
    example={"calendar": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mainstay//EN\r\nEND:VCALENDAR\r\n"},
)
def put_calendar_file(request: HttpRequest, resource: Slug, body: CalendarSent) -> Any:
    """Bring absences of a person in from a calendar file; the same file again changes nothing."""
    row = found(Resource.objects.visible_to(request.user).filter(key=resource))
    read = read_for(row, body.calendar.encode(), body.kind)
    done = import_absences(row, actor=request.user, read=read)
    return {name: getattr(done, name) for name in BroughtIn.model_fields}


@routes.does(
    "PATCH",
    "/absences/{absence_id}",
    Verb.ABSENCE_EDIT,
    ABSENCES.One,
    precondition="required",
    example={"ends_on": "2027-05-10"},
)
def change_absence(request: HttpRequest, absence_id: Id, body: AbsenceEdit) -> Any:
    """Change when somebody is away."""
    row = found(Absence.objects.visible_to(request.user).filter(pk=absence_id))
    edit_absence(row, actor=request.user, expected_version=request.expected_version, **body.sent_only())
    return ABSENCES.one(request, _absences(request).filter(pk=absence_id))


@routes.does("DELETE", "/absences/{absence_id}", Verb.ABSENCE_REMOVE, None, status=204)
def take_absence(request: HttpRequest, absence_id: Id) -> Any:
    """Take an absence back."""
    remove_absence(found(Absence.objects.visible_to(request.user).filter(pk=absence_id)), actor=request.user)

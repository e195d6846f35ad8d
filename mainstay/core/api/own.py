"""What is the asker's own: who they are here, keys for programs, saved views and notices."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core import access
from mainstay.core.api.fields import Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Id, Moment, Password, Sent, Told, YesNo, text
from mainstay.core.errors import Forbidden
from mainstay.core.models import Mapping, Notice, SavedView, Token
from mainstay.core.operations.keeping import read_notice, remove_mapping, remove_view, save_mapping, save_view
from mainstay.core.operations.people import set_password
from mainstay.core.operations.tokens import issue_token, revoke_token
from mainstay.core.rights import OWN
from mainstay.core.verbs import Verb

routes = Routes("What is mine")
ID = number("id", "The number.", lookup="pk", example=1)

TOKENS = Resource(
    "Token",
    (
        ID,
        Field("name", Kind.TEXT, "What the key is for.", example="Nightly report"),
        Field("hint", Kind.TEXT, "The last characters of the secret.", filters=False, sorts=False),
        Field("scopes", Kind.DATA, "What it may do: read, write or single verbs.", schema=list[str]),
        Field("created_at", Kind.MOMENT, "When it was made."),
        Field("expires_at", Kind.MOMENT, "When it ends by itself.", may_be_missing=True),
        Field("revoked_at", Kind.MOMENT, "When it was ended.", may_be_missing=True),
    ),
    key="id",
    order=("-id",),
    added={
        "secret": (str | None, Rule(None, description="The key itself; shown once, in the answer that makes it."))
    },
)
VIEWS = Resource(
    "SavedView",
    (
        ID,
        Field("person", Kind.TEXT, "Whose it is, by sign-in name.", "person__username"),
        Field("page", Kind.TEXT, "The page it belongs to.", example="projects"),
        Field("name", Kind.TEXT, "Its name.", example="Off track"),
        Field("query", Kind.TEXT, "Filters, order, grouping and columns.", example="health=red&sort=-cost"),
        Field("is_shared", Kind.YES_NO, "Whether everybody sees it."),
    ),
    key="id",
    order=("name",),
)
MAPPINGS = Resource(
    "Mapping",
    (
        ID,
        Field("sheet", Kind.TEXT, "The noun it reads.", example="projects"),
        Field("name", Kind.TEXT, "Its name.", example="Quarterly return"),
        Field("columns", Kind.DATA, "Which column of a file means which field."),
        Field("person", Kind.TEXT, "Who saved it, by sign-in name.", "person__username", may_be_missing=True),
    ),
    key="id",
    order=("name",),
)
NOTICES = Resource(
    "Notice",
    (
        ID,
        Field("text", Kind.TEXT, "What happened."),
        Field("url", Kind.TEXT, "The page that tells more."),
        Field("at", Kind.MOMENT, "When."),
        Field("read_at", Kind.MOMENT, "When it was read.", may_be_missing=True),
        Field("event_id", Kind.WHOLE, "The event it comes from.", may_be_missing=True),
    ),
    key="id",
    order=("-id",),
)


class RoleHeld(Told):
    """A role and where it holds."""

    role: str
    path: str
    verbs: list[str]


class Me(Told):
    """Who asks, and what they may do where."""

    username: str
    name: str
    email: str
    roles: list[RoleHeld]
    own: list[str] = Rule(description="What everybody may do with what is their own.")
    scopes: list[str] | None = Rule(None, description="The scopes of the key; null in a session.")


class PasswordSet(Sent):
    """A new password, and the one that holds now."""

    current: Password
    password: text(128, least=1)


class TokenIssue(Sent):
    """A key for one's own programs."""

    name: text(80, least=1)
    scopes: list[text(40, least=1)] = Rule(min_length=1, max_length=60, examples=[["read", "write"]])
    expires_at: Moment | None = None


class ViewSave(Sent):
    """A list as it is."""

    page: text(60, least=1)
    name: text(80, least=1)
    query: text(2000) = ""
    is_shared: YesNo = False


class MappingSave(Sent):
    """Which column of a file means which field."""

    sheet: text(40, least=1)
    name: text(60, least=1)
    columns: dict[text(300, least=1), Any] = Rule(max_length=500)


@routes.reads("/me", "me", Me)
def me(request: HttpRequest) -> Any:
    """Who am I; my roles with the verbs each allows, by place."""
    person = request.user
    held = [{"role": h.role.value, "path": h.path, "verbs": sorted(h.role.verbs)} for h in access.held_by(person)]
    scopes = sorted(person.token_scopes) if person.token_scopes is not None else None
    who = {"username": person.username, "name": person.name, "email": person.email}
    return {**who, "roles": held, "own": sorted(OWN), "scopes": scopes}


@routes.does(
    "PUT",
    "/me/password",
    Verb.PASSWORD_SET,
    None,
    status=204,
    example={"current": "correct-horse-battery", "password": "green-lantern-42-river"},
)
def give_password(request: HttpRequest, body: PasswordSet) -> Any:
    """Give myself a new password; only in a session, and only knowing the current one."""
    if request.user.token_scopes is not None:
        raise Forbidden("A key cannot set a password; sign in for that.")
    if not request.user.check_password(body.current):
        raise Invalid("The current password is not right.", current="This is not right.")
    person = set_password(request.user, actor=request.user, password=body.password)
    update_session_auth_hash(request, person)


@routes.reads("/tokens", "tokens", TOKENS.Page, is_list=True)
def tokens(request: HttpRequest, query: TOKENS.Asked) -> Any:
    """List my keys."""
    return TOKENS.page(request, Token.objects.visible_to(request.user), query)


@routes.does(
    "POST",
    "/tokens",
    Verb.TOKEN_ISSUE,
    TOKENS.One,
    status=201,
    example={"name": "Nightly report", "scopes": ["read"]},
)
def issue(request: HttpRequest, body: TokenIssue) -> Any:
    """Make a key for my programs; its secret is told in this answer and never again."""
    token, secret = issue_token(request.user, actor=request.user, **body.model_dump())
    row = TOKENS.one(request, Token.objects.filter(pk=token.pk)).body
    return Answer(row | {"secret": secret}, shown_once=("secret",))


@routes.does("POST", "/tokens/{token_id}/revoke", Verb.TOKEN_REVOKE, TOKENS.One)
def revoke(request: HttpRequest, token_id: Id) -> Any:
    """End a key at once."""
    own = Token.objects.visible_to(request.user).filter(pk=token_id)
    revoke_token(found(own), actor=request.user)
    return TOKENS.one(request, own)


@routes.reads("/views", "views", VIEWS.Page, is_list=True)
def views(request: HttpRequest, query: VIEWS.Asked) -> Any:
    """List saved views; mine, and those shared with everybody."""
    return VIEWS.page(request, SavedView.objects.visible_to(request.user), query)


@routes.does(
    "POST",
    "/views",
    Verb.VIEW_SAVE,
    VIEWS.One,
    status=201,
    example={"page": "projects", "name": "Off track", "query": "health=red&sort=-cost"},
)
def keep_view(request: HttpRequest, body: ViewSave) -> Any:
    """Save a view; saving under the same name replaces it."""
    kept = save_view(None, actor=request.user, **body.model_dump())
    return VIEWS.one(request, SavedView.objects.filter(pk=kept.pk))


@routes.does("DELETE", "/views/{view_id}", Verb.VIEW_REMOVE, None, status=204)
def drop_view(request: HttpRequest, view_id: Id) -> Any:
    """Remove a saved view of mine."""
    remove_view(found(SavedView.objects.visible_to(request.user).filter(pk=view_id)), actor=request.user)


def _mappings(request: HttpRequest) -> Any:
    """Those who may import anywhere share the mappings."""
    may_import = access.may_somewhere(request.user, Verb.ROWS_IMPORT)
    return Mapping.objects.all() if may_import else Mapping.objects.filter(person=request.user)


@routes.reads("/mappings", "mappings", MAPPINGS.Page, is_list=True)
def mappings(request: HttpRequest, query: MAPPINGS.Asked) -> Any:
    """List column mappings for imports."""
    return MAPPINGS.page(request, _mappings(request), query)


@routes.does(
    "POST",
    "/mappings",
    Verb.MAPPING_SAVE,
    MAPPINGS.One,
    status=201,
    example={"sheet": "projects", "name": "Quarterly return", "columns": {"Project": "name"}},
)
def keep_mapping(request: HttpRequest, body: MappingSave) -> Any:
    """Save a column mapping; saving under the same name replaces it."""
    kept = save_mapping(None, actor=request.user, **body.model_dump())
    return MAPPINGS.one(request, Mapping.objects.filter(pk=kept.pk))


@routes.does("DELETE", "/mappings/{mapping_id}", Verb.MAPPING_REMOVE, None, status=204)
def drop_mapping(request: HttpRequest, mapping_id: Id) -> Any:
    """Remove a column mapping."""
    remove_mapping(found(_mappings(request).filter(pk=mapping_id)), actor=request.user)


@routes.reads("/notices", "notices", NOTICES.Page, is_list=True)
def notices(request: HttpRequest, query: NOTICES.Asked) -> Any:
    """List my notices, newest first."""
    return NOTICES.page(request, Notice.objects.visible_to(request.user), query)


@routes.does("POST", "/notices/{notice_id}/read", Verb.NOTICE_READ, NOTICES.One)
def read(request: HttpRequest, notice_id: Id) -> Any:
    """Mark a notice as read."""
    own = Notice.objects.visible_to(request.user).filter(pk=notice_id)
    read_notice(found(own), actor=request.user)
    return NOTICES.one(request, own)

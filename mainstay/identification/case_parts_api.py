"""Options, lines, assumptions and risks of business cases in the REST API."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest

from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Id
from mainstay.core.verbs import Verb
from mainstay.identification.case_api import case_to_change
from mainstay.identification.case_parts import require_writer
from mainstay.identification.case_shapes import (
    ASSUMPTIONS,
    OPTIONS,
    RISKS,
    AssumptionAdd,
    AssumptionEdit,
    LineSent,
    LinesEnter,
    LinesEntered,
    OptionAdd,
    OptionEdit,
    RiskAdd,
    RiskEdit,
)
from mainstay.identification.models import Assumption, Option, Risk
from mainstay.identification.operations.assumptions import add_assumption, edit_assumption, remove_assumption
from mainstay.identification.operations.lines import Entry, enter_lines
from mainstay.identification.operations.options import add_option, edit_option, remove_option
from mainstay.identification.operations.risks import add_risk, edit_risk, remove_risk
from mainstay.portfolio.api.finding import named_person
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.resources.models import Role, Skill

routes = Routes("Business cases")


def _of(request: HttpRequest, model: Any) -> Any:
    return model.objects.as_of(request.as_of).visible_to(request.user)


def _to_change(rows: Any, request: HttpRequest) -> Any:
    """The one part of these rows, if the asker may change its case; that is asked before its version is looked at."""
    part = found(rows)
    require_writer(request.user, part.case)
    return part


def _with_owner(request: HttpRequest, given: dict[str, Any]) -> dict[str, Any]:
    if given.get("owner") is not None:
        given["owner"] = named_person(request, "owner", given["owner"])
    return given


@routes.reads("/options", "options", OPTIONS.Page, is_list=True)
def options(request: HttpRequest, query: OPTIONS.Asked) -> Any:
    """List the options of business cases; `case=` takes those of one case."""
    return OPTIONS.page(request, _of(request, Option), query)


@routes.does(
    "POST", "/cases/{case_id}/options", Verb.OPTION_ADD, OPTIONS.One, status=201, example={"name": "Reduced"}
)
def option(request: HttpRequest, case_id: Id, body: OptionAdd) -> Any:
    """Add an option to a case, empty or with the lines of another one."""
    case, given = case_to_change(request, case_id), body.sent_only()
    if (source := given.pop("copy_of", None)) is not None:
        given["copy_of"] = found(_of(request, Option).filter(pk=source, case=case))
    made = add_option(case, actor=request.user, **given)
    return OPTIONS.one(request, Option.objects.filter(pk=made.pk))


@routes.does(
    "PATCH", "/options/{option_id}", Verb.OPTION_EDIT, OPTIONS.One, precondition="required",
    example={"is_preferred": True},
)  # fmt: skip
def change_option(request: HttpRequest, option_id: Id, body: OptionEdit) -> Any:
    """Change an option; preferring it ends the preference for another."""
    changes, reason = sent_changes(body)
    rows, version = _of(request, Option).filter(pk=option_id), request.expected_version
    edit_option(_to_change(rows, request), actor=request.user, expected_version=version, reason=reason, **changes)
    return OPTIONS.one(request, rows)


@routes.does("DELETE", "/options/{option_id}", Verb.OPTION_REMOVE, None, status=204)
def drop_option(request: HttpRequest, option_id: Id) -> Any:
    """Remove an option with its lines."""
    remove_option(_to_change(_of(request, Option).filter(pk=option_id), request), actor=request.user)


@routes.does(
    "POST", "/options/{option_id}/lines", Verb.LINES_ENTER, LinesEntered, precondition="possible",
    example={"sheet": "costs", "lines": [{"name": "Pumps", "likely": {"2027-01-01": "500.00"}}]},
)  # fmt: skip
def enter(request: HttpRequest, option_id: Id, body: LinesEnter) -> Any:
    """Enter lines of one sheet of an option, all of them or none; `If-Match` takes the version of the case."""
    option = _to_change(_of(request, Option).filter(pk=option_id), request)
    entries = [_entry(request, place, line) for place, line in enumerate(body.lines, 1)]
    changed = enter_lines(
        option.case, actor=request.user, option=option, kind=body.sheet, entries=entries, removed=body.removed,
        expected_version=request.expected_version, reason=body.reason,
    )  # fmt: skip
    return {"changed": changed, "version": type(option.case).objects.get(pk=option.case_id).version}


def _entry(request: HttpRequest, place: int, line: LineSent) -> Entry:
    given = line.sent_only()
    line_id = given.pop("id", None)
    estimates = {name: _dated(given.pop(name)) for name in ("likely", "low", "high") if name in given}
    for name, model in (("role", Role), ("skill", Skill)):
        if name in given:
            given[f"{name}_id"] = _named(model, name, given.pop(name))
    if "owner" in given:
        given = _with_owner(request, given)
        owner = given.pop("owner")
        given["owner_id"] = owner.pk if owner else None
    return Entry(str(line_id or f"line {place}"), line_id, given, estimates)


def _dated(amounts: Mapping[str, Decimal | None]) -> Mapping[str, Decimal | None]:
    for key in amounts:
        try:
            date.fromisoformat(key)
        except ValueError:
            raise Invalid(f"{key} is no day.", lines=f"{key} is no day.") from None
    return amounts


def _named(model: Any, name: str, key: str | None) -> int | None:
    if key is None:
        return None
    row = model.objects.filter(key=key).first()
    if row is None:
        raise Invalid(f"There is no {name} {key}.", lines=f"There is no {name} {key}.")
    return int(row.pk)


@routes.reads("/assumptions", "assumptions", ASSUMPTIONS.Page, is_list=True)
def assumptions(request: HttpRequest, query: ASSUMPTIONS.Asked) -> Any:
    """List the assumptions of business cases; `case=` takes those of one case."""
    return ASSUMPTIONS.page(request, _of(request, Assumption), query)


@routes.does(
    "POST", "/cases/{case_id}/assumptions", Verb.ASSUMPTION_ADD, ASSUMPTIONS.One, status=201,
    example={"text": "Prices rise by 2% a year"},
)  # fmt: skip
def put_assumption(request: HttpRequest, case_id: Id, body: AssumptionAdd) -> Any:
    """Add an assumption to a case."""
    case, given = case_to_change(request, case_id), _with_owner(request, body.sent_only())
    made = add_assumption(case, actor=request.user, **given)
    return ASSUMPTIONS.one(request, Assumption.objects.filter(pk=made.pk))


@routes.does(
    "PATCH", "/assumptions/{assumption_id}", Verb.ASSUMPTION_EDIT, ASSUMPTIONS.One, precondition="required",
    example={"belief": "confirmed"},
)  # fmt: skip
def change_assumption(request: HttpRequest, assumption_id: Id, body: AssumptionEdit) -> Any:
    """Change an assumption, its evidence or whether it held."""
    changes, reason = sent_changes(body)
    rows, version = _of(request, Assumption).filter(pk=assumption_id), request.expected_version
    changes = _with_owner(request, changes)
    edit_assumption(_to_change(rows, request), actor=request.user, expected_version=version, reason=reason, **changes)
    return ASSUMPTIONS.one(request, rows)


@routes.does("DELETE", "/assumptions/{assumption_id}", Verb.ASSUMPTION_REMOVE, None, status=204)
def drop_assumption(request: HttpRequest, assumption_id: Id) -> Any:
    """Remove an assumption."""
    remove_assumption(_to_change(_of(request, Assumption).filter(pk=assumption_id), request), actor=request.user)


@routes.reads("/risks", "risks", RISKS.Page, is_list=True)
def risks(request: HttpRequest, query: RISKS.Asked) -> Any:
    """List the risks of business cases; `case=` or `project=` takes those of one."""
    return RISKS.page(request, _of(request, Risk), query)


@routes.does(
    "POST", "/cases/{case_id}/risks", Verb.RISK_ADD, RISKS.One, status=201,
    example={"name": "Late delivery", "probability": "0.3", "impact": "200000.00"},
)  # fmt: skip
def put_risk(request: HttpRequest, case_id: Id, body: RiskAdd) -> Any:
    """Add a risk to a case."""
    case, given = case_to_change(request, case_id), _with_owner(request, body.sent_only())
    made = add_risk(case, actor=request.user, **given)
    return RISKS.one(request, Risk.objects.filter(pk=made.pk))


@routes.does(
    "PATCH", "/risks/{risk_id}", Verb.RISK_EDIT, RISKS.One, precondition="required", example={"response": "reduce"}
)
def change_risk(request: HttpRequest, risk_id: Id, body: RiskEdit) -> Any:
    """Change a risk, its response or what remains of it."""
    changes, reason = sent_changes(body)
    rows, version = _of(request, Risk).filter(pk=risk_id), request.expected_version
    changes = _with_owner(request, changes)
    edit_risk(_to_change(rows, request), actor=request.user, expected_version=version, reason=reason, **changes)
    return RISKS.one(request, rows)


@routes.does("DELETE", "/risks/{risk_id}", Verb.RISK_REMOVE, None, status=204)
def drop_risk(request: HttpRequest, risk_id: Id) -> Any:
    """Remove a risk."""
    remove_risk(_to_change(_of(request, Risk).filter(pk=risk_id), request), actor=request.user)

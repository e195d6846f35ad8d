"""Opening, changing and publishing business cases."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.identification.case_content import content_of
from mainstay.identification.case_parts import require_writer
from mainstay.identification.case_periods import Frame, Move
from mainstay.identification.case_totals import Totals, preferred
from mainstay.identification.models import BusinessCase, CaseEdition, Option, OptionKind, Request
from mainstay.identification.operations.parts import all_lines, bumped
from mainstay.portfolio.models import FiscalYear, Project
from mainstay.portfolio.operations.tree import change

CASE_FIELDS = frozenset({"problem", "consequences", "grain", "first_period", "periods", "currency"})
DO_NOTHING = "Do nothing"
PROPOSAL = "The proposal"


@operation(Verb.CASE_OPEN)
def open_case(subject: Request | Project, *, actor: Actor, **fields: Any) -> BusinessCase:
    """Begin the business case of a request or a project: doing nothing as the baseline, and the proposal."""
    request = subject if isinstance(subject, Request) else None
    project = subject.project if isinstance(subject, Request) else subject
    case = BusinessCase(
        request=request, project=project, first_period=_usual_start(subject), currency=_currency(subject)
    )
    require_writer(actor, case)
    known = Q(request=request) if request else Q(pk=None)
    if BusinessCase.objects.filter(known | Q(project=project) if project else known).exists():
        raise Impossible("It has a business case already.")
    change(case, CASE_FIELDS, fields)
    history.create(case)
    history.create(Option(case=case, position=0, kind=OptionKind.DO_NOTHING, name=DO_NOTHING))
    history.create(Option(case=case, position=1, kind=OptionKind.FULL, name=PROPOSAL, is_preferred=True))
    return case


def _currency(subject: Request | Project) -> str:
    return subject.currency if isinstance(subject, Project) else subject.portfolio.currency


def _usual_start(subject: Request | Project) -> date:
    """The first day of the fiscal year in which the project starts, or of the next one."""
    start = subject.start_date if isinstance(subject, Project) else None
    today = timezone.localdate(surrounding().now())
    year = FiscalYear.objects.filter(end_date__gte=start or today).order_by("start_date")
    found = year.first() if start else year.filter(start_date__gt=today).first()
    if found is not None and found.start_date.day == 1:
        return found.start_date
    return date(start.year, 1, 1) if start else date(today.year + 1, 1, 1)


@operation(Verb.CASE_EDIT)
def edit_case(
    case: BusinessCase,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    drops_amounts: bool = False,
    **changes: Any,
) -> BusinessCase:
    """Change the words or the periods of a case; amounts move along, and none is dropped unasked."""
    require_writer(actor, case)
    before = Frame.of(case)
    change(case, CASE_FIELDS, changes)
    history.save(case)
    after = Frame.of(case)
    if after != before:
        _move_lines(case, Move(before, after), drops_amounts)
    return case


def _move_lines(case: BusinessCase, move: Move, drops_amounts: bool) -> None:
    lost = 0
    for line in all_lines(case):
        is_sum = getattr(line, "is_money", True)
        # Where a range is given for some periods only, the likely amount is the range of the others.
        ranges = {name: {**line.likely, **given} for name in ("low", "high") if (given := getattr(line, name))}
        for name, amounts in {"likely": line.likely, **ranges}.items():
            moved = move.amounts(amounts, is_sum=is_sum)
            setattr(line, name, moved.amounts)
            lost += moved.lost if name == "likely" else 0
        history.save(line)
    if lost and not drops_amounts:
        amounts = "1 amount lies" if lost == 1 else f"{lost} amounts lie"
        raise ValidationError(
            {"periods": f"{amounts} in periods that would be gone. Keep those periods, or say that they may go."}
        )


@operation(Verb.CASE_PUBLISH)
def publish_case(
    case: BusinessCase, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> CaseEdition:
    """Keep the whole case as a numbered edition, and tell the register what the preferred option costs and brings."""
    require_writer(actor, case)
    if case.project_id is None and case.request_id:
        # Once its request is in the register, the case is that project's.
        case.project_id = case.request.project_id
    if not case.options.filter(is_preferred=True).exists():
        raise Impossible("No option is preferred yet; choose the one that is proposed, then publish.")
    case.edition += 1
    bumped(case)
    edition = CaseEdition(
        case=case,
        number=case.edition,
        content=content_of(case),
        made_at=surrounding().now(),
        made_by=actor if isinstance(actor, Person) else None,
        reason=reason.strip()[:300],
    )
    if case.project_id:
        _tell_register(case, edition.content)
    return history.create(edition)


def _tell_register(case: BusinessCase, content: dict[str, Any]) -> None:
    """Cost, benefit and currency of the project are those of the preferred option; empty dates are filled in."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=case.project_id)
    totals = Totals(preferred(content))
    project.currency = case.currency
    project.cost = project.cost if totals.cost is None else totals.cost
    project.benefit = project.benefit if totals.benefit is None else totals.benefit
    frame = Frame.of(case)
    project.start_date = project.start_date or frame.first
    last_day = frame.end - timedelta(days=1)
    project.end_date = project.end_date or max(project.start_date, last_day)
    given = {name: text for name, text in project.given_text.items() if getattr(project, name, None) is None}
    project.given_text = given
    history.save(project)

"""Pages of capacity: the heat map, one cell of it, and a proposal accepted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.core import exchange
from mainstay.core.errors import Stale
from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import reason_of
from mainstay.resources.cell_page import CellPage
from mainstay.resources.heat_page import HeatPage
from mainstay.resources.operations.proposals import refuse_proposal
from mainstay.resources.proposals import accept, named
from mainstay.resources.views.shared import require_somewhere


@login_required
@require_GET
def heat_map(request: HttpRequest) -> HttpResponse:
    """Demand against capacity."""
    require_somewhere(request.user, Verb.SEE_RESOURCES)
    part = "#heat" if request.htmx.target == "heat" and not request.htmx.history_restore_request else ""
    return render(request, f"resources/heat.html{part}", {"page": HeatPage(request)})


@login_required
@require_GET
def heat_export(request: HttpRequest) -> StreamingHttpResponse:
    """The heat map as a file: a line for each cell."""
    require_somewhere(request.user, Verb.SEE_RESOURCES)
    page = HeatPage(request)
    form = request.GET.get("format", "csv")
    return exchange.export_response(page.export_columns(), page.export_rows(), form, name="capacity")


@login_required
@require_http_methods(["GET", "POST"])
def cell(request: HttpRequest) -> HttpResponse:
    """Who and what causes a cell; a proposal sent is carried out as it was shown."""
    require_somewhere(request.user, Verb.SEE_RESOURCES)
    if request.method == "GET":
        return _cell(request)
    require_somewhere(request.user, Verb.BOOKING_EDIT)
    sent = request.POST
    try:
        if sent.get("answer"):
            return _put_aside(request, sent.get("proposal", ""), sent["answer"] == "refuse")
        told = {"actor": request.user, "seen": sent.get("seen", ""), "reason": reason_of(request)}
        done = accept(sent.get("proposal", ""), CellPage(request).causes, **told)
    except ValidationError as error:
        return _cell(request, 422, refused=" ".join(error.messages))
    except Stale as stale:
        return _cell(request, stale.status, stale=stale)
    messages.success(request, done)
    return redirect(CellPage(request).address)


def _put_aside(request: HttpRequest, key: str, refused: bool) -> HttpResponse:
    """Put a proposal aside for the reader, or take it up again."""
    page = CellPage(request)
    proposal = named(key, page.causes, request.user)
    refuse_proposal(proposal.booking.resource, actor=request.user, key=proposal.key, refused=refused)
    messages.success(request, "It is put aside for you." if refused else "It is proposed again.")
    return redirect(page.address)


def _cell(request: HttpRequest, status: int = 200, **more: object) -> HttpResponse:
    return render(request, "resources/cell.html", {"page": CellPage(request)} | more, status=status)

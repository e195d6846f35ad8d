"""Reading single values of a request, with a clear refusal for what cannot be read."""

from django.http import HttpRequest

from mainstay.core.errors import Missing, Unreadable
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.queries.words import LONGEST, texts_of

LONGEST_REASON = 500


def portfolio_chosen(request: HttpRequest, verb: Verb, said: str) -> Portfolio:
    """The portfolio in which something new is to be, among those where the person may do that."""
    code = request.POST.get("portfolio") or request.GET.get("portfolio", "")
    portfolio = Portfolio.objects.visible_to(request.user, verb).filter(code=code).first()
    if portfolio is None:
        raise Missing(said)
    return portfolio


def version_of(request: HttpRequest) -> int:
    """The version of the row that the form showed."""
    text = request.POST.get("version", "")
    if not text.isdecimal() or len(text) > 9:
        raise Unreadable("The form was sent without the version it showed; open it again.")
    return int(text)


def version_sent(request: HttpRequest) -> int:
    """The version of the row that the form showed; 0, which is always stale, where it did not say."""
    return whole(request.POST.get("version", ""))


def whole(text: str) -> int:
    """A whole number that somebody sent; 0 where it is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def reason_of(request: HttpRequest) -> str:
    """Why somebody does something, in their words."""
    reason = request.POST.get("reason", "").strip()
    if "\x00" in reason:
        raise Unreadable("The reason has characters that are no text.")
    return reason[:LONGEST_REASON]


def asked_for(request: HttpRequest, name: str) -> str:
    """One parameter of the address."""
    texts = texts_of(request.GET, name) if name in request.GET else ()
    return texts[-1][:LONGEST] if texts else ""

"""What all sheets of the register share: they are imported into a portfolio, and people stand in them by name."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from mainstay.core import access
from mainstay.core.errors import Forbidden, Missing, Unreadable
from mainstay.core.exchange import BadCell, Sheet
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.operations.tree import create_portfolio, next_code


class RegisterSheet(Sheet):
    """A noun of the register."""

    def targets_for(self, user: Any) -> Any:
        """The portfolios the person may import into."""
        return Portfolio.objects.visible_to(user, Verb.ROWS_IMPORT)

    def target_named(self, user: Any, text: str, currency: str = "") -> Portfolio:
        """The portfolio with this code or name; a new one at the top where there is none and the person may."""
        return _named(self.targets_for(user), text) or self._new(user, text.strip(), currency)

    def place_named(self, user: Any, text: str) -> Portfolio:
        """The portfolio with this code or name, among those the person may see."""
        found = _named(Portfolio.objects.visible_to(user), text)
        if found is None:
            raise Missing(f"There is no portfolio {text}.")
        return found

    def _new(self, user: Any, name: str, currency: str) -> Portfolio:
        if not name:
            raise Unreadable("Say which portfolio to import into.")
        if not access.may(user, Verb.PORTFOLIO_CREATE):
            raise Missing(f"There is no portfolio {name} that you may import into.")
        if Portfolio.objects.filter(parent=None, name=name).exists():
            raise Forbidden(f"You may not import into the portfolio {name}.")
        portfolio = Portfolio(name=name, code=next_code("PF", Portfolio), currency=currency or settings.BASE_CURRENCY)
        portfolio.put_under(None)
        return portfolio

    def settle(self, target: Portfolio, actor: Any) -> Portfolio:
        """The portfolio itself, created at the top if it is new."""
        if target.pk:
            return target
        return create_portfolio(None, actor=actor, name=target.name, currency=target.currency)

    def list_url(self, target: Portfolio) -> str:
        """The page of the portfolio."""
        return reverse("portfolio", args=[target.code])


def _named(portfolios: Any, text: str) -> Portfolio | None:
    text = text.strip()
    found = list(portfolios.filter(code__iexact=text) or portfolios.filter(name__iexact=text))
    if len(found) > 1:
        codes = ", ".join(portfolio.code for portfolio in found)
        raise Unreadable(f"Several portfolios are called {text}; give one of the codes {codes}.")
    return found[0] if found else None


class People:
    """Finds people by sign-in name, e-mail or full name, among those the actor may know."""

    def __init__(self, actor: Any, wanted: Iterable[str | None]) -> None:
        self._ids: dict[str, set[int]] = defaultdict(set)
        self.usernames: dict[int, str] = {}
        if any(wanted):
            self._load(actor)

    def _load(self, actor: Any) -> None:
        rows = Person.objects.visible_to(actor).values_list("pk", "username", "email", "name")
        for pk, username, email, name in rows:
            self.usernames[pk] = username
            for called in {username, email, name} - {""}:
                self._ids[called.casefold()].add(pk)
            self._ids[username.casefold()] = {pk}

    def id_of(self, text: str) -> int:
        """The person meant; BadCell when nobody or several are."""
        found = self._ids.get(text.casefold(), set())
        if not found:
            raise BadCell(f"There is nobody called “{text}”.", "Use a sign-in name, or add the person first.")
        if len(found) > 1:
            raise BadCell(f"Several people are called “{text}”.", "Use the sign-in name.")
        return next(iter(found))

"""Addresses of exactly the records behind a figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from mainstay.portfolio.models import Phase

NONE = "none"
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Links:
    """Ways from the figures of a portfolio, or of what is asked for `besides`, into the inventory, at one date."""

    portfolio: str = ""
    as_of: str = ""
    besides: Pairs = ()

    def records(self, *phases: str, **narrowed: str | Iterable[str]) -> str:
        """The inventory narrowed to what is looked at, some phases, and fields; an empty text asks for none given."""
        pairs: dict[str, str] = {"portfolio": self.portfolio} if self.portfolio else {}
        if phases:
            pairs["phase"] = ",".join(phases)
        pairs |= {name: value for name, value in self.besides if name not in narrowed}
        for name, value in narrowed.items():
            text = value if isinstance(value, str) else ",".join(word or NONE for word in value)
            pairs[name] = text or NONE
        return f"/projects/?{urlencode([*pairs.items(), *self._as_of])}"

    def ending(self, start: date, end: date) -> str:
        """What is not dropped and ends between two dates."""
        phases = (Phase.PIPELINE, Phase.COMMITTED, Phase.FINISHED)
        return self.records(*phases, end_from=start.isoformat(), end_to=end.isoformat())

    def project(self, code: str) -> str:
        """A project's page."""
        return self._page("projects", code)

    def place(self, kind: str, code: str) -> str:
        """The page of a portfolio or programme."""
        return self._page(f"{kind}s", code)

    def page(self, path: str, **narrowed: str) -> str:
        """Any page, narrowed to the portfolio where it takes one, at the same date."""
        pairs = [(name, value) for name, value in narrowed.items() if value]
        query = urlencode([*pairs, *self._as_of])
        return f"{path}?{query}" if query else path

    def _page(self, section: str, code: str) -> str:
        return f"/{section}/{code}/{self.query}"

    @property
    def query(self) -> str:
        """What keeps the as-of date on the way to another page."""
        return f"?{urlencode(self._as_of)}" if self.as_of else ""

    @property
    def _as_of(self) -> list[tuple[str, str]]:
        return [("as_of", self.as_of)] if self.as_of else []

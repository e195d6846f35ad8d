"""Finding the project of a ledger line: by a rule, or by the code of a project as it stands in the file."""

from collections.abc import Iterable
from typing import Any

from mainstay.core.errors import Impossible
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import LedgerRule, RuleField
from mainstay.portfolio.models import Portfolio, Project

COLUMN_OF = {
    RuleField.PROJECT: "project_text",
    RuleField.COST_CENTRE: "cost_centre",
    RuleField.ACCOUNT: "account",
}


def projects_below(portfolio: Portfolio, user: Any, verb: Verb) -> Any:
    """The projects a ledger of a portfolio may book on: below it, and within the same confidential part."""
    rows = Project.objects.visible_to(user, verb).visible_to(user)
    return rows.filter(path__startswith=portfolio.path, seal=portfolio.seal)


class Matcher:
    """The rules of a ledger and the codes of projects, read once; the surest way of finding comes first."""

    def __init__(self, portfolio: Portfolio, source: str, actor: Any) -> None:
        projects = projects_below(portfolio, actor, Verb.LEDGER_IMPORT)
        self._by_id = {row.pk: row for row in projects.only("pk", "code", "name", "currency", "path", "seal")}
        self._by_code = {row.code.casefold(): row for row in self._by_id.values()}
        rules = LedgerRule.objects.filter(portfolio=portfolio, source=source)
        self._rules = {
            (field, text.casefold()): pk for field, text, pk in rules.values_list("field", "text", "project_id")
        }

    def project_of(self, line: Any) -> Project | None:
        """The project a line belongs to; None where no rule and no code says."""
        return next((found for found in self._candidates(line) if found is not None), None)

    def _candidates(self, line: Any) -> Iterable[Project | None]:
        yield self._by_rule(RuleField.PROJECT, line)
        yield self._by_code.get(line.project_text.casefold()) if line.project_text else None
        yield self._by_rule(RuleField.COST_CENTRE, line)
        yield self._by_rule(RuleField.ACCOUNT, line)

    def _by_rule(self, field: RuleField, line: Any) -> Project | None:
        text = getattr(line, COLUMN_OF[field])
        return self._by_id.get(self._rules.get((field, text.casefold()), 0)) if text else None


def refuse_elsewhere(portfolio: Portfolio, project: Project) -> None:
    """A ledger books on projects of its portfolio; a confidential part has a ledger of its own."""
    if not project.path.startswith(portfolio.path) or project.seal != portfolio.seal:
        raise Impossible(f"{project} is not a project of {portfolio}; a confidential part has a ledger of its own.")

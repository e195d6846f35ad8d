"""The roles and what each may do; a grant gives one of them to a person for a part of the tree."""

from enum import StrEnum

from mainstay.core import rights
from mainstay.core.verbs import Verb as V  # noqa: N817  (the table reads better)


class Role(StrEnum):
    """A standard role of portfolio management."""

    ADMINISTRATOR = "administrator"
    PMO_DIRECTOR = "pmo_director"
    PORTFOLIO_MANAGER = "portfolio_manager"
    PROGRAMME_MANAGER = "programme_manager"
    PROJECT_MANAGER = "project_manager"
    RESOURCE_MANAGER = "resource_manager"
    EVALUATOR = "evaluator"
    BOARD_MEMBER = "board_member"
    SPONSOR = "sponsor"
    FINANCE = "finance"
    EXECUTIVE = "executive"
    REQUESTER = "requester"
    PROPOSER = "proposer"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The role in words."""
        return "PMO director" if self is Role.PMO_DIRECTOR else self.value.replace("_", " ").capitalize()

    @property
    def verbs(self) -> frozenset[V]:
        """Everything the role may do."""
        return VERBS_OF[self]


VERBS_OF: dict[Role, frozenset[V]] = {
    Role.ADMINISTRATOR: rights.FIGURES | rights.PORTFOLIO | rights.CONFIGURE | rights.ACCESS | {V.PORTFOLIO_MOVE},
    Role.PMO_DIRECTOR: rights.FIGURES
    | rights.PORTFOLIO
    | rights.CONFIGURE
    | rights.AUTHORISE
    | {V.SEE_CONFIDENTIAL, V.SEE_AUDIT, V.SEE_ACCESS, V.GRANT_GIVE, V.GRANT_WITHDRAW, V.PORTFOLIO_MOVE},
    Role.PORTFOLIO_MANAGER: rights.FIGURES
    | rights.PORTFOLIO
    | rights.TEAM
    | rights.STEER
    | {V.SELECTION_ADOPT, V.PROJECT_AUTHORISE, V.SCENARIO_ADOPT, V.ADOPTION_UNDO, V.BASELINE_FREEZE, V.GATE_DECIDE},
    Role.PROGRAMME_MANAGER: rights.FIGURES | rights.PROGRAMME,
    Role.PROJECT_MANAGER: rights.FIGURES | rights.PROJECT,
    Role.RESOURCE_MANAGER: rights.SEE | rights.PEOPLE | rights.RATES | {V.ROWS_IMPORT},
    Role.EVALUATOR: rights.SEE | rights.JUDGE,
    Role.BOARD_MEMBER: rights.FIGURES | rights.AUTHORISE | rights.JUDGE,
    Role.SPONSOR: rights.FIGURES | rights.PROPOSE | rights.CHECK_IN | {V.REVIEW_EDIT, V.REVIEW_SIGN},
    Role.FINANCE: rights.FIGURES
    | rights.LEDGER
    | rights.RATES
    | rights.FUNDS
    | rights.FUNDING
    | {
        V.SEE_RESOURCES,
        V.SEE_HOURS,
        V.READINGS_VERIFY,
        V.CURRENCY_ADD,
        V.RATE_SET,
        V.YEAR_OPEN,
        V.DISCOUNT_SET,
        V.WEEKS_LOCK,
        V.HOURS_CORRECT,
    },
    Role.EXECUTIVE: rights.FIGURES | rights.JUDGE | rights.CHECK_IN | {V.SEE_RESOURCES},
    Role.REQUESTER: rights.PROPOSE,
    Role.PROPOSER: rights.FIGURES | rights.CASE,
    Role.AUDITOR: rights.FIGURES
    | {
        V.SEE_CONFIDENTIAL,
        V.SEE_AUDIT,
        V.SEE_ACCESS,
        V.SEE_REQUESTS,
        V.SEE_JUDGEMENTS,
        V.SEE_RESOURCES,
        V.SEE_RATES,
        V.SEE_ABSENCES,
        V.SEE_HOURS,
    },
}

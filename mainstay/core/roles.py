"""The roles and what each may do; a grant gives one of them to a person for a part of the tree."""

from enum import StrEnum

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


# What every signed-in person may do with what is their own; the operations check whose it is.
OWN = frozenset(
    {
        V.PASSWORD_SET,
        V.TOKEN_ISSUE,
        V.TOKEN_REVOKE,
        V.VIEW_SAVE,
        V.VIEW_REMOVE,
        V.RUN_START,
        V.RUN_CANCEL,
        V.RUN_RETRY,
        V.MAPPING_SAVE,
        V.MAPPING_REMOVE,
        V.NOTICE_READ,
    }
)

_SEE = frozenset({V.SEE_REGISTER})
_FIGURES = _SEE | {V.SEE_FIGURES}
_PROPOSE = frozenset({V.PROJECT_PROPOSE})
_PROJECT = frozenset(
    {
        V.PROJECT_EDIT,
        V.PROJECT_ADVANCE,
        V.MILESTONE_ADD,
        V.MILESTONE_EDIT,
        V.MILESTONE_REMOVE,
        V.DEPENDENCY_ADD,
        V.DEPENDENCY_REMOVE,
        V.MEMBER_ADD,
        V.MEMBER_REMOVE,
        V.CHANGE_UNDO,
    }
)
_PROGRAMME = _PROJECT | {V.PROGRAMME_EDIT, V.PROJECTS_EDIT, V.PROJECT_PROPOSE}
_SELECTION = frozenset({V.SELECTION_PREPARE, V.SELECTION_EDIT, V.SELECTION_SOLVE})
_PORTFOLIO = (
    _PROGRAMME
    | _SELECTION
    | {
        V.PROGRAMME_CREATE,
        V.PORTFOLIO_CREATE,
        V.PORTFOLIO_EDIT,
        V.PROJECT_MOVE,
        V.ROWS_IMPORT,
        V.MODEL_CREATE,
        V.MODEL_EDIT,
        V.PROJECTS_SCORE,
    }
)
_CONFIGURE = frozenset(
    {V.FIELD_CREATE, V.FIELD_EDIT, V.STAGE_EDIT, V.TRANSITION_EDIT, V.YEAR_OPEN, V.CURRENCY_ADD, V.RATE_SET}
)
_ACCESS = frozenset(
    {
        V.SEE_ACCESS,
        V.SEE_AUDIT,
        V.PERSON_CREATE,
        V.PERSON_EDIT,
        V.PERSON_DEACTIVATE,
        V.PERSON_REACTIVATE,
        V.GRANT_GIVE,
        V.GRANT_WITHDRAW,
    }
)
_AUTHORISE = frozenset({V.SELECTION_ADOPT, V.PROJECT_AUTHORISE})

VERBS_OF: dict[Role, frozenset[V]] = {
    Role.ADMINISTRATOR: _FIGURES | _PORTFOLIO | _CONFIGURE | _ACCESS | {V.PORTFOLIO_MOVE},
    Role.PMO_DIRECTOR: _FIGURES
    | _PORTFOLIO
    | _CONFIGURE
    | _AUTHORISE
    | {V.SEE_CONFIDENTIAL, V.SEE_AUDIT, V.SEE_ACCESS, V.GRANT_GIVE, V.GRANT_WITHDRAW, V.PORTFOLIO_MOVE},
    Role.PORTFOLIO_MANAGER: _FIGURES | _PORTFOLIO | {V.SELECTION_ADOPT, V.PROJECT_AUTHORISE},
    Role.PROGRAMME_MANAGER: _FIGURES | _PROGRAMME,
    Role.PROJECT_MANAGER: _FIGURES | _PROJECT,
    Role.RESOURCE_MANAGER: _SEE,
    Role.EVALUATOR: _SEE,
    Role.BOARD_MEMBER: _FIGURES | _AUTHORISE,
    Role.SPONSOR: _FIGURES | _PROPOSE,
    Role.FINANCE: _FIGURES | {V.CURRENCY_ADD, V.RATE_SET, V.YEAR_OPEN},
    Role.EXECUTIVE: _FIGURES,
    Role.REQUESTER: _PROPOSE,
    Role.PROPOSER: _FIGURES,
    Role.AUDITOR: _FIGURES | {V.SEE_CONFIDENTIAL, V.SEE_AUDIT, V.SEE_ACCESS},
}

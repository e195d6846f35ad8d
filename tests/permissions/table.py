"""The permission table: for every page, who may open it and who may act on it.

A rule is a verb (the roles that hold it there may), or one of the words of `rows`. An address whose name is missing
here and in the tables of the rooms fails a test, and so does a rule for an address that is gone.
"""

from mainstay.core.verbs import Verb
from tests.permissions.rooms import ROOMS
from tests.permissions.rows import CLOSED, PUBLIC, SIGNED_IN, Row, Rule

_CODE = {"code": "project"}
_PORTFOLIO = {"code": "portfolio"}
_PROGRAMME = {"code": "programme"}
_SELECTION = {"selection_id": "selection"}
_MODEL = {"model_id": "model"}
_FIGURES = (Verb.SEE_FIGURES,)
_LIST = Row(SIGNED_IN)
_ACCOUNT = Row(PUBLIC)


def _part(name: str, verb: Verb, *, get: Rule = None) -> Row:
    return Row(get, verb, arguments=_CODE | {"part_id": name})


TABLE: dict[str, Row] = {
    # Signing in
    "account_login": _ACCOUNT,
    "account_logout": _ACCOUNT,
    "account_inactive": _ACCOUNT,
    "account_reset_password": _ACCOUNT,
    "account_reset_password_done": _ACCOUNT,
    "account_reset_password_from_key": Row(PUBLIC, arguments={"uidb36": "nothing", "key": "nothing"}),
    "account_reset_password_from_key_done": _ACCOUNT,
    "account_change_password": Row(SIGNED_IN),
    "account_reauthenticate": Row(SIGNED_IN),
    "setup": Row(CLOSED, CLOSED, arguments={"token": "nothing"}),
    # What is one's own
    "home": _LIST,
    "profile": _LIST,
    "tokens": Row(SIGNED_IN, SIGNED_IN),
    "token_revocation": Row(None, CLOSED, arguments={"token_id": "token"}),
    "sign_out_everywhere": Row(None, SIGNED_IN),
    "notices": _LIST,
    "notice_reading": Row(None, CLOSED, arguments={"notice_id": "notice"}),
    "runs": _LIST,
    "run": Row(CLOSED, arguments={"run_id": "run"}),
    "run_cancellation": Row(None, CLOSED, arguments={"run_id": "run"}),
    "run_repetition": Row(None, CLOSED, arguments={"run_id": "run"}),
    "gallery": _LIST,
    "gallery_rank": Row(SIGNED_IN, SIGNED_IN),
    "gallery_undo": Row(None, SIGNED_IN),
    "gallery_weights": Row(None, SIGNED_IN),
    "gallery_map": _LIST,
    "gallery_sheet": Row(SIGNED_IN, SIGNED_IN),
    "gallery_links": Row(None, SIGNED_IN),
    "gallery_unlink": Row(None, SIGNED_IN),
    "gallery_order": Row(None, SIGNED_IN),
    "search": _LIST,
    "search_page": _LIST,
    "activity": _LIST,
    # People
    "people": Row(Verb.SEE_ACCESS, place="root"),
    "person_new": Row(Verb.PERSON_CREATE, Verb.PERSON_CREATE, place="root"),
    "person": Row(Verb.SEE_ACCESS, Verb.PERSON_EDIT, place="root", arguments={"username": "username"}),
    "grants": Row(None, Verb.GRANT_GIVE, place="root", arguments={"username": "username"}),
    "grant_withdrawal": Row(
        None, Verb.GRANT_WITHDRAW, place="root", arguments={"username": "username", "grant_id": "grant"}
    ),
    "person_closure": Row(None, Verb.PERSON_DEACTIVATE, place="root", arguments={"username": "username"}),
    # The register
    "projects": _LIST,
    "inventory_filters": _LIST,
    "inventory_columns": _LIST,
    "inventory_views": Row(None, SIGNED_IN),
    "inventory_view_removal": Row(None, CLOSED, arguments={"view_id": "view"}),
    "inventory_edits": Row(None, Verb.PROJECTS_EDIT, place="somewhere"),
    "project_options": _LIST,
    "inventory_export": _LIST,
    "undo": Row(None, Verb.CHANGE_UNDO, arguments={"event_id": "event"}),
    "project_new": Row(Verb.PROJECT_PROPOSE, Verb.PROJECT_PROPOSE, place="somewhere"),
    "project": Row(arguments=_CODE),
    "project_edit": Row(Verb.PROJECT_EDIT, Verb.PROJECT_EDIT, arguments=_CODE),
    "project_history": Row(arguments=_CODE),
    "project_move": Row(Verb.PROJECT_MOVE, Verb.PROJECT_MOVE, arguments=_CODE),
    "project_stage": Row(None, Verb.PROJECT_ADVANCE, arguments=_CODE | {"key": "stage"}),
    "milestones": Row(None, Verb.MILESTONE_ADD, arguments=_CODE),
    "milestone": _part("milestone", Verb.MILESTONE_EDIT, get=Verb.MILESTONE_EDIT),
    "milestone_completion": _part("milestone", Verb.MILESTONE_EDIT),
    "milestone_removal": _part("milestone", Verb.MILESTONE_REMOVE),
    "dependencies": Row(None, Verb.DEPENDENCY_ADD, arguments=_CODE),
    "dependency": _part("dependency", Verb.DEPENDENCY_EDIT, get=Verb.DEPENDENCY_EDIT),
    "dependency_removal": _part("dependency", Verb.DEPENDENCY_REMOVE),
    "members": Row(None, Verb.MEMBER_ADD, arguments=_CODE),
    "member_removal": _part("member", Verb.MEMBER_REMOVE),
    "portfolios": _LIST,
    "portfolio": Row(arguments=_PORTFOLIO),
    "portfolio_new": Row(Verb.PORTFOLIO_CREATE, Verb.PORTFOLIO_CREATE, query="under=NET"),
    "portfolio_edit": Row(Verb.PORTFOLIO_EDIT, Verb.PORTFOLIO_EDIT, arguments=_PORTFOLIO),
    "portfolio_move": Row(Verb.PORTFOLIO_MOVE, Verb.PORTFOLIO_MOVE, place="mixed", arguments=_PORTFOLIO),
    "programme_new": Row(Verb.PROGRAMME_CREATE, Verb.PROGRAMME_CREATE, arguments=_PORTFOLIO),
    "programme": Row(arguments=_PROGRAMME),
    "programme_edit": Row(Verb.PROGRAMME_EDIT, Verb.PROGRAMME_EDIT, arguments=_PROGRAMME),
    # What an administrator sets up
    "fields": Row(Verb.FIELD_CREATE, Verb.FIELD_CREATE, place="root"),
    "field": Row(Verb.FIELD_EDIT, Verb.FIELD_EDIT, place="root", arguments={"key": "field"}),
    "life_cycle": Row(Verb.STAGE_EDIT, Verb.STAGE_EDIT, place="root"),
    "stage_edit": Row(Verb.STAGE_EDIT, Verb.STAGE_EDIT, place="root", arguments={"key": "stage"}),
    "ways": Row(None, Verb.TRANSITION_EDIT, place="root"),
    "way": Row(Verb.TRANSITION_EDIT, Verb.TRANSITION_EDIT, place="root", arguments={"way_id": "way"}),
    "way_removal": Row(None, Verb.TRANSITION_EDIT, place="root", arguments={"way_id": "way"}),
    "years": Row(Verb.YEAR_OPEN, Verb.YEAR_OPEN, place="root"),
    "currencies": Row(Verb.SEE_REGISTER, Verb.CURRENCY_ADD, place="mixed"),
    "currency": Row(Verb.SEE_REGISTER, Verb.RATE_SET, place="mixed", arguments={"code": "currency"}),
    # Lists in
    "imports": Row(Verb.ROWS_IMPORT, Verb.ROWS_IMPORT, place="somewhere"),
    "import_mapping": Row(CLOSED, CLOSED, arguments={"token": "nothing"}),
    "import_check": Row(CLOSED, CLOSED, arguments={"token": "nothing"}),
    "import_removal": Row(None, SIGNED_IN, arguments={"token": "nothing"}),
    # Evaluate
    "score_models": _LIST,
    "score_model_new": Row(Verb.MODEL_CREATE, Verb.MODEL_CREATE, query="portfolio=NET"),
    "score_model": Row(arguments=_MODEL),
    "score_model_edit": Row(Verb.MODEL_EDIT, Verb.MODEL_EDIT, arguments=_MODEL),
    "scores": Row(None, Verb.PROJECTS_SCORE, arguments=_MODEL),
    "project_scores": Row(arguments=_CODE),
    # Authorise
    "selections": _LIST,
    "selection_new": Row(Verb.SELECTION_PREPARE, Verb.SELECTION_PREPARE, query="portfolio=NET"),
    "selection": Row(_FIGURES, arguments=_SELECTION),
    "selection_edit": Row(Verb.SELECTION_EDIT, Verb.SELECTION_EDIT, arguments=_SELECTION),
    "solution": Row(None, Verb.SELECTION_SOLVE, arguments=_SELECTION),
    "explanation": Row(_FIGURES, arguments=_SELECTION | _CODE),
    "problem_file": Row(_FIGURES, arguments=_SELECTION),
    "answer_file": Row(_FIGURES, arguments=_SELECTION),
    "adoption": Row(Verb.SELECTION_ADOPT, Verb.SELECTION_ADOPT, arguments=_SELECTION),
    "decisions": _LIST,
    "decision": Row(_FIGURES, arguments={"decision_id": "decision"}),
    "project_decisions": Row(arguments=_CODE),
}
for _room in ROOMS:
    assert not TABLE.keys() & _room.pages.keys(), "An address has its row in one place."
    TABLE |= _room.pages

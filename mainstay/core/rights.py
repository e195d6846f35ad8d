"""Bundles of verbs that roles are put together from."""

from mainstay.core.verbs import Verb as V  # noqa: N817  (the bundles read better)

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
        V.HOURS_ENTER,
        V.FAVOURITES_SET,
        V.TIMESHEET_SUBMIT,
        V.CONDITION_MEET,
        V.READINGS_RECORD,
    }
)

SEE = frozenset({V.SEE_REGISTER})
FIGURES = SEE | {V.SEE_FIGURES}
# What a requester does with requests and cases of their own; the operations check whose they are.
REQUEST = frozenset(
    {
        V.REQUEST_DRAFT,
        V.REQUEST_SAVE,
        V.REQUEST_SUBMIT,
        V.REQUEST_WITHDRAW,
        V.REQUEST_ANSWER,
    }
)
CASE = frozenset(
    {
        V.CASE_OPEN,
        V.CASE_EDIT,
        V.CASE_PUBLISH,
        V.OPTION_ADD,
        V.OPTION_EDIT,
        V.OPTION_REMOVE,
        V.LINES_ENTER,
        V.ASSUMPTION_ADD,
        V.ASSUMPTION_EDIT,
        V.ASSUMPTION_REMOVE,
        V.RISK_ADD,
        V.RISK_EDIT,
        V.RISK_REMOVE,
        V.CORRECTION_APPLY,
        V.CORRECTION_LIFT,
    }
)
TRIAGE = frozenset(
    {
        V.SEE_REQUESTS,
        V.REQUEST_ASSIGN,
        V.REQUEST_ASK,
        V.REQUEST_RETURN,
        V.REQUEST_ACCEPT,
        V.REQUEST_REJECT,
        V.REQUEST_MERGE,
        V.REQUESTS_TRIAGE,
        V.DUPLICATE_MERGE,
        V.DUPLICATE_DISMISS,
    }
)
STRATEGY = frozenset(
    {
        V.GOAL_CREATE,
        V.GOAL_EDIT,
        V.GOAL_REMOVE,
        V.GOALS_WEIGH,
        V.RESULT_ADD,
        V.RESULT_EDIT,
        V.RESULT_REMOVE,
        V.CAUSE_LINK,
        V.CAUSE_UNLINK,
        V.DEPARTMENT_CREATE,
        V.DEPARTMENT_EDIT,
        V.DRIVER_CREATE,
        V.DRIVER_EDIT,
        V.DRIVERS_WEIGH,
        V.CLASSIFICATION_CREATE,
        V.CLASSIFICATION_EDIT,
    }
)
CHECK_IN = frozenset({V.CHECKIN_RECORD, V.CHECKIN_CORRECT})
ALIGN = frozenset({V.CONTRIBUTION_SET, V.CONTRIBUTION_REMOVE, V.IMPACT_RATE, V.PROJECTS_CLASSIFY})
JUDGE = frozenset({V.JUDGEMENT_GIVE, V.JUDGEMENT_RECUSE, V.PAIR_COMPARE})
ROUNDS = frozenset(
    {
        V.SEE_JUDGEMENTS,
        V.ROUND_OPEN,
        V.ROUND_EDIT,
        V.ROUND_CLOSE,
        V.ROUND_REPEAT,
        V.ROUND_FINISH,
        V.SESSION_OPEN,
        V.SESSION_CLOSE,
        V.SESSION_PUBLISH,
        V.RANK_OVERRIDE,
        V.RANK_RESTORE,
    }
)
# What a project does to get its people: it says what it needs, asks, and answers offers.
STAFFING = frozenset(
    {V.DEMAND_ENTER, V.STAFFING_ASK, V.STAFFING_COUNTER, V.STAFFING_ACCEPT, V.STAFFING_DECLINE, V.STAFFING_WITHDRAW}
)
# What the manager of a team does with its people.
TEAM = frozenset(
    {
        V.SEE_RESOURCES,
        V.RESOURCE_ADD,
        V.RESOURCE_EDIT,
        V.PROFICIENCY_SET,
        V.PROFICIENCY_EDIT,
        V.PROFICIENCY_REMOVE,
        V.ABSENCE_RECORD,
        V.ABSENCE_EDIT,
        V.ABSENCE_REMOVE,
        V.ABSENCES_IMPORT,
        V.BOOKING_ADD,
        V.BOOKING_EDIT,
        V.BOOKING_REMOVE,
        V.BOOKING_SPLIT,
        V.BOOKING_REPLACE,
        V.BOOKINGS_CONFIRM,
        V.PROPOSAL_ACCEPT,
        V.PROPOSAL_REFUSE,
        V.STAFFING_OFFER,
        V.STAFFING_REFUSE,
        V.SEE_HOURS,
        V.HOURS_CORRECT,
        V.TIMESHEETS_APPROVE,
        V.TIMESHEET_RETURN,
        V.TIMESHEETS_REMIND,
    }
)
RATES = frozenset(
    {
        V.SEE_RATES,
        V.COSTRATE_SET,
        V.COSTRATE_EDIT,
        V.COSTRATE_REMOVE,
        V.SOURCING_SET,
        V.SOURCING_EDIT,
        V.SOURCING_REMOVE,
    }
)
PEOPLE = TEAM | {
    V.SEE_ABSENCES,
    V.DEMANDTEMPLATE_ADD,
    V.DEMANDTEMPLATE_EDIT,
    V.ROLE_ADD,
    V.ROLE_EDIT,
    V.SKILL_ADD,
    V.SKILL_EDIT,
    V.SITE_ADD,
    V.SITE_EDIT,
    V.CALENDAR_CREATE,
    V.CALENDAR_EDIT,
    V.TEAM_CREATE,
    V.TEAM_EDIT,
    V.WEEKS_LOCK,
}
PROPOSE = REQUEST | CASE | {V.PROJECT_PROPOSE}
# How a project keeps its course: what its manager reports, and what is asked and done about it.
COURSE = frozenset(
    {
        V.MONEY_ENTER,
        V.PACKAGE_ADD,
        V.PACKAGE_EDIT,
        V.PACKAGE_REMOVE,
        V.PROGRESS_RECORD,
        V.REPORT_DRAFT,
        V.REPORT_EDIT,
        V.REPORT_PUBLISH,
        V.ISSUE_ADD,
        V.ISSUE_EDIT,
        V.ISSUE_REMOVE,
        V.ACTION_ADD,
        V.ACTION_EDIT,
        V.ACTION_REMOVE,
        V.CHANGEREQUEST_DRAFT,
        V.CHANGEREQUEST_EDIT,
        V.CHANGEREQUEST_SUBMIT,
        V.CHANGEREQUEST_WITHDRAW,
        V.ALERT_TAKE,
        V.EXIT_SET,
    }
)
# How a project ends: its manager prepares it and writes down what was learned.
ENDING = frozenset({V.CLOSURE_PREPARE, V.CLOSURE_COMPLETE, V.LESSON_ADD, V.LESSON_EDIT, V.LESSON_REMOVE})
# How the office looks back at what is over.
LOOK_BACK = frozenset(
    {
        V.CLOSINGRULE_SET,
        V.REVIEW_START,
        V.REVIEW_EDIT,
        V.REVIEW_SIGN,
        V.REVIEWS_REMIND,
        V.LESSON_PUBLISH,
    }
)
# What the office sets up and looks after for all projects.
WATCH = frozenset(
    {
        *LOOK_BACK,
        V.RHYTHM_SET,
        V.REPORTS_REMIND,
        V.ALERTRULE_CREATE,
        V.ALERTRULE_EDIT,
        V.ALERTRULE_REMOVE,
        V.ALERTS_EVALUATE,
        V.CORRECTION_OFFER,
        V.CORRECTION_WITHDRAW,
    }
)
# What changes the course of authorised work; the operations ask for the delegation too.
STEER = frozenset({V.CHANGEREQUEST_DECIDE, V.WORK_PAUSE, V.WORK_STOP, V.WORK_RESUME})
# What is said about benefits; the operations let the owner of a benefit record what came of it.
SURVEYS = frozenset({V.SURVEY_RECORD, V.SURVEY_CORRECT, V.SURVEY_REMOVE})
BENEFITS = SURVEYS | frozenset(
    {V.BENEFIT_ADD, V.BENEFIT_EDIT, V.BENEFIT_REMOVE, V.BENEFITNEEDS_SET, V.READING_REMOVE}
)
LEDGER = frozenset({V.MONEY_ENTER, V.LEDGER_IMPORT, V.LEDGER_MATCH, V.PERIOD_CLOSE, V.PERIOD_REOPEN})
PROJECT = frozenset(
    {
        V.PROJECT_EDIT,
        V.PROJECT_ADVANCE,
        V.MILESTONE_ADD,
        V.MILESTONE_EDIT,
        V.MILESTONE_REMOVE,
        V.DEPENDENCY_ADD,
        V.DEPENDENCY_EDIT,
        V.DEPENDENCY_REMOVE,
        V.MEMBER_ADD,
        V.MEMBER_REMOVE,
        V.CHANGE_UNDO,
        V.GATE_OPEN,
        V.GATE_ANSWER,
        *COURSE,
        *ENDING,
        *CASE,
        *ALIGN,
        *STAFFING,
        *BENEFITS,
    }
)
PROGRAMME = PROJECT | PROPOSE | {V.SEE_RESOURCES, V.PROGRAMME_EDIT, V.PROJECTS_EDIT}
# What a scenario lets somebody do; the operations ask whose it is and with whom it was shared.
SCENARIO = frozenset(
    {
        V.SCENARIO_CREATE,
        V.SCENARIO_EDIT,
        V.SCENARIO_COPY,
        V.SCENARIO_ARRANGE,
        V.SCENARIO_SOLVE,
        V.SCENARIO_FREEZE,
        V.SCENARIO_REOPEN,
        V.SCENARIO_SHARE,
        V.SCENARIO_SUBMIT,
        V.SCENARIO_ARCHIVE,
        V.SCENARIO_MERGE,
    }
)
BOARDS = frozenset(
    {
        V.BOARD_CREATE,
        V.BOARD_EDIT,
        V.SEAT_GIVE,
        V.SEAT_END,
        V.DELEGATION_SET,
        V.DELEGATION_REMOVE,
        V.GATEMODEL_CREATE,
        V.GATEMODEL_EDIT,
        V.GATEMODEL_PUBLISH,
    }
)
# What a secretary does for a board; the operations ask for the seat.
MEETING = frozenset(
    {
        V.MEETING_PLAN,
        V.MEETING_EDIT,
        V.MEETING_FREEZE,
        V.MEETING_OPEN,
        V.MEETING_CLOSE,
        V.MEETING_RELEASE,
        V.AGENDA_SET,
        V.CONDITION_SET,
        V.CONDITIONS_REMIND,
        V.READINGS_REMIND,
    }
)
FUNDS = frozenset({V.FUND_CREATE, V.FUND_EDIT, V.ENVELOPE_SET, V.FUNDING_CARRY})
FUNDING = frozenset({V.FUNDING_COMMIT, V.FUNDING_DIVIDE, V.FUNDING_RELEASE, V.FUNDING_RETURN})
STUDY = frozenset({V.SELECTION_SIMULATE, V.SELECTION_VARY, V.SELECTION_TEST})
SELECTION = STUDY | {V.SELECTION_PREPARE, V.SELECTION_EDIT, V.SELECTION_SOLVE}
PORTFOLIO = (
    PROGRAMME
    | SELECTION
    | SCENARIO
    | MEETING
    | FUNDING
    | TRIAGE
    | STRATEGY
    | CHECK_IN
    | ROUNDS
    | WATCH
    | {
        V.PROGRAMME_CREATE,
        V.PORTFOLIO_CREATE,
        V.PORTFOLIO_EDIT,
        V.PROJECT_MOVE,
        V.ROWS_IMPORT,
        V.MODEL_CREATE,
        V.MODEL_EDIT,
        V.MODEL_PUBLISH,
        V.BYPASS_GRANT,
        V.BYPASS_LIFT,
        V.PROJECTS_SCORE,
        V.CYCLE_CREATE,
        V.CYCLE_EDIT,
        V.CYCLE_ADVANCE,
    }
)
CONFIGURE = frozenset(
    {
        V.FIELD_CREATE,
        V.FIELD_EDIT,
        V.STAGE_EDIT,
        V.TRANSITION_EDIT,
        V.YEAR_OPEN,
        V.CURRENCY_ADD,
        V.RATE_SET,
        V.DISCOUNT_SET,
        V.FORM_CREATE,
        V.FORM_EDIT,
        V.FORM_PUBLISH,
        *PEOPLE,
        *RATES,
        *BOARDS,
        *FUNDS,
        *LEDGER,
    }
)
ACCESS = frozenset(
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
AUTHORISE = frozenset(
    {
        V.SELECTION_ADOPT,
        V.PROJECT_AUTHORISE,
        V.SCENARIO_ADOPT,
        V.ADOPTION_UNDO,
        V.BASELINE_FREEZE,
        V.GATE_DECIDE,
        V.VOTE_CAST,
        V.ITEM_DECIDE,
        *STEER,
    }
)

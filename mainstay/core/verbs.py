"""The one vocabulary: everything a person can do.

A verb is at once the permission, the name of the operation, the word in the audit trail and the
operation id in the API. Words that begin with `see.` only read and have no operation.
"""

from enum import StrEnum


class Verb(StrEnum):
    """Something a person may do; its value is `noun.verb`."""

    SEE_REGISTER = "see.register"
    SEE_FIGURES = "see.figures"
    SEE_CONFIDENTIAL = "see.confidential"
    SEE_AUDIT = "see.audit"
    SEE_ACCESS = "see.access"

    PERSON_CREATE = "person.create"
    PERSON_EDIT = "person.edit"
    PERSON_DEACTIVATE = "person.deactivate"
    PERSON_REACTIVATE = "person.reactivate"
    PASSWORD_SET = "password.set"
    GRANT_GIVE = "grant.give"
    GRANT_WITHDRAW = "grant.withdraw"
    TOKEN_ISSUE = "token.issue"
    TOKEN_REVOKE = "token.revoke"
    VIEW_SAVE = "view.save"
    VIEW_REMOVE = "view.remove"
    MAPPING_SAVE = "mapping.save"
    MAPPING_REMOVE = "mapping.remove"
    ROWS_IMPORT = "rows.import"
    RUN_START = "run.start"
    RUN_CANCEL = "run.cancel"
    RUN_RETRY = "run.retry"
    CHANGE_UNDO = "change.undo"
    NOTICE_READ = "notice.read"

    PORTFOLIO_CREATE = "portfolio.create"
    PORTFOLIO_EDIT = "portfolio.edit"
    PORTFOLIO_MOVE = "portfolio.move"
    PROGRAMME_CREATE = "programme.create"
    PROGRAMME_EDIT = "programme.edit"
    PROJECT_PROPOSE = "project.propose"
    PROJECT_EDIT = "project.edit"
    PROJECTS_EDIT = "projects.edit"
    PROJECT_MOVE = "project.move"
    PROJECT_ADVANCE = "project.advance"
    PROJECT_AUTHORISE = "project.authorise"
    MILESTONE_ADD = "milestone.add"
    MILESTONE_EDIT = "milestone.edit"
    MILESTONE_REMOVE = "milestone.remove"
    DEPENDENCY_ADD = "dependency.add"
    DEPENDENCY_REMOVE = "dependency.remove"
    MEMBER_ADD = "member.add"
    MEMBER_REMOVE = "member.remove"
    FIELD_CREATE = "field.create"
    FIELD_EDIT = "field.edit"
    STAGE_EDIT = "stage.edit"
    TRANSITION_EDIT = "transition.edit"
    YEAR_OPEN = "year.open"

    CURRENCY_ADD = "currency.add"
    RATE_SET = "rate.set"

    MODEL_CREATE = "model.create"
    MODEL_EDIT = "model.edit"
    PROJECTS_SCORE = "projects.score"

    SELECTION_PREPARE = "selection.prepare"
    SELECTION_EDIT = "selection.edit"
    SELECTION_SOLVE = "selection.solve"
    SELECTION_ADOPT = "selection.adopt"

    @property
    def reads(self) -> bool:
        """Whether the verb only reads."""
        return self.value.startswith("see.")

    @property
    def sentence(self) -> str:
        """The verb as words for the audit trail: `edit project`."""
        noun, word = self.value.split(".")
        return f"{word} {noun}"

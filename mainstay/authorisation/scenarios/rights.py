"""Who may change a scenario beyond what their role allows: its owner and those it was shared with for changing."""

from mainstay.authorisation.models import Scenario
from mainstay.core import access
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Person
from mainstay.core.system import MAINSTAY, Actor
from mainstay.core.verbs import Verb


def is_theirs(scenario: Scenario, actor: Actor) -> bool:
    """Whether it is the person's to change; a scenario without an owner is everybody's whose role allows it."""
    if actor is MAINSTAY or scenario.owner_id is None:
        return True
    if not isinstance(actor, Person):
        return False
    return scenario.owner_id == actor.pk or scenario.shares.filter(person=actor, may_edit=True).exists()


def require_theirs(scenario: Scenario, actor: Actor) -> None:
    """Refuse somebody who may not see it at all or not change it."""
    if not is_theirs(scenario, actor):
        raise Forbidden("Only its owner, and those it was shared with for changing, change this scenario. Copy it.")


def require_draft(scenario: Scenario, actor: Actor) -> None:
    """Refuse changes to what is not theirs or no longer a draft."""
    require_theirs(scenario, actor)
    if not scenario.is_draft:
        state = scenario.get_state_display().lower()
        raise Impossible(f"{scenario.name} is {state}; copy it, or reopen it where that is possible.")


def rights(scenario: Scenario, actor: Actor) -> dict[str, bool]:
    """What the person may do with a scenario now, by name, for its page."""
    theirs = is_theirs(scenario, actor)
    may = {verb: access.may(actor, verb, scenario.portfolio) for verb in _ASKED}
    is_frozen = scenario.state in {"frozen", "submitted"}
    return {
        "may_arrange": theirs and scenario.is_draft and may[Verb.SCENARIO_ARRANGE],
        "may_edit": theirs and scenario.is_draft and may[Verb.SCENARIO_EDIT],
        "may_solve": theirs and scenario.is_draft and may[Verb.SCENARIO_SOLVE],
        "may_freeze": theirs and scenario.is_draft and may[Verb.SCENARIO_FREEZE],
        "may_submit": theirs and scenario.state in {"draft", "frozen"} and may[Verb.SCENARIO_SUBMIT],
        "may_reopen": theirs and (is_frozen or scenario.state == "archived") and may[Verb.SCENARIO_REOPEN],
        "may_share": theirs and scenario.state != "archived" and may[Verb.SCENARIO_SHARE],
        "may_archive": theirs and scenario.state not in {"archived", "adopted"} and may[Verb.SCENARIO_ARCHIVE],
        "may_copy": may[Verb.SCENARIO_COPY],
        "may_adopt": scenario.state in {"draft", "frozen", "submitted"} and may[Verb.SCENARIO_ADOPT],
    }


_ASKED = (
    Verb.SCENARIO_ARRANGE,
    Verb.SCENARIO_EDIT,
    Verb.SCENARIO_SOLVE,
    Verb.SCENARIO_FREEZE,
    Verb.SCENARIO_SUBMIT,
    Verb.SCENARIO_REOPEN,
    Verb.SCENARIO_SHARE,
    Verb.SCENARIO_ARCHIVE,
    Verb.SCENARIO_COPY,
    Verb.SCENARIO_ADOPT,
)

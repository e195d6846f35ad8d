"""Alerts and control in the permission table."""

from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.monitoring.alerts.operations import create_rule, evaluate_now
from mainstay.monitoring.control.operations import pause_work, set_exit
from mainstay.monitoring.models import Alert
from mainstay.portfolio.models import Portfolio, Project
from mainstay.portfolio.operations.projects import propose_project
from tests.monitoring.going import let_run
from tests.permissions.rows import SIGNED_IN, Room, Row

FIGURE, HIDDEN = Decimal("1234567.89"), Decimal("77123456.78")
_RUNNING, _RESTING = {"code": "running"}, {"code": "resting"}
_RULE, _ALERT, _DECISION = {"rule_id": "alertrule"}, {"alert_id": "alert"}, {"decision_id": "control_decision"}
_TERMS = {"name": "Late", "measure": "milestones.slip", "kind": "threshold", "side": "above", "severity": "warning"}
_EXIT = {"stop_cost": "1.00", "salvage": "0.00", "pause_cost": "0.00"}
_STEP = {"on": "2091-01-01", "reason": "Agreed", "version": "1", "months": "3"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Work that runs and work that rests with an alert and terms of exit, in Networks and where it is secret."""
    inside = _going(world.networks, "MAINS", "New mains", world.director, FIGURE)
    outside = _going(world.secret, "ZQ7MAINS", "Mains zq7secret", world.director, HIDDEN)
    return inside, outside


def _going(portfolio: Portfolio, code: str, name: str, manager: Any, figure: Decimal) -> dict[str, Any]:
    for each, words in ((code, name), (f"{code}2", f"{name} again")):
        made = propose_project(portfolio, actor=MAINSTAY, code=each, name=words, cost=figure, benefit=figure)
        let_run(made, manager=manager)
    running, resting = Project.objects.get(code=code), Project.objects.get(code=f"{code}2")
    set_exit(running, actor=MAINSTAY, stop_cost=figure, salvage=Decimal(0), pause_cost=Decimal(0), note="Agreed")
    terms = {"name": f"Any cost of {name}", "measure": "source.cost", "raise_at": 1.0}
    rule = create_rule(portfolio, actor=MAINSTAY, **terms)
    evaluate_now(portfolio, actor=MAINSTAY)
    decision = pause_work(resting, actor=MAINSTAY, months=3, on=date(2091, 1, 1), reason=f"Waits for {name}")
    alert = Alert.objects.get(rule=rule, project=running)
    keys = {"running": code, "resting": resting.code, "alertrule": rule.pk, "alert": alert.pk}
    return keys | {"control_decision": decision.pk}


ROOM = Room(
    pages={
        "alerts": Row(SIGNED_IN),
        "alert": Row(Verb.SEE_FIGURES, arguments=_ALERT),
        "alert_taking": Row(None, Verb.ALERT_TAKE, arguments=_ALERT, sent={"note": "On it", "version": "1"}),
        "alert_action": Row(None, Verb.ACTION_ADD, arguments=_ALERT, sent={"action-text": "Ask"}),
        "alert_evaluation": Row(None, Verb.ALERTS_EVALUATE, sent={"portfolio": "NET"}),
        "alert_rules": Row(SIGNED_IN),
        "alert_rule_new": Row(
            Verb.ALERTRULE_CREATE,
            Verb.ALERTRULE_CREATE,
            query="portfolio=NET",
            sent=_TERMS | {"portfolio": "NET", "raise_at": "30"},
        ),
        "alert_rule_edit": Row(
            Verb.ALERTRULE_EDIT,
            Verb.ALERTRULE_EDIT,
            arguments=_RULE,
            sent=_TERMS | {"version": "1", "raise_at": "30"},
        ),
        "alert_rule_removal": Row(None, Verb.ALERTRULE_REMOVE, arguments=_RULE),
        "control_queue": Row(SIGNED_IN),
        "control_scenario": Row(
            Verb.SCENARIO_CREATE,
            Verb.SCENARIO_CREATE,
            query="portfolio=NET",
            sent={"portfolio": "NET", "name": "Anew"},
        ),
        "released": Row(Verb.SEE_FIGURES, arguments=_DECISION),
        "released_plan": Row(None, Verb.SCENARIO_CREATE, arguments=_DECISION, sent={"project": "PUMPS"}),
        "project_control": Row(Verb.SEE_FIGURES, arguments=_RUNNING),
        "exit_terms": Row(Verb.EXIT_SET, Verb.EXIT_SET, arguments=_RUNNING, sent=_EXIT | {"version": "1"}),
        "work_stop": Row(Verb.WORK_STOP, Verb.WORK_STOP, arguments=_RUNNING, sent=_STEP),
        "work_pause": Row(Verb.WORK_PAUSE, Verb.WORK_PAUSE, arguments=_RUNNING, sent=_STEP),
        "work_resume": Row(Verb.WORK_RESUME, Verb.WORK_RESUME, arguments=_RESTING, sent=_STEP),
    },
    arguments={"alertrule_id": "alertrule", "alert_id": "alert", "released_id": "control_decision"},
    sent={
        "alertrule.create": {"portfolio": "NET", "name": "Late", "measure": "milestones.slip", "raise_at": 30},
        "see.alertrule.preview": {"portfolio": "NET", "name": "Late", "measure": "source.cost", "raise_at": 1},
        "alertrule.edit": {"raise_at": 20},
        "alert.take": {"note": "On it"},
        "exit.set": _EXIT,
        "see.release": {"months": 3},
        "work.stop": {"reason": "Agreed"},
        "work.pause": {"months": 3, "reason": "Agreed"},
        "work.resume": {"reason": "Agreed"},
    },
    reads={
        "see.alertrule": Verb.SEE_REGISTER,
        "see.alertrule.preview": Verb.ALERTRULE_CREATE,
        "see.alert": Verb.SEE_FIGURES,
        "see.release": Verb.SEE_FIGURES,
        "see.released": Verb.SEE_FIGURES,
    },
    placed=frozenset({"running", "resting", "alertrule", "alert", "control_decision"}),
    furnish=furnish,
)

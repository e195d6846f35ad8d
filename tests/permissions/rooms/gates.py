"""Gate models and gate reviews in the permission table."""

from typing import Any

from mainstay.authorisation.gates.operations import open_gate
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.governance.operations.gates import create_gate_model, publish_gate_model
from mainstay.portfolio.models import Portfolio, Project, Stage
from tests.permissions.rows import SIGNED_IN, Room, Row

_MODEL = {"key": "gate_model"}
_REVIEW = {"review_id": "gate_review"}
_GATE = {"name": "Chosen", "origin": "candidate", "target": "authorised"}
_VERDICT = {"verdict": "hold", "reason": "Not yet", "version": "1"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A gate model of Networks with an open review of the meters, and those of the confidential part."""
    inside = _gates(world.networks, "works", "Works", world.meters)
    outside = _gates(world.secret, "zq7gates", "zq7secret gates", world.heron)
    return inside, outside


def _gates(portfolio: Portfolio, key: str, name: str, project: Project) -> dict[str, Any]:
    terms = {"applies_to": {"cost_above": "1.50"}, "draft": {"gates": [_GATE | {"criteria": [f"{name} agreed"]}]}}
    model = create_gate_model(portfolio, actor=MAINSTAY, key=key, name=name, **terms)
    publish_gate_model(model, actor=MAINSTAY)
    target = Stage.objects.get(key="authorised")
    project = Project.objects.get(pk=project.pk)
    review = open_gate(project, actor=MAINSTAY, target=target)
    return {"gate_model": key, "gate_key": "authorised", "gate_review": review.pk}


ROOM = Room(
    pages={
        "gate_models": Row(SIGNED_IN),
        "gate_model": Row(arguments=_MODEL, query="project=METERS"),
        "gate_model_new": Row(
            Verb.GATEMODEL_CREATE,
            Verb.GATEMODEL_CREATE,
            query="portfolio=NET",
            sent={"portfolio": "NET", "key": "small", "name": "Small works"},
        ),
        "gate_model_edit": Row(
            Verb.GATEMODEL_EDIT, Verb.GATEMODEL_EDIT, arguments=_MODEL, sent={"name": "Works", "version": "1"}
        ),
        "gate_model_publish": Row(None, Verb.GATEMODEL_PUBLISH, arguments=_MODEL),
        "gate": Row(
            Verb.GATEMODEL_EDIT,
            Verb.GATEMODEL_EDIT,
            arguments=_MODEL | {"gate": "gate_key"},
            sent=_GATE | {"version": "1"},
        ),
        "gates": Row(SIGNED_IN),
        "gate_review": Row(Verb.SEE_REGISTER, Verb.GATE_ANSWER, arguments=_REVIEW, sent={"version": "1"}),
        "gate_verdict": Row(None, Verb.GATE_DECIDE, arguments=_REVIEW, sent=_VERDICT),
        "project_gates": Row(arguments={"code": "project"}),
        "gate_open": Row(None, Verb.GATE_OPEN, arguments={"code": "project"}, sent={"target": "authorised"}),
    },
    arguments={"gate_model_key": "gate_model", "review_id": "gate_review"},
    sent={
        "gatemodel.create": {"portfolio": "NET", "key": "small", "name": "Small works"},
        "gatemodel.edit": {"name": "Works"},
        "gate.open": {"stage": "authorised"},
        "gate.decide": {"verdict": "hold", "reason": "Not yet"},
    },
    reads={
        "see.gatemodel": Verb.SEE_REGISTER,
        "see.gatereview": Verb.SEE_REGISTER,
        "see.gatereview.asked": Verb.SEE_REGISTER,
    },
    placed=frozenset({"gate_model", "gate_review"}),
    furnish=furnish,
)

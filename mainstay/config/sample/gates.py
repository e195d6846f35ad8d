"""The gates of the sample: what capital works show before they start and before they hand over."""

from functools import partial

from mainstay.authorisation.gates.operations import answer_gate, decide_gate, gate_of, open_gate
from mainstay.authorisation.models import GateReview
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import Facts
from mainstay.config.sample.staff import Staff
from mainstay.core.system import MAINSTAY
from mainstay.governance.models import GateModel
from mainstay.governance.operations.gates import create_gate_model, publish_gate_model
from mainstay.portfolio.models import Portfolio, Project, Stage

PREPARED, PUBLISHED, OPENED, DECIDED = -40, -7, -5, -3
GATES = (
    {
        "key": "start",
        "name": "Ready to start",
        "origin": "authorised",
        "target": "active",
        "criteria": ["The supplier is chosen and the contract is agreed", "The first stage can be staffed"],
        "rules": ["risk <= 70"],
        "evidence": ["Signed contract or letter of intent", "Delivery plan for the first stage"],
        "checklist": ["Safety file opened", "Everybody the work touches was told"],
        "fields": ["manager", "start_date", "end_date"],
    },
    {
        "key": "handover",
        "name": "Ready to hand over",
        "origin": "active",
        "target": "closing",
        "criteria": ["The results are accepted by those who will run them"],
        "evidence": ["Acceptance record"],
        "checklist": ["Training given", "Open defects agreed with operations"],
        "fields": ["owner"],
    },
)
LINKS = "https://documents.northmoor.example"


def enter(projects: list[Facts], staff: Staff, diary: Diary) -> None:
    """Write the gate model into the diary, and the projects that stand before it now."""
    diary.enter(PREPARED, partial(_prepare, staff), hour=10)
    diary.enter(PUBLISHED, partial(_publish, staff), hour=10)
    waiting = [facts for facts in projects if facts.stage == "authorised"]
    active = [facts for facts in projects if facts.stage == "active" and facts.portfolio != "HERON"]
    for facts in waiting:
        diary.enter(OPENED, partial(_open, facts, "active", staff), hour=10)
    for facts in active[:2]:
        diary.enter(OPENED, partial(_open, facts, "closing", staff), hour=11)
    diary.enter(DECIDED, partial(_decide, active[0]), hour=14)


def _prepare(staff: Staff) -> None:
    top = Portfolio.objects.get(code="NORTHMOOR")
    create_gate_model(top, actor=staff["priya"], key="delivery", name="Delivery gates", draft={"gates": list(GATES)})


def _publish(staff: Staff) -> None:
    model = GateModel.objects.get(key="delivery")
    publish_gate_model(model, actor=staff["priya"], note="First edition, agreed with the investment board")


def _open(facts: Facts, target: str, staff: Staff) -> None:
    project = Project.objects.get(code=facts.code)
    review = open_gate(project, actor=staff["amara"], target=Stage.objects.get(key=target))
    gate = gate_of(review)
    answered = {line["key"]: {"answer": "yes", "note": ""} for line in gate["checklist"][:1]}
    first = gate["evidence"][0]
    link = {"title": first["text"], "url": f"{LINKS}/{facts.code.lower()}"}
    answers = {"checklist": answered, "evidence": {first["key"]: [link]}}
    answer_gate(review, actor=staff["amara"], answers=answers)


def _decide(facts: Facts) -> None:
    """The board decides; Mainstay carries it out, as after a meeting."""
    review = GateReview.objects.get(project__code=facts.code)
    reason = "The investment board: handing over may begin; the training of the night shift is to be finished first."
    decide_gate(review, actor=MAINSTAY, verdict="conditional", reason=reason)

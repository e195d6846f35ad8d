"""Bringing a project before a gate, answering what the gate asks, and deciding."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from mainstay.authorisation.authority import refuse_unauthorised
from mainstay.authorisation.deciding.operations.recording import record
from mainstay.authorisation.gates.standing import PASSING, gate_before
from mainstay.authorisation.models import Decision, DecisionKind, GateReview, Verdict
from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.governance.gates.applying import gate_named
from mainstay.governance.gates.asking import asked, open_words
from mainstay.governance.gates.terms import Gate
from mainstay.portfolio.models import Project, Stage

ANSWERS = frozenset({"yes", "no", ""})
MOST_LINKS, LONGEST = 20, 500


@operation(Verb.GATE_OPEN)
def open_gate(project: Project, *, actor: Actor, target: Stage, reason: str = "") -> GateReview:
    """Bring a project before the gate that stands between it and a stage."""
    edition, gate = gate_before(project, target)
    if gate is None or edition is None:
        raise Impossible(f"No gate stands between {project.stage} and {target} for this project.")
    if project.gate_reviews.filter(target=target, verdict="").exists():
        raise Impossible(f"The gate “{gate['name']}” is open already.")
    review = GateReview(project=project, edition=edition, gate=gate["key"], target=target)
    review.opened_at = surrounding().now()
    review.asked_by = actor if isinstance(actor, Person) else None
    return history.create(review)


@operation(Verb.GATE_ANSWER)
def answer_gate(
    review: GateReview,
    *,
    actor: Actor,
    answers: Mapping[str, Any],
    expected_version: int | None = None,
    reason: str = "",
) -> GateReview:
    """Say what the project has to show: yes or no with a note to each line, and links to the evidence."""
    _refuse_decided(review)
    review.answers = _clean(gate_of(review), answers)
    return history.save(review)


@operation(Verb.GATE_DECIDE)
def decide_gate(
    review: GateReview, *, actor: Actor, verdict: str, reason: str, expected_version: int | None = None
) -> GateReview:
    """Let a project through its gate or not, with the reason; never in one's own cause or beyond one's limit."""
    _refuse_decided(review)
    refuse_unauthorised(actor, review.project, review=review, verb=Verb.GATE_DECIDE)
    gate, reason = gate_of(review), reason.strip()
    _refuse_wordless(verdict, reason)
    lines = asked(review.project, gate, review.answers)
    if verdict == Verdict.GO and (words := open_words(lines, sees_figures=True)):
        raise Impossible(f"Still missing: {words}. Say “go, with conditions”, or let it be completed first.")
    review.verdict, review.reason, review.decided_at = verdict, reason, surrounding().now()
    review.decided_by = actor if isinstance(actor, Person) else None
    review.decision = _decision(review, gate)
    history.save(review)
    record(review.decision, {"gate": gate, "edition": review.edition.number, "answers": review.answers})
    return review


def gate_of(review: GateReview) -> Gate:
    """What the gate asked in the edition the review was opened with."""
    gate = gate_named(review.edition, review.gate)
    if gate is None:
        raise Impossible("The edition of this review does not know its gate.")
    return gate


def _refuse_decided(review: GateReview) -> None:
    if not review.is_open:
        raise Impossible(f"This gate was decided already: {review.get_verdict_display().lower()}.")


def _refuse_wordless(verdict: str, reason: str) -> None:
    if verdict not in Verdict.values:
        raise ValidationError({"verdict": f"Choose one of {', '.join(Verdict.values)}."})
    if not reason:
        raise ValidationError({"reason": "Say why; the reason stays on record."})


def _decision(review: GateReview, gate: Gate) -> Decision:
    project, word = review.project, Verdict(review.verdict).label
    outcome = "may enter" if review.verdict in PASSING else "does not enter"
    return history.create(
        Decision(
            kind=DecisionKind.GATE,
            portfolio=project.portfolio,
            title=f"{gate['name']}: {project.name}"[:160],
            statement=f"{word}: {project.name} ({project.code}) {outcome} {review.target}. {review.reason}",
            currency=project.currency,
            known_at=review.decided_at,
            decided_by=review.decided_by,
            decided_at=review.decided_at,
        )
    )


def _clean(gate: Gate, answers: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := answers.keys() - {"criteria", "checklist", "evidence"}:
        raise ValidationError({"answers": f"A gate asks for no {', '.join(sorted(unknown))[:100]}."})
    return {
        **{part: _clean_part(gate, part, answers.get(part) or {}) for part in ("criteria", "checklist")},
        "evidence": _clean_evidence(gate, answers.get("evidence") or {}),
    }


def _clean_part(gate: Gate, part: str, given: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    _refuse_unknown(gate, part, given)
    found = {}
    for key, one in given.items():
        answer, note = str(one.get("answer") or ""), str(one.get("note") or "").strip()
        if answer not in ANSWERS or len(note) > LONGEST:
            raise ValidationError({"answers": f"Answer yes or no, with a note of at most {LONGEST} characters."})
        if answer or note:
            found[key] = {"answer": answer, "note": note}
    return found


def _clean_evidence(gate: Gate, given: Mapping[str, Any]) -> dict[str, list[dict[str, str]]]:
    _refuse_unknown(gate, "evidence", given)
    return {key: [_link(link) for link in links] for key, links in given.items() if _few(links)}


def _few(links: Any) -> bool:
    if len(links) > MOST_LINKS:
        raise ValidationError({"evidence": f"At most {MOST_LINKS} links to one piece of evidence."})
    return bool(links)


def _link(link: Mapping[str, Any]) -> dict[str, str]:
    url, title = str(link.get("url") or "").strip(), str(link.get("title") or "").strip()
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or len(url) > LONGEST:
        raise ValidationError({"evidence": "Evidence is a link that begins with http:// or https://."})
    return {"title": (title or url)[:200], "url": url}


def _refuse_unknown(gate: Gate, part: str, given: Mapping[str, Any]) -> None:
    if unknown := given.keys() - {line["key"] for line in gate[part]}:
        raise ValidationError({"answers": f"The gate does not ask for {', '.join(sorted(unknown))[:100]}."})

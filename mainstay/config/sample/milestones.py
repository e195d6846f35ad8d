"""The dated results of each kind of work, how far they slip, and when they are met."""

from dataclasses import dataclass

from mainstay.config.sample.facts import Facts

KINDS = {
    "build": (
        ("Outline design agreed", 0.12),
        ("Consents granted", 0.25),
        ("Construction contract awarded", 0.35),
        ("Main structure complete", 0.65),
        ("Commissioning tests passed", 0.88),
        ("Handed over to operations", 1.0),
    ),
    "network": (
        ("Survey and design complete", 0.15),
        ("Materials on order", 0.25),
        ("A quarter of the work in service", 0.45),
        ("Half of the work in service", 0.62),
        ("Last section in service", 0.92),
        ("Handed over to operations", 1.0),
    ),
    "digital": (
        ("Requirements agreed with users", 0.15),
        ("Supplier chosen", 0.3),
        ("First release to fifty users", 0.55),
        ("Everybody on the new service", 0.85),
        ("Old service switched off", 1.0),
    ),
    "change": (
        ("Staff and partners consulted", 0.2),
        ("Pilot complete", 0.5),
        ("In use everywhere", 0.85),
        ("First benefits measured", 1.0),
    ),
}
SLIP = {"green": 4, "amber": 38, "red": 95}


@dataclass(frozen=True)
class Planned:
    """A milestone of a project: due, expected and met on days from today (None: not met)."""

    name: str
    due: int
    expected: int
    done: int | None


def planned(facts: Facts) -> list[Planned]:
    """The milestones of a project; those of a troubled one slip more, the later ones most."""
    return [_one(facts, name, share) for name, share in KINDS[facts.kind]]


def _one(facts: Facts, name: str, share: float) -> Planned:
    due = facts.start + round((facts.end - facts.start) * share)
    expected = due + round(slip(facts) * share)
    return Planned(name, due, expected, expected if _is_met(facts, expected, share) else None)


def slip(facts: Facts) -> int:
    """The days a project's end has moved."""
    health = facts.reports[-1].health if facts.reports else "green"
    return SLIP[health] + facts.number % 5


def _is_met(facts: Facts, expected: int, share: float) -> bool:
    if facts.stage == "closed":
        return True
    if facts.stage == "closing":
        return share < 1
    return expected < (facts.ended or -1)

"""By how many days each project of a chain may slip without moving the chain's end; none to spare: critical."""

from collections.abc import Iterable
from datetime import date

from mainstay.cockpit.queries.roadmap import Facts
from mainstay.engine.network import Link, Network, plan

Pairs = list[tuple[int, int]]


def slack_of(facts: Facts) -> dict[int, int]:
    """Days to spare for every planned project that depends on another one or is needed by one.

    A chain is everything that hangs together by dependencies; its end is the latest planned day of its projects.
    Below zero: what depends on the project has to begin later than planned, and the end cannot be kept.
    """
    known = {pk: work for pk, work in facts.by_id.items() if work.is_planned}
    links = {(link.needs_id, link.project_id) for link in facts.links}
    pairs = [(needs, project) for needs, project in sorted(links) if needs in known and project in known]
    ends = _chain_ends({pk: work.end for pk, work in known.items()}, pairs)
    if not ends:
        return {}
    number = {pk: place for place, pk in enumerate(ends)}
    network = Network.of(
        [known[pk].days for pk in ends],
        [Link(number[needs], number[project]) for needs, project in pairs],
        [known[pk].start.toordinal() for pk in ends],
        [end.toordinal() + 1 for end in ends.values()],
    )
    return dict(zip(ends, (round(days) for days in plan(network).slack.tolist()), strict=True))


def _chain_ends(days: dict[int, date], pairs: Pairs) -> dict[int, date]:
    """The last day of the chain each project belongs to."""
    beside: dict[int, set[int]] = {}
    for needs, project in pairs:
        beside.setdefault(needs, set()).add(project)
        beside.setdefault(project, set()).add(needs)
    ends: dict[int, date] = {}
    for first in beside:
        if first not in ends:
            chain = _reached(first, beside)
            ends |= dict.fromkeys(sorted(chain), max(days[pk] for pk in chain))
    return ends


def _reached(first: int, beside: dict[int, set[int]]) -> set[int]:
    found: set[int] = set()
    front: Iterable[int] = {first}
    while front:
        found |= set(front)
        front = set().union(*(beside[pk] for pk in front)) - found
    return found

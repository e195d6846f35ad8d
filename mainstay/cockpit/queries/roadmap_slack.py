"""By how many days each project of a chain may slip without moving the chain's end; none to spare: critical."""

from collections.abc import Iterable
from datetime import date

from mainstay.cockpit.queries.roadmap import Facts, Work


def slack_of(facts: Facts) -> dict[int, int]:
    """Days to spare for every planned project that depends on another one or is needed by one.

    Dates stand as they are planned. A chain is everything that hangs together by dependencies; its end is the latest
    day of its projects. Below zero: the dates contradict each other.
    """
    known = {pk: work for pk, work in facts.by_id.items() if work.is_planned}
    links = {(link.needs_id, link.project_id) for link in facts.links}
    pairs = [(needs, project) for needs, project in sorted(links) if needs in known and project in known]
    after: dict[int, list[int]] = {}
    for needs, project in pairs:
        after.setdefault(needs, []).append(project)
    ends = _chain_ends(known, pairs)
    slack: dict[int, int] = {}
    for pk in _last_first(after, ends):
        own = known[pk].end
        rooms = [(known[one].start - own).days - 1 + slack[one] for one in after.get(pk, ()) if one in slack]
        slack[pk] = min([*rooms, (ends[pk] - own).days])
    return slack


def _chain_ends(known: dict[int, Work], pairs: Iterable[tuple[int, int]]) -> dict[int, date]:
    """The last day of the chain each project belongs to."""
    beside: dict[int, set[int]] = {}
    for needs, project in pairs:
        beside.setdefault(needs, set()).add(project)
        beside.setdefault(project, set()).add(needs)
    ends: dict[int, date] = {}
    for first in beside:
        if first in ends:
            continue
        chain = _reached(first, beside)
        ends |= dict.fromkeys(chain, max(known[pk].end for pk in chain))
    return ends


def _reached(first: int, beside: dict[int, set[int]]) -> set[int]:
    found, front = {first}, {first}
    while front:
        front = set().union(*(beside[pk] for pk in front)) - found
        found |= front
    return found


def _last_first(after: dict[int, list[int]], nodes: Iterable[int]) -> list[int]:
    """Every project behind all that need it; one that comes round to itself takes its place all the same."""
    order: list[int] = []
    seen: set[int] = set()
    for node in nodes:
        waiting = [(node, False)]
        while waiting:
            pk, is_left = waiting.pop()
            if is_left:
                order.append(pk)
            elif pk not in seen:
                seen.add(pk)
                waiting += [(pk, True), *((one, False) for one in after.get(pk, ()))]
    return order

"""Checking the terms of a scenario: what they name exists, and every number makes sense."""

from datetime import date
from typing import Any

from mainstay.authorisation.models import Scenario
from mainstay.authorisation.scenarios.slices import buckets_of
from mainstay.authorisation.terms import (
    check_aim,
    checked_groups,
    checked_list,
    checked_number,
    checked_shares,
    clean_by,
    limitable,
)
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import FiscalYear
from mainstay.resources.models import Role
from mainstay.value.models import Fund

KINDS = {"budget": "More budget", "hire": "Hire", "loss": "Leave"}
MOST_WINDOW = 60
KNOWN_RULES = frozenset({"dependencies", "at_most_one", "shares", "mix", "forced", "window", "delay", "committed"})


def limitables(scenario: Scenario) -> dict[str, str]:
    """What a scenario can be limited by, by key: money, people, funds, roles, and further numbers."""
    funds = Fund.objects.filter(portfolio__key__in=scenario.portfolio.path.strip("/").split("/"))
    roles = Role.objects.all()
    return {
        "cost": "Budget",
        "roles": "People by role, as many as there are",
        **{f"fund.{fund.key}": f"Fund {fund.name}" for fund in funds},
        **{f"role.{role.key}": f"{role.name}, hours in each period" for role in roles},
        **limitable(),
    }


def clean_scenario(scenario: Scenario) -> None:
    """Put the terms into their stored form; everything that is wrong is said at once, field by field."""
    clean_by(_CHECKS, scenario)


def _check_limits(scenario: Scenario) -> None:
    known, years = limitables(scenario), set(FiscalYear.objects.values_list("name", flat=True))
    limits = [_limit(entry, known, years) for entry in checked_list(scenario.limits)]
    named = [(limit["source"], limit.get("year", "")) for limit in limits]
    if len(set(named)) < len(named):
        raise ValueError("The same is limited twice; keep the smaller limit.")
    scenario.limits = limits


def _limit(entry: dict[str, Any], known: dict[str, str], years: set[str]) -> dict[str, str]:
    source, year = entry["source"], entry.get("year") or ""
    if source not in known:
        raise ValueError("Choose what is limited.")
    if year and (source != "cost" or year not in years):
        raise ValueError("Only the budget is limited by year, and by one of the fiscal years.")
    if source == "roles" or source.startswith("fund."):
        return {"source": source}
    if entry.get("max") in (None, ""):
        raise ValueError(f"Say how much there is at most of {known[source].lower()}.")
    limit = {"source": source, "max": checked_number(entry["max"])}
    return limit | {"year": year} if year else limit


def _check_changes(scenario: Scenario) -> None:
    roles = set(Role.objects.values_list("key", flat=True))
    scenario.changes = [_change(entry, roles) for entry in checked_list(scenario.changes)]


def _change(entry: dict[str, Any], roles: set[str]) -> dict[str, str]:
    kind = entry["kind"]
    if kind not in KINDS:
        raise ValueError("A change is more budget, a hire or somebody leaving.")
    try:
        since = date.fromisoformat(str(entry["from"])).isoformat()
    except ValueError:
        raise ValueError("Say from which day on a change holds.") from None
    change = {"kind": kind, "amount": checked_number(entry["amount"]), "from": since}
    if kind == "budget":
        return change
    if entry.get("role") not in roles:
        raise ValueError("Say which role is hired or leaves.")
    return change | {"role": entry["role"]}


def _check_rules(scenario: Scenario) -> None:
    rules = scenario.rules
    if unknown := rules.keys() - KNOWN_RULES:
        raise ValueError(f"There is no rule {sorted(unknown)[0]}.")
    if rules.get("committed", "kept") not in {"kept", "free"}:
        raise ValueError("Committed projects are kept or free.")
    window = int(checked_number(rules.get("window", 2)))
    if window > MOST_WINDOW:
        raise ValueError(f"A start moves by at most {MOST_WINDOW} periods.")
    delay = rules.get("delay") or {}
    scenario.rules = {
        "dependencies": rules.get("dependencies", True) is True,
        "at_most_one": checked_groups(rules.get("at_most_one", [])),
        "shares": checked_shares(rules.get("shares", [])),
        "mix": _mix(scenario, rules.get("mix", [])),
        "window": window,
        "delay": {
            "share": checked_number(delay.get("share") or 0),
            "amount": checked_number(delay.get("amount") or 0),
        },
        "committed": rules.get("committed", "kept"),
    }


def _mix(scenario: Scenario, entries: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Shares of kinds of work, each once; whether a kind is there is everybody's to know."""
    known = buckets_of(scenario, MAINSTAY)
    found = []
    for entry in checked_list(entries):
        key = (str(entry["classification"]), str(entry["bucket"]))
        if key not in known:
            raise ValueError("Choose a kind of work of a classification in use.")
        bounds = {end: entry.get(end) for end in ("min", "max")}
        [share] = checked_shares([{"theme": known[key], **bounds}])
        found.append({"classification": key[0], "bucket": key[1], "min": share["min"], "max": share["max"]})
    if len({(one["classification"], one["bucket"]) for one in found}) < len(found):
        raise ValueError("A kind of work has one share only.")
    return found


_CHECKS = {"maximise": check_aim, "limits": _check_limits, "changes": _check_changes, "rules": _check_rules}

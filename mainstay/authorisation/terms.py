"""Checking the terms of a selection: what they name exists, and every number makes sense."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.authorisation.aims import aims_for
from mainstay.authorisation.candidates import BY_COMMITMENT, COUNT
from mainstay.authorisation.models import Scenario, Selection
from mainstay.evaluation.sources import CUSTOM, known_sources
from mainstay.portfolio.custom import active_fields
from mainstay.portfolio.models import FieldKind, Phase, Stage

MOST_ENTRIES = 500
LONGEST_REASON = 300
LARGEST = Decimal(10) ** 14
WAYS = frozenset({"in", "out"})


def presents() -> dict[str, str]:
    """What a plan may be compared with, by key: nothing, what is committed, or a yes-or-no field."""
    fields = {f"{CUSTOM}{field.key}": field.label for field in active_fields() if field.kind == FieldKind.YES_NO}
    return {"": "Nothing", BY_COMMITMENT: "The projects committed today", **fields}


def open_stages() -> dict[str, str]:
    """The stages candidates may come from, by key."""
    return dict(Stage.objects.filter(phase=Phase.PIPELINE).values_list("key", "name"))


def limitable() -> dict[str, str]:
    """What can be limited beside the budget, by key."""
    own = {key: source.label for key, source in known_sources().items() if key != "cost" and source.adds_up}
    return {COUNT.key: COUNT.label} | own


def clean_terms(selection: Selection) -> None:
    """Put the terms into their stored form; everything that is wrong is said at once, field by field."""
    clean_by(_CHECKS, selection)


def clean_by(checks: Mapping[str, Callable[[Any], None]], row: Any) -> None:
    """Check every field of a row; everything that is wrong is said at once, field by field."""
    errors: dict[str, str] = {}
    for name, check in checks.items():
        try:
            check(row)
        except ValueError as error:
            errors[name] = str(error)
        except (KeyError, TypeError, AttributeError):
            errors[name] = "This is not written as it should be."
    if errors:
        raise ValidationError(errors)


def check_aim(row: Selection | Scenario) -> None:
    """What shall be most is something the portfolio can be chosen by."""
    if row.maximise not in aims_for(row.portfolio, row.currency):
        raise ValueError("Choose what shall be most.")


def _check_stages(selection: Selection) -> None:
    if not selection.stages or not set(selection.stages) <= open_stages().keys():
        raise ValueError("Choose the stages the candidates come from.")


def _check_present(selection: Selection) -> None:
    if selection.present not in presents():
        raise ValueError("Choose what the plan is compared with.")


def _check_limits(selection: Selection) -> None:
    known = limitable()
    limits = [
        {"source": entry["source"], "max": checked_number(entry["max"])} for entry in checked_list(selection.limits)
    ]
    for limit in limits:
        if limit["source"] not in known:
            raise ValueError("Choose what is limited.")
    if len({limit["source"] for limit in limits}) < len(limits):
        raise ValueError("The same is limited twice; keep the smaller limit.")
    selection.limits = limits


def _check_rules(selection: Selection) -> None:
    rules = selection.rules
    if unknown := rules.keys() - {"dependencies", "at_most_one", "forced", "shares"}:
        raise ValueError(f"There is no rule {sorted(unknown)[0]}.")
    selection.rules = {
        "dependencies": rules.get("dependencies") is True,
        "at_most_one": checked_groups(rules.get("at_most_one", [])),
        "forced": _forced(checked_list(rules.get("forced", []))),
        "shares": checked_shares(rules.get("shares", [])),
    }


def checked_groups(groups: list[list[str]]) -> list[list[str]]:
    """Groups of which one may be chosen; ValueError where one names fewer than two."""
    return [_group(codes) for codes in checked_list(groups)]


def _group(codes: list[str]) -> list[str]:
    codes = [str(code) for code in dict.fromkeys(checked_list(codes))]
    if len(codes) < 2:
        raise ValueError("At most one of a group: a group names two candidates or more.")
    return codes


def _forced(entries: list[dict[str, Any]]) -> list[dict[str, str]]:
    forced = [_forced_one(entry) for entry in entries]
    codes = [entry["code"] for entry in forced]
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        raise ValueError(f"{twice} is forced twice.")
    return forced


def _forced_one(entry: dict[str, Any]) -> dict[str, str]:
    code, way, reason = str(entry["code"]), entry["way"], str(entry["reason"]).strip()
    if way not in WAYS:
        raise ValueError(f"{code} is forced in or out.")
    if not reason:
        raise ValueError(f"Say why {code} is forced {way}; the reason stands in the decision.")
    return {"code": code, "way": way, "reason": reason[:LONGEST_REASON]}


def checked_shares(entries: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Shares of themes, each once, as text; ValueError where they make no sense."""
    shares = [_share(entry) for entry in checked_list(entries)]
    if len({share["theme"] for share in shares}) < len(shares):
        raise ValueError("A theme has one share only.")
    return shares


def _share(entry: dict[str, Any]) -> dict[str, str]:
    theme = str(entry["theme"]).strip()
    low, high = (checked_number(entry[end]) if entry.get(end) not in (None, "") else "" for end in ("min", "max"))
    if not theme or not (low or high):
        raise ValueError("A share names a theme and at least or at most so many per cent.")
    if max(Decimal(end) for end in (low, high) if end) > 100:
        raise ValueError(f"The share of {theme} is at most 100 per cent.")
    if low and high and Decimal(low) > Decimal(high):
        raise ValueError(f"The share of {theme}: at least {low} is more than at most {high}.")
    return {"theme": theme, "min": low, "max": high}


def checked_list(entries: Any) -> list[Any]:
    """A list that is not too long; ValueError where it is none."""
    if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
        raise ValueError(f"Give a list of at most {MOST_ENTRIES} entries.")
    return entries


def checked_number(value: Any) -> str:
    """A number from 0 on as text; ValueError where it is none."""
    try:
        number = Decimal(str(value).replace(",", "").strip())
    except InvalidOperation:
        raise ValueError(f"{value} is not a number.") from None
    if not number.is_finite() or not 0 <= number <= LARGEST:
        raise ValueError(f"{value} is out of range; give a number from 0 on.")
    return format(number.normalize(), "f")


_CHECKS = {
    "maximise": check_aim,
    "stages": _check_stages,
    "present": _check_present,
    "limits": _check_limits,
    "rules": _check_rules,
}

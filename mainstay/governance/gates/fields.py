"""The fields of a project that a gate may ask for or judge."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from mainstay.portfolio.custom import active_fields

TESTS = {"<=": "at most", ">=": "at least", "=": "is", "!=": "is not"}


@dataclass(frozen=True)
class Known:
    """A field: its name, its words, and whether it is a business-case figure."""

    name: str
    label: str
    is_figure: bool = False


BUILT_IN = (
    Known("cost", "Whole-life cost", True),
    Known("benefit", "Whole-life benefit", True),
    Known("risk", "Risk (0-100)"),
    Known("theme", "Theme"),
    Known("description", "Description"),
    Known("owner", "Owner"),
    Known("manager", "Project manager"),
    Known("programme", "Programme"),
    Known("start_date", "Start"),
    Known("end_date", "End"),
    Known("health", "Health"),
    Known("confidence", "Delivery confidence"),
)


def known_fields() -> dict[str, Known]:
    """Every field by name; those the organisation added begin with `custom.`."""
    own = (Known(f"custom.{field.key}", field.label, field.is_confidential) for field in active_fields())
    return {known.name: known for known in (*BUILT_IN, *own)}


def value_of(project: Any, name: str) -> Any:
    """What a project has in a field; None where it has nothing."""
    if name.startswith("custom."):
        value = (project.custom or {}).get(name.removeprefix("custom."))
    else:
        value = getattr(project, f"{name}_id", None) if name in _LINKS else getattr(project, name)
    return None if value == "" else value


_LINKS = frozenset({"owner", "manager", "programme"})


def holds(project: Any, rule: Mapping[str, str]) -> bool:
    """Whether a project meets a rule; what is not known does not."""
    value = value_of(project, rule["field"])
    if value is None:
        return False
    left, right = _comparable(value, rule["value"])
    return _COMPARISONS[rule["test"]](left, right)


_COMPARISONS = {
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}


def _comparable(value: Any, wanted: str) -> tuple[Any, Any]:
    """Both as numbers where they are numbers, else as words; dates compare as words too."""
    numbers = number_of(str(value)), number_of(wanted)
    return numbers if None not in numbers else (str(value).casefold(), wanted.casefold())


def number_of(text: str) -> Decimal | None:
    """A number as somebody typed it; None where it is none."""
    try:
        number = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def rule_words(rule: Mapping[str, str], known: Mapping[str, Known]) -> str:
    """A rule as a sentence: Risk (0-100) at most 60."""
    label = known[rule["field"]].label if rule["field"] in known else rule["field"]
    return f"{label} {TESTS[rule['test']]} {rule['value']}"

"""The measures rules may watch: what each means, and its values for many projects in a constant number of queries."""

from collections.abc import Callable
from dataclasses import dataclass

from mainstay.charts import words
from mainstay.evaluation.sources import Source, known_sources, read_all
from mainstay.monitoring.alerts.batch import Batch, Floats

SOURCE = "source."


@dataclass(frozen=True)
class Measure:
    """A figure of a project. values: (projects,) for a batch, NaN where it is not known.

    is_silence: it counts days without news, so a rule may watch for silence. is_money: its unit is the currency of
    each project.
    """

    key: str
    label: str
    unit: str
    definition: str
    values: Callable[[Batch], Floats]
    places: int = 0
    is_silence: bool = False
    is_money: bool = False

    @property
    def name(self) -> str:
        """Its label with its unit."""
        unit = "in the currency of the project" if self.is_money else self.unit
        return f"{self.label}, {unit}" if unit else self.label

    def told(self, value: float | None, currency: str = "") -> str:
        """A value with its unit; money in a currency."""
        if value is None:
            return "not known"
        if self.is_money:
            return words.money(value, currency)
        number = words.number(value, self.places)
        return f"{number} {self.unit}".strip() if self.unit != "%" else f"{number}\N{NO-BREAK SPACE}%"


_measures: dict[str, Measure] = {}


def register(measure: Measure) -> Measure:
    """Make a measure known; whoever registers the same key later replaces it."""
    _measures[measure.key] = measure
    return measure


def known_measures() -> dict[str, Measure]:
    """Every measure by key: those of monitoring, then every number that projects carry, custom ones included."""
    carried = (_carried(source) for source in known_sources().values())
    return _measures | {measure.key: measure for measure in carried}


def measure_named(key: str) -> Measure | None:
    """A measure; None where it is no longer known, as a custom field taken away."""
    return _measures.get(key) or (known_measures().get(key) if key.startswith(SOURCE) else None)


def _carried(source: Source) -> Measure:
    said = f"{source.label} of the project as the register or its business case has it now."
    read = lambda batch: _read(batch, source)  # noqa: E731
    key, unit = SOURCE + source.key, "" if source.is_money else source.unit
    return Measure(key, source.label, unit, said, read, places=2, is_money=source.is_money)


def _read(batch: Batch, source: Source) -> Floats:
    """A number that projects carry, each in its own currency."""
    found: list[tuple[int, object]] = []
    for currency in {row.currency for row in batch.rows}:
        rows = [row for row in batch.rows if row.currency == currency]
        numbers = read_all(source, rows, currency, batch.as_of)
        found += [(row.row_id, number) for row, number in zip(rows, numbers, strict=True)]
    return batch.column(found)

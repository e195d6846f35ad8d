"""What appraisal adds to lists of projects: net present value and risk exposure, where figures may be seen."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, Func, Value

from mainstay.evaluation.appraisal.reading import CaseFigures, all_figures, name_of_figures
from mainstay.portfolio.queries import Column, Kind, Reading
from mainstay.portfolio.queries.remember import remembered

AMOUNT = DecimalField(max_digits=20, decimal_places=2)
LAID_DOWN = (
    "(WITH told (pk, amount) AS MATERIALIZED"
    " (SELECT CAST(key AS INTEGER), CAST(value AS REAL) FROM json_each(%(expressions)s)"
)
FOUND_IN_IT = ")) SELECT amount FROM told WHERE pk = "


class LookedUp(Func):
    """A number by the id of the row, from a table of numbers that travels with the query as JSON."""

    output_field = AMOUNT

    def __init__(self, key: str, table: str) -> None:
        super().__init__(Value(table), F(key))

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """SQLite lays the table down once and finds rows by an index: a path into JSON would be walked for each."""
        return self.as_sql(compiler, connection, template=LAID_DOWN, arg_joiner=FOUND_IN_IT)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """PostgreSQL finds it by the key."""
        table, key = self.source_expressions
        first, one = compiler.compile(table)
        second, two = compiler.compile(key)
        return f"(({first})::jsonb ->> ({second})::text)::numeric", (*one, *two)


def table_of(amounts: Mapping[int, Decimal | int]) -> str:
    """Numbers by the id of the row, as the query takes them along."""
    return json.dumps({str(pk): str(amount) for pk, amount in amounts.items()}, separators=(",", ":"))


def _column(name: str, label: str, tell: Callable[[CaseFigures], Decimal | None]) -> Column:
    def table(reading: Reading) -> str:
        known = all_figures(reading.user, reading.as_of)
        return table_of({pk: amount for pk, one in known.items() if (amount := tell(one)) is not None})

    def read(reading: Reading) -> Any:
        # The text is remembered, too: reading it back is far cheaper than reading back every case.
        kept = f"{name} in {name_of_figures(reading.user, reading.as_of)}"
        return LookedUp(reading.key, remembered(reading, kept, lambda: table(reading)))

    return Column(name, label, Kind.MONEY, f"case_{name}", read=read)


NPV = _column("npv", "Net present value", lambda one: one.measures.npv)
EXPOSURE = _column("exposure", "Risk exposure", lambda one: one.exposure if one.risks else None)

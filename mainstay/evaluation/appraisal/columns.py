"""What appraisal adds to lists of projects: net present value and risk exposure, where figures may be seen."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, Func, Value
from django.db.models.functions import Cast

from mainstay.evaluation.appraisal.reading import CaseFigures, all_figures
from mainstay.portfolio.queries import Column, Kind, Reading

AMOUNT = DecimalField(max_digits=20, decimal_places=2)


class LookedUp(Func):
    """A number by the id of the row, from a table of numbers that travels with the query as JSON."""

    output_field = AMOUNT

    def __init__(self, key: str, amounts: dict[int, Decimal]) -> None:
        told = json.dumps({str(pk): str(amount) for pk, amount in amounts.items()}, separators=(",", ":"))
        super().__init__(Value(told), F(key))

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """SQLite lays the table down once and finds rows by an index: a path into JSON would be walked for each."""
        table, key = self.source_expressions
        first, one = compiler.compile(table)
        second, two = compiler.compile(key)
        told = f"SELECT CAST(key AS INTEGER), CAST(value AS REAL) FROM json_each({first})"
        found = f"SELECT amount FROM told WHERE pk = {second}"
        return f"(WITH told (pk, amount) AS MATERIALIZED ({told}) {found})", (*one, *two)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """PostgreSQL finds it by the key."""
        table, key = self.source_expressions
        first, one = compiler.compile(table)
        second, two = compiler.compile(key)
        return f"(({first})::jsonb ->> ({second})::text)::numeric", (*one, *two)


def _column(name: str, label: str, tell: Callable[[CaseFigures], Decimal | None]) -> Column:
    def read(reading: Reading) -> Any:
        known = all_figures(reading.user, reading.as_of)
        amounts = {pk: amount for pk, one in known.items() if (amount := tell(one)) is not None}
        if not amounts:
            return Cast(Value(None), AMOUNT)
        return LookedUp(reading.key, amounts)

    return Column(name, label, Kind.MONEY, f"case_{name}", read=read)


NPV = _column("npv", "Net present value", lambda one: one.measures.npv)
EXPOSURE = _column("exposure", "Risk exposure", lambda one: one.exposure if one.risks else None)

"""A chart with the table that says the same: what every chart function returns."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["text", "number", "money", "percent", "date"]
Spec = Mapping[str, Any]
Row = Mapping[str, Any]

TITLE_WIDTH = 78


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the accessible table: its heading, the field it shows, how to write it, and its unit."""

    label: str
    field: str
    kind: Kind = "text"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart ready to draw.

    spec: a Vega-Lite specification over the named data `rows`; shared between figures, never changed.
    rows: the data, one mapping per mark; a field `url` names the record that a click opens.
    columns: the accessible table over the same rows.
    title: the finding, computed from the data. description: what is drawn and what is left out.
    params: values for the specification's parameters, such as the order of the themes.
    """

    spec: Spec
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    title: str
    description: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def vega(self, *, title: bool = True) -> dict[str, Any]:
        """The complete specification with the rows inside, and the finding above it when `title` is true."""
        spec = {**self.spec, "datasets": {"rows": list(self.rows)}, "description": self.description}
        if self.params:
            values = [{"name": name, "value": value} for name, value in self.params.items()]
            spec["params"] = [*values, *self.spec.get("params", ())]
        if title:
            spec["title"] = {"text": textwrap.wrap(self.title, TITLE_WIDTH)}
        return spec

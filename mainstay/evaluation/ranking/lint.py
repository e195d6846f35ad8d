"""The check of a score model: what is wrong with it, in sentences with figures, or that nothing was found."""

import math
from datetime import datetime
from typing import Any

import numpy as np

from mainstay.charts import words
from mainstay.engine.modelcheck import Criterion, Finding, Model, lint
from mainstay.evaluation.queries import criteria_of
from mainstay.evaluation.ranking.measures import Measures

STATUS = {"serious": "bad", "moderate": "warn", "note": "none"}
SEVERITIES = {"serious": "Serious", "moderate": "Worth a look", "note": "Note"}


class Check:
    """What the check of a score model says to somebody who may see its scores."""

    def __init__(self, user: Any, model: Any, as_of: datetime | None = None) -> None:
        self.measures = Measures(user, model.portfolio.currency, model, as_of)
        self.criteria = [row for row in criteria_of(model, as_of) if row.weight > 0]
        self.projects = self.measures.scored
        self.findings: list[Finding] = self._found() if self.criteria else []

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The findings as pages show them."""
        return [
            {"finding": one, "status": STATUS[one.severity], "word": SEVERITIES[one.severity]}
            for one in self.findings
        ]

    @property
    def sentence(self) -> str:
        """The check in a sentence."""
        looked = f"{words.counted(len(self.criteria), 'criterion', 'criteria')} and {self._scored}"
        if not self.findings:
            return f"Nothing was found wrong in {looked}."
        faults = [one for one in self.findings if one.severity != "note"]
        if not faults:
            return f"No fault was found in {looked}; there is {words.counted(len(self.findings), 'note')}."
        serious = sum(one.severity == "serious" for one in faults)
        told = f", {serious} of them serious" if serious else ""
        return f"{words.counted(len(faults), 'fault')} found{told}, in {looked}."

    @property
    def _scored(self) -> str:
        return words.counted(len(self.projects), "scored project")

    def _found(self) -> list[Finding]:
        asked = tuple(
            Criterion(
                row.label, float(row.weight), row.kind, row.source or "", "level" if row.is_judged else "amount"
            )
            for row in self.criteria
        )
        return lint(Model(asked), self._scores())

    def _scores(self) -> Any:
        """Projects by criteria, from 0 to 1; what is not rated is NaN."""
        table = np.full((len(self.projects), len(self.criteria)), math.nan)
        for row, project in enumerate(self.projects):
            points = self.measures.points(project)
            for column, criterion in enumerate(self.criteria):
                given = points.get(criterion.label)
                table[row, column] = math.nan if given is None else given / 100
        return table

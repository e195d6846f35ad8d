"""Forms of evaluation."""

from mainstay.evaluation.forms.rows import RowForm, RowsFormSet
from mainstay.evaluation.forms.score_models import ScoreModelForm, criteria_form

__all__ = ["RowForm", "RowsFormSet", "ScoreModelForm", "criteria_form"]

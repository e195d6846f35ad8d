"""Scoring: how much a project is worth by stated criteria with fixed anchors, and how firmly it stands there.

Nouns: Criterion, Scores, Scale, ScoreTable, Cut, Sensitivity, Tornado, Flip. Verbs: weighted_score, score_table,
above_the_line, sensitivity, tornado, flip; wsjf, rice, quadrants, moscow_order. Arrays of projects in, arrays out;
no rating is NaN and never zero. It must not know where values come from or what a score is used for.
"""

from mainstay.engine.scoring.cut import Cut, above_the_line, top, within_budget
from mainstay.engine.scoring.frameworks import rice, wsjf
from mainstay.engine.scoring.priorities import Moscow, Quadrant, moscow_order, quadrants
from mainstay.engine.scoring.scales import Level, Scale
from mainstay.engine.scoring.sensitivity import Room, Sensitivity, sensitivity
from mainstay.engine.scoring.table import ScoreTable, score_table
from mainstay.engine.scoring.tornado import Flip, Tornado, flip, tornado
from mainstay.engine.scoring.weighted import Criterion, Scores, weighted_score

__all__ = [
    "Criterion",
    "Cut",
    "Flip",
    "Level",
    "Moscow",
    "Quadrant",
    "Room",
    "Scale",
    "ScoreTable",
    "Scores",
    "Sensitivity",
    "Tornado",
    "above_the_line",
    "flip",
    "moscow_order",
    "quadrants",
    "rice",
    "score_table",
    "sensitivity",
    "top",
    "tornado",
    "weighted_score",
    "within_budget",
    "wsjf",
]

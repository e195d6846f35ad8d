"""Evaluation in the REST API, one file a noun."""

from mainstay.evaluation.api import models, pairwise, ranking, rounds

ROUTES = (models.routes, rounds.routes, pairwise.routes, ranking.routes)

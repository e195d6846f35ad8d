"""Authorisation in the REST API: planning documents, selections, their answers, studies of them, decisions,
their log, and scenarios."""

from mainstay.authorisation.api import answers, deciding, decisions, plans, selections, studies
from mainstay.authorisation.scenarios import api as scenarios

ROUTES = (
    plans.routes,
    selections.routes,
    answers.routes,
    studies.routes,
    decisions.routes,
    deciding.routes,
    scenarios.routes,
)

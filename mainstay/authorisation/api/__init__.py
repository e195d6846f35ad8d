"""Authorisation in the REST API: planning documents, selections, their answers and decisions."""

from mainstay.authorisation.api import answers, decisions, plans, selections

ROUTES = (plans.routes, selections.routes, answers.routes, decisions.routes)

"""Authorisation in the REST API: planning documents, selections, their answers, studies of them, decisions
and their log."""

from mainstay.authorisation.api import answers, deciding, decisions, plans, selections, studies

ROUTES = (plans.routes, selections.routes, answers.routes, studies.routes, decisions.routes, deciding.routes)

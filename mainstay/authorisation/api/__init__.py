"""Authorisation in the REST API: planning documents, selections, their answers, studies of them and decisions."""

from mainstay.authorisation.api import answers, decisions, plans, selections, studies

ROUTES = (plans.routes, selections.routes, answers.routes, studies.routes, decisions.routes)

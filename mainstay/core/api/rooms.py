"""The endpoints of the core."""

from mainstay.core.api import events, imports, own, people, runs

ROUTES = (own.routes, people.routes, imports.routes, runs.routes, events.routes)

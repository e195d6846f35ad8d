"""The register in the REST API: one file a noun."""

from mainstay.portfolio.api import parts, projects, setup, stages, tree

ROUTES = (tree.routes, projects.routes, stages.routes, parts.routes, setup.routes)

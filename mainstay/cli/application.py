"""The application as a server process loads it: it ends when the process that started it is gone."""

from mainstay.cli import orphans
from mainstay.config.asgi import application

orphans.end_with_parent()

__all__ = ["application"]

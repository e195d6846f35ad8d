"""The index of commands, in the order the help shows them."""

from mainstay.cli import build, createadmin, demo, manage, migrate, plan, serve, test, worker
from mainstay.cli.command import Command

COMMANDS: tuple[Command, ...] = (
    demo.COMMAND,
    serve.COMMAND,
    worker.COMMAND,
    plan.COMMAND,
    createadmin.COMMAND,
    migrate.COMMAND,
    build.COMMAND,
    test.COMMAND,
    manage.COMMAND,
)

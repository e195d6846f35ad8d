"""The index of commands, in the order the help shows them."""

from mainstay.cli import (
    alerts,
    build,
    createadmin,
    decisions,
    demo,
    export_,
    import_,
    manage,
    migrate,
    openapi,
    plan,
    remind,
    serve,
    test,
    worker,
)
from mainstay.cli.command import Command

COMMANDS: tuple[Command, ...] = (
    demo.COMMAND,
    serve.COMMAND,
    worker.COMMAND,
    import_.COMMAND,
    export_.COMMAND,
    plan.COMMAND,
    decisions.COMMAND,
    alerts.COMMAND,
    remind.COMMAND,
    createadmin.COMMAND,
    migrate.COMMAND,
    openapi.COMMAND,
    build.COMMAND,
    test.COMMAND,
    manage.COMMAND,
)

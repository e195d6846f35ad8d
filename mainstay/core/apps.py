"""Registers the room with Django."""

from django.apps import AppConfig


class CoreRoom(AppConfig):
    """Core."""

    name = "mainstay.core"
    label = "core"

    def ready(self) -> None:
        import mainstay.core.exchange.work  # noqa: F401  (registers the job)
        from mainstay.core import reactions  # noqa: F401  (registers them)
        from mainstay.core.context import add_entry
        from mainstay.core.verbs import Verb

        add_entry("Portfolio", "Import", "imports", "import", Verb.ROWS_IMPORT)
        add_entry("Administration", "People", "people", "people", Verb.SEE_ACCESS)
        add_entry("Administration", "Runs", "runs", "administration", Verb.ROWS_IMPORT)

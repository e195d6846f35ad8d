"""Registers the room with Django."""

import gc

from django.apps import AppConfig


class CoreRoom(AppConfig):
    """Core."""

    name = "mainstay.core"
    label = "core"

    def ready(self) -> None:
        """Make the room's jobs and pages known, and look for rings of dead objects less often.

        A request makes tens of thousands of objects that die by themselves; looking through them each 700 new ones
        takes a fifth of the time of a long job.
        """
        gc.set_threshold(50_000, 20, 20)
        import mainstay.core.exchange.work  # noqa: F401  (registers the job)
        from mainstay.core import reactions  # noqa: F401  (registers them)
        from mainstay.core.context import add_entry
        from mainstay.core.verbs import Verb

        add_entry("Portfolio", "Import", "imports", "import", Verb.ROWS_IMPORT)
        add_entry("Administration", "People", "people", "people", Verb.SEE_ACCESS)
        add_entry("Administration", "Runs", "runs", "administration", Verb.ROWS_IMPORT)

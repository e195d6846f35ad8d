"""The tables of an empty database, laid straight from the models.

Stepping through every migration takes a minute, most of it spent on telling Django what the models were like at each
step. The result is the same (a test compares the two), and from then on migrations go on from there.
"""


def is_empty() -> bool:
    """Whether the database holds no table yet."""
    from django.db import connection

    return not connection.introspection.table_names()


def lay_out() -> None:
    """Make every table, all of them or none, and record the migrations as applied."""
    from django.apps import apps
    from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    emit_pre_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in sorted(MigrationLoader(None).disk_migrations):
        recorder.record_applied(app, name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)

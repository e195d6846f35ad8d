"""Models and migrations say the same."""

import io

import pytest
from django.core.management import call_command
from django.test import override_settings


@pytest.mark.django_db
@override_settings(MIGRATION_MODULES={})  # which tests lay aside
def test_no_model_changed_without_a_migration():
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(f"run `mainstay manage makemigrations`:\n{said.getvalue()}")
    assert said.getvalue() == "No changes detected\n"

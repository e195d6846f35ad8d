"""Every answer says which portfolio it is about."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps: Any, editor: Any) -> None:
    """Take the portfolio from the selection."""
    selections = apps.get_model("authorisation", "Selection").objects.filter(pk=OuterRef("selection_id"))
    solutions = apps.get_model("authorisation", "Solution").objects.filter(portfolio=None)
    solutions.update(portfolio_id=Subquery(selections.values("portfolio_id")[:1]))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("authorisation", "0003_scenarios_meetings_funding")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            "solution",
            "portfolio",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portfolio.portfolio"
            ),
        ),
    ]

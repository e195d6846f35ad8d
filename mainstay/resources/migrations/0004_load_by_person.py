"""Load is kept in one row for each person and year; what was kept is dropped and follows again from the bookings."""

from django.db import migrations, models


def forget(apps, schema_editor):
    """Rows of the former form say nothing in the new one."""
    for name in ("KeptLoad", "KeptCapacity", "KeptNeed"):
        apps.get_model("resources", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("resources", "0003_load")]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="keptload", name="kept_load_of_person"),
        migrations.RemoveField(model_name="keptload", name="role"),
        migrations.RemoveField(model_name="keptload", name="skill"),
        migrations.RemoveField(model_name="keptload", name="hours"),
        migrations.AddField(
            model_name="keptload",
            name="total",
            field=models.BinaryField(default=b""),
        ),
        migrations.AddField(
            model_name="keptload",
            name="role",
            field=models.BinaryField(default=b"", verbose_name="by role"),
        ),
        migrations.AddField(
            model_name="keptload",
            name="skill",
            field=models.BinaryField(default=b"", verbose_name="by skill"),
        ),
        migrations.AddConstraint(
            model_name="keptload",
            constraint=models.UniqueConstraint(fields=("resource", "year"), name="kept_load_once"),
        ),
    ]

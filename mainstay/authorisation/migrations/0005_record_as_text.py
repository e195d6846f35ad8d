"""The content of a record is kept as the very text its fingerprint was taken of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("authorisation", "0004_answers_by_portfolio")]
    operations = [migrations.AlterField("decisionrecord", "content", models.TextField())]

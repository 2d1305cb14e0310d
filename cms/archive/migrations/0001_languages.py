from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import migrations, models

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# As far back as anybody knows, the languages were what they are when this begins.
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


def record_languages(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    record = apps.get_model("cms_archive", "LanguageRecord")
    languages = apps.get_model("reading", "Language").objects.all()
    record.objects.bulk_create(
        record(
            code=each.tag.lower(),
            visible=each.visible,
            order=each.order,
            fallback_chain=each.fallback_chain,
            recorded_at=ALWAYS,
        )
        for each in languages
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [("reading", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="LanguageRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("code", models.CharField(max_length=35)),
                ("visible", models.BooleanField()),
                ("order", models.PositiveSmallIntegerField()),
                ("fallback_chain", models.JSONField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "record of a language",
                "verbose_name_plural": "records of languages",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["code", "recorded_at"], name="archive_language_record"
                    )
                ],
            },
        ),
        migrations.RunPython(record_languages, migrations.RunPython.noop),
    ]

"""The index of search. On PostgreSQL its vectors, and the function for similar words."""

from django.db import migrations, models

from cms.search import database


def make_vectors(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(database.ADD_VECTORS)
        schema_editor.execute(database.FORGETTING)
        database.prepare_similarity(schema_editor.connection)


def drop_vectors(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(database.DROP_FUNCTION)
        schema_editor.execute(database.DROP_FORGETTING)
        schema_editor.execute(database.DROP_VECTORS)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.UUIDField()),
                ("locale", models.CharField(max_length=100)),
                ("type", models.CharField(max_length=100)),
                ("listed", models.DateTimeField()),
                ("configuration", models.CharField(max_length=30)),
                ("title", models.TextField()),
                ("lead", models.TextField(blank=True)),
                ("headings", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["locale", "-listed", "-id"],
                        name="search_newest_in_locale",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "locale"), name="search_one_per_key_and_locale"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("locale", models.CharField(max_length=100)),
                ("word", models.TextField()),
                ("folded", models.TextField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("locale", "word"), name="search_word_once_per_locale"
                    )
                ],
            },
        ),
        migrations.RunPython(make_vectors, drop_vectors),
    ]

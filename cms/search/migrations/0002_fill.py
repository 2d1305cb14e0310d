"""Fill the index from the log of a site that already has one."""

from django.db import migrations

from cms.search import database, index
from cms.search.words import fold


def fill(apps, schema_editor):
    Head = apps.get_model("log", "Head")
    Entry = apps.get_model("cms_search", "Entry")
    Word = apps.get_model("cms_search", "Word")
    heads = Head.objects.filter(kind="page", is_public=True)
    rows = heads.select_related("publication").order_by("id")
    seen = set()
    for head in rows.iterator(chunk_size=500):
        entry = Entry(**index.facts_of(head, head.publication.document))
        entry.save(force_insert=True)
        seen.update((head.locale, word) for word in index.words_of(entry))
    if database.keeps_words(schema_editor.connection):
        words = [
            Word(locale=locale, word=word, folded=fold(word))
            for locale, word in sorted(seen)
        ]
        Word.objects.bulk_create(words, batch_size=5000)


def empty(apps, schema_editor):
    apps.get_model("cms_search", "Entry").objects.all().delete()
    apps.get_model("cms_search", "Word").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cms_search", "0001_initial"),
        ("log", "0001_initial"),
    ]

    operations = [migrations.RunPython(fill, empty)]

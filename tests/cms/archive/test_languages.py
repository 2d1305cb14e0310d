"""Which languages readers were offered at a moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.archive.models import LanguageRecord
from cms.archive.shadow import as_it_was
from cms.reading.models import Language
from tests.cms.log.entries import append

pytestmark = pytest.mark.django_db


def test_languages_are_those_that_readers_were_offered(site):
    LanguageRecord.objects.all().delete()
    start = timezone.now()
    somali = Language.objects.get(tag="so")
    append(path="/fi/vanha/", locale="fi", at=start - timedelta(days=900))
    somali.visible = False
    somali.save()
    hidden = timezone.now()
    somali.visible = True
    somali.save()
    somali.save()
    shown = timezone.now()

    def offered(moment):
        with as_it_was(moment):
            return set(Language.objects.visible().values_list("tag", flat=True))

    assert LanguageRecord.objects.filter(code="so").count() == 2
    assert "so" not in offered(hidden)
    assert "so" in offered(shown)
    # Before there were records: Swedish, and what there were texts in.
    assert offered(start - timedelta(days=800)) == {"sv", "fi"}
    assert offered(start - timedelta(days=1000)) == {"sv"}

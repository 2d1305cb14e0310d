"""What an approval costs: statements from the click to the commit.

Counted with savepoints and with what listens to the log. Wagtail's own indexes follow
after the commit and are not counted.
"""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import bulk
from articles.importing.rows import read_rows
from cms.gate import actions
from cms.gate.batch import publish_imported
from tests.factories.pages import fresh, submit
from tests.factories.people import person

MOST = 75
#: The action's own transaction, which is one inside the test's.
SAVEPOINT = 2


def neighbours(count):
    """Public articles beside the others, brought in at once."""
    lines = (
        json.dumps(
            {
                "id": f"granne-{count}-{number}",
                "title": f"Granne {count} {number}",
                "ingress": "Så var det.",
                "date": "2012-03-04",
                "body": "<p>Så här.</p>",
                "parent": "/nyheter/",
            }
        ).encode()
        for number in range(count)
    )
    return bulk.carry_out(bulk.plan(read_rows(lines)))


def statements(article, **changes):
    """Send to review, and count what the approval takes."""
    revision = submit(article, **changes)
    obj, approver = fresh(article), person("approver")
    with CaptureQueriesContext(connection) as captured:
        actions.approve(obj, by=approver, revision_id=revision.pk)
    return len(captured) - SAVEPOINT


@pytest.fixture
def article(site):
    """Three levels deep, with a contact block, and with neighbours."""
    publish_imported(
        neighbours(10), submitted_by=person("editor"), approved_by=person("approver")
    )
    return site.article(contact_block=site.contact)


def test_approval_takes_few_statements_first_and_again(article):
    assert statements(article) <= MOST
    assert statements(article, ingress="Ändrad.") <= MOST
    assert statements(article, title="Annan rubrik") <= MOST


def test_approval_takes_as_many_with_500_pages_as_with_10(article):
    statements(article)
    few = statements(article, ingress="Bland tio.")
    drafts = neighbours(490)
    publish_imported(
        drafts[:20], submitted_by=person("editor"), approved_by=person("approver")
    )

    assert statements(article, ingress="Bland femhundra.") == few

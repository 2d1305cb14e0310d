"""The letter to reviewers: its first link leads to the text, and they may decide."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail

from tests.factories.pages import make_article, make_contact, publish, submit
from tests.factories.people import person
from tests.factories.translations import translate

TEXTS = {
    "page": ("approver", lambda site: submit(make_article(site.index, title="Lampa"))),
    "block": ("approver", lambda site: submit(make_contact(name="Lampa"))),
    "translation": (
        "reviewer_fi",
        lambda site: translate(
            site.live_article(title="Ljus"), "fi", {"title": "Lampa"}, approve=False
        ),
    ),
    "translated block": (
        "reviewer_fi",
        lambda site: translate(
            publish(make_contact(name="Lampa")), "fi", approve=False
        ),
    ),
}


@pytest.mark.parametrize("about", TEXTS)
def test_first_link_leads_the_reviewer_to_the_decision(site, client, about):
    username, bring_to_review = TEXTS[about]

    bring_to_review(site)

    reader = person(username)
    letter = next(each for each in reversed(mail.outbox) if each.to == [reader.email])
    link = urlsplit(re.search(r"https?://\S+", str(letter.body))[0])
    client.force_login(reader)
    answer = client.get(link.path, follow=True)
    assert "Lampa" in letter.subject
    assert answer.status_code == 200
    assert "Lampa" in answer.content.decode()
    assert 'value="approve"' in answer.content.decode()
